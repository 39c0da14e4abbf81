"""救助: applications, the fund's books, what is shown in public. The decision stays with the charity."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from hall.clock import HALL_ZONE
from hall.rules.cards import Card
from hall.rules.relief import Balance
from hall.services.case_reading import DocumentView
from hall.services.relief_reading import PostingRow, ReliefRow
from hall.services.subject_records import Happened
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, RowDeed
from hall.windows.kept_files import KeptFiles
from hall.windows.kit.list_page import FactsCard
from hall.windows.kit.newest import Newest
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.relief_book_panels import BuyPanel, DonatePanel, ReversePanel, TakeBackPanel
from hall.windows.relief_file_panels import KeepPanel, VoidFilePanel
from hall.windows.relief_panels import (
    AnswerPanel,
    ApplyPanel,
    GivePanel,
    ObjectPanel,
    OpinePanel,
    ShowPanel,
    VisitPanel,
    VotePanel,
    WithdrawPanel,
)
from hall.windows.relief_words import (
    amount,
    application_facts,
    award_words,
    moved,
    posting_facts,
    posting_words,
    waiting_words,
)
from hall.words import RELIEF_HAPPENED, RELIEF_KINDS, RELIEF_POSTINGS

APPLICATIONS = ListOf[ReliefRow](
    columns=[
        Column("编号", lambda row: row.number, width=216),
        Column("申请人", lambda row: row.applicant.name_masked, width=84),
        Column("种类", lambda row: RELIEF_KINDS[row.kind], width=92),
        Column("申请金额", lambda row: amount(row.asked_fen), "right", 104, order=lambda row: row.asked_fen),
        Column("申请日期", lambda row: row.applied_on.isoformat(), width=104),
        Column("办到哪一步", waiting_words),
    ],
    key=lambda row: row.application_id,
    facts=application_facts,
    empty="没有在办的救助申请。F2 登记；Alt+0 同时显示已办结的。",
    nothing="没有选中的申请",
    new=(NewDeed("apply", "登记申请", "relief.apply", ApplyPanel),),
    deeds=(
        RowDeed("give", "发放", "relief.give", GivePanel),
        RowDeed("vote", "登记表决", "relief.vote", VotePanel),
        RowDeed("opine", "出具意见", "relief.opine", OpinePanel),
        RowDeed("visit", "入户核查", "relief.check", VisitPanel),
        RowDeed("look", "看材料", "file.read"),
        RowDeed("keep", "存材料", "file.add"),
        RowDeed("void", "作废材料", "file.add", VoidFilePanel),
        RowDeed("withdraw", "撤回申请", "relief.apply", WithdrawPanel),  # last: Enter never begins it
    ),
    search="编号、姓名、身份证号",
    closed=True,
)

SHOWING = ListOf[ReliefRow](
    columns=[
        Column("编号", lambda row: row.number, width=216),
        Column("公示的姓名", lambda row: row.applicant.name_masked, width=100),
        Column("慈善组织决定", lambda row: row.charity_number, width=150),
        Column("救助内容", award_words),
        Column("办到哪一步", waiting_words, width=170),
    ],
    key=lambda row: row.application_id,
    facts=application_facts,
    empty="没有待公示或者公示中的救助。表决通过的申请会列在这里。",
    nothing="没有选中的申请",
    new=(NewDeed("show", "公示", "relief.publish", ShowPanel),),
    deeds=(
        RowDeed("answer", "答复异议", "relief.publish", AnswerPanel),
        RowDeed("object", "登记异议", "relief.apply", ObjectPanel),
    ),
)

BOOKS = ListOf[PostingRow](
    columns=[
        Column("序号", lambda row: str(row.serial), "right", 52, order=lambda row: row.serial),
        Column("日期", lambda row: row.day.isoformat(), width=100),
        Column("种类", lambda row: RELIEF_POSTINGS[row.kind], width=84),
        Column("说明", posting_words),
        Column("凭证", lambda row: row.reference, width=112),
        Column("资金", lambda row: moved(row.moved("money")), "right", 112, order=lambda row: row.moved("money")),
        Column("物资", lambda row: moved(row.moved("goods")), "right", 112, order=lambda row: row.moved("goods")),
        Column("资金余额", lambda row: amount(row.money_after), "right", 112, order=lambda row: row.money_after),
    ],
    key=lambda row: row.posting_id,
    facts=posting_facts,
    empty="还没有记账。F2 登记捐赠；发放救助时自动记账。",
    nothing="没有选中的账",
    shares=(11, 4),
    new=(
        NewDeed("donate", "登记捐赠", "relief.book", DonatePanel),
        NewDeed("buy", "购置物资", "relief.book", BuyPanel),
    ),
    deeds=(
        RowDeed("take_back", "登记退回", "relief.book", TakeBackPanel),
        RowDeed("reverse", "冲正", "relief.book", ReversePanel),
    ),
)


class _ReliefList(DeedListPage[ReliefRow]):
    """Applications, with what happened to the selected one below its facts."""

    def __init__(self, tools: PageTools, title: str, listed: ListOf[ReliefRow]) -> None:
        self.happened = FactsCard()
        self._latest = Newest[tuple[Happened, ...]](self._show_happened)
        super().__init__(tools, title, listed)

    def acts(self, row: ReliefRow) -> Sequence[str]:
        """What its state allows."""
        return row.acts

    def document_of(self, row: ReliefRow) -> DocumentView | None:
        """The newest of its papers."""
        return row.document

    def below(self) -> QWidget:
        """What happened to it."""
        return self.happened

    @Slot(object)
    def show_below(self, row: ReliefRow | None) -> None:
        """Read what happened."""
        self.happened.setVisible(row is not None)
        if row is not None:
            read = partial(self._tools.front.relief.history, row.application_id)
            self._tools.work.quietly(read, self._latest.ask(), owner=self)

    def _show_happened(self, happened: tuple[Happened, ...]) -> None:
        facts = [
            (f"{each.at.astimezone(HALL_ZONE):%m-%d %H:%M}", f"{RELIEF_HAPPENED[each.kind]}　{each.who}")
            for each in reversed(happened)
        ]
        self.happened.show_facts("经过", facts)


class ApplicationsPage(_ReliefList):
    """申请. The number on its tab is how many wait for whoever sits here."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "救助申请", APPLICATIONS)
        self.files = KeptFiles[ReliefRow](self, tools.work, partial(KeepPanel, tools))

    def read(self, asked: Asked) -> tuple[ReliefRow, ...]:
        """Those in hand, or all."""
        return self._tools.front.relief.listed("all" if asked.closed else "open", asked.text)

    def acts(self, row: ReliefRow) -> Sequence[str]:
        """What its state allows; materials are kept with it at any time."""
        return (*row.acts, *(("look", "keep", "void") if row.files else ("keep",)))

    def open_row(self, name: str, row: ReliefRow) -> None:
        """看材料; 存材料: which files."""
        if name == "look":
            self.files.look(f"{row.number} 材料", partial(self._tools.front.relief.look, row.application_id))
        else:
            self.files.ask(row, title="存入材料")

    def counts(self, row: ReliefRow) -> bool:
        """Whoever sits here may do the next step."""
        return any(act in self._row_deeds for act in row.acts if act != "withdraw")

    def take_card(self, card: Card) -> None:
        """The applicant's card, while the form is open; else who is looked for."""
        panel = self.side.panel
        if isinstance(panel, ApplyPanel):
            panel.take_card(card)
        elif panel is None and self.search is not None:
            self.search.setText(card.id_number)


class ShowingPage(_ReliefList):
    """公示. The number on its tab is how many wait to be shown or answered."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "救助公示", SHOWING)

    def read(self, asked: Asked) -> tuple[ReliefRow, ...]:
        """What was awarded and is not given yet."""
        return tuple(row for row in self._tools.front.relief.listed() if row.state in {"voted", "shown"})

    def counts(self, row: ReliefRow) -> bool:
        """Nobody has shown or answered it yet."""
        return not {"show", "answer"}.isdisjoint(row.acts)


class BooksPage(DeedListPage[PostingRow]):
    """账目, with what the fund has below the facts."""

    def __init__(self, tools: PageTools) -> None:
        self.fund = FactsCard()
        self._latest = Newest[Balance](self._show_fund)
        super().__init__(tools, "救助基金账目", BOOKS)

    def read(self, asked: Asked) -> tuple[PostingRow, ...]:
        """The newest first."""
        return self._tools.front.relief.postings()

    def acts(self, row: PostingRow) -> Sequence[str]:
        """Nothing is done twice, and a reversal is final."""
        if row.kind == "reversal" or row.reversed_by is not None:
            return ()
        return ("take_back", "reverse") if row.kind == "award" else ("reverse",)

    def document_of(self, row: PostingRow) -> DocumentView | None:
        """The receipt of an award."""
        return row.document

    def below(self) -> QWidget:
        """What the fund has."""
        return self.fund

    @Slot(object)
    def show_below(self, row: PostingRow | None) -> None:
        """Read it again."""
        self._tools.work.quietly(self._tools.front.relief.balance, self._latest.ask(), owner=self)

    def _show_fund(self, balance: Balance) -> None:
        facts = (
            ("资金", amount(balance.money)),
            ("物资", amount(balance.goods)),
            ("累计受赠", amount(-balance.donated)),
            ("累计发放", amount(balance.awarded)),
        )
        self.fund.show_facts("基金现有", facts)


PAGES = PagesOf(
    "救助",
    (
        PageOf("申请", "relief.read", ApplicationsPage),
        PageOf("账目", "relief.read", BooksPage),
        PageOf("公示", "relief.read", ShowingPage),
    ),
    frozenset({"relief"}),
)
