"""The review: the hall's own terms for it, and what a proposal and a decision have to say."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.versions import Versions

Decider = Literal["approver", "program"]
Verdict = Literal["granted", "denied"]


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """What the hall lays down; days are workdays."""

    effective_from: date
    source: str
    supplement_days: int
    default_by: Decider
    default_days: int

    def __post_init__(self) -> None:
        if min(self.supplement_days, self.default_days) < 1:
            raise ValueError("supplement_days 和 default_days 至少是 1")
        if self.default_by not in {"approver", "program"}:
            raise ValueError("default_by 应是 approver 或 program")


ReviewRules = Versions[ReviewRule]


class BadValidity(Refused):
    """The validity of a permit contradicts itself or is longer than the matter allows."""


class Unfounded(Refused):
    """A denial has to tell facts, the unmet condition, the basis and the reasons (行政许可法 38(2))."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"不予许可要写明{'、'.join(missing)}（行政许可法第三十八条第二款），请补写后再作决定。")


def check_validity(valid_from: date | None, valid_until: date | None, *, latest: date | None) -> None:
    """Raise BadValidity unless the days are in order and end by the `latest` that the matter allows."""
    if valid_until is None:
        return
    if valid_from is None or valid_until < valid_from:
        raise BadValidity("有效期的截止日期早于起始日期，或者没有填写起始日期，请改正。")
    if latest is not None and valid_until > latest:
        raise BadValidity(f"本事项的有效期最长到{latest}，{valid_until}超过了，请改短。")


def check_reasons(*, facts: str, unmet: str, basis: str, reasons: str) -> None:
    """Raise Unfounded with everything that a denial leaves out."""
    told = {"查明的事实": facts, "不符合的条件": unmet, "依据": basis, "理由": reasons}
    missing = tuple(title for title, text in told.items() if not text.strip())
    if missing:
        raise Unfounded(missing)
