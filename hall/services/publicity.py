"""Decisions are made public within seven workdays, and taken down within three once they are overturned."""

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.penalties import age_group, birth_in
from hall.rules.people import Actor
from hall.rules.publicity import (
    CannotOnPublication,
    PublicityAct,
    Shown,
    WithholdGround,
    check_published,
    check_withdrawn,
    reasons,
    standing,
)
from hall.rules.timelimits import add_months
from hall.services import issuing, papers_publicity, persons, tables_export
from hall.services.calendar import shipped_limits
from hall.services.case_records import add_event, case_locked
from hall.services.clocks import calendar
from hall.services.issuing import Issued
from hall.services.papers_common import Due, hall_block
from hall.services.papers_publicity import PublicityWithdrawal, Published
from hall.services.penalty_head import addressee_of
from hall.services.penalty_records import add_penalty_event, penalty_locked, penalty_of, settle_penalty
from hall.services.penalty_terms import penalty_terms
from hall.services.publicity_reading import (
    PublicityRow,
    publications_numbered,
    publicity_sheets,
    shown_of,
)
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import Certificate
from hall.store.schema.halls import Hall
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.people import Person
from hall.store.schema.permits import PermitCase
from hall.store.schema.publicity import Publication
from hall.words import PUBLICITY_GROUNDS

_CASE_EVENTS: dict[PublicityAct, str] = {
    "publish": "publish",
    "withhold": "withhold",
    "withdraw_publicity": "take_down",
}
"""As the history of a permit calls them."""


class NoSuchPublication(Missing):
    """No decision of this hall that is made public has the key."""

    def __init__(self) -> None:
        super().__init__("没有这份要公示的决定，请刷新列表后重新选择。")


class NothingToPublish(Refused):
    """A sheet or a file of nothing."""

    def __init__(self) -> None:
        super().__init__("没有可以公示或者要撤回的决定，不用出公示表，也不用导出。")


def begin(work: Work, case: PenaltyCase, decision: PenaltyDecision) -> None:
    """From the decision on seven workdays run to publish it (国办发〔2018〕118号); once for a decision.

    A decision not to punish is no penalty: nothing is published of it (行政处罚法 48). Who was a minor at the act is
    withheld from the beginning (未成年人保护法 103); what was withheld of a decision that this one varies stays so.
    """
    if decision.result == "none" or decision.kind not in {"penalty", "vary"}:
        return
    work.session.add(
        Publication(
            hall_id=work.hall_id,
            case_id=case.id,
            decision_id=decision.id,
            decided_on=decision.decided_on,
            withheld=PUBLICITY_GROUNDS["minor"] if _minor(work, case) else _withheld_before(work, case),
        )
    )
    work.session.flush()
    work.changed("publicity", str(case.id))


def begin_permit(work: Work, case: PermitCase, document_id: int) -> None:
    """A licence was granted: its decision is public (行政许可法 40), within seven workdays (国办发〔2018〕118号).

    A denial is not: law 40 speaks of grants only, and nobody has to live with a refusal on line. A decision that takes
    the place of an earlier one of the same case, after it was reopened, has that taken down.
    """
    permit_overturned(work, case.id, "重新作出决定")
    work.session.add(
        Publication(
            hall_id=work.hall_id, permit_id=case.id, document_id=document_id, decided_on=business_date(work.now)
        )
    )
    work.session.flush()
    work.changed("publicity", str(case.id))


def permit_overturned(work: Work, case_id: int, why: str) -> None:
    """A licence was revoked or recalled (行政许可法 8, 69): three workdays to take its decision down.

    No law says how many for licences; those of 行政处罚法 48(2) are taken, in favour of whoever reads it.
    """
    query = select(Publication).where(Publication.permit_id == case_id, Publication.overturned_on.is_(None))
    for row in work.session.scalars(query):
        row.overturned_on, row.overturned_why = business_date(work.now), why
        work.changed("publicity", str(case_id))
    work.session.flush()


def overturned(work: Work, decision: PenaltyDecision, why: str) -> None:
    """`decision` (the one that was varied or revoked) no longer stands: three workdays to take it down, with `why`.

    行政处罚法 48(2). A publication of its own for what varies it is begun by `begin`.
    """
    query = select(Publication).where(
        Publication.case_id == decision.case_id,
        Publication.decision_id <= decision.id,
        Publication.overturned_on.is_(None),
    )
    for row in work.session.scalars(query):
        row.overturned_on, row.overturned_why = business_date(work.now), why
    work.session.flush()
    work.changed("publicity", str(decision.case_id))


@retried
def publish(
    store: Store, actor: Actor, *, publication_id: int, published_on: date, published_at: str, home: Path
) -> date | None:
    """登记公示: on which page or platform since when; gives the last day it is shown, None: as long as it stands.

    A penalty is shown for as many months as the terms say, a licence until it ends.

    Raises CannotOnPublication, BadPublicationDay.
    """
    require(actor, "decision.publish")
    where = reason_for("登记公示的网站或者平台", published_at)
    with store.work("decision.publish", actor) as work:
        row = _locked(work, publication_id)
        check_published(published_on, _allowed(work, row, "publish"), business_date(work.now))
        until = _until(work, row, published_on, home=home)
        row.published_on, row.published_at, row.shown_until = published_on, where, until
        row.account_id = work.actor.account_id
        detail = {"published_on": published_on.isoformat(), "shown_until": until.isoformat() if until else ""}
        _settle(work, row, "publish", note=where, detail=detail)
        return until


@retried
def withhold(store: Store, actor: Actor, *, publication_id: int, ground: WithholdGround, reason: str) -> None:
    """不予公示 by a ground of law, with what it rests on. Raises CannotOnPublication."""
    require(actor, "decision.publish")
    why = reason_for("不予公示", reason)
    with store.work("decision.publish", actor) as work:
        row = _locked(work, publication_id)
        _allowed(work, row, "withhold")
        row.withheld, row.account_id = f"{PUBLICITY_GROUNDS[ground]}：{why}", work.actor.account_id
        _settle(work, row, "withhold", note=why, detail={"ground": ground})


@retried
def withdraw(store: Store, actor: Actor, *, publication_id: int, withdrawn_on: date, reason: str = "") -> None:
    """撤回公示: taken down because it was overturned, or because its time is over or it should not be there.

    A decision that stands and is within its time is public by law (行政处罚法 48(1), 行政许可法 40): who takes it down
    says why. Raises CannotOnPublication, BadPublicationDay, ReasonNeeded.
    """
    require(actor, "decision.publish")
    with store.work("decision.publish", actor) as work:
        row = _locked(work, publication_id)
        shown, today = _allowed(work, row, "withdraw_publicity"), business_date(work.now)
        check_withdrawn(withdrawn_on, shown, today)
        stands = standing(shown, today) == "shown"
        why = reason_for("撤回一份仍然有效、还在公示期内的决定", reason) if stands else row.overturned_why
        row.withdrawn_on, row.account_id = withdrawn_on, work.actor.account_id
        detail = {"withdrawn_on": withdrawn_on.isoformat()}
        _settle(work, row, "withdraw_publicity", note=why, detail=detail)


@retried
def export(store: Store, actor: Actor, *, publication_ids: tuple[int, ...], path: Path) -> int:
    """导出公示数据 as Excel or CSV, parties masked, for the platform: what waits, and what has to be taken down.

    Gives how many; the file is written whole or not at all. Raises NothingToPublish, NotWritten.
    """
    require(actor, "decision.publish")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        known = _known(session, store.hall_id, publication_ids)
        rows = publications_numbered(session, store.key_ring, known, today=today)
        authority = session.get_one(Hall, store.hall_id).authority
    told = [row for row in rows if row.standing in {"waiting", "take_down"}]
    if not told:
        raise NothingToPublish
    tables_export.write_tables(path, publicity_sheets(told, authority=authority))
    with store.work("decision.publish", actor) as work:
        for row in told:
            work.session.get_one(Publication, row.publication_id).exported_on = today
        work.audit("publicity", exported=len(told))
        work.changed("publicity")
    return len(told)


@retried
def issue_sheet(store: Store, actor: Actor, *, publication_ids: tuple[int, ...], home: Path) -> Issued:
    """公示表 for the hall's notice board: what waits to be published and what is withdrawn. Raises NothingToPublish."""
    require(actor, "decision.publish")
    with store.work("decision.publish", actor) as work:
        today = business_date(work.now)
        rows = publications_numbered(
            work.session, work.key_ring, _known(work.session, work.hall_id, publication_ids), today=today
        )
        entries = tuple(_entry(work, row) for row in rows if row.standing in {"waiting", "shown"})
        withdrawals = tuple(_withdrawal(row) for row in rows if row.overturned_on is not None and row.published_on)
        if not entries and not withdrawals:
            raise NothingToPublish
        content = papers_publicity.publicity(
            hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name),
            shown_from=today,
            shown_until=add_months(today, penalty_terms(home, today).shown_months),
            entries=entries,
            withdrawals=withdrawals,
        )
        issued = issuing.issue(work, case_id=None, kind="publicity", content=content, home=home)
        work.audit("publicity", sheet=issued.document_id, entries=len(entries), withdrawals=len(withdrawals))
        return issued


def _minor(work: Work, case: PenaltyCase) -> bool:
    party = persons.opened(work.session.get_one(Person, case.party_id), work.key_ring)
    if party.kind == persons.ORGANISATION:
        return False
    return age_group(birth_in(party.id_number), case.acted_on) in {"child", "minor"}


def _withheld_before(work: Work, case: PenaltyCase) -> str:
    query = select(Publication.withheld).where(Publication.case_id == case.id).order_by(Publication.id.desc()).limit(1)
    return work.session.scalar(query) or ""


def _until(work: Work, row: Publication, published_on: date, *, home: Path) -> date | None:
    if row.permit_id is None:
        return add_months(published_on, penalty_terms(home, published_on).shown_months)
    query = select(Certificate.valid_to).where(Certificate.case_id == row.permit_id).order_by(Certificate.id.desc())
    return work.session.scalar(query.limit(1))


def _locked(work: Work, publication_id: int) -> Publication:
    found = select(Publication).where(Publication.id == publication_id, Publication.hall_id == work.hall_id)
    row = work.session.scalar(found)
    if row is None:
        raise NoSuchPublication
    if row.case_id is not None:
        penalty_locked(work, row.case_id)
    elif row.permit_id is not None:
        case_locked(work, row.permit_id)
    work.session.refresh(row)
    return row


def _allowed(work: Work, row: Publication, act: PublicityAct) -> Shown:
    shown = shown_of(row, days=calendar(work), limits=shipped_limits())
    if why := reasons(act, shown, business_date(work.now)):
        raise CannotOnPublication(why)
    return shown


def _settle(work: Work, row: Publication, kind: PublicityAct, *, note: str, detail: dict[str, str]) -> None:
    work.session.flush()
    if row.case_id is not None:
        case = penalty_of(work.session, work.hall_id, row.case_id)
        add_penalty_event(work, case, kind, note=note, detail=detail)
        settle_penalty(work, case, decision=row.decision_id, **detail)
    elif row.permit_id is not None:
        permit = case_locked(work, row.permit_id)
        add_event(work, permit, _CASE_EVENTS[kind], note=note, detail=detail)
        work.audit(f"case:{permit.id}", decision=row.document_id, **detail)
        work.changed("case", str(permit.id))
    work.changed("publicity", str(row.id))


def _known(session: Session, hall_id: int, publication_ids: tuple[int, ...]) -> list[int]:
    own = select(Publication.id).where(Publication.id.in_(publication_ids), Publication.hall_id == hall_id)
    return list(session.scalars(own))


def _entry(work: Work, row: PublicityRow) -> Published:
    told = row.told
    party = addressee_of(work, told.party.id)
    due: Due = row.publish_by or "待定"
    return Published(told.about, told.matter, party, told.decision_number, told.result, row.decided_on, due)


def _withdrawal(row: PublicityRow) -> PublicityWithdrawal:
    assert row.overturned_on is not None
    due: Due = row.withdraw_by or "待定"
    return PublicityWithdrawal(row.told.decision_number, row.overturned_why, row.overturned_on, due, row.withdrawn_on)
