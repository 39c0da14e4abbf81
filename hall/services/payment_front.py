"""What one actor can do about the paying of fines: notices, the bank's file, what it leaves, cash, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.cash import NewCash
from hall.rules.payments import Outcome
from hall.rules.people import Actor
from hall.services import cash, payment_notices, payment_reading, payments, reconciling
from hall.services.issuing import Issued
from hall.services.payment_notices import NewNotice
from hall.services.payment_reading import CashRow, LineView, NoticeRow
from hall.services.payments import PaymentsImported
from hall.store import Store


@dataclass(frozen=True, slots=True)
class PaymentFront:
    """Every method is one use case; amounts in fen."""

    store: Store
    actor: Actor
    home: Path

    def lines(self, *, settled: bool = False) -> tuple[LineView, ...]:
        """The bank's lines that wait, or that are done with."""
        return payment_reading.lines(self.store, self.actor, settled=settled)

    def notices(self) -> tuple[NoticeRow, ...]:
        """Notices that wait to be paid."""
        return payment_reading.notices(self.store, self.actor, home=self.home)

    def cash_under_way(self) -> tuple[CashRow, ...]:
        """Cash that is not in the bank yet."""
        return payment_reading.cash_under_way(self.store, self.actor)

    def cashiers(self) -> tuple[tuple[int, str], ...]:
        """Who can receive cash at the office."""
        return payment_reading.cashiers(self.store, self.actor)

    def issue_notice(self, case_id: int, notice: NewNotice) -> Issued:
        """开缴款通知."""
        return payment_notices.issue_notice(self.store, self.actor, case_id=case_id, notice=notice, home=self.home)

    def void_notice(self, notice_id: int, why: str) -> None:
        """作废缴款通知."""
        payment_notices.void_notice(self.store, self.actor, notice_id=notice_id, why=why)

    def import_file(self, content: bytes) -> PaymentsImported:
        """导入缴款文件."""
        return payments.import_payments(self.store, self.actor, content=content, home=self.home)

    def settle_line(self, line_id: int, number: str, note: str) -> Outcome:
        """指认案件."""
        return reconciling.settle_line(
            self.store, self.actor, line_id=line_id, number=number, note=note, home=self.home
        )

    def set_aside(self, line_id: int, why: str) -> None:
        """不入账."""
        reconciling.set_aside(self.store, self.actor, line_id=line_id, why=why)

    def take_back(self, line_id: int, why: str) -> None:
        """冲正缴款."""
        reconciling.take_back(self.store, self.actor, line_id=line_id, why=why, home=self.home)

    def refund(self, case_id: int, fen: int, *, day: date, reference: str) -> None:
        """退款."""
        reconciling.refund(
            self.store, self.actor, case_id=case_id, fen=fen, day=day, reference=reference, home=self.home
        )

    def collect(self, case_id: int, new: NewCash) -> int:
        """当场收缴."""
        return cash.collect(self.store, self.actor, case_id=case_id, cash=new, home=self.home)

    def hand_in(self, collection_id: int, to_account_id: int, on: date, why_late: str = "") -> None:
        """交回机关."""
        cash.hand_in(
            self.store, self.actor, collection_id=collection_id, to_account_id=to_account_id, on=on, why_late=why_late
        )

    def bank(self, collection_id: int, on: date, *, bank_reference: str, why_late: str = "") -> None:
        """交存银行."""
        cash.bank(
            self.store, self.actor, collection_id=collection_id, on=on, bank_reference=bank_reference, why_late=why_late
        )
