"""Parameter files: a hall's own wins, and a spoilt one is refused by name and fault."""

from pathlib import Path

import pytest

from hall.services.light_rule import light_rule
from hall.services.notices import public_notices
from hall.services.parameters import BadParameters


def test_the_shipped_light_rule_is_read_and_a_halls_own_wins(tmp_path: Path) -> None:
    assert light_rule(tmp_path).warning_days == 1
    (tmp_path / "lights.toml").write_text("warning_days = 3", encoding="utf-8")
    assert light_rule(tmp_path).warning_days == 3


@pytest.mark.parametrize(
    "text", ["", "warning_days = -1", "warning_days = true", 'warning_days = "3"', "warning_days = 1.5"]
)
def test_a_light_rule_is_a_whole_number_of_days(tmp_path: Path, text: str) -> None:
    (tmp_path / "lights.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadParameters, match=r"lights\.toml 读不懂（warning_days 应是不小于 0 的整数）"):
        light_rule(tmp_path)


@pytest.mark.parametrize("text", ["", "notices = 5", "notices = [5]"])
def test_notices_are_a_list_of_texts(tmp_path: Path, text: str) -> None:
    (tmp_path / "notices.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadParameters, match=r"notices\.toml 读不懂（notices 应是一列文字）"):
        public_notices(tmp_path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notices.toml").write_bytes('notices = ["公告"]'.encode("gbk"))
    with pytest.raises(BadParameters, match=r"notices\.toml 读不懂"):
        public_notices(tmp_path)
