"""What is made public of penalties, in lists: parties masked, each with day and light; the columns of the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.catalogue import Limit
from hall.rules.lights import LIGHTS, Light, warning_days_of
from hall.rules.money import yuan
from hall.rules.people import Actor
from hall.rules.publicity import PublicityStanding, Shown, due_on, light, standing
from hall.rules.timelimits import LimitRequest, LimitRule, compute
from hall.rules.timelimits_file import LimitTable
from hall.services.calendar import shipped_limits
from hall.services.case_reading import DocumentView
from hall.services.light_rule import warning_rules
from hall.services.persons import ORGANISATION, PersonView, public_view
from hall.services.schedules import calendar_in_force
from hall.services.tables_export import SheetTable
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyProposal
from hall.store.schema.people import Person
from hall.store.schema.publicity import Publication
from hall.store.schema.violations import ViolationVersion
from hall.store.secrets import KeyRing
from hall.words import PUBLICITY_STANDINGS

Listed = Literal["open", "all"]

PUBLISH, WITHDRAW = "publicity.decision", "publicity.withdrawal"
"""Names in `timelimits.csv`."""

MOST = 500
_LIMIT = Limit(7, "workday")
_Row = tuple[Publication, PenaltyCase, PenaltyDecision, Person, PenaltyProposal | None, Document | None]

COLUMNS = (
    "行政相对人名称",
    "行政相对人类别",
    "证件号码",
    "法定代表人",
    "行政处罚决定书文号",
    "违法行为类型",
    "违法事实",
    "处罚依据",
    "处罚内容",
    "罚款金额（元）",
    "处罚决定日期",
    "公示截止期",
    "处罚机关",
    "状态",
    "撤回原因",
)
"""What the platforms of 双公示 ask for; a natural person stands in them masked."""


@dataclass(frozen=True, slots=True)
class PublicityRow:
    """A decision in the list. Due days are None while a schedule is lacking; `light` None: nothing has to be done."""

    publication_id: int
    case_id: int
    case_number: str
    decision_id: int
    decision_number: str
    document: DocumentView | None
    party: PersonView
    violation_name: str
    basis: str
    act: str
    result: str
    fine_fen: int
    decided_on: date
    publish_by: date | None
    standing: PublicityStanding
    due_on: date | None
    light: Light | None
    withheld: str
    exported_on: date | None
    published_on: date | None
    published_at: str
    shown_until: date | None
    overturned_on: date | None
    overturned_why: str
    withdraw_by: date | None
    withdrawn_on: date | None


def publications(store: Store, actor: Actor, *, listed: Listed = "open", home: Path) -> tuple[PublicityRow, ...]:
    """What has to be published or taken down, the most pressing first; or everything, the newest first."""
    require(actor, "penalty.read")
    today = business_date(store.clock.now())
    query = _query().where(Publication.hall_id == store.hall_id)
    if listed == "open":
        query = query.where(_open(today))
    with store.read(actor) as session:
        rows = session.execute(query.order_by(Publication.id.desc()).limit(MOST)).tuples().all()
        warning_days = warning_days_of(warning_rules(home).in_force(today), _LIMIT)
        views = _views(session, store.key_ring, rows, today=today, warning_days=warning_days)
    return tuple(sorted(views, key=_pressing)) if listed == "open" else views


def publications_numbered(
    session: Session, ring: KeyRing, publication_ids: Sequence[int], *, today: date
) -> tuple[PublicityRow, ...]:
    """The same rows by their keys, in the order of the decisions, without lights."""
    query = _query().where(Publication.id.in_(publication_ids)).order_by(Publication.decided_on, Publication.id)
    return _views(session, ring, session.execute(query).tuples().all(), today=today, warning_days=0)


def publish_by(row: Publication, *, days: WorkCalendar, limits: LimitTable) -> date | None:
    """The seventh workday after the decision; None while a schedule is lacking."""
    return _workday(days, limits.limit(PUBLISH, row.decided_on), row.decided_on)


def shown_of(row: Publication, *, days: WorkCalendar, limits: LimitTable) -> Shown:
    """The record as the rules see it: seven workdays from the decision, three from the day it was overturned."""
    over = row.overturned_on
    return Shown(
        decided_on=row.decided_on,
        publish_by=publish_by(row, days=days, limits=limits),
        withheld=bool(row.withheld),
        published_on=row.published_on,
        shown_until=row.shown_until,
        overturned_on=over,
        withdraw_by=_workday(days, limits.limit(WITHDRAW, over), over) if over is not None else None,
        withdrawn_on=row.withdrawn_on,
    )


def publicity_sheet(rows: Sequence[PublicityRow], *, authority: str) -> SheetTable:
    """The platform's columns of these rows."""
    return SheetTable("行政处罚公示", COLUMNS, tuple(_cells(row, authority) for row in rows))


def _cells(row: PublicityRow, authority: str) -> tuple[str, ...]:
    organisation = row.party.kind == ORGANISATION
    return (
        row.party.name_masked,
        "法人或其他组织" if organisation else "自然人",
        row.party.id_masked,
        row.party.representative_masked,
        row.decision_number,
        row.violation_name,
        row.act,
        row.basis,
        row.result,
        f"{yuan(row.fine_fen)}",
        row.decided_on.isoformat(),
        row.shown_until.isoformat() if row.shown_until else "",
        authority,
        PUBLICITY_STANDINGS[row.standing],
        row.overturned_why,
    )


def _query() -> Select[tuple[Publication, PenaltyCase, PenaltyDecision, Person, PenaltyProposal, Document]]:
    return (
        select(Publication, PenaltyCase, PenaltyDecision, Person, PenaltyProposal, Document)
        .join(PenaltyCase, PenaltyCase.id == Publication.case_id)
        .join(PenaltyDecision, PenaltyDecision.id == Publication.decision_id)
        .join(Person, Person.id == PenaltyCase.party_id)
        .outerjoin(PenaltyProposal, PenaltyProposal.id == PenaltyDecision.proposal_id)
        .outerjoin(Document, Document.id == PenaltyDecision.document_id)
    )


def _open(today: date) -> ColumnElement[bool]:
    waits = and_(Publication.published_on.is_(None), Publication.withheld == "", Publication.overturned_on.is_(None))
    over = or_(Publication.overturned_on.is_not(None), Publication.withheld != "", Publication.shown_until < today)
    return or_(waits, and_(Publication.published_on.is_not(None), Publication.withdrawn_on.is_(None), over))


def _views(
    session: Session, ring: KeyRing, rows: Sequence[_Row], *, today: date, warning_days: int
) -> tuple[PublicityRow, ...]:
    if not rows:
        return ()
    days, limits = calendar_in_force(session, rows[0][0].hall_id), shipped_limits()
    versions = _versions(session, rows)
    return tuple(
        _view(
            row,
            versions[row[0].id],
            public_view(row[3], ring),
            shown_of(row[0], days=days, limits=limits),
            days=days,
            today=today,
            warning_days=warning_days,
        )
        for row in rows
    )


def _view(
    row: _Row,
    version: ViolationVersion | None,
    party: PersonView,
    shown: Shown,
    *,
    days: WorkCalendar,
    today: date,
    warning_days: int,
) -> PublicityRow:
    record, case, decision, person, _, paper = row
    due = due_on(shown, today)
    left = _workdays_left(days, today, due)
    return PublicityRow(
        publication_id=record.id,
        case_id=case.id,
        case_number=case.number,
        decision_id=decision.id,
        decision_number=decision.number,
        document=_paper(paper),
        party=party,
        violation_name=version.name if version else "",
        basis=version.penalty_article if version else "",
        act=case.act.replace(person.name, party.name_masked),
        result=_result_words(decision),
        fine_fen=decision.fine_fen,
        decided_on=record.decided_on,
        publish_by=shown.publish_by,
        standing=standing(shown, today),
        due_on=due,
        light=light(shown, today, workdays_left=left, warning_days=warning_days),
        withheld=record.withheld,
        exported_on=record.exported_on,
        published_on=record.published_on,
        published_at=record.published_at,
        shown_until=record.shown_until,
        overturned_on=record.overturned_on,
        overturned_why=record.overturned_why,
        withdraw_by=shown.withdraw_by,
        withdrawn_on=record.withdrawn_on,
    )


def _paper(record: Document | None) -> DocumentView | None:
    return DocumentView(record.id, record.kind, record.number, record.issued_on) if record is not None else None


def _versions(session: Session, rows: Sequence[_Row]) -> dict[int, ViolationVersion | None]:
    """By publication: the version that the decision applied, else the one in force at the act."""
    violations = {row[1].violation_id for row in rows}
    query = select(ViolationVersion).where(ViolationVersion.violation_id.in_(violations))
    known = session.scalars(query.order_by(ViolationVersion.valid_from.desc())).all()
    applied = {version.id: version for version in known}

    def at_act(case: PenaltyCase) -> ViolationVersion | None:
        own = [version for version in known if version.violation_id == case.violation_id]
        return next((version for version in own if version.valid_from <= case.acted_on), own[-1] if own else None)

    return {row[0].id: applied[row[4].version_id] if row[4] is not None else at_act(row[1]) for row in rows}


def _result_words(decision: PenaltyDecision) -> str:
    """罚款3,000.00元；警告."""
    fine = f"罚款{yuan(decision.fine_fen):,.2f}元" if decision.fine_fen else ""
    return "；".join(part for part in (fine, decision.other) if part)


def _workday(days: WorkCalendar, rule: LimitRule, start: date) -> date | None:
    due = compute(days, rule, LimitRequest(start=start)).due
    return due if isinstance(due, date) else None


def _workdays_left(days: WorkCalendar, today: date, due: date | None) -> int | None:
    if due is None:
        return None
    try:
        return days.workdays_between(today, due)
    except ScheduleMissing:
        return None


def _pressing(row: PublicityRow) -> tuple[int, date]:
    return LIGHTS.index(row.light) if row.light else len(LIGHTS), row.due_on or date.max
