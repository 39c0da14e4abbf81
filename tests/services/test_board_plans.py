"""How the databases answer the board: by walking an index of the open cases, never by reading all cases."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import event, select

from hall.bench import bare_board
from hall.bench.many_cases import fill_cases
from hall.clock import business_date
from hall.rules.authority import MANAGER
from hall.rules.people import Actor
from hall.services.board_front import BoardFront
from hall.services.board_rows import END, Place
from hall.services.board_terms import Terms
from hall.services.case_finding import find_cases
from hall.store import Store
from hall.store.schema.people import Person

CASES, OPEN_CASES, PERSONS = 8000, 800, 300


@pytest.fixture
def desk(store: Store) -> BoardFront:
    """The manager of a hall with many cases that have ended."""
    fill_cases(store, cases=CASES, open_cases=OPEN_CASES, persons=PERSONS)
    return BoardFront(store, Actor(1, "李四清", store.hall_id, frozenset({MANAGER})))


@dataclass(frozen=True)
class Asked:
    """What a use case asked of the database, and how that answers it."""

    store: Store
    statements: list[tuple[str, object]]

    def plans(self, part: str) -> list[str]:
        """The plans of the statements that contain a part."""
        explain = "EXPLAIN QUERY PLAN" if self.on_sqlite else "EXPLAIN"
        found = []
        with self.store.engine.connect() as connection:
            if not self.on_sqlite:  # on so few rows PostgreSQL would rather read them all
                connection.exec_driver_sql("SET enable_seqscan = off; SET enable_bitmapscan = off")
            for statement, parameters in self.statements:
                if part in statement:
                    rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)  # type: ignore[arg-type]  # as they were
                    found.append("\n".join(str(row[-1]) for row in rows))
        return found

    @property
    def on_sqlite(self) -> bool:
        return self.store.engine.dialect.name == "sqlite"


@pytest.fixture
def asked(store: Store) -> Callable[[Callable[[], object]], Asked]:
    """Every statement that something asks."""

    def listen(function: Callable[[], object]) -> Asked:
        seen: list[tuple[str, object]] = []

        def note(_c: object, _cursor: object, statement: str, parameters: object, _x: object, _many: bool) -> None:
            seen.append((statement, parameters))

        event.listen(store.engine, "before_cursor_execute", note)
        function()
        event.remove(store.engine, "before_cursor_execute", note)
        return Asked(store, seen)

    return listen


@pytest.mark.both
def test_counts_walk_one_index_and_touch_no_case(
    desk: BoardFront, asked: Callable[[Callable[[], object]], Asked]
) -> None:
    told = asked(desk.view)
    (plan,) = told.plans("GROUP BY permit_case.department_id")
    assert "ix_permit_case_counts" in plan
    assert ("COVERING INDEX" if told.on_sqlite else "Index Only Scan") in plan
    assert "TEMP B-TREE" not in plan


LISTS = (
    (Terms(), "ix_permit_case_urgent"),
    (Terms(lights=("over_promised",)), "ix_permit_case_urgent"),
    (Terms(lights=("warning",)), "ix_permit_case_urgent"),
    (Terms(within="week"), "ix_permit_case_urgent"),
    (Terms(department_id=-1), "ix_permit_case_department"),
    (Terms(matter_id=-1), "ix_permit_case_matter"),
    (Terms(officer_id=-1), "ix_permit_case_officer"),
)


@pytest.mark.both
def test_a_page_begins_at_its_place_in_an_index(
    desk: BoardFront, asked: Callable[[Callable[[], object]], Asked]
) -> None:
    view = desk.view()
    day = view.day_on(business_date(view.as_of))
    start = Place(day.today.ordinal, 100)
    for (terms, index), backwards in itertools.product(LISTS, (False, True)):
        told = asked(partial(desk.page, terms, day, start, backwards=backwards))
        (plan,) = told.plans("ORDER BY permit_case.urgency")
        assert index in plan
        assert "SCAN permit_case" not in plan
        if told.on_sqlite:
            assert f"{index} (hall_id=? AND " in plan
            assert "USE TEMP B-TREE FOR ORDER BY" not in plan


@pytest.mark.both
def test_a_search_never_walks_the_cases_of_the_hall(
    desk: BoardFront, store: Store, asked: Callable[[Callable[[], object]], Asked]
) -> None:
    with store.read() as session:
        person = session.scalars(select(Person).where(Person.name.startswith("赵")).limit(1)).one()
    number = store.key_ring.unseal(person.id_number_sealed or "", "person.id_number")
    phone = store.key_ring.unseal(person.phone_sealed or "", "person.phone")
    for wanted, column in ((number, "id_number_index"), (phone, "phone_index"), (person.name, "name")):
        told = asked(partial(find_cases, store, desk.actor, text=wanted))
        (cases,) = told.plans("permit_case.applicant_id IN")
        assert "ix_permit_case_applicant" in cases
        (persons,) = told.plans("FROM person")
        assert column in persons


@pytest.mark.both
def test_the_cases_of_the_benchmark_agree_with_the_rule(desk: BoardFront) -> None:
    view = desk.view()
    day = business_date(view.as_of)
    counts = view.counts_on(day)
    assert counts.total == OPEN_CASES
    assert len(counts.lights) >= 6
    shown, start = dict.fromkeys(counts.lights, 0), END
    while True:
        page = desk.page(Terms(), view.day_on(day), start, backwards=True, most=200)
        for row in page.rows:
            shown[row.light_on(view.day_on(day).today)] += 1
        if not page.more:
            break
        start = page.rows[0].place
    assert shown == counts.lights


@pytest.mark.both
def test_the_bare_reads_give_what_the_board_gives(desk: BoardFront, store: Store, database_url: str) -> None:
    view = desk.view()
    with bare_board.bare_board(database_url, store.hall_id) as bare:
        assert bare.counts() == len(view.groups)
        assert bare.rows(60) == 60
        rows = desk.page(Terms(), view.day_on(business_date(view.as_of)), most=OPEN_CASES).rows
        assert bare.rows(OPEN_CASES, 10**9) == sum(row.urgency >= 10**9 for row in rows)
