"""The key ring: what it seals opens only with its keys and in its column, and rotation loses nothing."""

import base64
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import Damaged, HallError, Refused
from hall.store.secrets import (
    KEY_FILE,
    KeyFileExists,
    KeyFileExposed,
    KeyMissing,
    KeyRing,
    KeyUnknown,
    KeyUnreadable,
    SealBroken,
)

CONTEXT = "person.phone"
RING = KeyRing.new()


@given(plain=st.text(), context=st.sampled_from(["person.phone", "person.address"]))
def test_a_sealed_value_opens_to_what_it_was(plain: str, context: str) -> None:
    assert RING.unseal(RING.seal(plain, context), context) == plain


@given(plain=st.text(min_size=4))
def test_a_sealed_value_shows_nothing_of_the_plain_one(plain: str) -> None:
    body = RING.seal(plain, CONTEXT).rpartition(".")[2]
    assert plain.encode() not in base64.urlsafe_b64decode(body)


@given(plain=st.text(), place=st.integers(min_value=0))
def test_one_changed_bit_breaks_the_seal(plain: str, place: int) -> None:
    header, _, body = RING.seal(plain, CONTEXT).rpartition(".")
    octets = bytearray(base64.urlsafe_b64decode(body))
    octets[place % len(octets)] ^= 1
    with pytest.raises(SealBroken):
        RING.unseal(f"{header}.{base64.urlsafe_b64encode(bytes(octets)).decode()}", CONTEXT)


def test_a_value_copied_into_another_column_does_not_open() -> None:
    with pytest.raises(SealBroken, match=r"person\.address"):
        RING.unseal(RING.seal("13900000000", CONTEXT), "person.address")


@pytest.mark.parametrize("text", ["", "13900000000", "h1.00.", "h1.0011aabb.a", "h2.0011aabb.AAAA", "h1.0011aabb.AAAA"])
def test_what_was_never_sealed_is_damage(text: str) -> None:
    with pytest.raises(SealBroken):
        RING.unseal(text, CONTEXT)


def test_another_halls_key_does_not_open_and_is_named() -> None:
    sealed = RING.seal("13900000000", CONTEXT)
    with pytest.raises(KeyUnknown, match=RING.active_id) as caught:
        KeyRing.new().unseal(sealed, CONTEXT)
    assert isinstance(caught.value, Damaged)


def test_the_same_value_is_sealed_differently_each_time() -> None:
    assert RING.seal("13900000000", CONTEXT) != RING.seal("13900000000", CONTEXT)


def test_a_wrapped_key_opens_only_as_a_wrapped_key() -> None:
    secret = os.urandom(32)
    wrapped = RING.wrap(secret, "receipt.signing")
    assert RING.unwrap(wrapped, "receipt.signing") == secret
    with pytest.raises(SealBroken):
        RING.unseal(wrapped, "receipt.signing")


def test_equal_values_share_an_index_and_kinds_do_not() -> None:
    index = RING.blind_index("id_number", "11010519491231002X")
    assert index == RING.blind_index("id_number", "11010519491231002X")
    assert index != RING.blind_index("phone", "11010519491231002X")
    assert index != KeyRing.new().blind_index("id_number", "11010519491231002X")
    assert len(bytes.fromhex(index)) == 16


def test_rotation_keeps_old_values_readable_and_findable(tmp_path: Path) -> None:
    before = KeyRing.create(tmp_path)
    sealed, wrapped = before.seal("13900000000", CONTEXT), before.wrap(b"signing", "receipt.signing")
    after = KeyRing.rotate(tmp_path)
    assert after.active_id != before.active_id
    assert after.unseal(sealed, CONTEXT) == "13900000000"
    assert after.unwrap(wrapped, "receipt.signing") == b"signing"
    assert after.blind_index("phone", "13900000000") == before.blind_index("phone", "13900000000")
    assert f".{after.active_id}." in after.seal("13900000000", CONTEXT)


def test_a_rotated_ring_loads_with_the_newest_key_active(tmp_path: Path) -> None:
    sealed = KeyRing.create(tmp_path).seal("13900000000", CONTEXT)
    KeyRing.rotate(tmp_path)
    newest = KeyRing.rotate(tmp_path).active_id
    loaded = KeyRing.load(tmp_path, {})
    assert loaded.active_id == newest
    assert loaded.unseal(sealed, CONTEXT) == "13900000000"


def test_the_key_file_is_private_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    KeyRing.create(tmp_path / "home")
    KeyRing.rotate(tmp_path / "home")
    assert stat.S_IMODE((tmp_path / "home" / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "home").iterdir()] == [KEY_FILE]


def test_an_existing_key_is_never_overwritten(tmp_path: Path) -> None:
    KeyRing.create(tmp_path)
    before = (tmp_path / KEY_FILE).read_text(encoding="utf-8")
    with pytest.raises(KeyFileExists) as caught:
        KeyRing.create(tmp_path)
    assert isinstance(caught.value, Refused)
    assert (tmp_path / KEY_FILE).read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_second_rotation_waits_for_the_first_to_be_cleared(tmp_path: Path) -> None:
    KeyRing.create(tmp_path)
    (tmp_path / f"{KEY_FILE}.new").touch()
    with pytest.raises(KeyFileExists, match=rf"{KEY_FILE}\.new"):
        KeyRing.rotate(tmp_path)


def test_a_refused_rotation_leaves_no_lock_behind(tmp_path: Path) -> None:
    KeyRing.create(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    with pytest.raises(KeyFileExposed):
        KeyRing.rotate(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_key_file_others_can_read_is_refused(tmp_path: Path) -> None:
    KeyRing.create(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(KeyFileExposed, match="0640"):
        KeyRing.load(tmp_path, {})


@pytest.mark.parametrize("act", [lambda home: KeyRing.load(home, {}), KeyRing.rotate])
def test_a_lost_key_file_is_damage_and_says_where_to_look(tmp_path: Path, act: object) -> None:
    assert callable(act)
    with pytest.raises(KeyMissing, match="保险柜"):
        act(tmp_path / "nowhere")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    held = KeyRing.create(tmp_path / "held")
    KeyRing.create(tmp_path / "other")
    text = (tmp_path / "held" / KEY_FILE).read_text(encoding="utf-8")
    assert KeyRing.load(tmp_path / "other", {"HALL_KEY": text}).active_id == held.active_id


def test_a_mistyped_key_is_named_without_being_shown(tmp_path: Path) -> None:
    KeyRing.create(tmp_path)
    text = (tmp_path / KEY_FILE).read_text(encoding="utf-8")
    root = text.split()[-1].rpartition(":")[2]
    wrong = text.replace(root, ("A" if root[0] != "A" else "B") + root[1:])
    with pytest.raises(KeyUnreadable, match="抄错") as caught:
        KeyRing.load(tmp_path, {"HALL_KEY": wrong})
    assert root[1:] not in str(caught.value)


@pytest.mark.parametrize("text", ["secret", "data:00112233:AAAA", "index:00112233:~~~~", "# only a remark"])
def test_a_key_text_of_another_shape_is_unreadable(tmp_path: Path, text: str) -> None:
    with pytest.raises(KeyUnreadable, match="HALL_KEY") as caught:
        KeyRing.load(tmp_path, {"HALL_KEY": text})
    assert "secret" not in str(caught.value)


def test_a_key_file_that_is_no_text_or_no_file_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeyUnreadable, match="不是文本"):
        KeyRing.load(tmp_path, {})
    (tmp_path / "folder" / KEY_FILE).mkdir(parents=True)
    with pytest.raises(KeyUnreadable, match="打不开"):
        KeyRing.load(tmp_path / "folder", {})


def test_neither_a_ring_nor_its_errors_show_a_key(tmp_path: Path) -> None:
    ring = KeyRing.create(tmp_path)
    roots = [entry.rpartition(":")[2] for entry in (tmp_path / KEY_FILE).read_text("utf-8").split() if ":" in entry]
    errors: list[HallError] = []
    for text in ("13900000000", ring.seal("13900000000", CONTEXT)):
        with pytest.raises(SealBroken) as caught:
            ring.unseal(text, "person.address")
        errors.append(caught.value)
    shown = repr(ring) + str(ring) + "".join(map(str, errors))
    assert len(roots) == 2
    assert not any(root in shown for root in roots)
    assert "13900000000" not in shown
