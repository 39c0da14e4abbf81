"""A violation on one page: how it stands, tiers with amounts, the order to correct, lists, basis, other versions."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from hall.rules.penalty_terms import Line
from hall.rules.violation_words import exemption_words, simple_words, tier_amount
from hall.rules.violations import Tier, ViolationEntry
from hall.services.violations import ViolationView
from hall.windows.kit import tokens
from hall.windows.kit.scrolling import Scrolling
from hall.windows.kit.style import set_look, set_role
from hall.words import BENCHMARK_STANDINGS, CORRECTIONS

NOTHING = "没有选中的案由"
_HEAD = f'bgcolor="{tokens.PRIMARY_SOFT}" align'


class ViolationPage(QFrame):
    """Scrolls by itself; the keyboard stays with the list."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.title, self.banner, self._text = QLabel(), QLabel(), QLabel()
        set_role(self.title, "heading")
        set_role(self.banner, "banner")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.title, self.banner, self._text):
            label.setWordWrap(True)
        self._area = Scrolling(self.title, self.banner, self._text, spacing=tokens.SNUG)
        self._view: ViolationView | None = None
        self._simple: Line | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.SNUG, tokens.SNUG)
        column.addWidget(self._area)
        self.show_violation(None)

    @property
    def words(self) -> str:
        """Everything that is shown below the title."""
        return self._text.text()

    def show_violation(self, view: ViolationView | None) -> None:
        """Another violation from its top; the same again stays where it is."""
        if view is not None and view == self._view:
            return
        moved = view is None or self._view is None or view.version_id != self._view.version_id
        self._view = view
        self.banner.setVisible(view is not None)
        self.title.setText(NOTHING if view is None else f"{view.entry.code}　{view.entry.name}")
        self._text.setText("" if view is None else violation_html(view, self._simple))
        if view is not None:
            self.banner.setText(_banner(view))
            set_look(self.banner, "tone", "good" if view.usable else "bad")
        if moved:
            self._area.go_to(0)

    def show_simple(self, simple: Line) -> None:
        """The limits of the simple procedure have been read."""
        self._simple = simple
        shown, self._view = self._view, None
        if shown is not None:
            self.show_violation(shown)

    def turn(self, pages: int) -> None:
        """A page on or back."""
        self._area.turn(pages)


def violation_html(view: ViolationView, simple: Line | None) -> str:
    """The page of a violation as rich text; `simple`: the limits of the simple procedure, where they are known."""
    entry = view.entry
    lists = [_exemption_block(exemption_words(exemption)) for exemption in entry.exemptions]
    others = [_version_line(each) for each in view.others]
    said = "" if entry.exemptions else "；".join(each for each in (entry.first_offence, entry.exempt_basis) if each)
    facts = (
        ("责令改正", escape(CORRECTIONS[entry.correction])),
        ("本局清单", "".join(lists)),
        ("违反的规定", escape(entry.legal_basis)),
        ("处罚的依据", escape(entry.penalty_article)),
        ("表内关于免罚的说明", escape(said)),
        ("备注", escape(entry.note)),
        ("来源", escape(entry.source)),
        ("其他版本", "<br>".join(others)),
    )
    told = "".join(f"<p><b>{title}</b><br>{words}</p>" for title, words in facts if words)
    return f"{_tier_table(entry.tiers, simple)}{told}"


def _banner(view: ViolationView) -> str:
    entry = view.entry
    if view.hindrances:
        return "\n".join(view.hindrances)
    until = f"，至 {entry.valid_to}" if entry.valid_to else ""
    conflict = "\n备注说到与上位法冲突，请核对。" if entry.tells_conflict else ""
    return (
        f"{BENCHMARK_STANDINGS[view.standing]}：{entry.published_on} 公布（{entry.published_as}），"
        f"{entry.valid_from} 起施行{until}{conflict}"
    )


def _tier_table(tiers: tuple[Tier, ...], simple: Line | None) -> str:
    """Who, how grave, in which circumstances, how much, and whether that may be decided on the spot."""
    head = "".join(f'<th {_HEAD}="{align}">{title}</th>' for title, align in _COLUMNS)
    rows = "".join(_tier_row(tier, number, simple) for number, tier in enumerate(tiers))
    return f'<table width="100%" cellspacing="0" cellpadding="6"><tr>{head}</tr>{rows}</table>'


_COLUMNS = (("对象", "left"), ("档次", "left"), ("情形", "left"), ("罚款", "right"), ("简易程序", "left"))


def _tier_row(tier: Tier, number: int, simple: Line | None) -> str:
    ground = f' bgcolor="{tokens.GROUND}"' if number % 2 else ""
    words = "".join(f"<td>{escape(each)}</td>" for each in (tier.object_words, tier.tier, tier.circumstances))
    on_spot = simple_words(tier, simple) if simple is not None else ""
    return (
        f'<tr{ground}>{words}<td align="right"><b>{escape(tier_amount(tier))}</b></td><td>{escape(on_spot)}</td></tr>'
    )


def _exemption_block(lines: tuple[str, ...]) -> str:
    """The rule, and its conditions below it further in."""
    first, *rest = map(escape, lines)
    return f'{first}<div style="margin-left: {tokens.BASE}px">{"<br>".join(rest)}</div>'


def _version_line(entry: ViolationEntry) -> str:
    published = f"{entry.published_on} 公布" if entry.published_on else "未公布"
    until = f" 至 {entry.valid_to}" if entry.valid_to else ""
    return f"{entry.valid_from} 起{until}，{published}：{escape('；'.join(map(_short_tier, entry.tiers)))}"


def _short_tier(tier: Tier) -> str:
    return f"{tier.object_words} {tier.tier} {tier_amount(tier)}"
