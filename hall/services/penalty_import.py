"""Decisions of the case system are taken over: a CSV or an Excel file, wholly or not at all, each fault by its line."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.csv_table import LONGEST_CELL, decode
from hall.rules.decisions_file import COLUMNS, FILE_TITLE, LONGEST, ImportedDecision, parse_decisions
from hall.rules.imports import BadRow, BadRows
from hall.rules.penalties import check_one_act
from hall.rules.people import SYSTEM_ACCOUNT, Actor
from hall.rules.timelimits import add_months
from hall.services import fines, publicity
from hall.services.penalty_cases import name_officers, number_lock, party_lock
from hall.services.penalty_facts import known_acts
from hall.services.penalty_records import add_penalty_event
from hall.services.penalty_staff import certificates_numbered, check_named
from hall.services.penalty_terms import penalty_terms
from hall.services.persons import ORGANISATION, PersonDetails, ReasonHoldsNumber, record_details, refuse_numbers
from hall.services.violation_records import violation_by_code
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyService
from hall.store.schema.publicity import Publication

CASE_SYSTEM = "案件系统"
"""Where a payment came from that the case system knew of, and where a decision was published."""
_WORKBOOK = b"PK\x03\x04"
_LARGEST_UNPACKED = 200_000_000
_WIDEST = len(COLUMNS) + 20


@dataclass(frozen=True, slots=True)
class DecisionsImported:
    """How many decisions were new, and how many stood there already."""

    added: int
    unchanged: int


class _KnownOtherwise(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(f"{number} 已经登记，案号、日期或者罚款与文件不同；决定有错的，请作更正或者变更决定")


class _HoldsNumber(Refused):
    def __init__(self, title: str) -> None:
        super().__init__(f"{title}：不要写电话或证件号码，证件号码写在自己的列里")


# What zipfile and openpyxl raise for spoilt packing and for spoilt XML (ParseError is a SyntaxError).
_SPOILT = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
)


class _NoSuchViolation(Refused):
    def __init__(self, code: str) -> None:
        super().__init__(f"没有案由编码 {code[:20]}，请先导入裁量基准")


@retried
def import_decisions(store: Store, actor: Actor, *, content: bytes, home: Path) -> DecisionsImported:
    """Enter every decision of the file that is not known, with its case, service and payment.

    Raises BadRows with every line that cannot be read, could not lawfully be decided, names a violation or an officer
    that is unknown or not valid, or contradicts what is registered.
    """
    require(actor, "penalty.import")
    today = business_date(store.clock.now())
    decisions = parse_decisions(text_of(content), today=today, terms=penalty_terms(home, today))
    with store.work("penalty.import", actor) as work:
        work.lock("penalty/import")
        bad_rows: list[BadRow] = []
        added = 0
        for each in decisions:
            try:
                added += _take_over(work, each, home=home)
            except (Refused, Missing) as refused:
                bad_rows.append(BadRow(each.line, str(refused)))
        if bad_rows:
            raise BadRows(FILE_TITLE, bad_rows)
        work.audit("penalties", added=added, unchanged=len(decisions) - added)
        return DecisionsImported(added, len(decisions) - added)


def text_of(content: bytes) -> str:
    """The file as CSV text: decoded, or the first sheet of a workbook row by row. Raises BadRows."""
    if not content.startswith(_WORKBOOK):
        return decode(content, FILE_TITLE)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(_sheet(content))
    return written.getvalue()


def _sheet(content: bytes) -> Iterator[list[str]]:
    """The first sheet's rows, empty ones too, so that lines keep their numbers; a spoilt file is refused."""
    for row in _values(content):
        yield _trimmed([_cell(value) for value in row])


def _values(content: bytes) -> Iterator[tuple[object, ...]]:
    """What openpyxl reads; only its own failures mean that the file is spoilt."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _LARGEST_UNPACKED:
                raise BadRows(FILE_TITLE, [BadRow(1, "工作簿大得不合情理，没有读它，请核对文件")])
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(max_row=LONGEST + 2, max_col=_WIDEST, values_only=True)
    except _SPOILT as spoilt:
        raise BadRows(FILE_TITLE, [BadRow(1, "工作簿读不出，请在 Excel 中另存后重新导入")]) from spoilt


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells that Excel keeps behind the last column."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(value: object) -> str:
    """A cell as a person reads it: days in ISO 8601, whole numbers without a point, everything on one line."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return " ".join(str(value).split())[: LONGEST_CELL + 1]


def _take_over(work: Work, each: ImportedDecision, *, home: Path) -> bool:
    """Enter one decision; False: it stands there already. Raises Refused."""
    work.lock(number_lock(each.case_number))
    if _known(work, each):
        return False
    _refuse_numbers(each)
    violation = violation_by_code(work.session, work.hall_id, each.violation)
    if violation is None:
        raise _NoSuchViolation(each.violation)
    officers = certificates_numbered(work.session, work.hall_id, each.officers)
    check_named(officers, day=each.decided_on)
    party_id = record_details(work, _party(each))
    work.lock(party_lock(party_id))
    known = known_acts(work.session, party_id)
    reason = CASE_SYSTEM  # it has told near acts apart already; the same act twice is refused here, too
    check_one_act(each.facts, violation_id=violation.id, place=each.place, known=known, reason=reason)
    case = _case(work, each, party_id=party_id, violation_id=violation.id)
    name_officers(work, case, officers)
    decision = _decision(work, case, each)
    _public(work, case, decision, each, home=home)
    if each.served_on is not None:
        _served(work, case, decision, each, home=home)
    work.changed("penalty", str(case.id))
    return True


def _known(work: Work, each: ImportedDecision) -> bool:
    query = (
        select(PenaltyCase.number, PenaltyDecision.decided_on, PenaltyDecision.fine_fen)
        .join(PenaltyCase, PenaltyCase.id == PenaltyDecision.case_id)
        .where(PenaltyDecision.hall_id == work.hall_id, PenaltyDecision.number == each.decision_number)
        .where(PenaltyDecision.title == "")
    )
    found = work.session.execute(query).tuples().one_or_none()
    taken = select(PenaltyCase.id).where(PenaltyCase.hall_id == work.hall_id, PenaltyCase.number == each.case_number)
    if found is None and work.session.scalar(taken) is None:
        return False
    if found != (each.case_number, each.decided_on, each.fine_fen):
        raise _KnownOtherwise(each.decision_number if found is not None else each.case_number)
    return True


def _refuse_numbers(each: ImportedDecision) -> None:
    """What screens and lists show in clear carries nobody's number."""
    told = (("违法事实", each.act), ("违法地点", each.place), ("其他处罚", each.other), ("签收人", each.recipient))
    for title, text in told:
        try:
            refuse_numbers(text)
        except ReasonHoldsNumber:
            raise _HoldsNumber(title) from None


def _party(each: ImportedDecision) -> PersonDetails:
    natural = each.party_kind == "natural"
    return PersonDetails(
        kind="resident" if natural else ORGANISATION,
        name=each.party,
        id_number=each.id_number,
        phone=each.phone,
        address=each.address,
        organisation_kind="" if natural else each.party_kind,
        representative="" if natural else each.representative,
    )


def _case(work: Work, each: ImportedDecision, *, party_id: int, violation_id: int) -> PenaltyCase:
    facts = each.facts
    case = PenaltyCase(
        hall_id=work.hall_id,
        number=each.case_number,
        origin="import",
        party_id=party_id,
        object_kind=each.object_kind,
        violation_id=violation_id,
        act=each.act,
        place=each.place,
        acted_on=facts.acted_on,
        acted_until=facts.acted_until,
        found_on=facts.found_on,
        filed_on=facts.filed_on,
        procedure=facts.procedure,
        harm=facts.harm,
        life_or_health=facts.life_or_health,
        corrected_on=facts.corrected_on,
        state="decided",
        registered_at=work.now,
        account_id=work.actor.account_id,
    )
    work.session.add(case)
    work.session.flush()
    return case


def _decision(work: Work, case: PenaltyCase, each: ImportedDecision) -> PenaltyDecision:
    decision = PenaltyDecision(
        hall_id=work.hall_id,
        case_id=case.id,
        kind="none" if each.result == "none" else "penalty",
        result=each.result,
        number=each.decision_number,
        decided_on=each.decided_on,
        decided_by=SYSTEM_ACCOUNT,
        fine_fen=each.fine_fen,
        other=each.other,
        bank=each.bank,
        surcharge_told=each.surcharge_told,
        at=work.now,
    )
    work.session.add(decision)
    work.session.flush()
    add_penalty_event(work, case, "decide", day=each.decided_on, detail={"decision": decision.id, "imported": True})
    return decision


def _public(work: Work, case: PenaltyCase, decision: PenaltyDecision, each: ImportedDecision, *, home: Path) -> None:
    publicity.begin(work, case, decision)
    if each.published_on is None:
        return
    months = penalty_terms(home, each.published_on).shown_months
    for row in work.session.scalars(select(Publication).where(Publication.decision_id == decision.id)):
        row.published_on, row.published_at = each.published_on, CASE_SYSTEM
        row.shown_until = add_months(each.published_on, months)


def _served(work: Work, case: PenaltyCase, decision: PenaltyDecision, each: ImportedDecision, *, home: Path) -> None:
    served_on = each.served_on
    assert served_on is not None
    work.session.add(
        PenaltyService(
            hall_id=work.hall_id,
            case_id=case.id,
            decision_id=decision.id,
            way=each.way,
            sent_on=served_on,
            served_on=served_on,
            recipient=each.recipient,
            server_id=SYSTEM_ACCOUNT,
        )
    )
    case.state = "served"
    add_penalty_event(work, case, "serve", day=served_on, detail={"decision": decision.id, "imported": True})
    fines.impose(work, case, decision=decision, served_on=served_on, home=home)
    if each.paid_fen and each.paid_on is not None:
        fines.credit(work, case, fen=each.paid_fen, day=each.paid_on, reference=CASE_SYSTEM, cause="import", home=home)
        add_penalty_event(work, case, "pay", day=each.paid_on, detail={"imported": True})
    if each.closed_on is not None:
        case.state, case.closed_on = "closed", each.closed_on
        add_penalty_event(work, case, "close", day=each.closed_on, detail={"imported": True})
