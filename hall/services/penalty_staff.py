"""Who may enforce and who stays away: certificates of officers, cards of auxiliaries, conflicts of interest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.persons import PersonDetails, public_view, record_details
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import ConflictOfInterest, EnforcementCertificate, PenaltyCase, PenaltyOfficer
from hall.store.schema.people import Account, Person

OFFICERS_WANTED = 2
"""行政处罚法 42(1): 执法人员不得少于两人."""


class NotTwoOfficers(Refused):
    """Fewer than two officers with valid certificates (行政处罚法 42)."""

    def __init__(self, why: Sequence[str]) -> None:
        told = f"（{'；'.join(why)}）" if why else ""
        super().__init__(
            f"应当由两名以上持有效执法证的执法人员办理{told}，行政处罚法第四十二条。请另选执法人员，或先在“执法人员”页登记证件。"
        )


class CertificateTaken(Refused):
    """The number is on another card already."""

    def __init__(self, number: str) -> None:
        super().__init__(f"执法证号 {number} 已经登记。换发有效期的，请在列表里选中后改有效期。")


class BadCertificate(Refused):
    """What was entered is no certificate; all of it is named at once."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(f"证件还不能登记：{'；'.join(reasons)}。")


class NoSuchStaffRecord(Missing):
    """The certificate, conflict or account is not of this hall."""

    def __init__(self, what: str) -> None:
        super().__init__(f"没有找到这{what}，请重新打开“执法人员”页查看。")


class NoSuchCertificates(Missing):
    """Numbers that are on no certificate of this hall."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(f"没有登记执法证 {'、'.join(numbers)}，请先在“执法人员”页登记")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """A certificate as it is entered; `account_id` None: an officer who does not sign in here."""

    number: str
    name: str
    valid_from: date
    valid_to: date
    account_id: int | None = None
    helper: bool = False


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate on a list; `valid`: today. `account_id` None: the officer does not sign in here."""

    id: int
    number: str
    name: str
    account_id: int | None
    login: str
    helper: bool
    valid_from: date
    valid_to: date
    valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConflict:
    """Who stays away from whom, since when and why (行政处罚法 43)."""

    account_id: int
    party: PersonDetails = field(repr=False)
    reason: str
    from_day: date
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict on a list; the party is masked."""

    id: int
    name: str
    login: str
    party_masked: str
    reason: str
    from_day: date
    until_day: date | None


@retried
def enter_certificate(store: Store, actor: Actor, *, new: NewCertificate) -> int:
    """Enter a certificate or the card of an auxiliary; gives its key.

    Raises BadCertificate, CertificateTaken, NoSuchStaffRecord (no such account).
    """
    require(actor, "penalty.staff")
    number, name = "".join(new.number.split()), new.name.strip()
    _check_certificate(number, name, new.valid_from, new.valid_to)
    with store.work("penalty.certificate", actor) as work:
        work.lock("penalty/staff")
        if _numbered(work, number) is not None:
            raise CertificateTaken(number)
        certificate = EnforcementCertificate(
            hall_id=work.hall_id,
            number=number,
            name=name,
            account_id=_account(work, new.account_id).id if new.account_id is not None else None,
            helper=new.helper,
            valid_from=new.valid_from,
            valid_to=new.valid_to,
            entered_by=actor.account_id,
        )
        work.session.add(certificate)
        work.session.flush()
        _settle(work, f"certificate:{certificate.id}", valid_to=new.valid_to.isoformat(), helper=new.helper)
        return certificate.id


@retried
def change_validity(store: Store, actor: Actor, *, certificate_id: int, valid_to: date, reason: str) -> None:
    """A certificate was renewed, or taken away: its last day changes. Raises BadCertificate, NoSuchStaffRecord."""
    require(actor, "penalty.staff")
    why = reason_for("改有效期", reason)
    with store.work("penalty.certificate", actor) as work:
        certificate = work.session.get(EnforcementCertificate, certificate_id)
        if certificate is None or certificate.hall_id != work.hall_id:
            raise NoSuchStaffRecord("份执法证")
        _check_certificate(certificate.number, certificate.name, certificate.valid_from, valid_to)
        before, certificate.valid_to = certificate.valid_to, valid_to
        detail = {"before": before.isoformat(), "valid_to": valid_to.isoformat(), "reason": why}
        _settle(work, f"certificate:{certificate_id}", **detail)


def list_certificates(store: Store, actor: Actor) -> tuple[CertificateView, ...]:
    """Every certificate of the hall, the ones that end first before the others."""
    require(actor, "penalty.read")
    today = business_date(store.clock.now())
    query = (
        select(EnforcementCertificate, Account.login)
        .outerjoin(Account, Account.id == EnforcementCertificate.account_id)
        .where(EnforcementCertificate.hall_id == store.hall_id)
        .order_by(EnforcementCertificate.valid_to, EnforcementCertificate.number)
    )
    with store.read(actor) as session:
        return tuple(_view(certificate, login, today) for certificate, login in session.execute(query))


@retried
def enter_conflict(store: Store, actor: Actor, *, new: NewConflict) -> int:
    """Somebody stays away from a party; gives the entry's key.

    Raises NoSuchStaffRecord, ReasonNeeded, and what persons.record_details refuses.
    """
    require(actor, "penalty.staff")
    why = reason_for("登记回避", new.reason)
    _check_span(new.from_day, new.until_day)
    with store.work("penalty.conflict", actor) as work:
        conflict = ConflictOfInterest(
            hall_id=work.hall_id,
            account_id=_account(work, new.account_id).id,
            person_id=record_details(work, new.party),
            reason=why,
            from_day=new.from_day,
            until_day=new.until_day,
            entered_by=actor.account_id,
        )
        work.session.add(conflict)
        work.session.flush()
        _settle(work, f"conflict:{conflict.id}", account=conflict.account_id, person=conflict.person_id)
        return conflict.id


@retried
def end_conflict(store: Store, actor: Actor, *, conflict_id: int, until_day: date) -> None:
    """Name the last day on which somebody stays away. Raises NoSuchStaffRecord, BadCertificate."""
    require(actor, "penalty.staff")
    with store.work("penalty.conflict", actor) as work:
        conflict = work.session.get(ConflictOfInterest, conflict_id)
        if conflict is None or conflict.hall_id != work.hall_id:
            raise NoSuchStaffRecord("条回避登记")
        _check_span(conflict.from_day, until_day)
        conflict.until_day = until_day
        _settle(work, f"conflict:{conflict_id}", until=until_day.isoformat())


def list_conflicts(store: Store, actor: Actor) -> tuple[ConflictView, ...]:
    """Who stays away from whom, the newest first."""
    require(actor, "penalty.staff")
    query = (
        select(ConflictOfInterest, Account, Person)
        .join(Account, Account.id == ConflictOfInterest.account_id)
        .join(Person, Person.id == ConflictOfInterest.person_id)
        .where(ConflictOfInterest.hall_id == store.hall_id)
        .order_by(ConflictOfInterest.id.desc())
    )
    with store.read(actor) as session:
        return tuple(
            ConflictView(
                id=conflict.id,
                name=account.display_name,
                login=account.login,
                party_masked=public_view(person, store.key_ring).name_masked,
                reason=conflict.reason,
                from_day=conflict.from_day,
                until_day=conflict.until_day,
            )
            for conflict, account, person in session.execute(query)
        )


def officers_of(session: Session, case: PenaltyCase) -> Sequence[EnforcementCertificate]:
    """The officers of a case, in the order of their certificates' numbers."""
    query = (
        select(EnforcementCertificate)
        .join(PenaltyOfficer, PenaltyOfficer.certificate_id == EnforcementCertificate.id)
        .where(PenaltyOfficer.case_id == case.id)
        .order_by(EnforcementCertificate.number)
    )
    return session.scalars(query).all()


def check_officers(session: Session, case: PenaltyCase, *, day: date) -> Sequence[EnforcementCertificate]:
    """The case's officers whose certificates are valid on a day. Raises NotTwoOfficers (行政处罚法 42)."""
    return valid_officers(officers_of(session, case), day=day)


def valid_officers(found: Iterable[EnforcementCertificate], *, day: date) -> Sequence[EnforcementCertificate]:
    """Those who may enforce on a day. Raises NotTwoOfficers with what hinders the others."""
    named = list(found)
    hindrances = {each.id: _hindrance(each, day) for each in named}
    valid = [each for each in named if not hindrances[each.id]]
    if len(valid) < OFFICERS_WANTED:
        raise NotTwoOfficers([why for why in hindrances.values() if why])
    return valid


def check_named(named: Sequence[EnforcementCertificate], *, day: date) -> None:
    """That everybody who is named as an officer may enforce on a day, and at least two are. Raises NotTwoOfficers."""
    if why := [told for each in named if (told := _hindrance(each, day))]:
        raise NotTwoOfficers(why)
    valid_officers(named, day=day)


def certificates_named(session: Session, hall_id: int, keys: Iterable[int]) -> Sequence[EnforcementCertificate]:
    """The hall's certificates with these keys, each once. Raises NoSuchStaffRecord."""
    wanted = set(keys)
    query = select(EnforcementCertificate).where(
        EnforcementCertificate.hall_id == hall_id, EnforcementCertificate.id.in_(wanted)
    )
    found = session.scalars(query.order_by(EnforcementCertificate.number)).all()
    if len(found) != len(wanted):
        raise NoSuchStaffRecord("份执法证")
    return found


def certificates_numbered(session: Session, hall_id: int, numbers: Sequence[str]) -> Sequence[EnforcementCertificate]:
    """The hall's certificates with these numbers. Raises NoSuchCertificates with those that are unknown."""
    query = select(EnforcementCertificate).where(
        EnforcementCertificate.hall_id == hall_id, EnforcementCertificate.number.in_(numbers)
    )
    found = session.scalars(query.order_by(EnforcementCertificate.number)).all()
    if unknown := sorted(set(numbers) - {each.number for each in found}):
        raise NoSuchCertificates(unknown)
    return found


def _hindrance(each: EnforcementCertificate, day: date) -> str:
    if each.helper:
        return f"{each.name}是协管人员，不能执法"
    if not each.valid_from <= day <= each.valid_to:
        return f"{each.name}的执法证有效期为{each.valid_from:%Y-%m-%d}至{each.valid_to:%Y-%m-%d}"
    return ""


def _check_certificate(number: str, name: str, valid_from: date, valid_to: date) -> None:
    reasons = []
    if not number or len(number) > 40:
        reasons.append("证号应有 1 至 40 个字符")
    if not name:
        reasons.append("没有填姓名")
    if valid_to < valid_from:
        reasons.append("有效期的止日早于起日")
    if reasons:
        raise BadCertificate(reasons)


def _check_span(from_day: date, until_day: date | None) -> None:
    if until_day is not None and until_day < from_day:
        raise BadCertificate(["回避的止日早于起日"])


def _numbered(work: Work, number: str) -> EnforcementCertificate | None:
    query = select(EnforcementCertificate).where(
        EnforcementCertificate.hall_id == work.hall_id, EnforcementCertificate.number == number
    )
    return work.session.scalars(query).one_or_none()


def _account(work: Work, account_id: int) -> Account:
    account = work.session.get(Account, account_id)
    if account is None or account.hall_id not in (work.hall_id, None):
        raise NoSuchStaffRecord("个账号")
    return account


def _view(certificate: EnforcementCertificate, login: str | None, today: date) -> CertificateView:
    return CertificateView(
        id=certificate.id,
        number=certificate.number,
        name=certificate.name,
        account_id=certificate.account_id,
        login=login or "",
        helper=certificate.helper,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        valid=certificate.valid_from <= today <= certificate.valid_to,
    )


def _settle(work: Work, subject: str, **detail: object) -> None:
    work.audit(subject, **detail)
    work.changed("penalty_staff", "")
