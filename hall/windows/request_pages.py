"""Pages of requests: what waits for dispatch, what is mine, all that is open, call-backs; the same deeds on each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from hall.services.case_reading import DocumentView
from hall.services.receipts import VerifiedReceipt
from hall.services.request_reading import Listed, RequestView
from hall.services.request_rows import RequestRow
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, RowDeed
from hall.windows.kit.choosing import ask_which
from hall.windows.kit.list_page import FactsCard
from hall.windows.kit.newest import Newest
from hall.windows.pages import PageTools
from hall.windows.receipt_scans import is_receipt_code, verdict
from hall.windows.request_panels import DispatchPanel, FeedbackPanel, JoinPanel, RecallPanel, ReturnPanel, SendBackPanel
from hall.windows.request_reply_panels import (
    AnswerPanel,
    CallBackPanel,
    ExtendPanel,
    KeepFilePanel,
    RedirectPanel,
    RefusePanel,
    ReplyPanel,
    TellPanel,
    WithdrawPanel,
)
from hall.windows.request_words import columns, facts_of, story_of
from hall.windows.unmask_panel import UnmaskPanel
from hall.words import REQUEST_LISTS

DEEDS: Sequence[RowDeed[RequestRow]] = (
    RowDeed[RequestRow]("dispatch", "派单", "request.dispatch", DispatchPanel),
    RowDeed[RequestRow]("take", "接单", "request.read"),
    RowDeed[RequestRow]("feed_back", "反馈", "request.read", FeedbackPanel),
    RowDeed[RequestRow]("accept", "审核通过", "request.dispatch"),
    RowDeed[RequestRow]("reply", "答复办结", "request.reply", ReplyPanel),
    RowDeed[RequestRow]("call_back", "回访", "request.call_back", CallBackPanel),
    RowDeed[RequestRow]("return", "退单", "request.read", ReturnPanel),
    RowDeed[RequestRow]("send_back", "退回补办", "request.dispatch", SendBackPanel),
    RowDeed[RequestRow]("tell", "告知受理", "request.reply", TellPanel),
    RowDeed[RequestRow]("join", "并案", "request.dispatch", JoinPanel),
    RowDeed[RequestRow]("refuse", "不予受理", "request.reply", RefusePanel),
    RowDeed[RequestRow]("redirect", "转介", "request.reply", RedirectPanel),
    RowDeed[RequestRow]("withdraw", "撤回", "request.enter", WithdrawPanel),
    RowDeed[RequestRow]("extend", "延期", "request.extend", ExtendPanel),
    RowDeed[RequestRow]("keep", "存照片", "file.add"),
    RowDeed[RequestRow]("answer", "答复咨询", "enquiry.answer", AnswerPanel),
    RowDeed[RequestRow]("unmask", "看完整信息", "person.unmask"),
    RowDeed[RequestRow]("recall", "收回重派", "request.recall", RecallPanel),
)
"""Enter does the first that may be done."""
FILES = "照片、扫描件和录音 (*.jpg *.jpeg *.png *.pdf *.mp3 *.wav *.amr)"
OPEN_LISTS: Sequence[Listed] = ("open", "to_judge", "due_soon", "closed")
PRESSING = {"over_statutory", "over_promised", "today", "warning"}


class RequestsPage(DeedListPage[RequestRow]):
    """One of the lists; below the facts what happened to the request."""

    def __init__(
        self,
        tools: PageTools,
        title: str,
        *,
        listed: Listed,
        empty: str,
        new: Sequence[NewDeed] = (),
        choices: Mapping[str, str] | None = None,
    ) -> None:
        self._of = listed
        self.story = FactsCard()
        self._folder = str(Path.home())
        self.dialog: QFileDialog | None = None
        self._newest_story = Newest[RequestView](self._show_story)
        super().__init__(
            tools,
            title,
            ListOf[RequestRow](
                columns=columns(),
                key=lambda row: row.request_id,
                facts=facts_of,
                empty=empty,
                nothing="没有选中的诉求",
                shares=(7, 4),
                new=new,
                deeds=DEEDS,
                search="编号、外部编号、诉求、地点",
                choices=choices or {},
            ),
        )
        self.keeping, self.unmasking = KeepFilePanel(tools), UnmaskPanel(tools.front, tools.work)
        self._follow(self.keeping)

    def read(self, asked: Asked) -> tuple[RequestRow, ...]:
        """The list, or the one that is chosen above it."""
        listed = cast(Listed, asked.choice) if asked.choice else self._of
        return self._tools.front.requests.listed(listed, asked.text)

    def acts(self, row: RequestRow) -> Sequence[str]:
        """What state, unit and duties leave; a photo is added to what is under way, whoever is named can be rung up."""
        named = ("unmask",) if row.person_id is not None else ()
        if row.state == "asked":
            return ("answer", *named) if self._of == "mine" else named
        return (*row.acts, *(("keep",) if row.closed_on is None else ()), *named)

    def document_of(self, row: RequestRow) -> DocumentView | None:
        """The newest paper of the request."""
        return row.document

    def counts(self, row: RequestRow) -> bool:
        """On the list of all only what presses; on the others everything waits for somebody."""
        return self._of != "open" or row.light in PRESSING

    def below(self) -> QWidget:
        """The story."""
        return self.story

    @Slot(object)
    def show_below(self, row: RequestRow | None) -> None:
        """What happened to the row."""
        if row is None:
            self.story.show_facts("经过", ())
        else:
            read = partial(self._tools.front.requests.one, row.request_id)
            self._tools.work.quietly(read, self._newest_story.ask(), owner=self)

    def open_row(self, name: str, row: RequestRow) -> None:
        """接单, 审核通过 and the question for files want no panel; 看完整信息 has one of its own."""
        front = self._tools.front.requests
        if name == "unmask" and row.person_id is not None:
            self.unmasking.show_person(row.person_id)
            self.side.open(self.unmasking)
            return
        if name == "take":
            self.run_now(partial(_take, front.take, row), words="正在接单…")
        elif name == "accept":
            self.run_now(partial(_accept, front.accept, row), words="正在审核…")
        else:
            self.dialog = ask_which(
                self, "存入照片、录音", folder=self._folder, kinds=FILES, many=True, on_chosen=partial(self.keep, row)
            )

    def keep(self, row: RequestRow, names: list[str]) -> None:
        """What these files show."""
        if names:
            self._folder = str(Path(names[0]).parent)
            self.keeping.paths = tuple(map(Path, names))
            self.keeping.ask(row)
            self.side.open(self.keeping)

    def take_scan(self, text: str) -> None:
        """The code of a 受理单: its request, in the list that is shown."""
        if is_receipt_code(text):
            verify = partial(self._tools.front.verify_receipt, text)
            self._tools.work.read(verify, self._scanned, words="正在核验…")

    def _scanned(self, receipt: VerifiedReceipt) -> None:
        self.done.emit(verdict(receipt))
        if receipt.own and self.search is not None:
            self.search.setText(receipt.number)

    def open_new(self, name: str) -> None:
        """导入: which file."""
        self.dialog = ask_which(
            self, "导入外部诉求", folder=self._folder, kinds="CSV (*.csv)", many=False, on_chosen=self.take_file
        )

    def take_file(self, names: list[str]) -> None:
        """Requests of another system, all or none."""
        front = self._tools.front.requests

        def take_in() -> str:
            done = front.import_requests(Path(names[0]))
            return f"已导入 {len(done.added)} 件诉求，{done.unchanged} 件以前已经登记。"

        if names:
            self._folder = str(Path(names[0]).parent)
            self.run_now(take_in, words="正在导入…")

    def turn(self, pages: int) -> None:
        """Facts and story."""
        for card in (self.list.facts, self.story):
            card.turn(pages)

    def _show_story(self, view: RequestView) -> None:
        if self.row is not None and self.row.request_id == view.row.request_id:
            self.story.show_facts("经过", story_of(view))


def _take(take: Callable[[int], None], row: RequestRow) -> str:
    take(row.request_id)
    return f"{row.number} 已接单。"


def _accept(accept: Callable[[int], None], row: RequestRow) -> str:
    accept(row.request_id)
    return f"{row.number} 反馈审核通过，可以答复办结。"


def to_dispatch(tools: PageTools) -> RequestsPage:
    """待派单, also what other systems send."""
    return RequestsPage(
        tools,
        "待派单",
        listed="to_dispatch",
        empty="没有等派单的诉求。窗口登记的、退单的、从外部系统导入的诉求列在这里。",
        new=(NewDeed("import", "导入外部诉求", "request.exchange"),),
    )


def mine(tools: PageTools) -> RequestsPage:
    """我办的."""
    return RequestsPage(tools, "我办的", listed="mine", empty="没有派给您单位的诉求。派给您所在单位的列在这里。")


def all_open(tools: PageTools) -> RequestsPage:
    """在办, of which one part can be chosen; what is closed, too."""
    return RequestsPage(
        tools,
        "在办",
        listed="open",
        empty="没有这样的诉求。Ctrl+F 换一个清单，Ctrl+K 按编号或地点找。",
        choices={each: REQUEST_LISTS[each] for each in OPEN_LISTS},
    )


def to_call_back(tools: PageTools) -> RequestsPage:
    """回访."""
    return RequestsPage(tools, "回访", listed="to_call_back", empty="没有等回访的诉求。办结以后等回访的列在这里。")
