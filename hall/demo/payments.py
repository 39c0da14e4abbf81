"""The demo's payments: a notice that waits, a part that came in, a payment whose case nobody knows yet."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from hall.rules.people import Actor
from hall.services import fines, payment_notices, payments, signing_in
from hall.services.payment_notices import NewNotice
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision

# A code as the treasury's platform would give it; of a demo, so nobody can pay by it.
PAY_CODE = "99999926A0000000123X"


class DemoPayments:
    """Enters them as the people of the house would, on `today`; `password` is everybody's. Needs the decisions."""

    def __init__(self, store: Store, *, home: Path, today: date, password: str) -> None:
        self._store, self._home, self._today, self._password = store, home, today, password

    def enter(self) -> None:
        """The fine that is due soon is asked for, of the overdue one a part was paid."""
        self._notice("莲城管罚决〔2026〕案2号")
        day = (self._today - timedelta(days=3)).isoformat()
        rows = (
            f"B20261120001,,莲城管罚决〔2026〕案3号,2000.00,{day}",
            f"B20261120002,,莲城管罚决〔2025〕1186号,200.00,{day}",
        )
        text = "\n".join(["流水号,缴款识别码,决定书文号,金额,缴款日期", *rows, f"合计,,{len(rows)},2200.00,", ""])
        payments.import_payments(self._store, self._actor("caiwu"), content=text.encode(), home=self._home)

    def _notice(self, decision_number: str) -> None:
        with self._store.read() as session:
            query = select(PenaltyDecision.case_id).where(PenaltyDecision.number == decision_number)
            case = session.get_one(PenaltyCase, session.scalars(query).one())
            owed = fines.position_of(session, case, on=self._today, home=self._home)
        assert owed is not None, "it was served"
        notice = NewNotice(PAY_CODE, owed.balance_fen)
        payment_notices.issue_notice(
            self._store, self._actor("chuangkou"), case_id=case.id, notice=notice, home=self._home
        )

    def _actor(self, login: str) -> Actor:
        return signing_in.sign_in(self._store, login, password=self._password).actor
