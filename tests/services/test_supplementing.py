"""Before acceptance: one notice for each submission, materials that follow, mended errors, promises, refusal."""

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import Refused
from hall.rules.intake import BadNotice, NoAuthority, NotLackable, SupplementLine, proposed_lines
from hall.rules.materials import HandedIn, MaterialsMissing
from hall.rules.people import system_actor
from hall.rules.permits import NotNow
from hall.services.accepting import NothingLacking, NotInformed, Promise, deem_accepted
from hall.services.applications import Application
from hall.services.documents import frozen
from hall.services.front import Front
from hall.services.persons import ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded
from hall.services.receiving import PastTelling
from hall.services.supplementing import NoNotice, NotDelivered
from hall.store import Store
from hall.store.schema.clocks import CaseClock
from hall.store.schema.documents import Document
from hall.store.schema.permits import CaseEvent, CaseSupplement, CaseSupplementItem, PermitCase

Applications = Callable[..., Application]
Move = Callable[[int, int], None]

FORM = SupplementLine(1, "没有签名", "补交签名的申请表原件1份")


@pytest.fixture
def at(clock: FixedClock) -> Move:
    """Moves the clock to ten o'clock of a day of 2026."""

    def move(month: int, day: int) -> None:
        clock.instant = datetime(2026, month, day, 10, 0, tzinfo=HALL_ZONE)

    return move


@pytest.fixture
def without_form(make_application: Applications) -> Application:
    """An application to which the form is missing."""
    return make_application("XK05", materials=make_application("XK05").materials[1:])


@pytest.fixture
def full(make_application: Applications) -> tuple[HandedIn, ...]:
    """Every required material of XK05."""
    return make_application("XK05").materials


def clocks_of(store: Store, case_id: int) -> list[tuple[str, int, str, date | None]]:
    query = select(CaseClock.kind, CaseClock.round, CaseClock.state, CaseClock.due_on)
    with store.read() as session:
        return list(session.execute(query.where(CaseClock.case_id == case_id).order_by(CaseClock.id)).tuples())


def kinds_of(store: Store, case_id: int) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(CaseEvent.kind).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)))


def case_of(store: Store, case_id: int) -> PermitCase:
    with store.read() as session:
        return session.get_one(PermitCase, case_id)


# The one notice


@pytest.mark.both
def test_a_notice_says_everything_at_once_and_stops_the_clock_of_acceptance(
    front: Front, store: Store, without_form: Application
) -> None:
    told = front.intake.supplement(without_form, (FORM,))
    assert (told.number, told.reply_by) == ("莲城管许补〔2026〕1号", date(2026, 12, 14))
    assert clocks_of(store, told.case_id) == [
        ("acceptance", 1, "stopped", date(2026, 11, 30)),
        ("supplement", 1, "running", date(2026, 12, 14)),
    ]
    case = case_of(store, told.case_id)
    assert (case.state, case.standing) == ("supplementing", "paused")
    content = frozen(store, told.document_id).content
    assert content["submit_by"] == "2026年12月14日"
    assert content["materials"] == [
        {"position": 1, "name": "申请表", "defect": "没有签名", "requirement": "补交签名的申请表原件1份"}
    ]
    with store.read() as session:
        notice = session.scalars(select(CaseSupplement)).one()
        assert (notice.phase, notice.round, notice.delivered_on) == ("intake", 1, date(2026, 11, 23))
    assert kinds_of(store, told.case_id) == ["receive", "supplement"]


@pytest.mark.both
def test_every_missing_material_must_be_in_the_notice(
    front: Front, store: Store, make_application: Applications
) -> None:
    nothing = make_application("XK05", materials=())
    with pytest.raises(BadNotice, match="还没有写申请人身份证明（复印件1份）、位置图及现场占用效果图"):
        front.intake.supplement(nothing, (FORM,))
    lines = proposed_lines(front.intake.look("XK05", ()).matter, ())
    assert [(each.position, each.defect) for each in lines] == [
        (1, "缺原件1份"),
        (2, "缺复印件1份"),
        (4, "缺原件2份"),
    ]
    told = front.intake.supplement(nothing, lines)
    with store.read() as session:
        assert len(session.scalars(select(CaseSupplementItem)).all()) == 3
    assert front.case(told.case_id).state == "supplementing"


def test_a_complete_application_may_still_be_defective(front: Front, make_application: Applications) -> None:
    assert front.intake.supplement(make_application("XK05"), (FORM,), days=20).reply_by == date(2026, 12, 21)


def test_on_day_five_the_notice_is_in_time_and_on_day_six_silence_has_accepted(
    front: Front, store: Store, without_form: Application, make_application: Applications, at: Move
) -> None:
    in_time = front.intake.receive(without_form)
    late = front.intake.receive(make_application("XK05", materials=without_form.materials))
    at(11, 30)
    assert front.intake.supplement(in_time.case_id, (FORM,)).case_id == in_time.case_id
    at(12, 1)
    with pytest.raises(PastTelling, match="2026-11-23"):
        front.intake.supplement(late.case_id, (FORM,))
    deem_accepted(store, system_actor(store.hall_id), case_id=late.case_id, home=front.home)
    with pytest.raises(NotNow):
        deem_accepted(store, system_actor(store.hall_id), case_id=in_time.case_id, home=front.home)
    assert (front.case(late.case_id).state, front.case(in_time.case_id).state) == ("accepted", "supplementing")


@pytest.mark.both
def test_one_submission_has_one_notice_and_the_next_submission_another(
    front: Front, store: Store, without_form: Application, full: tuple[HandedIn, ...], at: Move
) -> None:
    told = front.intake.supplement(without_form, (FORM,))
    with pytest.raises(NotNow, match="只有已收件的办件可以"):
        front.intake.supplement(told.case_id, (FORM,))
    at(12, 2)
    again = front.intake.resubmit(told.case_id, without_form.materials)
    assert (again.receipt_number, again.check_due) == ("莲城管许收〔2026〕1号-补1", date(2026, 12, 9))
    second = front.intake.supplement(told.case_id, (FORM,))
    assert clocks_of(store, told.case_id) == [
        ("acceptance", 1, "stopped", date(2026, 11, 30)),
        ("supplement", 1, "stopped", date(2026, 12, 14)),
        ("acceptance", 2, "stopped", date(2026, 12, 9)),
        ("supplement", 2, "running", date(2026, 12, 23)),
    ]
    with store.read() as session:
        rounds = session.scalars(select(CaseSupplement).order_by(CaseSupplement.round)).all()
        assert [(each.round, each.closed_how) for each in rounds] == [(1, "resubmitted"), (2, "")]
    front.intake.resubmit(second.case_id, full)
    assert front.intake.accept(told.case_id).clocks[0].started_on == date(2026, 12, 2)


def test_a_resubmission_starts_the_five_workdays_anew_and_its_silence_counts_from_its_own_day(
    front: Front, store: Store, without_form: Application, at: Move
) -> None:
    told = front.intake.supplement(without_form, (FORM,))
    at(12, 2)
    front.intake.resubmit(told.case_id, without_form.materials)
    at(12, 10)
    accepted = deem_accepted(store, system_actor(store.hall_id), case_id=told.case_id, home=front.home)
    assert {each.started_on for each in accepted.clocks} == {date(2026, 12, 2)}


@pytest.mark.both
def test_lines_are_settled_by_what_has_come(
    front: Front, store: Store, make_application: Applications, full: tuple[HandedIn, ...]
) -> None:
    nothing = make_application("XK05", materials=())
    told = front.intake.supplement(nothing, proposed_lines(front.intake.look("XK05", ()).matter, ()))
    front.intake.resubmit(told.case_id, full[:1])
    with store.read() as session:
        items = session.scalars(select(CaseSupplementItem).order_by(CaseSupplementItem.position)).all()
        assert [each.settled_on is not None for each in items] == [True, False, False]


@pytest.mark.both
def test_a_notice_that_was_sent_gives_its_time_from_the_day_it_came(
    front: Front, store: Store, without_form: Application, at: Move
) -> None:
    told = front.intake.supplement(without_form, (FORM,), delivered=False)
    assert told.reply_by is None
    assert frozen(store, told.document_id).content["submit_by"] == ""
    at(11, 27)
    for wrong in (date(2026, 11, 22), date(2026, 11, 28)):
        with pytest.raises(NotDelivered):
            front.intake.deliver_notice(told.case_id, wrong)
    assert front.intake.deliver_notice(told.case_id, date(2026, 11, 26)) == date(2026, 12, 17)
    with pytest.raises(NotDelivered):
        front.intake.deliver_notice(told.case_id, date(2026, 11, 26))
    assert clocks_of(store, told.case_id)[-1] == ("supplement", 1, "running", date(2026, 12, 17))


def test_without_a_notice_nothing_is_resubmitted_or_delivered(
    front: Front, make_application: Applications, full: tuple[HandedIn, ...]
) -> None:
    received = front.intake.receive(make_application("XK05"))
    with pytest.raises(NoNotice):
        front.intake.resubmit(received.case_id, full)
    with pytest.raises(NoNotice):
        front.intake.deliver_notice(received.case_id, date(2026, 11, 23))


def test_what_a_notice_would_change_is_seen_before_it_is_given(
    front: Front, without_form: Application, at: Move
) -> None:
    running, begins = front.intake.what_if(None)
    assert running.before is not None
    assert running.after is not None
    assert (running.kind, running.before.standing, running.after.standing) == ("acceptance", "running", "stopped")
    assert begins.after is not None
    assert (begins.kind, begins.before, begins.after.due_on) == ("supplement", None, date(2026, 12, 14))
    received = front.intake.receive(without_form)
    at(11, 25)
    (own, _) = front.intake.what_if(received.case_id, days=5)
    assert own.before is not None
    assert (own.before.due_on, own.before.consumed) == (date(2026, 11, 30), 2)


# 当场更正


def test_an_error_mended_at_the_counter_is_written_down(
    front: Front, store: Store, without_form: Application, full: tuple[HandedIn, ...]
) -> None:
    mended = front.intake.correct(without_form, "补写占道起止日期，已签名确认")
    assert kinds_of(store, mended.case_id) == ["receive", "correct"]
    front.intake.correct(mended.case_id, "补交申请表", full)
    front.intake.accept(mended.case_id)
    with pytest.raises(ReasonNeeded):
        front.intake.correct(mended.case_id, " ")
    with pytest.raises(ReasonHoldsNumber):
        front.intake.correct(mended.case_id, "电话改为13900001234")
    with pytest.raises(NotNow):
        front.intake.correct(mended.case_id, "改了日期")


# 容缺受理


@pytest.mark.both
def test_secondary_materials_may_follow_until_two_workdays_before_the_promise(
    front: Front, store: Store, make_application: Applications, full: tuple[HandedIn, ...]
) -> None:
    lacking = make_application("XK05", materials=full[:2])
    accepted = front.intake.accept_lacking(lacking)
    assert accepted.supply_by == date(2026, 11, 24)
    case = case_of(store, accepted.case_id)
    assert (case.state, case.accepted_how) == ("accepted", "lacking")
    assert [each[0] for each in clocks_of(store, accepted.case_id) if each[2] == "running"] == [
        "supplement",
        "statutory",
        "promised",
    ]
    assert accepted.promise_document is not None
    assert frozen(store, accepted.promise_document).content["supply_by"] == "2026年11月24日"
    with pytest.raises(NothingLacking):
        front.intake.complete(front.intake.receive(make_application("XK05")).case_id, full)


def test_what_lacked_comes_in_parts_and_ends_its_clock_with_the_last(
    front: Front, store: Store, make_application: Applications, full: tuple[HandedIn, ...]
) -> None:
    accepted = front.intake.accept_lacking(make_application("XK05", materials=full[:2]))
    name = "位置图及现场占用效果图（标尺寸）"
    assert front.intake.complete(accepted.case_id, (*full[:2], HandedIn(4, 1, 0))) == (name,)
    assert front.intake.complete(accepted.case_id, full) == ()
    assert ("supplement", 1, "stopped", date(2026, 11, 24)) in clocks_of(store, accepted.case_id)
    with pytest.raises(NothingLacking):
        front.intake.complete(accepted.case_id, full)
    assert kinds_of(store, accepted.case_id) == ["receive", "accept_lacking", "complete", "complete"]


def test_main_materials_never_follow_and_not_every_matter_lets_any(
    front: Front, make_application: Applications, full: tuple[HandedIn, ...]
) -> None:
    with pytest.raises(NotLackable, match="缺的申请表是主要材料"):
        front.intake.accept_lacking(make_application("XK05", materials=full[1:]))
    with pytest.raises(NotLackable, match="材料已经齐全"):
        front.intake.accept_lacking(make_application("XK05"))
    with pytest.raises(NotLackable, match="没有公布容缺受理"):
        front.intake.accept_lacking(make_application("XK02", materials=()))


def test_a_day_that_cannot_be_told_is_not_promised(
    front: Front, make_application: Applications, clock: FixedClock, full: tuple[HandedIn, ...]
) -> None:
    clock.instant = datetime(2026, 12, 31, 10, 0, tzinfo=HALL_ZONE)
    with pytest.raises(NotLackable, match="放假安排未录入"):
        front.intake.accept_lacking(make_application("XK05", materials=full[:2]))


# 告知承诺


def test_an_applicant_may_promise_where_no_safety_is_touched(
    front: Front, store: Store, make_application: Applications
) -> None:
    promise = Promise("城市市容和环境卫生管理条例第十七条", ("不遮挡窗户", "到期三日内自行清除"), date(2026, 12, 31))
    accepted = front.intake.accept_informed(make_application("XK02", materials=()), promise)
    assert accepted.promise_document is not None
    content = frozen(store, accepted.promise_document).content
    assert content["conditions"] == [
        {"position": 1, "text": "不遮挡窗户"},
        {"position": 2, "text": "到期三日内自行清除"},
    ]
    assert case_of(store, accepted.case_id).accepted_how == "informed"
    with pytest.raises(NotInformed, match="没有公布告知承诺"):
        front.intake.accept_informed(make_application("XK05"), promise)
    with pytest.raises(NotInformed, match="还没有写明告知的许可条件"):
        front.intake.accept_informed(make_application("XK02"), Promise("条例", ()))


# 不予受理


@pytest.mark.both
def test_a_refusal_names_limb_reason_remedies_and_who_is_competent(
    front: Front, store: Store, make_application: Applications
) -> None:
    with pytest.raises(NoAuthority):
        front.intake.refuse(make_application("XK05"), "not_competent", "占用的是公路")
    refused = front.intake.refuse(
        make_application("XK05"), "not_competent", "占用的是公路用地", competent_authority="区交通运输局"
    )
    content = frozen(store, refused.document_id).content
    assert content["competent_authority"] == "区交通运输局"
    assert content["limb_article"] == "第三十二条第一款第二项"
    assert content["court_name"]
    case = case_of(store, refused.case_id)
    assert (case.state, case.state_before, case.closed_at is not None) == ("refused", "received", True)
    assert [each[2] for each in clocks_of(store, refused.case_id)] == ["stopped"]
    with store.read() as session:
        event = session.scalars(select(CaseEvent).where(CaseEvent.kind == "refuse")).one()
    assert json.loads(event.detail)["limb"] == "not_competent"
    assert json.loads(event.detail)["returned"] == [1, 2, 4]
    with pytest.raises(NotNow):
        front.intake.accept(refused.case_id)


@pytest.mark.both
def test_a_refused_act_leaves_no_case_and_no_paper(
    front: Front, store: Store, make_application: Applications, without_form: Application
) -> None:
    for act in (
        lambda: front.intake.accept(without_form),
        lambda: front.intake.supplement(without_form, ()),
        lambda: front.intake.refuse(make_application("XK05"), "not_needed", ""),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(MaterialsMissing):
        front.intake.accept(without_form)
    with store.read() as session:
        assert session.scalars(select(PermitCase)).all() == []
        assert session.scalars(select(Document)).all() == []


def test_look_says_which_ways_are_open(front: Front, full: tuple[HandedIn, ...]) -> None:
    complete = front.intake.look("XK05", full)
    assert complete.faults["accept"] == ""
    assert complete.faults["accept_lacking"] == "材料已经齐全，直接受理"
    lacking = front.intake.look("XK05", full[:2])
    assert (lacking.faults["accept_lacking"], lacking.supply_by) == ("", date(2026, 11, 24))
    assert lacking.faults["accept"].startswith("还缺位置图及现场占用效果图")
    assert lacking.faults["accept_informed"] == "本事项没有公布告知承诺"
