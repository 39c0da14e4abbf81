"""Ends of a case without a decision (终止): the limbs a hall lays down, and what the records must show for each."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.versions import Versions

Needs = Literal["", "supplement", "lacking"]
_NEEDS: tuple[Needs, ...] = ("", "supplement", "lacking")


@dataclass(frozen=True, slots=True)
class EndLimb:
    """One ground to end a case."""

    code: str
    words: str
    needs: Needs

    def __post_init__(self) -> None:
        if not (self.code and self.words) or self.needs not in _NEEDS:
            raise ValueError(f"终止的情形 {self.code} 写得不全：要有 code、words，needs 是空、supplement 或 lacking")


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """The limbs in force from a day on."""

    effective_from: date
    source: str
    limbs: tuple[EndLimb, ...]

    def limb(self, code: str) -> EndLimb:
        """A limb by its code; raises NoSuchEnd."""
        for limb in self.limbs:
            if limb.code == code:
                return limb
        raise NoSuchEnd(code)


ClosingRules = Versions[ClosingRule]


class NoSuchEnd(Refused):
    """A case cannot be ended on a ground that the hall does not know."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有“{code[:20]}”这种终止情形，请重新选择。")


class StillTime(Refused):
    """The applicant's day has not passed, or nothing is waited for."""

    def __init__(self, what: str, last_day: date | None) -> None:
        why = f"最后一天是{last_day}，还没有过" if last_day else "没有在等的期限"
        super().__init__(f"现在不能以“{what}”终止：{why}。")


def check_termination(limb: EndLimb, *, last_days: tuple[date | None, ...], today: date) -> None:
    """Raise StillTime unless what the limb needs is there.

    `last_days`: the last days of what the applicant still owes (None: pending). Nothing owed, nothing to end it for.
    """
    if not limb.needs:
        return
    if not last_days:
        raise StillTime(limb.words, None)
    latest = max((day for day in last_days if day is not None), default=None)
    if None in last_days or latest is None or today <= latest:
        raise StillTime(limb.words, latest)
