"""How many slips are left on a station's roll: set at a refill, counted down with each slip, refused at none."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from hall.clock import FixedClock
from hall.errors import Missing, Refused
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.people import Actor
from hall.services import spool
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.paper_levels import OutOfPaper, own_level
from hall.services.spool import Outcome
from hall.store import Store
from hall.store.schema.trail import ChangeRow


@pytest.fixture
def front(front_of: Callable[..., Front], store: Store, actor: Actor) -> Front:
    """The clerk at station-1, which prints slips."""
    return front_of(store, actor, slip=True)


@pytest.fixture
def other_front(front_of: Callable[..., Front], other_station: Store, actor_with: Callable[..., Actor]) -> Front:
    """A guide at station-2, which prints slips too."""
    return front_of(other_station, actor_with("guide", account_id=17, name="赵六和"), slip=True)


def take(front: Front) -> None:
    front.taking.issue("XK05", channel="kiosk")


def settle_next(front: Front, outcome: Outcome) -> int:
    job = spool.claim(front.store, printer="slip")
    assert job is not None
    spool.settle(front.store, job_id=job.job_id, outcome=outcome)
    return job.job_id


def left(front: Front) -> int | None:
    level = front.slips.level()
    return level.left if level else None


def paper_changes(store: Store) -> int:
    with store.read() as session:
        return len(session.scalars(select(ChangeRow.seq).where(ChangeRow.topic == "paper")).all())


def test_a_printer_that_nobody_refilled_is_not_counted(front: Front) -> None:
    take(front)
    settle_next(front, "printed")
    assert front.slips.level() is None
    assert front.slips.levels() == ()


@pytest.mark.both
@pytest.mark.parametrize(("outcome", "used"), [("printed", 1), ("unknown", 1), ("failed", 0), ("queued", 0)])
def test_every_slip_that_reached_paper_or_may_have_is_counted(front: Front, outcome: Outcome, used: int) -> None:
    front.slips.refill(10)
    told = paper_changes(front.store)
    take(front)
    settle_next(front, outcome)
    assert left(front) == 10 - used
    assert paper_changes(front.store) == told + used


def test_a_slip_is_counted_once_however_often_its_fate_is_told(front: Front) -> None:
    front.slips.refill(10)
    take(front)
    job = spool.claim(front.store, printer="slip")
    assert job is not None
    spool.mark_interrupted(front.store)
    spool.settle(front.store, job_id=job.job_id, outcome="printed")
    assert left(front) == 9


def test_receipts_use_the_roll_and_pages_do_not(front: Front, make_application: Callable[..., Application]) -> None:
    front.slips.refill(10)
    front.intake.accept(make_application("XK05"))
    settle_next(front, "printed")
    page = spool.claim(front.store, printer="page")
    assert page is not None
    spool.settle(front.store, job_id=page.job_id, outcome="printed")
    assert left(front) == 9


def test_near_the_end_the_lamp_says_how_many_are_left_and_at_none_that_there_is_no_paper(front: Front) -> None:
    front.slips.refill(52)
    words = []
    for _ in range(52):
        take(front)
        settle_next(front, "printed")
        level = own_level(front.store)
        assert level is not None
        words.append(level.words)
    assert words[:3] == ["", "纸将用完，约剩 50 张。", "纸将用完，约剩 49 张。"]
    assert words[-1] == "缺纸：取号纸已用完，请换纸后登记。"
    level = front.slips.level()
    assert level is not None
    assert (level.out, level.low) == (True, True)


def test_without_paper_no_number_with_a_slip_is_given_and_after_a_refill_the_next_one_is(
    front: Front, front_of: Callable[..., Front]
) -> None:
    front.slips.refill(2)
    take(front)
    settle_next(front, "printed")
    take(front)  # reserved: it has the last slip
    with pytest.raises(OutOfPaper, match="取号纸已用完，请到导办台取号，并请工作人员换纸后登记。"):
        take(front)
    settle_next(front, "printed")
    with pytest.raises(OutOfPaper):
        take(front)
    without_slip = front_of(front.store, front.actor)
    assert without_slip.taking.issue("XK05", channel="staff").code == "B003"
    front.slips.refill(500)
    assert front.taking.issue("XK05", channel="kiosk").code == "B004"


def test_the_counter_never_falls_below_none(front: Front) -> None:
    take(front)
    take(front)
    front.slips.refill(1)
    for _ in range(2):
        settle_next(front, "printed")
    assert left(front) == 0


def test_a_refill_is_entered_for_any_station_from_any(front: Front, other_front: Front, clock: FixedClock) -> None:
    other_front.slips.refill(300, station="station-1")
    front.slips.refill(40)  # a rest of a roll: it is not low from the first slip on
    other_front.slips.refill(200)
    levels = other_front.slips.levels()
    assert [(each.station, each.left, each.alarm_at, each.low) for each in levels] == [
        ("station-1", 40, 39, False),
        ("station-2", 200, 50, False),
    ]
    assert {each.refilled_at for each in levels} == {clock.instant}
    take(front)
    settle_next(front, "printed")
    assert (left(front), left(other_front)) == (39, 200)


@pytest.mark.parametrize("pieces", [0, -1, 20_001])
def test_a_slip_of_the_finger_is_no_refill(front: Front, pieces: int) -> None:
    with pytest.raises(Refused, match="应在 1 到 20000 之间"):
        front.slips.refill(pieces)
    assert front.slips.level() is None


def test_a_station_nobody_knows_is_named(front: Front) -> None:
    with pytest.raises(Missing, match="没有名为“取号机”的工作站"):
        front.slips.refill(100, station="取号机")


def test_a_kiosk_sees_its_level_and_does_not_refill(front_of: Callable[..., Front], store: Store) -> None:
    kiosk = front_of(store, station_actor("kiosk", name="取号机", hall_id=store.hall_id))
    assert kiosk.slips.levels() == ()
    with pytest.raises(NotAuthorised):
        kiosk.slips.refill(100)
