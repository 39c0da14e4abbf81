"""Requests from and to other systems (12345, grid): files taken in all or nothing, return receipts given out."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.clock import HALL_ZONE, business_date
from hall.errors import Missing, Refused, Unavailable
from hall.rules.authority import require
from hall.rules.csv_table import decode
from hall.rules.imports import BadRow, BadRows
from hall.rules.people import Actor
from hall.rules.requests import OUTSIDE
from hall.rules.requests_file import FILE_TITLE, OutsideRequest, parse_requests
from hall.services.call_backs import call_backs_of
from hall.services.case_files import bytes_of
from hall.services.persons import PersonDetails
from hall.services.request_records import SUBJECT
from hall.services.request_rule import request_rules
from hall.services.requests import OUTSIDE_LOCK, NewRequest, category_lock, enter
from hall.services.subject_files import NewSubjectFile
from hall.services.tables_export import Cell, SheetTable
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.requests import Dispatch, DispatchUnit, Request
from hall.words import RATING_LEVELS, REQUEST_CHANNELS, REQUEST_STATES, REQUEST_WAYS

MOST_ROWS = 1000
"""So many are entered in some twenty seconds, in which nobody else of a hall on SQLite writes anything."""
_COLUMNS = (
    "来源",
    "外部编号",
    "受理编号",
    "状态",
    "承办单位",
    "派单日期",
    "反馈日期",
    "办结日期",
    "解决方式",
    "查明情况",
    "处理措施",
    "答复",
    "回访满意程度",
)


@dataclass(frozen=True, slots=True)
class RequestsImported:
    """How many were new (their numbers), how many stood there already by their outside number."""

    added: tuple[str, ...]
    unchanged: int


@retried
def import_requests(store: Store, actor: Actor, *, content: bytes, folder: Path, home: Path) -> RequestsImported:
    """导入 what 12345 or the grid system sent; photos lie in `folder`. Wholly or not at all, each once by its number.

    Their days run from the day they were handed over. What looks like a matter that is under way is joined by the
    dispatcher, not here. Raises BadRows with every line that cannot be read or entered.
    """
    require(actor, "request.exchange")
    today = business_date(store.clock.now())
    categories = request_rules(home).in_force(today).categories
    found = parse_requests(decode(content, FILE_TITLE), categories=categories, today=today)
    if len(found) > MOST_ROWS:
        too_many = f"一个文件最多 {MOST_ROWS} 件，这个文件有 {len(found)} 件，请分成几个文件导入"
        raise BadRows(FILE_TITLE, [BadRow(found[MOST_ROWS].line, too_many)])
    photos = _photos(found, folder, home=home, store=store)
    with store.work("request.exchange", actor) as work:
        work.share("calendar")
        work.lock(OUTSIDE_LOCK, *{category_lock(each.category) for each in found})  # all at once, before any number
        bad_rows: list[BadRow] = []
        added: list[str] = []
        for each in found:
            try:
                added.extend(_enter(work, each, photos, home=home))
            except (Refused, Missing) as refused:
                bad_rows.append(BadRow(each.line, str(refused)))
        if bad_rows:
            raise BadRows(FILE_TITLE, bad_rows)
        work.audit("requests", added=len(added), unchanged=len(found) - len(added))
        work.changed(SUBJECT)
        return RequestsImported(tuple(added), len(found) - len(added))


def return_receipts(store: Store, actor: Actor, *, first: date, last: date) -> SheetTable:
    """回执: what became of the requests of other systems that came or were closed in these days. No person is in it."""
    require(actor, "request.exchange")
    query = (
        select(Request)
        .where(Request.hall_id == store.hall_id, Request.channel.in_(OUTSIDE))
        .where(or_(Request.received_on.between(first, last), Request.closed_on.between(first, last)))
        .order_by(Request.channel, Request.outside_number, Request.id)
    )
    with store.read(actor) as session:
        rows = tuple(_receipt(session, each) for each in session.scalars(query).all())
    return SheetTable("诉求办理回执", _COLUMNS, rows)


def _enter(work: Work, each: OutsideRequest, photos: dict[str, bytes], *, home: Path) -> list[str]:
    """Its number; nothing where it stands there already."""
    known = select(Request.id).where(
        Request.hall_id == work.hall_id,
        Request.channel == each.channel,
        Request.outside_number == each.outside_number,
    )
    if work.session.scalar(known) is not None:
        return []
    new = NewRequest(
        kind=each.kind,
        category=each.category,
        subject=each.subject,
        content=each.content,
        channel=each.channel,
        person=PersonDetails("resident", each.name, phone=each.phone) if each.name else None,
        place=each.place,
        area=each.area,
        grid_code=each.grid_code,
        outside_number=each.outside_number,
        files=tuple(
            NewSubjectFile(f"来件照片{place}", "photo", photos[name]) for place, name in enumerate(each.photos, 1)
        ),
    )
    today = business_date(work.now)
    at = work.now if each.sent_on == today else datetime.combine(each.sent_on, time(12), HALL_ZONE)
    return [enter(work, new, home=home, received_at=at).number]


def _photos(found: tuple[OutsideRequest, ...], folder: Path, *, home: Path, store: Store) -> dict[str, bytes]:
    """Every photo by its name, read before anything is written; raises BadRows for those that cannot be."""
    photos: dict[str, bytes] = {}
    bad_rows = []
    for each in found:
        for name in each.photos:
            try:
                photos[name] = photos.get(name) or bytes_of(folder / name, home=home, store=store)
            except Unavailable as missing:
                bad_rows.append(BadRow(each.line, f"照片：{missing}"))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return photos


def _receipt(session: Session, request: Request) -> tuple[Cell, ...]:
    """A joined request is told with what was done for the one it is joined to."""
    lead = request.same_as_id or request.id
    query = (
        select(Dispatch, DispatchUnit.name)
        .join(DispatchUnit, DispatchUnit.id == Dispatch.unit_id)
        .where(Dispatch.request_id == lead)
        .order_by(Dispatch.round.desc())
        .limit(1)
    )
    dispatch, unit = session.execute(query).tuples().one_or_none() or (None, "")
    levels = [each.level for each in call_backs_of(session, SUBJECT, request.id) if each.level is not None]
    return (
        REQUEST_CHANNELS[request.channel],
        request.outside_number,
        request.number,
        REQUEST_STATES[request.state],
        unit,
        _iso(business_date(dispatch.sent_at) if dispatch is not None else None),
        _iso(dispatch.fed_back_on if dispatch is not None else None),
        _iso(request.closed_on),
        REQUEST_WAYS.get(request.way, ""),
        dispatch.findings if dispatch is not None else "",
        dispatch.measures if dispatch is not None else "",
        request.reply,
        RATING_LEVELS[levels[-1]] if levels else "",
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
