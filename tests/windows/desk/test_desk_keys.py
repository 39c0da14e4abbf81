"""No two acts that the desk offers together answer to one key, and every act that somebody may do has a panel."""

from itertools import combinations
from typing import get_args

import pytest

from hall.rules.permits import ACTS, CaseState
from hall.services.desk_acts import ACTIONS_OF, FURTHER
from hall.services.reviewing import PROPOSED
from hall.windows.desk_acts import ACT_KEYS
from hall.windows.desk_panels import PANELS
from hall.windows.kit import hotkeys


def offered_in(state: CaseState) -> set[str]:
    acts = {name for name, act in ACTS.items() if state in act.sources}
    further = {name for name, (_, states) in FURTHER.items() if state in states}
    opinions = {"countersign"} if state in PROPOSED else set()
    return (acts | further | opinions) & ACT_KEYS.keys()


@pytest.mark.parametrize("state", get_args(CaseState))
def test_all_acts_of_a_state_have_keys_of_their_own(state: CaseState) -> None:
    keys = {act: ACT_KEYS[act].keys for act in offered_in(state)}
    assert not [pair for pair in combinations(keys, 2) if keys[pair[0]] == keys[pair[1]]]


def test_no_act_has_a_key_of_the_window() -> None:
    window = {hotkey.keys for hotkey in hotkeys.WINDOWS["desk"]}
    assert not {act for act, hotkey in ACT_KEYS.items() if hotkey.keys in window}


def test_every_act_of_the_desk_has_a_panel_and_the_rest_is_done_at_the_counter() -> None:
    assert PANELS.keys() == ACT_KEYS.keys()
    at_counter = {
        "correct",
        "supplement",
        "resubmit",
        "refuse",
        "accept",
        "accept_lacking",
        "accept_informed",
        "complete",
    }
    assert (ACTIONS_OF.keys() | FURTHER.keys() | {"send_back"}) - PANELS.keys() == at_counter
