"""The tables of supervision as they are shipped, and what a spoilt one is refused with."""

from datetime import date
from pathlib import Path

import pytest

from hall.resources import resource
from hall.services.parameters import BadParameters
from hall.services.supervision_rules import supervision_policy

DAY = date(2026, 11, 23)


def test_the_shipped_tables_are_read(tmp_path: Path) -> None:
    policy = supervision_policy(tmp_path)
    chain = [
        (rung.code, rung.at, rung.to) for rung in policy.escalation.in_force(DAY).rungs if rung.clock == "promised"
    ]
    assert chain == [
        ("officer", "warning", "officer"),
        ("head", "warning", "head"),
        ("leader", 1, "leader"),
        ("yellow", "past", "officer"),
    ]
    assert policy.supervision.in_force(DAY).yellow.reply == 3
    assert policy.anomalies.in_force(DAY).fastest_minutes == 10
    rule = policy.accountability.in_force(DAY)
    assert (rule.points["yellow"], rule.points["red"], rule.ladder[2].leaders) == (5, 10, True)


@pytest.mark.parametrize(
    ("name", "written", "spoilt", "fault"),
    [
        ("escalation.toml", 'clock = "step"', 'clock = "sleep"', "读不懂这一级"),
        ("escalation.toml", "rungs", "steps", "缺少 rungs"),
        ("supervision.toml", "blue", "green", "缺少 blue"),
        ("anomalies.toml", '["accept_deemed",', "[5,", "late_entries_allowed 应是一列办理动作"),
        ("accountability.toml", "times = 1", 'times = "1"', "读不懂这一级"),
        ("accountability.toml", "points = {", "point = {", "缺少 points"),
    ],
)
def test_a_spoilt_table_is_refused_by_name_and_fault(
    tmp_path: Path, name: str, written: str, spoilt: str, fault: str
) -> None:
    text = resource(name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace(written, spoilt), encoding="utf-8")
    with pytest.raises(BadParameters, match=fault) as refused:
        supervision_policy(tmp_path)
    assert name in str(refused.value)
