"""The queueing parameters: the shipped ones, a hall's own, and spoilt ones refused by name and fault."""

import re
from datetime import time, timedelta
from pathlib import Path

import pytest

from hall.resources import resource
from hall.rules.queue_policy import TakingWindow
from hall.services.parameters import BadParameters
from hall.services.queue_policy import queue_policy
from hall.words import PRIORITY_KINDS

MINUTE = timedelta(minutes=1)


def changed(home: Path, old: str, new: str) -> None:
    """Write the hall's own file: the shipped one with one place changed."""
    text = resource("queueing.toml").read_text(encoding="utf-8")
    assert old in text
    (home / "queueing.toml").write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_policy_is_read(tmp_path: Path) -> None:
    policy = queue_policy(tmp_path)
    assert (policy.elder_age, policy.service_minutes, policy.fewest_for_mean) == (60, 8, 5)
    assert policy.head_starts.keys() == PRIORITY_KINDS.keys()
    assert policy.head_starts["elder"] == 15 * MINUTE
    assert policy.longest_wait == 60 * MINUTE
    assert (policy.appointments.earliest, policy.appointments.latest) == (60 * MINUTE, 15 * MINUTE)
    assert (policy.calling.favoured_in_a_row, policy.calling.recall_after) == (2, timedelta(seconds=10))
    assert policy.taking.windows == ()
    assert policy.alarms.people_per_counter == 10
    assert "临时离开" in policy.pause_reasons


def test_letters_of_priorities_are_all_different(tmp_path: Path) -> None:
    letters = queue_policy(tmp_path).prefixes
    assert len(set(letters.values())) == len(letters) == len(PRIORITY_KINDS) - 1


def test_a_halls_own_wins(tmp_path: Path) -> None:
    changed(tmp_path, "elder_age = 60", "elder_age = 65")
    assert queue_policy(tmp_path).elder_age == 65


def test_matters_have_limits_windows_and_letters_of_their_own(tmp_path: Path) -> None:
    text = resource("queueing.toml").read_text(encoding="utf-8")
    text = text.replace("\n[longest_wait_minutes.matters]\n", "\n[longest_wait_minutes.matters]\nXK05 = 20\n")
    text = text.replace("windows = []", "windows = [[1, 08:30:00, 11:30:00], [1, 13:30:00, 17:00:00]]")
    text = text.replace("\n[taking.quotas]\n", "\n[taking.quotas]\nXK05 = 40\n")
    text = text.replace("[taking.matter_windows]", "[taking.matter_windows]\nXK05 = [[5, 08:30:00, 11:00:00]]")
    text = text.replace('elder = "L"', 'elder = "ld"')
    (tmp_path / "queueing.toml").write_text(text, encoding="utf-8")
    policy = queue_policy(tmp_path)
    assert policy.longest_waits == {"XK05": 20 * MINUTE}
    assert policy.taking.quotas == {"XK05": 40}
    assert policy.taking.windows == (
        TakingWindow(0, time(8, 30), time(11, 30)),
        TakingWindow(0, time(13, 30), time(17, 0)),
    )
    assert policy.taking.matter_windows == {"XK05": (TakingWindow(4, time(8, 30), time(11, 0)),)}
    assert policy.prefixes["elder"] == "LD"


def test_at_least_one_favoured_call_in_a_row_is_allowed(tmp_path: Path) -> None:
    changed(tmp_path, "favoured_in_a_row = 2", "favoured_in_a_row = 0")
    assert queue_policy(tmp_path).calling.favoured_in_a_row == 1


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("elder_age = 60", "elder_age = ", "第 6 行第 13 个字附近写得不对"),
        ("elder_age = 60", "", "elder_age 应是不小于 0 的整数"),
        ("elder_age = 60", "elder_age = true", "elder_age 应是不小于 0 的整数"),
        ("[head_start_minutes]", "[head_starts]", "缺少 [head_start_minutes]"),
        ("[calling]", "[call]", "缺少 [calling]"),
        ("\n[longest_wait_minutes.matters]\n", "\n", "缺少 [matters]"),
        ("elder = 15", "elder = -1", "elder 应是不小于 0 的整数"),
        ("elder = 15", 'elder = "x"', "elder 应是不小于 0 的整数"),
        ("elder = 15", "vip = 15", "没有“vip”这种优先类别"),
        ("ordinary = 0", "", "ordinary 应是不小于 0 的整数"),
        ('elder = "L"', 'vip = "L"', "没有“vip”这种优先类别"),
        ('elder = "L"', 'elder = "老"', "elder 的字头应是 1 至 4 个英文字母"),
        ('elder = "L"', 'elder = ""', "elder 的字头应是 1 至 4 个英文字母"),
        ('elder = "L"', "elder = 5", "elder 的字头应是 1 至 4 个英文字母"),
        ("transfer_keeps_time = true", "transfer_keeps_time = 1", "transfer_keeps_time 应是 true 或 false"),
        ("windows = []", "windows = 5", "windows 应是时段列表"),
        ("windows = []", "windows = [[8, 08:30:00, 11:30:00]]", "应写成 [星期几, 开始时间, 结束时间]"),
        ("windows = []", "windows = [[1, 11:30:00, 08:30:00]]", "应写成 [星期几, 开始时间, 结束时间]"),
        ("windows = []", 'windows = [[1, "08:30", "11:30"]]', "应写成 [星期几, 开始时间, 结束时间]"),
        ('pause_reasons = ["临时离开",', 'pause_reasons = ["",', "pause_reasons 应是不空的文字列表"),
        ("default = 60", "", "default 应是不小于 0 的整数"),
    ],
)
def test_a_spoilt_policy_is_refused_by_name_and_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    changed(tmp_path, old, new)
    with pytest.raises(BadParameters, match=rf"queueing\.toml 读不懂（.*{re.escape(fault)}"):
        queue_policy(tmp_path)
