"""Whatever is typed wrong is told in Chinese, and so is what the system says about a file."""

import errno
import re
from pathlib import Path

import pytest

from hall.commands.line import COMMANDS, run
from hall.errors import cause_of

MISTAKES = {
    ("nonsense",): "命令 不能写 'nonsense'，可以写：'open', 'demo',",
    ("db",): "还缺 动作",
    ("db", "init", "--name"): "--name 后面缺内容",
    ("db", "init", "--counters", "100"): "--counters：应是 1 到 99 的整数，不能写“100”",
    ("db", "check", "--jso"): "不认识 --jso",
    ("account", "create", "x"): "还缺 --name, --role, --user",
    ("account", "list", "--json=yes", "--user", "x"): "--json 后面不写内容，请去掉 'yes'",
    ("db", "init", "--co", "4"): "--co 写得不全，可能是 --complaint-phone, --counters",
    ("printer", "refill", "many", "--user", "x"): "N 要写整数，不能写 'many'",
    ("card", "read", "--port", "a", "--timeout", "soon"): "--timeout：应是大于 0、不超过 3600 的数，不能写“soon”",
    ("print", "receipt", "x", "--port", "a", "--file", "b", "--user", "x"): "--file 和 --port 不能一起写",
    ("report", "month", "2026-13", "--user", "x"): "YYYY-MM：“2026-13”不是月份，应写成 2026-11",
    ("ticket", "issue", "--matter", "X", "--further", "--user", "x"): "--further 后面缺内容",
}


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_wrong_use_is_told_in_chinese(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(words)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith("用法： hall")
    assert f"用法不对：{MISTAKES[words]}" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_the_explanation_of_a_command_has_no_words_of_argparse(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run([command, "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.startswith(f"用法： hall {command}")
    assert not re.search("usage|positional|options:|show this|exit", told)


def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, reason in ((tmp_path / "没有.csv", "没有这个文件或者文件夹"), (tmp_path, "它是文件夹，不是文件")):
        assert run(["import", "calendar", str(file), "--user", "admin"]) == 3
        assert f"读不到文件 {file}：{reason}。请核对路径和权限。" in capsys.readouterr().err


def test_a_rare_reason_is_told_in_the_words_of_the_system() -> None:
    assert cause_of(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert cause_of(OSError(errno.EPIPE, "Broken pipe")) == "Broken pipe"
    assert cause_of(TimeoutError()) == "TimeoutError"
