"""The benchmark of an import, small: it moves what it says, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from hall.bench.calendar import CLOSED, measured_on
from hall.bench.ground import ground_in_use, open_store
from hall.settings import DatabaseSettings, Settings
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import CaseEvent


@pytest.mark.e2e
def test_both_imports_work_out_every_open_clock_and_journal_what_moved(database_url: str, tmp_path: Path) -> None:
    with ground_in_use(
        Settings(home=tmp_path, database=DatabaseSettings(database_url)), hall_code="bench-test", counters=1
    ) as ground:
        day_off, renumbered = measured_on(ground, cases=200)
        store = open_store(ground, "judge")
        with store.read() as session:
            own = CaseClock.hall_id == store.hall_id
            stopped = session.scalar(select(func.count()).where(own, CaseClock.state == "stopped"))
            journal = session.scalar(
                select(func.count()).where(CaseEvent.hall_id == store.hall_id, CaseEvent.kind == "recount")
            )
        store.close()
    assert day_off.good
    assert (day_off.line["clocks"], renumbered.line["moved"]) == (400, 0)
    moved = day_off.line["moved"]
    assert isinstance(moved, int)
    assert moved > 200
    assert journal is not None
    assert journal >= moved / 2
    assert stopped == 2 * CLOSED
