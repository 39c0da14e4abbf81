"""便民服务点: the plan, applications, draws, certificates, withdrawals, committees, sites."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from hall.rules.cards import Card
from hall.services.case_reading import DocumentView
from hall.services.stall_lists import ApplicationRow, DrawRow
from hall.services.stall_reading import SiteRow
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, RowDeed
from hall.windows.kit.choosing import ask_which
from hall.windows.kit.tables import Column
from hall.windows.pages import Deed, PageTools
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.stall_held_pages import CommitteePage, GrantsPage, WithdrawalsPage
from hall.windows.stall_held_panels import CloseSitePanel, CloseStallPanel, LeavePanel, ProposePanel
from hall.windows.stall_panels import (
    AnnouncePanel,
    ApplyPanel,
    DeclinePanel,
    HoldPanel,
    RefusePanel,
    SitePanel,
    VoidPanel,
    WithdrawPanel,
)
from hall.windows.stall_plan import PlanView
from hall.windows.stall_words import PlanRow, application_facts, draw_facts, site_facts, stall_facts
from hall.words import STALL_APPLICATION_STATES, STALL_DRAW_STATES, STALL_STATES, VENDOR_CATEGORIES

FACTS_HEIGHT = 188
"""Pixels for what there is to know of a stall; the picture has the rest."""
FIRST_SITE = {"": "第一个点位"}


class PlanPage(DeedListPage[PlanRow]):
    """The plan of a site; its stalls in a list beside, the arrows walk over the picture."""

    def __init__(self, tools: PageTools) -> None:
        self.plan = PlanView()
        super().__init__(
            tools,
            "点位图",
            ListOf[PlanRow](
                columns=[
                    Column("摊位", lambda row: row.stall.number, width=64),
                    Column("状态", lambda row: STALL_STATES[row.stall.state], width=76),
                    Column("摊主", lambda row: row.holder_masked),
                    Column("到期", _until, width=96),
                ],
                key=lambda row: row.stall.stall_id,
                facts=stall_facts,
                empty="这个点位还没有摊位。在“点位”（Alt+7）设置点位、导入平面图和摊位表。",
                nothing="没有选中的摊位",
                shares=(4, 7),
                deeds=(
                    RowDeed("renew", "续期", "stall.grant"),
                    RowDeed("propose", "提出收回", "stall.withdraw", ProposePanel),
                    RowDeed("leave", "登记退出", "stall.end", LeavePanel),
                    RowDeed("close", "停用摊位", "stall.site", CloseStallPanel),
                    RowDeed("reopen", "恢复使用", "stall.site"),
                ),
                choices=FIRST_SITE,
            ),
        )
        self.list.facts.setMaximumHeight(FACTS_HEIGHT)
        self.plan.picked.connect(self.list.table.select)
        self.plan.wanted.connect(self._want)

    def read(self, asked: Asked) -> tuple[PlanRow, ...]:
        """The stalls of the chosen site, or of the first."""
        front = self._tools.front.stalls
        sites = front.sites()
        if not sites:
            return ()
        site_id = int(asked.choice) if asked.choice else sites[0].site_id
        plan = front.plan(site_id)
        named = tuple((site.site_id, site.name) for site in sites)
        return tuple(PlanRow(stall, plan, named) for stall in plan.stalls) if plan is not None else ()

    def acts(self, row: PlanRow) -> Sequence[str]:
        """What the state of the stall allows."""
        if row.stall.grant_id is not None:
            held = ("leave",) if row.stall.withdrawal_id is not None else ("propose", "leave")
            return ("renew", *held) if row.stall.state == "ending" else held
        return {"free": ("close",), "closed": ("reopen",)}.get(row.stall.state, ())

    def document_of(self, row: PlanRow) -> DocumentView | None:
        """The certificate."""
        return row.stall.document

    def open_row(self, name: str, row: PlanRow) -> None:
        """续期 or 恢复使用 at once."""
        front = self._tools.front.stalls
        if name == "renew":
            self.run_now(lambda: f"摊位证 {front.renew(row.stall.grant_id or 0).number} 正在打印。", words="正在续期…")
        else:
            self.run_now(
                _told(partial(front.reopen_stall, row.stall.stall_id), f"摊位 {row.stall.number} 已恢复使用。"),
                words="正在恢复使用…",
            )

    def begin(self) -> None:
        """The keyboard goes to the picture."""
        self.plan.setFocus()

    @property
    def keys(self) -> str:
        """Arrows first."""
        return f"方向键 走到邻近的摊位　{super().keys}"

    def below(self) -> QWidget:
        """The picture."""
        return self.plan

    @Slot(object)
    def show_below(self, row: PlanRow | None) -> None:
        """The plan of the selected stall; the sites to choose from."""
        self.plan.show_plan(row.plan if row else None, row.stall.stall_id if row else None)
        if row is not None:
            self._offer_sites(row)

    def _offer_sites(self, row: PlanRow) -> None:
        choice = self.choice
        offered = [(name, str(key)) for key, name in row.sites]
        if choice is None or offered == [(choice.itemText(at), choice.itemData(at)) for at in range(choice.count())]:
            return
        choice.blockSignals(True)
        choice.clear()
        for name, key in offered:
            choice.addItem(name, key)
        choice.setCurrentIndex(choice.findData(str(row.plan.site.site_id)))
        choice.blockSignals(False)

    @Slot()
    def _want(self) -> None:
        if self.row is not None:
            self.list.table.chosen.emit(self.row)


class ApplicationsPage(DeedListPage[ApplicationRow]):
    """Applications and their next step."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "申请",
            ListOf[ApplicationRow](
                columns=[
                    Column("编号", lambda row: row.number, width=216),
                    Column("申请人", lambda row: row.person.name_masked, width=80),
                    Column("点位", lambda row: row.site),
                    Column("类别", lambda row: VENDOR_CATEGORIES[row.category], width=84),
                    Column("状态", lambda row: STALL_APPLICATION_STATES[row.state], width=92),
                    Column("摊位", _place, width=92),
                ],
                key=lambda row: row.application_id,
                facts=application_facts,
                empty="没有在办的摊位申请。F2 登记申请，或者放上身份证。",
                nothing="没有选中的申请",
                new=(NewDeed("apply", "登记申请", "stall.apply", ApplyPanel),),
                deeds=(
                    RowDeed("admit", "准予进入", "stall.admit"),
                    RowDeed("refuse", "不予进入", "stall.admit", RefusePanel),
                    RowDeed("accept", "接受摊位", "stall.apply"),
                    RowDeed("decline", "放弃摊位", "stall.apply", DeclinePanel),
                    RowDeed("grant", "发摊位证", "stall.grant"),
                    RowDeed("withdraw", "撤回申请", "stall.apply", WithdrawPanel),
                ),
                search="编号、姓名、身份证号",
                choices={"": "在办", **STALL_APPLICATION_STATES},
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[ApplicationRow, ...]:
        """The newest first."""
        return self._tools.front.stalls.applications(state=asked.choice, text=asked.text, closed=asked.closed)

    def acts(self, row: ApplicationRow) -> Sequence[str]:
        """What its state allows."""
        return {
            "applied": ("admit", "refuse", "withdraw"),
            "admitted": ("withdraw",),
            "drawing": ("withdraw",),
            "waiting": ("withdraw",),
            "offered": ("accept", "decline", "withdraw"),
            "accepted": ("grant", "refuse", "withdraw"),
        }.get(row.state, ())

    def document_of(self, row: ApplicationRow) -> DocumentView | None:
        """The form, the refusal or the certificate."""
        return row.document

    def counts(self, row: ApplicationRow) -> bool:
        """What waits for somebody here."""
        return row.state in {"applied", "offered", "accepted"}

    def open_row(self, name: str, row: ApplicationRow) -> None:
        """Admitted, accepted or granted at once."""
        front, key = self._tools.front.stalls, row.application_id
        if name == "grant":
            self.run_now(lambda: f"摊位证 {front.grant(key).number} 正在打印。", words="正在发证…")
        elif name == "admit":
            self.run_now(_told(partial(front.admit, key), f"{row.number} 准予进入，等待抽签。"), words="正在审查…")
        else:
            accept = partial(front.answer, key, accepted=True)
            self.run_now(_told(accept, f"{row.number} 已接受，由批准人发证。"), words="正在登记…")

    def take_card(self, card: Card) -> None:
        """A card is for whoever applies; where nobody can, its holder is looked for."""
        if "apply" not in self.new_buttons:
            self.look_for(card.id_number)
            return
        if not isinstance(self.side.panel, ApplyPanel):
            self.open_new_panel("apply")
        panel = self.side.panel
        assert isinstance(panel, ApplyPanel)
        panel.take_card(card)


class DrawsPage(DeedListPage[DrawRow]):
    """Draws: announced, drawn, exchanged."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "抽签",
            ListOf[DrawRow](
                columns=[
                    Column("抽签日期", lambda row: row.draw_on.isoformat(), width=104),
                    Column("抽签", lambda row: row.title),
                    Column("人数", lambda row: str(len(row.entrants)), "right", 60),
                    Column("摊位", lambda row: str(len(row.prizes)), "right", 60),
                    Column("状态", _draw_state, width=104),
                ],
                key=lambda row: row.draw_id,
                facts=draw_facts,
                empty="没有等待的抽签。审查通过的申请和空闲摊位都有了，F2 公布抽签。",
                nothing="没有选中的抽签",
                shares=(6, 5),
                new=(NewDeed("announce", "公布抽签", "stall.draw", AnnouncePanel),),
                deeds=(
                    RowDeed("hold", "抽签", "stall.draw", HoldPanel),
                    RowDeed("void", "作废", "stall.draw", VoidPanel),
                    RowDeed("rotate", "按轮换换证", "stall.grant"),
                ),
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[DrawRow, ...]:
        """The newest first."""
        return self._tools.front.stalls.draws(closed=asked.closed)

    def acts(self, row: DrawRow) -> Sequence[str]:
        """Before its day it can only be voided, from then on only drawn."""
        if row.state == "announced":
            return ("void",) if row.can_void else ("hold",)
        return ("rotate",) if row.to_exchange else ()

    def document_of(self, row: DrawRow) -> DocumentView | None:
        """The notice, then the result."""
        return row.document

    def counts(self, row: DrawRow) -> bool:
        """Whose day has come, and what is to be exchanged."""
        return row.due or row.to_exchange > 0

    def open_row(self, name: str, row: DrawRow) -> None:
        """换证 at once."""
        front = self._tools.front.stalls
        self.run_now(lambda: f"{len(front.rotate(row.draw_id))} 张摊位证正在打印。", words="正在换证…")


class SitesPage(DeedListPage[SiteRow]):
    """Sites are laid down, get their picture and their stalls."""

    def __init__(self, tools: PageTools) -> None:
        self.dialog: QFileDialog | None = None
        super().__init__(
            tools,
            "点位",
            ListOf[SiteRow](
                columns=[
                    Column("编号", lambda row: row.code, width=72),
                    Column("名称", lambda row: row.name),
                    Column("地点", lambda row: row.place),
                    Column("营业时段", lambda row: row.hours, width=188),
                    Column("现在", lambda row: "营业" if row.now_open else "不营业", width=72),
                ],
                key=lambda row: row.site_id,
                facts=site_facts,
                empty="还没有便民服务点。F2 设置点位，再导入平面图和摊位表。",
                nothing="没有选中的点位",
                shares=(7, 4),
                new=(NewDeed("open", "设置点位", "stall.site", SitePanel),),
                deeds=(
                    RowDeed("plan", "换平面图", "stall.site"),
                    RowDeed("stalls", "导入摊位表", "stall.site"),
                    RowDeed("close", "停用点位", "stall.site", CloseSitePanel),
                ),
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[SiteRow, ...]:
        """By their codes."""
        return self._tools.front.stalls.sites(closed=asked.closed)

    def acts(self, row: SiteRow) -> Sequence[str]:
        """A closed site stays as it is."""
        return () if row.closed_on else ("plan", "stalls", "close")

    def open_row(self, name: str, row: SiteRow) -> None:
        """Ask which file."""
        picture = name == "plan"
        self.dialog = ask_which(
            self,
            "换平面图" if picture else "导入摊位表",
            folder=str(Path.home()),
            kinds="图片 (*.png *.jpg *.jpeg)" if picture else "CSV (*.csv)",
            many=False,
            on_chosen=lambda names: self.take_file(name, row, names),
        )

    def take_file(self, name: str, row: SiteRow, names: Sequence[str]) -> None:
        """The picture, or the whole layout or nothing."""
        front = self._tools.front.stalls
        if not names:
            return
        path = Path(names[0])
        if name == "plan":
            self.run_now(
                _told(partial(front.set_plan, row.site_id, path), f"{row.name} 的平面图已更换。"), words="正在存图…"
            )
        else:
            self.run_now(lambda: f"{row.name} 现有 {front.place_stalls(row.site_id, path)} 个摊位。", words="正在导入…")


def _until(row: PlanRow) -> str:
    day = row.stall.valid_to or row.stall.offered_until
    return day.isoformat() if day else "—"


def _place(row: ApplicationRow) -> str:
    return f"候补 {row.waiting_place}" if row.state == "waiting" else row.stall or "—"


def _draw_state(row: DrawRow) -> str:
    if row.to_exchange:
        return "待换证"
    return "今天可抽" if row.due else STALL_DRAW_STATES[row.state]


def _told(done: Callable[[], None], words: str) -> Deed:
    """A deed that gives nothing, with what is said of it."""

    def deed() -> str:
        done()
        return words

    return deed


PAGES = PagesOf(
    "便民服务点",
    (
        PageOf("点位图", "stall.read", PlanPage),
        PageOf("申请", "stall.read", ApplicationsPage),
        PageOf("抽签", "stall.read", DrawsPage),
        PageOf("摊位证", "stall.read", GrantsPage),
        PageOf("收回", "stall.read", WithdrawalsPage),
        PageOf("自治", "stall.read", CommitteePage),
        PageOf("点位", "stall.read", SitesPage),
    ),
    frozenset({"stall", "vendor"}),
)
