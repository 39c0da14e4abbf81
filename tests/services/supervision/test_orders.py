"""Orders: issued by hand, answered, pleaded against, settled and escalated, each by whom it is given to."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from hall.rules.authority import NotAuthorised
from hall.rules.supervision import NothingAbove, NotSubject, OwnOrder, PleadedAlready, WrongTime
from hall.services.case_records import case_locked
from hall.services.persons import ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded, TextTooLong
from hall.services.supervision import NothingToSupervise, SameOrder, UnknownCause
from hall.services.supervision_front import SupervisionFront
from hall.services.supervision_records import NoSuchOrder
from hall.store.schema.clocks import CaseClock
from hall.store.schema.documents import Document
from hall.store.schema.printing import PrintJob
from tests.services.supervision.bureau import (
    APPROVER,
    CLERK,
    HEAD,
    MANAGER,
    OTHER_REVIEWER,
    REVIEWER,
    SECOND_MANAGER,
    Bureau,
)


@pytest.fixture
def front(bureau: Bureau) -> Callable[[int], SupervisionFront]:
    """What somebody of the staff can do."""
    return lambda account_id: SupervisionFront(bureau.store, bureau.as_role(account_id), bureau.home)


Front = Callable[[int], SupervisionFront]


@pytest.fixture
def card(bureau: Bureau, front: Front) -> int:
    """A yellow card that the manager issued by hand to the reviewer."""
    case_id = bureau.open_case()
    bureau.noon("11-25")
    return front(MANAGER).supervise(case_id, "yellow", "slow", reason="三天没有进展")


def reply_clocks(bureau: Bureau) -> list[tuple[str, str]]:
    with bureau.store.read() as session:
        found = session.scalars(select(CaseClock).where(CaseClock.kind == "supervision").order_by(CaseClock.id))
        return [(each.state, each.stopped_how) for each in found]


@pytest.mark.both
def test_a_card_by_hand_has_its_paper_its_deadlines_and_its_subjects(bureau: Bureau, front: Front, card: int) -> None:
    view = front(MANAGER).order(card)
    assert (view.colour, view.cause, view.reason, view.issuer) == ("yellow", "slow", "三天没有进展", "李四清")
    assert (str(view.reply_by), str(view.finish_by), view.left) == ("2026-11-30", "2026-11-30", 3)
    assert [(each.name, each.part, each.days) for each in view.subjects] == [("陈一凡", "handler", 2)]
    with bureau.store.read() as session:
        paper = session.get_one(Document, view.document_id)
        assert (paper.kind, paper.number) == ("yellow_card", view.number)
        assert session.scalars(select(PrintJob.printer)).all() == ["page"]
    (notice,) = front(REVIEWER).notices()
    assert notice.text == f"黄牌 {view.number}：测受〔2026〕00001 三天没有进展，11月30日前回复"


def test_a_reminder_has_no_paper(bureau: Bureau, front: Front) -> None:
    order_id = front(MANAGER).supervise(
        bureau.open_case(), "blue", "other", reason="领导关注", order="请当日联系申请人"
    )
    view = front(MANAGER).order(order_id)
    assert (view.document_id, view.order) == (None, "请当日联系申请人")


@pytest.mark.both
def test_an_overdue_case_names_its_breach(bureau: Bureau, front: Front) -> None:
    case_id = bureau.open_case()
    bureau.noon("12-01")
    order_id = front(MANAGER).supervise(case_id, "yellow", "promised", reason="超过承诺时限")
    (record,) = bureau.orders()
    assert record.id == order_id
    with bureau.store.read() as session:
        assert session.get_one(CaseClock, record.clock_id).kind == "promised"


@pytest.mark.both
def test_a_reply_stops_its_clock_and_settling_closes_the_order(bureau: Bureau, front: Front, card: int) -> None:
    front(REVIEWER).reply(card, "已约定11月26日勘查")
    view = front(MANAGER).order(card)
    assert (view.state, view.reply, view.left) == ("replied", "已约定11月26日勘查", None)
    assert reply_clocks(bureau) == [("stopped", "replied")]
    assert [each.kind for each in front(MANAGER).notices()] == ["order"]
    front(MANAGER).settle(card)
    view = front(MANAGER).order(card)
    assert (view.state, view.closed_how, str(view.closed_on)) == ("settled", "settled", "2026-11-25")
    assert (front(MANAGER).orders(), len(front(MANAGER).orders(closed=True))) == ((), 1)


@pytest.mark.both
def test_a_reply_that_is_returned_has_its_whole_time_again(bureau: Bureau, front: Front, card: int) -> None:
    front(REVIEWER).reply(card, "知道了")
    bureau.noon("11-27")
    front(MANAGER).return_reply(card, "没有说明原因")
    assert (front(MANAGER).order(card).state, front(MANAGER).order(card).left) == ("issued", 3)
    assert reply_clocks(bureau) == [("stopped", "replied"), ("running", "")]
    assert front(REVIEWER).notices()[0].text.endswith("的回复被退回：没有说明原因")


@pytest.mark.both
def test_a_plea_that_is_upheld_settles_the_order(front: Front, card: int) -> None:
    front(REVIEWER).plead(card, "当日系统故障")
    assert front(APPROVER).order(card).acts == ("find", "withdraw")
    front(APPROVER).find_plea(card, "upheld", "故障记录属实")
    view = front(MANAGER).order(card)
    assert (view.state, view.closed_how, view.plea_finding) == ("settled", "upheld", "upheld")


@pytest.mark.both
def test_a_plea_that_is_rejected_leaves_the_reply_and_is_not_made_again(front: Front, card: int) -> None:
    front(REVIEWER).plead(card, "材料复杂")
    front(MANAGER).find_plea(card, "rejected", "不是免责事由")
    view = front(REVIEWER).order(card)
    assert (view.state, view.acts, view.left) == ("heard", ("reply",), 3)
    front(REVIEWER).reply(card, "今日办结")
    with pytest.raises(PleadedAlready):
        front(REVIEWER).plead(card, "还是复杂")
    front(MANAGER).settle(card)


def test_only_subjects_answer_and_only_others_judge(bureau: Bureau, front: Front, card: int) -> None:
    with pytest.raises(NotSubject):
        front(OTHER_REVIEWER).reply(card, "不是我的")
    with pytest.raises(NotAuthorised):
        front(REVIEWER).settle(card)
    front(REVIEWER).reply(card, "已办")
    bureau.give(bureau.orders()[0].case_id, MANAGER)
    own = front(SECOND_MANAGER).supervise(bureau.orders()[0].case_id, "blue", "slow", reason="还没有办")
    with pytest.raises(OwnOrder):
        front(MANAGER).escalate(own, "我自己的")
    with pytest.raises(OwnOrder, match="签发督办单"):
        front(MANAGER).supervise(bureau.orders()[0].case_id, "blue", "slow", reason="还是没有办")


@pytest.mark.both
def test_the_same_order_is_not_given_again_while_it_waits(bureau: Bureau, front: Front, card: int) -> None:
    case, manager = bureau.orders()[0].case_id, front(MANAGER)
    first = manager.supervise(case, "blue", "slow", reason="还没有办")
    with pytest.raises(SameOrder, match=bureau.orders()[1].number):
        manager.supervise(case, "blue", "slow", reason="还没有办")
    assert not manager.supervise_one(case, "blue", "slow", reason="还没有办")
    assert manager.supervise_one(case, "blue", "slow", reason="仍然没有进展")
    manager.withdraw(first, "发错了")
    assert manager.supervise_one(case, "blue", "slow", reason="还没有办")
    assert len(bureau.orders()) == 4


@pytest.mark.both
def test_a_manager_may_escalate_at_once_up_to_red(bureau: Bureau, front: Front, card: int) -> None:
    red = front(MANAGER).escalate(card, "态度敷衍")
    first, second = bureau.orders()
    assert (first.state, second.id, second.colour, second.previous_id) == ("escalated", red, "red", first.id)
    assert reply_clocks(bureau) == [("stopped", "escalated"), ("running", "")]
    with pytest.raises(NothingAbove):
        front(MANAGER).escalate(red, "再升")
    with pytest.raises(WrongTime, match="已经了结"):
        front(REVIEWER).reply(card, "迟了")


@pytest.mark.both
def test_an_order_that_nobody_can_answer_is_withdrawn_with_a_reason(bureau: Bureau, front: Front, card: int) -> None:
    with pytest.raises(NotAuthorised):
        front(REVIEWER).withdraw(card, "不服")
    front(MANAGER).withdraw(card, "责任人已调离")
    view = front(MANAGER).order(card)
    assert (view.state, view.closed_how, view.acts) == ("withdrawn", "withdrawn", ())
    assert reply_clocks(bureau) == [("stopped", "withdrawn")]
    assert front(REVIEWER).notices()[0].text == f"督办单 {view.number} 已撤销：责任人已调离"


def test_what_cannot_be_supervised_is_refused(bureau: Bureau, front: Front, card: int) -> None:
    case_id = bureau.open_case()
    with pytest.raises(UnknownCause):
        front(MANAGER).supervise(case_id, "yellow", "mood", reason="心情不好")
    with pytest.raises(ReasonNeeded):
        front(MANAGER).supervise(case_id, "yellow", "slow", reason=" ")
    with pytest.raises(TextTooLong):
        front(MANAGER).supervise(case_id, "yellow", "slow", reason="慢" * 1001)
    with pytest.raises(ReasonHoldsNumber):
        front(REVIEWER).reply(card, "请打13900001234")
    with pytest.raises(NotAuthorised):
        front(CLERK).supervise(case_id, "yellow", "slow", reason="慢")
    with pytest.raises(NoSuchOrder):
        front(MANAGER).settle(999)
    with pytest.raises(NoSuchOrder):
        front(MANAGER).order(999)
    with bureau.store.work("test.end", bureau.as_role(CLERK)) as work:
        case_locked(work, case_id).state = "finished"
        work.audit("test")
    with pytest.raises(NothingToSupervise):
        front(MANAGER).supervise(case_id, "yellow", "slow", reason="慢")


@pytest.mark.both
def test_subjects_see_their_own_orders_and_judges_see_all(front: Front, card: int) -> None:
    assert [each.order_id for each in front(REVIEWER).orders()] == [card]
    assert [each.acts for each in front(REVIEWER).orders()] == [("reply", "plead")]
    assert front(OTHER_REVIEWER).orders() == ()
    assert [each.acts for each in front(MANAGER).orders()] == [("escalate", "withdraw")]
    case_id = front(MANAGER).orders()[0].case_id
    assert [each.order_id for each in front(APPROVER).orders_of_case(case_id)] == [card]


def test_urging_is_counted_and_told(bureau: Bureau, front: Front) -> None:
    case_id = bureau.open_case()
    assert front(CLERK).urge(case_id, "applicant") == 1
    assert front(MANAGER).urge(case_id, "leader", "急用") == 2
    assert [each.text for each in front(REVIEWER).notices()] == [
        "测受〔2026〕00001：领导第2次催办，急用",
        "测受〔2026〕00001：申请人第1次催办",
    ]
    with bureau.store.work("test.end", bureau.as_role(CLERK)) as work:
        case_locked(work, case_id).closed_at = work.now
        work.audit("test")
    with pytest.raises(NothingToSupervise):
        front(CLERK).urge(case_id, "applicant")


@pytest.mark.both
def test_messages_wait_until_somebody_they_are_for_has_seen_them(bureau: Bureau, front: Front) -> None:
    case_id = bureau.open_case(officer_id=None)
    front(CLERK).urge(case_id, "applicant")
    front(CLERK).urge(case_id, "applicant")
    assert [front(each).notice_count() for each in (REVIEWER, OTHER_REVIEWER, HEAD, MANAGER)] == [2, 2, 0, 0]
    newest, oldest = front(REVIEWER).notices()
    assert (newest.subject, newest.subject_id, newest.kind) == ("permit_case", case_id, "urging")
    assert front(HEAD).see((newest.notice_id,)) == 0
    assert front(REVIEWER).see((newest.notice_id,)) == 1
    assert [each.notice_id for each in front(OTHER_REVIEWER).notices()] == [oldest.notice_id]
