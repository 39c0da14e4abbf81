"""`hall due`: JSON lines in, JSON lines out; a bad line is answered in Chinese and the run goes on."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hall.commands.line import run

CASES_FILE = Path(__file__).parents[1] / "rules" / "deadline_cases.csv"
Answers = list[dict[str, Any]]
Ask = Callable[..., Answers]


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs the command on bytes or on values, one a line, and gives the answers."""

    def ask(*lines: object) -> Answers:
        raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw + b"\n"), encoding="utf-8"))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        assert run(["due"]) == 0
        sys.stdout.seek(0)
        return [json.loads(line) for line in sys.stdout.read().splitlines()]

    return ask


def cases() -> list[dict[str, str]]:
    with CASES_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def request_of(case: dict[str, str]) -> dict[str, object]:
    request: dict[str, object] = {"id": case["case"], "rule": case["rule"], "start": case["start"]}
    if case["excluded"]:
        request["excluded"] = [span.split("/") for span in case["excluded"].split()]
    if case["days"]:
        request["days"] = int(case["days"])
    return request | {key: case[key] for key in ("principal", "paid_on") if case[key]}


def test_every_case_counted_by_hand_is_answered_as_counted(due: Ask) -> None:
    expected = cases()
    answers = due(*[request_of(case) for case in expected])
    assert len(answers) == len(expected) == 66
    for case, answer in zip(expected, answers, strict=True):
        assert answer["id"] == case["case"]
        assert answer["law"]
        assert answer["why"]
        for key in ("due", "strict_due", "amount"):
            assert answer.get(key, "") == case[key], case["case"]
        assert str(answer.get("days", "")) == case["counted_days"]


def test_an_answer_has_exactly_the_keys_of_the_contract(due: Ask) -> None:
    workdays, natural, hours, money = due(
        {"id": "A01", "rule": "permit.supplement-notice", "start": "2026-02-10"},
        {"id": 2, "rule": "fine.payment", "start": "2026-03-06"},
        {"id": None, "rule": "emergency.report", "start": "2026-02-14T17:30:01"},
        {"id": "M", "rule": "fine.surcharge", "start": "2026-03-24", "principal": "1000", "paid_on": "2026-03-26"},
    )
    assert workdays == {
        "id": "A01",
        "due": "2026-02-24",
        "law": "行政许可法32(4)、82",
        "why": [["2026-02-11", 1], ["2026-02-12", 2], ["2026-02-13", 3], ["2026-02-14", 4], ["2026-02-24", 5]],
    }
    assert list(natural) == ["id", "due", "strict_due", "law", "why"]
    assert (natural["id"], natural["strict_due"], natural["due"]) == (2, "2026-03-21", "2026-03-23")
    assert (hours["id"], hours["due"]) == (None, "2026-02-15T17:30:01")
    assert money == {
        "id": "M",
        "amount": "60.00",
        "days": 2,
        "law": "行政处罚法72(1)、73(3);行政强制法45",
        "why": [["2026-03-25", 1], ["2026-03-26", 2]],
    }


def test_a_missing_schedule_makes_the_answer_pending(due: Ask) -> None:
    reached, workdays, natural = due(
        {"id": 1, "rule": "permit.decision", "start": "2026-12-03"},
        {"id": 2, "rule": "permit.decision", "start": "2026-12-04"},
        {"id": 3, "rule": "fine.payment", "start": "2026-12-17"},
    )
    assert reached["due"] == "2026-12-31"
    assert workdays == {"id": 2, "due": None, "pending": "2027年放假安排未录入", "law": "行政许可法42(1)、82"}
    assert (natural["due"], natural["strict_due"]) == (None, "2027-01-01")
    assert natural["pending"] == "2027年放假安排未录入"


def test_extension_promise_and_pauses_are_taken_from_the_line(due: Ask) -> None:
    extended, plain, promised, paused = due(
        {"id": 1, "rule": "permit.decision", "start": "2026-01-05", "extension_days": 10, "excluded": []},
        {"id": 2, "rule": "permit.delivery", "start": "2026-01-05", "extension_days": 0},
        {"id": 3, "rule": "promise", "start": "2026-02-13", "days": 3},
        {
            "id": 4,
            "rule": "fine.surcharge",
            "start": "2026-03-24",
            "principal": "1000.50",
            "paid_on": "2026-03-31",
            "paused": [["2026-03-25", "2026-03-27"], ["2026-03-27", "2026-03-28"]],
        },
    )
    assert (extended["due"], plain["due"]) == ("2026-02-14", "2026-01-19")
    assert promised["due"] == "2026-02-25"
    assert (paused["days"], paused["amount"]) == (3, "90.05")


def test_a_worked_example_can_be_piped_in_with_its_answer(due: Ask) -> None:
    line = {"id": "A01", "rule": "promise", "start": "2026-02-13", "days": 3, "expect": {}, "why": "…", "law": "…"}
    assert due(line)[0]["due"] == "2026-02-25"


GOOD = {"id": "x", "rule": "permit.decision", "start": "2026-03-02"}
FINE = {"id": "x", "rule": "fine.surcharge", "start": "2026-03-24", "principal": "1000", "paid_on": "2026-03-31"}
PROMISE = {"id": "x", "rule": "promise", "start": "2026-03-02", "days": 3}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (GOOD | {"rule": "permit.decison"}, "没有规则 permit.decison，是不是 permit.decision？"),
        (GOOD | {"rule": 7}, "rule 应为字符串"),
        ({"id": "x", "start": "2026-03-02"}, "缺少 rule"),
        ({"id": "x", "rule": "promise"}, "缺少 start"),
        (GOOD | {"start": "2026-02-30"}, "start 的 2026-02-30 没有这一天或这一刻"),
        (GOOD | {"start": "20260302"}, "start 应为日期"),
        (GOOD | {"start": "2026-W10-1"}, "start 应为日期"),
        (GOOD | {"start": "２０２６-03-02"}, "start 应为日期"),
        (GOOD | {"start": 20260302}, "start 应为字符串"),
        (GOOD | {"start": None}, "start 应为字符串"),
        (GOOD | {"start": "2026-03-02T08:00"}, "这条规则按日计算"),
        (GOOD | {"start": "1999-01-04"}, "规则 permit.decision 自2004-07-01起施行"),
        (GOOD | {"rule": "emergency.report"}, "这条规则按小时计算"),
        (GOOD | {"rule": "emergency.report", "start": "2026-03-02T25:00"}, "没有这一天或这一刻"),
        (GOOD | {"rule": "emergency.report", "start": "2026-03-02T08:00+08:00"}, "不带时区"),
        (GOOD | {"exclude": []}, "不认识的键 exclude，是不是 excluded？"),
        (GOOD | {"principal": "5"}, "规则 permit.decision 不接受 principal"),
        (GOOD | {"excluded": "2026-03-09"}, "excluded 应为时间段的列表"),
        (GOOD | {"excluded": None}, "excluded 应为时间段的列表"),
        (GOOD | {"excluded": [["2026-03-09"]]}, "excluded 的每一段应为"),
        (GOOD | {"excluded": ["2026-03-09"]}, "excluded 的每一段应为"),
        (GOOD | {"excluded": [["2026-03-09", True]]}, "excluded 应为日期"),
        (GOOD | {"excluded": [["2026-03-20", "2026-03-09"]]}, "起止颠倒"),
        (GOOD | {"rule": "permit.hearing-notice", "excluded": [["2026-02-09", "2026-02-10"]]}, "没有可以扣除"),
        (GOOD | {"extension_days": -1}, "extension_days 应为不小于0的整数"),
        (GOOD | {"extension_days": True}, "extension_days 应为不小于0的整数"),
        (GOOD | {"extension_days": 11}, "许可决定最多延长10天"),
        (GOOD | {"days": 5}, "许可决定的天数由法律规定，不能另给"),
        (PROMISE | {"days": 0}, "days 应为不小于1的整数"),
        (PROMISE | {"days": -3}, "days 应为不小于1的整数"),
        (PROMISE | {"days": 3.0}, "days 应为不小于1的整数"),
        (PROMISE | {"days": "3"}, "days 应为不小于1的整数"),
        (PROMISE | {"days": 10**9}, "天数应在1到3650之间"),
        (PROMISE | {"days": 10**400}, "天数应在1到3650之间"),
        ({"id": "x", "rule": "promise", "start": "2026-03-02"}, "承诺时限没有给出天数"),
        (FINE | {"principal": "-5"}, "principal 应为以元为单位"),
        (FINE | {"principal": "0.00"}, "罚款数额应大于0"),
        (FINE | {"principal": "1.005"}, "principal 应为以元为单位"),
        (FINE | {"principal": "NaN"}, "principal 应为以元为单位"),
        (FINE | {"principal": "1e9"}, "principal 应为以元为单位"),
        (FINE | {"principal": "9" * 500}, "principal 应为以元为单位"),
        (FINE | {"principal": 1000}, "principal 应为字符串"),
        (FINE | {"principal": True}, "principal 应为字符串"),
        (FINE | {"paid_on": "2026-02-29"}, "paid_on 的 2026-02-29 没有这一天"),
        (FINE | {"start": "2026-03-24T08:00"}, "start 应为日期"),
        (FINE | {"paused": [["2026-03-28", "2026-03-27"]]}, "起止颠倒"),
        (FINE | {"days": 3}, "规则 fine.surcharge 不接受 days"),
        ({"id": "x", "rule": "fine.surcharge", "start": "2026-03-24", "principal": "5"}, "缺少 paid_on"),
    ],
)
def test_bad_input_is_answered_in_chinese_and_the_run_goes_on(due: Ask, line: object, reason: str) -> None:
    refused, next_answer = due(line, GOOD)
    assert refused == {"id": "x", "error": refused["error"]}
    assert reason in refused["error"]
    assert next_answer["due"] == "2026-03-30"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "这一行不是 JSON"),
        (b'{"id": "x", "days": NaN}', "这一行不是 JSON"),
        pytest.param(b'{"id": 1' + b"0" * 5000 + b"}", "这一行不是 JSON", id="a number of 5001 digits"),
        pytest.param(b"[" * 100_000, "这一行不是 JSON", id="nested too deep"),
        (b"\xff\xfe", "这一行不是 UTF-8 编码"),
        (b'{"id": "x", "id": "y"}', "这一行有重复的键"),
        (b'["id", "x"]', "这一行应是 JSON 对象"),
        (b'{"id": true, "rule": "promise"}', "id 应为字符串或整数"),
        (b'{"id": ["x"], "rule": "promise"}', "id 应为字符串或整数"),
    ],
)
def test_a_line_whose_id_cannot_be_known_is_answered_with_null(due: Ask, line: bytes, reason: str) -> None:
    refused, next_answer = due(line, GOOD)
    assert refused["id"] is None
    assert refused["error"].startswith(reason)
    assert next_answer["due"] == "2026-03-30"


def test_empty_lines_are_passed_over_and_a_byte_order_mark_is_no_error(due: Ask) -> None:
    first, second = due(b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), b"", b"  \r", GOOD)
    assert first == second


def test_half_a_surrogate_pair_does_not_end_the_run(due: Ask) -> None:
    broken, sound = due(b'{"id": "\\ud800", "rule": "promise"}', GOOD)
    assert broken["id"] == "\ud800"
    assert sound["due"] == "2026-03-30"


def test_the_command_loads_neither_qt_nor_the_database_and_takes_json_as_an_option() -> None:
    program = (
        "import sys; from hall.commands.line import run; status = run(['due', '--json']);"
        "heavy = {'PySide6', 'sqlalchemy', 'psycopg', 'hall.store'} & set(sys.modules);"
        "sys.exit(f'{status} {heavy}' if status or heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(GOOD) + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["due"] == "2026-03-30"
