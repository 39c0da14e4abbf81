"""The queueing parameters in force: `queueing.toml`."""

from datetime import time, timedelta
from pathlib import Path

from hall.rules.queue_policy import (
    AlarmPolicy,
    AppointmentPolicy,
    CallingPolicy,
    QueuePolicy,
    TakingPolicy,
    TakingWindow,
)
from hall.services.parameters import Parameters, parameters, whole
from hall.words import PRIORITY_KINDS


def queue_policy(home: Path) -> QueuePolicy:
    """The policy in force; raises BadParameters."""
    return parameters(home, "queueing.toml", _policy)


def _policy(table: Parameters) -> QueuePolicy:
    head_starts, prefixes = _section(table, "head_start_minutes"), _section(table, "prefixes")
    estimate, longest = _section(table, "estimate"), _section(table, "longest_wait_minutes")
    for kinds in (head_starts, prefixes):
        if unknown := sorted(kinds.keys() - PRIORITY_KINDS.keys()):
            raise ValueError(f"没有“{unknown[0]}”这种优先类别")
    waits = _section(longest, "matters")
    return QueuePolicy(
        head_starts={kind: _minutes(head_starts, kind) for kind in ("ordinary", *head_starts)},
        prefixes={kind: _letter(prefixes, kind) for kind in prefixes},
        elder_age=whole(table, "elder_age"),
        longest_wait=_minutes(longest, "default"),
        longest_waits={code: _minutes(waits, code) for code in waits},
        service_minutes=whole(estimate, "service_minutes"),
        fewest_for_mean=whole(estimate, "fewest_for_mean"),
        appointments=_appointments(_section(table, "appointments")),
        calling=_calling(_section(table, "calling")),
        taking=_taking(_section(table, "taking")),
        alarms=_alarms(_section(table, "alarms")),
        pause_reasons=_texts(table, "pause_reasons"),
    )


def _appointments(table: Parameters) -> AppointmentPolicy:
    return AppointmentPolicy(earliest=_minutes(table, "earliest_minutes"), latest=_minutes(table, "latest_minutes"))


def _calling(table: Parameters) -> CallingPolicy:
    keeps = table.get("transfer_keeps_time")
    if not isinstance(keeps, bool):
        raise ValueError("transfer_keeps_time 应是 true 或 false")
    return CallingPolicy(
        favoured_in_a_row=max(whole(table, "favoured_in_a_row"), 1),
        recall_after=timedelta(seconds=whole(table, "recall_after_seconds")),
        calls_before_skip=whole(table, "calls_before_skip"),
        places_behind=whole(table, "places_behind"),
        transfer_keeps_time=keeps,
    )


def _taking(table: Parameters) -> TakingPolicy:
    quotas, by_matter = _section(table, "quotas"), _section(table, "matter_windows")
    return TakingPolicy(
        windows=_windows(table, "windows"),
        matter_windows={code: _windows(by_matter, code) for code in by_matter},
        quotas={code: whole(quotas, code) for code in quotas},
        per_person=whole(table, "per_person_a_day"),
        slip_lives=_minutes(table, "slip_lives_minutes"),
        paper_alarm_at=whole(table, "paper_alarm_at"),
    )


def _alarms(table: Parameters) -> AlarmPolicy:
    return AlarmPolicy(
        waiting=_minutes(table, "waiting_minutes"),
        people_per_counter=whole(table, "people_per_counter"),
        service=_minutes(table, "service_minutes"),
        forgotten=_minutes(table, "forgotten_minutes"),
    )


def _windows(table: Parameters, key: str) -> tuple[TakingWindow, ...]:
    rows = table.get(key)
    if not isinstance(rows, list):
        raise ValueError(f"{key} 应是时段列表")
    return tuple(_window(row) for row in rows)


def _window(row: object) -> TakingWindow:
    """`[1, 08:30:00, 11:30:00]`: Monday morning."""
    match row:
        case [int(weekday), time() as opens, time() as closes] if 1 <= weekday <= 7 and opens < closes:
            return TakingWindow(weekday - 1, opens, closes)
    raise ValueError(f"取号时段“{row}”应写成 [星期几, 开始时间, 结束时间]，如 [1, 08:30:00, 11:30:00]")


def _letter(table: Parameters, key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not (value.isascii() and value.isalpha() and 1 <= len(value) <= 4):
        raise ValueError(f"{key} 的字头应是 1 至 4 个英文字母")
    return value.upper()


def _texts(table: Parameters, key: str) -> tuple[str, ...]:
    values = table.get(key)
    if not isinstance(values, list) or not values or not all(isinstance(each, str) and each for each in values):
        raise ValueError(f"{key} 应是不空的文字列表")
    return tuple(values)


def _minutes(table: Parameters, key: str) -> timedelta:
    return timedelta(minutes=whole(table, key))


def _section(table: Parameters, key: str) -> Parameters:
    value = table.get(key)
    if not isinstance(value, dict):
        raise ValueError(f"缺少 [{key}]")
    return value
