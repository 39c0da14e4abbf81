"""The form of 诉求: which kind, what it is about, who says so; builds the request that is registered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.identity import mask_id_number, mask_name
from hall.rules.requests import OUTSIDE, SHORTEST_PLACE, RequestChannel, RequestKind
from hall.services.persons import PersonDetails
from hall.services.request_reading import RequestChoices
from hall.services.requests import NewRequest
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import Form
from hall.windows.kit.style import set_role
from hall.windows.number_checks import phone_fault
from hall.words import REQUEST_CHANNELS

IntakeKind = RequestKind | Literal["application"]

NAMED, ANONYMOUS = "named", "anonymous"
WHO = {NAMED: "留姓名电话", ANONYMOUS: "匿名"}
NO_MATTER = {"": "不涉及具体事项"}
CHOOSE = {"": "请选择"}
NO_AREA = {"": "不清楚"}
NOBODY = {"": "不是反映工作人员"}
MYSELF = {"": "本人答复"}
NO_NUMBERS = "不写电话和证件号码"
SUBJECT_LENGTH = 30
"""So much of a question stands for it in lists."""
CONTENT_WORDS = {"consultation": "问题"}
WHO_WORDS = {"consultation": "谁咨询", "application": "谁申请"}
ABOUT_STAFF = frozenset({"complaint", "report"})
_WHERE = ("place", "area", "grid")
_OF_KIND: Mapping[str, frozenset[str]] = {
    "consultation": frozenset({"category", "matter", "content"}),
    "application": frozenset({"applied"}),
}
_OTHERWISE = frozenset({"category", "subject", "content", *_WHERE})


@dataclass(frozen=True, slots=True, repr=False)
class Entered:
    """Who applies and for what: what a form hands on to the intake of applications."""

    matter_code: str
    card: Card | None
    name: str
    phone: str


class RequestForm(QObject):
    """The cards 什么事 and 谁反映; the page lays them out.

    `others` are what can be applied for besides the catalogue's matters, by their codes.
    `kind_changed`: another kind was chosen; `changed`: something was typed; `left`: Enter on the last field.
    """

    kind_changed = Signal()
    changed = Signal()
    left = Signal()
    read_card = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.kind: IntakeKind = "consultation"
        self._card: Card | None = None
        self.colleagues: Mapping[int, str] = {}
        self.others: Mapping[str, str] = {}
        self.kind_buttons = {
            kind: hotkeys.tab_button(hotkey, partial(self.choose, cast(IntakeKind, kind)))
            for kind, hotkey in hotkeys.REQUEST_KEYS.items()
        }
        self.read_button = hotkeys.hotkey_button(hotkeys.READ_CARD, self.read_card.emit)
        self.what, self.who, self.holder = self._what(), Form(), QLabel()
        self._channel, self._named = self._fill_who()
        self.what_card, self.who_card = RequestCard("什么事"), RequestCard("谁反映", self.read_button)
        self._lay_out()
        self._connect()
        self.choose("consultation")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered that could be lost."""
        typed = [self.what.text(key) for key in ("subject", "content", "place", "grid")]
        typed += [self.who.text(key) for key in ("outside", "name", "phone", "answer")]
        return self._card is None and not any(typed)

    @property
    def entered(self) -> Entered:
        """What an application begins with."""
        name = "" if self._card else self.who.text("name")
        return Entered(self.what.text("applied"), self._card, name, self.who.text("phone"))

    @property
    def holder_words(self) -> str:
        """Who the card says it is, masked."""
        card = self._card
        return f"{mask_name(card.name)}　{mask_id_number(card.id_number)}" if card is not None else ""

    @property
    def can_be_alike(self) -> bool:
        """Whether enough is known to look for the same matter."""
        if self.kind in {"consultation", "application"} or not self.what.text("category"):
            return False
        phone = self.who.text("phone")
        known = self._card is not None or (bool(phone) and not phone_fault(phone))
        return known or len(self.what.text("place")) >= SHORTEST_PLACE or bool(self.what.text("grid"))

    def show_choices(self, choices: RequestChoices) -> None:
        """What can be chosen today; a digit chooses a category."""
        numbered = {code: f"{number} {words}" for number, (code, words) in enumerate(choices.categories.items(), 1)}
        self.what.set_choices("category", {**CHOOSE, **numbered})
        self.what.set_choices("area", {**NO_AREA, **{each: each for each in choices.areas}})
        self.what.set_choices("about", {**NOBODY, **{str(key): name for key, name in choices.staff}})

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """The catalogue in force; a code chooses a matter."""
        words = {each.code: f"{each.code}  {each.name}" for each in matters}
        self.what.set_choices("matter", {**NO_MATTER, **words})
        self.what.set_choices("applied", {**CHOOSE, **self.others, **words})

    def show_colleagues(self, colleagues: tuple[tuple[int, str], ...]) -> None:
        """To whom a question can be handed over."""
        self.colleagues = dict(colleagues)
        self.who.set_choices("hand_to", {**MYSELF, **{str(key): f"转给{name}" for key, name in colleagues}})

    def choose(self, kind: IntakeKind) -> None:
        """Another kind: the fields that it asks for; what was typed stays."""
        self.kind = kind
        for each, button in self.kind_buttons.items():
            button.setChecked(each == kind)
        wanted = _OF_KIND.get(kind, _OTHERWISE) | ({"about"} if kind in ABOUT_STAFF else set())
        for key in self.what.keys:
            self.what.show_field(key, key in wanted)
        asks, applies = kind == "consultation", kind == "application"
        self.what.rename("content", CONTENT_WORDS.get(kind, "内容"))
        self.who_card.heading.setText(WHO_WORDS.get(kind, "谁反映"))
        self.who.show_field("channel", not applies)
        self.who.show_field("who", not asks and not applies)
        for key in ("answer", "hand_to"):
            self.who.show_field(key, asks)
        self._follow_channel()
        self._follow_who()
        self.kind_changed.emit()
        self.begin()

    def begin(self) -> None:
        """At the first field."""
        self.what.focus("applied" if self.kind == "application" else "category")

    def take_card(self, card: Card) -> None:
        """Who it is, by card: shown masked, nothing to type but the telephone."""
        self._card = card
        self.who.set_text("who", NAMED)
        self._follow_who()
        self.changed.emit()

    def clear(self) -> None:
        """For the next one; the kind stays."""
        self._card = None
        self.what.clear()
        self.who.clear()
        self._follow_channel()
        self._follow_who()
        self.begin()

    def validate(self) -> bool:
        """Check what is shown; the first field that is wrong gets the focus."""
        what, who = self.what, self.who
        if not what.validate():
            return False
        if self.kind == "application":
            return bool(what.text("applied")) or self._refuse(what, "applied", "请选择申请的事项。")
        if not what.text("category"):
            return self._refuse(what, "category", "请选择类别。")
        if not who.validate():
            return False
        if self._card is None and not who.text("name") and (who.text("phone") or self._must_be_named):
            return self._refuse(who, "name", "请读卡（F6）或者填写怎么称呼；不愿留名的选匿名。")
        return True

    def new(self, ticket_id: int | None) -> NewRequest:
        """The request as it stands in the form; files, joining and reason are the page's."""
        what, who, kind = self.what, self.who, cast(RequestKind, self.kind)
        content, channel = what.text("content"), cast(RequestChannel, who.text("channel"))
        new = NewRequest(
            kind=kind,
            category=what.text("category"),
            subject=what.text("subject") or _first_words(content),
            content=content,
            channel=channel,
            person=self._person(),
            phone=who.text("phone") if self._card else "",
            outside_number=who.text("outside") if channel in OUTSIDE else "",
            ticket_id=ticket_id,
        )
        if kind == "consultation":
            hand_to = who.text("hand_to")
            return replace(
                new,
                answer=who.text("answer"),
                hand_to=int(hand_to) if hand_to else None,
                matter_code=what.text("matter"),
            )
        about = what.text("about") if kind in ABOUT_STAFF else ""
        return replace(
            new,
            place=what.text("place"),
            area=what.text("area"),
            grid_code=what.text("grid"),
            about_account_id=int(about) if about else None,
        )

    @property
    def _must_be_named(self) -> bool:
        return self.kind != "consultation" and self.who.text("who") == NAMED

    def _refuse(self, form: Form, key: str, sentence: str) -> bool:
        form.refuse(key, sentence)
        return False

    def _person(self) -> Card | PersonDetails | None:
        if self.kind != "consultation" and self.who.text("who") == ANONYMOUS:
            return None
        if self._card is not None:
            return self._card
        name = self.who.text("name")
        return PersonDetails(kind="resident", name=name, phone=self.who.text("phone")) if name else None

    @Slot()
    def _follow_channel(self) -> None:
        """Other systems have numbers of their own."""
        self.who.show_field("outside", self.kind != "application" and self.who.text("channel") in OUTSIDE)

    @Slot()
    def _follow_who(self) -> None:
        named = self.kind in {"consultation", "application"} or self.who.text("who") == NAMED
        self.who.show_field("name", named and self._card is None)
        self.who.show_field("phone", named)
        self.read_button.setEnabled(named)
        shown = self.holder_words if named else ""
        self.holder.setText(f"✓ 已读卡　{shown}" if shown else "")
        self.holder.setVisible(bool(shown))

    def _what(self) -> Form:
        form = Form()
        form.add_choice("category", "类别", CHOOSE)
        form.add_choice("matter", "事项", NO_MATTER)
        form.add_choice("applied", "申请事项", CHOOSE)
        form.add_text("subject", "标题", required=True, hint="一句话说清是什么事")
        form.add_note("content", "内容", required=True, hint=f"{NO_NUMBERS}；Shift+Enter 换行")
        form.add_text("place", "地点", hint="路名、门牌或者参照物")
        form.add_choice("area", "街道", NO_AREA)
        form.add_text("grid", "网格", hint="网格编码，可不填")
        form.add_choice("about", "反映对象", NOBODY)
        return form

    def _fill_who(self) -> tuple[QComboBox, QComboBox]:
        """The fields of 谁反映; gives the two choices that decide about others."""
        form = self.who
        channel = form.add_choice("channel", "来源", REQUEST_CHANNELS)
        form.add_text("outside", "外部编号", hint="外部系统的工单编号")
        named = form.add_choice("who", "反映人", WHO)
        form.add_text("name", "怎么称呼", hint="F6 读卡，或者填写姓名")
        form.add_text("phone", "电话", check=phone_fault, hint="答复、回访用，可不填")
        form.add_note("answer", "当场答复", hint=f"没有当场答复的空着；{NO_NUMBERS}")
        form.add_choice("hand_to", "由谁答复", MYSELF)
        return channel, named

    def _connect(self) -> None:
        self.what.submitted.connect(lambda: self.who.focus(self._first_of_who))
        self.who.submitted.connect(self.left)
        for form in (self.what, self.who):
            for line in form.findChildren(QLineEdit):
                line.textEdited.connect(self.changed)
            for choice in form.findChildren(QComboBox):
                choice.activated.connect(self.changed)
        self._channel.currentIndexChanged.connect(self._follow_channel)
        self._named.currentIndexChanged.connect(self._follow_who)

    @property
    def _first_of_who(self) -> str:
        if self.kind != "application":
            return "channel"
        return "name" if self._card is None else "phone"

    def _lay_out(self) -> None:
        set_role(self.holder, "good")
        self.read_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for button in self.kind_buttons.values():
            set_role(button, "kind")
        self.what_card.column.addWidget(self.what)
        self.what_card.column.addStretch(1)
        self.who_card.column.addWidget(self.holder)
        self.who_card.column.addWidget(self.who)
        self.who_card.column.addStretch(1)


class RequestCard(QWidget):
    """A white card with a heading; `column` takes what is in it."""

    def __init__(self, title: str, beside: QWidget | None = None) -> None:
        super().__init__()
        heading = QLabel(title)
        self.heading = heading
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "card")
        set_role(heading, "heading")
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        if beside is not None:
            top.addWidget(beside)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        self.column.setSpacing(tokens.HAIR)
        self.column.addLayout(top)


def _first_words(content: str) -> str:
    """What stands for a question in lists."""
    line = content.splitlines()[0] if content else ""
    return line if len(line) <= SUBJECT_LENGTH else f"{line[:SUBJECT_LENGTH]}…"
