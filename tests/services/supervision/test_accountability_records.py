"""责任追究 from registration to its end: the snapshot, hearing, decision, appeal, repetition, and who may do what."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from hall.clock import business_date
from hall.rules.accountability import (
    AppealTooLate,
    BadDecision,
    Decision,
    NotCorrected,
    NotHeard,
    NotOnlySubject,
    OwnRecord,
    SameJudge,
)
from hall.rules.authority import NotAuthorised
from hall.services import clocks
from hall.services.accountability import NoSuchSubject, UnknownSource
from hall.services.accountability_records import NewRecord, NoSuchRecord
from hall.services.case_records import case_locked
from hall.services.default_records import register_default, unregistered_defaults
from hall.services.supervision_front import SupervisionFront
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.supervision import AccountabilityRecord
from tests.services.supervision.bureau import (
    APPROVER,
    HEAD,
    MANAGER,
    OTHER_REVIEWER,
    REVIEWER,
    SECOND_APPROVER,
    SECOND_MANAGER,
    Bureau,
)
from tests.services.together import at_once

Front = Callable[[int], SupervisionFront]
GUILTY = Decision("upheld", degree="ordinary", measure="self_criticism", points=5)
ARTICLE = "行政许可法第七十四条第（三）项"


@pytest.fixture
def front(bureau: Bureau) -> Front:
    """What somebody of the staff can do."""
    return lambda account_id: SupervisionFront(bureau.store, bureau.as_role(account_id), bureau.home)


@pytest.fixture
def late_case(bureau: Bureau) -> int:
    """Two days with the reviewer, four with another in his place; a yellow card was issued."""
    case_id = bureau.open_case()
    bureau.noon("11-25")
    bureau.give(case_id, OTHER_REVIEWER, acting_for=REVIEWER)
    bureau.noon("12-01")
    bureau.fire_all()
    return case_id


@pytest.fixture
def record(bureau: Bureau, front: Front, late_case: int) -> int:
    """Registered about the reviewer, from the card."""
    (card,) = bureau.orders()
    new = NewRecord(
        case_id=late_case, subject_id=REVIEWER, facts="超过承诺时限1个工作日", article=ARTICLE, order_id=card.id
    )
    return front(MANAGER).open_record(new)


def new_record(case_id: int, subject_id: int, *, source: str = "system") -> NewRecord:
    return NewRecord(case_id=case_id, subject_id=subject_id, facts="超时", article=ARTICLE, source=source)


def test_a_record_keeps_the_ledger_and_whose_hands_the_days_were_in(front: Front, record: int) -> None:
    view = front(MANAGER).record(record)
    assert (view.subject, view.part, view.state, view.source) == ("陈一凡", "handler", "opened", "system")
    assert [(each.name, each.acting_for, each.days) for each in view.hands] == [
        ("林二木", "陈一凡", 4),
        ("陈一凡", "", 2),
    ]
    first = view.ledger[0]
    assert (first.kind, first.budget, first.used, first.paused, str(first.due_on)) == (
        "promised",
        5,
        6,
        0,
        "2026-11-30",
    )
    assert first.late == 1
    assert sum(each.days for each in view.hands) == first.used
    assert [each.kind for each in view.ledger] == ["promised", "statutory"]
    assert (view.proposal.repetition, view.proposal.measure, view.proposal.points) == (1, "self_criticism", 5)
    assert str(view.plea_until) == "2026-12-04"
    assert front(REVIEWER).notices()[0].text == f"责任追究 {view.number}：超过承诺时限1个工作日。可以陈述申辩。"


def test_the_snapshot_does_not_change_with_time(bureau: Bureau, front: Front, record: int) -> None:
    before = front(MANAGER).record(record)
    bureau.noon("12-21")
    after = front(MANAGER).record(record)
    assert (after.ledger, after.hands) == (before.ledger, before.hands)


@pytest.mark.both
def test_heard_decided_delivered_corrected_and_closed(bureau: Bureau, front: Front, record: int) -> None:
    assert front(REVIEWER).record(record).acts == ("plead",)
    front(REVIEWER).plead_record(record, "当日系统升级")
    front(APPROVER).decide_record(record, GUILTY, correction=True)
    view = front(REVIEWER).record(record)
    assert (view.state, view.finding, view.repetition, view.points) == ("decided", "upheld", 1, 5)
    assert (view.decided_by, str(view.correct_by)) == ("吴局方", "2026-12-15")
    with bureau.store.read() as session:
        paper = session.get_one(Document, view.document_id)
        assert (paper.kind, paper.number) == ("accountability", view.number)
    front(MANAGER).deliver_record(record, date(2026, 12, 24))
    assert front(REVIEWER).record(record).delivered_on == date(2026, 12, 1)
    with pytest.raises(NotCorrected):
        front(MANAGER).close_record(record, published=False)
    front(MANAGER).correct_record(record, "已重新培训，抽查三件均按时")
    front(MANAGER).close_record(record, published=True)
    closed = front(MANAGER).records(closed=True)
    assert [(each.state, each.published, each.acts) for each in closed] == [("closed", True, ())]
    assert front(MANAGER).records() == ()


@pytest.mark.both
def test_nobody_is_decided_about_unheard_before_his_time_is_over(bureau: Bureau, front: Front, record: int) -> None:
    with pytest.raises(NotHeard, match="12月4日前可以申辩"):
        front(APPROVER).decide_record(record, GUILTY)
    bureau.noon("12-05")
    front(APPROVER).decide_record(record, Decision("exempt", exemption="system_fault"))
    view = front(MANAGER).record(record)
    assert (view.finding, view.exemption, view.points, view.repetition) == ("exempt", "system_fault", 0, 0)


@pytest.mark.both
def test_subject_and_judge_are_different_persons(bureau: Bureau, front: Front, late_case: int) -> None:
    bureau.give(late_case, APPROVER, state="approving")
    with pytest.raises(OwnRecord, match="登记责任追究"):
        front(MANAGER).open_record(new_record(late_case, MANAGER))
    own = front(SECOND_MANAGER).open_record(new_record(late_case, APPROVER))
    front(APPROVER).plead_record(own, "材料刚到")
    assert front(APPROVER).record(own).acts == ("plead",)
    with pytest.raises(OwnRecord):
        front(APPROVER).decide_record(own, GUILTY)
    front(SECOND_APPROVER).decide_record(own, Decision("rejected"))
    with pytest.raises(NotOnlySubject):
        front(HEAD).plead_record(front(MANAGER).open_record(new_record(late_case, REVIEWER)), "不是我")


@pytest.mark.both
def test_an_appeal_goes_to_another_and_takes_everything_back_if_it_is_upheld(
    bureau: Bureau, front: Front, record: int
) -> None:
    front(REVIEWER).plead_record(record, "材料复杂")
    front(APPROVER).decide_record(record, GUILTY, correction=True)
    front(MANAGER).deliver_record(record, bureau.noon("12-02"))
    front(REVIEWER).appeal_record(record, "另一人替岗四天")
    assert front(APPROVER).record(record).acts == ()
    with pytest.raises(SameJudge):
        front(APPROVER).review_appeal(record, "rejected")
    front(SECOND_APPROVER).review_appeal(record, "upheld")
    view = front(MANAGER).record(record)
    assert (view.state, view.finding, view.points, view.measure) == ("delivered", "rejected", 0, "")
    assert (view.appeal_finding, view.correct_by) == ("upheld", None)
    front(MANAGER).close_record(record, published=False)


@pytest.mark.both
def test_an_appeal_has_thirty_days(bureau: Bureau, front: Front, record: int) -> None:
    front(REVIEWER).plead_record(record, "材料复杂")
    front(APPROVER).decide_record(record, GUILTY)
    front(MANAGER).deliver_record(record, date(2026, 12, 1))
    assert str(front(REVIEWER).record(record).appeal_until) == "2026-12-31"
    bureau.clock.instant = bureau.clock.instant.replace(year=2027, month=1, day=1)
    with pytest.raises(AppealTooLate):
        front(REVIEWER).appeal_record(record, "迟了")


def test_the_third_time_within_a_year_counts_against_the_leaders(bureau: Bureau, front: Front, late_case: int) -> None:
    proposals = []
    for _ in range(3):
        record_id = front(MANAGER).open_record(new_record(late_case, REVIEWER, source="complaint"))
        proposals.append(front(MANAGER).record(record_id).proposal)
        front(REVIEWER).plead_record(record_id, "事出有因")
        proposal = proposals[-1]
        decision = Decision("upheld", degree="ordinary", measure=proposal.measure, points=proposal.points)
        front(APPROVER).decide_record(record_id, decision)
    assert [each.measure for each in proposals] == ["self_criticism", "no_bonus", "transfer"]
    assert [each.leaders for each in proposals] == [False, False, True]
    assert [front(MANAGER).records()[0].repetition, proposals[0].points] == [3, 3]
    assert front(MANAGER).notices()[0].text.endswith("一年内第3次，同时计入单位负责人一次")


def test_two_records_about_one_person_decided_at_once_are_the_first_and_the_second(
    bureau: Bureau, front: Front, other_station: Store
) -> None:
    records = [front(MANAGER).open_record(new_record(bureau.open_case(), REVIEWER)) for _ in range(2)]
    for record_id in records:
        front(REVIEWER).plead_record(record_id, "事出有因")
    desks = (front(APPROVER), replace(front(APPROVER), store=other_station))
    deeds = [
        lambda desk=desk, key=key: desk.decide_record(key, GUILTY) for desk, key in zip(desks, records, strict=True)
    ]
    assert at_once(*deeds) == [None, None]
    assert sorted(front(MANAGER).record(key).repetition for key in records) == [1, 2]


@pytest.mark.both
def test_a_default_has_its_own_ladder_and_a_case_without_clocks_a_record_too(bureau: Bureau, front: Front) -> None:
    case_id = bureau.open_case(promised=None, statutory=None)
    record_id = front(MANAGER).open_record(new_record(case_id, HEAD, source="default"))
    view = front(MANAGER).record(record_id)
    assert (view.proposal.measure, view.ledger, view.hands, view.part) == ("talk", (), (), "handler")
    with bureau.store.read() as session:
        assert json.loads(session.scalars(select(AccountabilityRecord.ledger)).one()) == []


@pytest.mark.both
def test_what_is_wrong_is_refused(bureau: Bureau, front: Front, record: int, late_case: int) -> None:
    with pytest.raises(UnknownSource):
        front(MANAGER).open_record(new_record(late_case, REVIEWER, source="gossip"))
    with pytest.raises(NoSuchSubject):
        front(MANAGER).open_record(new_record(late_case, 999))
    other = bureau.open_case()
    wrong = NewRecord(case_id=other, subject_id=REVIEWER, facts="超时", article=ARTICLE, order_id=bureau.orders()[0].id)
    with pytest.raises(NoSuchRecord):
        front(MANAGER).open_record(wrong)
    with pytest.raises(NotAuthorised):
        front(HEAD).open_record(new_record(late_case, REVIEWER))
    with pytest.raises(BadDecision):
        front(APPROVER).decide_record(record, Decision("upheld"))
    with pytest.raises(NoSuchRecord):
        front(MANAGER).close_record(999, published=False)
    with pytest.raises(NoSuchRecord):
        front(MANAGER).record(999)
    assert [each.record_id for each in front(OTHER_REVIEWER).records()] == []
    assert [each.record_id for each in front(REVIEWER).records()] == [record]


@pytest.mark.both
def test_a_default_is_registered_by_the_program_about_whoever_had_the_case_longest(
    bureau: Bureau, front: Front, late_case: int
) -> None:
    assert unregistered_defaults(bureau.store) == ()
    with bureau.store.work("test.default", bureau.as_role(APPROVER)) as work:
        case, today = case_locked(work, late_case), business_date(work.now)
        clocks.stop(work, case, "promised", on=today, how="decided")
        case.outcome, case.decided_on = "default", today
        work.audit("test")
    bureau.noon("12-07")
    assert unregistered_defaults(bureau.store) == (late_case,)
    assert [register_default(bureau.store, case_id=late_case, home=bureau.home) for _ in range(2)] == [1, 0]
    assert unregistered_defaults(bureau.store) == ()
    (view,) = front(MANAGER).records()
    assert (view.subject, view.source, view.ledger[0].used) == ("林二木", "default", 6)
    assert view.proposal.measure == "talk"
    assert front(OTHER_REVIEWER).notices()[0].kind == "accountability"
