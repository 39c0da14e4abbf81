"""Panels of stall sites: a site is laid down, somebody applies, is refused, a draw is announced, drawn, voided."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.stalls import StallRule
from hall.services.stall_applications import NewStallApplication
from hall.services.stall_draws import NewDraw
from hall.services.stall_lists import ApplicationRow, DrawRow, LotRow
from hall.services.stall_reading import SiteRow
from hall.services.stall_sites import NewSite
from hall.windows.applicant_panel import ApplicantPanel
from hall.windows.deed_list import NewPanel, RowPanel
from hall.windows.pages import Deed, PageTools
from hall.windows.person_fields import PersonFields
from hall.windows.served import Ticket, nobody
from hall.windows.text_panel import TextPanel
from hall.words import STALL_SITE_KINDS, VENDOR_CATEGORIES

FARMER = "农民，只卖自家种养的农产品"


class SitePanel(NewPanel):
    """设置便民服务点."""

    first = "code"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("设置便民服务点", main="设置")
        self._front = tools.front.stalls
        form = self.form
        form.add_text("code", "编号", required=True, hint="例如 D1")
        form.add_text("name", "名称", required=True)
        form.add_choice("kind", "种类", STALL_SITE_KINDS)
        form.add_text("place", "地点", required=True)
        form.add_text("area", "街道社区")
        form.add_text("hours", "营业时段", required=True, hint="06:00-09:00,17:00-22:00")
        form.add_text("season_from", "开放季节起", hint="月日，11-15；全年空着")
        form.add_text("season_to", "开放季节止", hint="月日，03-31")
        for code, words in VENDOR_CATEGORIES.items():
            form.add_tick(f"category_{code}", words)
        form.add_text("term", "期限（月）", required=True, check=_months)
        form.add_text("rotation", "轮换（月）", check=_months, hint="不轮换空着")
        form.add_text("rules", "约定", hint="写在摊位证上")
        self.add(form)

    def deed(self) -> Deed:
        """Lay it down."""
        front, form = self._front, self.form
        new = NewSite(
            code=form.text("code"),
            name=form.text("name"),
            kind=form.text("kind"),
            place=form.text("place"),
            area=form.text("area"),
            hours=form.text("hours"),
            season_from=form.text("season_from"),
            season_to=form.text("season_to"),
            categories=tuple(code for code in VENDOR_CATEGORIES if form.ticked(f"category_{code}")),
            term_months=int(form.text("term")),
            rotation_months=int(form.text("rotation")) if form.text("rotation") else None,
            rules=form.text("rules"),
        )

        def open_site() -> str:
            front.open_site(new)
            return f"点位 {new.name} 已设置。请接着导入平面图和摊位表。"

        return open_site


class ApplyPanel(ApplicantPanel):
    """登记摊位申请: an ID card fills name, number and address."""

    def __init__(self, tools: PageTools, ticket: Ticket = nobody) -> None:
        super().__init__("登记摊位申请", main="登记并打印", ticket=ticket)
        self._tools, self._front = tools, tools.front.stalls
        self._sites: dict[str, SiteRow] = {}
        form = self.form
        self.who = PersonFields(form, name="姓名")
        site = form.add_choice("site", "点位", {}, required=True)
        form.add_choice("category", "经营类别", VENDOR_CATEGORIES)
        form.add_text("goods", "经营内容", hint="具体卖什么")
        form.add_tick("farmer", FARMER)
        form.add_text("farmer_proof", "自产证明", hint="村、社区证明，地块照片")
        form.add_tick("hardship", "困难家庭（可以另外申请救助）")
        site.currentIndexChanged.connect(self._offer_categories)
        self.add(form)

    def ask_new(self) -> None:
        """The sites of today."""
        super().ask_new()
        self._tools.work.quietly(self._front.sites, self._offer_sites, owner=self.form)

    def deed(self) -> Deed:
        """Enter it."""
        front, form = self._front, self.form
        new = NewStallApplication(
            site_id=int(form.text("site") or 0),
            person=self.who.person,
            category=form.text("category"),
            goods=form.text("goods"),
            farmer=form.ticked("farmer"),
            farmer_proof=form.text("farmer_proof"),
            hardship=form.ticked("hardship"),
            ticket_id=self.ticket(),
        )
        return lambda: f"申请 {front.apply(new).number} 已登记，登记表正在打印。由另一人审查。"

    def _offer_sites(self, rows: Sequence[SiteRow]) -> None:
        self._sites = {str(row.site_id): row for row in rows}
        self.form.set_choices("site", {key: row.name for key, row in self._sites.items()})
        self._offer_categories()

    @Slot()
    def _offer_categories(self) -> None:
        site = self._sites.get(self.form.text("site"))
        if site is not None:
            self.form.set_choices("category", {code: VENDOR_CATEGORIES[code] for code in site.categories})


class RefusePanel(TextPanel[ApplicationRow]):
    """不予进入."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            "不予进入",
            main="决定并打印",
            label="事实和理由",
            hint="按规则不符合的，决定书自动逐条写明，这里可以空着",
            required=False,
            note=True,
        )
        self._front = tools.front.stalls

    def about_of(self, row: ApplicationRow) -> str:
        """Whom it is about."""
        return f"{row.number}　{row.person.name_masked}\n{row.site}　{VENDOR_CATEGORIES[row.category]}"

    def do(self, row: ApplicationRow, text: str) -> str:
        """Refuse it."""
        return f"决定书 {self._front.refuse(row.application_id, text).number} 正在打印。"


class WithdrawPanel(TextPanel[ApplicationRow]):
    """撤回申请."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("撤回申请", main="撤回", hint="申请人的说明")  # a second Enter withdraws nothing
        self._front = tools.front.stalls

    def about_of(self, row: ApplicationRow) -> str:
        """Whom it is about."""
        return f"{row.number}　{row.person.name_masked}\n撤回以后可以重新申请；留着的摊位由候补的人接替。"

    def do(self, row: ApplicationRow, text: str) -> str:
        """Withdraw it."""
        self._front.withdraw(row.application_id, text)
        return f"申请 {row.number} 已撤回。"


class DeclinePanel(TextPanel[ApplicationRow]):
    """放弃摊位: not by a slip of a key, for the stall is somebody else's from then on."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("放弃摊位", main="登记放弃", hint="申请人的说明")
        self._front = tools.front.stalls

    def about_of(self, row: ApplicationRow) -> str:
        """Who gives up which stall."""
        return f"{row.number}　{row.person.name_masked}\n{row.site} {row.stall} 号摊位，登记后由候补的人接替。"

    def do(self, row: ApplicationRow, text: str) -> str:
        """Decline it."""
        self._front.answer(row.application_id, accepted=False, reason=text)
        return f"{row.number} 已放弃，摊位由候补的人接替。"


class AnnouncePanel(NewPanel):
    """公布抽签 of one of what can be drawn now."""

    first = "lot"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("公布抽签", main="公布并打印")
        self._tools, self._front = tools, tools.front.stalls
        self._lots: dict[str, LotRow] = {}
        self._told = self.say("名单和摊位公布以后不再增减。种子到抽签那天才产生，由另一人登记。")
        self.form.add_choice("lot", "抽签", {}, required=True)
        self.form.add_day("draw_on", "抽签日期", business_date(tools.front.clock.now()))
        self.form.add_text("seed_source", "种子来源", required=True, hint="例如：当天三位申请人各掷一次骰子的点数")
        self.add(self.form)

    def ask_new(self) -> None:
        """What can be drawn today."""
        super().ask_new()
        front = self._front
        self._tools.work.quietly(lambda: (front.drawable(), front.rule), self._offer, owner=self.form)

    def deed(self) -> Deed:
        """Announce it."""
        front, form = self._front, self.form
        lot = self._lots[form.text("lot")]
        new = NewDraw(
            site_id=lot.site_id,
            category=lot.category,
            farmers_only=lot.farmers_only,
            draw_on=form.day("draw_on"),
            seed_source=form.text("seed_source"),
            rotation=lot.rotation,
        )
        return lambda: f"抽签公告 {front.announce(new).number} 正在打印，请张贴在点位和大厅。"

    def _offer(self, read: tuple[Sequence[LotRow], StallRule]) -> None:
        rows, rule = read
        self._lots = {str(place): row for place, row in enumerate(rows)}
        self.form.set_choices("lot", {key: lot_words(row) for key, row in self._lots.items()})
        today = business_date(self._tools.front.clock.now())
        self.form.set_day("draw_on", today + timedelta(days=rule.announce_days))
        if not rows:
            self._told.setText("现在没有可以抽签的：要有空闲摊位，还要有审查通过的申请；轮换的点位要有两个以上摊主。")


class HoldPanel(RowPanel[DrawRow]):
    """抽签 by the seed."""

    first = "seed"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("抽签", main="抽签并打印")
        self._front = tools.front.stalls
        self.form.add_text("seed", "种子", required=True, hint="照公告的来源，例如 3 5 2")
        self.form.add_text("witness", "见证人", required=True)
        self.add(self.form)

    def about_of(self, row: DrawRow) -> str:
        """What it is drawn for, and where the seed comes from."""
        return f"{row.title}\n{len(row.entrants)} 人，{len(row.prizes)} 个摊位\n种子来源：{row.seed_source}"

    def deed(self) -> Deed:
        """Draw."""
        front, key = self._front, self.row.draw_id
        seed, witness = self.form.text("seed"), self.form.text("witness")
        return lambda: f"抽签结果 {front.hold_draw(key, seed=seed, witness=witness).number} 正在打印，请当场核对。"


class VoidPanel(TextPanel[DrawRow]):
    """作废抽签 before the seed."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("作废抽签", main="作废")
        self._front = tools.front.stalls

    def about_of(self, row: DrawRow) -> str:
        """Which."""
        return f"{row.title}\n作废以后申请人回到待抽签，另行公布。"

    def do(self, row: DrawRow, text: str) -> str:
        """Void it."""
        self._front.void_draw(row.draw_id, text)
        return "抽签已作废。"


def lot_words(row: LotRow) -> str:
    """What is drawn: 向阳路点 不限类别：3 人 2 摊."""
    what = "轮换 " if row.rotation else ""
    return f"{row.site} {what}{row.kind}：{row.entrants} 人 {len(row.prizes)} 摊"


def _months(text: str) -> str:
    return "" if text.isdigit() and text.isascii() and 1 <= int(text) <= 120 else "写月数，1 到 120。"
