"""Goods are seized with their list, tested, held longer once, given back or disposed of; nothing is charged for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.seizures import (
    BadSeizure,
    CannotOnSeizure,
    ExcludedTest,
    ListedItem,
    SeizureEnding,
    SeizureKind,
    SeizureLimb,
    TestKind,
    check_list,
    check_testing,
    reasons,
    why_not_ended,
)
from hall.services.issuing import Issued
from hall.services.papers_seizure import Receiver
from hall.services.penalty_records import Detail, NoSuchPenalty, penalty_locked
from hall.services.persons import PersonDetails, record_details, refuse_numbers
from hall.services.reasons import ReasonNeeded, TextTooLong, reason_for, short_text, statement_for
from hall.services.seizure_papers import issue_extension, issue_release, issue_return
from hall.services.seizure_records import (
    held_of,
    items_of,
    seizure_locked,
    settle_seizure,
    take_decision,
    take_hand,
    tell_seizure,
    until_of,
)
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.seizures import SeizedItem, Seizure, SeizureTesting
from hall.words import SEIZURE_ENDINGS, SEIZURE_KINDS, SEIZURE_LIMBS

LONGEST_NUMBER = 60
OPEN_CASE = ("filed", "decided", "served")


class SeizureNumberTaken(Refused):
    """A decision is entered once."""

    def __init__(self, number: str) -> None:
        super().__init__(f"查封扣押决定书 {number} 已经登记。请在列表里查找，不要重复登记。")


class CaseOver(Refused):
    """Nothing is seized for a case that has ended."""

    def __init__(self, number: str) -> None:
        super().__init__(f"案件 {number} 已经结束，不能再登记查封、扣押。请核对案号，或者写明当事人另行登记。")


class PartyMissing(Refused):
    """Neither a case nor a person."""

    def __init__(self) -> None:
        super().__init__("请写明当事人的姓名或名称，或者选择处罚案件。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeizure:
    """A seizure as it was handed over on the spot; `party` only where there is no case yet."""

    number: str
    kind: SeizureKind
    seized_on: date
    reason: str
    basis: str
    place: str
    keeper: str
    items: tuple[ListedItem, ...]
    case_id: int | None = None
    party: PersonDetails | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SeizureEnd:
    """How it ends; `limb` only where it is released."""

    ending: SeizureEnding
    reason: str
    limb: SeizureLimb = "no_need"


def case_numbered(store: Store, actor: Actor, *, number: str) -> int:
    """The key of the penalty case with this number; raises NoSuchPenalty."""
    require(actor, "penalty.read")
    query = select(PenaltyCase.id).where(PenaltyCase.hall_id == store.hall_id, PenaltyCase.number == number.strip())
    with store.read(actor) as session:
        case_id = session.scalar(query)
    if case_id is None:
        raise NoSuchPenalty
    return case_id


@retried
def enter(store: Store, actor: Actor, *, new: NewSeizure) -> int:
    """登记查封、扣押 with its list (行政强制法 24); gives its key.

    Raises BadList, BadSeizure, SeizureNumberTaken, PartyMissing, DutyConflict.
    """
    require(actor, "seizure.enter")
    items, number = check_list(new.items), _number(new.number)
    with store.work("seizure.enter", actor) as work:
        work.lock(f"seizure-number/{number}", *(() if new.case_id is None else (f"penalty/{new.case_id}",)))
        case = penalty_locked(work, new.case_id) if new.case_id is not None else None
        if case is not None and case.state not in OPEN_CASE:
            raise CaseOver(case.number)
        take_hand(work, case)
        seizure = _record(work, new, case, number=number)
        work.session.add(seizure)
        work.session.flush()
        work.session.add_all(_listed(work, seizure, place, item) for place, item in enumerate(items, start=1))
        settle_seizure(work, seizure, case, "seize", detail={"number": seizure.number, "items": len(items)})
        return seizure.id


@retried
def add_test(store: Store, actor: Actor, *, seizure_id: int, kind: TestKind, unit: str, testing: ExcludedTest) -> None:
    """登记检测、检验、检疫或者技术鉴定, told in writing with its last day (行政强制法 25(3)).

    Raises CannotOnSeizure, BadSeizure.
    """
    require(actor, "seizure.enter")
    body = reason_for("登记检测", unit)
    with store.work("seizure.enter", actor) as work:
        seizure, case = seizure_locked(work, seizure_id)
        held = held_of(work.session, seizure)
        limit, today = until_of(work, held), business_date(work.now)
        _refuse(reasons("test", held, limit, today))
        check_testing(testing, held, limit, today)
        take_hand(work, case)
        work.session.add(
            SeizureTesting(
                hall_id=work.hall_id,
                seizure_id=seizure.id,
                kind=kind,
                unit=body,
                told_on=testing.told_on,
                first_day=testing.first_day,
                last_day=testing.last_day,
            )
        )
        told = {"kind": kind, "first": testing.first_day.isoformat(), "last": testing.last_day.isoformat()}
        settle_seizure(work, seizure, case, "seize_test", detail={**told})


@retried
def finish_test(store: Store, actor: Actor, *, seizure_id: int, last_day: date) -> None:
    """A test ended before the day of its notice: from the next day on the period runs again.

    Raises CannotOnSeizure, BadSeizure.
    """
    require(actor, "seizure.enter")
    with store.work("seizure.enter", actor) as work:
        seizure, case = seizure_locked(work, seizure_id)
        held, today = held_of(work.session, seizure), business_date(work.now)
        _refuse(reasons("finish_test", held, until_of(work, held), today))
        take_hand(work, case)
        query = select(SeizureTesting).where(SeizureTesting.seizure_id == seizure.id, SeizureTesting.last_day >= today)
        for row in work.session.scalars(query):
            if not row.first_day <= last_day <= min(today, row.last_day):
                raise BadSeizure(f"结束日期应在开始日期（{row.first_day}）和今天（{today}）之间，请核对。")
            row.last_day = last_day
        settle_seizure(work, seizure, case, "seize_test", detail={"last": last_day.isoformat()})


@retried
def extend(store: Store, actor: Actor, *, seizure_id: int, reason: str, home: Path) -> Issued:
    """批准延长 by thirty days, once, before the strict day has passed; the written notice (行政强制法 25(1), (2)).

    Raises CannotOnSeizure, SameHand, DutyConflict.
    """
    require(actor, "seizure.extend")
    why = statement_for("延长查封、扣押", reason)
    with store.work("seizure.extend", actor) as work:
        seizure, case = seizure_locked(work, seizure_id)
        held, today = held_of(work.session, seizure), business_date(work.now)
        _refuse(reasons("extend", held, until_of(work, held), today))
        take_decision(work, seizure, case)
        seizure.extended_on, seizure.extended_by, seizure.extension_reason = today, work.actor.account_id, why
        issued = issue_extension(work, seizure, home=home)
        seizure.extension_document_id = issued.document_id
        settle_seizure(work, seizure, case, "seize_extend", detail=_told(issued), document_id=issued.document_id)
        return issued


@retried
def end(store: Store, actor: Actor, *, seizure_id: int, how: SeizureEnd, home: Path) -> Issued | None:
    """作出处理决定 (行政强制法 27): released with its decision, else by what has taken the goods away.

    Gives the release; None for the other endings, which have decisions of their own. Raises CannotOnSeizure, SameHand.
    """
    require(actor, "seizure.end")
    why = statement_for(SEIZURE_ENDINGS[how.ending], how.reason)
    with store.work("seizure.end", actor) as work:
        seizure, case = seizure_locked(work, seizure_id)
        held, today = held_of(work.session, seizure), business_date(work.now)
        _refuse(why_not_ended(how.ending, held, until_of(work, held), today))
        take_decision(work, seizure, case)
        if how.ending == "released":
            issued = release_within(work, seizure, case, limb=how.limb, reason=why, home=home)
            work.audit(f"seizure:{seizure.id}", case=seizure.case_id, ending="released", limb=how.limb)
            return issued
        seizure.ended_on, seizure.ending = held.confiscated_on or today, how.ending
        seizure.ending_reason, seizure.ended_by = why, work.actor.account_id
        settle_seizure(work, seizure, case, "seize_end", detail={"ending": how.ending})
        return None


def release_within(
    work: Work, seizure: Seizure, case: PenaltyCase | None, *, limb: SeizureLimb, reason: str, home: Path
) -> Issued:
    """Within the caller's work: lifted today, the decision issued; what was held is to be given back at once (28)."""
    seizure.ended_on, seizure.ending = business_date(work.now), "released"
    seizure.ending_reason, seizure.ended_by = f"{SEIZURE_LIMBS[limb]}：{reason}", work.actor.account_id
    issued = issue_release(work, seizure, limb=limb, reason=reason, home=home)
    seizure.release_document_id = issued.document_id
    detail = {"ending": "released", "limb": limb, **_told(issued)}
    tell_seizure(work, seizure, case, "seize_end", detail=detail, document_id=issued.document_id)
    return issued


@retried
def give_back(
    store: Store, actor: Actor, *, seizure_id: int, receiver: Receiver, positions: tuple[int, ...] = (), home: Path
) -> Issued:
    """退还 against signature, the lines of the list that are named, or all that are left (行政强制法 28(2)).

    It is done when every line was given back. Raises CannotOnSeizure, BadSeizure.
    """
    require(actor, "seizure.give_back")
    receiver = _checked(receiver)
    with store.work("seizure.give_back", actor) as work:
        seizure, case = seizure_locked(work, seizure_id)
        held, today = held_of(work.session, seizure), business_date(work.now)
        _refuse(reasons("give_back", held, until_of(work, held), today))
        take_hand(work, case)
        items = items_of(work.session, seizure.id)
        given = _chosen(items, positions)
        for item in given:
            item.returned = True
        seizure.returned_to = receiver.name
        if all(item.returned for item in items):
            seizure.returned_on = today
        issued = issue_return(work, seizure, items=given, receiver=receiver, home=home)
        seizure.return_document_id = issued.document_id
        detail = {"items": len(given), **_told(issued)}
        settle_seizure(work, seizure, case, "give_back", detail=detail, document_id=issued.document_id)
        return issued


def _record(work: Work, new: NewSeizure, case: PenaltyCase | None, *, number: str) -> Seizure:
    if work.session.scalar(select(Seizure.id).where(Seizure.hall_id == work.hall_id, Seizure.number == number)):
        raise SeizureNumberTaken(number)
    if new.seized_on > business_date(work.now):
        raise BadSeizure("查封、扣押的日期还没有到，请核对。")
    if case is None and (new.party is None or not new.party.name.strip()):
        raise PartyMissing
    return Seizure(
        hall_id=work.hall_id,
        number=number,
        case_id=case.id if case is not None else None,
        party_id=case.party_id
        if case is not None
        else record_details(work, new.party or PersonDetails("resident", "")),
        kind=new.kind,
        seized_on=new.seized_on,
        reason=statement_for(SEIZURE_KINDS[new.kind], new.reason),
        basis=statement_for("写明法律依据，", new.basis),
        place=reason_for("查封、扣押的地点", new.place),
        keeper=reason_for("保管地点和保管人", new.keeper),
        registered_at=work.now,
        account_id=work.actor.account_id,
    )


def _number(text: str) -> str:
    """As it stands on the decision: a number may well have seven digits in a row."""
    number = " ".join(text.split())
    if not number:
        raise ReasonNeeded("登记查封、扣押时决定书文号")
    if len(number) > LONGEST_NUMBER:
        raise TextTooLong(LONGEST_NUMBER)
    return number


def _listed(work: Work, seizure: Seizure, place: int, item: ListedItem) -> SeizedItem:
    for text in (item.name, item.condition):
        refuse_numbers(text)
    return SeizedItem(
        hall_id=work.hall_id,
        seizure_id=seizure.id,
        position=place,
        name=item.name,
        quantity=item.quantity,
        unit=item.unit,
        condition=item.condition,
    )


def _checked(receiver: Receiver) -> Receiver:
    name = reason_for("退还财物时领取人的姓名", receiver.name)
    return Receiver(name, short_text(receiver.capacity) or "本人", short_text(receiver.remark))


def _chosen(items: Sequence[SeizedItem], positions: tuple[int, ...]) -> list[SeizedItem]:
    left = {item.position: item for item in items if not item.returned}
    if unknown := sorted(set(positions).difference(left)):
        raise BadSeizure(f"清单第 {unknown[0]} 项没有，或者已经退还。")
    return [item for place, item in left.items() if not positions or place in positions]


def _refuse(why: tuple[str, ...]) -> None:
    if why:
        raise CannotOnSeizure(why)


def _told(issued: Issued) -> Detail:
    return {"document": issued.document_id}
