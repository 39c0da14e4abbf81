"""How many slips are left on the roll of a station's slip printer: set at a refill, counted down with each slip."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Station
from hall.store.schema.printing import PaperLevel, PrintJob

SLIP = "slip"
MOST_PIECES = 20_000
"""More slips than any roll holds: a slip of the finger."""


class OutOfPaper(Refused):
    """The counter of this station's slip printer says that its paper is used up."""

    def __init__(self) -> None:
        super().__init__("取号纸已用完，请到导办台取号，并请工作人员换纸后登记。")


@dataclass(frozen=True, slots=True)
class PaperView:
    """What is left at one station, in pieces, as counted; `alarm_at` is when to fetch a new roll."""

    station: str
    left: int
    alarm_at: int
    refilled_at: datetime

    @property
    def out(self) -> bool:
        """Whether numbers with a slip are refused."""
        return self.left <= 0

    @property
    def low(self) -> bool:
        """Whether a new roll is needed soon."""
        return self.left <= self.alarm_at

    @property
    def words(self) -> str:
        """What the printer's lamp says; empty while there is enough."""
        if self.out:
            return "缺纸：取号纸已用完，请换纸后登记。"
        return f"纸将用完，约剩 {self.left} 张。" if self.low else ""


def require_paper(work: Work) -> None:
    """Raise OutOfPaper if no slip is left beside those that wait already; a station that was never refilled is free."""
    left = work.session.scalar(
        select(PaperLevel.left).where(PaperLevel.station_id == work.station_id, PaperLevel.printer == SLIP)
    )
    if left is None:
        return
    waiting = work.session.scalar(
        select(func.count()).where(
            PrintJob.station_id == work.station_id,
            PrintJob.printer == SLIP,
            PrintJob.state.in_(("queued", "sending", "submitted")),
        )
    )
    if left <= (waiting or 0):
        raise OutOfPaper


def count_down(work: Work, *, station_id: int, printer: str) -> None:
    """One slip of a station reached paper, or may have."""
    counted = work.session.execute(
        update(PaperLevel)
        .where(PaperLevel.station_id == station_id, PaperLevel.printer == printer, PaperLevel.left > 0)
        .values(left=PaperLevel.left - 1)
        .returning(PaperLevel.left)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if counted is not None:
        work.changed("paper", str(station_id))


def own_level(store: Store) -> PaperView | None:
    """The level of this station; None if it is not counted."""
    with store.read() as session:
        return level_at(session, store.hall_id, station=store.station.name)


def level_at(session: Session, hall_id: int, *, station: str) -> PaperView | None:
    """The level of a station of a hall; None if it is not counted."""
    return next((view for view in _levels(session, hall_id) if view.station == station), None)


def levels(store: Store, actor: Actor) -> tuple[PaperView, ...]:
    """Every station of the hall whose paper is counted, by name."""
    require(actor, "queue.read")
    with store.read(actor) as session:
        return _levels(session, store.hall_id)


@retried
def refill(store: Store, actor: Actor, *, pieces: int, alarm_at: int, station: str | None = None) -> None:
    """换纸登记: a roll of so many slips is in the printer of this station, or of the one named."""
    require(actor, "paper.refill")
    if not 1 <= pieces <= MOST_PIECES:
        raise Refused(f"张数 {pieces} 不对，应在 1 到 {MOST_PIECES} 之间（整卷张数见包装或按卷长估算）。")
    with store.work("paper.refill", actor) as work:
        place = _station(work, station or work.station_name)
        work.lock(f"paper-level/{place.id}")
        level = work.session.get(PaperLevel, (place.id, SLIP), with_for_update=True)
        before = level.left if level else None
        if level is None:
            level = PaperLevel(hall_id=work.hall_id, station_id=place.id, printer=SLIP)
            work.session.add(level)
        level.left, level.alarm_at, level.refilled_at = pieces, min(alarm_at, pieces - 1), work.now
        work.audit(f"paper:{place.name}", pieces=pieces, before=before)
        work.changed("paper", str(place.id))


def _station(work: Work, name: str) -> Station:
    found = work.session.scalar(select(Station).where(Station.hall_id == work.hall_id, Station.name == name))
    if found is None:
        raise Missing(f"没有名为“{name}”的工作站，请核对配置里的 station.name。")
    return found


def _levels(session: Session, hall_id: int) -> tuple[PaperView, ...]:
    rows = session.execute(
        select(Station.name, PaperLevel.left, PaperLevel.alarm_at, PaperLevel.refilled_at)
        .join(Station, Station.id == PaperLevel.station_id)
        .where(PaperLevel.hall_id == hall_id, PaperLevel.printer == SLIP)
        .order_by(Station.name)
    )
    return tuple(PaperView(*row) for row in rows)
