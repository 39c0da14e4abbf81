"""Alarms of the monitor: when they are raised, and what they suggest."""

from datetime import timedelta

import pytest

from hall.rules.queue_alarms import Alarm, CounterNow, MatterQueue, alarms_now
from hall.rules.queue_policy import AlarmPolicy

MINUTE = timedelta(minutes=1)
POLICY = AlarmPolicy(waiting=30 * MINUTE, people_per_counter=10, service=30 * MINUTE, forgotten=120 * MINUTE)
ALL: frozenset[str] = frozenset()
NAMES = {"XK01": "户外广告", "XK02": "挖掘道路", "XK03": "占道停放"}


def queue(code: str, waiting: int, longest: int) -> MatterQueue:
    return MatterQueue(code, NAMES[code], waiting, longest * MINUTE)


def only(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def sentences(queues: list[MatterQueue], counters: list[CounterNow]) -> list[str]:
    return [alarm.sentence for alarm in alarms_now(queues, counters, POLICY)]


@pytest.mark.parametrize(("waiting", "longest", "raised"), [(10, 30, 0), (11, 5, 1), (1, 31, 1), (0, 0, 0)])
def test_the_limits_themselves_raise_no_alarm(waiting: int, longest: int, raised: int) -> None:
    counters = [CounterNow(1, "open", ALL, waiting)]
    assert len(alarms_now([queue("XK01", waiting, longest)], counters, POLICY)) == raised


def test_an_alarm_suggests_the_closed_counter_or_the_one_with_least_to_do() -> None:
    counters = [
        CounterNow(1, "open", only("XK01"), 14),
        CounterNow(2, "open", only("XK02"), 1),
        CounterNow(3, "open", only("XK02"), 3),
        CounterNow(4, "paused", ALL, 0),
        CounterNow(5, "closed", ALL, 0),
    ]
    assert alarms_now([queue("XK01", 14, 32), queue("XK02", 1, 2)], counters, POLICY) == (
        Alarm(
            "“户外广告”等候 14 人、最久 32 分钟（1 个窗口在办），建议开放 5 号窗口，或让 2 号窗口兼办。",
            ("XK01",),
            5,
            2,
        ),
    )


def test_a_paused_counter_is_resumed_when_none_is_closed() -> None:
    counters = [CounterNow(1, "open", ALL, 14), CounterNow(4, "paused", ALL, 0)]
    assert sentences([queue("XK01", 14, 3)], counters) == [
        "“户外广告”等候 14 人、最久 3 分钟（1 个窗口在办），建议恢复 4 号窗口。"
    ]


def test_a_counter_that_cannot_serve_the_matter_is_not_opened_for_it_and_a_busier_one_does_not_help() -> None:
    counters = [
        CounterNow(1, "open", only("XK01"), 12),
        CounterNow(2, "open", only("XK02"), 12),
        CounterNow(3, "closed", only("XK02"), 0),
    ]
    assert sentences([queue("XK01", 12, 3)], counters) == [
        "“户外广告”等候 12 人、最久 3 分钟（1 个窗口在办），窗口都已开放，请增派人手或引导分流。"
    ]


def test_people_for_whom_no_counter_is_open_raise_an_alarm_at_once() -> None:
    counters = [CounterNow(1, "closed", ALL, 0), CounterNow(2, "closed", ALL, 0)]
    assert sentences([queue("XK02", 1, 0)], counters) == [
        "“挖掘道路”等候 1 人、最久 0 分钟（没有开放的窗口办理），建议开放 1 号窗口。"
    ]


def test_matters_of_the_same_counters_are_one_queue() -> None:
    counters = [CounterNow(1, "open", ALL, 12), CounterNow(2, "open", only("XK03"), 5)]
    queues = [queue("XK01", 4, 8), queue("XK02", 8, 3), queue("XK03", 5, 40)]
    found = alarms_now(queues, counters, POLICY)
    assert [alarm.matters for alarm in found] == [("XK03",), ("XK02", "XK01")]
    assert found[1].sentence.startswith("“挖掘道路”、“户外广告”等候 12 人、最久 8 分钟（1 个窗口在办）")


def test_a_long_name_is_cut() -> None:
    long_name = MatterQueue("XK01", "设置大型户外广告及在城市建筑物上悬挂宣传品审批", 11, MINUTE)
    assert sentences([long_name], [CounterNow(1, "open", ALL, 11)])[0].startswith("“设置大型户外广告及在城…”等候 11 人")


def test_many_matters_are_named_by_the_two_longest_queues() -> None:
    queues = [queue("XK01", 4, 8), queue("XK02", 8, 3), queue("XK03", 5, 4)]
    (sentence,) = sentences(queues, [CounterNow(1, "open", ALL, 17)])
    assert sentence.startswith("“挖掘道路”、“占道停放”等 3 个事项等候 17 人")
