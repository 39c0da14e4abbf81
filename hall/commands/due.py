"""`hall due`: legal periods from JSON lines on standard input; a bad line gets an answer and the run goes on."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from hall.errors import HallError, Refused
from hall.rules.calendar import WorkCalendar
from hall.rules.spans import Span
from hall.rules.surcharge import surcharge
from hall.rules.timelimits import Explanation, Limit, LimitRequest, compute
from hall.rules.timelimits_file import LimitTable
from hall.services.calendar import shipped_calendar, shipped_limits
from hall.settings import DATABASE_FILE, load

Answer = dict[str, object]
Fields = Mapping[str, object]

_COMMON_KEYS = ("id", "rule", "start")
_LIMIT_KEYS = ("excluded", "extension_days", "days")
_SURCHARGE_KEYS = ("principal", "paid_on", "paused")
# A worked example carries its answer and its hand count; it can be piped in as it is.
_REMARK_KEYS = ("expect", "why", "law")
_ALL_KEYS = (*_COMMON_KEYS, *_LIMIT_KEYS, *_SURCHARGE_KEYS)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BadLine(Refused):
    """A line of input that cannot be understood; the sentence names the key."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has one form; its output is JSON lines in any case."""
    parser.add_argument("--json", action="store_true", help="输出总是 JSON Lines，可写可不写")


def execute(arguments: argparse.Namespace) -> int:
    """Answer line by line; always 0, as a bad line is answered and not an end."""
    calendar, table = _calendar(), shipped_limits()
    for raw in sys.stdin.buffer:
        content = raw.removeprefix(_BYTE_ORDER_MARK).strip()
        if content:
            print(_written(answer(content, calendar=calendar, table=table)), flush=True)
    return 0


def _calendar() -> WorkCalendar:
    """The hall's own schedules where there is a database, else those shipped; the database layer loads late."""
    settings = load()
    if settings.database.url or (settings.home / DATABASE_FILE).exists():
        from hall.services.schedules import calendar_of

        return calendar_of(settings)
    return shipped_calendar()


def answer(content: bytes, *, calendar: WorkCalendar, table: LimitTable) -> Answer:
    """The answer to one line, an `error` where the line or the rule refuses."""
    identity: object = None
    try:
        fields = _read(content)
        identity = _identity(fields)
        return {"id": identity, **_computed(fields, calendar, table)}
    except HallError as error:
        return {"id": identity, "error": str(error)}


def _written(line: Answer) -> str:
    """Readable Chinese; half a surrogate pair cannot be UTF-8 and is left escaped."""
    text = json.dumps(line, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(line)
    return text


def _read(content: bytes) -> Fields:
    try:
        fields = json.loads(content.decode(), parse_constant=_no_constant, object_pairs_hook=_once_each)
    except UnicodeDecodeError as error:
        raise BadLine("这一行不是 UTF-8 编码") from error
    except (ValueError, RecursionError) as error:
        raise BadLine("这一行不是 JSON") from error
    if not isinstance(fields, dict):
        raise BadLine('这一行应是 JSON 对象，如 {"id": …, "rule": …, "start": …}')
    return fields


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise BadLine("这一行有重复的键")
    return fields


def _identity(fields: Fields) -> str | int | None:
    identity = fields.get("id")
    if identity is None or (isinstance(identity, str | int) and not isinstance(identity, bool)):
        return identity
    raise BadLine("id 应为字符串或整数")


def _computed(fields: Fields, calendar: WorkCalendar, table: LimitTable) -> Answer:
    name = _text(fields, "rule")
    is_surcharge = table.is_surcharge(name)
    _check_keys(fields, name, _SURCHARGE_KEYS if is_surcharge else _LIMIT_KEYS)
    return _surcharge(fields, name, table) if is_surcharge else _limit(fields, name, calendar, table)


def _check_keys(fields: Fields, rule: str, keys: tuple[str, ...]) -> None:
    for key in fields:
        if key in _COMMON_KEYS or key in keys or key in _REMARK_KEYS:
            continue
        if key in _ALL_KEYS:
            raise BadLine(f"规则 {rule} 不接受 {key}")
        near = get_close_matches(key, _ALL_KEYS, n=1, cutoff=0.0)[0]
        raise BadLine(f"不认识的键 {key[:60]}，是不是 {near}？")


def _limit(fields: Fields, name: str, calendar: WorkCalendar, table: LimitTable) -> Answer:
    start = _start(fields)
    request = LimitRequest(
        start,
        excluded=_spans(fields, "excluded"),
        extension_days=_whole(fields, "extension_days", least=0) or 0,
        days=_whole(fields, "days", least=1),
    )
    rule = table.limit(name, start.date() if isinstance(start, datetime) else start)
    return _limit_answer(compute(calendar, rule, request))


def _limit_answer(limit: Limit) -> Answer:
    line: Answer = {"due": limit.due and _iso(limit.due)}
    if limit.strict_due:
        line["strict_due"] = _iso(limit.strict_due)
    if limit.pending:
        return {**line, "pending": limit.pending, "law": limit.law}
    return {**line, "law": limit.law, "why": _steps(limit.why)}


def _surcharge(fields: Fields, name: str, table: LimitTable) -> Answer:
    due = _day(_text(fields, "start"), "start")
    added = surcharge(
        _amount(_text(fields, "principal")),
        due,
        paid_on=_day(_text(fields, "paid_on"), "paid_on"),
        paused=_spans(fields, "paused"),
        terms=table.surcharge(name, due),
    )
    return {"amount": str(added.amount), "days": added.days, "law": added.law, "why": _steps(added.why)}


def _steps(why: Explanation) -> list[list[object]]:
    return [[_iso(moment), count] for moment, count in why()]


def _iso(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds" if moment.second else "minutes")
    return moment.isoformat()


def _text(fields: Fields, key: str) -> str:
    if key not in fields:
        raise BadLine(f"缺少 {key}")
    value = fields[key]
    if not isinstance(value, str):
        raise BadLine(f"{key} 应为字符串")
    return value


def _start(fields: Fields) -> date | datetime:
    text = _text(fields, "start")
    if _MOMENT.fullmatch(text):
        return _valid(datetime.fromisoformat, text, "start")
    return _day(text, "start")


def _day(text: object, key: str) -> date:
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        raise BadLine(f"{key} 应为日期，如 2026-02-10（按小时的规则写到分，如 2026-02-10T17:30，不带时区）")
    return _valid(date.fromisoformat, text, key)


def _valid(parse: Callable[[str], date], text: str, key: str) -> date:
    try:
        return parse(text)
    except ValueError as error:
        raise BadLine(f"{key} 的 {text} 没有这一天或这一刻") from error


def _whole(fields: Fields, key: str, *, least: int) -> int | None:
    if key not in fields:
        return None
    value = fields[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadLine(f"{key} 应为不小于{least}的整数")
    return value


def _amount(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise BadLine('principal 应为以元为单位、最多两位小数的正数，写成字符串，如 "1000" 或 "1000.50"')
    return Decimal(text)


def _spans(fields: Fields, key: str) -> tuple[Span, ...]:
    value = fields.get(key, [])
    if not isinstance(value, list):
        raise BadLine(f"{key} 应为时间段的列表，如 [[首日, 末日]]")
    return tuple(_span(item, key) for item in value)


def _span(item: object, key: str) -> Span:
    if not isinstance(item, list) or len(item) != 2:
        raise BadLine(f"{key} 的每一段应为 [首日, 末日]")
    return _day(item[0], key), _day(item[1], key)
