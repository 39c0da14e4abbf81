"""What else an application says (申请情况): purpose, certificate, channel, subject, the agent, who takes part."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Slot

from hall.rules.cards import Card, TypedCard
from hall.rules.identity import mask_id_number, mask_name
from hall.rules.intake import Purpose
from hall.services.applications import Agent, Channel
from hall.services.case_reading import CaseView
from hall.services.certificate_reading import CertificateView
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.forms import Form
from hall.windows.number_checks import id_number_fault, phone_fault
from hall.words import CASE_CHANNELS, CASE_PURPOSES

AGENT_FIELDS = ("agent_name", "agent_number", "agent_phone", "authority")
NO_CERTIFICATE = {"": "没有查到申请人的有效证件"}


@dataclass(frozen=True, slots=True, repr=False)
class Particulars:
    """As they stand on the form. Its text never shows what it holds."""

    purpose: Purpose = "new"
    certificate_id: int | None = None
    certificate_number: str = ""
    channel: Channel = "counter"
    subject: str = ""
    parts: tuple[str, ...] = ()
    agent: Agent | None = None

    @property
    def words(self) -> str:
        """新办　窗口　本人办理　向阳路18号门前: one line, the agent masked."""
        purpose = CASE_PURPOSES[self.purpose]
        agent = f"代理人 {mask_name(self.agent.card.name)}" if self.agent else "本人办理"
        return "　".join(
            part
            for part in (
                f"{purpose} {self.certificate_number}".strip(),
                CASE_CHANNELS[self.channel],
                agent,
                f"联办 {'、'.join(self.parts)}" if self.parts else "",
                self.subject or "内容未填",
            )
            if part
        )


def case_words(case: CaseView) -> str:
    """The particulars of a received case in the same line."""
    agent = f"代理人 {case.agent_masked}" if case.agent_masked else "本人办理"
    return "　".join((CASE_PURPOSES[case.purpose], agent, case.subject or "内容未填"))


class ParticularsPanel(DeedPanel):
    """Enter goes on from field to field and takes them at the end; a card that is laid down is the agent's."""

    def __init__(self) -> None:
        super().__init__(
            hotkeys.PARTICULARS.words, main="确定", keys="Enter 下一项　空格 打勾　F6 读代理人证件　Esc 关闭"
        )
        self._card: Card | None = None
        self._numbers: Mapping[str, str] = {}
        self.form = form = Form()
        form.add_note("subject", "申请内容", hint="地点、面积、期限，可不填")
        self.purpose = form.add_choice("purpose", "申请类型", CASE_PURPOSES)
        form.add_choice("certificate", "证件", NO_CERTIFICATE)
        form.add_choice("channel", "收件方式", CASE_CHANNELS)
        form.add_text("parts", "联办事项", hint="事项编码，用顿号隔开，可不填")
        self.agent = form.add_tick("agent", "由代理人办理")
        form.add_text("agent_name", "代理人", required=True, hint="读卡或录入姓名")
        form.add_text("agent_number", "证件号码", required=True, check=id_number_fault)
        form.add_text("agent_phone", "电话", check=phone_fault, hint="可不填")
        form.add_note("authority", "授权事项", required=True, hint="照授权委托书写明委托事项、权限和期限")
        self.add(form)
        self._read = self.say("")
        self.purpose.currentIndexChanged.connect(self._show_wanted)
        self.agent.toggled.connect(self._show_wanted)
        form.submitted.connect(self._take)
        self.show_particulars(Particulars())

    @property
    def particulars(self) -> Particulars:
        """What is entered now; call after `submitted`."""
        form = self.form
        certificate = form.text("certificate") if self._about_certificate else ""
        return Particulars(
            purpose=form.text("purpose"),  # type: ignore[arg-type]  # from CASE_PURPOSES, the channel from CASE_CHANNELS
            certificate_id=int(certificate) if certificate else None,
            certificate_number=self._numbers.get(certificate, ""),
            channel=form.text("channel"),  # type: ignore[arg-type]
            subject=form.text("subject"),
            parts=tuple(part for part in form.text("parts").replace("，", "、").replace(",", "、").split("、") if part),
            agent=self._agent,
        )

    def show_particulars(self, particulars: Particulars) -> None:
        """Put in what was entered before."""
        form, agent = self.form, particulars.agent
        form.clear()
        for key in ("subject", "purpose", "channel"):
            form.set_text(key, getattr(particulars, key))
        form.set_text("parts", "、".join(particulars.parts))
        self.agent.setChecked(agent is not None)
        self._card = agent.card if agent is not None and isinstance(agent.card, Card) else None
        if agent is not None:
            if isinstance(agent.card, TypedCard):
                form.set_text("agent_name", agent.card.name)
                form.set_text("agent_number", agent.card.id_number)
            form.set_text("agent_phone", agent.phone)
            form.set_text("authority", agent.authority)
        self._show_wanted()

    def show_certificates(self, certificates: tuple[CertificateView, ...], chosen: int | None) -> None:
        """The valid certificates of the applicant."""
        self._numbers = {str(each.certificate_id): each.number for each in certificates}
        self.form.set_choices("certificate", self._numbers or NO_CERTIFICATE)
        if chosen is not None:
            self.form.set_text("certificate", str(chosen))

    def take_card(self, card: Card) -> None:
        """The agent's card."""
        self.agent.setChecked(True)
        self._card = card
        self._show_wanted()
        self.form.focus("agent_phone")

    def begin(self) -> None:
        """At what is applied for."""
        self.form.focus("subject")

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.form.submit()

    @property
    def _about_certificate(self) -> bool:
        return self.form.text("purpose") != "new"

    @property
    def _agent(self) -> Agent | None:
        form = self.form
        if not form.ticked("agent"):
            return None
        typed = TypedCard(form.text("agent_name"), form.text("agent_number"))
        return Agent(self._card or typed, form.text("authority"), form.text("agent_phone"))

    @Slot()
    def _show_wanted(self) -> None:
        """Only what the choices ask for; an agent whose card was read is not typed."""
        form, has_agent = self.form, self.form.ticked("agent")
        if not has_agent:
            self._card = None
        form.show_field("certificate", self._about_certificate)
        for key in AGENT_FIELDS:
            typed = key in {"agent_name", "agent_number"}
            form.show_field(key, has_agent and not (typed and self._card is not None))
        card = self._card
        self._read.setText(f"代理人 {mask_name(card.name)}  {mask_id_number(card.id_number)}  ✓ 已读卡" if card else "")
        self._read.setVisible(card is not None)

    @Slot()
    def _take(self) -> None:
        if self._about_certificate and not self.form.text("certificate"):
            self.form.refuse("certificate", "请选择是哪一份证件；没有有效证件的，按新办申请。")
            return
        self.submitted.emit()
