"""Taking a number: without gaps, within quota, hours and the limit per person, for one matter or several."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from hall.clock import FixedClock
from hall.errors import Refused
from hall.rules import taking
from hall.rules.authority import station_actor
from hall.rules.cards import Card
from hall.rules.queue_policy import TakingWindow
from hall.services.catalogue import NoSuchMatter
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.catalogue import Matter
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket, TicketEvent, TicketMatter
from hall.store.schema.trail import ChangeRow

MONDAY = 0
AFTERNOON = TakingWindow(MONDAY, time(13, 30), time(16, 30))
MORNING = TakingWindow(MONDAY, time(8, 30), time(11, 30))


def take(front: Front, matter: str = "XK05", **given: object) -> str:
    return front.taking.issue(matter, channel="staff", **given).code  # type: ignore[arg-type]  # as TakingFront.issue takes them


def with_limits(front: Front, **given: object) -> Front:
    """The same front in a hall with other limits."""
    limits = replace(front.policy.taking, **given)  # type: ignore[arg-type]  # fields of TakingPolicy
    return replace(front, policy=replace(front.policy, taking=limits))


def cancel(store: Store, code: str) -> None:
    with store.work("test.cancel", station_actor("kiosk", name="取号机", hall_id=store.hall_id)) as work:
        ticket = work.session.scalars(select(Ticket).where(Ticket.code == code)).one()
        ticket.state = "cancelled"
        work.audit(f"ticket:{ticket.id}")


@pytest.fixture
def kiosk(front_of: Callable[..., Front], store: Store) -> Front:
    return front_of(store, station_actor("kiosk", name="取号机", hall_id=store.hall_id))


def test_numbers_run_per_prefix_without_gaps(front: Front) -> None:
    assert [take(front, code) for code in ("XK05", "XK02", "XK06", "XK05")] == ["B001", "A001", "B002", "B003"]


def test_a_kind_of_priority_has_numbers_of_its_own(front: Front) -> None:
    kinds = ("elder", "ordinary", "soldier", "elder", "disabled", "pregnant", "honoured")
    codes = [take(front, priority=kind) for kind in kinds]
    assert codes == ["L001", "B001", "J001", "L002", "K001", "M001", "U001"]


def test_a_ticket_says_what_the_walk_in_needs_to_know(front: Front, clock: FixedClock) -> None:
    take(front)
    issued = front.taking.issue("XK02", channel="kiosk")
    assert (issued.code, issued.matter_code, issued.waiting_ahead, issued.priority) == ("A001", "XK02", 1, "ordinary")
    assert (issued.state, issued.notice, issued.issued_at) == ("waiting", "", clock.instant)


@pytest.mark.both
def test_where_slips_are_printed_a_number_leaves_event_slip_and_notices(
    front_of: Callable[..., Front], store: Store, front: Front
) -> None:
    issued = front_of(store, front.actor, slip=True).taking.issue("XK05", channel="staff")
    assert issued.state == "reserved"
    with store.read() as session:
        job = session.scalars(select(PrintJob)).one()
        assert (job.printer, job.state, job.title) == ("slip", "queued", "叫号小票 B001")
        assert (job.station_id, job.subject_id) == (store.station.id, issued.ticket_id)
        topics = session.execute(select(ChangeRow.topic, ChangeRow.key).where(ChangeRow.origin == "station-1")).tuples()
        assert {("spool", str(job.subject_id)), ("queue", "B001")} <= set(topics)
        assert list(session.scalars(select(TicketEvent.kind))) == ["reserve"]


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"priority": "vip"}, Refused, "没有“vip”这种优先类别"),
        ({"priority": "appointment"}, taking.AppointmentOnly, "凭预约签到"),
        ({"channel": "fax"}, taking.UnknownChannel, "不认识的取号方式“fax”"),
        ({"matter_code": "XK99"}, NoSuchMatter, "没有编码为“XK99”的事项"),
        ({"further": ("XK99",)}, NoSuchMatter, "没有编码为“XK99”的事项"),
        ({"further": ("XK02", "XK05")}, taking.MatterRepeated, "XK05 选了两次"),
        ({"further": ("XK02", "XK03", "XK04", "XK06", "XK07")}, taking.TooManyMatters, "最多办 5 个事项"),
    ],
)
def test_a_wrong_wish_is_refused_and_draws_no_number(
    front: Front, given: dict[str, str], error: type[Exception], sentence: str
) -> None:
    wish = {"matter_code": "XK05", "channel": "staff"} | given
    with pytest.raises(error, match=sentence):
        front.taking.issue(wish.pop("matter_code"), **wish)  # type: ignore[arg-type]  # as TakingFront.issue takes them
    assert take(front) == "B001"


@pytest.mark.parametrize(
    ("birth", "wanted", "priority"),
    [
        (date(1966, 11, 23), "ordinary", "elder"),
        (date(1966, 11, 24), "ordinary", "ordinary"),
        (date(1950, 1, 1), "soldier", "soldier"),
        (date(1950, 1, 1), "elder", "elder"),
    ],
)
def test_the_age_on_a_card_makes_an_elder(
    kiosk: Front, make_card: Callable[..., Card], birth: date, wanted: str, priority: str
) -> None:
    issued = kiosk.taking.issue("XK05", channel="card", priority=wanted, card=make_card(birth=birth))
    assert issued.priority == priority


def test_at_a_kiosk_an_elder_shows_the_card_and_a_soldier_is_believed(
    kiosk: Front, front: Front, make_card: Callable[..., Card]
) -> None:
    for wish in ({"channel": "kiosk"}, {"channel": "card", "card": make_card()}, {"channel": "staff"}):
        with pytest.raises(taking.ElderByCardOnly):
            kiosk.taking.issue("XK05", priority="elder", **wish)
    assert kiosk.taking.issue("XK05", channel="kiosk", priority="soldier").priority == "soldier"
    assert take(front, priority="elder") == "L001"  # staff have seen the person


def test_two_stations_issuing_at_once_leave_no_gap(front: Front, other_front: Front) -> None:
    with ThreadPoolExecutor(4) as pool:
        issued = list(pool.map(take, (front, other_front) * 10))
    assert sorted(issued) == [f"B{number:03d}" for number in range(1, 21)]


@pytest.mark.both
def test_further_matters_stand_on_the_ticket_in_their_order(front: Front, store: Store) -> None:
    issued = front.taking.issue("XK05", channel="staff", further=("XK06", "XK02"))
    with store.read() as session:
        rows = session.execute(
            select(TicketMatter.position, Matter.code, TicketMatter.done_at)
            .join(Matter, Matter.id == TicketMatter.matter_id)
            .where(TicketMatter.ticket_id == issued.ticket_id)
            .order_by(TicketMatter.position)
        ).tuples()
        assert rows.all() == [(1, "XK06", None), (2, "XK02", None)]


def test_a_quota_ends_the_days_numbers_of_its_matter_alone(front: Front, clock: FixedClock) -> None:
    hall = with_limits(front, quotas={"XK05": 2})
    assert [take(hall), take(hall)] == ["B001", "B002"]
    for wish in ({}, {"priority": "elder"}, {"matter": "XK02", "further": ("XK05",)}):
        with pytest.raises(taking.QuotaReached, match="该事项今日取号数已达上限（2 个）"):
            take(hall, **wish)
    assert take(hall, "XK06") == "B003"
    clock.instant += timedelta(days=1)
    assert take(hall) == "B001"


def test_a_quota_counts_further_matters_and_gives_cancelled_numbers_back(front: Front, store: Store) -> None:
    hall = with_limits(front, quotas={"XK05": 2, "XK06": 1})
    first = take(hall, "XK02", further=("XK05", "XK06"))
    take(hall)
    with pytest.raises(taking.QuotaReached):
        take(hall)
    cancel(store, first)
    take(hall, further=("XK06",))
    for code in ("XK05", "XK06"):
        with pytest.raises(taking.QuotaReached):
            take(hall, code)


def test_a_ticket_that_has_gone_on_to_another_matter_still_counts_for_its_first(front: Front, store: Store) -> None:
    hall = with_limits(front, quotas={"XK05": 1})
    code = take(hall)
    with store.work("test.transfer", front.actor) as work:
        ticket = work.session.scalars(select(Ticket).where(Ticket.code == code)).one()
        ticket.matter_id = work.session.scalars(select(Matter.id).where(Matter.code == "XK02")).one()
        work.audit(f"ticket:{ticket.id}")
    with pytest.raises(taking.QuotaReached):
        take(hall)


def test_outside_the_hours_no_number_is_taken(front: Front, clock: FixedClock) -> None:
    hall = with_limits(front, windows=(AFTERNOON,), matter_windows={"XK02": (MORNING,)})
    with pytest.raises(taking.TakingClosed, match="下次取号从11月23日（星期一）13:30开始"):
        take(hall)
    assert take(hall, "XK02") == "A001"
    with pytest.raises(taking.TakingClosed):
        take(hall, "XK02", further=("XK05",))
    clock.instant = clock.instant.replace(hour=6)  # 14:00 at the hall
    assert take(hall) == "B001"


@pytest.mark.both
def test_one_card_takes_as_many_numbers_a_day_as_the_hall_allows(
    front: Front, store: Store, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    hall = with_limits(front, per_person=2)
    card = make_card()
    first, _ = take(hall, card=card), take(hall, "XK02", card=card)
    with pytest.raises(taking.PersonLimitReached, match="这张证件今日已取 2 个号"):
        take(hall, card=card)
    assert take(hall, card=make_card()) == "B002"
    assert take(hall) == "B003"  # without a card nobody is known
    cancel(store, first)
    assert take(hall, card=card) == "B004"
    clock.instant += timedelta(days=1)
    assert take(hall, card=card) == "B001"


def test_a_hall_without_limits_is_open_for_every_matter(kiosk: Front) -> None:
    view = kiosk.taking.availability()
    assert view.of("XK05").open
    assert (view.of("XK05").remaining, view.of("XK05").why_not, dict(view.matters)) == (None, "", {})
    assert view.kinds == ("soldier", "disabled", "pregnant", "honoured")


def test_the_kiosk_reads_what_is_left_and_why_nothing_is(kiosk: Front, clock: FixedClock) -> None:
    limits = {"quotas": {"XK05": 2, "XK06": 1}, "matter_windows": {"XK02": (AFTERNOON,)}}
    hall = with_limits(kiosk, **limits)
    hall.taking.issue("XK05", channel="kiosk", further=("XK06",))
    view = hall.taking.availability()
    assert (view.of("XK05").open, view.of("XK05").remaining) == (True, 1)
    assert (view.of("XK06").open, view.of("XK06").remaining) == (False, 0)
    assert "已达上限（1 个）" in view.of("XK06").why_not
    assert view.of("XK02").why_not.startswith("现在不在取号时间内")
    assert view.of("XK07").open
    assert view.as_of == clock.instant
    closed = with_limits(kiosk, windows=(AFTERNOON,), **limits).taking.availability()
    assert not closed.of("XK07").open
