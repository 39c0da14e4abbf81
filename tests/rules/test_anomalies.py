"""Anomalies: each is found at its boundary, and only there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from hall.rules.anomalies import (
    Anomaly,
    AnomalyKind,
    AnomalyRule,
    CaseHistory,
    Entered,
    Paused,
    Told,
    WorkDone,
    anomalies,
)
from hall.rules.supervision_words import ANOMALY_KINDS

RULE = AnomalyRule(date(2026, 1, 1), "大厅规则", 1, 2, 200, 0, frozenset({"accept_deemed"}), 10)
ACCEPTED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PLAIN = CaseHistory(handling="promised", accepted_how="complete", accepted_at=ACCEPTED, promised_days=5)
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def kinds(history: CaseHistory) -> list[str]:
    return [found.kind for found in anomalies(history, RULE)]


def test_a_plain_case_is_not_unusual() -> None:
    assert kinds(PLAIN) == []
    assert kinds(replace(PLAIN, accepted_at=None)) == []


def test_a_second_supplement_notice_is_looked_at() -> None:
    assert kinds(replace(PLAIN, supplements=(Told(1, 7),))) == []
    assert anomalies(replace(PLAIN, supplements=(Told(1, 7), Told(2, 8))), RULE) == (
        Anomaly("second_supplement", "supplement:2", 8, "同一办件第2次告知补正"),
    )


def test_many_pauses_and_long_pauses_are_looked_at() -> None:
    assert kinds(replace(PLAIN, pauses=(Paused(5, 7), Paused(5, 7)))) == []
    assert anomalies(replace(PLAIN, pauses=(Paused(5, 7), Paused(6, 8))), RULE) == (
        Anomaly("suspension_abuse", "days", 8, "特别程序累计扣除11个工作日，承诺时限只有5日"),
    )
    assert anomalies(replace(PLAIN, pauses=(Paused(1, 7),) * 3), RULE) == (
        Anomaly("suspension_abuse", "pauses:3", 7, "特别程序已启动3次"),
    )
    assert kinds(replace(PLAIN, promised_days=None, pauses=(Paused(60, 7),))) == []


def test_an_entry_of_an_earlier_day_is_looked_at_unless_it_is_so_by_nature() -> None:
    entry = Entered(9, "visit", entered_on=FRIDAY, day=MONDAY, account_id=7)
    assert anomalies(replace(PLAIN, entries=(entry,)), RULE) == (
        Anomaly("back_dated", "event:9", 7, "11月27日补录11月23日的现场勘查"),
    )
    assert kinds(replace(PLAIN, entries=(replace(entry, day=FRIDAY),))) == []
    assert kinds(replace(PLAIN, entries=(replace(entry, kind="accept_deemed"),))) == []


@pytest.mark.parametrize(
    ("minutes", "handling", "how", "found"),
    [
        (9, "promised", "complete", ["instant"]),
        (10, "promised", "complete", []),
        (9, "joint", "lacking", ["instant"]),
        (1, "immediate", "complete", []),
        (1, "promised", "informed", []),
        (1, "promised", "deemed", []),
    ],
)
def test_a_promise_decided_within_minutes_is_looked_at(minutes: int, handling: str, how: str, found: list[str]) -> None:
    decided_at = ACCEPTED + timedelta(minutes=minutes)
    history = replace(PLAIN, handling=handling, accepted_how=how, decided_at=decided_at, decided_by=9)
    assert kinds(history) == found


def test_work_that_is_older_than_the_case_was_entered_late() -> None:
    work = WorkDone("visit:3", "现场勘查", done_on=MONDAY, possible_from=FRIDAY, account_id=7)
    assert anomalies(replace(PLAIN, works=(work,)), RULE) == (
        Anomaly("entered_late", "visit:3", 7, "现场勘查日期11月23日早于11月27日，先办理后录入"),
    )
    assert kinds(replace(PLAIN, works=(replace(work, done_on=FRIDAY),))) == []


def test_a_rule_names_acts_that_exist_and_every_kind_has_its_word() -> None:
    with pytest.raises(ValueError, match="没有“nap”这种办理动作"):
        replace(RULE, late_entries_allowed=frozenset({"nap"}))
    assert set(ANOMALY_KINDS) == set(get_args(AnomalyKind))
