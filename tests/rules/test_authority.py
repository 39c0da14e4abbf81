"""Authority: the table says who may do what, and a refusal says who may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import Refused
from hall.rules import authority, people
from hall.rules.authority import NotAuthorised, RolesConflict, UnknownRole
from hall.rules.people import Actor
from hall.words import ACTIONS, ROLES


def actor(*roles: str) -> Actor:
    return Actor(account_id=1, name="测试甲", hall_id=1, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("role", "action"),
    [
        ("guide", "queue.issue"),
        ("kiosk", "queue.issue"),
        ("display", "queue.read"),
        ("clerk", "queue.call"),
        ("clerk", "case.accept"),
        ("reviewer", "case.read"),
        ("legal_reviewer", "document.print"),
        ("approver", "person.unmask"),
        ("manager", "board.read"),
        ("administrator", "catalogue.import"),
        ("administrator", "account.create"),
    ],
)
def test_a_role_may_do_its_own_work(role: str, action: str) -> None:
    authority.require(actor(role), action)
    assert authority.may(actor(role, "manager"), action)


@pytest.mark.parametrize(
    ("role", "action"),
    [
        ("administrator", "case.accept"),
        ("administrator", "person.unmask"),
        ("clerk", "catalogue.import"),
        ("approver", "case.accept"),
        ("reviewer", "queue.call"),
        ("manager", "account.create"),
        ("guide", "queue.call"),
        ("display", "queue.issue"),
        ("kiosk", "person.unmask"),
    ],
)
def test_a_role_may_not_do_anothers(role: str, action: str) -> None:
    assert not authority.may(actor(role), action)
    with pytest.raises(NotAuthorised):
        authority.require(actor(role), action)


def test_a_kiosk_only_takes_numbers_and_reads_what_is_public() -> None:
    allowed = {action for action in ACTIONS if authority.may(actor("kiosk"), action)}
    assert allowed == {
        "case.progress",
        "power.read",
        "queue.issue",
        "queue.read",
        "queue.print",
        "stall.look",
        "ticket.print",
        "guide.print",
        "violation.read",
    }


def test_a_kiosk_acts_without_an_account() -> None:
    kiosk = authority.station_actor("kiosk", name="station-2", hall_id=1)
    authority.require(kiosk, "queue.issue")
    with pytest.raises(NotAuthorised, match=r"station-2（自助取号机）不能叫号"):
        authority.require(kiosk, "queue.call")


def test_a_display_shows_the_queue_and_takes_ratings() -> None:
    allowed = {action for action in ACTIONS if authority.may(actor("display"), action)}
    assert allowed == {"queue.read", "rating.give"}


def test_a_refusal_names_the_action_and_who_may() -> None:
    with pytest.raises(NotAuthorised, match="测试甲（系统管理员）不能受理办件，只有窗口人员可以。") as caught:
        authority.require(actor("administrator"), "case.accept")
    assert isinstance(caught.value, Refused)


def test_an_actor_without_roles_may_do_nothing() -> None:
    assert not any(authority.may(actor(), action) for action in ACTIONS)
    with pytest.raises(NotAuthorised, match="没有岗位"):
        authority.require(actor(), "queue.call")


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_with_a_word_has_somebody_who_may(action: str) -> None:
    assert any(authority.may(actor(role), action) for role in ROLES)


def test_an_action_nobody_wrote_down_is_a_bug() -> None:
    with pytest.raises(KeyError):
        authority.require(actor(*ROLES), "case.forget")


@given(st.frozensets(st.sampled_from(people.ROLES)))
def test_no_account_both_administers_and_decides(roles: frozenset[str]) -> None:
    deciding = {"reviewer", "head", "legal_reviewer", "approver", "cashier"}
    if "administrator" in roles and deciding & roles:
        with pytest.raises(RolesConflict):
            authority.check_roles(roles)
    else:
        assert authority.check_roles(roles) == roles


@pytest.mark.parametrize("role", ["kiosk", "display", "root", ""])
def test_an_account_holds_no_role_of_a_machine_or_of_nobody(role: str) -> None:
    with pytest.raises(UnknownRole):
        authority.check_roles(["clerk", role])


def test_every_action_of_the_table_has_its_word() -> None:
    assert set(authority._ALLOWED) == set(ACTIONS)


def test_the_roles_of_an_action_are_those_that_may_do_it() -> None:
    assert authority.roles_for("case.decide") == {"approver"}
    assert all(authority.may(actor(role), "request.enter") for role in authority.roles_for("request.enter"))
