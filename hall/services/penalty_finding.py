"""Finds whoever stands at the penalty window by whatever is at hand: a number on paper, a pay code, a card, a name.

Every road is an index. What leads to one case opens it; what leads to persons lists those with penalties or seizures.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.identity import BadNumber, normalise, parse_credit_code, parse_id_number, parse_phone
from hall.rules.people import Actor
from hall.rules.receipt_code import VERSION
from hall.services import persons, receipts
from hall.services.person_names import named_like
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.payments import CashCollection, PaymentNotice
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyEvent
from hall.store.schema.people import Person
from hall.store.schema.seizures import Seizure

MOST = 50

_PHONE = re.compile(r"(\+86-?)?1[0-9]{2}-?[0-9]{4}-?[0-9]{4}|0[0-9]{2,3}-[0-9]{7,8}")
_SHORTEST_NAME = 2
_ID_LENGTHS = (15, 18)
_NAMESAKES = 200


class NoPenaltyFound(Missing):
    """Nothing in the hall's penalties fits what was asked for; the text itself is not repeated."""

    def __init__(self, what: str) -> None:
        super().__init__(f"没有找到{what}的处罚案件或者查封扣押，请核对后重新输入；新案件按 Ctrl+M 登记。")


class PenaltyNotUnderstood(Refused):
    """The text is nothing that penalties are found by."""

    def __init__(self) -> None:
        super().__init__(
            "看不懂要找什么：请输入决定书文号、案号、缴款识别码、罚款收据号、身份证号或信用代码、电话、姓名，"
            "或者刷身份证、扫描文书上的二维码。"
        )


@dataclass(frozen=True, slots=True)
class FoundParty:
    """Somebody with penalties or seizures, as a list shows it: masked; an organisation's name and code are public."""

    person_id: int
    name_masked: str = field(repr=False)
    id_masked: str = field(repr=False)
    cases: int
    open_cases: int


@dataclass(frozen=True, slots=True)
class FoundPenalties:
    """Who fits, the newest first; `case_id` where what was asked names one case."""

    parties: tuple[FoundParty, ...]
    case_id: int | None = None


def find_penalties(store: Store, actor: Actor, *, text: str) -> FoundPenalties:
    """By the first road that the text can be: a receipt's code, a number on paper, a person.

    Raises NoPenaltyFound, PenaltyNotUnderstood, BadNumber, and what the check of a receipt's code raises.
    """
    require(actor, "penalty.read")
    wanted = text.strip()
    number = "".join(wanted.split())
    with store.read(actor) as session:
        if wanted.upper().startswith(f"{VERSION}."):
            number = receipts.check(session, wanted, hall_id=store.hall_id).number
        found = _by_number(session, store, number)
        if found is not None:
            return found
        what, condition = _person(store, wanted, number)
        parties = _parties(session, store, condition) if condition is not None else ()
    if not parties:
        raise NoPenaltyFound(what)
    return FoundPenalties(parties)


def _by_number(session: Session, store: Store, number: str) -> FoundPenalties | None:
    """Every number that stands on a paper of a penalty is unique in the hall; each road asks one index."""
    for road in _ROADS:
        if (case_id := road(session, store.hall_id, number)) is not None:
            party_id = session.get_one(PenaltyCase, case_id).party_id
            return FoundPenalties(_parties(session, store, Person.id == party_id), case_id)
    seizure = select(Seizure.party_id).where(Seizure.hall_id == store.hall_id, Seizure.number == number)
    if (holder_id := session.scalar(seizure)) is not None:
        return FoundPenalties(_parties(session, store, Person.id == holder_id))
    return None


Road = Callable[[Session, int, str], int | None]


def _of_case(session: Session, hall_id: int, number: str) -> int | None:
    return session.scalar(select(PenaltyCase.id).where(PenaltyCase.hall_id == hall_id, PenaltyCase.number == number))


def _of_decision(session: Session, hall_id: int, number: str) -> int | None:
    return session.scalar(
        select(PenaltyDecision.case_id).where(PenaltyDecision.hall_id == hall_id, PenaltyDecision.number == number)
    )


def _of_pay_code(session: Session, hall_id: int, number: str) -> int | None:
    return session.scalar(
        select(PaymentNotice.case_id).where(PaymentNotice.hall_id == hall_id, PaymentNotice.pay_code == number)
    )


def _of_cash_receipt(session: Session, hall_id: int, number: str) -> int | None:
    return session.scalar(
        select(CashCollection.case_id).where(CashCollection.hall_id == hall_id, CashCollection.receipt_number == number)
    )


def _of_document(session: Session, hall_id: int, number: str) -> int | None:
    """Any paper that an event of a case names: notices, answers, agreements."""
    paper = select(Document.id).where(Document.hall_id == hall_id, Document.number == number).scalar_subquery()
    return session.scalar(select(PenaltyEvent.case_id).where(PenaltyEvent.document_id == paper).limit(1))


_ROADS: Sequence[Road] = (_of_decision, _of_case, _of_pay_code, _of_cash_receipt, _of_document)


def _person(store: Store, text: str, number: str) -> tuple[str, ColumnElement[bool] | None]:
    """Whom the text may name, in words without the number, and the condition; None: it can only be a paper's number."""
    if "〔" in text or text.endswith("号"):
        return "这个编号", None
    if _PHONE.fullmatch(number):
        return "这个电话", Person.phone_index == persons.phone_index(store.key_ring, parse_phone(number))
    if sum(map(str.isalpha, text)) >= _SHORTEST_NAME and not any(map(str.isdigit, text)):
        return "这个姓名", named_like(text, dialect=store.engine.dialect.name)
    index = persons.id_number_index(store.key_ring, _person_number(normalise(number)))
    return "这个证件号码", Person.id_number_index == index


def _person_number(wanted: str) -> str:
    try:
        return parse_id_number(wanted).number
    except BadNumber as error:
        try:
            return parse_credit_code(wanted)
        except BadNumber:
            if len(wanted) in _ID_LENGTHS:
                raise error from None
            raise PenaltyNotUnderstood from None


def _parties(session: Session, store: Store, condition: ColumnElement[bool]) -> tuple[FoundParty, ...]:
    """Those of the persons who have a case or a seizure here, the newest case first; of many namesakes some."""
    known = select(Person.id).where(Person.hall_id == store.hall_id, condition).limit(_NAMESAKES)
    ids = session.scalars(known).all()
    cases, closed = func.count(PenaltyCase.id), func.count(PenaltyCase.closed_on)
    query = (
        select(Person, cases, cases - closed)
        .outerjoin(PenaltyCase, PenaltyCase.party_id == Person.id)
        .where(Person.id.in_(ids))
        .group_by(Person.id)
        .having(or_(cases > 0, exists().where(Seizure.party_id == Person.id)))
        .order_by(func.coalesce(func.max(PenaltyCase.id), 0).desc(), Person.id.desc())
        .limit(MOST)
    )
    return tuple(_party(store, *row) for row in session.execute(query).tuples())


def _party(store: Store, person: Person, cases: int, open_cases: int) -> FoundParty:
    shown = persons.public_view(person, store.key_ring)
    return FoundParty(person.id, shown.name_masked, shown.id_masked, cases, open_cases)
