"""Dossier reviews under attack: rows changed behind the program, one's own case, a round that cannot come to an end."""

import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from hall.clock import HALL_ZONE
from hall.rules.dossier_review import CannotOnReview, NobodyLeft, TookPart
from hall.services.penalty_records import add_penalty_event
from hall.services.round_counts import RoundCounts, counts_of
from hall.services.round_integrity import false_rounds
from hall.services.round_records import barred_then, replay, result_text
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewRound
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Account
from hall.store.schema.subjects import LotDraw
from tests.services.rounds.panel import CLOSED, Panel


def _overwrite(panel: Panel, change: str) -> None:
    """As somebody with the database in hand would do it: the result follows from what stands there now."""
    with panel.office.store.work("test.tamper", panel.office.actor("boss")) as work:
        kept = work.session.scalars(select(LotDraw)).one()
        if change == "seed":
            work.session.execute(update(LotDraw).values(seed="6 6 6"))
        if change == "wanted":
            work.session.execute(update(ReviewRound).values(penalties=1))
        if change == "barred":
            result = json.loads(kept.result)
            result["barred"] = {dossier: [result["assigned"][0][1]] for dossier in json.loads(kept.entrants)}
            work.session.execute(update(LotDraw).values(result=json.dumps(result, ensure_ascii=False)))
        work.session.expire_all()
        again = result_text(replay(work.session, kept), barred_then(kept))
        work.session.execute(update(LotDraw).values(result=again))
        work.audit("test")


@pytest.mark.both
@pytest.mark.parametrize("change", ["seed", "wanted", "barred"])
def test_a_draw_that_was_made_again_behind_the_program_is_found_by_its_history(panel: Panel, change: str) -> None:
    panel.closed()
    panel.drawn()
    _overwrite(panel, change)
    with panel.office.store.read() as session:
        assert "与当时的经过记录不同" in false_rounds(session)[0].sentence


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"reviewer_id": 0}, "评查员"),
        ({"score": 100}, "得分"),
        ({"case_number": "莲城管罚〔2026〕第9999号"}, "抽取结果"),
    ],
)
def test_a_dossier_that_was_changed_behind_the_program_is_found(
    panel: Panel, told: dict[str, object], said: str
) -> None:
    panel.closed()
    first, _ = panel.drawn()
    panel.scored(first.assignment_id, service="第12页没有填写送达时间")
    told = {**told, "reviewer_id": panel.id_of("reviewer")} if "reviewer_id" in told else told
    with panel.office.store.work("test.tamper", panel.office.actor("boss")) as work:
        row = update(ReviewAssignment).where(ReviewAssignment.id == first.assignment_id)
        work.session.execute(row.values(**told))
        work.audit("test")
    with panel.office.store.read() as session:
        (problem,) = false_rounds(session)
        assert said in problem.sentence


@pytest.mark.both
def test_who_had_a_part_in_the_case_picks_neither_its_reviewer_nor_who_corrects_it(panel: Panel) -> None:
    (case_id,) = panel.closed(1)
    (drawn,) = panel.drawn()
    with panel.office.store.work("test.part", panel.office.actor("boss")) as work:
        add_penalty_event(work, work.session.get_one(PenaltyCase, case_id), "publish")
        work.audit("test")
    with pytest.raises(TookPart):
        panel.front("boss").replace(drawn.assignment_id, "长期病假")
    panel.scored(drawn.assignment_id, order="目录漏页")
    asked = {"responsible_id": panel.id_of("reviewer"), "correct_by": date(2026, 12, 10)}
    with pytest.raises(TookPart):
        panel.front("boss").notify(drawn.assignment_id, **asked)  # type: ignore[arg-type]  # its arguments
    assert panel.row(drawn.assignment_id).acts == ()
    panel.front("lawyer").notify(drawn.assignment_id, **asked)  # type: ignore[arg-type]  # its arguments
    assert panel.row(drawn.assignment_id).state == "correcting"


@pytest.mark.both
def test_a_draw_counts_in_the_month_in_which_it_was_held(panel: Panel) -> None:
    panel.closed(1)
    plan = panel.announced()
    panel.office.clock.instant = datetime(2026, 11, 30, 23, 59, 59, tzinfo=HALL_ZONE) + timedelta(seconds=1)
    panel.front("lawyer").hold(plan.round_id, seed="1", witness="何外勤")
    assert (_counts(panel, 11).draws, _counts(panel, 12).draws) == (0, 1)


@pytest.mark.both
def test_a_dossier_without_a_reviewer_leaves_the_round_and_a_later_one_may_draw_it(panel: Panel) -> None:
    panel.closed(2)
    first, second = panel.drawn(reviewers=(panel.id_of("head"), panel.id_of("everything")))
    boss = panel.front("boss")
    with pytest.raises(CannotOnReview, match="还有别的评查员"):
        boss.release(first.assignment_id, "没有人评")
    boss.replace(first.assignment_id, "长期病假")
    with pytest.raises(NobodyLeft, match="退出本轮"):
        boss.replace(first.assignment_id, "出差")
    boss.release(first.assignment_id, "没有人评")
    assert (panel.row(first.assignment_id).state, panel.row(first.assignment_id).acts) == ("released", ())
    assert [each.assignment_id for each in boss.dossiers()] == [second.assignment_id]
    panel.scored(second.assignment_id)
    (plan,) = boss.rounds()
    assert (plan.drawn, plan.scored, plan.released) == (2, 1, 1)
    report = panel.office.content(boss.close(plan.round_id).document_id)
    assert (report["dossier_count"], report["average"]) == ("1", "100.0")
    assert boss.drawable(date(2026, 11, 1), CLOSED).penalties == 1
    (again,) = [each for each in panel.drawn() if each.state == "drawn"]
    assert again.case_number == first.case_number
    with panel.office.store.read() as session:
        assert false_rounds(session) == []


def test_a_reviewer_who_left_does_not_come_next(panel: Panel) -> None:
    panel.closed(1)
    (drawn,) = panel.drawn()
    gone = next(each for each in ("head", "approver2", "everything") if each != panel.reviewer_of(drawn.assignment_id))
    with panel.office.store.work("test.leave", panel.office.actor("boss")) as work:
        work.session.execute(update(Account).where(Account.id == panel.id_of(gone)).values(disabled=True))
        work.audit("test")
    panel.front("boss").replace(drawn.assignment_id, "长期病假")
    assert panel.reviewer_of(drawn.assignment_id) != gone
    with pytest.raises(NobodyLeft):
        panel.front("boss").replace(drawn.assignment_id, "出差")


@pytest.mark.both
def test_a_correction_that_missed_its_day_stays_in_the_month_of_that_day(panel: Panel) -> None:
    panel.closed(1)
    key = panel.notified(panel.drawn()[0].assignment_id).assignment_id
    panel.office.on(date(2026, 12, 11))
    panel.front("reviewer").correct(key, "已补记")
    panel.front("boss").verify(key, passed=False, note="没有注明日期", correct_by=date(2027, 1, 8))
    december = _counts(panel, 12)
    assert (december.due, december.verified) == (1, 0)


def _counts(panel: Panel, month: int) -> RoundCounts:
    """Of a month of 2026."""
    last = date(2026, month, 30 if month == 11 else 31)
    with panel.office.store.read() as session:
        return counts_of(session, hall_id=panel.office.store.hall_id, first=date(2026, month, 1), last=last)
