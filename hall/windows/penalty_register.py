"""登记案件: who, by card or typed; which violation, when and where; two officers; faults are said at their fields."""

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from hall.clock import business_date
from hall.rules.cards import Card, TypedCard
from hall.rules.identity import mask_id_number, mask_name
from hall.rules.penalties import Harm, Procedure
from hall.rules.penalty_terms import ObjectKind
from hall.services.applications import Applicant, Organisation, OrganisationKind
from hall.services.penalty_cases import NewPenalty
from hall.services.penalty_staff import CertificateView
from hall.services.violations import ViolationView
from hall.windows.desk_ticks import TickList
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.forms import Form
from hall.windows.number_checks import credit_code_fault, id_number_fault, phone_fault
from hall.windows.pages import PageTools
from hall.windows.phrases import day_fault, typed_day
from hall.windows.served import Ticket, nobody
from hall.words import APPLICANT_KINDS, CORRECTIONS, OBJECT_KINDS, PENALTY_HARMS, PENALTY_PROCEDURES

NATURAL, BUSINESS = "natural", "individual_business"
TYPED = ("name", "number", "address")
NEEDED_OFFICERS = 2


class RegisterPanel(DeedPanel):
    """`deed` gives the key of the new case."""

    def __init__(self, tools: PageTools, ticket: Ticket = nobody) -> None:
        super().__init__("登记案件", main="登记")
        self._tools, self._ticket = tools, ticket
        self._card: Card | None = None
        self._violations: dict[int, ViolationView] = {}
        self._today = business_date(tools.front.clock.now())
        self.say("请当事人在读卡器上刷身份证，或者录入。案件系统已有的案件写它的案号，没有的由本大厅编号。")
        self._who = self.say("")
        self.form = Form()
        self._add_party()
        self._add_act()
        self._told = QLabel()
        self._told.setWordWrap(True)
        self.form.submitted.connect(self._go_to_officers)
        self.add(self.form)
        self.add(self._told)
        self._heading = QLabel("执法人员（勾选两名以上，行政处罚法第四十二条）")
        self._heading.setWordWrap(True)
        self.add(self._heading)
        self.officers = TickList()
        self.officers.done.connect(self.submit)
        self.add(self.officers)
        self._wrong = self.say("")

    @property
    def wrong(self) -> str:
        """What is said to be wrong beyond the fields."""
        return self._wrong.text()

    def show_new(self) -> None:
        """Empty, with the violations that may be used and the officers of today."""
        self._today = business_date(self._tools.front.clock.now())
        self._card = None
        self.form.clear()
        for key in ("acted_on", "found_on", "filed_on"):
            self.form.set_day(key, self._today)
        self._wrong.clear()
        self._show_party()
        front = self._tools.front
        self._tools.work.read(front.violations.listed, self._show_violations, words="正在载入案由…")
        self._tools.work.read(front.penalty_cases.certificates, self._show_officers, words="正在载入执法人员…")

    def take_card(self, card: Card) -> None:
        """Whose card was laid down; for an organisation it is who represents it."""
        if self.form.text("kind") == NATURAL:
            self._card = card
        else:
            self.form.set_text("representative", card.name)
        self._show_party()
        self.form.focus("phone")

    def begin(self) -> None:
        """At the party; what was entered stays while a refusal is put right."""
        self.form.focus("kind" if self._card is None else "phone")

    @Slot()
    def submit(self) -> None:
        """The main button, and Enter behind the last officer."""
        if self.form.validate():
            self.submitted.emit()

    def ready(self) -> bool:
        """Two officers at least, and a violation that is found."""
        lacking = "" if len(self.officers.chosen) >= NEEDED_OFFICERS else "请勾选两名以上有执法证的执法人员。"
        self._wrong.setText(lacking)
        if lacking:
            self.officers.focus()
        return not lacking

    def deed(self) -> Callable[[], int]:
        """The registration as it stands."""
        return partial(self._tools.front.penalties.register, self._new())

    def _new(self) -> NewPenalty:
        form = self.form
        violation = self._violation(form.text("violation"))
        assert violation is not None  # the field's check found one
        return NewPenalty(
            party=self._party(),
            object_kind=cast(ObjectKind, self._object_kind()),
            violation_id=violation.violation_id,
            act=form.text("act"),
            place=form.text("place"),
            acted_on=form.day("acted_on"),
            found_on=form.day("found_on"),
            officers=tuple(int(key) for key in self.officers.chosen),
            phone=form.text("phone"),
            acted_until=typed_day(form.text("acted_until")),
            filed_on=form.day("filed_on") if form.text("procedure") == "general" else None,
            procedure=cast(Procedure, form.text("procedure")),
            harm=cast(Harm, form.text("harm")),
            life_or_health=form.ticked("life_or_health"),
            complex=form.ticked("complex"),
            public_interest=form.ticked("public_interest"),
            correction_ordered_on=typed_day(form.text("ordered_on")),
            correct_by=typed_day(form.text("correct_by")),
            number=form.text("number_given"),
            ticket_id=self._ticket(),
            different_act=form.text("different_act"),
        )

    def _party(self) -> Applicant:
        form = self.form
        kind = form.text("kind")
        if kind == NATURAL:
            return self._card or TypedCard(form.text("name"), form.text("number"), form.text("address"))
        return Organisation(
            cast(OrganisationKind, kind),
            form.text("name"),
            form.text("number"),
            form.text("representative"),
            form.text("address"),
        )

    def _object_kind(self) -> str:
        """A business of one person is classed by whoever registers it (行政处罚法 51, 72 differ by it)."""
        kind = self.form.text("kind")
        if kind == BUSINESS:
            return self.form.text("object_kind")
        return "citizen" if kind == NATURAL else "organisation"

    def _violation(self, text: str) -> ViolationView | None:
        """The one with this code, or the only one with this in its name."""
        wanted = text.strip().upper()
        exact = [each for each in self._violations.values() if each.entry.code.upper() == wanted]
        named = exact or [each for each in self._violations.values() if text.strip() in each.entry.name]
        return named[0] if len(named) == 1 else None

    def _violation_fault(self, text: str) -> str:
        found = self._violation(text)
        if found is None:
            many = [each for each in self._violations.values() if text.strip() in each.entry.name]
            named = "、".join(f"{each.entry.code} {each.entry.name}" for each in many[:5])
            return f"有几个案由都含这些字：{named}。请写代码。" if many else "没有这个案由，请写代码或名称里的字。"
        return ""

    @Slot(str)
    def _tell_violation(self, text: str) -> None:
        found = self._violation(text) if text.strip() else None
        told = f"{found.entry.code} {found.entry.name}：{CORRECTIONS[found.entry.correction]}" if found else ""
        if found is not None and not found.usable:
            told += f"；暂时不能据以决定：{'；'.join(found.hindrances)}"
        self._told.setText(told)

    def _show_violations(self, found: tuple[ViolationView, ...]) -> None:
        self._violations = {each.violation_id: each for each in found}
        self._tell_violation(self.form.text("violation"))

    def _show_officers(self, found: tuple[CertificateView, ...]) -> None:
        valid = [each for each in found if each.valid and not each.helper]
        self.officers.show_choices(((str(each.id), f"{each.name}（{each.number}）") for each in valid), ticked=False)

    @Slot()
    def _go_to_officers(self) -> None:
        self.officers.focus()

    @Slot()
    def _show_party(self) -> None:
        """Which fields are asked for: a card tells name and number, an organisation has a representative."""
        natural = self.form.text("kind") == NATURAL
        if not natural:
            self._card = None
        card = self._card
        for key in TYPED:
            self.form.show_field(key, card is None)
        self.form.show_field("representative", not natural)
        self.form.show_field("object_kind", self.form.text("kind") == BUSINESS)
        self._who.setText(f"当事人：{mask_name(card.name)}　{mask_id_number(card.id_number)}（刷卡）" if card else "")
        self._who.setVisible(card is not None)

    @Slot()
    def _show_filing(self) -> None:
        """The simple procedure begins without being filed (行政处罚法 51, 54)."""
        self.form.show_field("filed_on", self.form.text("procedure") == "general")

    def _number_fault(self, text: str) -> str:
        if self.form.text("kind") == NATURAL:
            return id_number_fault(text, today=self._today)
        return credit_code_fault(text)

    def _add_party(self) -> None:
        form = self.form
        form.add_choice("kind", "当事人", APPLICANT_KINDS).currentIndexChanged.connect(self._show_party)
        form.add_text("name", "姓名、名称", required=True)
        form.add_text("number", "证件号码", required=True, check=self._number_fault, hint="身份证号或统一社会信用代码")
        form.add_text("representative", "负责人", required=True, hint="法定代表人、经营者")
        kinds = {kind: OBJECT_KINDS[kind] for kind in ("citizen", "organisation")}
        form.add_choice("object_kind", "按谁处罚", kinds)
        form.add_text("phone", "电话", check=phone_fault, hint="可不填")
        form.add_text("address", "住址、住所", hint="可不填")

    def _add_act(self) -> None:
        form, today = self.form, self._today
        violation = form.add_text(
            "violation", "案由", required=True, check=self._violation_fault, hint="代码，或名称里的几个字"
        )
        violation.textChanged.connect(self._tell_violation)
        form.add_note("act", "违法行为", required=True, hint="查明的行为，不写电话和证件号码")
        form.add_text("place", "地点", required=True)
        form.add_day("acted_on", "行为日期", today)
        form.add_text("acted_until", "终了日期", check=day_fault, hint="连续、继续的行为才填")
        form.add_day("found_on", "发现日期", today)
        procedure = form.add_choice("procedure", "程序", dict(reversed(PENALTY_PROCEDURES.items())))
        procedure.currentIndexChanged.connect(self._show_filing)
        form.add_day("filed_on", "立案日期", today)
        form.add_choice("harm", "危害后果", PENALTY_HARMS)
        form.add_text("ordered_on", "责令改正", check=day_fault, hint="责令改正的日期")
        form.add_text("correct_by", "改正期限", check=day_fault, hint="最后一日")
        form.add_tick("life_or_health", "涉及生命健康安全且有危害后果")
        form.add_tick("complex", "案情疑难复杂")
        form.add_tick("public_interest", "涉及重大公共利益")
        form.add_text("number_given", "案号", hint="案件系统已有的，没有不填")
        form.add_note("different_act", "另一行为", hint="与已有案件相近时，写明为什么不是同一行为")
