"""The board with a million cases, 50,000 of them open: what its window asks for, beside the bare reads.

`hall bench board` makes the cases in a throw-away database. In a database that is named (HALL_HOME after
`hall db init`, or HALL_DATABASE_URL) they stay, in a hall of their own, and the next run measures at once; a database
with real cases is refused.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from hall import settings
from hall.bench.bare_board import BareBoard, bare_board
from hall.bench.ground import Ground, ground_in_use
from hall.bench.many_cases import fill_cases
from hall.bench.measured import Measured, compared
from hall.clock import SystemClock, business_date
from hall.errors import Refused, Unavailable
from hall.rules.authority import MANAGER
from hall.rules.people import Actor
from hall.services.board import MOST_URGENT, PAGE, BoardView
from hall.services.board_front import BoardFront
from hall.services.board_rows import Place
from hall.services.board_terms import Terms
from hall.services.case_finding import find_cases
from hall.settings import SETTINGS_FILE
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.schema.certificates import Certificate
from hall.store.schema.people import Person
from hall.store.schema.permits import PermitCase
from hall.store.schema.queueing import Ticket
from hall.store.secrets import KeyRing

HALL_CODE = "bench-board"
CASES, OPEN_CASES = 1_000_000, 50_000
RUNS, SEARCHES = 60, 15
ASKED_RATIO, ASKED_BOARD_MS, ASKED_PAGE_MS, ASKED_SEARCH_MS, ASKED_MIB = 3.0, 50.0, 30.0, 200.0, 300.0
PATIENCE_SECONDS = 120.0


class RealCases(Refused):
    """A million invented cases do not belong beside real ones."""

    def __init__(self) -> None:
        super().__init__(
            "这个数据库里有真实办件，不能在里面放一百万件测速办件。请换一个数据库（HALL_HOME 指到空文件夹）再测。"
        )


class WindowSilent(Unavailable):
    """The board's process did not say how much memory it needs."""

    def __init__(self, said: str) -> None:
        super().__init__(f"看板进程没有说出内存用量：{said.strip()[-300:] or '没有说明'}。请检查显示环境后再试。")


def measure() -> Generator[Measured, None, None]:
    """Counters with the first page and the most urgent; a deep page; each road of the search; memory."""
    with ground_in_use(settings.load(), hall_code=HALL_CODE, counters=1, again=True) as ground:
        with closing(open_board_store(ground)) as store:
            yield _filled(store)
            desk = BoardFront(store, Actor(1, "bench", store.hall_id, frozenset({MANAGER})))
            with bare_board(ground.url, store.hall_id) as bare:
                yield _board(ground.kind, desk, bare)
                yield _deep_page(ground.kind, desk, bare)
            yield from _searches(ground.kind, desk)
        yield _memory(ground)


def open_board_store(ground: Ground) -> Store:
    """A station of the benchmark's hall that can find persons by their numbers."""
    return Store(
        open_engine(ground.url),
        clock=SystemClock(),
        station="bench",
        hall_code=ground.hall_code,
        key_ring=ground.key_ring,
    )


def _filled(store: Store) -> Measured:
    """Make the cases unless an earlier run has left them."""
    with store.read() as session:
        if session.scalar(select(PermitCase.id).where(PermitCase.hall_id != store.hall_id).limit(1)) is not None:
            raise RealCases
        present = session.scalar(select(func.count()).where(PermitCase.hall_id == store.hall_id)) or 0
    began = time.perf_counter()
    if not present:
        fill_cases(store, cases=CASES, open_cases=OPEN_CASES)
    seconds = round(time.perf_counter() - began, 1)
    return Measured({"bench": "board", "case": "办件", "cases": present or CASES, "made_in": seconds, "unit": "s"})


def _board(kind: str, desk: BoardFront, bare: BareBoard) -> Measured:
    """As the window does when it opens and whenever something has changed."""

    def window() -> None:
        view = desk.view()
        day = business_date(view.as_of)
        view.counts_on(day)
        desk.page(Terms(), view.day_on(day))

    def reads() -> None:
        bare.counts()
        bare.rows(MOST_URGENT)
        bare.rows(PAGE)

    return _against(f"{kind}, 计数、首页和最紧迫 {MOST_URGENT} 件", window, reads, asked_ms=ASKED_BOARD_MS)


def _deep_page(kind: str, desk: BoardFront, bare: BareBoard) -> Measured:
    """A page in the middle of all open cases, another one each time."""
    view = desk.view()
    day = business_date(view.as_of)
    places = iter(_places(view, day) * (2 * RUNS))

    def window() -> None:
        desk.page(Terms(), view.day_on(day), next(places))

    def reads() -> None:
        bare.rows(PAGE, *next(places))

    return _against(f"{kind}, 深处的一页", window, reads, asked_ms=ASKED_PAGE_MS, asked_ratio=None)


def _places(view: BoardView, day: date) -> list[Place]:
    today = view.day_on(day).today.ordinal
    return [Place(today + ahead, 10**6 * (ahead % 3)) for ahead in range(3, 18)]


def _against(
    case: str,
    window: Callable[[], None],
    reads: Callable[[], None],
    *,
    asked_ms: float,
    asked_ratio: float | None = ASKED_RATIO,
) -> Measured:
    """In turn, so that both meet the same machine; the first ones open connections and fill the cache."""
    for warm in (window, reads):
        warm()
        warm()
    spent, bare = [], []
    for _ in range(RUNS):
        spent.append(_milliseconds(window))
        bare.append(_milliseconds(reads))
    p95 = _p95(spent)
    measured = compared(
        "board",
        case,
        value=statistics.median(spent),
        reference=statistics.median(bare),
        unit="ms",
        p95=round(p95, 3),
        reference_p95=round(_p95(bare), 3),
        asked_ratio=asked_ratio,
        asked_p95=asked_ms,
    )
    ratio = statistics.median(spent) / statistics.median(bare)
    return Measured(measured.line, good=(asked_ratio is None or ratio <= asked_ratio) and p95 < asked_ms)


def _searches(kind: str, desk: BoardFront) -> Iterator[Measured]:
    """Each road with another text each time."""
    for road, texts in _texts(desk.store).items():
        spent = []
        for text in texts:

            def find(wanted: str = text) -> None:
                find_cases(desk.store, desk.actor, text=wanted)

            spent.append(_milliseconds(find))
        p95 = _p95(spent)
        line = {
            "bench": "board",
            "case": f"{kind}, 查找：{road}",
            "value": round(statistics.median(spent), 3),
            "unit": "ms",
        }
        yield Measured({**line, "p95": round(p95, 3), "asked_p95": ASKED_SEARCH_MS}, good=p95 < ASKED_SEARCH_MS)


def _texts(store: Store) -> dict[str, list[str]]:
    """What to look for, taken from the database itself, from all its years."""
    ring, here = store.key_ring, PermitCase.hall_id == store.hall_id
    with store.read() as session:
        last = session.scalar(select(func.max(PermitCase.id)).where(here)) or 0
        first = session.scalar(select(func.min(PermitCase.id)).where(here)) or 0
        wanted = [first + (last - first) * turn // SEARCHES for turn in range(SEARCHES)]
        numbers = session.scalars(select(PermitCase.receipt_number).where(here, PermitCase.id.in_(wanted))).all()
        applicants = select(PermitCase.applicant_id).where(PermitCase.id.in_(wanted))
        persons = session.scalars(select(Person).where(Person.id.in_(applicants))).all()
        tickets = session.scalars(select(Ticket.code).where(Ticket.hall_id == store.hall_id).limit(SEARCHES)).all()
        papers = select(Certificate.number).where(Certificate.hall_id == store.hall_id).limit(SEARCHES)
        certificates = session.scalars(papers).all()
    return {
        "编号": list(numbers),
        "序号": [
            number.partition("〕")[2].removesuffix("号") for number in numbers if len(number.partition("〕")[2]) < 8
        ],
        "号票": list(tickets),
        "证件号码": [ring.unseal(each.id_number_sealed or "", "person.id_number") for each in persons],
        "电话": [ring.unseal(each.phone_sealed or "", "person.phone") for each in persons],
        "姓名": [each.name[:length] for each in persons for length in (2, 3)],
        "证件编号": list(certificates),
    }


def _memory(ground: Ground) -> Measured:
    """A process of its own that shows the board and scrolls through it."""
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        home = Path(folder)
        KeyRing.create(home)
        (home / SETTINGS_FILE).write_text(f'[station]\nhall = "{ground.hall_code}"\nname = "board"\n', encoding="utf-8")
        environment = {**os.environ, "HALL_HOME": folder, "HALL_DATABASE_URL": ground.url, "HALL_KEY": ""}
        if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        done = subprocess.run(
            [sys.executable, "-m", "hall.bench.board_window"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    try:
        mib, rows = (float(word) for word in done.stdout.split())
    except ValueError as error:
        raise WindowSilent(done.stderr) from error
    line = {"bench": "board", "case": f"{ground.kind}, 看板进程内存", "value": mib, "unit": "MiB", "asked": ASKED_MIB}
    return Measured({**line, "rows_scrolled": int(rows)}, good=mib < ASKED_MIB)


def _milliseconds(function: Callable[[], None]) -> float:
    began = time.perf_counter()
    function()
    return (time.perf_counter() - began) * 1000


def _p95(spent: list[float]) -> float:
    return sorted(spent)[int(len(spent) * 0.95)]
