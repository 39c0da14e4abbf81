"""What is made public of penalties, in lists: parties masked, each with day and light; the columns of the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, select
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
from hall.services.light_rule import warning_rules
from hall.services.persons import ORGANISATION, PersonView
from hall.services.publicity_told import Told, told_of
from hall.services.schedules import calendar_in_force
from hall.services.tables_export import SheetTable
from hall.store import Store
from hall.store.schema.publicity import Publication
from hall.store.secrets import KeyRing
from hall.words import PUBLICITY_STANDINGS

Listed = Literal["open", "all"]

PUBLISH, WITHDRAW = "publicity.decision", "publicity.withdrawal"
"""Names in `timelimits.csv`."""

MOST = 500
_LIMIT = Limit(7, "workday")

_PENALTY_COLUMNS = (
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
_PERMIT_COLUMNS = (
    "行政相对人名称",
    "行政相对人类别",
    "证件号码",
    "法定代表人",
    "行政许可决定书文号",
    "许可事项",
    "许可依据",
    "许可证书名称",
    "许可证书编号",
    "许可内容",
    "许可决定日期",
    "有效期自",
    "有效期至",
    "许可机关",
    "状态",
    "撤回原因",
)
"""What the platforms of 双公示 ask for; a natural person stands in them masked."""


@dataclass(frozen=True, slots=True)
class PublicityRow:
    """A decision in the list. Due days are None while a schedule is lacking; `light` None: nothing has to be done."""

    publication_id: int
    told: Told
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
    query = select(Publication).where(Publication.hall_id == store.hall_id)
    if listed == "open":
        query = query.where(wants_something(today))
    with store.read(actor) as session:
        rows = session.scalars(query.order_by(Publication.id.desc()).limit(MOST)).all()
        warning_days = warning_days_of(warning_rules(home).in_force(today), _LIMIT)
        views = _views(session, store.key_ring, rows, today=today, warning_days=warning_days)
    return tuple(sorted(views, key=_pressing)) if listed == "open" else views


def publications_numbered(
    session: Session, ring: KeyRing, publication_ids: Sequence[int], *, today: date
) -> tuple[PublicityRow, ...]:
    """The same rows by their keys, in the order of the decisions, without lights."""
    query = select(Publication).where(Publication.id.in_(publication_ids))
    rows = session.scalars(query.order_by(Publication.decided_on, Publication.id)).all()
    return _views(session, ring, rows, today=today, warning_days=0)


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


def publicity_sheets(rows: Sequence[PublicityRow], *, authority: str) -> tuple[SheetTable, ...]:
    """The platform's columns of these rows: a sheet for licences, one for penalties, where there are any."""
    penalties = tuple(_penalty_cells(row, authority) for row in rows if row.told.about == "penalty")
    permits = tuple(_permit_cells(row, authority) for row in rows if row.told.about == "permit")
    sheets = (
        SheetTable("行政许可公示", _PERMIT_COLUMNS, permits),
        SheetTable("行政处罚公示", _PENALTY_COLUMNS, penalties),
    )
    return tuple(sheet for sheet in sheets if sheet.rows)


def _penalty_cells(row: PublicityRow, authority: str) -> tuple[str, ...]:
    told = row.told
    return (
        *_party_cells(told.party),
        told.decision_number,
        told.matter,
        told.act,
        told.basis,
        told.result,
        f"{yuan(told.fine_fen)}",
        row.decided_on.isoformat(),
        _iso(row.shown_until),
        authority,
        PUBLICITY_STANDINGS[row.standing],
        row.overturned_why,
    )


def _permit_cells(row: PublicityRow, authority: str) -> tuple[str, ...]:
    told, licence = row.told, row.told.licence
    return (
        *_party_cells(told.party),
        told.decision_number,
        told.matter,
        told.basis,
        licence.name if licence else "",
        licence.number if licence else "",
        told.act,
        row.decided_on.isoformat(),
        _iso(licence.valid_from if licence else None),
        _iso(licence.valid_to if licence else None),
        authority,
        PUBLICITY_STANDINGS[row.standing],
        row.overturned_why,
    )


def _party_cells(party: PersonView) -> tuple[str, ...]:
    kind = "法人或其他组织" if party.kind == ORGANISATION else "自然人"
    return party.name_masked, kind, party.id_masked, party.representative_masked


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def wants_something(today: date) -> ColumnElement[bool]:
    """The condition that a decision is to be published or taken down."""
    waits = and_(Publication.published_on.is_(None), Publication.withheld == "", Publication.overturned_on.is_(None))
    over = or_(Publication.overturned_on.is_not(None), Publication.withheld != "", Publication.shown_until < today)
    return or_(waits, and_(Publication.published_on.is_not(None), Publication.withdrawn_on.is_(None), over))


def _views(
    session: Session, ring: KeyRing, rows: Sequence[Publication], *, today: date, warning_days: int
) -> tuple[PublicityRow, ...]:
    if not rows:
        return ()
    days, limits = calendar_in_force(session, rows[0].hall_id), shipped_limits()
    told = told_of(session, ring, rows)
    return tuple(
        _view(
            row,
            told[row.id],
            shown_of(row, days=days, limits=limits),
            days=days,
            today=today,
            warning_days=warning_days,
        )
        for row in rows
    )


def _view(
    record: Publication, told: Told, shown: Shown, *, days: WorkCalendar, today: date, warning_days: int
) -> PublicityRow:
    due = due_on(shown, today)
    left = _workdays_left(days, today, due)
    return PublicityRow(
        publication_id=record.id,
        told=told,
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
