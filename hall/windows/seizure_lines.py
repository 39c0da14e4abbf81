"""The lines of the page of seized goods: what is held and what was done at once, each with its light and its facts."""

from dataclasses import dataclass
from datetime import datetime

from hall.clock import HALL_ZONE, hall_time
from hall.rules.lights import LIGHTS
from hall.rules.lights import Light as LightCode
from hall.services.case_reading import DocumentView
from hall.services.emergency_reading import EmergencyRow
from hall.services.seizure_reading import PaperView, SeizureRow
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.phrases import day_words
from hall.windows.seizure_panels import goods_words
from hall.words import DOCUMENT_KINDS, SEIZURE_ENDINGS, SEIZURE_KINDS, SEIZURE_TESTS

OPEN = "open"
_URGENT = "紧急措施"


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One of both."""

    seizure: SeizureRow | None = None
    emergency: EmergencyRow | None = None

    @property
    def key(self) -> int:
        """Of its own among both: below zero for what was done at once."""
        if self.seizure is not None:
            return self.seizure.seizure_id
        assert self.emergency is not None
        return -self.emergency.emergency_id

    @property
    def light(self) -> LightCode | None:
        """How pressing it is; none where nothing is left to do."""
        return self.seizure.light if self.seizure is not None else _emergency(self).light

    @property
    def rank(self) -> int:
        """What presses most comes first; the order in which they were read decides the rest."""
        return LIGHTS.index(self.light) if self.light is not None else len(LIGHTS)

    @property
    def acts(self) -> tuple[str, ...]:
        """What the actor may do with it now; its case can always be opened."""
        if self.seizure is None:
            return tuple(_emergency(self).acts)
        return (*self.seizure.acts, *((OPEN,) if self.seizure.case_id is not None else ()))

    @property
    def document(self) -> DocumentView | None:
        """Its newest paper."""
        papers = self.seizure.papers if self.seizure is not None else ()
        paper = papers[-1] if papers else self.emergency.paper if self.emergency is not None else None
        return DocumentView(paper.document_id, paper.kind, paper.number, paper.issued_on) if paper else None


def columns() -> list[Column[HeldLine]]:
    """The last instant first: it is what the page is looked at for."""
    return [
        Column("时限", left_words, width=124, light=lambda line: line.light),
        Column("最后期限", _last_words, width=136, order=_last),
        Column("种类", _kind_words, width=80),
        Column("决定书、措施", _title, width=196),
        Column("当事人", _party, width=76),
        Column("财物", _goods),
    ]


def left_words(line: HeldLine) -> str:
    """剩 12 天, 今天必须处理, 已超期 1 天, 待领取; of what was done at once in hours."""
    if line.seizure is None:
        return _hours_words(_emergency(line))
    row = line.seizure
    if row.ended_on is not None:
        return "待领取" if row.light else SEIZURE_ENDINGS[row.ending]
    if row.light == "over_statutory":
        return f"已超期 {-row.days_left} 天"
    if row.light == "paused":
        return "检测鉴定中"
    return "须今天处理" if row.light == "today" else f"剩 {row.days_left} 天"


def facts_of(line: HeldLine) -> tuple[str, Facts]:
    """What there is to know."""
    return _seizure_facts(line.seizure) if line.seizure is not None else _emergency_facts(_emergency(line))


def _seizure_facts(row: SeizureRow) -> tuple[str, Facts]:
    held, act_by = row.ended_on is None, row.until.act_by
    tests = "\n".join(
        f"{SEIZURE_TESTS[test.kind]} {test.first_day} 至 {test.last_day}（{test.unit}，{test.told_on} 告知）"
        for test in row.tests
    )
    return f"{SEIZURE_KINDS[row.kind]}　{row.number}", (
        ("当事人", f"{row.party.name_masked}　{row.party.id_masked}".strip()),
        ("案件", row.case_number or "尚未立案"),
        ("日期", day_words(row.seized_on)),
        ("最后一日", f"{day_words(row.until.strict)}，不因休息日顺延" if held else ""),
        ("最迟工作日", (day_words(act_by) if act_by else "待定（放假安排未录入）") if held else ""),
        ("期限依据", row.until.law),
        ("扣除", tests),
        ("延长", f"{row.extended_on} 批准：{row.extension_reason}" if row.extended_on else ""),
        ("清单", goods_words(row)),
        ("地点", row.place),
        ("保管", f"{row.keeper}（费用由本机关承担）"),
        ("理由", row.reason),
        ("法律依据", row.basis),
        ("处理", f"{row.ended_on} {SEIZURE_ENDINGS[row.ending]}：{row.ending_reason}" if row.ended_on else ""),
        ("退还", f"{row.returned_on} {row.returned_to_masked} 领取" if row.returned_on else ""),
        ("文书", "\n".join(_paper_words(paper) for paper in row.papers)),
    )


def _emergency_facts(row: EmergencyRow) -> tuple[str, Facts]:
    decided = ""
    if row.decided_at is not None:
        word = "同意，补办批准手续" if row.approved else "不同意，已解除"
        decided = f"{_moment(row.decided_at)} {word}：{row.answer}"
    late = "（迟报）" if row.late else ""
    return f"紧急强制措施　{row.measure}", (
        ("当事人", row.party_masked or "未查明"),
        ("决定书", row.seizure_number or "尚未作出"),
        ("实施", _moment(row.began_at)),
        ("最迟报告", f"{_moment(row.due_at)}（二十四小时，节假日照算）"),
        ("报告", f"{_moment(row.reported_at)}{late}" if row.reported_at else ""),
        ("负责人", decided),
        ("地点", row.place),
        ("执法人员", row.officers),
        ("理由", row.reason),
        ("依据", "行政强制法第十九条"),
        ("文书", _paper_words(row.paper) if row.paper else ""),
    )


def _emergency(line: HeldLine) -> EmergencyRow:
    assert line.emergency is not None
    return line.emergency


def _hours_words(row: EmergencyRow) -> str:
    if row.decided_at is not None:
        return "已同意" if row.approved else "已解除"
    if row.reported_at is not None:
        return "待负责人决定"
    return f"剩 {row.left} 小时" if row.left >= 0 else f"迟报 {-row.left} 小时"


def _last(line: HeldLine) -> datetime:
    if line.seizure is None:
        return _emergency(line).due_at
    return datetime.combine(line.seizure.until.strict, datetime.max.time(), tzinfo=HALL_ZONE)


def _last_words(line: HeldLine) -> str:
    return day_words(line.seizure.until.strict) if line.seizure is not None else _moment(_emergency(line).due_at)


def _kind_words(line: HeldLine) -> str:
    return SEIZURE_KINDS[line.seizure.kind] if line.seizure is not None else _URGENT


def _title(line: HeldLine) -> str:
    return line.seizure.number if line.seizure is not None else _emergency(line).measure


def _party(line: HeldLine) -> str:
    if line.seizure is not None:
        return line.seizure.party.name_masked
    return _emergency(line).party_masked or "未查明"


def _goods(line: HeldLine) -> str:
    if line.seizure is None:
        return _emergency(line).place
    return "、".join(f"{item.name}{item.quantity}{item.unit}" for item in line.seizure.items)


def _paper_words(paper: PaperView) -> str:
    return f"{DOCUMENT_KINDS[paper.kind]} {paper.number}"


def _moment(instant: datetime) -> str:
    return f"{hall_time(instant):%m-%d %H:%M}"
