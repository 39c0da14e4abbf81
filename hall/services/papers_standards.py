"""Papers of the service standards: the instruction sheet, the spot check's sheet, the statement of training."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hall.rules.instructions_file import InstructionStep
from hall.rules.training import Want, hours_words
from hall.services.case_paper import Row, chinese_date
from hall.services.papers_common import Fields, day_text, numbered, sentence, yes
from hall.words import ROLES, TRAINING_KINDS, TRAINING_WANTS


@dataclass(frozen=True, slots=True)
class TrainedRow:
    """A record of the statement; hours in halves."""

    held_on: date
    until_day: date | None
    kind: str
    title: str
    half_hours: int
    score: int | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class QualificationRow:
    """A qualification of the statement."""

    kind_words: str
    number: str
    issued_by: str
    valid_from: date
    valid_to: date | None
    state_words: str


def instruction_sheet(common: Fields, *, subject: str, general: bool, steps: Sequence[InstructionStep]) -> Fields:
    """`instruction_sheet` 作业指导书: rows `steps` with post, time, standard and record.

    `general`: some of the steps are those of every permit, as the matter has none of its own for the post.
    """
    rows: list[Row] = [
        {
            "step": each.step,
            "post": ROLES[each.post],
            "time": time_words(each),
            "standard": each.standard,
            "record": each.record or "无",
        }
        for each in steps
    ]
    return {
        **common,
        "subject": subject,
        "general": yes(general),
        "valid_from": chinese_date(steps[0].valid_from),
        "steps": numbered(rows),
        "sources": "；".join(dict.fromkeys(each.source for each in steps)),
    }


def spot_check(
    common: Fields,
    *,
    checked_name: str,
    counter: str,
    subject: str,
    step: InstructionStep,
    way: str,
    checked_on: date,
    checker_name: str,
    met: bool,
    finding: str,
    correct_by: date | None,
) -> Fields:
    """`spot_check` 岗位抽查记录单: who, against which step, what was found, by when it is corrected."""
    return {
        **common,
        "checked_name": checked_name,
        "post": ROLES[step.post],
        "counter": counter or "无",
        "subject": subject,
        "step": step.step,
        "time": time_words(step),
        "standard": step.standard,
        "way": way,
        "checked_on": chinese_date(checked_on),
        "checker_name": checker_name,
        "result": "符合标准" if met else "不符合标准",
        "finding": sentence(finding) or "无。",
        "correct_by": day_text(correct_by),
    }


def training_statement(
    common: Fields,
    *,
    name: str,
    badge_number: str,
    posts: str,
    until: date,
    minutes_an_hour: int,
    records: Sequence[TrainedRow],
    wants: Sequence[Want],
    qualifications: Sequence[QualificationRow],
) -> Fields:
    """`training_statement` 培训情况证明: the year until a day, what is asked and lacking, the qualifications."""
    trained: list[Row] = [
        {
            "days": _days(each.held_on, each.until_day),
            "kind": TRAINING_KINDS[each.kind],
            "title": each.title,
            "hours": hours_words(each.half_hours),
            "result": _result(each),
        }
        for each in records
    ]
    asked: list[Row] = [
        {"want": each.words, "wanted": each.wanted, "had": each.had, "lacking": each.lacking or "无"}
        for each in wants_told(wants)
    ]
    held: list[Row] = [
        {
            "kind": each.kind_words,
            "number": each.number,
            "issued_by": each.issued_by,
            "valid": f"{each.valid_from:%Y-%m-%d}至{each.valid_to or '长期'}",
            "state": each.state_words,
        }
        for each in qualifications
    ]
    return {
        **common,
        "staff_name": name,
        "badge_number": badge_number or "无",
        "posts": posts,
        "year": f"{until.year}年",
        "until": chinese_date(until),
        "hours": hours_words(sum(each.half_hours for each in records)),
        "hour_words": f"1学时按{minutes_an_hour}分钟计",
        "records": numbered(trained),
        "wants": numbered(asked),
        "qualifications": numbered(held),
    }


def time_words(step: InstructionStep) -> str:
    """How long a step may take."""
    if step.minutes is not None:
        return f"{step.minutes}分钟"
    return f"{step.workdays}个工作日" if step.workdays is not None else "即时"


@dataclass(frozen=True, slots=True)
class WantTold:
    """All spans of one kind together; `lacking` names the months or quarters, empty where nothing is lacking."""

    words: str
    wanted: str
    had: str
    lacking: str


def wants_told(wants: Sequence[Want]) -> tuple[WantTold, ...]:
    """What is asked, a kind a line, in the order in which the rule asks it."""
    kinds = dict.fromkeys(each.kind for each in wants)
    return tuple(_told([each for each in wants if each.kind == kind]) for kind in kinds)


def _told(spans: Sequence[Want]) -> WantTold:
    first, lacking = spans[0], [each for each in spans if each.lacking]
    wanted, had = sum(each.wanted for each in spans), sum(min(each.had, each.wanted) for each in spans)
    if first.kind in {"hours", "camp"}:
        had = first.had
    missing = amount_words(first, sum(each.lacking for each in lacking)) if lacking else ""
    named = "、".join(span_words(each) for each in lacking if each.kind not in {"hours", "camp"})
    return WantTold(
        TRAINING_WANTS[first.kind],
        amount_words(first, wanted),
        amount_words(first, had),
        f"{missing}（{named}）" if named else missing,
    )


def span_words(want: Want) -> str:
    """The year, the month or the quarter that something is asked of."""
    if want.kind in {"hours", "camp"}:
        return f"{want.first.year}年"
    if want.kind == "examination":
        return f"第{(want.first.month + 2) // 3}季度"
    return f"{want.first.month}月"


def amount_words(want: Want, amount: int) -> str:
    """So many hours, days or times."""
    if want.kind == "hours":
        return f"{hours_words(amount)}学时"
    return f"{amount}天" if want.kind == "camp" else f"{amount}次"


def _days(first: date, last: date | None) -> str:
    return f"{first:%m-%d}至{last:%m-%d}" if last is not None and last != first else f"{first:%m-%d}"


def _result(row: TrainedRow) -> str:
    if row.score is None:
        return "—"
    return f"{row.score}分" + ("" if row.passed is None else "，合格" if row.passed else "，不合格")
