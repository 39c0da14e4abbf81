"""A certificate is made (制证): after a grant, when nothing is lacking any more; with its paper and its number."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.catalogue import Matter
from hall.rules.certificates import Validity, ask_by, validity
from hall.rules.people import Actor
from hall.services import issuing, papers_decision
from hall.services.calendar import shipped_limits
from hall.services.case_records import advance, case_locked
from hall.services.catalogue import version_numbered
from hall.services.certificate_rules import VALIDITY, rule_today
from hall.services.certificates import add_certificate_event, certificate_locked, prolonged
from hall.services.clocks import case_kept, refresh
from hall.services.documents import content_of
from hall.services.paper_head import paper_head
from hall.services.schedules import calendar_in_force
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import Certificate
from hall.store.schema.documents import Document
from hall.store.schema.permits import CaseEvent, PermitCase
from hall.store.secrets import KeyRing

_DECISIONS = ("grant", "change_decision", "default_notice")


class NothingDecided(Refused):
    """A certificate rests on a decision that was issued as a document."""

    def __init__(self) -> None:
        super().__init__("还没有出具准予许可的决定书，不能制作证件。请先由批准人作出决定。")


class NoCertificateHere(Refused):
    """The matter grants without a certificate, or the case ends one."""

    def __init__(self) -> None:
        super().__init__("这件办件不发证件：事项没有设定证件，或者申请的是注销。")


class NoTerm(Refused):
    """The matter's validity is told in words only, so the decision has to say it."""

    def __init__(self, words: str) -> None:
        super().__init__(f"本事项的有效期是“{words or '由决定载明'}”，请按决定书填写有效期截止日，或选择长期有效。")


class BadTerm(Refused):
    """The validity ends too early or too late."""

    def __init__(self, first: date, last: date | None) -> None:
        upto = f"至{last}之间" if last else "之后"
        super().__init__(f"有效期截止日应在{first}{upto}，请按决定书核对。")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the certificate says where the decision does not say it; empty: as decided.

    `valid_to`: the last day, not later than the matter allows; `unlimited`: without end, where the matter has no term.
    """

    scope: str = ""
    conditions: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    unlimited: bool = False
    extent: str = ""
    time_band: str = ""
    goods: str = ""


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """What a certificate would say if nothing were entered, for the form.

    `longest`: the last day that the matter allows, None without a term. `given`: it follows the one before.
    """

    name: str
    terms: Terms
    longest: date | None
    given: bool


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate that was made."""

    certificate_id: int
    number: str
    valid_from: date
    valid_to: date | None
    document_id: int


@dataclass(frozen=True, slots=True)
class _Allowed:
    longest: Validity
    given: bool
    words: str


def draft(store: Store, actor: Actor, *, case_id: int) -> CertificateDraft:
    """The terms as they were decided, and until when at most. Raises NothingDecided, NoCertificateHere, NoSuchCase."""
    require(actor, "case.certify")
    with store.read(actor) as session:
        case = case_kept(session, store.hall_id, case_id)
        matter = version_numbered(session, case.matter_version_id).matter
        _check_certified(case, matter)
        said = _said(session, store.key_ring, case, _decision(session, case.id), Terms())
        previous = session.get(Certificate, case.certificate_id) if case.certificate_id is not None else None
        allowed = _allowed(session, case, previous, said, today=business_date(store.clock.now()))
        last = allowed.longest.last if allowed.given else said.valid_to or allowed.longest.last
        terms = replace(said, valid_from=allowed.longest.first, valid_to=last)
        return CertificateDraft(matter.certificate_name, terms, allowed.longest.last, allowed.given)


@retried
def certify(store: Store, actor: Actor, *, case_id: int, terms: Terms, home: Path) -> Certified:
    """Make the certificate of a granted case, with its paper; a renewed or changed one replaces the one before.

    Raises NotNow while materials of 容缺受理 are lacking, NothingDecided, NoCertificateHere, NoTerm, BadTerm.
    """
    require(actor, "case.certify")
    with store.work("case.certify", actor) as work:
        case = case_locked(work, case_id)
        matter = version_numbered(work.session, case.matter_version_id).matter
        _check_certified(case, matter)
        decision = _decision(work.session, case.id)
        said = _said(work.session, work.key_ring, case, decision, terms)
        previous = certificate_locked(work, case.certificate_id) if case.certificate_id is not None else None
        term = _term(_allowed(work.session, case, previous, said, today=business_date(work.now)), said)
        number = issuing.draw_number(work, kind="certificate", home=home)
        advance(work, case, "certify", detail={"number": number, "valid_to": _iso(term.last)})
        record = _record(work, case, previous, terms=said, term=term, number=number)
        content = papers_decision.certificate(
            paper_head(work, case),
            certificate_name=matter.certificate_name,
            place=record.scope,
            valid_from=term.first,
            valid_until=term.last,
            decision_number=decision.number,
            extent=terms.extent,
            time_band=terms.time_band,
            goods=terms.goods,
            conditions=record.conditions,
            renew_before=ask_by(term.last, rule_today(work, home)) if term.last else None,
        )
        issued = issuing.issue(work, case_id=case.id, kind="certificate", content=content, home=home, number=number)
        record.document_id = issued.document_id
        refresh(work, case)
        work.audit(f"case:{case.id}", certificate=record.id, number=number, valid_to=_iso(term.last))
        work.changed("case", str(case.id))
        work.changed("certificate", str(record.id))
        return Certified(record.id, number, term.first, term.last, issued.document_id)


def _decision(session: Session, case_id: int) -> Document:
    found = session.scalars(
        select(Document)
        .where(Document.case_id == case_id, Document.kind.in_(_DECISIONS))
        .order_by(Document.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        raise NothingDecided
    return found


def _said(session: Session, ring: KeyRing, case: PermitCase, decision: Document, terms: Terms) -> Terms:
    """The terms as they were decided: what the clerk left empty, the decision says."""
    content = content_of(decision, ring)
    decided = session.scalars(
        select(CaseEvent.detail)
        .where(CaseEvent.case_id == case.id, CaseEvent.kind == "decide")
        .order_by(CaseEvent.id.desc())
        .limit(1)
    ).one_or_none()
    days = json.loads(decided or "{}")
    scope = content.get("after" if case.purpose == "change" else "scope", "")
    return replace(
        terms,
        scope=terms.scope.strip() or str(scope).rstrip("。") or case.subject,
        conditions=terms.conditions.strip() or str(content.get("conditions", "")),
        valid_from=terms.valid_from or _day(days.get("valid_from")),
        valid_to=terms.valid_to or _day(days.get("valid_until")),
    )


def _allowed(
    session: Session, case: PermitCase, previous: Certificate | None, terms: Terms, *, today: date
) -> _Allowed:
    """New: from the decision on. Changed, or renewed by silence: to the end of the one before. Renewed: on from it."""
    matter = version_numbered(session, case.matter_version_id).matter
    first = terms.valid_from or case.decided_on or today
    if previous is not None and (case.purpose == "change" or prolonged(session, case.id)):
        return _Allowed(Validity(first, previous.valid_to), given=True, words=matter.validity)
    after = first
    if previous is not None and previous.valid_to is not None:
        after = max(first, previous.valid_to)
    rule = shipped_limits().limit(VALIDITY, first)
    calendar = calendar_in_force(session, case.hall_id)
    longest = validity(calendar, rule, first=first, months=matter.validity_months, after=after)
    return _Allowed(longest, given=False, words=matter.validity)


def _term(allowed: _Allowed, terms: Terms) -> Validity:
    """What is asked for, as far as it is allowed."""
    first, longest = allowed.longest.first, allowed.longest.last
    if allowed.given:
        return allowed.longest
    if terms.valid_to is None and longest is None and not terms.unlimited:
        raise NoTerm(allowed.words)
    last = terms.valid_to or longest
    if last is not None and (last < first or (longest is not None and last > longest)):
        raise BadTerm(first, longest)
    return Validity(first, last)


def _check_certified(case: PermitCase, matter: Matter) -> None:
    if not matter.certificate_name or case.purpose == "cancel":
        raise NoCertificateHere


def _record(
    work: Work, case: PermitCase, previous: Certificate | None, *, terms: Terms, term: Validity, number: str
) -> Certificate:
    record = Certificate(
        hall_id=work.hall_id,
        number=number,
        case_id=case.id,
        matter_version_id=case.matter_version_id,
        holder_id=case.applicant_id,
        previous_id=previous.id if previous else None,
        scope=terms.scope,
        conditions=terms.conditions,
        valid_from=term.first,
        valid_to=term.last,
        state="valid",
        state_on=business_date(work.now),
    )
    work.session.add(record)
    work.session.flush()
    if previous is not None and previous.state in {"valid", "expired"}:
        previous.state, previous.state_on = "replaced", business_date(work.now)
        previous.state_reason = f"换发{number}"
        add_certificate_event(work, previous, "replace", {"by": record.id})
        work.changed("certificate", str(previous.id))
    return record


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
