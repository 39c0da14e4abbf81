"""Reads registers.toml: every register with its fields, what is wrong with any of them named all together."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from hall.rules.numbering import SERIES
from hall.rules.people import ROLES
from hall.rules.registers import DAY, FIELD_KINDS, Closing, FieldKind, Register, RegisterField, Registers, Sheet
from hall.rules.versions import Versions

Table = Mapping[str, object]

_CODE = re.compile(r"[a-z][a-z_]{1,19}")
_MARK = re.compile(r"[\u4e00-\u9fff]{1,4}")
_FIELD_KEYS = {"key", "label", "kind", "required", "personal", "choices", "hint"}
_REGISTER_KEYS = {
    "code",
    "name",
    "group",
    "mark",
    "effective_from",
    "source",
    "basis",
    "title",
    "fields",
    "due",
    "closing",
    "sheet",
    "read_by",
    "enter_by",
}
_SIGNS = ("经办人",)


class _Reading:
    """Reads one table; what is wrong goes to `faults` with the place it stands in."""

    def __init__(self, table: Table, place: str, faults: list[str]) -> None:
        self._table, self.place, self._faults = table, place, faults

    def fault(self, words: str) -> None:
        self._faults.append(f"{self.place}：{words}")

    def only(self, keys: set[str]) -> None:
        for key in sorted(set(self._table) - keys):
            self.fault(f"不认识 {key}")

    def text(self, key: str, *, required: bool = True) -> str:
        value = self._table.get(key, "")
        if not isinstance(value, str):
            self.fault(f"{key} 应是文字")
            return ""
        if required and not value.strip():
            self.fault(f"缺少 {key}")
        return value.strip()

    def day(self, key: str) -> date:
        value = self._table.get(key)
        if type(value) is not date:
            self.fault(f"{key} 应是日期，如 2026-01-01")
            return date.min
        return value

    def flag(self, key: str) -> bool:
        value = self._table.get(key, False)
        if not isinstance(value, bool):
            self.fault(f"{key} 应是 true 或 false")
            return False
        return value

    def whole(self, key: str) -> int:
        value = self._table.get(key)
        if type(value) is not int or value < 1:
            self.fault(f"{key} 应是大于 0 的整数")
            return 1
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            self.fault(f"{key} 应是文字的数组")
            return ()
        return tuple(value)

    def roles(self, key: str) -> tuple[str, ...]:
        named = self.texts(key)
        for role in named:
            if role not in ROLES:
                self.fault(f"{key} 里没有岗位 {role}，可用 {'、'.join(ROLES)}")
        return named

    def part(self, key: str) -> "_Reading | None":
        value = self._table.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(f"{key} 应是表，如 {{ … }}")
            return None
        return _Reading(value, f"{self.place}的 {key}", self._faults)

    def tables(self, key: str) -> Sequence[Table]:
        value = self._table.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            self.fault(f"{key} 应是一个以上的表")
            return ()
        return value


def registers_of(table: Table) -> Registers:
    """All registers of the file. Raises ValueError with every fault."""
    faults: list[str] = []
    file = _Reading(table, "登记簿文件", faults)
    file.only({"warning_days", "registers"})
    warning_days = file.whole("warning_days")
    read = [_register(each, place, faults) for place, each in enumerate(file.tables("registers"), 1)]
    faults.extend(_clashes(read))
    if faults:
        raise ValueError("；".join(faults))
    return Registers(_versions(read), warning_days)


def _versions(read: Sequence[Register]) -> dict[str, Versions[Register]]:
    order = list(dict.fromkeys(each.code for each in read))
    by_code = sorted(read, key=lambda each: (order.index(each.code), each.effective_from))
    return {code: Versions(tuple(rows)) for code, rows in groupby(by_code, key=lambda each: each.code)}


def _clashes(read: Sequence[Register]) -> list[str]:
    """What several registers may not share."""
    faults = []
    days: set[tuple[str, date]] = set()
    owners: dict[str, str] = {}
    for each in read:
        if (each.code, each.effective_from) in days:
            faults.append(f"{each.code} 在 {each.effective_from} 有两个版本")
        days.add((each.code, each.effective_from))
        if owners.setdefault(each.mark, each.code) != each.code:
            faults.append(f"{each.code} 和 {owners[each.mark]} 用了同一字号 {each.mark}")
    return faults


def _register(table: Table, place: int, faults: list[str]) -> Register:
    code = table.get("code")
    reading = _Reading(table, f"登记簿 {code}" if isinstance(code, str) else f"第{place}个登记簿", faults)
    reading.only(_REGISTER_KEYS)
    name = reading.text("name")
    fields = tuple(_field(each, reading.place, faults) for each in reading.tables("fields"))
    due_field, due_days, workday = _due(reading.part("due"), fields)
    register = Register(
        code=reading.text("code"),
        name=name,
        group=reading.text("group"),
        mark=reading.text("mark"),
        effective_from=reading.day("effective_from"),
        source=reading.text("source"),
        basis=reading.text("basis"),
        title=reading.text("title"),
        fields=fields,
        sheet=_sheet(reading.part("sheet"), name),
        closing=_closing(reading.part("closing")),
        due_field=due_field,
        due_days=due_days,
        due_unit="workday" if workday else "day",
        read_by=reading.roles("read_by"),
        enter_by=reading.roles("enter_by"),
    )
    _check(register, reading)
    return register


def _check(register: Register, reading: _Reading) -> None:
    if register.code and not _CODE.fullmatch(register.code):
        reading.fault("code 应是 2 到 20 个小写字母或下划线")
    if register.mark and not _MARK.fullmatch(register.mark):
        reading.fault("mark 应是 1 到 4 个汉字")
    if register.mark in SERIES:
        reading.fault(f"字号 {register.mark} 已用于文书")
    keys = [each.key for each in register.fields]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reading.fault(f"有两个字段 {key}")
    labels = [each.label for each in register.fields]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        reading.fault(f"有两个字段叫{label}")
    for kind, word in (("person", "当事人"), ("case", "案件")):
        if sum(each.kind == kind for each in register.fields) > 1:
            reading.fault(f"{word}（{kind}）字段最多一个")
    title = register.field(register.title)
    if title is None:
        reading.fault(f"title 说的字段 {register.title} 没有")
    elif title.personal or not title.required:
        reading.fault(f"title 说的字段 {register.title} 应当必填，且不是 personal")
    if (register.due_field or register.due_days) and register.closing is None:
        reading.fault("有 due 就要有 closing：到期的事项要能办结")


def _field(table: Table, place: str, faults: list[str]) -> RegisterField:
    key = table.get("key")
    reading = _Reading(table, f"{place}的字段 {key}" if isinstance(key, str) else f"{place}的字段", faults)
    reading.only(_FIELD_KEYS)
    own = RegisterField(
        key=reading.text("key"),
        label=reading.text("label"),
        kind=_kind(reading),
        required=reading.flag("required"),
        personal=reading.flag("personal"),
        choices=reading.texts("choices"),
        hint=reading.text("hint", required=False),
    )
    if own.key and not _CODE.fullmatch(own.key):
        reading.fault("key 应是 2 到 20 个小写字母或下划线")
    if own.key == DAY:
        reading.fault(f"key 不能叫 {DAY}，每一条都有自己的日期")
    if (own.kind == "choice") is not bool(own.choices):
        reading.fault("choices 只用于 choice，也不能少")
    if own.personal and own.kind not in {"text", "note"}:
        reading.fault("personal 只用于 text 和 note，当事人用 person")
    return own


def _kind(reading: _Reading) -> FieldKind:
    word = reading.text("kind")
    found = next((kind for kind in FIELD_KINDS if kind == word), None)
    if found is None:
        reading.fault(f"kind 应是 {'、'.join(FIELD_KINDS)} 之一")
        return "text"
    return found


def _due(reading: _Reading | None, fields: Sequence[RegisterField]) -> tuple[str, int | None, bool]:
    """The field, or the days and whether they are workdays."""
    if reading is None:
        return "", None, False
    reading.only({"field", "days", "unit"})
    named = reading.text("field", required=False)
    if named:
        if not any(each.key == named and each.kind == "day" for each in fields):
            reading.fault(f"字段 {named} 不是日期字段")
        return named, None, False
    unit = reading.text("unit")
    if unit not in {"day", "workday"}:
        reading.fault("unit 应是 day 或 workday")
    return "", reading.whole("days"), unit == "workday"


def _closing(reading: _Reading | None) -> Closing | None:
    if reading is None:
        return None
    reading.only({"words", "results", "by", "another", "apart"})
    closing = Closing(
        words=reading.text("words"),
        results=reading.texts("results"),
        by=reading.roles("by"),
        another=reading.flag("another"),
        apart=reading.flag("apart"),
    )
    if not closing.results:
        reading.fault("缺少 results")
    return closing


def _sheet(reading: _Reading | None, name: str) -> Sheet:
    if reading is None:
        return Sheet(f"{name}登记单", _SIGNS)
    reading.only({"title", "signs", "says", "now"})
    says = reading.text("says", required=False)
    return Sheet(reading.text("title"), reading.texts("signs") or _SIGNS, says, reading.flag("now"))
