"""What one actor can do about a fine after its decision: defer, agree, remedies, court, correct, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.services import agreements, deferrals, fine_reading, penalty_corrections, penalty_remedies
from hall.services.agreements import NewAgreement
from hall.services.deferrals import NewDeferral
from hall.services.fine_reading import FineSheet
from hall.services.issuing import Issued
from hall.services.penalty_corrections import Correction, Ground
from hall.services.penalty_remedies import NewRemedy, RemedyEnd
from hall.store import Store


@dataclass(frozen=True, slots=True)
class FineFront:
    """Every method is one use case; amounts in fen."""

    store: Store
    actor: Actor
    home: Path

    def sheet(self, case_id: int) -> FineSheet:
        """What is owed today, and what plans and agreements are about."""
        return fine_reading.fine_sheet(self.store, self.actor, case_id=case_id, home=self.home)

    def defer(self, case_id: int, new: NewDeferral) -> int:
        """收暂缓分期申请."""
        return deferrals.apply(self.store, self.actor, case_id=case_id, new=new, home=self.home)

    def grant_deferral(self, case_id: int) -> Issued:
        """批准暂缓、分期."""
        return deferrals.grant(self.store, self.actor, case_id=case_id, home=self.home)

    def refuse_deferral(self, case_id: int, reasons: str) -> Issued:
        """不予批准暂缓、分期."""
        return deferrals.refuse(self.store, self.actor, case_id=case_id, reasons=reasons, home=self.home)

    def agree(self, case_id: int, new: NewAgreement) -> int:
        """拟定执行协议."""
        return agreements.propose(self.store, self.actor, case_id=case_id, new=new, home=self.home)

    def approve_agreement(self, case_id: int) -> Issued:
        """批准执行协议."""
        return agreements.approve(self.store, self.actor, case_id=case_id, home=self.home)

    def refuse_agreement(self, case_id: int, reasons: str) -> None:
        """不予批准执行协议."""
        agreements.refuse(self.store, self.actor, case_id=case_id, reasons=reasons, home=self.home)

    def breach(self, case_id: int, note: str) -> None:
        """登记违约."""
        agreements.breach(self.store, self.actor, case_id=case_id, note=note, home=self.home)

    def begin_remedy(self, case_id: int, new: NewRemedy) -> None:
        """登记复议诉讼."""
        penalty_remedies.begin(self.store, self.actor, case_id=case_id, new=new, home=self.home)

    def end_remedy(self, case_id: int, how: RemedyEnd) -> None:
        """登记复议诉讼结果."""
        penalty_remedies.end(self.store, self.actor, case_id=case_id, how=how, home=self.home)

    def remind(self, case_id: int, served_on: date, note: str) -> None:
        """登记催告."""
        penalty_remedies.remind(self.store, self.actor, case_id=case_id, served_on=served_on, note=note, home=self.home)

    def apply_to_court(self, case_id: int, applied_on: date, note: str) -> None:
        """登记申请强制执行."""
        penalty_remedies.apply_to_court(
            self.store, self.actor, case_id=case_id, applied_on=applied_on, note=note, home=self.home
        )

    def correct(self, case_id: int, new: Correction) -> Issued:
        """更正决定."""
        return penalty_corrections.correct(self.store, self.actor, case_id=case_id, new=new, home=self.home)

    def vary(self, case_id: int, fine_fen: int, reasons: str) -> int:
        """变更决定."""
        return penalty_corrections.vary(
            self.store, self.actor, case_id=case_id, fine_fen=fine_fen, reasons=reasons, home=self.home
        )

    def revoke(self, case_id: int, ground: Ground | None, reasons: str) -> Issued | None:
        """撤销决定."""
        return penalty_corrections.revoke(
            self.store, self.actor, case_id=case_id, ground=ground, reasons=reasons, home=self.home
        )
