"""What is stored of clocks, held against their ledgers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from hall.rules.people import Actor
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.case_integrity import wrong_clocks
from hall.services.front import Front
from hall.services.schedule_import import import_schedules
from hall.store import Store
from tests.services.test_schedules import NEXT_YEAR


@pytest.fixture
def accepted(front: Front, make_application: Callable[..., Application]) -> Accepted:
    return front.intake.accept(make_application("XK05"))


def problems(store: Store) -> list[str]:
    with store.read() as session:
        return [problem.sentence for problem in wrong_clocks(session)]


def spoil(store: Store, statement: str, **values: object) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(statement), values)


def test_what_the_services_wrote_is_what_the_ledgers_say(
    store: Store, administrator: Actor, accepted: Accepted, home: Path
) -> None:
    assert accepted.acceptance_number
    assert problems(store) == []
    import_schedules(store, administrator, home=home, schedules=(NEXT_YEAR,))
    assert problems(store) == []


@pytest.mark.both
def test_a_due_day_that_was_changed_behind_the_program_is_named(store: Store, accepted: Accepted) -> None:
    later = date(2026, 12, 31)
    spoil(store, "UPDATE case_clock SET due_on = :day WHERE kind = 'statutory'", day=later)
    (sentence,) = problems(store)
    assert sentence.startswith(
        f"办件 {accepted.acceptance_number} 的法定时限：存的到期日是 2026-12-31，重新计算是 2026-"
    )


@pytest.mark.both
@pytest.mark.parametrize("column", ["urgency", "statutory_ordinal", "promised_ordinal"])
def test_a_case_that_boards_would_rank_wrongly_is_named(store: Store, accepted: Accepted, column: str) -> None:
    spoil(store, f"UPDATE permit_case SET {column} = {column} + 3")
    assert problems(store) == [f"办件 {accepted.acceptance_number} 在看板上的排序与它的时限不一致。"]
