"""办事指南: what a matter needs, how long it takes, what it costs and by which law, as plain sections."""

from dataclasses import dataclass

from hall.rules.catalogue import MaterialRule, Matter
from hall.words import APPLICANT_KINDS, HANDLING_KINDS

NONE = "未规定"


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]


def guide_sections(matter: Matter) -> tuple[GuideSection, ...]:
    """The guide of a matter, the same on screen and on paper; what the matter does not say is left out."""
    kinds = "、".join(word for kind, word in APPLICANT_KINDS.items() if kind in matter.applicant_kinds)
    visit = "需要" if matter.site_visit else "不需要"
    every: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("事项", (f"{matter.code} {matter.name}（{HANDLING_KINDS[matter.handling]}，{matter.department}）",)),
        ("申请材料", tuple(map(_material_words, matter.materials)) or ("无",)),
        ("时限", (f"法定 {matter.statutory or NONE}，承诺 {matter.promised or NONE}",)),
        ("谁可以申请", (kinds,)),
        ("现场勘验", (f"{visit}（{matter.site_visit_note}）" if matter.site_visit_note else visit,)),
        ("收费", (f"{matter.fee_fen / 100:.2f} 元（{matter.fee_basis}）" if matter.fee_fen else "不收费",)),
        ("有效期", (matter.validity or NONE,)),
        ("设定依据", (matter.basis,)),
        ("备注", (matter.note,)),
        ("版本", (f"自 {matter.effective_from} 起施行",)),
    )
    return tuple(GuideSection(title, lines) for title, lines in every if any(lines))


def _material_words(rule: MaterialRule) -> str:
    counts = [f"{form}{count}份" for form, count in (("原件", rule.originals), ("复印件", rule.copies)) if count]
    need = "" if rule.required else "，非必要"
    note = f"，{rule.note}" if rule.note else ""
    return f"{rule.position}. {rule.name}（{'、'.join(counts)}{need}{note}）"
