"""First offences: which other cases of a person are an earlier breach (行政处罚法 33(1) 后段)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hall.rules.first_offence import Judged, OtherCase, Search, judge
from hall.services.penalty_terms import penalty_terms

DAY = date(2026, 11, 2)
SINCE = date(2024, 11, 2)
TERMS = penalty_terms(Path("/nowhere"), DAY)
EVERY = replace(TERMS, first_time_scope="any", first_time_slight_counts=True)
PUNISHED = OtherCase(
    case_id=1,
    number="1号",
    violation="占道",
    same=True,
    acted_on=date(2025, 5, 1),
    ended_on=date(2025, 5, 1),
    came="penalty",
)
SPARED = replace(PUNISHED, came="none")


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        (PUNISHED, True),
        (replace(PUNISHED, acted_on=SINCE, ended_on=SINCE), True),
        (replace(PUNISHED, acted_on=date(2024, 5, 1), ended_on=SINCE), True),
        (replace(PUNISHED, acted_on=date(2024, 5, 1), ended_on=date(2024, 11, 1)), False),
        (replace(PUNISHED, acted_on=date(2026, 11, 3), ended_on=date(2026, 11, 3)), False),
        (replace(PUNISHED, same=False), False),
        (replace(PUNISHED, came="dropped"), False),
        (replace(PUNISHED, came="open"), False),
        (replace(PUNISHED, came="revoked"), False),
        (replace(SPARED, limb="first_time"), True),
        (replace(SPARED, limb="slight"), False),
        (replace(SPARED, limb="under_fourteen"), False),
        (SPARED, False),
    ],
)
def test_what_counts_as_an_earlier_breach(other: OtherCase, *, counts: bool) -> None:
    judged = judge(other, since=SINCE, acted_on=DAY, terms=TERMS)
    assert judged.counts is counts
    assert judged.why


def test_a_hall_may_count_every_breach_and_what_was_slight() -> None:
    assert judge(replace(PUNISHED, same=False), since=SINCE, acted_on=DAY, terms=EVERY).counts
    assert judge(replace(SPARED, limb="slight"), since=SINCE, acted_on=DAY, terms=EVERY).counts
    assert not judge(replace(SPARED, limb="incapable"), since=SINCE, acted_on=DAY, terms=EVERY).counts


def test_an_order_to_correct_spends_no_first_offence() -> None:
    judged = judge(replace(PUNISHED, came="dropped"), since=SINCE, acted_on=DAY, terms=EVERY)
    assert (judged.counts, judged.why) == (False, "只责令改正或者撤案，没有处罚，不占用首次")


def test_without_a_number_to_search_by_nobody_can_tell() -> None:
    counted, not_counted = Judged(PUNISHED, counts=True, why="…"), Judged(SPARED, counts=False, why="…")
    unknown = Search(SINCE, DAY, "same", known=False, found=(not_counted,))
    assert unknown.earlier is None
    assert replace(unknown, known=True).earlier == 0
    assert replace(unknown, found=(counted, not_counted)).earlier == 1
