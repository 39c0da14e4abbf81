"""Dossier reviews (案卷评查): two draws from one seed, who keeps out, how a reviewed dossier stands, who may do what.

What was frozen and published: the dossiers, each with its kind before its number, and the reviewers. A seed known
later orders both. Each dossier goes to the reviewer who waits longest and had no part in the case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hall.errors import Refused
from hall.rules.draws import digest, order
from hall.words import REVIEW_SUBJECTS

ReviewSubject = Literal["permit_case", "penalty_case"]
ReviewState = Literal["drawn", "scored", "correcting", "corrected", "objected", "closed", "released"]
ReviewAct = Literal["score", "replace", "release", "notify", "state", "correct", "object", "recheck", "verify"]

SUBJECTS: tuple[ReviewSubject, ...] = ("permit_case", "penalty_case")
_ACTS: Mapping[ReviewState, tuple[ReviewAct, ...]] = {
    "drawn": ("score", "replace", "release"),
    "scored": ("notify",),
    "correcting": ("correct", "state", "object"),
    "corrected": ("verify", "state", "object"),
    "objected": ("recheck",),
    "closed": (),
    "released": (),
}
_NO_PART = frozenset[ReviewAct]({"score", "replace", "release", "notify", "recheck", "verify"})
"""Acts of who had no part in the case: neither its judge nor the one who picks the judge, the culprit, the day."""
_NOT_NOW: Mapping[ReviewAct, str] = {
    "score": "这件案卷已经评分，不能再评。",
    "replace": "这件案卷已经评分，不能更换评查员。",
    "release": "这件案卷已经评分或者退出，不能再退出这一轮。",
    "notify": "只有评分时发现问题、还没有通知的案卷，才发整改通知。",
    "state": "发出整改通知以后、核验通过以前，责任人才说明情况。",
    "correct": "没有等待整改的问题，不必登记整改。",
    "object": "发出整改通知以后、核验通过以前，责任人才提出异议。",
    "recheck": "责任人没有提出异议，或者已经复核，不能复核。",
    "verify": "责任人还没有登记整改，不能核验。",
}


class TookPart(Refused):
    """Nobody reviews or verifies a dossier of a case that he had a part in, nor says who does, or who corrects it."""

    def __init__(self) -> None:
        super().__init__(
            "您参加过这件案件的办理，或者应当回避，不能由您评查、复核、更换评查员、通知整改、核验。"
            "请交给没有参加办理的人员。"
        )


class NotTheReviewer(Refused):
    """A dossier is scored by who was drawn for it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"这件案卷抽到的评查员是{name}，由其本人评分。不能评查的，由组织评查的人更换评查员。")


class NotTheResponsible(Refused):
    """Only who was named in the notice says something to it and corrects it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"整改通知书写明的责任人是{name}，由其本人说明和整改。请换用本人的账号。")


class SameHandVerifies(Refused):
    """Who found the faults, or corrected them, would say that they are mended."""

    def __init__(self) -> None:
        super().__init__("评查、复核这件案卷的人和整改的人都不能核验整改。请由另一位有权限的人员核验。")


class SameHandRechecks(Refused):
    """Who scored a dossier, had it before, or answers for it would look at his own score."""

    def __init__(self) -> None:
        super().__init__("评查过、退回过这件案卷的人和责任人都不能复核。请由另一位评查员复核。")


class RecheckedAlready(Refused):
    """A score is reviewed again once."""

    def __init__(self) -> None:
        super().__init__("这件案卷已经复核过一次，以复核结果为准。还有不同意见，请写在说明里。")


class CannotOnReview(Refused):
    """The dossier does not stand so that this could be done."""


class NobodyLeft(Refused):
    """All other reviewers had a part in the case, or gave the dossier back."""

    def __init__(self) -> None:
        super().__init__(
            "名单里没有别的评查员可以评查这件案卷：都参加过办理、已经换下或者离岗。请让它退出本轮，下一轮评查可以再抽到。"
        )


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round as it is to be announced: its period, how many dossiers of each kind, from how many, with whom."""

    from_day: date
    until_day: date
    wanted: Mapping[ReviewSubject, int]
    there: Mapping[ReviewSubject, int]
    reviewers: int
    draw_on: date


@dataclass(frozen=True, slots=True)
class RoundDrawn:
    """What came out: dossier and reviewer, in the order drawn; dossiers that no reviewer could take; the reviewers in
    their order, of whom the next ones replace."""

    assigned: tuple[tuple[str, str], ...]
    passed: tuple[str, ...]
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """How a reviewed dossier stands, by accounts; `part`: who looks at it had a part in the case.

    `gave_back` had it before the reviewer; `objected`: its score was objected to, `rechecker` reviewed it again.
    """

    state: ReviewState
    reviewer: int
    responsible: int | None = None
    corrected_by: int | None = None
    part: bool = False
    gave_back: frozenset[int] = frozenset()
    objected: bool = False
    rechecker: int | None = None


def entrant(subject: ReviewSubject, number: str) -> str:
    """A dossier as it is published: 许可案卷：莲城管许卷〔2026〕1号."""
    return f"{REVIEW_SUBJECTS[subject]}：{number}"


def subject_of(entry: str) -> tuple[ReviewSubject, str]:
    """The kind and the number of what was published; raises ValueError."""
    for subject in SUBJECTS:
        words, _, number = entry.partition("：")
        if words == REVIEW_SUBJECTS[subject] and number:
            return subject, number
    raise ValueError(f"not a dossier: {entry}")


def plan_faults(plan: RoundPlan, *, today: date, announce_days: int) -> tuple[str, ...]:
    """Why a round cannot be announced; empty where it can. The list is shown `announce_days` before the draw."""
    faults = []
    if plan.until_day < plan.from_day:
        faults.append("办结的起止日期前后颠倒")
    if plan.until_day > today:
        faults.append("办结的截止日期还没有到")
    if min(plan.wanted.values()) < 0 or sum(plan.wanted.values()) < 1:
        faults.append("至少要抽一件案卷")
    faults += [
        f"这段时间没有可以评查的{REVIEW_SUBJECTS[subject]}（抽过的不再抽）"
        for subject, count in plan.wanted.items()
        if count > 0 and not plan.there[subject]
    ]
    if plan.reviewers < 1:
        faults.append("没有选评查员")
    if plan.draw_on < (earliest := today + timedelta(days=announce_days)):
        faults.append(f"名单要先公布 {announce_days} 天，最早 {earliest} 抽取")
    return tuple(faults)


def draw_round(
    entrants: Sequence[str],
    reviewers: Sequence[str],
    *,
    wanted: Mapping[ReviewSubject, int],
    seed: str,
    barred: Mapping[str, frozenset[str]],
) -> RoundDrawn:
    """Both draws: `wanted` dossiers of each kind by their order, each for the reviewer who waits longest and may.

    A dossier that all reviewers are barred from is passed over for the next of its kind. Raises NothingToDraw,
    TwiceInTheDraw; ValueError where an entrant is no dossier.
    """
    frozen = digest(entrants, reviewers)
    waiting = list(in_turn := order(reviewers, seed=seed, frozen=frozen))
    left = dict(wanted)
    assigned, passed = [], []
    for dossier in order(entrants, seed=seed, frozen=frozen):
        subject, _ = subject_of(dossier)
        if not left[subject]:
            continue
        taker = next((each for each in waiting if each not in barred.get(dossier, frozenset())), None)
        if taker is None:
            passed.append(dossier)
            continue
        waiting.remove(taker)
        waiting.append(taker)
        left[subject] -= 1
        assigned.append((dossier, taker))
    return RoundDrawn(tuple(assigned), tuple(passed), in_turn)


def next_reviewer(in_turn: Sequence[str], *, after: str, kept_out: frozenset[str]) -> str:
    """Who takes a dossier from `after`: the next in the order drawn, from its beginning again. Raises NobodyLeft."""
    place = in_turn.index(after)
    for each in (*in_turn[place + 1 :], *in_turn[:place]):
        if each not in kept_out:
            return each
    raise NobodyLeft


def require_act(act: ReviewAct, facts: ReviewFacts, *, account_id: int, name: str) -> None:
    """Raise CannotOnReview, NotTheReviewer, NotTheResponsible, RecheckedAlready, SameHandRechecks, SameHandVerifies or
    TookPart.

    `name` is the reviewer's for a score, the responsible one's for a statement, an objection and a correction.
    """
    if act not in _ACTS[facts.state]:
        raise CannotOnReview(_NOT_NOW[act])
    if act == "score" and account_id != facts.reviewer:
        raise NotTheReviewer(name)
    if act in {"state", "correct", "object"} and account_id != facts.responsible:
        raise NotTheResponsible(name)
    if act == "object" and facts.objected:
        raise RecheckedAlready
    own = {facts.reviewer, facts.responsible, facts.corrected_by}
    if act == "recheck" and account_id in own | facts.gave_back:
        raise SameHandRechecks
    if act == "verify" and account_id in own | {facts.rechecker}:
        raise SameHandVerifies
    if act in _NO_PART and facts.part:
        raise TookPart


def acts_for(facts: ReviewFacts, *, account_id: int) -> tuple[ReviewAct, ...]:
    """What somebody can do with a dossier now, rights aside."""
    open_acts = []
    for act in _ACTS[facts.state]:
        try:
            require_act(act, facts, account_id=account_id, name="")
        except Refused:
            continue
        open_acts.append(act)
    return tuple(open_acts)
