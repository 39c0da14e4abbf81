"""An application as it comes to the counter: who applies, by whom, for what, with which materials."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.cards import Card, TypedCard
from hall.rules.catalogue import ApplicantKind
from hall.rules.identity import parse_credit_code, parse_id_number
from hall.rules.intake import Purpose
from hall.rules.materials import HandedIn
from hall.rules.tickets import OPEN_AT_COUNTER
from hall.services import persons
from hall.services.persons import ORGANISATION, PersonDetails
from hall.services.reasons import reason_for
from hall.store import Work
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.certificates import Certificate, LicenceBar
from hall.store.schema.queueing import Ticket

Channel = Literal["counter", "post", "fax", "online"]
OrganisationKind = Literal["individual_business", "legal", "other"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An applicant that is no natural person; `representative` is its 法定代表人, 经营者 or 负责人."""

    kind: OrganisationKind
    name: str = field(repr=False)
    credit_code: str = field(repr=False)
    representative: str = field(repr=False)
    address: str = field(default="", repr=False)


Applicant = Card | TypedCard | Organisation


@dataclass(frozen=True, slots=True)
class Agent:
    """Who applies for somebody else (行政许可法 29), and what the letter of authority lets him do."""

    card: Card | TypedCard
    authority: str
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Application:
    """An application as the clerk has it on the screen.

    `subject` is what is applied for: place, size, time. `duplicate_reason` says why it is none of the applications
    that look like it. `joint_parts` are the codes of the matters whose departments take part (联办).
    """

    matter_code: str
    applicant: Applicant
    phone: str = field(repr=False)
    materials: tuple[HandedIn, ...]
    ticket_id: int | None = None
    channel: Channel = "counter"
    agent: Agent | None = None
    purpose: Purpose = "new"
    certificate_id: int | None = None
    subject: str = ""
    duplicate_reason: str = ""
    joint_parts: tuple[str, ...] = ()


class CardExpired(Refused):
    """The card's last day has passed."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who}的证件已过有效期，请出示有效证件。")


class RepresentativeMissing(Refused):
    """An organisation applies by its representative."""

    def __init__(self) -> None:
        super().__init__("没有填写法定代表人（经营者、负责人）姓名，请对照营业执照填写。")


class AuthorityMissing(Refused):
    """An agent has to show what he may do."""

    def __init__(self) -> None:
        super().__init__("委托代理人办理的，须提交授权委托书，请写明委托事项和权限（行政许可法第二十九条）。")


class OwnAgent(Refused):
    """Nobody is his own agent."""

    def __init__(self) -> None:
        super().__init__("代理人和申请人是同一人，本人办理不用填写代理人。")


class NotAtYourCounter(Refused):
    """The ticket is not being served by the clerk who receives."""

    def __init__(self) -> None:
        super().__init__("这个号不在您的窗口办理中，请先叫号。")


class WrongCertificate(Refused):
    """The certificate is not one that this application may be about; the sentence says why."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能按这份证件办理：{why}。请核对证件编号。")


class Barred(Refused):
    """The applicant may not apply for the matter yet (行政许可法 78, 79)."""

    def __init__(self, article: str, until: date) -> None:
        self.article = article
        self.until = until
        super().__init__(
            f"申请人在{until.isoformat()}以前不得再次申请本事项（行政许可法第{article}条）。"
            "坚持申请的，请按“不予受理”出具决定书，告知救济途径。"
        )


def applicant_kind(applicant: Applicant) -> ApplicantKind:
    """What the applicant is to the catalogue."""
    return applicant.kind if isinstance(applicant, Organisation) else "natural"


def applicant_number(applicant: Applicant) -> str:
    """The number that the applicant is known by, as it was read or typed."""
    return applicant.credit_code if isinstance(applicant, Organisation) else applicant.id_number


def record_parties(work: Work, application: Application) -> tuple[int, int | None]:
    """Enter or refresh applicant and agent; gives the persons' ids. Raises what their particulars are refused for.

    Both are kept before the first is entered: two who apply for each other do not wait for each other.
    """
    agent = application.agent
    numbers = (applicant_number(application.applicant), agent.card.id_number if agent is not None else "")
    persons.lock_numbers(work, *numbers)
    applicant_id = record_party(work, application.applicant, phone=application.phone, who="申请人")
    return applicant_id, record_agent(work, agent, applicant_id=applicant_id) if agent is not None else None


def record_party(work: Work, party: Applicant, *, phone: str, who: str) -> int:
    """Enter or refresh somebody by card, keyboard or licence; gives the person's id. `who`: for sentences.

    Raises CardExpired, RepresentativeMissing, and what a number is refused for.
    """
    if isinstance(party, Organisation):
        return _record_organisation(work, party, phone)
    return _record_natural(work, party, phone, who)


def record_agent(work: Work, agent: Agent, *, applicant_id: int) -> int:
    """Enter or refresh the agent; gives the person's id. Raises AuthorityMissing, OwnAgent."""
    if not agent.authority.strip():
        raise AuthorityMissing
    agent_id = _record_natural(work, agent.card, agent.phone, "代理人")
    if agent_id == applicant_id:
        raise OwnAgent
    return agent_id


def authority_text(agent: Agent | None) -> str:
    """The authority as it is kept; raises TextTooLong or ReasonHoldsNumber."""
    return reason_for("授权委托", agent.authority) if agent is not None and agent.authority.strip() else ""


def check_ticket(work: Work, ticket_id: int | None) -> None:
    """Raise NotAtYourCounter unless the ticket, if there is one, is at the counter of who receives."""
    if ticket_id is None:
        return
    ticket = work.session.get(Ticket, ticket_id)
    here = ticket is not None and ticket.hall_id == work.hall_id and ticket.state in OPEN_AT_COUNTER
    if ticket is None or not here or ticket.account_id != work.actor.account_id:
        raise NotAtYourCounter


def check_certificate(work: Work, certificate_id: int | None, *, matter_id: int, holder_id: int) -> None:
    """Raise WrongCertificate unless the certificate is the holder's own, of the matter, and valid today.

    It is kept as it is until the end of the work: its end by the calendar sees the renewal that is being asked for.
    """
    if certificate_id is None:
        return
    certificate = work.session.get(Certificate, certificate_id, with_for_update=True, populate_existing=True)
    if certificate is None or certificate.hall_id != work.hall_id:
        raise WrongCertificate("没有这份证件")
    if certificate.holder_id != holder_id:
        raise WrongCertificate("持证人不是这位申请人")
    if work.session.get_one(MatterVersion, certificate.matter_version_id).matter_id != matter_id:
        raise WrongCertificate("证件属于另一事项")
    if certificate.state != "valid" or (certificate.valid_to or date.max) < business_date(work.now):
        raise WrongCertificate("证件已经失效，请按新办申请")


def check_bars(session: Session, *, person_id: int, matter_id: int, day: date) -> None:
    """Raise Barred while a bar of 行政许可法 78 or 79 lasts; the longest one is told."""
    bar = session.scalars(
        select(LicenceBar)
        .where(
            LicenceBar.person_id == person_id,
            LicenceBar.matter_id == matter_id,
            LicenceBar.from_day <= day,
            LicenceBar.until_day >= day,
        )
        .order_by(LicenceBar.until_day.desc())
        .limit(1)
    ).one_or_none()
    if bar is not None:
        raise Barred(bar.article, bar.until_day)


def _record_organisation(work: Work, organisation: Organisation, phone: str) -> int:
    if not organisation.representative.strip():
        raise RepresentativeMissing
    details = PersonDetails(
        kind=ORGANISATION,
        name=organisation.name,
        id_number=parse_credit_code(organisation.credit_code),
        phone=phone,
        address=organisation.address,
        organisation_kind=organisation.kind,
        representative=organisation.representative,
    )
    return persons.record_details(work, details)


def _record_natural(work: Work, card: Card | TypedCard, phone: str, who: str) -> int:
    if isinstance(card, Card):
        if card.expired_on(business_date(work.now)):
            raise CardExpired(who)
        return persons.record_card(work, card, phone=phone)
    told = parse_id_number(card.id_number, today=business_date(work.now))
    details = PersonDetails(kind=told.kind, name=card.name, id_number=told.number, phone=phone, address=card.address)
    return persons.record_details(work, details)
