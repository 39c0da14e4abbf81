"""Qualifications of staff: which signing needs which kind, and whether one holds on a day. Expired blocks signing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from hall.errors import Refused

Signing = Literal["case.legal", "case.decide", "penalty.legal", "penalty.decide"]
SIGNINGS: tuple[Signing, ...] = get_args(Signing)
"""The acts that ask for a qualification before they are done, by their right (`rules.authority`)."""

QualificationState = Literal["valid", "soon", "future", "expired", "ended"]


class NotQualified(Refused):
    """The qualification that the act needs is lacking, expired or ended."""


@dataclass(frozen=True, slots=True)
class Held:
    """A qualification that somebody was entered with; both ends are the last and first days of it."""

    kind: str
    number: str
    valid_from: date
    valid_to: date | None
    ended_on: date | None = None
    """From this day on it is no longer held (吊销, 注销, 调离)."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a signing needs: one of `kinds`. Who was never entered with any is stopped from `asked_from` on only."""

    action: Signing
    kinds: tuple[str, ...]
    basis: str
    asked_from: date | None


@dataclass(frozen=True, slots=True)
class QualificationRule:
    """A version of `qualifications.toml`."""

    effective_from: date
    source: str
    warning_days: int
    kinds: Mapping[str, str]
    """Code → words."""
    needs: tuple[Need, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.kinds:
            raise ValueError("缺少 kinds")
        for need in self.needs:
            if need.action not in SIGNINGS:
                raise ValueError(f"不认识的 action “{need.action}”，可用：{'、'.join(SIGNINGS)}")
            if not need.kinds or not need.basis:
                raise ValueError(f"{need.action} 要写明 kinds 和 basis")
            if unknown := [kind for kind in need.kinds if kind not in self.kinds]:
                raise ValueError(f"{need.action} 用了没有声明的资格 {'、'.join(unknown)}")

    def words_of(self, kind: str) -> str:
        """The kind in words; a kind of an older version by its code."""
        return self.kinds.get(kind, kind)


def holds(held: Held, *, on: date) -> bool:
    """Whether it is held on a day."""
    if held.ended_on is not None and held.ended_on <= on:
        return False
    return held.valid_from <= on and (held.valid_to is None or on <= held.valid_to)


def never_held(held: Held) -> bool:
    """Whether it was ended on its first day: entered by mistake, so it says nothing about whom it was entered for."""
    return held.ended_on is not None and held.ended_on <= held.valid_from


def state_of(held: Held, *, on: date, warning_days: int) -> QualificationState:
    """How it stands on a day; `soon`: its last day comes within so many calendar days."""
    if held.ended_on is not None and held.ended_on <= on:
        return "ended"
    if held.valid_from > on:
        return "future"
    if held.valid_to is None:
        return "valid"
    if held.valid_to < on:
        return "expired"
    return "soon" if held.valid_to <= on + timedelta(days=warning_days) else "valid"


def hindrance(need: Need, held: Iterable[Held], rule: QualificationRule, *, on: date) -> str:
    """Why somebody may not sign on a day, as a sentence; empty where nothing hinders.

    What was entered and is no longer held always hinders. What was never entered, or begins only later, hinders from
    `asked_from` on: nobody is stopped by data that nobody has had the time to enter, nor by what was entered early or
    by mistake.
    """
    own = [each for each in held if each.kind in need.kinds and not never_held(each)]
    if any(holds(each, on=on) for each in own):
        return ""
    asked = need.asked_from is not None and on >= need.asked_from
    if not asked and all(each.valid_from > on for each in own):
        return ""
    wanted = "或者".join(rule.words_of(kind) for kind in need.kinds)
    mend = "请先由大厅主任在“服务标准”的资格页登记有效的资格，或交给有资格的人员办理。"
    if own:
        return f"您的{_standing(own, rule, on)}，不能签署（{need.basis}）。{mend}"
    return f"没有登记您的{wanted}，不能签署（{need.basis}）。{mend}"


def _standing(own: list[Held], rule: QualificationRule, on: date) -> str:
    """Of those that are not held the one that was held last."""
    last = max(own, key=lambda each: (each.valid_to or date.max, each.valid_from))
    words = f"{rule.words_of(last.kind)}（{last.number}）"
    if last.ended_on is not None and last.ended_on <= on:
        return f"{words}已于{last.ended_on}终止"
    if last.valid_from > on:
        return f"{words}从{last.valid_from}起才有效"
    return f"{words}已于{last.valid_to}到期"
