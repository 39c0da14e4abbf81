"""How screens tell of requests: the columns of a list, the facts of a row, what happened to it."""

from datetime import date

from hall.clock import hall_time
from hall.services.call_backs import CallBackView
from hall.services.request_reading import DispatchView, RequestView
from hall.services.request_rows import RequestRow
from hall.services.subject_records import Happened
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.phrases import day_words
from hall.words import (
    DISPATCH_STATES,
    LIGHTS,
    RATING_LEVELS,
    REQUEST_CHANNELS,
    REQUEST_EVENTS,
    REQUEST_KINDS,
    REQUEST_STATES,
    REQUEST_WAYS,
)

PENDING = "待定"


def columns() -> list[Column[RequestRow]]:
    """How pressing it is, what it is, where it stands."""
    return [
        Column("灯", lambda row: LIGHTS[row.light] if row.light else "", width=92, light=lambda row: row.light),
        Column("最近期限", due_words, width=128, order=lambda row: (row.due_on is None, row.due_on)),
        Column("编号", lambda row: row.number, width=204),
        Column("类型", lambda row: REQUEST_KINDS[row.kind], width=52),
        Column("诉求", lambda row: row.subject),
        Column("进度", state_words, width=84),
        Column("承办", lambda row: row.unit_name or "—", width=92),
    ]


def due_words(row: RequestRow) -> str:
    """反馈 11-30: the nearest day that somebody has to act by, and what for."""
    if row.due_on is None:
        return PENDING if row.pending else "—"
    return f"{row.due_on:%m-%d} {row.due_what}"


def state_words(row: RequestRow) -> str:
    """Of the dispatch that runs, else of the request."""
    if row.state == "dispatched" and row.dispatch_state:
        return DISPATCH_STATES[row.dispatch_state]
    return REQUEST_STATES[row.state]


def title_words(row: RequestRow) -> str:
    """投诉 诉〔2026〕3号."""
    return f"{REQUEST_KINDS[row.kind]}　{row.number}"


def facts_of(row: RequestRow) -> tuple[str, Facts]:
    """What there is to know of a row, the person masked."""
    place = "　".join(part for part in (row.place, row.area, row.grid_code) if part)
    person = "　".join(part for part in (row.person_masked, row.phone_masked) if part)
    channel = "　".join(part for part in (REQUEST_CHANNELS[row.channel], row.outside_number) if part)
    return title_words(row), (
        ("诉求", row.subject),
        ("内容", row.content if row.content != row.subject else ""),
        ("进度", "　".join(part for part in (state_words(row), row.unit_name) if part)),
        ("期限", _dues(row)),
        ("类别", row.category_words),
        ("地点", place),
        ("反映人", person),
        ("来源", f"{channel}　{hall_time(row.received_at):%m-%d %H:%M}　首问{row.first_name}"),
        ("并案", _joined_words(row)),
        ("告知受理", f"已于{row.told_on}告知" if row.told_on else ""),
        ("办结", day_words(row.closed_on) if row.closed_on else ""),
        ("解决方式", REQUEST_WAYS[row.way] if row.way else ""),
    )


def story_of(view: RequestView) -> Facts:
    """What happened: answers, dispatches with what was fed back, call-backs, each step."""
    told = [
        ("反映对象", view.about_name),
        *(("同一件事？", f"{each.number}　{each.subject}（{each.why}）") for each in view.same),
        ("答复", view.reply),
        ("延期", view.extended_why),
        ("不办原因", view.ended_why if view.ended_why != view.reply else ""),
        ("由谁办", f"{view.suggested.unit.name}，{view.suggested.why}" if view.suggested else ""),
        *((f"第{each.round}次派单", _dispatch_words(each)) for each in reversed(view.dispatches)),
        *(("回访", _call_words(each)) for each in view.call_backs),
        ("附件", "、".join(each.title for each in view.files if not each.voided)),
    ]
    return (*told, *((f"{hall_time(each.at):%m-%d %H:%M}", _step_words(each)) for each in reversed(view.history)))


def _dispatch_words(each: DispatchView) -> str:
    parts = (
        f"{each.unit_name}（{DISPATCH_STATES[each.state]}）",
        f"{each.sent_by}派，{each.why_unit}" if each.why_unit else f"{each.sent_by}派",
        f"要求：{each.order}" if each.order else "",
        f"{'收回' if each.state == 'recalled' else '退单'}原因：{each.returned_why}" if each.returned_why else "",
        f"查明：{each.findings}" if each.findings else "",
        f"措施：{each.measures}" if each.measures else "",
        f"方式：{REQUEST_WAYS[each.way]}" if each.way else "",
        f"{each.fed_back_on:%m-%d}由{each.fed_back_by}反馈" if each.fed_back_on else "",
    )
    return "\n".join(part for part in parts if part)


def _call_words(each: CallBackView) -> str:
    level = RATING_LEVELS[each.level] if each.level else "没有评价"
    reached = level if each.reached else "没有接通"
    parts = (f"{hall_time(each.called_at):%m-%d %H:%M} {each.who}", reached, each.words)
    return "　".join(part for part in parts if part)


def _step_words(each: Happened) -> str:
    return "　".join(part for part in (REQUEST_EVENTS[each.kind], each.who, each.note) if part)


def _joined_words(row: RequestRow) -> str:
    if row.same_as_number:
        return f"并入 {row.same_as_number}"
    return f"另有 {row.joined} 件并入" if row.joined else ""


def _dues(row: RequestRow) -> str:
    """Every day that somebody still has to act by, one below the other; nothing for what is closed."""
    if row.closed_on is not None:
        return ""
    days: tuple[tuple[str, date | None], ...] = (
        ("单位反馈", row.dispatch_due_on),
        ("告知受理", row.told_by if row.told_on is None else None),
        ("承诺答复", row.promised_by),
        ("法定办结", row.finish_by),
    )
    told = [f"{words} {day_words(day)}" for words, day in days if day is not None]
    return "\n".join((*told, *_return_words(row), *((f"{PENDING}（{row.pending}）",) if row.pending else ())))


def _return_words(row: RequestRow) -> tuple[str, ...]:
    """Until when the unit may give it back, while it may, and who decides after that."""
    if row.dispatch_state not in ("sent", "taken"):
        return ()
    if row.return_by is None:
        return ("单位退单 收到派单起五个工作日内",)
    return (f"单位退单 {day_words(row.return_by)}，以后由主任决定（信访工作条例第二十三条）",)
