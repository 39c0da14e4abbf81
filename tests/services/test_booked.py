"""What the kiosk learns before and after a number: the card's appointment, and what became of the slip."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from hall.clock import HALL_ZONE
from hall.errors import Missing
from hall.rules.appointment_file import BookedTime
from hall.rules.appointments import AlreadyCheckedIn
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.services import spool
from hall.services.appointments import import_appointments
from hall.services.booked import Booked
from hall.services.front import Front
from hall.store import Store


@pytest.fixture
def kiosk(store: Store, front_of: Callable[..., Front]) -> Front:
    return front_of(store, station_actor("kiosk", name="取号机", hall_id=store.hall_id), slip=True)


@pytest.fixture
def book(store: Store, manager: Actor) -> Callable[[Card, str, time], None]:
    """Books a time of the test's day for a card."""

    def enter(card: Card, reference: str, starts: time) -> None:
        day = date(2026, 11, 23)
        booked = BookedTime(2, reference, card.name, card.id_number, "", "XK05", day, starts, time(11))
        import_appointments(store, manager, booked=(booked,))

    return enter


def test_a_card_sees_its_first_appointment_without_a_number(
    kiosk: Front, book: Callable[[Card, str, time], None], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    book(card, "Y2", time(10, 30))
    book(card, "Y1", time(10))
    found = kiosk.taking.booked(card)
    assert isinstance(found, Booked)
    assert (found.starts_at, found.matter_name) == (
        datetime(2026, 11, 23, 10, tzinfo=HALL_ZONE),
        "临时占用城市道路许可",
    )
    kiosk.taking.check_in(card)
    later = kiosk.taking.booked(card)
    assert later is not None
    assert later.starts_at > found.starts_at
    assert kiosk.taking.booked(make_card()) is None


def test_a_reference_typed_at_a_kiosk_puts_nobodys_name_on_the_ticket(
    kiosk: Front,
    front: Front,
    book: Callable[[Card, str, time], None],
    make_card: Callable[..., Card],
) -> None:
    card = make_card()
    front.taking.issue("XK05", channel="card", card=card)  # the hall knows the person
    book(card, "Y1", time(10))
    ticket = kiosk.taking.check_in_reference("Y1")
    kiosk_job = spool.claim(kiosk.store, printer="slip")
    assert kiosk_job is not None
    spool.settle(kiosk.store, job_id=kiosk_job.job_id, outcome="printed")
    first = front.calling.call_next(1)
    assert (first.code, first.applicant) == (ticket.code, None)
    with pytest.raises(AlreadyCheckedIn):
        kiosk.taking.check_in_reference("Y1")


@pytest.mark.parametrize(("outcome", "fate"), [("printed", "out"), ("failed", "not_out"), ("unknown", "not_out")])
def test_the_screen_learns_what_became_of_the_slip(kiosk: Front, outcome: spool.Outcome, fate: str) -> None:
    ticket = kiosk.taking.issue("XK05", channel="kiosk")
    assert kiosk.slips.fate(ticket.ticket_id) == "printing"
    job = spool.claim(kiosk.store, printer="slip")
    assert job is not None
    assert kiosk.slips.fate(ticket.ticket_id) == "printing"
    spool.settle(kiosk.store, job_id=job.job_id, outcome=outcome, error="卡纸")
    assert kiosk.slips.fate(ticket.ticket_id) == fate


@pytest.mark.both
def test_the_slip_of_a_cancelled_ticket_is_not_out(kiosk: Front, front: Front) -> None:
    ticket = kiosk.taking.issue("XK05", channel="kiosk")
    front.slips.void(ticket.ticket_id, "当事人已离开")
    assert kiosk.slips.fate(ticket.ticket_id) == "not_out"


def test_nobody_learns_of_a_ticket_that_is_not_there(
    kiosk: Front, store: Store, front_of: Callable[..., Front]
) -> None:
    with pytest.raises(Missing):
        kiosk.slips.fate(4711)
    with pytest.raises(NotAuthorised):
        front_of(store, station_actor("display", name="大屏", hall_id=store.hall_id)).slips.fate(1)
