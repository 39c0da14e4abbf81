"""How staff may write, in one cell of the catalogue file, how a matter's cases are handled: steps and procedures."""

import re

from hall.rules.catalogue import STEP_ORDER, CaseStep, ProcedureRule, StepRule
from hall.rules.catalogue_cells import BadCell, limit
from hall.words import CASE_PROCEDURES

_NOTHING = frozenset({"", "—", "-", "无", "否", "不适用"})
_DAYS = re.compile(r"(\d{1,3})(?:个?工作日|天|日)?")
_STEP = re.compile(r"(\D+?)(\d{1,3})(?:个?工作日)?")
_STEP_SHAPE = "请写成“审查2;审核1;批准1”，数字是工作日"
_PROCEDURE_SHAPE = "请写成“专家评审|暂停承诺|15工作日|依据：条款”，没有期限的写“不限”，各项用分号隔开"
_LONGEST_WARNING = 60

_STEPS: dict[str, CaseStep] = {
    "受理": "accepted",
    "审查": "reviewing",
    "审核": "examining",
    "法制审核": "legal_review",
    "批准": "approving",
}
_PROCEDURES = {word: code for code, word in CASE_PROCEDURES.items() if code not in {"supplement"}}


def yes(cell: str) -> bool:
    """是 or 否; an empty cell means no."""
    if cell == "是":
        return True
    if cell in _NOTHING:
        return False
    raise BadCell(f"“{cell}”请写“是”或“否”")


def days(cell: str) -> int | None:
    """A number of workdays, or None for an empty cell."""
    if cell in _NOTHING:
        return None
    match = _DAYS.fullmatch(cell)
    if match is None or int(match[1]) > _LONGEST_WARNING:
        raise BadCell(f"“{cell}”请写工作日数，如 2，最多{_LONGEST_WARNING}")
    return int(match[1])


def steps(cell: str) -> tuple[StepRule, ...]:
    """审查2;审核1;批准1: steps with the workdays each may take, in the order of the procedure."""
    if cell in _NOTHING:
        return ()
    rules = [_step(item) for item in _items(cell)]
    return tuple(sorted(rules, key=lambda rule: STEP_ORDER.index(rule.step)))


def _step(item: str) -> StepRule:
    match = _STEP.fullmatch(item)
    if match is None or match[1] not in _STEPS or not int(match[2]):
        raise BadCell(f"环节“{item}”看不懂，{_STEP_SHAPE}；环节有：{'、'.join(_STEPS)}")
    return StepRule(_STEPS[match[1]], int(match[2]))


def procedures(cell: str) -> tuple[ProcedureRule, ...]:
    """专家评审|暂停承诺|15工作日|依据：…; by code, as the catalogue keeps them."""
    if cell in _NOTHING:
        return ()
    return tuple(sorted((_procedure(item) for item in _items(cell)), key=lambda rule: rule.procedure))


def _procedure(item: str) -> ProcedureRule:
    parts = [part.strip() for part in re.split(r"[|｜]", item)]
    whole = len(parts) == len(("name", "stops", "length", "basis"))
    if not whole or parts[0] not in _PROCEDURES or parts[1] not in {"暂停承诺", "不暂停"}:
        raise BadCell(f"特别程序“{item}”看不懂，{_PROCEDURE_SHAPE}；程序有：{'、'.join(_PROCEDURES)}")
    name, stops, length, basis = parts
    if not basis.removeprefix("依据："):
        raise BadCell(f"特别程序“{name}”没有写依据，{_PROCEDURE_SHAPE}")
    granted = None if length == "不限" else limit(length)
    return ProcedureRule(_PROCEDURES[name], stops == "暂停承诺", granted, basis.removeprefix("依据："))


def _items(cell: str) -> list[str]:
    return [item.strip() for item in re.split(r"[;；\n]", cell) if item.strip()]
