"""Dossier reviews: a draw that replays, nobody reviews what he had a part in, faults are corrected and verified."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from hall.errors import HallError
from hall.resources import resource
from hall.rules.authority import NotAuthorised
from hall.rules.dossier import NoSuchFault
from hall.rules.dossier_review import (
    CannotOnReview,
    NobodyLeft,
    NotTheResponsible,
    NotTheReviewer,
    SameHandVerifies,
    TookPart,
)
from hall.services.lot_draws import NoWitness, SeedMissing
from hall.services.penalty_records import add_penalty_event
from hall.services.persons import ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded
from hall.services.review_correcting import BadDay, NotResponsible
from hall.services.review_rounds import BadRound
from hall.services.round_counts import RoundCounts, counts_of
from hall.services.round_integrity import false_rounds
from hall.services.round_records import CannotOnRound, NoSuchRound, SameHandDraws
from hall.services.subject_records import history
from hall.services.work_counts import WorkPeriod, other_work
from hall.store.schema.catalogue import Department
from hall.store.schema.dossier_reviews import ReviewAssignment
from hall.store.schema.penalties import ConflictOfInterest, PenaltyCase, PenaltyEvent
from hall.store.schema.people import Account
from hall.store.schema.subjects import LotDraw
from tests.services.rounds.panel import CLOSED, Panel

NEVER_DRAWN = {"reviewer", "other", "clerk", "approver"}


@pytest.mark.both
def test_a_round_goes_from_its_lists_to_its_report(panel: Panel) -> None:
    panel.closed()
    offered = panel.front("boss").drawable(date(2026, 11, 1), CLOSED)
    assert (offered.permits, offered.penalties) == (0, 3)
    plan = panel.announced()
    assert (plan.state, plan.dossiers, plan.number) == ("announced", 3, "莲城管评卷〔2026〕第0001号")
    panel.office.on(plan.draw_on)
    panel.front("lawyer").hold(plan.round_id, seed=" 3 5 2 ", witness="何外勤")
    first, second = panel.dossiers()
    assert NEVER_DRAWN.isdisjoint(panel.reviewer_of(each.assignment_id) for each in (first, second))
    assert first.reviewer != second.reviewer
    clean = panel.scored(first.assignment_id)
    assert (clean.score, clean.grade, clean.state) == (100, "优秀", "closed")
    told = panel.notified(second.assignment_id)
    assert (told.score, told.state, told.responsible) == (92, "correcting", "吴文正")
    assert told.faults[0].note == "第12页没有填写送达时间"
    panel.front("boss").close(plan.round_id)
    (closed,) = panel.front("boss").rounds(closed=True)
    assert (closed.state, closed.drawn, closed.scored, closed.seed) == ("closed", 2, 2, "3 5 2")
    assert panel.front("boss").rounds() == ()
    responsible = panel.front("reviewer")
    responsible.state(second.assignment_id, "送达时当事人在外地，时间写在了邮寄单上")
    responsible.correct(second.assignment_id, "已按邮寄单补记，注明补记日期")
    verifier = panel.front("lawyer")
    verifier.verify(
        second.assignment_id, passed=False, note="没有注明补记日期", correct_by=panel.office.today + timedelta(days=3)
    )
    responsible.correct(second.assignment_id, "已注明补记日期")
    verifier.verify(second.assignment_id, passed=True, note="", correct_by=None)
    done = panel.row(second.assignment_id)
    assert (done.state, done.verifier, done.notes) == ("closed", "陈法正", ("2026-11-25 没有注明补记日期",))
    with panel.office.store.read() as session:
        assert false_rounds(session) == []
        kinds = session.scalars(select(PenaltyEvent.kind).where(PenaltyEvent.kind == "file_review")).all()
        assert len(kinds) == 2
        counts = counts_of(
            session, hall_id=panel.office.store.hall_id, first=date(2026, 11, 1), last=date(2026, 11, 30)
        )
        (section,) = [
            each
            for each in other_work(
                session,
                WorkPeriod(panel.office.store.hall_id, date(2026, 11, 1), date(2026, 11, 30)),
                registers={},
            )
            if each.title == "案卷评查"
        ]
    assert section.words == (
        "公开抽取1次，评查案卷2件，平均得分率96.0%（192/200），有合法性问题的占比0.0%（0/2），问题整改核验率100.0%（1/1）。"
    )
    assert counts == RoundCounts(draws=1, scored=2, points=192, illegal=0, due=1, verified=1)


@pytest.mark.both
def test_two_who_draw_at_once_draw_once(panel: Panel) -> None:
    panel.closed(2)
    plan = panel.announced()
    panel.office.on(plan.draw_on)

    def hold(login: str) -> str:
        try:
            panel.front(login).hold(plan.round_id, seed=login, witness="何外勤")
        except HallError as error:
            return type(error).__name__
        return login

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(hold, ("everything", "lawyer")))
    assert said.count("CannotOnRound") == 1
    assert len(panel.dossiers()) == 2
    with panel.office.store.read() as session:
        assert false_rounds(session) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [("assigned", "结果不同"), ("barred", "结果不同"), ("entrants", "校验值"), ("result", "读不懂")],
)
def test_a_round_that_was_tampered_with_is_found(panel: Panel, change: str, said: str) -> None:
    panel.closed()
    panel.drawn()
    with panel.office.store.work("test.tamper", panel.office.actor("boss")) as work:
        kept = work.session.scalars(select(LotDraw)).one()
        result = json.loads(kept.result)
        if change == "assigned":
            result["assigned"][0][1], result["assigned"][1][1] = result["assigned"][1][1], result["assigned"][0][1]
        if change == "barred":
            result["barred"] = {dossier: [result["assigned"][0][1]] for dossier in json.loads(kept.entrants)}
        told = {"result": json.dumps(result, ensure_ascii=False) if change != "result" else "{}"}
        if change == "entrants":
            told = {"entrants": json.dumps(json.loads(kept.entrants)[::-1], ensure_ascii=False)}
        work.session.execute(update(LotDraw).values(**told))
        work.audit("test")
    with panel.office.store.read() as session:
        assert said in false_rounds(session)[0].sentence


def test_the_seed_comes_from_another_hand_on_the_day_told(panel: Panel) -> None:
    panel.closed()
    plan = panel.announced()
    with pytest.raises(CannotOnRound, match=r"2026-11-25"):
        panel.front("lawyer").hold(plan.round_id, seed="1", witness="何外勤")
    panel.office.on(plan.draw_on)
    with pytest.raises(SameHandDraws):
        panel.front("boss").hold(plan.round_id, seed="1", witness="何外勤")
    with pytest.raises(SeedMissing):
        panel.front("lawyer").hold(plan.round_id, seed=" ", witness="何外勤")
    for nobody in ("", "陈法正", "陈法正（法制科）", "何外勤、卫建平"):
        with pytest.raises(NoWitness):
            panel.front("lawyer").hold(plan.round_id, seed="1", witness=nobody)
    with pytest.raises(NotAuthorised):
        panel.front("head").hold(plan.round_id, seed="1", witness="何外勤")
    with pytest.raises(NoSuchRound):
        panel.front("lawyer").hold(plan.round_id + 1, seed="1", witness="何外勤")


def test_a_round_is_voided_before_its_seed_only(panel: Panel) -> None:
    panel.closed()
    voided = panel.announced()
    panel.front("boss").void(voided.round_id, "名单漏了一个部门")
    assert panel.front("boss").rounds(closed=True)[0].ended_why == "名单漏了一个部门"
    panel.office.on(voided.draw_on)
    with pytest.raises(CannotOnRound, match="作废"):
        panel.front("lawyer").hold(voided.round_id, seed="1", witness="何外勤")
    panel.drawn()
    drawn = panel.front("boss").rounds()[0]
    with pytest.raises(CannotOnRound, match="也不能作废"):
        panel.front("boss").void(drawn.round_id, "重来")


def test_what_cannot_be_announced_is_said_at_once(panel: Panel) -> None:
    panel.closed(1)
    with pytest.raises(BadRound, match=r"许可案卷.*最早 2026-11-25"):
        panel.announced(permits=1, draw_on=panel.office.today)
    with pytest.raises(BadRound, match="没有选评查员"):
        panel.announced(reviewers=(panel.id_of("cashier"),))
    with pytest.raises(BadRound, match="没有可以评查的处罚案卷"):
        panel.announced(reviewers=(panel.id_of("reviewer"),))


def test_a_dossier_that_was_drawn_is_not_drawn_again(panel: Panel) -> None:
    panel.closed(1)
    panel.drawn()
    with pytest.raises(BadRound, match="抽过的不再抽"):
        panel.announced()


def test_a_dossier_that_another_round_took_meanwhile_stops_the_draw(panel: Panel) -> None:
    panel.closed(1)
    late = panel.announced(draw_on=panel.office.today + timedelta(days=9))
    panel.drawn()
    panel.office.on(late.draw_on)
    with pytest.raises(CannotOnRound, match="被别的一轮抽走"):
        panel.front("lawyer").hold(late.round_id, seed="1", witness="何外勤")


def test_who_stays_away_from_the_party_does_not_review(panel: Panel) -> None:
    (case_id,) = panel.closed(1)
    party = panel.office.case(case_id).party_id
    with panel.office.store.work("test.conflict", panel.office.actor("boss")) as work:
        work.session.add_all(
            ConflictOfInterest(
                hall_id=work.hall_id,
                account_id=panel.id_of(login),
                person_id=party,
                reason="近亲属",
                from_day=date(2026, 1, 1),
                entered_by=panel.id_of("boss"),
            )
            for login in ("head", "everything")
        )
        work.audit("test")
    (drawn,) = panel.drawn()
    assert drawn.reviewer == "蒋国平"
    with pytest.raises(NobodyLeft):
        panel.front("boss").replace(drawn.assignment_id, "出差")


@pytest.mark.both
def test_reviewers_of_the_department_that_handled_it_keep_out_where_that_is_asked_for(panel: Panel) -> None:
    text = resource("dossier.toml").read_text(encoding="utf-8")
    (panel.home / "dossier.toml").write_text(
        text.replace("other_department = false", "other_department = true"), encoding="utf-8"
    )
    panel.closed(1)
    with panel.office.store.work("test.departments", panel.office.actor("boss")) as work:
        department = work.session.scalars(select(Department.id)).first()
        same = [panel.id_of(login) for login in ("reviewer", "head", "everything")]
        work.session.execute(update(Account).where(Account.id.in_(same)).values(department_id=department))
        work.audit("test")
    (drawn,) = panel.drawn()
    assert drawn.reviewer == "蒋国平"


@pytest.mark.both
def test_a_reviewer_who_cannot_is_replaced_by_the_next_drawn(panel: Panel) -> None:
    panel.closed(1)
    (drawn,) = panel.drawn()
    names = {drawn.reviewer}
    for _ in range(2):
        names.add(panel.front("boss").replace(drawn.assignment_id, "长期病假"))
    assert names == {"王立新", "蒋国平", "蒋万能"}
    assert panel.row(drawn.assignment_id).replaced_why == "长期病假"
    with pytest.raises(NobodyLeft):
        panel.front("boss").replace(drawn.assignment_id, "长期病假")
    with panel.office.store.read() as session:
        assert false_rounds(session) == []


def test_only_who_was_drawn_scores_and_only_by_the_table(panel: Panel) -> None:
    panel.closed(1)
    (drawn,) = panel.drawn()
    login = panel.reviewer_of(drawn.assignment_id)
    another = next(each for each in ("head", "approver2", "everything") if each != login)
    with pytest.raises(NotTheReviewer):
        panel.front(another).score(drawn.assignment_id, found={}, remark="")
    own = panel.front(login)
    with pytest.raises(NoSuchFault):
        own.score(drawn.assignment_id, found={"procedure": "第3页"}, remark="")
    with pytest.raises(ReasonNeeded, match="送达回证填写不全"):
        own.score(drawn.assignment_id, found={"service": " "}, remark="")
    with pytest.raises(ReasonHoldsNumber):
        own.score(drawn.assignment_id, found={"service": "电话13900001234"}, remark="")
    assert panel.row(drawn.assignment_id).state == "drawn"
    result, _ = own.score(drawn.assignment_id, found={"penalty_procedure": "第3页只有一人签名"}, remark="须重视")
    assert (result.points, result.grade) == (0, "不合格")
    row = panel.row(drawn.assignment_id)
    assert (row.illegal, row.state, row.remark) == (True, "scored", "须重视")
    with pytest.raises(CannotOnReview):
        own.score(drawn.assignment_id, found={}, remark="")
    with pytest.raises(NoSuchRound):
        own.score(drawn.assignment_id + 1, found={}, remark="")


def test_who_got_a_part_in_the_case_after_the_draw_does_not_score_it(panel: Panel) -> None:
    (case_id,) = panel.closed(1)
    (drawn,) = panel.drawn()
    login = panel.reviewer_of(drawn.assignment_id)
    with panel.office.store.work("test.part", panel.office.actor(login)) as work:
        add_penalty_event(work, work.session.get_one(PenaltyCase, case_id), "publish")
        work.audit("test")
    with pytest.raises(TookPart):
        panel.front(login).score(drawn.assignment_id, found={}, remark="")


def test_a_round_is_reported_when_all_is_scored(panel: Panel) -> None:
    panel.closed(1)
    plan = panel.announced()
    with pytest.raises(CannotOnRound, match="已经抽取"):
        panel.front("boss").close(plan.round_id)
    panel.office.on(plan.draw_on)
    panel.front("lawyer").hold(plan.round_id, seed="1", witness="何外勤")
    with pytest.raises(CannotOnRound, match="还有 1 件"):
        panel.front("boss").close(plan.round_id)


def test_a_correction_is_asked_from_who_handled_the_case(panel: Panel) -> None:
    panel.closed(1)
    (drawn,) = panel.drawn()
    key = panel.scored(drawn.assignment_id, order="目录漏页").assignment_id
    assert {name for _, name in panel.row(key).hands} >= {"吴文正", "郑小川", "周玉兰", "褚明达"}
    with pytest.raises(NotResponsible):
        panel.front("boss").notify(key, responsible_id=panel.id_of("head"), correct_by=date(2026, 12, 10))
    with pytest.raises(BadDay):
        panel.front("boss").notify(key, responsible_id=panel.id_of("reviewer"), correct_by=date(2026, 11, 24))


def test_nobody_verifies_what_he_found_corrected_or_handled(panel: Panel) -> None:
    panel.closed(1)
    (drawn,) = panel.drawn(reviewers=(panel.id_of("lawyer"), panel.id_of("everything")))
    told = panel.notified(drawn.assignment_id)
    with pytest.raises(NotTheResponsible):
        panel.front("other").correct(told.assignment_id, "已补")
    with pytest.raises(CannotOnReview):
        panel.front("boss").verify(told.assignment_id, passed=True, note="", correct_by=None)
    panel.front("reviewer").correct(told.assignment_id, "已补")
    with pytest.raises(SameHandVerifies):
        panel.front(panel.reviewer_of(told.assignment_id)).verify(
            told.assignment_id, passed=True, note="", correct_by=None
        )
    with pytest.raises(BadDay):
        panel.front("boss").verify(told.assignment_id, passed=False, note="没有改", correct_by=None)
    assert panel.row(told.assignment_id).acts == ("verify",)


def test_what_was_said_and_corrected_before_stays_in_the_history(panel: Panel) -> None:
    panel.closed(1)
    (drawn,) = panel.drawn()
    key = panel.notified(drawn.assignment_id).assignment_id
    responsible = panel.front("reviewer")
    responsible.state(key, "回证在邮寄卷宗里")
    responsible.correct(key, "已补目录")
    panel.front("boss").verify(key, passed=False, note="页码没有补", correct_by=date(2026, 12, 10))
    responsible.state(key, "页码随卷补写")
    responsible.correct(key, "目录和页码都已补")
    with panel.office.store.read() as session:
        told = [(each.kind, each.note) for each in history(session, "review_assignment", key)]
    assert told[-5:] == [
        ("state", "回证在邮寄卷宗里"),
        ("correct", "已补目录"),
        ("reject", "页码没有补"),
        ("state", "页码随卷补写"),
        ("correct", "目录和页码都已补"),
    ]


@pytest.mark.both
def test_who_does_not_organise_reviews_sees_his_own_dossiers(panel: Panel) -> None:
    panel.closed(2)
    first, second = panel.drawn()
    login = panel.reviewer_of(first.assignment_id)
    own = next(each for each in panel.front(login).dossiers() if each.assignment_id == first.assignment_id)
    assert own.acts[0] == "score"
    panel.notified(second.assignment_id)
    (asked,) = panel.front("reviewer").dossiers()
    assert (asked.assignment_id, asked.acts, asked.late) == (
        second.assignment_id,
        ("correct", "state", "object"),
        False,
    )
    panel.office.on(date(2026, 12, 11))
    assert panel.front("reviewer").dossiers()[0].late
    with panel.office.store.read() as session:
        assert session.get_one(ReviewAssignment, first.assignment_id).state == "drawn"
