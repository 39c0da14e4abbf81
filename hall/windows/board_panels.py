"""What the board asks before it does something: a filter, to whom cases go, which papers are printed again."""

from collections.abc import Sequence

from hall.rules.lights import LIGHTS, Light
from hall.services.assigning import Officer
from hall.services.board_choices import Choices
from hall.services.board_terms import Terms
from hall.windows.kit import tokens
from hall.windows.supervision_panels import FormPanel
from hall.words import CASE_HANDLING, CASE_STATES, DOCUMENT_KINDS, ROLES

LATE: tuple[Light, ...] = ("over_statutory", "over_promised")
OPEN_STATES = (
    "received",
    "supplementing",
    "accepted",
    "reviewing",
    "suspended",
    "examining",
    "legal_review",
    "approving",
    "decided",
)
PRINTED_KINDS = (
    "acceptance",
    "receipt",
    "correction",
    "refusal",
    "handover",
    "procedure",
    "extension",
    "grant",
    "denial",
    "change_decision",
    "certificate",
    "service_record",
    "yellow_card",
    "red_card",
)
_ANY = {"": "不限"}
_LIGHT_SETS: dict[str, tuple[Light, ...]] = {"": (), "late": LATE}
_LIGHT_SETS.update((code, (code,)) for code in LIGHTS)


class FilterPanel(FormPanel):
    """筛选: what a list is asked for."""

    def __init__(self) -> None:
        super().__init__("筛选", main="列出")
        lights = {str(code): tokens.LIGHTS[code].word for code in LIGHTS}
        self.form.add_choice("lights", "灯", {**_ANY, "late": "超期", **lights})
        for key, label in (("department", "科室"), ("matter", "事项"), ("officer", "经办")):
            self.form.add_choice(key, label, _ANY)
        self.form.add_choice("state", "状态", {**_ANY, **{code: CASE_STATES[code] for code in OPEN_STATES}})
        self.form.add_choice("handling", "类型", {**_ANY, **CASE_HANDLING})
        self.form.add_text("text", "文字", hint="编号、序号、电话、姓名")

    def show_terms(self, terms: Terms, choices: Choices) -> None:
        """Start from what is listed now."""
        for key, names, chosen in (
            ("department", choices.departments, terms.department_id),
            ("matter", choices.matters, terms.matter_id),
            ("officer", choices.officers, terms.officer_id),
        ):
            self.form.set_choices(key, {**_ANY, **{str(each): name for each, name in names.items()}})
            self.form.set_text(key, "" if chosen is None else str(chosen))
        shown = next((code for code, lights in _LIGHT_SETS.items() if lights == terms.lights), "")
        for key, text in (("lights", shown), ("state", terms.state), ("handling", terms.handling)):
            self.form.set_text(key, text)
        self.form.set_text("text", terms.text)

    @property
    def terms(self) -> Terms:
        """What was asked for."""
        return Terms(
            lights=_LIGHT_SETS[self.form.text("lights")],
            department_id=self._key("department"),
            matter_id=self._key("matter"),
            officer_id=self._key("officer"),
            state=self.form.text("state"),
            handling=self.form.text("handling"),
            text=self.form.text("text"),
        )

    def begin(self) -> None:
        """The first thing to choose."""
        self.form.focus("lights")

    def _key(self, key: str) -> int | None:
        text = self.form.text(key)
        return int(text) if text else None


class ReassignPanel(FormPanel):
    """转派: one officer for all the cases that are chosen, with a reason."""

    def __init__(self) -> None:
        super().__init__("转派", main="转派")
        self.form.add_choice("officer", "交给", {})
        self.form.add_text("reason", "原因", hint="如：分担、外出、专长")

    def show_officers(self, officers: Sequence[Officer], numbers: Sequence[str]) -> None:
        """Whom the cases can be given to; the one with the fewest first."""
        nobody = "没有可以接手的人员：要有这一步的岗位、属于承办科室，并且没有办过前一步。"
        self.tell(cases_words(numbers) if officers else nobody)
        self.form.set_choices("officer", {str(each.account_id): _officer_words(each) for each in officers})
        self.main_button.setEnabled(bool(officers))

    @property
    def account_id(self) -> int:
        """Who is chosen."""
        return int(self.form.text("officer"))

    def begin(self) -> None:
        """The officers first."""
        self.form.set_text("reason", "")
        self.form.focus("officer")


class ReprintPanel(FormPanel):
    """批量补打: one kind of document of all the cases that are chosen, with a reason."""

    def __init__(self) -> None:
        super().__init__("批量补打", main="补打")
        self.form.add_choice("kind", "文书", {kind: DOCUMENT_KINDS[kind] for kind in PRINTED_KINDS})
        self.form.add_text("reason", "原因", required=True)

    def show_cases(self, numbers: Sequence[str]) -> None:
        """The cases whose papers are printed again."""
        self.tell(f"{cases_words(numbers)}\n补打的纸上印有“补打”和次数，编号不变。")

    def begin(self) -> None:
        """The kind first."""
        self.form.set_text("reason", "存档需要")
        self.form.focus("kind")


def cases_words(numbers: Sequence[str]) -> str:
    """One by its number, several by how many they are and the first."""
    return numbers[0] if len(numbers) == 1 else f"已选 {len(numbers)} 件，从 {numbers[0]} 起"


def _officer_words(officer: Officer) -> str:
    roles = "、".join(word for role, word in ROLES.items() if role in officer.roles)
    away = f"　外出，由{officer.substitute}替岗" if officer.substitute else ""
    return f"{officer.name}（{roles}）　在手 {officer.cases} 件{away}"
