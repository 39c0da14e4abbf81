"""征信事项: the facts about vendors that wait for their next step, and what was done with each."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from hall.clock import HALL_ZONE
from hall.rules.vendor_credit import last_day
from hall.services.case_reading import DocumentView
from hall.services.subject_records import Happened
from hall.services.vendor_lists import FactRow, Listed
from hall.windows.deed_list import Asked, DeedListPage, ListOf, RowDeed
from hall.windows.document_preview import DocumentPreview
from hall.windows.kept_files import look_at
from hall.windows.kit.choosing import ask_which
from hall.windows.kit.list_page import Facts, FactsCard
from hall.windows.kit.newest import Newest
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.vendor_fact_panels import (
    AnswerPanel,
    ConfirmPanel,
    CorrectPanel,
    DropPanel,
    NotifyPanel,
    ObjectPanel,
    TellPanel,
    VoidPanel,
)
from hall.words import VENDOR_ACTS, VENDOR_HAPPENED, VENDOR_STATES, VENDOR_TELLING_WAYS

KINDS = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png)"
LISTED: dict[str, str] = {
    "waiting": "待办",
    "confirm": "待复核",
    "tell": "待告知",
    "objected": "待答复",
    "all": "全部",
}


def fact_facts(row: FactRow) -> tuple[str, Facts]:
    """What happened, what proves it, who did what with it, whether it counts."""
    fact = row.fact
    return f"{row.line.words}（{fact.points:+d}分）", [
        ("主体", f"{row.vendor_number}　{row.name_masked}"),
        ("计分", row.line.standing),
        ("发生", f"{fact.happened_on}　{row.place}"),
        ("事实", row.facts),
        ("证据", row.evidence + (f"（存有{row.files}份）" if row.files else "")),
        ("处罚决定", row.decision_number),
        ("依据", row.basis),
        ("有效期至", last_day(fact.expires_on).isoformat()),
        ("登记、复核", "、".join(name for name in (row.entered_name, row.confirmed_name) if name)),
        ("告知", _telling_words(row)),
        ("异议", f"{fact.objected_on}：{row.objection}" if fact.objected_on else ""),
        ("答复期限", row.answer_by.isoformat() if row.answer_by and fact.answered_on is None else ""),
        ("答复", f"{fact.answered_on} {row.answered_name}：{row.answer}" if fact.answered_on else ""),
    ]


def _telling_words(row: FactRow) -> str:
    if not row.told_way:
        return ""
    way, fact = VENDOR_TELLING_WAYS[row.told_way], row.fact
    if fact.told_on is None:
        return f"{way}，等待送达"
    until = f"{fact.object_by}以前" if fact.object_by is not None else "放假安排录入后确定期满日，在此以前"
    return f"{fact.told_on}　{way}，{until}可以异议"


class FactsPage(DeedListPage[FactRow]):
    """Facts and their next step; below the facts what was done with the selected one."""

    def __init__(self, tools: PageTools) -> None:
        self.happened = FactsCard()
        self.dialog: QFileDialog | DocumentPreview | None = None
        self._folder = str(Path.home())
        self._latest = Newest[tuple[Happened, ...]](self._show_happened)
        super().__init__(
            tools,
            "征信事项",
            ListOf[FactRow](
                columns=[
                    Column("发生日期", lambda row: row.fact.happened_on.isoformat(), width=96),
                    Column("经营者", lambda row: row.name_masked, width=96),
                    Column("事项", lambda row: row.line.words),
                    Column("分值", lambda row: f"{row.fact.points:+d}", "right", 56, order=lambda row: row.fact.points),
                    Column("状态", _state_words, width=92),
                    Column("答复期限", _answer_by, width=116, light=lambda row: row.answer_light),
                ],
                key=lambda row: row.event_id,
                facts=fact_facts,
                empty="没有等待办理的征信事项。Ctrl+F 选“全部”可以查看以前的；在“流动经营者”里 F3 登记事项。",
                nothing="没有选中的征信事项",
                deeds=(
                    RowDeed("confirm", VENDOR_ACTS["confirm"], "vendor.confirm", ConfirmPanel),
                    RowDeed("tell", VENDOR_ACTS["tell"], "vendor.tell", TellPanel),
                    RowDeed("notify", VENDOR_ACTS["notify"], "vendor.tell", NotifyPanel),
                    RowDeed("answer", VENDOR_ACTS["answer"], "vendor.answer", AnswerPanel),
                    RowDeed("object", VENDOR_ACTS["object"], "vendor.object", ObjectPanel),
                    RowDeed("correct", VENDOR_ACTS["correct"], "vendor.note", CorrectPanel),
                    RowDeed("drop", VENDOR_ACTS["drop"], "vendor.confirm", DropPanel),
                    RowDeed("void", VENDOR_ACTS["void"], "vendor.answer", VoidPanel),
                    RowDeed("look", "看证据", "file.read"),
                    RowDeed("keep", "存证据", "file.add"),
                ),
                search="编号、姓名",
                choices=LISTED,
            ),
        )

    def read(self, asked: Asked) -> tuple[FactRow, ...]:
        """What waits, or what was chosen."""
        return self._tools.front.vendors.facts(cast(Listed, asked.choice), asked.text)

    def acts(self, row: FactRow) -> Sequence[str]:
        """What its state allows; evidence is looked at where there is some."""
        return (*row.acts, *(("look",) if row.files else ()), *(("keep",) if row.acts else ()))

    def open_row(self, name: str, row: FactRow) -> None:
        """看证据; 存证据: which files."""
        if name == "look":
            read = partial(self._tools.front.vendors.look, row.event_id)
            look_at(self, self._tools.work, row.line.words, read, on_opened=self._opened)
        else:
            self.dialog = ask_which(
                self, "存入证据", folder=self._folder, kinds=KINDS, many=True, on_chosen=partial(self.keep, row)
            )

    def keep(self, row: FactRow, names: list[str]) -> None:
        """Keep these files with the fact."""
        front = self._tools.front.vendors
        if names:
            self._folder = str(Path(names[0]).parent)
            paths = tuple(map(Path, names))
            self.run_now(lambda: f"已存入，共有证据 {front.keep(row.event_id, paths)} 份。", words="正在存入证据…")

    def _opened(self, dialog: DocumentPreview) -> None:
        self.dialog = dialog

    def document_of(self, row: FactRow) -> DocumentView | None:
        """Its notice."""
        return row.document

    def below(self) -> QWidget:
        """What was done with it."""
        return self.happened

    @Slot(object)
    def show_below(self, row: FactRow | None) -> None:
        """Read what was done with the selected fact."""
        self.happened.setVisible(row is not None)
        if row is not None:
            read = partial(self._tools.front.vendors.happened, row.event_id)
            self._tools.work.quietly(read, self._latest.ask(), owner=self)

    def _show_happened(self, happened: tuple[Happened, ...]) -> None:
        facts = [
            (f"{each.at.astimezone(HALL_ZONE):%m-%d %H:%M}", f"{VENDOR_HAPPENED[each.kind]}　{each.who}　{each.note}")
            for each in reversed(happened)
        ]
        self.happened.show_facts("经过", facts)

    def counts(self, row: FactRow) -> bool:
        """What waits for somebody."""
        return row.fact.state in {"entered", "objected"} or (row.fact.points < 0 and "notify" in row.acts)


def _state_words(row: FactRow) -> str:
    """What waits for the person's notice says so."""
    fact = row.fact
    if fact.points < 0 and fact.told_on is None and fact.state in {"confirmed", "standing"}:
        return "待送达" if fact.noticed else "待告知"
    return VENDOR_STATES[fact.state]


def _answer_by(row: FactRow) -> str:
    return row.answer_by.isoformat() if row.answer_by and row.fact.answered_on is None else ""
