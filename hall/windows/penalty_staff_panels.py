"""Panels of the page of enforcement staff: a certificate and its validity, who stays away from whom and until when."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from hall.clock import business_date
from hall.services.penalty_staff import CertificateView, ConflictView, NewCertificate, NewConflict
from hall.services.persons import ORGANISATION, PersonDetails
from hall.windows.kit.deeds import FormDeed
from hall.windows.kit.forms import Form
from hall.windows.number_checks import credit_code_fault, id_number_fault
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_fault, day_words, typed_day

HELPER_WORDS = "协管人员（不得执法）"
_YEARS = 5
_NATURAL = "resident"


class StaffPanel(FormDeed):
    """A panel with one form; `deed` is what the page does with what was entered."""

    def __init__(self, tools: PageTools, title: str, *, main: str = "登记") -> None:
        super().__init__(title, main=main)
        self._tools = tools

    @property
    def today(self) -> date:
        """The clock's day."""
        return business_date(self._tools.front.clock.now())

    def deed(self) -> Deed:
        """The use case with what was entered, taken from the fields now."""
        raise NotImplementedError


class CertificatePanel(StaffPanel):
    """登记证件 of an officer, or of an auxiliary so that nobody takes one for an officer."""

    first = "number"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记证件")
        self.say("行政处罚应当由具有行政执法资格的执法人员实施，执法人员不得少于两人（行政处罚法第四十二条）。")
        self.form.add_text("number", "证号", required=True)
        self.form.add_text("name", "姓名", required=True)
        self.form.add_choice("account", "账号", {})
        self.form.add_day("valid_from", "有效期自", self.today)
        self.form.add_day("valid_to", "有效期至", self.today)
        self.form.add_tick("helper", HELPER_WORDS)
        self.add(self.form)

    def ask_new(self) -> None:
        """Empty, valid from today for five years."""
        self.form.clear()
        today = self.today
        self.form.set_day("valid_from", today)
        self.form.set_day("valid_to", date(today.year + _YEARS, today.month, min(today.day, 28)))
        offer_accounts(self._tools, self.form, none="不在本系统登录")

    def deed(self) -> Deed:
        """Enter it."""
        front, form = self._tools.front.penalty_cases, self.form
        account = form.text("account")
        new = NewCertificate(
            number=form.text("number"),
            name=form.text("name"),
            valid_from=form.day("valid_from"),
            valid_to=form.day("valid_to"),
            account_id=int(account) if account else None,
            helper=form.ticked("helper"),
        )

        def enter() -> str:
            front.enter_certificate(new)
            return f"已登记{new.name}的证件，有效期至 {day_words(new.valid_to)}。"

        return enter


class ValidityPanel(StaffPanel):
    """改有效期: renewed, or taken away."""

    first = "reason"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "改有效期", main="保存")
        self.about = self.say("")
        self.form.add_day("valid_to", "有效期至", self.today)
        self.form.add_text("reason", "原因", required=True, hint="换发、收回、调离执法岗位等")
        self.add(self.form)
        self._row: CertificateView | None = None

    def ask(self, row: CertificateView) -> None:
        """About this certificate."""
        self._row = row
        self.form.clear()
        self.form.set_day("valid_to", row.valid_to)
        self.about.setText(f"{row.name}　{row.number}\n有效期 {day_words(row.valid_from)} 至 {day_words(row.valid_to)}")

    def deed(self) -> Deed:
        """Another last day."""
        assert self._row is not None
        front, key = self._tools.front.penalty_cases, self._row.id
        valid_to, reason = self.form.day("valid_to"), self.form.text("reason")

        def change() -> str:
            front.change_validity(key, valid_to, reason)
            return f"有效期已改至 {day_words(valid_to)}。"

        return change


class ConflictPanel(StaffPanel):
    """登记回避: who stays away from which party."""

    first = "account"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记回避")
        self.say("与案件有直接利害关系或者其他关系可能影响公正执法的，应当回避（行政处罚法第四十三条）。")
        form = self.form
        form.add_choice("account", "人员", {})
        form.add_choice("kind", "当事人", {_NATURAL: "个人", ORGANISATION: "单位"})
        form.add_text("name", "姓名或名称", required=True)
        form.add_text("number", "证件号码", required=True, check=self._number_fault, hint="身份证号或信用代码")
        form.add_text("reason", "关系", required=True, hint="近亲属、投资、曾任代理人等")
        form.add_day("from_day", "自", self.today)
        form.add_text("until_day", "至", check=_open_end, hint="不填为一直有效")
        self.add(form)

    def ask_new(self) -> None:
        """Empty, from today on."""
        self.form.clear()
        self.form.set_day("from_day", self.today)
        offer_accounts(self._tools, self.form, none="请选择")

    def ready(self) -> bool:
        """Somebody is chosen."""
        if not self.form.text("account"):
            self.form.refuse("account", "请选择应当回避的人员。")
            return False
        return True

    def deed(self) -> Deed:
        """Enter it."""
        front, form = self._tools.front.penalty_cases, self.form
        new = NewConflict(
            account_id=int(form.text("account")),
            party=PersonDetails(form.text("kind"), form.text("name"), id_number=form.text("number")),
            reason=form.text("reason"),
            from_day=form.day("from_day"),
            until_day=typed_day(form.text("until_day")),
        )

        def enter() -> str:
            front.enter_conflict(new)
            return "已登记回避，本系统不再让其办理该当事人的处罚案件。"

        return enter

    def _number_fault(self, text: str) -> str:
        return credit_code_fault(text) if self.form.text("kind") == ORGANISATION else id_number_fault(text)


class EndConflictPanel(StaffPanel):
    """终止回避: the last day of it."""

    first = "until_day"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "终止回避", main="保存")
        self.about = self.say("")
        self.form.add_day("until_day", "回避至", self.today)
        self.add(self.form)
        self._row: ConflictView | None = None

    def ask(self, row: ConflictView) -> None:
        """About this entry."""
        self._row = row
        self.form.set_day("until_day", row.until_day or self.today)
        self.about.setText(f"{row.name} 对 {row.party_masked}：{row.reason}\n自 {day_words(row.from_day)}")

    def deed(self) -> Deed:
        """Another last day."""
        assert self._row is not None
        front, key, until = self._tools.front.penalty_cases, self._row.id, self.form.day("until_day")

        def end() -> str:
            front.end_conflict(key, until)
            return f"回避到 {day_words(until)} 为止。"

        return end


def offer_accounts(tools: PageTools, form: Form, *, none: str) -> None:
    """Fill the choice of an account with the people of the hall; the first one is nobody."""

    def show(names: Mapping[int, str]) -> None:
        form.set_choices("account", {"": none, **{str(key): name for key, name in names.items()}})

    tools.work.read(partial(_names, tools), show, words="正在查人员…")


def _names(tools: PageTools) -> Mapping[int, str]:
    return tools.front.board_desk.choices().officers


def _open_end(text: str) -> str:
    return day_fault(text) if text else ""
