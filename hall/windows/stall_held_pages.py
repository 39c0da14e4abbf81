"""Pages of stalls that somebody holds: certificates, withdrawals, committees."""

from collections.abc import Sequence

from hall.rules.cards import Card
from hall.services.case_reading import DocumentView
from hall.services.stall_lists import GrantRow, SeatRow, WithdrawalRow
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, RowDeed
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.stall_held_panels import (
    AskHearingPanel,
    DecidePanel,
    ElectPanel,
    EndSeatPanel,
    HearPanel,
    NoticeHearingPanel,
    StatementPanel,
)
from hall.windows.stall_words import grant_facts, seat_facts, withdrawal_facts
from hall.words import STALL_GRANT_ENDINGS, STALL_OFFICES, STALL_WITHDRAWAL_STATES, VENDOR_CATEGORIES


class GrantsPage(DeedListPage[GrantRow]):
    """Certificates, those that end first on top."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "摊位证",
            ListOf[GrantRow](
                columns=[
                    Column("编号", lambda row: row.number, width=200),
                    Column("摊主", lambda row: row.person.name_masked, width=84),
                    Column("点位", lambda row: row.site),
                    Column("摊位", lambda row: row.stall, width=64),
                    Column("类别", lambda row: VENDOR_CATEGORIES[row.category], width=84),
                    Column("到期", lambda row: row.valid_to.isoformat(), width=104),
                    Column("状态", lambda row: STALL_GRANT_ENDINGS[row.ending] if row.ending else "有效", width=84),
                ],
                key=lambda row: row.grant_id,
                facts=grant_facts,
                empty="没有有效的摊位证。抽签后接受摊位的，由批准人发证。",
                nothing="没有选中的摊位证",
                shares=(7, 4),
                search="编号、姓名、身份证号",
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[GrantRow, ...]:
        """On wish those that have ended, too."""
        return self._tools.front.stalls.grants(text=asked.text, closed=asked.closed)

    def take_card(self, card: Card) -> None:
        """Whose certificate it is."""
        self.look_for(card.id_number)

    def acts(self, row: GrantRow) -> Sequence[str]:
        """What is done with a stall is done at the plan."""
        return ()

    def document_of(self, row: GrantRow) -> DocumentView | None:
        """The certificate."""
        return row.document


class WithdrawalsPage(DeedListPage[WithdrawalRow]):
    """Withdrawals and their next step."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "收回",
            ListOf[WithdrawalRow](
                columns=[
                    Column("点位", lambda row: row.site),
                    Column("摊位", lambda row: row.stall, width=64),
                    Column("摊主", lambda row: row.person.name_masked, width=84),
                    Column("情形", lambda row: row.ground),
                    Column("状态", lambda row: STALL_WITHDRAWAL_STATES[row.state], width=84),
                    Column("陈述到", lambda row: row.answer_by.isoformat() if row.answer_by else "—", width=104),
                ],
                key=lambda row: row.withdrawal_id,
                facts=withdrawal_facts,
                empty="没有在办的收回。在“点位图”选中摊位，提出收回。",
                nothing="没有选中的收回",
                shares=(6, 5),
                deeds=(
                    RowDeed("tell", "书面告知", "stall.withdraw"),
                    RowDeed("decide", "作出决定", "stall.decide", DecidePanel),
                    RowDeed("hear", "登记听证笔录", "stall.hear", HearPanel),
                    RowDeed("notice_hearing", "通知听证", "stall.hear", NoticeHearingPanel),
                    RowDeed("state", "登记陈述申辩", "stall.apply", StatementPanel),
                    RowDeed("ask_hearing", "登记听证申请", "stall.apply", AskHearingPanel),
                ),
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[WithdrawalRow, ...]:
        """On wish those that are decided, too."""
        return self._tools.front.stalls.withdrawals(closed=asked.closed)

    def acts(self, row: WithdrawalRow) -> Sequence[str]:
        """What has to come first is said by the rules."""
        return row.open_acts

    def document_of(self, row: WithdrawalRow) -> DocumentView | None:
        """The newest paper."""
        return row.document

    def counts(self, row: WithdrawalRow) -> bool:
        """What waits for somebody here."""
        return row.state in {"proposed", "hearing", "ready"}

    def open_row(self, name: str, row: WithdrawalRow) -> None:
        """告知 at once."""
        front = self._tools.front.stalls
        self.run_now(
            lambda: f"告知书 {front.tell(row.withdrawal_id).number} 正在打印，请当面送达。", words="正在出告知书…"
        )


class CommitteePage(DeedListPage[SeatRow]):
    """Who sits on the committees."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "自治",
            ListOf[SeatRow](
                columns=[
                    Column("点位", lambda row: row.site),
                    Column("职务", lambda row: STALL_OFFICES[row.office], width=84),
                    Column("姓名", lambda row: row.person.name_masked, width=96),
                    Column("当选", lambda row: row.elected_on.isoformat(), width=104),
                    Column("任期到", lambda row: row.until_day.isoformat(), width=104),
                    Column("得票", lambda row: f"{row.votes_for}/{row.votes_present}", "right", 72),
                ],
                key=lambda row: row.seat_id,
                facts=seat_facts,
                empty="还没有摊点自治委员会。摊主开会选举以后，F2 登记结果。",
                nothing="没有选中的委员",
                shares=(7, 4),
                new=(NewDeed("elect", "登记选举", "stall.committee", ElectPanel),),
                deeds=(RowDeed("end", "登记任职结束", "stall.committee", EndSeatPanel),),
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[SeatRow, ...]:
        """On wish who sat before, too."""
        return self._tools.front.stalls.seats(closed=asked.closed)

    def acts(self, row: SeatRow) -> Sequence[str]:
        """A seat ends once."""
        return () if row.ended_on else ("end",)

    def counts(self, row: SeatRow) -> bool:
        """Whose time is over."""
        return row.over
