"""The case system's file of penalty decisions: text in, decisions out; every line that cannot be lawful is named."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeVar

from hall.errors import Refused
from hall.rules import catalogue_cells as cells
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.identity import NotYetBorn, parse_credit_code, parse_id_number, parse_phone
from hall.rules.imports import BadRow, BadRows
from hall.rules.money import fen
from hall.rules.penalties import (
    ActFacts,
    BadPenaltyFacts,
    Harm,
    Procedure,
    age_group,
    birth_in,
    check_facts,
    check_time_bar,
    simple_allowed,
)
from hall.rules.penalty_terms import ObjectKind, PenaltyTerms
from hall.rules.service import Way
from hall.words import OBJECT_KINDS, PENALTY_HARMS, PENALTY_PROCEDURES, PENALTY_RESULTS, SERVICE_WAYS

T = TypeVar("T")
PartyKind = Literal["natural", "individual_business", "legal", "other"]
Result = Literal["ordinary", "lighter", "reduced", "none"]

FILE_TITLE = "处罚决定文件"
LONGEST = 5000
"""Lines in one file."""

COLUMNS = (
    Column("case_number", ("案号", "立案号")),
    Column("decision_number", ("决定书文号", "处罚决定书文号")),
    Column("party", ("当事人", "当事人姓名或名称")),
    Column("party_kind", ("当事人类别",)),
    Column("id_number", ("证件号码", "身份证号或信用代码")),
    Column("representative", ("法定代表人", "负责人"), required=False),
    Column("phone", ("电话",), required=False),
    Column("address", ("地址",), required=False),
    Column("object_kind", ("处罚对象",), required=False),
    Column("violation", ("案由编码",)),
    Column("act", ("违法事实", "违法行为")),
    Column("place", ("违法地点", "地点"), required=False),
    Column("acted_on", ("违法日期",)),
    Column("acted_until", ("违法终了日期",), required=False),
    Column("found_on", ("发现日期",)),
    Column("filed_on", ("立案日期",)),
    Column("procedure", ("程序",)),
    Column("harm", ("危害后果",), required=False),
    Column("life_or_health", ("涉及生命健康或者金融安全",), required=False),
    Column("corrected_on", ("改正日期",), required=False),
    Column("officers", ("执法证号", "执法人员证号")),
    Column("decided_on", ("决定日期",)),
    Column("result", ("处罚结果",), required=False),
    Column("fine", ("罚款", "罚款金额")),
    Column("other", ("其他处罚",), required=False),
    Column("bank", ("缴款银行",), required=False),
    Column("surcharge_told", ("告知加处罚款",), required=False),
    Column("served_on", ("送达日期",), required=False),
    Column("way", ("送达方式",), required=False),
    Column("recipient", ("签收人",), required=False),
    Column("paid", ("已缴金额",), required=False),
    Column("paid_on", ("缴款日期",), required=False),
    Column("published_on", ("公示日期",), required=False),
    Column("closed_on", ("结案日期",), required=False),
)
"""The one table of column names; a heading may use the key or a Chinese name."""

_TITLES = {column.key: column.titles[0] for column in COLUMNS}
_PARTIES: dict[str, PartyKind] = {
    "个人": "natural",
    "自然人": "natural",
    "公民": "natural",
    "个体工商户": "individual_business",
    "法人": "legal",
    "企业": "legal",
    "单位": "legal",
    "其他组织": "other",
    "非法人组织": "other",
}
_SPLIT = re.compile(r"[、,，;；\s]+")
_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDecision:
    """A decision as the case system made it; amounts in fen. `line`: where it stands in the file."""

    line: int
    case_number: str
    decision_number: str
    party: str = field(repr=False)
    party_kind: PartyKind
    id_number: str = field(repr=False)
    representative: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    object_kind: ObjectKind
    violation: str
    act: str
    place: str = ""
    facts: ActFacts
    officers: tuple[str, ...]
    decided_on: date
    result: Result = "ordinary"
    fine_fen: int
    other: str = ""
    bank: str = ""
    surcharge_told: bool = True
    served_on: date | None = None
    way: Way = "direct"
    recipient: str = ""
    paid_fen: int = 0
    paid_on: date | None = None
    published_on: date | None = None
    closed_on: date | None = None


def parse_decisions(text: str, *, today: date, terms: PenaltyTerms) -> tuple[ImportedDecision, ...]:
    """The decisions of a decoded file; raises BadRows with every fault of every line."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    if len(table.lines) > LONGEST:
        bad_rows.append(BadRow(table.lines[LONGEST].number, f"文件超过{LONGEST}行，请分成几个文件"))
    read = [_Row(line, bad_rows).decision() for line in table.lines[:LONGEST]]
    whole = [each for each in read if each is not None]
    for each in whole:
        bad_rows.extend(BadRow(each.line, reason) for reason in _faults(each, today=today, terms=terms))
    bad_rows.extend(_twice(whole))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(whole)


class _Row:
    """The cells of one line; what cannot be read is noted, so that all of it is told at once."""

    def __init__(self, line: Line, bad_rows: list[BadRow]) -> None:
        self._line, self._bad_rows = line, bad_rows
        self._before = len(bad_rows)

    def decision(self) -> ImportedDecision | None:
        """The line as a decision; None where a cell cannot be read."""
        kind: PartyKind = self._cell("party_kind", _party_kind, otherwise="natural")
        number = self._cell("id_number", _credit if kind != "natural" else _person, otherwise="")
        facts = self._facts()
        found = ImportedDecision(
            line=self._line.number,
            case_number=self._cell("case_number", _number, otherwise=""),
            decision_number=self._cell("decision_number", _number, otherwise=""),
            party=self._cell("party", cells.filled, otherwise=""),
            party_kind=kind,
            id_number=number,
            representative=self._text("representative"),
            phone=self._cell("phone", _phone, otherwise=""),
            address=self._text("address"),
            object_kind=self._object_kind(kind),
            violation=self._cell("violation", cells.filled, otherwise=""),
            act=self._cell("act", cells.filled, otherwise=""),
            place=self._text("place"),
            facts=facts,
            officers=self._cell("officers", _officers, otherwise=()),
            decided_on=self._cell("decided_on", cells.day, otherwise=date.min),
            result=self._cell("result", _result, otherwise="ordinary"),
            fine_fen=self._cell("fine", fen, otherwise=0),
            other=self._text("other"),
            bank=self._text("bank"),
            surcharge_told=self._cell("surcharge_told", _yes, otherwise=True),
            served_on=self._cell("served_on", _maybe_day, otherwise=None),
            way=self._cell("way", _way, otherwise="direct"),
            recipient=self._text("recipient"),
            paid_fen=self._cell("paid", _paid, otherwise=0),
            paid_on=self._cell("paid_on", _maybe_day, otherwise=None),
            published_on=self._cell("published_on", _maybe_day, otherwise=None),
            closed_on=self._cell("closed_on", _maybe_day, otherwise=None),
        )
        return found if len(self._bad_rows) == self._before else None

    def _facts(self) -> ActFacts:
        return ActFacts(
            acted_on=self._cell("acted_on", cells.day, otherwise=date.min),
            acted_until=self._cell("acted_until", _maybe_day, otherwise=None),
            found_on=self._cell("found_on", cells.day, otherwise=date.min),
            filed_on=self._cell("filed_on", _maybe_day, otherwise=None),
            procedure=self._cell("procedure", _procedure, otherwise="general"),
            harm=self._cell("harm", _harm, otherwise="unknown"),
            life_or_health=bool(self._text("life_or_health")) and self._cell("life_or_health", _yes, otherwise=False),
            corrected_on=self._cell("corrected_on", _maybe_day, otherwise=None),
        )

    def _object_kind(self, kind: PartyKind) -> ObjectKind:
        """An individual business is classed by the case system; others are what they are."""
        if kind == "individual_business":
            return self._cell("object_kind", _one_of(_OBJECTS), otherwise="citizen")
        return "citizen" if kind == "natural" else "organisation"

    def _text(self, key: str) -> str:
        return self._line.cells.get(key, "")

    def _cell(self, key: str, parse: Callable[[str], T], *, otherwise: T) -> T:
        try:
            return parse(self._text(key))
        except Refused as bad:
            self._bad_rows.append(BadRow(self._line.number, f"{_TITLES[key]}：{bad}"))
            return otherwise


def _faults(each: ImportedDecision, *, today: date, terms: PenaltyTerms) -> Iterator[str]:
    """What cannot be, or could not lawfully be decided."""
    try:
        check_facts(each.facts, today=today)
        if each.result != "none":  # who is out of time is not punished (36)
            check_time_bar(each.facts, terms)
    except BadPenaltyFacts as bad:
        yield from bad.reasons
    except Refused as bad:
        yield str(bad)
    yield from _unlawful(each, terms)
    yield from _days(each, today)
    yield from _payment(each)


def _unlawful(each: ImportedDecision, terms: PenaltyTerms) -> Iterator[str]:
    if len(set(each.officers)) < 2:
        yield "执法证号少于两个，应当有两名以上执法人员（行政处罚法第四十二条）"
    if each.facts.procedure == "simple" and not simple_allowed(each.fine_fen, kind=each.object_kind, terms=terms):
        yield "罚款超过简易程序的限额，应当适用普通程序（行政处罚法第五十一条）"
    if each.result == "none" and each.fine_fen:
        yield "不予处罚的决定不能有罚款"
    if each.party_kind != "natural":
        if not each.representative:
            yield "单位和个体工商户没有填法定代表人（负责人、经营者）"
        return
    try:
        child = age_group(birth_in(each.id_number), each.facts.acted_on) == "child"
    except NotYetBorn as bad:
        yield str(bad)
        return
    if child and each.result != "none":
        yield "当事人行为时不满十四周岁，不予处罚（行政处罚法第三十条）"


def _days(each: ImportedDecision, today: date) -> Iterator[str]:
    if each.decided_on < (each.facts.filed_on or each.facts.found_on):
        yield "决定日期早于立案或者发现日期"
    if each.served_on is not None and each.served_on < each.decided_on:
        yield "送达日期早于决定日期"
    if each.published_on is not None and each.published_on < each.decided_on:
        yield "公示日期早于决定日期"
    if each.closed_on is not None and (each.served_on is None or each.closed_on < each.served_on):
        yield "结案日期早于送达日期，或者没有送达"
    days = (each.decided_on, each.served_on, each.paid_on, each.published_on, each.closed_on)
    if any(day is not None and day > today for day in days):
        yield "有日期在今天之后"


def _payment(each: ImportedDecision) -> Iterator[str]:
    if bool(each.paid_fen) != (each.paid_on is not None):
        yield "已缴金额和缴款日期要么都填，要么都不填"
    elif each.paid_on is not None and each.paid_on < each.decided_on:
        yield "缴款日期早于决定日期"
    elif each.paid_fen and each.served_on is None:
        yield "填了缴款，没有填送达日期"
    elif each.paid_fen and not each.fine_fen:
        yield "没有罚款，却有缴款"
    if each.closed_on is not None and each.fine_fen and each.paid_fen < each.fine_fen:
        yield "罚款没有缴清，不能结案"


def _twice(decisions: Sequence[ImportedDecision]) -> Iterator[BadRow]:
    """A number stands for one case and one decision."""
    numbers: dict[tuple[str, str], int] = {}
    for each in decisions:
        for key, number in (("decision_number", each.decision_number), ("case_number", each.case_number)):
            first = numbers.setdefault((key, number), each.line)
            if first != each.line:
                yield BadRow(each.line, f"{_TITLES[key]} {number} 与第{first}行相同")


def _one_of(words: dict[str, T]) -> Callable[[str], T]:
    def parse(cell: str) -> T:
        if cell not in words:
            raise cells.BadCell(f"“{cell[:20]}”应是{'、'.join(words)}之一")
        return words[cell]

    return parse


_OBJECTS: dict[str, ObjectKind] = {OBJECT_KINDS["citizen"]: "citizen", OBJECT_KINDS["organisation"]: "organisation"}
_PROCEDURE_WORDS: dict[str, Procedure] = {
    PENALTY_PROCEDURES["simple"]: "simple",
    PENALTY_PROCEDURES["general"]: "general",
    "一般程序": "general",
}
_HARM_WORDS: dict[str, Harm] = {
    "": "unknown",
    PENALTY_HARMS["unknown"]: "unknown",
    PENALTY_HARMS["none"]: "none",
    PENALTY_HARMS["slight"]: "slight",
    PENALTY_HARMS["grave"]: "grave",
}
_RESULT_WORDS: dict[str, Result] = {
    "": "ordinary",
    PENALTY_RESULTS["ordinary"]: "ordinary",
    PENALTY_RESULTS["lighter"]: "lighter",
    PENALTY_RESULTS["reduced"]: "reduced",
    PENALTY_RESULTS["none"]: "none",
}
_WAY_WORDS: dict[str, Way] = {
    "": "direct",
    SERVICE_WAYS["direct"]: "direct",
    SERVICE_WAYS["left"]: "left",
    SERVICE_WAYS["electronic"]: "electronic",
    SERVICE_WAYS["post"]: "post",
    SERVICE_WAYS["transfer"]: "transfer",
    SERVICE_WAYS["public"]: "public",
}
_party_kind = _one_of(_PARTIES)
_procedure, _harm, _result, _way = (
    _one_of(_PROCEDURE_WORDS),
    _one_of(_HARM_WORDS),
    _one_of(_RESULT_WORDS),
    _one_of(_WAY_WORDS),
)
_yes = _one_of({"": True, "是": True, "否": False})


def _number(cell: str) -> str:
    number = "".join(cells.filled(cell).split())
    if len(number) > _LONGEST_NUMBER:
        raise cells.BadCell(f"长{len(number)}字，不是文号")
    return number


def _person(cell: str) -> str:
    return parse_id_number(cells.filled(cell)).number


def _credit(cell: str) -> str:
    return parse_credit_code(cells.filled(cell))


def _phone(cell: str) -> str:
    return parse_phone(cell) if cell else ""


def _officers(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, _SPLIT.split(cells.filled(cell))))


def _maybe_day(cell: str) -> date | None:
    return cells.day(cell) if cell else None


def _paid(cell: str) -> int:
    return fen(cell) if cell else 0
