"""流动经营者征信: who trades with the credit of today line by line, the facts and their next step, platform, rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from hall.rules.cards import Card
from hall.rules.vendor_credit import CreditLine, CreditRule, ScoreLine, last_day
from hall.services.vendor_export import PlatformRow
from hall.services.vendor_lists import VendorRow
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, RowDeed
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column, Table
from hall.windows.pages import PageTools
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.vendor_fact_page import FactsPage
from hall.windows.vendor_panels import FARMER, EnterPanel, LeavePanel, NotePanel
from hall.words import (
    VENDOR_CATEGORIES,
    VENDOR_PLATFORM_ACTS,
)


def vendor_facts(row: VendorRow) -> tuple[str, Facts]:
    """Who it is, what the points come to and what they mean."""
    counted = "".join(f"{line.counted:+d}" for line in row.score.lines if line.counted)
    points = f"{row.score.points}分 = {row.score.base}{counted}" if counted else f"{row.score.points}分（基础分）"
    return f"{row.number}　{row.person.name_masked}", [
        ("征信", f"{points}，{row.score.level.words}"),
        ("申请摊位", row.admission.why),
        ("证件", row.person.id_masked),
        ("电话", row.person.phone_masked),
        ("类别", VENDOR_CATEGORIES[row.category] + (f"；{FARMER}" if row.farmer else "")),
        ("常去地点", row.usual_place),
        ("登记日期", row.registered_on.isoformat()),
        ("离开", f"{row.left_on}，{row.left_why}" if row.left_on else ""),
        ("规则", row.score.source),
    ]


class ScoreTable(Table[ScoreLine]):
    """Every fact of a vendor with what it counts today and why not."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("发生", lambda line: line.fact.happened_on.isoformat(), width=104),
                Column("事项", lambda line: line.words),
                Column("分值", lambda line: f"{line.fact.points:+d}", "right", 56),
                Column("计分情况", lambda line: line.standing, width=156),
            ],
            lambda line: line.fact.key,
            empty="没有征信事项，按基础分计算。",
        )
        self.setAccessibleName("征信分的由来")


class VendorsPage(DeedListPage[VendorRow]):
    """Who trades; below the facts every line of the score."""

    def __init__(self, tools: PageTools) -> None:
        self.lines = ScoreTable()
        super().__init__(
            tools,
            "流动经营者",
            ListOf[VendorRow](
                columns=[
                    Column("编号", lambda row: row.number, width=104),
                    Column("姓名或名称", lambda row: row.person.name_masked),
                    Column("类别", lambda row: VENDOR_CATEGORIES[row.category], width=84),
                    Column("常去地点", lambda row: row.usual_place),
                    Column("征信分", lambda row: str(row.score.points), "right", 64, order=_points),
                    Column("等级", lambda row: row.score.level.words, width=112, order=_points),
                ],
                key=lambda row: row.vendor_id,
                facts=vendor_facts,
                empty="还没有登记流动经营者。F2 登记，或者放上身份证。",
                nothing="没有选中的经营者",
                shares=(6, 5),
                new=(NewDeed("enter", "登记经营者", "vendor.enter", EnterPanel),),
                deeds=(
                    RowDeed("note", "登记事项", "vendor.note", NotePanel),
                    RowDeed("record", "出征信记录表", "vendor.tell"),
                    RowDeed("leave", "登记离开", "vendor.enter", LeavePanel),
                ),
                search="编号、姓名、证件号码、地点",
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[VendorRow, ...]:
        """The newest first."""
        return self._tools.front.vendors.vendors(asked.text, left=asked.closed)

    def acts(self, row: VendorRow) -> Sequence[str]:
        """Who has left is entered again first."""
        return ("record",) if row.left_on else ("note", "record", "leave")

    def open_row(self, name: str, row: VendorRow) -> None:
        """出征信记录表 at once."""
        front = self._tools.front.vendors
        self.run_now(
            lambda: f"征信记录表 {front.give_record(row.vendor_id).number} 正在打印。", words="正在出征信记录表…"
        )

    def take_card(self, card: Card) -> None:
        """A card is for whoever is entered."""
        if "enter" not in self.new_buttons:
            return
        if not isinstance(self.side.panel, EnterPanel):
            self.open_new_panel("enter")
        panel = self.side.panel
        assert isinstance(panel, EnterPanel)
        panel.take_card(card)

    def below(self) -> QWidget:
        """Where the points come from."""
        return self.lines

    @Slot(object)
    def show_below(self, row: VendorRow | None) -> None:
        """Of the selected vendor."""
        self.lines.show_rows(row.score.lines if row is not None else ())


def _points(row: VendorRow) -> int:
    return row.score.points


class PlatformPage(DeedListPage[PlatformRow]):
    """What the next file for the credit platform holds."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "信用平台",
            ListOf[PlatformRow](
                columns=[
                    Column("报送", lambda row: VENDOR_PLATFORM_ACTS[row.act], width=56),
                    Column("主体", lambda row: row.person.name_masked, width=110),
                    Column("事项", lambda row: row.line.words),
                    Column("分值", lambda row: f"{row.line.fact.points:+d}", "right", 56),
                    Column("有效期至", lambda row: last_day(row.line.fact.expires_on).isoformat(), width=96),
                ],
                key=lambda row: (row.event_id, row.act),
                facts=platform_facts,
                empty="没有要报送的。事项计入以后、更正或者作废以后会列在这里。",
                nothing="没有选中的事项",
                new=(NewDeed("export", "导出报送文件", "vendor.export"),),
            ),
        )

    def read(self, asked: Asked) -> tuple[PlatformRow, ...]:
        """Reported first to last."""
        return self._tools.front.vendors.to_report()

    def acts(self, row: PlatformRow) -> Sequence[str]:
        """Nothing is done with one line alone."""
        return ()

    def counts(self, row: PlatformRow) -> bool:
        """All of them."""
        return True

    def open_new(self, name: str) -> None:
        """Ask where to, then write and remember."""
        ask_where(self, "流动经营者信用信息.xlsx", self.export)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the file and remember what the platform has from it."""
        self.run_now(partial(self._write, path_of(name)), words="正在导出报送文件…")

    def _write(self, path: Path) -> str:
        written = self._tools.front.vendors.export(path)
        return f"已导出到 {path}：归集 {written.reported} 条，撤回 {written.withdrawn} 条。"


def platform_facts(row: PlatformRow) -> tuple[str, Facts]:
    """What the platform is told of it."""
    return row.line.words, [
        ("报送类型", VENDOR_PLATFORM_ACTS[row.act]),
        ("撤回原因", row.reason),
        ("主体", f"{row.vendor_number}　{row.person.name_masked}"),
        ("证件", row.person.id_masked),
        ("分值", f"{row.line.fact.points:+d}"),
        ("发生日期", row.line.fact.happened_on.isoformat()),
        ("处罚决定", row.decision_number),
        ("告知日期", row.line.fact.told_on.isoformat() if row.line.fact.told_on else ""),
        ("认定机关", row.authority),
    ]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A line with the table it stands in."""

    line: CreditLine
    rule: CreditRule


class RulesPage(DeedListPage[RuleRow]):
    """The rule table of today, for whoever asks why."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "征信规则",
            ListOf[RuleRow](
                columns=[
                    Column("代码", lambda row: row.line.code, width=60),
                    Column("事项", lambda row: row.line.words),
                    Column("分值", lambda row: f"{row.line.points:+d}", "right", 56, order=lambda row: row.line.points),
                    Column(
                        "有效月数", lambda row: str(row.line.months), "right", 76, order=lambda row: row.line.months
                    ),
                ],
                key=lambda row: row.line.code,
                facts=rule_facts,
                empty="征信规则里没有事项。",
                nothing="没有选中的事项",
            ),
        )

    def read(self, asked: Asked) -> tuple[RuleRow, ...]:
        """Today's."""
        rule = self._tools.front.vendors.rule()
        return tuple(RuleRow(line, rule) for line in rule.lines)

    def acts(self, row: RuleRow) -> Sequence[str]:
        """Rules are changed in their file."""
        return ()


def rule_facts(row: RuleRow) -> tuple[str, Facts]:
    """What the line rests on, and the levels of its table."""
    line, rule = row.line, row.rule
    levels = [(level.words, f"{level.at_least}分起：{rule.effect_of(level)}") for level in rule.levels[:-1]]
    lowest = rule.levels[-1]
    return f"{line.code} {line.words}", [
        ("证据", line.evidence),
        ("依据", line.basis),
        ("前提", "要有已送达的处罚决定" if line.needs_decision else ""),
        ("基础分", f"{rule.base}分"),
        *levels,
        (lowest.words, f"更低：{rule.effect_of(lowest)}"),
        ("异议期", f"收到告知书起{rule.objection_days}日"),
        ("版本", f"{rule.effective_from}起　{rule.source}"),
    ]


PAGES = PagesOf(
    "流动经营者征信",
    (
        PageOf("流动经营者", "vendor.read", VendorsPage),
        PageOf("征信事项", "vendor.read", FactsPage),
        PageOf("信用平台", "vendor.read", PlatformPage),
        PageOf("征信规则", "vendor.read", RulesPage),
    ),
    frozenset({"vendor", "penalty"}),
)
