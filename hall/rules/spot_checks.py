"""Spot checks of a post (抽查): how one stands, who may do what with it; nobody checks or verifies his own work."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused

CheckWay = Literal["on_site", "recording", "dossier", "mystery"]
CheckState = Literal["met", "to_correct", "late", "corrected", "verified", "voided"]
CheckAct = Literal["state", "correct", "verify", "void"]


_BY_A_THIRD: tuple[CheckAct, ...] = ("verify", "void")
"""Acts of neither who was checked nor who checked."""


class OwnCheck(Refused):
    """Somebody would check, or verify, his own work, or take back what was found in it."""

    def __init__(self) -> None:
        super().__init__("不能抽查或者核验自己的工作，也不能作废对自己的抽查。请由另一位有权限的人员办理。")


class NotTheChecked(Refused):
    """Only who was checked says something to it and corrects it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"这次抽查的对象是{name}，由其本人说明和整改。请换用本人的账号。")


class CheckerVerifies(Refused):
    """Who found the fault would also say that it is mended."""

    def __init__(self) -> None:
        super().__init__("抽查人不能核验自己查出问题的整改。请由另一位负责人核验。")


class CheckerVoids(Refused):
    """Who entered a check would also say that it never was one."""

    def __init__(self) -> None:
        super().__init__("抽查人不能作废自己登记的抽查。请说明原因，由另一位有权限的人员作废。")


class CannotOnCheck(Refused):
    """The check does not stand so that this could be done."""


class BadSpotCheck(Refused):
    """What was entered is no check; all of it is named at once."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(f"抽查还不能登记：{'；'.join(reasons)}。请补正后再登记。")


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What is kept of a check: accounts and days."""

    about: int
    checked_by: int
    met: bool
    correct_by: date | None
    corrected_on: date | None
    verified_on: date | None
    voided: bool = False


def state_of(check: CheckFacts, *, today: date) -> CheckState:
    """How it stands today: late from the day after `correct_by` on."""
    if check.voided:
        return "voided"
    if check.met:
        return "met"
    if check.verified_on is not None:
        return "verified"
    if check.corrected_on is not None:
        return "corrected"
    return "late" if check.correct_by is not None and check.correct_by < today else "to_correct"


def faults_of(
    *,
    met: bool,
    finding: str,
    checked_on: date,
    correct_by: date | None,
    step_from: date,
    step_to: date | None,
    today: date,
) -> tuple[str, ...]:
    """Why a check cannot be entered; empty where it can. Nobody is held to a step that was not in force on the day."""
    faults = []
    if checked_on > today:
        faults.append("抽查日期还没有到")
    if checked_on < step_from or (step_to is not None and checked_on > step_to):
        faults.append("这一步的标准在抽查当日没有生效，请选当日有效的标准")
    if not met and not finding.strip():
        faults.append("不合格的要写明查出的问题")
    if not met and correct_by is None:
        faults.append("不合格的要写明整改期限")
    if met and correct_by is not None:
        faults.append("合格的没有整改期限")
    if correct_by is not None and correct_by < today:
        faults.append("整改期限已经过去")
    return tuple(faults)


def require_act(act: CheckAct, check: CheckFacts, *, account_id: int, name: str, today: date) -> None:
    """Raise NotTheChecked, OwnCheck, CheckerVerifies, CheckerVoids or CannotOnCheck. `name` is who was checked."""
    if act in _BY_A_THIRD:
        if account_id == check.about:
            raise OwnCheck
        if account_id == check.checked_by:
            raise CheckerVerifies if act == "verify" else CheckerVoids
    elif account_id != check.about:
        raise NotTheChecked(name)
    if why := _not_now(act, state_of(check, today=today)):
        raise CannotOnCheck(why)


def acts_for(check: CheckFacts, *, account_id: int, today: date) -> tuple[CheckAct, ...]:
    """What somebody can do with a check now."""
    state = state_of(check, today=today)
    if account_id == check.about:
        acts: tuple[CheckAct, ...] = ("correct", "state")
    elif account_id == check.checked_by:
        acts = ()
    else:
        acts = _BY_A_THIRD
    return tuple(act for act in acts if not _not_now(act, state))


def _not_now(act: CheckAct, state: CheckState) -> str:
    if state == "voided":
        return "这次抽查已经作废，不再办理。"
    if act == "void":
        return ""
    if act == "state":
        return "整改已经核验，不再说明。有不同意见请向大厅主任反映。" if state == "verified" else ""
    if act == "correct":
        return "" if state in {"to_correct", "late"} else "这次抽查没有等待整改的问题，不必登记整改。"
    return "" if state == "corrected" else "还没有登记整改，不能核验。请先由被抽查人登记整改。"
