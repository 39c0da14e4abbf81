"""The program acting by itself is nobody's account and holds no role."""

from hall.rules.people import ROLES, SYSTEM_ACCOUNT, system_actor


def test_the_program_acts_without_account_and_without_rights() -> None:
    actor = system_actor(3)
    assert (actor.account_id, actor.hall_id) == (SYSTEM_ACCOUNT, 3)
    assert actor.roles.isdisjoint(ROLES)
