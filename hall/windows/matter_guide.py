"""办事指南: what a matter needs and how long it takes, beside the form."""

from html import escape

from PySide6.QtWidgets import QLabel

from hall.rules.catalogue import MaterialRule, Matter
from hall.windows.side_panel import SidePanel
from hall.words import APPLICANT_KINDS, HANDLING_KINDS

NONE = "未规定"


class MatterGuide(SidePanel):
    """The matter's materials, limits, basis, fee and validity."""

    def __init__(self) -> None:
        super().__init__("办事指南")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.add(self._text)

    @property
    def text(self) -> str:
        """What it says, as rich text."""
        return self._text.text()

    def show_matter(self, matter: Matter) -> None:
        """Show another matter."""
        self._text.setText("".join(f"<p><b>{title}</b><br>{words}</p>" for title, words in _sections(matter)))


def _sections(matter: Matter) -> tuple[tuple[str, str], ...]:
    kinds = "、".join(word for kind, word in APPLICANT_KINDS.items() if kind in matter.applicant_kinds)
    visit = "需要" if matter.site_visit else "不需要"
    every: tuple[tuple[str, str], ...] = (
        ("事项", escape(f"{matter.code} {matter.name}（{HANDLING_KINDS[matter.handling]}，{matter.department}）")),
        ("申请材料", "<br>".join(_material_words(rule) for rule in matter.materials) or "无"),
        ("时限", f"法定 {matter.statutory or NONE}，承诺 {matter.promised or NONE}"),
        ("谁可以申请", kinds),
        ("现场勘验", escape(f"{visit}（{matter.site_visit_note}）" if matter.site_visit_note else visit)),
        ("收费", f"{matter.fee_fen / 100:.2f} 元（{escape(matter.fee_basis)}）" if matter.fee_fen else "不收费"),
        ("有效期", escape(matter.validity) or NONE),
        ("设定依据", escape(matter.basis)),
        ("备注", escape(matter.note)),
    )
    return tuple((title, words) for title, words in every if words)


def _material_words(rule: MaterialRule) -> str:
    counts = [f"{form}{count}份" for form, count in (("原件", rule.originals), ("复印件", rule.copies)) if count]
    need = "" if rule.required else "，非必要"
    note = f"，{rule.note}" if rule.note else ""
    return escape(f"{rule.position}. {rule.name}（{'、'.join(counts)}{need}{note}）")
