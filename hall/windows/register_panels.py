"""Panels of the registers: the form of a register as it is declared, correcting, the result, voiding."""

from datetime import date

from hall.clock import business_date
from hall.rules.cards import Card
from hall.rules.registers import Register, RegisterField
from hall.services.persons import ORGANISATION, PersonDetails
from hall.services.register_reading import EntryRow
from hall.services.registers import Entered, NewEntry
from hall.windows.deed_list import NewPanel, RowPanel
from hall.windows.kit.forms import Form
from hall.windows.number_checks import credit_code_fault, id_number_fault, phone_fault
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_fault, day_words
from hall.windows.text_panel import TextPanel

NOT_CHOSEN = {"": "请选择"}
KIND, NUMBER, PHONE = "_kind", "_number", "_phone"
_NATURAL = "resident"
_KINDS = {_NATURAL: "个人", ORGANISATION: "单位"}
_HINTS = {
    "day": "如 2026-12-01",
    "case": "案号、决定书文号或受理号",
    "note": "不写电话和证件号码；Shift+Enter 换行",
}


class RegisterForm:
    """The fields of a register in a form. Where one is corrected, what is personal may be left empty: it stays."""

    def __init__(self, form: Form, register: Register, *, correcting: bool) -> None:
        self._form, self._register, self._correcting = form, register, correcting
        for each in register.fields:
            self._add(each)

    @property
    def first(self) -> str:
        """The first field."""
        return self._register.fields[0].key

    def name_staff(self, names: tuple[str, ...]) -> None:
        """Whom a field for a colleague offers."""
        for each in self._register.fields:
            if each.kind == "staff":
                self._form.set_choices(each.key, {**NOT_CHOSEN, **{name: name for name in names}})

    def values(self) -> dict[str, str]:
        """What was entered, by the register's keys."""
        return {each.key: self._form.text(each.key) for each in self._register.fields if each.kind != "person"}

    def person(self) -> PersonDetails | None:
        """The person, if anything was said of one."""
        wanted = self._register.of_kind("person")
        if wanted is None:
            return None
        name, number, phone = (self._form.text(wanted.key + part) for part in ("", NUMBER, PHONE))
        if not name + number + phone:
            return None
        return PersonDetails(self._form.text(wanted.key + KIND), name, id_number=number, phone=phone)

    def take_card(self, card: Card) -> None:
        """An ID card was laid down: the person is its holder."""
        wanted = self._register.of_kind("person")
        if wanted is not None:
            self._form.set_text(wanted.key + KIND, _NATURAL)
            self._form.set_text(wanted.key, card.name)
            self._form.set_text(wanted.key + NUMBER, card.id_number)

    def show_values(self, row: EntryRow) -> None:
        """What stands in an entry; what is personal is not shown."""
        for each in self._register.fields:
            if each.kind != "person" and not each.personal:
                self._form.set_text(each.key, row.values.get(each.key, ""))

    def _add(self, each: RegisterField) -> None:
        form, kept = self._form, self._correcting and (each.personal or each.kind == "person")
        required = each.required and not kept
        hint = "不改的留空" if kept else each.hint or ("" if each.personal else _HINTS.get(each.kind, ""))
        if each.kind == "note":
            form.add_note(each.key, each.label, required=required, hint=hint)
        elif each.kind in {"choice", "staff"}:
            form.add_choice(each.key, each.label, {**NOT_CHOSEN, **{word: word for word in each.choices}})
        elif each.kind == "day":
            form.add_text(each.key, each.label, required=required, check=day_fault, hint=hint)
        elif each.kind == "person":
            self._add_person(each, required=required, hint=hint)
        else:
            form.add_text(each.key, each.label, required=required, hint=hint)

    def _add_person(self, each: RegisterField, *, required: bool, hint: str) -> None:
        form = self._form
        form.add_text(each.key, each.label, required=required, hint=hint or "姓名或名称，可以刷身份证")
        form.add_choice(each.key + KIND, "个人或单位", _KINDS)
        form.add_text(each.key + NUMBER, "证件号码", check=self._number_fault, hint="身份证号或信用代码，可以不填")
        form.add_text(each.key + PHONE, "联系电话", check=phone_fault, hint="可以不填")

    def _number_fault(self, text: str) -> str:
        wanted = self._register.of_kind("person")
        assert wanted is not None
        organisation = self._form.text(wanted.key + KIND) == ORGANISATION
        return credit_code_fault(text) if organisation else id_number_fault(text)


class EntryPanel(NewPanel):
    """登记: the form of one register."""

    def __init__(self, tools: PageTools, register: Register) -> None:
        super().__init__(f"登记{register.name}", main="登记")
        self._front, self._register = tools.front, register
        self.about = self.say(f"依据：{register.basis}")
        self.fields = RegisterForm(self.form, register, correcting=False)
        self.form.add_day("_day", "日期", self._today)
        self.first = self.fields.first
        self.add(self.form)

    def ask_new(self) -> None:
        """Empty, of today."""
        super().ask_new()
        self.form.set_day("_day", self._today)

    def deed(self) -> Deed:
        """Enter it."""
        front = self._front.registers
        new = NewEntry(self._register.code, self.form.day("_day"), self.fields.values(), self.fields.person())
        return lambda: entered_words(front.enter(new))

    @property
    def _today(self) -> date:
        return business_date(self._front.clock.now())


class CorrectPanel(RowPanel[EntryRow]):
    """更正: the same form with what stands there, and why."""

    def __init__(self, tools: PageTools, register: Register) -> None:
        super().__init__(f"更正{register.name}", main="更正")
        self._front, self._register = tools.front, register
        self.fields = RegisterForm(self.form, register, correcting=True)
        self.form.add_day("_day", "日期", business_date(tools.front.clock.now()))
        self.form.add_text("_reason", "更正原因", required=True)
        self.first = self.fields.first
        self.add(self.form)

    def ask(self, row: EntryRow) -> None:
        """With the values of the row."""
        super().ask(row)
        self.fields.show_values(row)
        self.form.set_day("_day", row.day)

    def about_of(self, row: EntryRow) -> str:
        """Which one; it stays as it was."""
        return f"{row.number}　{row.title}\n更正后生成新的一条，原来的保留，注明已更正。"

    def deed(self) -> Deed:
        """Enter it anew."""
        front, key, reason = self._front.registers, self.row.entry_id, self.form.text("_reason")
        new = NewEntry(self._register.code, self.form.day("_day"), self.fields.values(), self.fields.person())
        return lambda: entered_words(front.correct(key, new, reason))


class ClosePanel(RowPanel[EntryRow]):
    """办结 with one of the results of the row's register."""

    first = "result"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("办结", main="办结")
        self._front = tools.front
        self.form.add_choice("result", "结果", NOT_CHOSEN)
        self.form.add_day("closed_on", "日期", business_date(tools.front.clock.now()))
        self.form.add_note("note", "说明", hint="一百字以内，不写电话和证件号码")
        self.add(self.form)

    def ask(self, row: EntryRow) -> None:
        """The results that its register knows; today."""
        closing = row.register.closing
        assert closing is not None
        self.form.set_choices("result", {**NOT_CHOSEN, **{word: word for word in closing.results}})
        super().ask(row)
        self.form.set_day("closed_on", business_date(self._front.clock.now()))

    def about_of(self, row: EntryRow) -> str:
        """What is wanted of it, by when."""
        assert row.register.closing is not None
        due = f"，期限 {day_words(row.due_on)}" if row.due_on is not None else ""
        return f"{row.number}　{row.title}\n登记{row.register.closing.words}{due}。"

    def deed(self) -> Deed:
        """Close it."""
        front, row, form = self._front.registers, self.row, self.form
        result, note, closed_on = form.text("result"), form.text("note"), form.day("closed_on")

        def close() -> str:
            front.close(row.entry_id, result, note, closed_on)
            return f"{row.number} 已办结：{result}。"

        return close


class VoidPanel(TextPanel[EntryRow]):
    """作废: why."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("作废", main="作废", hint="如：重复登记")
        self._front = tools.front.registers

    def about_of(self, row: EntryRow) -> str:
        """Which one, and what becomes of it."""
        return f"{row.number}　{row.title}\n作废的保留在登记簿里，不再计数；写错的请用更正。"

    def do(self, row: EntryRow, text: str) -> str:
        """Void it."""
        self._front.void(row.entry_id, text)
        return f"{row.number} 已作废。"


def entered_words(made: Entered) -> str:
    """What was made: number, by when, the sheet."""
    due = f"，期限 {day_words(made.due_on)}" if made.due_on is not None else ""
    sheet = f"，登记单 {made.sheet.number} 正在打印" if made.sheet is not None else ""
    return f"{made.number} 已登记{due}{sheet}。"
