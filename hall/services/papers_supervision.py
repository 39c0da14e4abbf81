"""Papers of supervision, all internal: yellow card, red card, accountability record."""

from dataclasses import dataclass
from datetime import date

from hall.services.case_paper import Row
from hall.services.papers_common import Fields, day_text, numbered, sentence


@dataclass(frozen=True, slots=True)
class Responsible:
    """Somebody a card is addressed to, and how long the case was with them."""

    role: str
    name: str
    department: str
    held_days: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger's snapshot in an accountability record."""

    clock: str
    started_on: date
    due_on: date | None
    ended_on: date | None
    days: str
    """Budget, consumed and paused days in words."""


def yellow_card(
    common: Fields,
    *,
    node: str,
    due_on: date,
    overdue_days: int,
    responsible: tuple[Responsible, ...],
    finding: str,
    order: str,
    new_due: date | None,
    reply_by: date,
    issuer_name: str,
) -> Fields:
    """`yellow_card` 督办通知单（黄牌）: `node`, overdue, rows `responsible`, `order`, `new_due`, `reply_by`."""
    return {
        **common,
        "node": node,
        "due_on": day_text(due_on),
        "overdue_days": str(overdue_days),
        "responsible": _responsible_rows(responsible),
        "finding": sentence(finding),
        "order": sentence(order),
        "new_due": day_text(new_due),
        "reply_by": day_text(reply_by),
        "issuer_name": issuer_name,
    }


def red_card(
    common: Fields,
    *,
    node: str,
    due_on: date,
    overdue_days: int,
    responsible: tuple[Responsible, ...],
    yellow_number: str,
    finding: str,
    order: str,
    recommendation: str,
    new_due: date | None,
    reply_by: date,
    issuer_name: str,
) -> Fields:
    """`red_card` 督办通知单（红牌）: as the yellow card, with the card before it and the `recommendation`."""
    return {
        **yellow_card(
            common,
            node=node,
            due_on=due_on,
            overdue_days=overdue_days,
            responsible=responsible,
            finding=finding,
            order=order,
            new_due=new_due,
            reply_by=reply_by,
            issuer_name=issuer_name,
        ),
        "yellow_number": yellow_number,
        "recommendation": sentence(recommendation),
    }


def accountability(
    common: Fields,
    *,
    subject_name: str,
    subject_post: str,
    department: str,
    breach: str,
    finding: str,
    basis: str,
    ledger: tuple[LedgerRow, ...],
    held_days: int,
    points: str,
    times_in_year: int,
    level: str,
    decision: str,
    decider_name: str,
    decided_on: date,
    appeal_by: date | None = None,
    statement: str = "",
) -> Fields:
    """`accountability` 责任追究登记表: subject, breach, rows `ledger`, points, repetition, level, decision, appeal."""
    return {
        **common,
        "subject_name": subject_name,
        "subject_post": subject_post,
        "department": department,
        "breach": sentence(breach),
        "finding": sentence(finding),
        "basis": basis,
        "ledger": _ledger_rows(ledger),
        "held_days": str(held_days),
        "points": points,
        "times_in_year": str(times_in_year),
        "level": level,
        "decision": sentence(decision),
        "decider_name": decider_name,
        "decided_on": day_text(decided_on),
        "appeal_by": day_text(appeal_by),
        "statement": sentence(statement),
    }


def _responsible_rows(responsible: tuple[Responsible, ...]) -> list[Row]:
    return numbered(
        {"role": each.role, "name": each.name, "department": each.department, "held_days": each.held_days}
        for each in responsible
    )


def _ledger_rows(ledger: tuple[LedgerRow, ...]) -> list[Row]:
    return numbered(
        {
            "clock": each.clock,
            "started_on": day_text(each.started_on),
            "due_on": day_text(each.due_on, without="—"),
            "ended_on": day_text(each.ended_on, without="—"),
            "days": each.days,
        }
        for each in ledger
    )
