"""A case under whatever people do to it, in any order, on both databases: the invariants hold after every step.

It walks longer with `CASE_MACHINE_EXAMPLES=200` in the environment and `-o timeout=0 -o faulthandler_timeout=0`.
"""

import itertools
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hall.clock import HALL_ZONE, FixedClock
from hall.demo.cluster import Cluster
from hall.errors import HallError
from hall.store import Store
from hall.store.verify import verify_audit
from tests.services.review.bureau import Bureau
from tests.services.review.case_deeds import DEEDS, LIKELY, MATTERS, publish_matters, receive
from tests.services.review.case_invariants import Seen, calendar_of, check_case, check_parts, see

# Before the Spring Festival, before the days of May, before the National Day, and into a year without a schedule.
STARTS = tuple(datetime(2026, month, day, 9, tzinfo=HALL_ZONE) for month, day in ((2, 9), (4, 27), (9, 21), (12, 14)))
EXAMPLES = {"sqlite": 8, "postgresql": 3}
STEPS = 25

_TAKEN = ("accept", "hand_over", "take")
_PROPOSED = (*_TAKEN, "visit", "visit", "propose")
_APPROVING = (*_PROPOSED, "examine", "legal", "report")
_OF_THE_WHOLE = {"accept", "accept_lacking", "supplement", "12", "40"}
# How far a walk's case has come when it begins; a number lets so many days pass.
STAGES = {
    "received": (),
    "silent": ("12",),
    "lacking": ("accept_lacking",),
    "told": ("supplement",),
    "taken": _TAKEN,
    "given back": (*_TAKEN, "release"),
    "asked": (*_TAKEN, "ask"),
    "held": (*_TAKEN, "suspend"),
    "to be heard": (*_TAKEN, "hearing", "hearing", "hearing"),
    "late": (*_TAKEN, "40"),
    "proposed": _PROPOSED,
    "approving": _APPROVING,
    "decided": (*_APPROVING, "decide", "propose", "examine", "decide"),
}

# Between them they do everything once: "propose 2" with the number to pick by.
LIVES: tuple[tuple[str, str], ...] = (
    ("M-plain", "correct, supplement, resubmit, end, serve, archive, reopen"),
    ("M-plain", "refuse, serve, archive, reopen"),
    ("M-plain", "12, deem, hand_over, take, 40, default, certify, tell, serve, finish, archive"),
    (
        "M-plain",
        "accept_lacking, hand_over, take, release, claim, assign 1, assign, extend 1, ask, answer, visit, visit, "
        "hearing, hearing, hearing, 16, hearing, consult, consult, suspend, resume, propose, send_back, propose, "
        "examine, decide, complete, certify, serve, finish, archive, reopen",
    ),
    ("M-strict", "accept, hand_over, take, visit, visit, propose 2, examine, legal, report, decide, serve, finish"),
)

Builder = Callable[[], Bureau]


@pytest.fixture(params=["sqlite", "postgresql"])
def build(request: pytest.FixtureRequest, clock: FixedClock, home: Path, tmp_path: Path) -> Builder:
    """A bureau in a fresh copy of a database that has its people and matters."""
    opener: Callable[[str], Store] = request.getfixturevalue("open_store")
    copies = itertools.count()
    clock.instant = STARTS[0]
    model = Bureau(opener(request.getfixturevalue(f"{request.param}_url")), clock, home)
    model.employ()
    publish_matters(model)
    model.store.close()
    copy = _sqlite_copies(tmp_path) if request.param == "sqlite" else _postgresql_copies(request)

    def fresh() -> Bureau:
        return Bureau(opener(copy(next(copies))), clock, home, dict(model.people))

    return fresh


def _sqlite_copies(folder: Path) -> Callable[[int], str]:
    def copy(number: int) -> str:
        shutil.copyfile(folder / "hall.db", folder / f"walk-{number}.db")
        return f"sqlite:///{folder / f'walk-{number}.db'}"

    return copy


def _postgresql_copies(request: pytest.FixtureRequest) -> Callable[[int], str]:
    cluster: Cluster = request.getfixturevalue("cluster")
    model = str(request.getfixturevalue("postgresql_url")).rpartition("/")[2].partition("?")[0]
    return lambda number: cluster.create(f"{model}_walk_{number}", model)


class CaseMachine(RuleBasedStateMachine):
    """One application and everybody who has to do with it; what the services refuse leaves nothing behind."""

    def __init__(self, build: Builder, done: set[str]) -> None:
        super().__init__()
        self.bureau = build()
        self.done = done
        self.cases: list[int] = []
        self.calendar = calendar_of(self.bureau.store)
        self.seen: dict[int, Seen] = {}

    @initialize(
        start=st.sampled_from(STARTS),
        code=st.sampled_from(MATTERS),
        stage=st.sampled_from(sorted(STAGES)),
        pick=st.sampled_from((0, 2)),
    )
    def begin(self, start: datetime, code: str, stage: str, pick: int) -> None:
        """An application comes, and goes as far as the stage wants it; `pick` 2 is for a denial."""
        self.bureau.clock.instant = start
        lacking = stage == "lacking"
        self.cases = [receive(self.bureau, "M-plain" if lacking else code, lacking=lacking)]
        for deed in STAGES[stage]:
            for case_id in self.known() if deed not in _OF_THE_WHOLE else self.cases[:1]:
                if deed.isdecimal():
                    self.let_time_pass(int(deed), 1)
                else:
                    self.attempt(deed, case_id, pick if deed == "propose" else 0)

    @rule(data=st.data(), pick=st.integers(0, 3))
    def go_on(self, data: st.DataObject, pick: int) -> None:
        """Something that makes sense in the state."""
        case_id = data.draw(st.sampled_from(self.known()))
        self.attempt(data.draw(st.sampled_from(LIKELY[self.look(case_id).case.state])), case_id, pick)

    @rule(data=st.data(), pick=st.integers(0, 3))
    def go_further(self, data: st.DataObject, pick: int) -> None:
        """The same once more, so that a walk gets somewhere."""
        self.go_on(data, pick)

    @rule(data=st.data(), deed=st.sampled_from(sorted(DEEDS)), pick=st.integers(0, 3))
    def do_anything(self, data: st.DataObject, deed: str, pick: int) -> None:
        """Whatever the state is."""
        self.attempt(deed, data.draw(st.sampled_from(self.known())), pick)

    @rule(days=st.integers(0, 9), hours=st.integers(0, 6))
    def let_time_pass(self, days: int, hours: int) -> None:
        """The clock of the hall goes on."""
        self.bureau.clock.instant += timedelta(days=days, hours=hours)
        self.seen.clear()

    @invariant()
    def everything_holds(self) -> None:
        """After every step."""
        for case_id in self.known():
            check_case(self.look(case_id))
        if self.cases:
            check_parts(self.look(self.cases[0]), [self.look(part) for part in self.known()[1:]])

    def known(self) -> list[int]:
        """The case, and its parts since they began."""
        if len(self.cases) == 1 and self.look(self.cases[0]).case.handling == "joint":
            self.cases += self.bureau.parts(self.cases[0])
        return list(self.cases)

    def look(self, case_id: int) -> Seen:
        """A case as it stands, read once after every change."""
        if case_id not in self.seen:
            self.seen[case_id] = see(self.bureau.store, case_id, self.calendar)
        return self.seen[case_id]

    def attempt(self, deed: str, case_id: int, pick: int) -> None:
        """Do it, or see that its refusal changed nothing."""
        before = self.look(case_id)
        try:
            self.do(deed, case_id, pick)
        except HallError:
            assert _written(self.look(case_id)) == _written(before)

    def do(self, deed: str, case_id: int, pick: int) -> None:
        """Do it; what it is refused for is raised."""
        before = self.look(case_id)
        self.seen.clear()
        DEEDS[deed](self.bureau, case_id, pick)
        self.done.add(deed)
        if deed == "send_back":
            _check_not_refilled(before, self.look(case_id))

    def teardown(self) -> None:
        """The audit chain is whole, whatever was refused."""
        with self.bureau.store.read() as session:
            assert verify_audit(session) == []
        self.bureau.store.close()


def _written(seen: Seen) -> tuple[object, ...]:
    clocks = tuple((each.id, each.state, each.due_on, each.stopped_on, each.extension) for each in seen.clocks)
    hands = tuple((each.id, each.until_at) for each in seen.hands)
    pauses = tuple((each.id, each.ended_on) for each in seen.pauses)
    return seen.case.state, seen.case.officer_id, len(seen.events), clocks, hands, pauses, seen.papers


def _check_not_refilled(before: Seen, after: Seen) -> None:
    """Going back moves no due day of law or promise."""
    due = {each.id: each.due_on for each in after.clocks}
    for clock in before.clocks:
        if clock.kind in {"statutory", "promised", "joint"}:
            assert due[clock.id] == clock.due_on


def test_everything_that_can_be_done_to_a_case_is_done_once_and_leaves_it_right(build: Builder) -> None:
    done: set[str] = set()
    for code, life in LIVES:
        machine = CaseMachine(build, done)
        machine.bureau.clock.instant = STARTS[1]
        machine.cases = [receive(machine.bureau, code, lacking="accept_lacking" in life)]
        for step in life.split(", "):
            deed, _, pick = step.partition(" ")
            if deed.isdecimal():
                machine.let_time_pass(int(deed), 1)
            else:
                machine.do(deed, machine.cases[0], int(pick or 0))
            machine.everything_holds()
        machine.teardown()
    assert done == set(DEEDS)


def test_whatever_is_done_to_a_case_its_states_and_clocks_stay_right(
    build: Builder, request: pytest.FixtureRequest
) -> None:
    done: set[str] = set()
    database = request.node.callspec.params["build"]
    examples = int(os.environ.get("CASE_MACHINE_EXAMPLES", EXAMPLES[database]))
    run_state_machine_as_test(
        partial(CaseMachine, build, done),  # type: ignore[arg-type]  # any maker of machines does
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {"accept", "hand_over", "take", "propose", "examine"} <= done
