"""Who applies: a person by card or typed off it, an organisation by its licence; telephone and earlier cases."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from hall.errors import Refused
from hall.rules.cards import Card, TypedCard
from hall.rules.identity import (
    BadNumber,
    BadPhone,
    mask_address,
    mask_id_number,
    mask_name,
    parse_credit_code,
    parse_id_number,
)
from hall.services.applications import Applicant, Organisation, RepresentativeMissing
from hall.services.case_reading import CaseView
from hall.services.persons import PersonView
from hall.windows.counter_applicant_fields import TO_READ, TO_TYPE, ApplicantFields
from hall.windows.counter_draft import Typed
from hall.windows.kit import hotkeys
from hall.windows.kit.style import set_look, set_role
from hall.windows.number_checks import credit_code_fault, id_number_fault, phone_fault
from hall.windows.phrases import person_words
from hall.words import CARD_KINDS

NATURAL = "natural"
NAMELESS = "请读卡（F6），或录入申请人姓名。"


class ApplicantPanel(ApplicantFields):
    """`known` carries a number that passed its check."""

    known = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self._today = date.min
        self._known_number = ""
        self._is_fixed = False
        self.number.textEdited.connect(self._number_typed)
        self.number.editingFinished.connect(self._number_left)
        for field in (self.name, self.representative, self.phone, self.address):
            field.textEdited.connect(self._forget_wrong)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        hotkeys.bind(hotkeys.KIND, self.next_kind, self)
        self.clear(date.min)

    @property
    def has_card(self) -> bool:
        """Whether the applicant was read from a card."""
        return self._card is not None

    @property
    def words(self) -> str:
        """The applicant as shown, masked."""
        return f"{self._facts.text()} {self._checked.text()}".strip()

    @property
    def masked_name(self) -> str:
        """Who applies, for a heading; an organisation's name is public."""
        if self._who.currentIndex() == TO_READ:
            return self._facts.text().split("  ")[0]
        name = self.name.text().strip()
        return mask_name(name) if self.is_natural else name

    @property
    def wrong(self) -> str:
        """What is said to be wrong."""
        return self._wrong.text()

    @property
    def history_words(self) -> str:
        """What is said of earlier cases."""
        return "" if self.history_button.isHidden() else self.history_button.text()

    def is_known_as(self, id_number: str) -> bool:
        """Whether the applicant still has this checked number: what was asked about another comes too late."""
        return self._known_number == id_number

    @property
    def who(self) -> Applicant:
        """The applicant; call after `fault` found nothing."""
        if self._card is not None:
            return self._card
        name, address = self.name.text().strip(), self.address.text().strip()
        if self.is_natural:
            return TypedCard(name, self.number.text(), address)
        kind = self.kind.currentData()
        return Organisation(kind, name, self.number.text(), self.representative.text().strip(), address)

    @property
    def is_natural(self) -> bool:
        """Whether a natural person applies."""
        return bool(self.kind.currentData() == NATURAL)

    @property
    def known_number(self) -> str:
        """The number that passed its check; empty while there is none."""
        return self._known_number

    def next_kind(self) -> None:
        """Another kind of applicant; what was typed stays."""
        if not self._is_fixed:
            self.kind.setCurrentIndex((self.kind.currentIndex() + 1) % self.kind.count())

    def clear(self, today: date) -> None:
        """Nobody is here; `today` is what numbers and validity are checked against."""
        self._card = None
        self._known_number = ""
        self._today = today
        self._fix(fixed=False)
        self.kind.setCurrentIndex(0)
        for field in self._fields:
            field.clear()
        self.phone.setPlaceholderText("电话，可不填")
        self.history_button.hide()
        self._show_fields(TO_TYPE)
        self._forget_wrong()

    def show_person(self, person: PersonView) -> None:
        """The applicant of a case that was received: masked, and nothing to type."""
        self.clear(self._today)
        self._facts.setText(person_words(person))
        self._say("✓ 已登记", "good")
        self._card_address.setText(person.address_masked)
        self._show_fields(TO_READ)
        self.kind.setCurrentIndex(max(self.kind.findData(person.organisation_kind), 0))
        self.phone.setPlaceholderText(person.phone_masked or "没有登记电话")
        self._fix(fixed=True)

    def show_card(self, card: Card) -> None:
        """The holder of a card that was read, masked; for an organisation it is who represents it."""
        if not self.is_natural:
            self.representative.setText(card.name)
            return
        self.clear(self._today)
        self._card = card
        facts = (mask_name(card.name), card.sex, CARD_KINDS[card.kind], mask_id_number(card.id_number))
        self._facts.setText("  ".join(facts))
        if card.expired_on(self._today):
            self._say(f"✕ 证件已过有效期 {card.valid_to}", "wrong")
        elif id_number_fault(card.id_number, today=self._today):
            self._say("✕ 号码校验不符，请核对证件", "wrong")
        else:
            self._say("✓ 校验", "good")
        newest = "（卡内最新住址，与卡面不同）" if card.newest_address else ""
        self._card_address.setText(mask_address(card.home_address) + newest)
        self._show_fields(TO_READ)
        self._know(card.id_number)

    @property
    def laid_card(self) -> Card | None:
        """The card that was read, if one was."""
        return self._card

    @property
    def typed(self) -> Typed:
        """The fields as they are."""
        return Typed(
            self.name.text(),
            self.number.text(),
            self.phone.text(),
            self.address.text(),
            kind=self.kind.currentData(),
            representative=self.representative.text(),
        )

    def fill(self, card: Card | None, typed: Typed) -> None:
        """What was entered before, as if it were entered again."""
        if card is not None:
            self.show_card(card)
        self.kind.setCurrentIndex(self.kind.findData(typed.kind))
        self.representative.setText(typed.representative)
        self.name.setText(typed.name)
        self.number.setText(typed.number)
        self.phone.setText(typed.phone)
        self.address.setText(typed.address)
        if card is None and typed.number:
            self._number_typed()

    def show_history(self, cases: tuple[CaseView, ...]) -> None:
        """Earlier cases of the person; the telephone that is known need not be typed again."""
        open_cases = sum(case.is_open for case in cases)
        self.history_button.setText(f"历史 {len(cases)} 件（{open_cases} 件在办）" if cases else "没有历史办件")
        self.history_button.setEnabled(bool(cases))
        self.history_button.show()
        if cases and cases[0].applicant.phone_masked:
            self.phone.setPlaceholderText(f"已登记 {cases[0].applicant.phone_masked}")

    def fault(self) -> str:
        """What keeps the applicant from being taken, said at its field; empty if nothing does."""
        if self._is_fixed:
            return ""
        if self._card is None:
            if not self.name.text().strip():
                return self.refuse(self.name, NAMELESS if self.is_natural else "请录入营业执照上的名称。")
            if sentence := self._number_fault():
                return self.refuse(self.number, sentence)
            if not self.is_natural and not self.representative.text().strip():
                return self.refuse(self.representative, RepresentativeMissing().sentence)
        if self.phone.text().strip() and (sentence := phone_fault(self.phone.text())):
            return self.refuse(self.phone, sentence)
        return ""

    def refuse(self, field: QLineEdit, sentence: str) -> str:
        """Say what is wrong with a field and go there; gives the sentence."""
        self._forget_wrong()
        self._wrong.setText(sentence)
        set_look(field, "wrong", "true")
        field.setFocus()
        field.selectAll()
        return sentence

    def refusal_of(self, failure: Refused) -> bool:
        """Put a refusal that concerns the applicant to its field; False if it concerns something else."""
        if not isinstance(failure, BadPhone | BadNumber):
            return False
        self.refuse(self.phone if isinstance(failure, BadPhone) else self.number, failure.sentence)
        return True

    def begin(self) -> None:
        """Go to the first field."""
        (self.phone if self._card else self.name).setFocus()

    def _fix(self, *, fixed: bool) -> None:
        """Whether the applicant is known and may not be changed."""
        self._is_fixed = fixed
        self.kind.setEnabled(not fixed)
        self.phone.setEnabled(not fixed)
        self.read_button.setEnabled(not fixed)

    @Slot()
    def _kind_changed(self) -> None:
        natural = self.is_natural
        self._show_words(natural=natural)
        if not natural and self._card is not None:
            card, self._card = self._card, None
            self._show_fields(TO_TYPE)
            self.representative.setText(card.name)
        self._number_typed()

    @Slot()
    def _number_typed(self) -> None:
        self._forget_wrong()
        self.history_button.hide()
        self._known_number = ""
        if self.number.text() and not self._number_fault():
            parse = parse_id_number if self.is_natural else parse_credit_code
            told = parse(self.number.text())
            self._know(told if isinstance(told, str) else told.number)

    def _number_fault(self) -> str:
        number = self.number.text()
        return id_number_fault(number, today=self._today) if self.is_natural else credit_code_fault(number)

    def _know(self, id_number: str) -> None:
        self._known_number = id_number
        self.known.emit(id_number)

    @Slot()
    def _number_left(self) -> None:
        sentence = self._number_fault() if self.number.text() else ""
        if sentence:
            self._wrong.setText(sentence)
            set_look(self.number, "wrong", "true")

    @Slot()
    def _forget_wrong(self) -> None:
        self._wrong.clear()
        for field in self._fields:
            set_look(field, "wrong", "false")

    def _say(self, words: str, role: str) -> None:
        self._checked.setText(words)
        set_role(self._checked, role)
