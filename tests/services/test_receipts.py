"""Receipts prove themselves: what the hall signed holds, and nothing else does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select, update

from hall.errors import Refused
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services import receipts
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.receipts import ForgedReceipt, NoSigningKey, rotate_signing_key
from hall.store import Store
from hall.store.schema.documents import SigningKey
from hall.store.schema.permits import PermitCase

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."


@pytest.fixture
def accepted(front: Front, make_application: Callable[..., Application]) -> Accepted:
    return front.intake.accept(make_application())


def active_keys(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(SigningKey.key_id).where(SigningKey.retired_at.is_(None))))


def test_a_receipt_is_verified_and_opens_its_case(front: Front, other_front: Front, accepted: Accepted) -> None:
    for clerk in (front, other_front):
        found = clerk.verify_receipt(accepted.receipt_payload)
        assert (found.number, found.case_id) == (accepted.receipt_number, accepted.case_id)
        assert (found.issued_on, found.key_id) == (date(2026, 11, 23), "k1")


def test_white_space_of_a_scanner_does_not_matter(front: Front, accepted: Accepted) -> None:
    assert front.verify_receipt(f" {accepted.receipt_payload}\r\n").case_id == accepted.case_id


def test_a_payload_is_short_plain_and_tells_nothing_of_the_person(accepted: Accepted) -> None:
    assert len(accepted.receipt_payload) <= 180
    assert set(accepted.receipt_payload) <= set(ALPHABET)


def test_a_changed_character_at_any_place_is_refused(front: Front, accepted: Accepted) -> None:
    payload = accepted.receipt_payload
    for place, character in enumerate(payload):
        for other in {ALPHABET[(ALPHABET.index(character) + step) % len(ALPHABET)] for step in (1, 17)}:
            with pytest.raises(Refused):
                front.verify_receipt(payload[:place] + other + payload[place + 1 :])


def test_a_missing_or_doubled_character_at_any_place_is_refused(front: Front, accepted: Accepted) -> None:
    payload = accepted.receipt_payload
    for place in range(len(payload)):
        for spoilt in (payload[:place] + payload[place + 1 :], payload[:place] + payload[place] + payload[place:]):
            with pytest.raises(Refused):
                front.verify_receipt(spoilt)


def test_a_rotated_key_signs_and_the_old_one_still_verifies(
    store: Store, administrator: Actor, front: Front, accepted: Accepted, make_application: Callable[..., Application]
) -> None:
    assert rotate_signing_key(store, administrator) == "k2"
    newer = front.intake.accept(make_application())
    assert front.verify_receipt(newer.receipt_payload).key_id == "k2"
    old = front.verify_receipt(accepted.receipt_payload)
    assert (old.key_id, old.case_id) == ("k1", accepted.case_id)


@pytest.mark.both
def test_a_signature_of_another_hall_with_the_same_key_id_is_refused(
    store: Store, front: Front, accepted: Accepted
) -> None:
    with store.work("x", front.actor) as work:
        work.session.execute(update(SigningKey).values(public_key="11" * 32))
        work.audit("x:1")
    with pytest.raises(ForgedReceipt, match="签名不符"):
        front.verify_receipt(accepted.receipt_payload)


def test_a_genuine_receipt_of_a_case_this_database_lost_is_genuine_without_a_case(
    store: Store, front: Front, accepted: Accepted, make_application: Callable[..., Application]
) -> None:
    with store.work("x", front.actor) as work:
        payload = receipts.sign(work, "莲城管许收〔2025〕7号", date(2025, 5, 6))
        work.audit("x:1")
    found = front.verify_receipt(payload)
    assert (found.number, found.case_id) == ("莲城管许收〔2025〕7号", None)


def test_two_rotations_at_once_leave_one_active_key(store: Store, other_station: Store, administrator: Actor) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda each: rotate_signing_key(each, administrator), (store, other_station) * 4))
    assert active_keys(store) == ["k9"]


def test_only_an_administrator_rotates(store: Store, actor: Actor) -> None:
    with pytest.raises(NotAuthorised):
        rotate_signing_key(store, actor)


@pytest.mark.both
def test_without_a_key_nothing_is_accepted(
    store: Store, front: Front, administrator: Actor, make_application: Callable[..., Application]
) -> None:
    with store.work("x", administrator) as work:
        work.session.execute(update(SigningKey).values(retired_at=work.now))
        work.audit("x:1")
    with pytest.raises(NoSigningKey, match="没有签名密钥"):
        front.intake.accept(make_application())
    with store.read() as session:
        assert session.scalars(select(PermitCase)).all() == []


def test_an_administrator_verifies_nothing(front_of: Callable[..., Front], store: Store, administrator: Actor) -> None:
    with pytest.raises(NotAuthorised):
        front_of(store, administrator).verify_receipt("H1.x")
