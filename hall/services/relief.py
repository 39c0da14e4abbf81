"""Relief (救助): applied for with consent, seen by two, opined on, voted by the charity, given after it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from sqlalchemy import exists, select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules import relief as books
from hall.rules import relief_cases as rules
from hall.rules.authority import HEAD, REVIEWER, require
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.relief_cases import Award, BadRelief, Member, ReliefKind, Vote
from hall.services import relief_papers
from hall.services.applications import check_ticket
from hall.services.issuing import Issued, draw_number
from hall.services.persons import ORGANISATION, PersonDetails, record_card, record_details
from hall.services.reasons import reason_for, short_text, statement_for
from hall.services.relief_books import NewPosting, checked_award_reference, post
from hall.services.relief_records import (
    BOOKS,
    Happening,
    close_relief,
    relief_locked,
    seal_household,
    settle_relief,
    take_act,
    visit_detail,
)
from hall.services.relief_terms import relief_terms
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.people import Account, AccountRole
from hall.store.schema.relief import ReliefApplication

OLDEST_VISIT = timedelta(days=90)
"""A visit that is entered later than this is taken for a mistyped day."""


class NoConsent(Refused):
    """Income is looked at, and an award is shown in public, only with consent."""

    def __init__(self) -> None:
        super().__init__(
            "申请人没有同意核对家庭收入和按规定公示，不能登记（个人信息保护法第二十九条，敏感个人信息应当取得单独同意）。"
            "请说明用途，同意后在申请表上签名，再登记。"
        )


class AskedAlready(Refused):
    """One application of a person at a time."""

    def __init__(self, number: str) -> None:
        super().__init__(f"这位申请人已有一件救助申请在办（{number}）。请在列表里查找，不要重复登记。")


class OnlyPeople(Refused):
    """Relief is for people in need."""

    def __init__(self) -> None:
        super().__init__("救助申请由本人以个人名义提出，不登记单位。请填写申请人的姓名和身份证号。")


class NotAVisitor(Refused):
    """Who went along does not check applications in this hall."""

    def __init__(self) -> None:
        super().__init__("同行人员应是本大厅在用的审查或者审核人员，不能是自己。请重新选择。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRelief:
    """What the applicant asks for; `applicant` is a card that was read, or typed details."""

    applicant: Card | PersonDetails = field(repr=False)
    household: tuple[Member, ...] = field(repr=False)
    kind: ReliefKind
    asked_fen: int
    reason: str
    evidence: str
    consents: bool
    phone: str = field(default="", repr=False)
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What two of the hall found at the applicant's; `income_fen` of the household a head a month."""

    visited_on: date
    along: tuple[int, ...]
    means: str
    income_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CharityVote:
    """What the charity decided, by its own number; without an award `refused_why` says why."""

    voted_on: date
    vote: Vote
    number: str
    award: Award | None = None
    refused_why: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """An application that was entered: its key and the form for signing, whose number is its own."""

    application_id: int
    issued: Issued


@retried
def apply(store: Store, actor: Actor, *, new: NewRelief, home: Path) -> Applied:
    """登记救助申请 with the consent, and the form to be signed.

    Raises NoConsent, AskedAlready, OnlyPeople, BadRelief, BadNumber, ReasonHoldsNumber, NotAtYourCounter.
    """
    require(actor, "relief.apply")
    if not new.consents:
        raise NoConsent
    if isinstance(new.applicant, PersonDetails) and new.applicant.kind == ORGANISATION:
        raise OnlyPeople
    rules.check_asked(new.kind, new.asked_fen)
    rules.check_household(new.household)
    reason, evidence = statement_for("救助申请", new.reason), statement_for("证明材料", new.evidence)
    with store.work("relief.apply", actor) as work:
        check_ticket(work, new.ticket_id)
        today = business_date(work.now)
        person_id = _record_applicant(work, new)
        record = ReliefApplication(
            hall_id=work.hall_id,
            number=draw_number(work, kind="relief", home=home),
            person_id=person_id,
            ticket_id=new.ticket_id,
            household_sealed=seal_household(work.key_ring, new.household),
            members=len(new.household),
            kind=new.kind,
            asked_fen=new.asked_fen,
            reason=reason,
            evidence=evidence,
            consent_on=today,
            applied_on=today,
            account_id=work.actor.account_id,
            state="applied",
        )
        work.session.add(record)
        work.session.flush()
        issued = relief_papers.issue_form(work, record, home=home)
        record.document_id = issued.document_id
        settle_relief(work, record, Happening("apply", document_id=issued.document_id))
        return Applied(record.id, issued)


@retried
def visit(store: Store, actor: Actor, *, application_id: int, found: Visit, home: Path) -> bool:
    """登记入户核查 by two; gives whether the household is within the figure. Until an opinion it may be made again.

    Raises CannotOnRelief, SameHandInRelief, NotAVisitor, BadRelief.
    """
    require(actor, "relief.check")
    means = statement_for("家庭情况核对", found.means)
    rules.check_income(found.income_fen)
    with store.work("relief.check", actor) as work:
        record = relief_locked(work, application_id)
        take_act(work, record, "visit")
        today, along = business_date(work.now), tuple(dict.fromkeys(found.along))
        _check_visit_day(found.visited_on, record, today)
        terms = relief_terms(home, record.applied_on)
        names = _visitors(work, record, along)
        rules.check_visitors(len(names), terms)
        record.visited_on, record.visitors, record.means = found.visited_on, "、".join(names), means
        record.income_fen, record.meets = found.income_fen, rules.meets(found.income_fen, terms)
        record.checked_by, record.state = work.actor.account_id, "checked"
        detail = visit_detail(along, meets=record.meets, day=found.visited_on.isoformat())
        settle_relief(work, record, Happening("visit", detail=detail))
        return record.meets


@retried
def opine(store: Store, actor: Actor, *, application_id: int, recommended: bool, opinion: str) -> None:
    """出具意见 by somebody who neither took the application nor visited; the charity is not bound by it.

    Raises CannotOnRelief, SameHandInRelief.
    """
    require(actor, "relief.opine")
    words = statement_for("意见", opinion)
    with store.work("relief.opine", actor) as work:
        record = relief_locked(work, application_id)
        take_act(work, record, "opine")
        record.opinion, record.recommended = words, recommended
        record.opinion_by, record.opinion_on = work.actor.account_id, business_date(work.now)
        record.state = "opined"
        settle_relief(work, record, Happening("opine", detail={"recommended": recommended}))


@retried
def vote(store: Store, actor: Actor, *, application_id: int, held: CharityVote, home: Path) -> Issued:
    """登记慈善组织表决 by its number; gives the completed form. Not carried: the application ends, with the reason.

    Raises CannotOnRelief, SameHandInRelief, BadRelief.
    """
    require(actor, "relief.vote")
    number = reason_for("登记表决：慈善组织决定的文号", held.number)
    why = "" if held.award else reason_for("不予救助", held.refused_why)
    goods = short_text(held.award.goods) if held.award else ""
    with store.work("relief.vote", actor) as work:
        record = relief_locked(work, application_id)
        take_act(work, record, "vote")
        today = business_date(work.now)
        if not (record.opinion_on or record.applied_on) <= held.voted_on <= today:
            raise BadRelief(f"表决日期应在出具意见（{record.opinion_on}）以后、今天以前。请核对会议记录。")
        _check_award(record, held, home)
        record.voted_on, record.charity_number, record.decided_on = held.voted_on, number, today
        record.votes_for, record.votes_against = held.vote.for_it, held.vote.against
        record.votes_abstained, record.refused_why = held.vote.abstained, why
        record.award_fen = held.award.fen if held.award else None
        record.award_goods = goods
        if held.award:
            record.state = "voted"
        else:
            close_relief(record, "refused", today)
        issued = relief_papers.issue_form(work, record, home=home)
        record.document_id = issued.document_id
        detail = {"for": held.vote.for_it, "against": held.vote.against, "abstained": held.vote.abstained}
        settle_relief(work, record, Happening("vote", number, detail, issued.document_id))
        return issued


@retried
def give(store: Store, actor: Actor, *, application_id: int, reference: str, home: Path) -> Issued:
    """发放 after it was shown and nothing is open: one posting, one receipt to be signed.

    Raises CannotOnRelief, SameHandInRelief, NotEnough, ReferenceTaken, ReferenceNeeded.
    """
    require(actor, "relief.give")
    with store.work("relief.give", actor) as work:
        record = relief_locked(work, application_id, BOOKS)
        take_act(work, record, "give")
        assert record.award_fen is not None
        voucher, today = checked_award_reference(work, reference), business_date(work.now)
        goods = bool(record.award_goods)
        lines = books.award(goods=record.award_fen) if goods else books.award(money=record.award_fen)
        issued = relief_papers.issue_receipt(work, record, reference=voucher, home=home)
        posting = post(
            work,
            NewPosting(
                kind="award",
                lines=lines,
                day=today,
                reference=voucher,
                memo=record.award_goods,
                application_id=record.id,
                document_id=issued.document_id,
            ),
        )
        record.given_on, record.document_id = today, issued.document_id
        close_relief(record, "given", today)
        settle_relief(work, record, Happening("give", "", {"serial": posting.serial}, issued.document_id))
        return issued


@retried
def withdraw(store: Store, actor: Actor, *, application_id: int, reason: str) -> None:
    """撤回申请 at the applicant's wish, until it was given. Raises CannotOnRelief."""
    require(actor, "relief.apply")
    why = reason_for("撤回申请", reason)
    with store.work("relief.apply", actor) as work:
        record = relief_locked(work, application_id)
        take_act(work, record, "withdraw")
        close_relief(record, "withdrawn", business_date(work.now))
        settle_relief(work, record, Happening("withdraw", why))


def _record_applicant(work: Work, new: NewRelief) -> int:
    """The person's key, with nobody else entering an application of the same one."""
    if isinstance(new.applicant, Card):
        person_id = record_card(work, new.applicant, phone=new.phone)
    else:
        person_id = record_details(work, new.applicant)
    work.lock(f"relief-person/{person_id}")
    query = select(ReliefApplication.number).where(
        ReliefApplication.person_id == person_id, ReliefApplication.closed_on.is_(None)
    )
    if (number := work.session.scalar(query.limit(1))) is not None:
        raise AskedAlready(number)
    return person_id


def _check_visit_day(day: date, record: ReliefApplication, today: date) -> None:
    if not max(record.applied_on, today - OLDEST_VISIT) <= day <= today:
        raise BadRelief(f"入户日期应在申请（{record.applied_on}）以后、今天以前。请核对。")


def _visitors(work: Work, record: ReliefApplication, along: Sequence[int]) -> list[str]:
    """The names of whoever went; who took the application does not go."""
    here = exists().where(
        AccountRole.account_id == Account.id,
        AccountRole.role.in_((REVIEWER, HEAD)),
        AccountRole.hall_id.is_(None) | (AccountRole.hall_id == work.hall_id),
    )
    query = select(Account.id, Account.display_name).where(Account.id.in_(along), Account.disabled.is_(False), here)
    found = dict(work.session.execute(query).tuples().all())
    if set(along) - found.keys() or work.actor.account_id in along:
        raise NotAVisitor
    for account_id in along:
        rules.check_hand("visit", account_id, {"apply": frozenset({record.account_id})})
    return [work.actor.name, *(found[key] for key in along)]


def _check_award(record: ReliefApplication, held: CharityVote, home: Path) -> None:
    terms = relief_terms(home, held.voted_on)
    rules.check_vote(held.vote, held.award, kind=cast(ReliefKind, record.kind), terms=terms)
