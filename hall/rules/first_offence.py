"""First offences (初次违法, 行政处罚法 33(1) 后段): which of a person's other cases are an earlier breach, and why not.

Law names neither a span nor whose breaches count; both are the hall's own published parameters.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.rules.leniency_limbs import Limb
from hall.rules.penalty_terms import PenaltyTerms

Came = Literal["open", "dropped", "penalty", "none", "revoked"]
"""What came of a case: nothing yet, ended without a decision, a penalty, no penalty, a decision that is gone."""


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case of the same person. `limb`: what no penalty rested on, None where the record does not say."""

    case_id: int
    number: str
    violation: str
    same: bool
    acted_on: date
    ended_on: date
    came: Came
    limb: Limb | None = None
    decision: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Another case and whether it is an earlier breach; `why` says so in words."""

    other: OtherCase
    counts: bool
    why: str


@dataclass(frozen=True, slots=True)
class Search:
    """A search over all records of a person. `known`: whether there was a number to search by."""

    since: date
    until: date
    scope: Literal["same", "any"]
    known: bool
    found: tuple[Judged, ...] = ()

    @property
    def earlier(self) -> int | None:
        """How many earlier breaches there are; None where nobody can tell."""
        own = sum(each.counts for each in self.found)
        return own if self.known or own else None


def judge(other: OtherCase, *, since: date, acted_on: date, terms: PenaltyTerms) -> Judged:
    """Whether a case is an earlier breach beside an act of `acted_on`, searched from `since` on."""
    for why, excluded in (
        ("只责令改正或者撤案，没有处罚，不占用首次", other.came == "dropped"),
        ("还没有作出决定", other.came == "open"),
        ("决定已经撤销", other.came == "revoked"),
        ("行为在本案之后", other.acted_on > acted_on),
        (f"早于查询期间（{since}起）", other.ended_on < since),
        ("不是同一种违法", not other.same and terms.first_time_scope == "same"),
    ):
        if excluded:
            return Judged(other, counts=False, why=why)
    if other.came == "penalty":
        return Judged(other, counts=True, why="已受过处罚")
    return _spared(other, terms)


def _spared(other: OtherCase, terms: PenaltyTerms) -> Judged:
    """What was not punished: a first offence was spent on it, or law knew nothing to reproach."""
    if other.limb == "first_time":
        return Judged(other, counts=True, why="已按首次违法不予处罚")
    if other.limb == "slight" and terms.first_time_slight_counts:
        return Judged(other, counts=True, why="曾因轻微不予处罚，本机关规定计为违法一次")
    return Judged(other, counts=False, why="不予处罚，不是按首次违法作出的")
