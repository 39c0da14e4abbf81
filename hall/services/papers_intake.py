"""Papers of the intake: correction, refusal, both promises, hand-over to review, withdrawal and termination."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from hall.rules.intake import Limb
from hall.services.case_paper import Row
from hall.services.papers_common import Due, Fields, day_text, due_text, minute_text, numbered, sentence, yes

EndingKind = Literal["withdrawn", "terminated"]

# 行政许可法 32(1)(1), 32(1)(2), 78 and 79: what is found, and the article.
_LIMBS: dict[Limb, tuple[str, str]] = {
    "not_needed": ("申请事项依法不需要取得行政许可", "第三十二条第一款第一项"),
    "not_competent": ("申请事项依法不属于本机关职权范围", "第三十二条第一款第二项"),
    "barred": ("申请人尚在依法不得再次申请该行政许可的期间内", "第七十八条、第七十九条"),
}

_ENDINGS: dict[EndingKind, str] = {"withdrawn": "撤回", "terminated": "终止"}


@dataclass(frozen=True, slots=True)
class Defect:
    """One item of a correction notice: the material, what is wrong with it, what is wanted."""

    name: str
    defect: str
    requirement: str


@dataclass(frozen=True, slots=True)
class PromisedMaterial:
    """A material that is handed in later, and by when."""

    name: str
    supply_by: date


@dataclass(frozen=True, slots=True)
class HandedMaterial:
    """A material as it goes from the window to the reviewers."""

    name: str
    originals: int
    copies: int
    remark: str = ""


def correction(
    common: Fields,
    *,
    defects: tuple[Defect, ...],
    submit_by: date | None = None,
    consequence: str = "",
    in_review: bool = False,
    promised_pauses: bool = False,
) -> Fields:
    """`correction`: rows `materials` (name, defect, requirement), `submit_by`, `consequence`.

    `in_review`: asked for after acceptance, when the statutory period goes on; `promised_pauses` says whether the
    promised one does not.
    """
    rows: list[Row] = [{"name": each.name, "defect": each.defect, "requirement": each.requirement} for each in defects]
    return {
        **common,
        "materials": numbered(rows),
        "submit_by": day_text(submit_by),
        "consequence": sentence(consequence),
        "in_review": yes(in_review),
        "promised_pauses": yes(promised_pauses),
    }


def refusal(common: Fields, *, limb: Limb, reason: str, competent_authority: str = "") -> Fields:
    """`refusal`: `limb`, `limb_article`, `reason`, `competent_authority` (must be told for `not_competent`)."""
    if limb == "not_competent" and not competent_authority:
        raise ValueError("a refusal for want of competence names the competent authority")
    text, article = _LIMBS[limb]
    return {
        **common,
        "limb": text,
        "limb_article": article,
        "reason": sentence(reason),
        "competent_authority": competent_authority,
    }


def lacking_promise(common: Fields, *, materials: tuple[PromisedMaterial, ...], supply_by: date) -> Fields:
    """`lacking_promise` 容缺受理承诺书: rows `materials` (name, supply_by), `supply_by` for all of them."""
    rows: list[Row] = [{"name": each.name, "supply_by": day_text(each.supply_by)} for each in materials]
    return {**common, "materials": numbered(rows), "supply_by": day_text(supply_by)}


def informed_promise(
    common: Fields, *, basis: str, conditions: tuple[str, ...], check_by: date | None = None, consequence: str = ""
) -> Fields:
    """`informed_promise` 告知承诺书: `basis`, rows `conditions` (text), `check_by`, further `consequence`s."""
    rows: list[Row] = [{"text": each} for each in conditions]
    return {
        **common,
        "basis": basis,
        "conditions": numbered(rows),
        "check_by": day_text(check_by),
        "consequence": sentence(consequence),
    }


def handover(
    common: Fields,
    *,
    from_department: str,
    to_department: str,
    sender_name: str,
    receiver_name: str,
    handed_at: datetime,
    materials: tuple[HandedMaterial, ...],
    statutory_due: Due,
    promised_due: Due,
    note: str = "",
) -> Fields:
    """`handover` 窗口与审查交接单: who hands over to whom and when, rows `materials`, both due dates, `note`."""
    rows: list[Row] = [
        {"name": each.name, "originals": each.originals, "copies": each.copies, "remark": each.remark}
        for each in materials
    ]
    return {
        **common,
        "from_department": from_department,
        "to_department": to_department,
        "sender_name": sender_name,
        "receiver_name": receiver_name,
        "handed_at": minute_text(handed_at),
        "materials": numbered(rows),
        "statutory_due": due_text(statutory_due),
        "promised_due": due_text(promised_due),
        "note": note,
    }


def withdrawal(common: Fields, *, kind: EndingKind, reason: str, ended_on: date, returned: str = "") -> Fields:
    """`withdrawal` 撤回申请/终止通知: `ending_word` (撤回 or 终止), `reason`, `ended_on`, `returned` materials."""
    return {
        **common,
        "ending_word": _ENDINGS[kind],
        "withdrawn": yes(kind == "withdrawn"),
        "reason": sentence(reason),
        "ended_on": day_text(ended_on),
        "returned": sentence(returned),
    }
