"""What a rung of the escalation does inside the work that claimed it: a message, a card, the next card."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.rules.escalation import Rung
from hall.rules.lights import Today, remaining_days
from hall.rules.supervision_words import ORDER_CAUSES
from hall.services.case_addressees import addressees
from hall.services.clocks import KeptClock
from hall.services.subject_notices import Addressee, notify
from hall.services.supervision import escalate_order, who_answers
from hall.services.supervision_records import NewOrder, issue_order, subjects_of
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Work
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import SupervisionOrder
from hall.words import CASE_PROCEDURES, CLOCK_KINDS


@dataclass(frozen=True, slots=True)
class Effect:
    """One clock of one locked case on a day, and what its rungs cause."""

    work: Work
    case: PermitCase
    kept: KeptClock
    day: date
    today: Today
    policy: SupervisionPolicy
    home: Path

    def of(self, rung: Rung) -> None:
        """The message or the card of a claimed rung. The clock of a reply belongs to its order, not to the case."""
        order = self._order() if self.kept.record.kind == "supervision" else None
        if rung.effect == "notice":
            self._notice(rung, order)
        elif order is not None:
            self._overdue_reply(order)
        else:
            self._card(rung)

    def _order(self) -> SupervisionOrder:
        own = (SupervisionOrder.case_id == self.case.id, SupervisionOrder.number == self.kept.record.subject)
        return self.work.session.scalars(select(SupervisionOrder).where(*own)).one()

    def _notice(self, rung: Rung, order: SupervisionOrder | None) -> None:
        to: Iterable[Addressee] = addressees(self.work.session, self.case, rung.to, day=self.day)
        if order is not None:
            to = [Addressee(each.account_id) for each in subjects_of(self.work.session, order.id)]
        elif self.kept.record.kind == "procedure":
            to = [*to, *self._who_paused()]
        kind = self.kept.record.kind
        told = kind if kind in ("procedure", "supplement") else "warning"
        notify(self.work, "permit_case", self.case.id, kind=told, text=self._text(), to=to)

    def _card(self, rung: Rung) -> None:
        """A card by the program itself; where nobody answers, the manager is told."""
        people = who_answers(self.work, self.case, self.kept)
        if not people:
            text = f"{self._text()}，没有可以督办的责任人"
            notify(self.work, "permit_case", self.case.id, kind="card", text=text, to=[Addressee(role="manager")])
            return
        new = NewOrder(
            colour="red" if rung.effect == "red" else "yellow",
            cause=self.kept.record.kind,
            reason=clock_text(self.kept.record, self.day, self.today),
            subjects=people,
            breached=self.kept,
            previous=self._last_yellow() if rung.effect == "red" else None,
        )
        issue_order(self.work, self.case, new, policy=self.policy, home=self.home)

    def _overdue_reply(self, order: SupervisionOrder) -> None:
        """A reminder becomes yellow, a yellow card red; what follows a red one is accountability."""
        reason = f"督办单 {order.number} 逾期未回复"
        if order.colour == "red":
            to = [Addressee(role="manager"), Addressee(role="approver")]
            text = f"红牌{reason}，请登记责任追究"
            notify(self.work, "permit_case", self.case.id, kind="accountability", text=text, to=to)
            return
        escalate_order(
            self.work, self.case, order, cause="supervision", reason=reason, policy=self.policy, home=self.home
        )

    def _last_yellow(self) -> SupervisionOrder | None:
        yellow = (SupervisionOrder.case_id == self.case.id, SupervisionOrder.colour == "yellow")
        query = select(SupervisionOrder).where(*yellow).order_by(SupervisionOrder.id.desc()).limit(1)
        return self.work.session.scalars(query).one_or_none()

    def _who_paused(self) -> list[Addressee]:
        own = (CasePause.case_id == self.case.id, CasePause.procedure == self.kept.record.subject)
        accounts = self.work.session.scalars(select(CasePause.account_id).where(*own, CasePause.ended_on.is_(None)))
        return [Addressee(account_id) for account_id in accounts]

    def _text(self) -> str:
        number = self.case.acceptance_number or self.case.receipt_number
        matter = self.work.session.get_one(MatterVersion, self.case.matter_version_id).name
        return f"{number} {matter}：{clock_text(self.kept.record, self.day, self.today)}"


def clock_text(record: CaseClock, day: date, today: Today) -> str:
    """How a clock with a due day stands, as a message says it."""
    subject = CASE_PROCEDURES.get(record.subject, record.subject)
    name = f"{CLOCK_KINDS[record.kind]}（{subject}）" if subject else CLOCK_KINDS[record.kind]
    if record.due_on is None or record.due_ordinal is None:
        return f"{name}待定"
    due = f"{record.due_on.month}月{record.due_on.day}日"
    if day > record.due_on:
        return f"{ORDER_CAUSES.get(record.kind, f'{name}已到期')}，应于{due}前完成"
    left = remaining_days(record.due_ordinal, today.ordinal)
    return f"{name}今日到期" if left <= 0 else f"{name}还剩{left}个工作日，{due}到期"
