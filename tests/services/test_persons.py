"""Persons: entered once, unreadable in the file, found by number, masked on screen, unmasked with a trace."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hall.errors import Refused
from hall.rules.authority import NotAuthorised
from hall.rules.cards import Card
from hall.rules.identity import BadNumber, BadPhone, id_check_digit
from hall.rules.people import Actor
from hall.services import persons
from hall.services.persons import NameMissing, NoSuchPerson, PersonDetails, PersonView
from hall.store import Store
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.trail import AuditRow
from hall.store.secrets import KeyRing, SealBroken

NUMBER = "99999919900307123" + id_check_digit("99999919900307123")
PHONE = "13900001234"
ADDRESS = "莲城区向阳路18号3单元502室"
CODE = "91999999MA00000000"

CARD = Card(
    kind="resident",
    name="张测明",
    sex="男",
    birth=date(1990, 3, 7),
    id_number=NUMBER,
    valid_from=date(2020, 1, 1),
    valid_to=None,
    address=ADDRESS,
)
TYPED = PersonDetails(kind="resident", name="张测明", id_number=NUMBER, phone=PHONE, address=ADDRESS)


def enter(store: Store, actor: Actor, details: PersonDetails) -> int:
    with store.work("case.accept", actor) as work:
        person_id = persons.record_details(work, details)
        work.audit(f"person:{person_id}")
    return person_id


def enter_card(store: Store, actor: Actor, card: Card, *, phone: str = "") -> int:
    with store.work("case.accept", actor) as work:
        person_id = persons.record_card(work, card, phone=phone)
        work.audit(f"person:{person_id}")
    return person_id


def view(store: Store, person_id: int) -> PersonView:
    with store.read() as session:
        return persons.public_view(session.get_one(Person, person_id), store.key_ring)


def count(store: Store) -> int:
    with store.read() as session:
        return session.scalars(select(func.count()).select_from(Person)).one()


def test_a_person_is_entered_once_however_often_the_card_is_read(store: Store, actor: Actor) -> None:
    first = enter_card(store, actor, CARD)
    assert enter_card(store, actor, CARD, phone=PHONE) == first
    assert enter(store, actor, replace(TYPED, id_number=f" {NUMBER.lower()} ")) == first
    assert count(store) == 1


def test_a_screen_sees_only_masks(store: Store, actor: Actor) -> None:
    seen = view(store, enter_card(store, actor, CARD, phone=PHONE))
    assert (seen.kind, seen.sex, seen.name_masked) == ("resident", "男", "张*明")
    assert seen.id_masked == f"999999********{NUMBER[-4:]}"
    assert seen.phone_masked == "139****1234"
    assert seen.address_masked == "莲城区****"
    assert not any(secret in repr(seen) for secret in (NUMBER, PHONE, "向阳路", "张测明"))


def test_what_is_not_given_again_stays_known(store: Store, actor: Actor) -> None:
    enter(store, actor, TYPED)
    person_id = enter(store, actor, PersonDetails(kind="resident", name="张测明", id_number=NUMBER))
    seen = view(store, person_id)
    assert seen.phone_masked == "139****1234"
    assert seen.address_masked == "莲城区****"


def test_the_address_last_written_to_the_chip_counts(
    store: Store, actor: Actor, actor_with: Callable[..., Actor]
) -> None:
    person_id = enter_card(store, actor, replace(CARD, newest_address="莲城区新居路2号"))
    full = persons.unmask(store, actor_with("approver"), person_id=person_id, reason="核对送达地址")
    assert full.address == "莲城区新居路2号"


def test_a_typed_number_tells_kind_and_sex(store: Store, actor: Actor) -> None:
    number = "810000199003071" + "24"
    person_id = enter(store, actor, replace(TYPED, id_number=number + id_check_digit(number)))
    seen = view(store, person_id)
    assert (seen.kind, seen.sex) == ("hmt", "女")


def test_an_organisation_stands_with_its_public_code(store: Store, actor: Actor) -> None:
    details = PersonDetails(kind="organisation", name="莲城测试商行", id_number=_credit_code())
    seen = view(store, enter(store, actor, details))
    assert (seen.name_masked, seen.id_masked) == ("莲城测试商行", _credit_code())


@pytest.mark.both
def test_persons_without_a_number_are_not_taken_for_each_other(store: Store, actor: Actor) -> None:
    caller = PersonDetails(kind="resident", name="李测", phone=PHONE)
    assert enter(store, actor, caller) != enter(store, actor, caller)
    with store.read() as session:
        found = persons.find_by_phone(session, store.key_ring, hall_id=store.hall_id, phone="139 0000 1234")
        assert [each.name for each in found] == ["李测", "李测"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (replace(TYPED, id_number=NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")), BadNumber),
        (replace(TYPED, kind="organisation"), BadNumber),
        (replace(TYPED, phone="12345"), BadPhone),
        (replace(TYPED, name="  "), NameMissing),
    ],
)
def test_wrong_details_are_refused_and_nothing_is_entered(
    store: Store, actor: Actor, wrong: PersonDetails, error: type[Refused]
) -> None:
    with pytest.raises(error) as caught:
        enter(store, actor, wrong)
    assert wrong.id_number not in str(caught.value)
    assert count(store) == 0


def test_a_person_is_found_by_number_in_its_own_hall_only(store: Store, actor: Actor) -> None:
    person_id = enter(store, actor, TYPED)
    with store.read() as session:
        found = persons.find_by_id_number(session, store.key_ring, hall_id=store.hall_id, number=NUMBER.lower())
        assert found is not None
        assert found.id == person_id
        ring = store.key_ring
        assert persons.find_by_id_number(session, ring, hall_id=store.hall_id + 1, number=NUMBER) is None
        assert persons.find_by_id_number(session, ring, hall_id=store.hall_id, number=_credit_code()) is None


def test_two_counters_enter_the_same_person_once(store: Store, other_station: Store, actor: Actor) -> None:
    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(enter, each, actor, TYPED) for each in (store, other_station) * 4]
        assert len({future.result() for future in futures}) == 1
    assert count(store) == 1


@pytest.mark.both
def test_unmasking_gives_everything_and_leaves_a_trace(store: Store, actor: Actor) -> None:
    person_id = enter(store, actor, TYPED)
    full = persons.unmask(store, actor, person_id=person_id, reason=" 核对送达地址 ")
    assert full == replace(TYPED, sex=full.sex)
    with store.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "person.unmask")).one()
        assert (row.subject, row.account_id) == (f"person:{person_id}", actor.account_id)
        assert "核对送达地址" in row.detail
        assert NUMBER not in row.detail
    assert not any(secret in repr(full) for secret in (NUMBER, PHONE, ADDRESS, "张测明"))


def test_unmasking_takes_a_reason_without_numbers(store: Store, actor: Actor) -> None:
    person_id = enter(store, actor, TYPED)
    with pytest.raises(persons.ReasonMissing):
        persons.unmask(store, actor, person_id=person_id, reason="  ")
    with pytest.raises(persons.ReasonHoldsNumber):
        persons.unmask(store, actor, person_id=person_id, reason=f"回电{PHONE}")


@pytest.mark.parametrize("role", ["guide", "administrator"])
def test_unmasking_takes_the_right(store: Store, actor: Actor, actor_with: Callable[..., Actor], role: str) -> None:
    person_id = enter(store, actor, TYPED)
    with pytest.raises(NotAuthorised, match="查看完整个人信息"):
        persons.unmask(store, actor_with(role), person_id=person_id, reason="核对")


def test_another_halls_person_cannot_be_unmasked(store: Store, actor: Actor) -> None:
    with store.work("case.accept", actor) as work:
        other = Hall(code="north", name="北区大厅", short_name="北城管")
        work.session.add(other)
        work.session.flush()
        person = Person(
            hall_id=other.id, kind="resident", name="王测", sex="", created_at=work.now, changed_at=work.now
        )
        work.session.add(person)
        work.session.flush()
        person_id = person.id
        work.audit(f"person:{person_id}")
    for missing in (person_id, person_id + 1):
        with pytest.raises(NoSuchPerson):
            persons.unmask(store, actor, person_id=missing, reason="核对")


@pytest.mark.both
def test_a_value_moved_to_another_column_is_noticed(store: Store, actor: Actor) -> None:
    person_id = enter(store, actor, TYPED)
    with store.work("case.accept", actor) as work:
        person = work.session.get_one(Person, person_id)
        person.address_sealed = person.phone_sealed
        work.audit(f"person:{person_id}")
    with pytest.raises(SealBroken, match=r"person\.address"):
        view(store, person_id)


def test_after_a_rotation_old_persons_are_found_and_read(
    database_url: str, open_store: Callable[..., Store], actor: Actor, tmp_path: Path
) -> None:
    store = open_store(database_url)
    store.key_ring = KeyRing.create(tmp_path / "keys")
    person_id = enter(store, actor, TYPED)
    store.key_ring = KeyRing.rotate(tmp_path / "keys")
    assert view(store, person_id).phone_masked == "139****1234"
    assert enter_card(store, actor, CARD) == person_id


def test_the_database_file_shows_no_personal_data(
    sqlite_url: str, open_store: Callable[..., Store], actor: Actor
) -> None:
    store = open_store(sqlite_url)
    person_id = enter_card(store, actor, CARD, phone=PHONE)
    enter(store, actor, replace(TYPED, id_number="", name="李测"))
    persons.unmask(store, actor, person_id=person_id, reason="核对送达地址")
    store.close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (2,)
    everything = b"".join(file.read_bytes() for file in path.parent.glob("hall.db*"))
    assert "李测".encode() in everything
    for secret in (NUMBER, PHONE, ADDRESS, "向阳路", "19900307", NUMBER[-8:]):
        assert secret.encode() not in everything
        assert secret.encode("utf-16-le") not in everything


def _credit_code() -> str:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(pow(3, place, 31) * alphabet.index(sign) for place, sign in enumerate(CODE[:17]))
    return CODE[:17] + alphabet[-total % 31]
