"""What the bank reports as paid: a file is taken in as a whole, each line credited or left for the cashier."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.csv_table import decode
from hall.rules.imports import BadRow, BadRows
from hall.rules.payments import Outcome, outcome_of, payables
from hall.rules.payments_file import FILE_TITLE, PaidFile, PaidLine, parse_payments
from hall.rules.penalty_duties import DutyConflict, OwnInterest
from hall.rules.people import Actor
from hall.services import fines
from hall.services.penalty_records import Detail, add_penalty_event, decisions_of, penalty_locked, take_duty
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.payments import PaymentFile, PaymentLine, PaymentNotice
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.words import PAYMENT_OUTCOMES

LOCK = "payments"
"""Whoever credits a line holds it: no reference is credited twice."""
BANK = "bank"
NOT_IMPOSED = "案件没有起算的罚款：决定还没有送达，或者没有罚款。送达登记后再指认案件入账"
NOT_YOURS = "导入文件的人在这件案件里另有职责或者应当回避，请由另一位财务人员指认案件入账"
_AT_ONCE = 500
_ORDER: tuple[Outcome, ...] = ("exact", "partial", "over", "unknown", "duplicate")


@dataclass(frozen=True, slots=True)
class PaymentsImported:
    """What became of the lines of a file, by outcome; `known`: the same file was imported before, nothing was done."""

    file_id: int
    lines: int
    outcomes: Mapping[Outcome, int]
    known: bool = False

    @property
    def words(self) -> str:
        """How many lines came to what, never how much: fines are no target (行政处罚法 74)."""
        if self.known:
            return f"这个文件以前已经导入（{self.lines} 笔），没有改动任何内容。"
        told = [f"{PAYMENT_OUTCOMES[each]} {self.outcomes[each]} 笔" for each in _ORDER if self.outcomes.get(each)]
        return f"缴款文件已导入：共 {self.lines} 笔{'，其中' if told else ''}{'，'.join(told)}。"


class Match(NamedTuple):
    """The case that a line is for, or why none was found."""

    case_id: int | None
    why: str = ""


class NotCredited(Refused):
    """A payment cannot go into the ledger of this case; the sentence says why."""


@retried
def import_payments(store: Store, actor: Actor, *, content: bytes, home: Path) -> PaymentsImported:
    """Take in a file of the bank, wholly or not at all; the same file again changes nothing.

    Raises BadRows with every bad line: what cannot be read, totals that do not agree, a payment before its decision or
    after today. A line of a case in which the actor has another duty, or stays away from the party, waits for another.
    """
    require(actor, "payment.import")
    paid = parse_payments(decode(content, FILE_TITLE))
    digest = hashlib.sha256(content).hexdigest()
    with store.work("payment.import", actor) as work:
        matches = matched(work, paid.lines)
        work.lock(LOCK, *{f"penalty/{each.case_id}" for each in matches.values() if each.case_id is not None})
        if (known := _known(work, digest)) is not None:
            work.audit(f"payments:{known.id}", repeated=True)
            return PaymentsImported(known.id, known.line_count, {}, known=True)
        cases = {each.case_id: penalty_locked(work, each.case_id) for each in matches.values() if each.case_id}
        _check(work, paid.lines, matches)
        file = _file(work, paid, digest)
        outcomes = Counter(_take_in_all(work, file, paid.lines, matches, cases, home=home))
        work.audit(f"payments:{file.id}", lines=len(paid.lines), outcomes=dict(outcomes))
        work.changed("penalty", LOCK)
        return PaymentsImported(file.id, len(paid.lines), dict(outcomes))


def credit_line(work: Work, case: PenaltyCase, line: PaymentLine, *, home: Path) -> Outcome:
    """Write a line into the ledger of its case; it waits on where more was paid than is owed.

    Raises NotCredited where the case owes nothing yet, or was decided after the day of payment.
    """
    before = fines.position_of(work.session, case, on=line.paid_on, home=home)
    if before is None or (why := _too_early(work, case.id, line.paid_on)):
        raise NotCredited(NOT_IMPOSED if before is None else why)
    asked = [*_noticed(work, line), *(each.fen for each in payables(before))]
    credited = fines.credit(
        work, case, fen=line.fen, day=line.paid_on, reference=line.bank_reference, cause=BANK, home=home
    )
    outcome = outcome_of(line.fen, excess_fen=credited.excess_fen, owed_fen=before.balance_fen, asked=asked)
    line.case_id, line.entry_id, line.excess_fen = case.id, credited.entry_id, credited.excess_fen
    line.outcome = outcome
    if outcome != "over":
        line.settled_on, line.settled_by = business_date(work.now), work.actor.account_id
    work.session.flush()
    detail: Detail = {"line": line.id, "entry": credited.entry_id, "fen": line.fen, "outcome": outcome}
    add_penalty_event(work, case, "pay", day=line.paid_on, detail=detail)
    work.changed("penalty", str(case.id))
    return outcome


def matched(work: Work, lines: Sequence[PaidLine]) -> dict[int, Match]:
    """Line number → its case: by the code of a notice, else by the number of a decision; they must not disagree."""
    by_code = _cases_by(
        work, {each.pay_code for each in lines}, PaymentNotice.pay_code, PaymentNotice.case_id, PaymentNotice.hall_id
    )
    by_number = _cases_by(
        work,
        {each.decision_number for each in lines},
        PenaltyDecision.number,
        PenaltyDecision.case_id,
        PenaltyDecision.hall_id,
    )
    return {each.line: _match(by_code.get(each.pay_code), by_number.get(each.decision_number)) for each in lines}


def _cases_by(
    work: Work,
    wanted: set[str],
    column: InstrumentedAttribute[str],
    case_id: InstrumentedAttribute[int],
    hall_id: InstrumentedAttribute[int],
) -> dict[str, int]:
    """What two cases share (a judgment about both) tells of neither."""
    names = sorted(wanted - {""})
    found: dict[str, set[int]] = {}
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        query = select(column, case_id).where(hall_id == work.hall_id, column.in_(some))
        for name, key in work.session.execute(query).tuples():
            found.setdefault(name, set()).add(key)
    return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}


def _match(by_code: int | None, by_number: int | None) -> Match:
    if by_code is not None and by_number is not None and by_code != by_number:
        return Match(None, "缴款识别码和决定书文号不是同一件案件")
    found = by_number if by_code is None else by_code
    return Match(found, "" if found is not None else "没有这个缴款识别码的通知，也没有这个文号的决定")


def _check(work: Work, lines: Sequence[PaidLine], matches: Mapping[int, Match]) -> None:
    """Every line that cannot be true; raises BadRows."""
    today = business_date(work.now)
    bad_rows = []
    for line in lines:
        case_id = matches[line.line].case_id
        if line.paid_on > today:
            bad_rows.append(BadRow(line.line, f"缴款日期{line.paid_on}还没有到，请向银行核实"))
        if case_id is None:
            continue
        if why := _too_early(work, case_id, line.paid_on):
            bad_rows.append(BadRow(line.line, why))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)


def _too_early(work: Work, case_id: int, paid_on: date) -> str:
    """Nobody pays a fine before it is decided."""
    decisions = decisions_of(work.session, case_id)
    if decisions and paid_on < decisions[0].decided_on:
        return f"缴款日期{paid_on}早于作出决定的{decisions[0].decided_on}，请向银行核实"
    return ""


def _known(work: Work, digest: str) -> PaymentFile | None:
    query = select(PaymentFile).where(PaymentFile.hall_id == work.hall_id, PaymentFile.sha256 == digest)
    return work.session.scalars(query).one_or_none()


def _file(work: Work, paid: PaidFile, digest: str) -> PaymentFile:
    file = PaymentFile(
        hall_id=work.hall_id,
        sha256=digest,
        line_count=len(paid.lines),
        total_fen=paid.total_fen,
        imported_at=work.now,
        account_id=work.actor.account_id,
    )
    work.session.add(file)
    work.session.flush()
    return file


def _take_in_all(
    work: Work,
    file: PaymentFile,
    lines: Sequence[PaidLine],
    matches: Mapping[int, Match],
    cases: Mapping[int, PenaltyCase],
    *,
    home: Path,
) -> Iterator[Outcome]:
    """Store every line and credit what can be; in the order of the days, so that each pays what was owed that day."""
    reported = _reported(work, {each.reference for each in lines})
    for paid in sorted(lines, key=lambda each: (each.paid_on, each.line)):
        record = _record(work, file, paid)
        first = reported.setdefault(paid.reference, record)
        match = matches[paid.line]
        if first is not record:
            yield _duplicate(work, record, first)
        elif match.case_id is None:
            yield _unknown(record, match.why)
        else:
            yield _credit(work, cases[match.case_id], record, home=home)
    work.session.flush()


def _credit(work: Work, case: PenaltyCase, record: PaymentLine, *, home: Path) -> Outcome:
    """Credit a line as the case's cashier; what cannot be names its case and waits."""
    try:
        take_duty(work, case, "cash")
        return credit_line(work, case, record, home=home)
    except NotCredited as early:
        why = str(early)
    except (DutyConflict, OwnInterest):
        why = NOT_YOURS
    record.case_id = case.id
    return _unknown(record, why)


def _unknown(record: PaymentLine, why: str) -> Outcome:
    record.outcome, record.note = "unknown", why
    return "unknown"


def _duplicate(work: Work, record: PaymentLine, first: PaymentLine) -> Outcome:
    """Reported twice: the same payment is done with, another one under the same reference waits for the cashier."""
    record.outcome = "duplicate"
    if _content(record) == _content(first):
        record.note = "同一流水已经导入过，不重复入账"
        record.settled_on, record.settled_by = business_date(work.now), work.actor.account_id
    else:
        record.note = "流水号与已导入的相同而内容不同，请向银行核实"
    return "duplicate"


def _content(line: PaymentLine) -> tuple[object, ...]:
    return line.fen, line.paid_on, line.pay_code, line.decision_number


def _record(work: Work, file: PaymentFile, paid: PaidLine) -> PaymentLine:
    record = PaymentLine(
        hall_id=work.hall_id,
        file_id=file.id,
        line=paid.line,
        bank_reference=paid.reference,
        pay_code=paid.pay_code,
        decision_number=paid.decision_number,
        fen=paid.fen,
        paid_on=paid.paid_on,
        outcome="unknown",
    )
    work.session.add(record)
    work.session.flush()
    return record


def _reported(work: Work, references: set[str]) -> dict[str, PaymentLine]:
    """The first line that was ever reported under each reference."""
    names = sorted(references)
    found: dict[str, PaymentLine] = {}
    for start in range(0, len(names), _AT_ONCE):
        query = (
            select(PaymentLine)
            .where(
                PaymentLine.hall_id == work.hall_id,
                PaymentLine.bank_reference.in_(names[start : start + _AT_ONCE]),
                PaymentLine.outcome != "duplicate",
            )
            .order_by(PaymentLine.id.desc())
        )
        found.update((each.bank_reference, each) for each in work.session.scalars(query))
    return found


def _noticed(work: Work, line: PaymentLine) -> Sequence[int]:
    """What the notice with the line's code asked."""
    query = select(PaymentNotice.amount_fen).where(
        PaymentNotice.hall_id == work.hall_id, PaymentNotice.pay_code == line.pay_code
    )
    return work.session.scalars(query).all() if line.pay_code else ()
