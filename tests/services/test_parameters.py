"""Parameter files: a hall's own wins, and a spoilt one is refused by name and fault."""

import re
from datetime import date
from pathlib import Path

import pytest

from hall.resources import resource
from hall.services.light_rule import warning_rules
from hall.services.notices import public_notices
from hall.services.parameters import BadParameters
from hall.services.payment_terms import payment_terms

VERSION = """
[[versions]]
effective_from = 2026-01-01
source = "大厅规则"
least_days = 2
share_percent = 0
"""


def test_the_shipped_light_rule_is_read_and_a_halls_own_wins(tmp_path: Path) -> None:
    shipped = warning_rules(tmp_path).in_force(date(2026, 11, 23))
    assert (shipped.least_days, shipped.share_percent) == (1, 20)
    (tmp_path / "lights.toml").write_text(VERSION, encoding="utf-8")
    own = warning_rules(tmp_path).in_force(date(2026, 11, 23))
    assert (own.least_days, own.share_percent, own.source) == (2, 0, "大厅规则")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "缺少 [[versions]]"),
        ("versions = [5]", "缺少 [[versions]]"),
        (VERSION.replace("2026-01-01", '"2026-01-01"'), "每个版本都要写明 effective_from（日期）和 source（依据）"),
        (VERSION.replace("大厅规则", ""), "每个版本都要写明 effective_from（日期）和 source（依据）"),
        (VERSION.replace("least_days = 2", "least_days = -1"), "least_days 应是不小于 0 的整数"),
        (VERSION.replace("least_days = 2", "least_days = true"), "least_days 应是不小于 0 的整数"),
        (VERSION.replace("percent = 0", "percent = 101"), "least_days 不能是负数，share_percent 不能超过 100"),
        (VERSION + VERSION, "各版本应按 effective_from 由早到晚排列，一天只有一个版本"),
    ],
)
def test_a_spoilt_table_of_versions_is_refused_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "lights.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadParameters, match=re.escape(f"lights.toml 读不懂（{fault}）")):
        warning_rules(tmp_path)


def test_the_bank_and_the_codes_of_a_hall_win_over_the_sample(tmp_path: Path) -> None:
    day = date(2026, 11, 23)
    assert payment_terms(tmp_path, day).bank.startswith("示例银行")
    text = resource("payment.toml").read_text(encoding="utf-8").replace("示例银行示例支行", "莲城银行城区支行")
    (tmp_path / "payment.toml").write_text(text, encoding="utf-8")
    assert payment_terms(tmp_path, day).bank.startswith("莲城银行城区支行")
    (tmp_path / "payment.toml").write_text(text.replace('office_code = "000000000001"', ""), encoding="utf-8")
    with pytest.raises(BadParameters, match=re.escape("payment.toml 读不懂（office_code 应是文字，不能空着）")):
        payment_terms(tmp_path, day)


@pytest.mark.parametrize("text", ["", "notices = 5", "notices = [5]"])
def test_notices_are_a_list_of_texts(tmp_path: Path, text: str) -> None:
    (tmp_path / "notices.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadParameters, match=r"notices\.toml 读不懂（notices 应是一列文字）"):
        public_notices(tmp_path)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('notices = ["公告"]'.encode("gbk"), "不是 UTF-8 文字"),
        (b"notices = x\n", "第 1 行第 11 个字附近写得不对，或者同一项写了两次"),
        (b"notices = []\nnotices = []\n", "第 2 行第 13 个字附近写得不对，或者同一项写了两次"),
        (b"notices = [", "最后一项没有写完"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(tmp_path: Path, content: bytes, fault: str) -> None:
    (tmp_path / "notices.toml").write_bytes(content)
    with pytest.raises(BadParameters, match=re.escape(f"notices.toml 读不懂（{fault}）")):
        public_notices(tmp_path)
