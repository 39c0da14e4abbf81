"""Other units are asked (征求意见); those whose interests a decision touches are heard (利害关系人, 行政许可法 36)."""

from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import issuing, papers_review, persons
from hall.services.case_records import Detail, advance, case_locked
from hall.services.hands import settle, take_in_hand
from hall.services.issuing import Issued
from hall.services.paper_head import paper_head
from hall.services.persons import PersonDetails
from hall.services.reasons import reason_for, statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.reviewing import CaseConsultation, CaseParty


class NoSuchConsultation(Missing):
    """The case waits for no such answer."""

    def __init__(self) -> None:
        super().__init__("没有等待答复的这次征求意见，请刷新后再看。")


class NoSuchParty(Missing):
    """The case has no such party."""

    def __init__(self) -> None:
        super().__init__("没有登记这位利害关系人，请刷新后再看。")


class DayHasPassed(Refused):
    """Nobody can answer by a day that is over."""

    def __init__(self, day: date) -> None:
        super().__init__(f"答复期限{day}已经过去，请改为今天或以后的日期。")


class OnlyLater(Refused):
    """The time for an answer may get longer, not shorter."""

    def __init__(self, due_on: date) -> None:
        super().__init__(f"答复期限只能延后，不能早于已经告知的{due_on}。")


@retried
def consult(
    store: Store,
    actor: Actor,
    *,
    case_id: int,
    unit: str,
    question: str,
    answer_by: date,
    home: Path,
    attachments: str = "",
) -> Issued:
    """征求意见 of another unit with a day for the answer; no limit of the case waits for it."""
    require(actor, "case.review")
    asked, name = statement_for("征求意见的内容", question), reason_for("被征求意见的单位", unit)
    with store.work("case.consult", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        today = business_date(work.now)
        if answer_by < today:
            raise DayHasPassed(answer_by)
        content = papers_review.consultation(
            paper_head(work, case), unit_name=name, question=asked, answer_by=answer_by, attachments=attachments
        )
        paper = issuing.issue(work, case_id=case_id, kind="consultation", content=content, home=home)
        record = CaseConsultation(
            hall_id=work.hall_id,
            case_id=case_id,
            unit=name,
            question=asked,
            asked_on=today,
            asked_by=actor.account_id,
            due_on=answer_by,
            document_id=paper.document_id,
        )
        work.session.add(record)
        work.session.flush()
        detail: Detail = {"consultation": record.id, "stage": "asked", "answer_by": answer_by.isoformat()}
        advance(work, case, "consult", detail=detail, document_id=paper.document_id)
        settle(work, case, consultation=record.id, document=paper.number)
        return paper


@retried
def answered(store: Store, actor: Actor, *, case_id: int, consultation_id: int, agrees: bool, text: str) -> None:
    """登记答复: what the unit says."""
    require(actor, "case.review")
    said = statement_for("答复内容", text)
    with store.work("case.consult_answer", actor) as work:
        case = case_locked(work, case_id)
        record = _waiting(work, case_id, consultation_id)
        late = record.due_on is not None and business_date(work.now) > record.due_on
        advance(work, case, "consult_answer", detail={"consultation": record.id, "agrees": agrees, "late": late})
        record.answered_on, record.agrees, record.answer = business_date(work.now), agrees, said
        settle(work, case, consultation=record.id, agrees=agrees)


@retried
def give_longer(store: Store, actor: Actor, *, case_id: int, consultation_id: int, answer_by: date) -> None:
    """延后答复期限; a day that was told never comes earlier."""
    require(actor, "case.review")
    with store.work("case.consult", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        record = _waiting(work, case_id, consultation_id)
        if record.due_on is not None and answer_by <= record.due_on:
            raise OnlyLater(record.due_on)
        record.due_on = answer_by
        detail: Detail = {"consultation": record.id, "stage": "longer", "answer_by": answer_by.isoformat()}
        advance(work, case, "consult", detail=detail)
        settle(work, case, consultation=record.id)


@retried
def add_party(store: Store, actor: Actor, *, case_id: int, person: PersonDetails, relation: str) -> int:
    """登记利害关系人, told today of the application (行政许可法 36); gives the party."""
    require(actor, "case.review")
    how = reason_for("利害关系", relation)
    with store.work("case.party", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        party = CaseParty(
            hall_id=work.hall_id,
            case_id=case_id,
            person_id=persons.record_details(work, person),
            relation=how,
            told_on=business_date(work.now),
        )
        work.session.add(party)
        work.session.flush()
        advance(work, case, "consult", detail={"party": party.id, "stage": "told"})
        settle(work, case, party=party.id)
        return party.id


@retried
def hear_party(store: Store, actor: Actor, *, case_id: int, party_id: int, statement: str) -> None:
    """登记陈述申辩 of somebody whose interests are touched."""
    require(actor, "case.review")
    said = statement_for("陈述和申辩", statement)
    with store.work("case.party", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        party = work.session.get(CaseParty, party_id)
        if party is None or party.case_id != case_id:
            raise NoSuchParty
        party.statement = said
        advance(work, case, "consult", detail={"party": party.id, "stage": "heard"})
        settle(work, case, party=party.id)


def _waiting(work: Work, case_id: int, consultation_id: int) -> CaseConsultation:
    record = work.session.get(CaseConsultation, consultation_id)
    if record is None or record.case_id != case_id or record.answered_on is not None:
        raise NoSuchConsultation
    return record
