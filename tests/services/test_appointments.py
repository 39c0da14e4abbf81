"""Appointments: imported as a whole or not at all, shown masked, checked in once, missed when the day is over."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import HallError, Refused
from hall.rules import appointments as rule
from hall.rules.appointment_file import BookedTime
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.cards import Card
from hall.rules.imports import BadRows
from hall.rules.people import Actor
from hall.services import appointments
from hall.services.day_end import end_past_days
from hall.services.front import Front
from hall.store import Store
from hall.store.integrity import verify_data
from hall.store.schema.appointments import Appointment
from hall.store.schema.people import Person
from hall.store.schema.queueing import Ticket
from hall.store.schema.trail import AuditRow, ChangeRow

TODAY = date(2026, 11, 23)  # 09:42 on the clock of the tests
PHONE = "13900001234"
MINUTE = timedelta(minutes=1)


def booked(card: Card, starts: str = "10:00", *, reference: str = "YY-1", **given: object) -> BookedTime:
    at = time.fromisoformat(starts)
    ends = time(at.hour + 1, at.minute)
    row = BookedTime(2, reference, card.name, card.id_number, PHONE, "XK05", TODAY, at, ends)
    return replace(row, **given)  # type: ignore[arg-type]  # fields of BookedTime


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=HALL_ZONE)


def state_of(store: Store, reference: str) -> str:
    with store.read() as session:
        return session.scalars(select(Appointment.state).where(Appointment.reference == reference)).one()


def cancel_ticket(store: Store, actor: Actor, code: str) -> None:
    with store.work("test.cancel", actor) as work:
        ticket = work.session.scalars(select(Ticket).where(Ticket.code == code)).one()
        ticket.state = "cancelled"
        work.audit(f"ticket:{ticket.id}")


Book = Callable[..., appointments.AppointmentsImported]


@pytest.fixture
def book(store: Store, administrator: Actor) -> Book:
    """Imports booked times."""

    def load(*rows: BookedTime) -> appointments.AppointmentsImported:
        return appointments.import_appointments(store, administrator, booked=rows)

    return load


@pytest.fixture
def kiosk(front_of: Callable[..., Front], store: Store) -> Front:
    return front_of(store, station_actor("kiosk", name="取号机", hall_id=store.hall_id))


def test_an_import_says_what_is_new_and_what_stood_as_it_was(book: Book, make_card: Callable[..., Card]) -> None:
    card = make_card()
    first, second = booked(card), booked(card, reference="YY-2")
    assert book(first, second).added == ("YY-1", "YY-2")
    done = book(first, replace(second, starts=time(9)), booked(card, reference="YY-3"))
    assert (done.added, done.renewed, done.unchanged, done.kept) == (("YY-3",), ("YY-2",), ("YY-1",), ())


@pytest.mark.both
@pytest.mark.parametrize(
    "change",
    [
        {"name": "李测清"},
        {"phone": ""},
        {"matter_code": "XK02"},
        {"day": date(2026, 11, 24)},
        {"starts": time(9, 45)},
        {"ends": time(12)},
    ],
)
def test_a_booked_time_that_has_changed_is_brought_up_to_date(
    book: Book, make_card: Callable[..., Card], change: dict[str, object]
) -> None:
    row = booked(make_card())
    book(row)
    assert book(replace(row, **change)).renewed == ("YY-1",)  # type: ignore[arg-type]  # fields of BookedTime
    assert book(replace(row, **change)).unchanged == ("YY-1",)  # type: ignore[arg-type]  # fields of BookedTime


@pytest.mark.both
def test_what_is_no_longer_booked_is_left_as_it_is(
    book: Book, kiosk: Front, store: Store, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    book(booked(card))
    kiosk.taking.check_in(card)
    assert book(booked(card, "11:00")).kept == ("YY-1",)
    assert state_of(store, "YY-1") == "checked_in"


def test_a_bad_row_keeps_the_whole_file_out(book: Book, store: Store, make_card: Callable[..., Card]) -> None:
    good = booked(make_card())
    rows = (
        good,
        booked(make_card(), reference="YY-2", line=3, matter_code="XK99"),
        booked(make_card(), reference="YY-3", line=4, day=date(2026, 11, 20)),
    )
    with pytest.raises(BadRows) as refused:
        book(*rows)
    assert [row.line for row in refused.value.rows] == [3, 4]
    assert "没有事项 XK99，请核对事项目录" in str(refused.value)
    assert "2026-11-20 已过" in str(refused.value)
    with store.read() as session:
        assert session.scalars(select(Appointment)).all() == []


def test_a_past_day_is_taken_for_what_is_known(
    book: Book, store: Store, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    card = make_card()
    book(booked(card))
    clock.instant += timedelta(days=1)
    end_past_days(store)
    assert book(booked(card)).kept == ("YY-1",)


@pytest.mark.both
def test_a_name_a_phone_and_a_number_are_never_stored_readable(
    book: Book, store: Store, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    book(booked(card))
    with store.read() as session:
        record = session.scalars(select(Appointment)).one()
        stored = (record.name_sealed, record.phone_sealed, record.id_number_index)
        told = (row.subject + row.detail for row in session.scalars(select(AuditRow)))
        keys = session.scalars(select(ChangeRow.key))
        everything = " ".join([*map(str, stored), *told, *keys])
    for personal in (card.name, PHONE, card.id_number):
        assert personal not in everything


@pytest.mark.both
def test_the_day_is_listed_masked_in_order_of_time(
    book: Book, front: Front, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    card = make_card()
    tomorrow = booked(card, reference="YY-9", day=date(2026, 11, 24))
    book(booked(card, "14:00"), booked(card, "10:00", reference="YY-2", phone="", matter_code="XK02"), tomorrow)
    clock.instant = at(13, 55)
    code = front.taking.check_in_reference("YY-1").code
    first, second = front.taking.appointments()
    assert (first.reference, first.state, first.ticket_code, first.phone_masked) == ("YY-2", "booked", None, "")
    assert (second.reference, second.state, second.ticket_code) == ("YY-1", "checked_in", code)
    assert (second.name_masked, second.phone_masked) == ("张*明", "139****1234")
    assert (second.starts_at, second.ends_at, second.matter_code) == (at(14, 0), at(15, 0), "XK05")
    assert second.matter_name == front.intake.look("XK05", ()).matter.name
    assert card.id_number not in repr((first, second))


@pytest.mark.both
def test_a_check_in_waits_from_its_own_time(
    book: Book, kiosk: Front, store: Store, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    card = make_card()
    book(booked(card, "10:00"))
    issued = kiosk.taking.check_in(card)
    assert (issued.code, issued.priority, issued.state, issued.notice) == ("Y001", "appointment", "waiting", "")
    with store.read() as session:
        ticket = session.get_one(Ticket, issued.ticket_id)
        record = session.scalars(select(Appointment)).one()
        assert (ticket.channel, ticket.favoured, ticket.appointment_id) == ("appointment", True, record.id)
        assert (ticket.issued_at, ticket.waits_from, ticket.rank_at) == (clock.instant, at(10, 0), at(9, 30))
        assert ticket.must_call_by == at(11, 0)
        assert (record.state, record.checked_in_at) == ("checked_in", clock.instant)
        assert session.scalars(select(Person.name).where(Person.id == ticket.person_id)).one() == card.name


def test_who_is_counted_ahead_is_who_ranks_before_the_booked_time(
    book: Book, front: Front, kiosk: Front, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    card = make_card()
    book(booked(card, "11:00"))
    for minute in (20, 25, 35):
        clock.instant = at(10, minute)
        front.taking.issue("XK05", channel="staff")
    assert kiosk.taking.check_in(card).waiting_ahead == 2  # ranked as if taken at 10:30


def test_who_comes_too_late_takes_an_ordinary_place(
    book: Book, kiosk: Front, store: Store, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    in_time, late = make_card(), make_card()
    book(booked(in_time, "10:00"), booked(late, "10:00", reference="YY-2"))
    clock.instant = at(10, 15)
    first = kiosk.taking.check_in(in_time)
    assert (first.priority, first.notice) == ("appointment", "")
    clock.instant = at(10, 16)
    second = kiosk.taking.check_in(late)
    assert (second.priority, second.code) == ("ordinary", "B001")
    assert "按普通号排队" in second.notice
    with store.read() as session:
        waits = [session.get_one(Ticket, each.ticket_id).waits_from for each in (first, second)]
    assert waits == [at(10, 0), at(10, 16)]
    assert state_of(store, "YY-2") == "checked_in"


def test_a_late_elder_is_still_an_elder(
    book: Book, kiosk: Front, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    card = make_card(birth=date(1950, 1, 1))
    book(booked(card, "10:00"))
    clock.instant = at(11, 0)
    assert kiosk.taking.check_in(card).priority == "elder"


def test_too_early_is_refused_and_leaves_it_booked(
    book: Book, kiosk: Front, store: Store, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    book(booked(card, "11:00"))
    with pytest.raises(rule.TooEarly, match="预约时间是 11:00，10:00 起可以签到"):
        kiosk.taking.check_in(card)
    assert state_of(store, "YY-1") == "booked"


@pytest.mark.both
def test_twice_is_refused_with_the_number_already_given(
    book: Book, kiosk: Front, front: Front, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    book(booked(card))
    code = kiosk.taking.check_in(card).code
    with pytest.raises(rule.AlreadyCheckedIn, match=f"号码是 {code}"):
        kiosk.taking.check_in(card)
    with pytest.raises(rule.AlreadyCheckedIn, match=f"号码是 {code}"):
        front.taking.check_in_reference("YY-1")


def test_a_cancelled_number_gives_the_appointment_back(
    book: Book, kiosk: Front, store: Store, actor: Actor, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    book(booked(card))
    cancel_ticket(store, actor, kiosk.taking.check_in(card).code)
    assert kiosk.taking.check_in(card).code == "Y002"


def test_of_several_the_earliest_without_a_number_is_checked_in(
    book: Book, kiosk: Front, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    book(booked(card, "10:15", reference="YY-2", matter_code="XK02"), booked(card, "10:00"))
    assert [kiosk.taking.check_in(card).matter_code for _ in range(2)] == ["XK05", "XK02"]
    with pytest.raises(rule.AlreadyCheckedIn, match="Y002"):
        kiosk.taking.check_in(card)


@pytest.mark.both
def test_an_appointment_counts_neither_for_the_quota_nor_for_the_person(
    book: Book, kiosk: Front, make_card: Callable[..., Card]
) -> None:
    taking = replace(kiosk.policy.taking, quotas={"XK05": 1}, per_person=1)
    hall = replace(kiosk, policy=replace(kiosk.policy, taking=taking))
    card = make_card()
    book(booked(card))
    hall.taking.issue("XK05", channel="card", card=card)
    hall.taking.check_in(card)
    assert hall.taking.availability().of("XK05").remaining == 0


@pytest.mark.both
def test_a_reference_that_cannot_be_checked_in_says_why(
    book: Book, front: Front, store: Store, actor: Actor, make_card: Callable[..., Card]
) -> None:
    book(booked(make_card(), reference="YY-2", day=date(2026, 11, 24)), booked(make_card(), reference="YY-3"))
    with store.work("test.cancel", actor) as work:
        record = work.session.scalars(select(Appointment).where(Appointment.reference == "YY-3")).one()
        record.state = "cancelled"
        work.audit("appointment")
    refusals: dict[str, tuple[type[HallError], str]] = {
        "YY-404": (rule.NoSuchReference, "没有编号为“YY-404”的预约"),
        "YY-2": (rule.OtherDay, "该预约是 2026-11-24 的"),
        "YY-3": (rule.AppointmentOver, "状态是“已取消”"),
    }
    for reference, (error, sentence) in refusals.items():
        with pytest.raises(error, match=sentence):
            front.taking.check_in_reference(reference)


def test_a_card_without_an_appointment_is_told_so(
    book: Book, kiosk: Front, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    card = make_card()
    book(booked(card, day=date(2026, 11, 24)))
    with pytest.raises(rule.NoAppointment, match="今天没有预约。可直接取普通号"):
        kiosk.taking.check_in(card)
    clock.instant += timedelta(days=1)
    assert kiosk.taking.check_in(card).priority == "appointment"


@pytest.mark.both
def test_by_reference_the_hall_knows_the_person_only_if_it_did_before(
    book: Book, kiosk: Front, front: Front, store: Store, make_card: Callable[..., Card]
) -> None:
    known, stranger = make_card(), make_card()
    kiosk.taking.issue("XK02", channel="card", card=known)
    book(booked(known), booked(stranger, reference="YY-2"))
    ids = [front.taking.check_in_reference(reference).ticket_id for reference in ("YY-1", "YY-2")]
    with store.read() as session:
        persons = [session.get_one(Ticket, ticket_id).person_id for ticket_id in ids]
        assert persons == [session.scalars(select(Person.id)).one(), None]


@pytest.mark.both
def test_the_check_of_the_data_names_an_appointment_without_its_number_or_with_two(
    book: Book, kiosk: Front, store: Store, actor: Actor, make_card: Callable[..., Card]
) -> None:
    here, card = make_card(), make_card()
    book(booked(here), booked(card, reference="YY-2"))
    ids = [kiosk.taking.check_in(each).ticket_id for each in (here, card)]
    with store.read() as session:
        assert verify_data(session) == []
    with store.work("test.spoil", actor) as work:
        first, second = (work.session.get_one(Ticket, ticket_id) for ticket_id in ids)
        second.appointment_id = first.appointment_id
        work.audit("appointment")
    with store.read() as session:
        assert [problem.sentence for problem in verify_data(session)] == [
            "表 appointment：1 个预约已签到，却没有号票。",
            "表 appointment：1 个预约有不止一张有效号票。",
        ]


def test_two_stations_check_an_appointment_in_once(
    book: Book, front: Front, other_front: Front, make_card: Callable[..., Card]
) -> None:
    book(booked(make_card()))

    def check_in(desk: Front) -> str:
        try:
            return desk.taking.check_in_reference("YY-1").code
        except Refused as refusal:
            return str(refusal)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(check_in, (front, other_front) * 4))
    assert answers.count("Y001") == 1
    assert sum("号码是 Y001" in answer for answer in answers) == 7


def test_what_nobody_checked_in_is_missed_when_the_day_is_over(
    book: Book, kiosk: Front, store: Store, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    here, away = make_card(), make_card()
    tomorrow = booked(away, reference="YY-3", day=date(2026, 11, 24))
    book(booked(here), booked(away, reference="YY-2"), tomorrow)
    end_past_days(store)
    kiosk.taking.check_in(here)
    assert state_of(store, "YY-2") == "booked"
    clock.instant += timedelta(days=1)
    end_past_days(store)
    assert [state_of(store, reference) for reference in ("YY-1", "YY-2", "YY-3")] == ["checked_in", "missed", "booked"]


def test_who_may_import_and_list_them(
    front_of: Callable[..., Front], store: Store, kiosk: Front, front: Front, actor_with: Callable[..., Actor]
) -> None:
    with pytest.raises(NotAuthorised):
        appointments.import_appointments(store, front.actor, booked=())
    with pytest.raises(NotAuthorised):
        kiosk.taking.appointments()
    assert front_of(store, actor_with("guide")).taking.appointments() == ()
    appointments.import_appointments(store, actor_with("manager"), booked=())
