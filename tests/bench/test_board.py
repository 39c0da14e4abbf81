"""`hall bench board` made small: it fills, measures, compares and judges on both databases, and spares real cases."""

from contextlib import closing
from pathlib import Path

import pytest

from hall.bench import board
from hall.bench.board import RealCases
from hall.bench.ground import ground_in_use
from hall.bench.many_cases import fill_cases
from hall.settings import DatabaseSettings, Settings


@pytest.fixture
def in_use(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database that `hall bench` would find."""
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    monkeypatch.setenv("HALL_DATABASE_URL", database_url)
    for name, value in {"CASES": 3000, "OPEN_CASES": 1200, "RUNS": 3, "SEARCHES": 3}.items():
        monkeypatch.setattr(board, name, value)
    return database_url


@pytest.mark.e2e
def test_the_board_is_measured_beside_bare_reads_and_found_again_the_next_time(in_use: str) -> None:
    kind = in_use.partition(":")[0]
    lines = [measured.line for measured in board.measure()]
    cases = [str(line["case"]).removeprefix(f"{kind}, ") for line in lines]
    assert cases[:3] == ["办件", "计数、首页和最紧迫 50 件", "深处的一页"]
    roads = ["编号", "序号", "号票", "证件号码", "电话", "姓名", "证件编号"]
    assert cases[3:] == [*(f"查找：{road}" for road in roads), "看板进程内存"]
    for line in lines[1:3]:
        assert float(str(line["ratio"])) > 0
        assert float(str(line["p95"])) > 0
    assert 50 < float(str(lines[-1]["value"])) < 300
    with closing(board.measure()) as again:
        filled = next(again).line
    assert (filled["cases"], float(str(filled["made_in"])) < 1) == (3000, True)


@pytest.mark.e2e
def test_a_database_with_real_cases_is_left_alone(in_use: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database=DatabaseSettings(in_use))
    with ground_in_use(settings, hall_code="other", counters=1) as ground:
        store = board.open_board_store(ground)
        fill_cases(store, cases=20, open_cases=10, persons=5)
        store.close()
    with closing(board.measure()) as measured, pytest.raises(RealCases):
        next(measured)


@pytest.mark.parametrize(
    ("asked_ms", "asked_ratio", "good"), [(50.0, 3.0, False), (50.0, None, True), (50.0, 4.0, True), (40.0, 4.0, False)]
)
def test_a_broken_promise_is_told(
    monkeypatch: pytest.MonkeyPatch, asked_ms: float, asked_ratio: float | None, good: bool
) -> None:
    def window() -> None:
        """Four times as slow as the reads."""

    def reads() -> None:
        """Ten milliseconds."""

    monkeypatch.setattr(board, "_milliseconds", lambda function: 40.0 if function is window else 10.0)
    assert board._against("x", window, reads, asked_ms=asked_ms, asked_ratio=asked_ratio).good is good
