"""The escalation fires: who hears what and when, and every rung exactly once."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from hall.clock import business_date
from hall.services import clocks
from hall.services.case_records import case_locked
from hall.services.escalation import DueClock, due_clocks, fire
from hall.store import Store
from hall.store.schema.clocks import EscalationRung
from hall.store.schema.documents import Document
from hall.store.schema.reviewing import AccountAbsence
from hall.store.schema.supervision import SupervisionOrder, SupervisionSubject
from hall.store.verify import verify_audit
from tests.services.supervision.bureau import APPROVER, HEAD, OTHER_REVIEWER, REVIEWER, Bureau


def subjects(bureau: Bureau) -> set[tuple[int, str, int]]:
    with bureau.store.read() as session:
        found = session.scalars(select(SupervisionSubject))
        return {(each.account_id, each.part, each.possession_days) for each in found}


def test_officer_head_and_leader_are_warned_and_then_a_yellow_card_is_issued(bureau: Bureau) -> None:
    bureau.open_case()  # promised Monday 30 November
    assert (bureau.fire_all(), bureau.notices()) == (0, [])
    bureau.noon("11-27")
    assert bureau.fire_all() == 3
    text = "测受〔2026〕00001 临时占用城市道路许可：承诺时限还剩1个工作日，11月30日到期"
    assert bureau.notices() == [
        ("warning", REVIEWER, text),
        ("warning", "head", text),
        ("warning", "approver", text),
    ]
    bureau.noon("11-30")
    assert bureau.fire_all() == 0
    bureau.noon("12-01")
    assert bureau.fire_all() == 1
    (card,) = bureau.orders()
    assert (card.colour, card.cause, card.state) == ("yellow", "promised", "issued")
    assert card.reason == "超过承诺时限，应于11月30日前完成"
    assert (str(card.reply_by), str(card.finish_by)) == ("2026-12-04", "2026-12-04")
    said = f"黄牌 {card.number}：测受〔2026〕00001 超过承诺时限，应于11月30日前完成，12月4日前回复"
    assert bureau.notices()[-1] == ("card", REVIEWER, said)


def test_warnings_begin_with_the_cases_own_days(bureau: Bureau) -> None:
    bureau.open_case(warning_days=3)
    bureau.noon("11-25")
    assert bureau.fire_all() == 2
    assert [to for _, to, _ in bureau.notices()] == [REVIEWER, "head"]
    bureau.noon("11-27")
    assert bureau.fire_all() == 1
    assert bureau.notices()[-1][1] == "approver"


@pytest.mark.both
def test_the_card_names_everybody_who_had_the_case_with_his_days(bureau: Bureau) -> None:
    case_id = bureau.open_case()
    bureau.noon("11-26")
    bureau.give(case_id, HEAD, state="examining")
    bureau.noon("11-27")
    bureau.give(case_id, OTHER_REVIEWER, acting_for=REVIEWER)
    bureau.noon("12-01")
    bureau.fire_all()
    assert subjects(bureau) == {(REVIEWER, "handler", 3), (HEAD, "examiner", 1), (OTHER_REVIEWER, "handler", 2)}
    with bureau.store.read() as session:
        assert session.scalars(select(Document.kind)).all() == ["yellow_card"]


@pytest.mark.both
def test_a_reply_that_does_not_come_turns_the_card_red_and_then_accountability_is_asked_for(bureau: Bureau) -> None:
    bureau.open_case(statutory=None)
    bureau.noon("12-01")
    bureau.fire_all()
    bureau.noon("12-04")
    assert bureau.fire_all() == 1  # a reminder that the reply is due
    bureau.noon("12-07")
    assert bureau.fire_all() == 1
    yellow, red = bureau.orders()
    assert (yellow.state, yellow.closed_how) == ("escalated", "escalated")
    assert (red.colour, red.cause, red.previous_id) == ("red", "supervision", yellow.id)
    assert str(red.reply_by) == "2026-12-09"
    bureau.noon("12-10")
    bureau.fire_all()
    assert len(bureau.orders()) == 2
    last = bureau.notices()[-2:]
    assert [(kind, to) for kind, to, _ in last] == [("accountability", "manager"), ("accountability", "approver")]
    assert last[0][2] == f"红牌督办单 {red.number} 逾期未回复，请登记责任追究"
    assert bureau.fire_all() == 0


@pytest.mark.both
def test_the_limit_of_law_leads_to_a_red_card_at_once(bureau: Bureau) -> None:
    bureau.open_case(promised=None, statutory=3)
    bureau.noon("11-27")
    bureau.fire_all()
    (card,) = bureau.orders()
    assert (card.colour, card.cause, card.previous_id) == ("red", "statutory", None)


@pytest.mark.both
def test_a_case_that_lies_with_the_department_is_its_heads(bureau: Bureau) -> None:
    bureau.open_case(officer_id=None)
    bureau.noon("12-01")
    bureau.fire_all()
    assert subjects(bureau) == {(HEAD, "examiner", 0)}
    assert bureau.notices()[-1][:2] == ("card", HEAD)


def test_who_stands_in_for_an_absent_officer_is_warned_too(bureau: Bureau) -> None:
    bureau.open_case()
    day = bureau.noon("11-27")
    with bureau.store.work("test.absence", bureau.as_role(HEAD)) as work:
        work.session.add(
            AccountAbsence(
                hall_id=work.hall_id,
                account_id=REVIEWER,
                substitute_id=OTHER_REVIEWER,
                first_day=day,
                last_day=day,
                entered_by=HEAD,
            )
        )
        work.audit("test")
    bureau.fire_all()
    assert [to for _, to, _ in bureau.notices()] == [REVIEWER, OTHER_REVIEWER, "head", "approver"]


def test_nothing_fires_for_a_clock_that_has_stopped(bureau: Bureau) -> None:
    case_id = bureau.open_case()
    with bureau.store.work("test.stop", bureau.as_role(REVIEWER)) as work:
        case = case_locked(work, case_id)
        clocks.stop(work, case, "promised", on=business_date(work.now), how="decided")
        work.audit("test")
    bureau.noon("12-01")
    assert bureau.fire_all() == 0


def test_an_extended_clock_warns_again_of_its_new_day(bureau: Bureau) -> None:
    case_id = bureau.open_case(statutory=None)
    bureau.noon("11-27")
    assert (bureau.fire_all(), bureau.fire_all()) == (3, 0)
    with bureau.store.work("test.extend", bureau.as_role(APPROVER)) as work:
        case = case_locked(work, case_id)
        clocks.extend(work, case, {"promised": 5})
        clocks.refresh(work, case)
        work.audit("test")
    assert bureau.fire_all() == 0
    bureau.noon("12-04")
    assert bureau.fire_all() == 3


def test_after_a_restart_and_from_another_station_nothing_fires_twice(bureau: Bureau, other_station: Store) -> None:
    bureau.open_case()
    bureau.noon("12-01")
    other = replace(bureau, store=other_station)
    due = due_clocks(other.store, policy=bureau.policy)
    assert bureau.fire_all() == 1
    assert [fire(other.store, each, policy=bureau.policy, home=bureau.home) for each in due] == [0]
    assert other.fire_all() == 0


def test_two_stations_at_the_same_moment_fire_each_rung_once(bureau: Bureau, other_station: Store) -> None:
    for _ in range(12):
        bureau.open_case()
    bureau.noon("12-01")
    due, start, fired = due_clocks(bureau.store, policy=bureau.policy), Barrier(2), dict[str, int]()

    def race(station: Store, order: tuple[DueClock, ...]) -> None:
        start.wait(10)
        done = [fire(station, each, policy=bureau.policy, home=bureau.home) for each in order]
        fired[station.station.name] = sum(done)

    threads = [Thread(target=race, args=(station, due)) for station in (bureau.store, other_station)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(fired.values()) == 12
    assert (len(bureau.notices()), len({each.number for each in bureau.orders()})) == (12, 12)
    with bureau.store.read() as session:
        for record in (EscalationRung, SupervisionOrder):
            assert session.scalar(select(func.count()).select_from(record)) == 12
        assert verify_audit(session) == []
