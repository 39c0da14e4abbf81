"""Panels of 送达 of a penalty decision: by which of the six ways, what has arrived, what came back."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import Slot

from hall.rules.service import Way
from hall.services.penalty_file import DecisionView, PenaltyFile, ServiceView
from hall.services.penalty_serving import PenaltyDelivery, PenaltyServed
from hall.services.penalty_staff import CertificateView
from hall.windows import service_fields
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_tools import PanelMaker, PenaltyForm
from hall.windows.phrases import day_words, typed_day
from hall.words import PENALTY_DECISIONS, SERVICE_WAYS

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "direct": ("served_on", "recipient", "capacity", "second", "place"),
    "left": ("served_on", "refusal", "witness", "proof", "second", "place"),
    "electronic": ("consent", "sent_on", "served_on", "place"),
    "post": ("postal_number", "sent_on", "place"),
    "transfer": ("sent_on", "place"),
    "public": ("sent_on", "proof", "unknown"),
}
_EXPLAINED: Mapping[str, str] = {
    "direct": "当场交给当事人或者依法代收的人。签收日就是送达日，十五日的缴款期限从那天起算。",
    "left": "当事人拒收：写明事由，有见证人或者现场照片、录像，两名送达人。留置日就是送达日。",
    "electronic": "须有当事人签名的同意书（行政处罚法第六十一条第二款）。到达对方系统的日期是送达日。",
    "post": "交邮之日止住七个工作日的送达期限；对方签收的日期才是送达日。",
    "transfer": "交给转交单位之日止住送达期限；当事人签收的日期才是送达日。",
    "public": "下落不明，或者其他方式都送不到，才能公告。公告三十日期满视为送达，日期由程序计算。",
}


class ServePanel(PenaltyForm):
    """登记送达: a way, and what proves it."""

    first = "way"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "serve", main="登记送达")
        self.what = self.say("")
        way = self.form.add_choice("way", "送达方式", SERVICE_WAYS)
        self.about = self.say("")
        service_fields.add_dispatch(self.form)
        service_fields.add_arrival(self.form, named=True)
        service_fields.add_leaving(self.form, proof="要有照片或录像")
        self.form.add_tick("consent", "有签名的电子送达同意书")
        self.form.add_tick("proof", "有照片、录像或公告存档")
        self.form.add_tick("unknown", "当事人下落不明")
        self.add(self.form)
        way.currentIndexChanged.connect(self._way_changed)

    def show_case(self, file: PenaltyFile) -> None:
        """The decision that waits, and who may take it or go along."""
        super().show_case(file)
        self.form.set_text("way", "direct")
        for key in ("sent_on", "served_on"):
            self.form.set_text(key, file.on.isoformat())
        waiting = next(iter(waiting_decisions(file)), None)
        self.what.setText(decision_words(waiting) if waiting else "")
        self._way_changed()
        front, work = self._tools.front.penalty_cases, self._tools.work
        work.read(front.capacities, partial(service_fields.offer_capacities, self.form), words="正在查签收人身份…")
        work.read(front.certificates, self._show_servers, words="正在查执法人员…")

    def ready(self) -> bool:
        """Two servers where the paper is left behind."""
        return service_fields.is_by_two(self.form, self.form.text("way"))

    def deed(self) -> Deed:
        """The service as it stands."""
        way = cast(Way, self.form.text("way"))
        told = {key: self.form.text(key) for key in _FIELDS[way]}
        return partial(_serve, self._tools, self._case_id, delivery_of(way, told))

    @Slot()
    def _way_changed(self) -> None:
        way = self.form.text("way") or "direct"
        for key in self.form.keys:
            if key != "way":
                self.form.show_field(key, key in _FIELDS[way])
        self.about.setText(_EXPLAINED[way])

    def _show_servers(self, found: tuple[CertificateView, ...]) -> None:
        self.form.set_choices("second", {"": "没有", **server_choices(found)})


class ArrivePanel(PenaltyForm):
    """登记送到: what was sent has arrived."""

    first = "served_on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "serve_arrive", main="登记送到")
        self.what = self.say("")
        service_fields.add_arrival(self.form)
        self.add(self.form)
        self._sent: ServiceView | None = None

    def show_case(self, file: PenaltyFile) -> None:
        """What is under way."""
        super().show_case(file)
        self.form.set_text("served_on", file.on.isoformat())
        self._sent = under_way(file)
        self.what.setText(under_way_words(self._sent) if self._sent else "")
        read = self._tools.front.penalty_cases.capacities
        self._tools.work.read(read, partial(service_fields.offer_capacities, self.form), words="正在查签收人身份…")

    def deed(self) -> Deed:
        """When and by whom it was taken."""
        sent, served_on = self._sent, typed_day(self.form.text("served_on"))
        assert sent is not None
        assert served_on is not None
        delivery = PenaltyDelivery(
            way=cast(Way, sent.way),
            sent_on=sent.sent_on,
            served_on=served_on,
            recipient=self.form.text("recipient"),
            capacity=self.form.text("capacity"),
        )
        return partial(_arrive, self._tools, self._case_id, delivery)


class FailPanel(PenaltyForm):
    """登记送达不成: why, so that another way may follow."""

    first = "failure"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "serve_fail", main="登记")
        self.what = self.say("")
        service_fields.add_failure(self.form)
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """What is under way."""
        super().show_case(file)
        self.form.set_text("failed_on", file.on.isoformat())
        sent = under_way(file)
        self.what.setText(under_way_words(sent) if sent else "")

    def deed(self) -> Deed:
        """The attempt is kept."""
        front, case_id, failure = self._tools.front.penalty_cases, self._case_id, self.form.text("failure")
        failed_on = date.fromisoformat(self.form.text("failed_on"))

        def fail() -> str:
            front.failed(case_id, failed_on, failure)
            return service_fields.FAILED

        return fail


def waiting_decisions(file: PenaltyFile) -> tuple[DecisionView, ...]:
    """Decisions that are neither served nor under way, the first one first."""
    taken = {each.decision_id for each in file.services if each.failed_on is None}
    return tuple(each for each in file.decisions if each.decision_id not in taken)


def under_way(file: PenaltyFile) -> ServiceView | None:
    """What was sent and neither arrived nor came back."""
    return next((each for each in file.services if each.failed_on is None and each.served_on is None), None)


def decision_words(decision: DecisionView) -> str:
    """行政处罚决定书 莲城管罚决〔2026〕1号, of which day."""
    return f"{PENALTY_DECISIONS[decision.kind]}书 {decision.number}（{day_words(decision.decided_on)}作出）"


def under_way_words(sent: ServiceView) -> str:
    """邮寄送达，2026-11-23 送出."""
    return f"{SERVICE_WAYS[sent.way]}，{day_words(sent.sent_on)}送出。"


def delivery_of(way: Way, told: Mapping[str, str]) -> PenaltyDelivery:
    """What was entered."""
    delivery = PenaltyDelivery(
        way=way,
        sent_on=service_fields.sent_day(told),
        place=told.get("place", ""),
        second_server_id=service_fields.key_of(told, "second"),
        consent=bool(told.get("consent")),
        proof=bool(told.get("proof")),
    )
    return service_fields.with_told(delivery, told)


def server_choices(found: tuple[CertificateView, ...]) -> dict[str, str]:
    """Officers with a valid certificate and an account, by account."""
    valid = (each for each in found if each.valid and not each.helper and each.account_id is not None)
    return {str(each.account_id): f"{each.name}（{each.number}）" for each in valid}


def served_words(served: PenaltyServed, way: str) -> str:
    """What happened, and until when is to be paid."""
    if served.served_on is None:
        return service_fields.sent_words(way, "对方收到后再登记送到。")
    due = f"缴款期限至 {day_words(served.due_on)}。" if served.due_on else ""
    return f"{service_fields.done_words(way, served.served_on)}{due}"


def _serve(tools: PageTools, case_id: int, delivery: PenaltyDelivery) -> str:
    return served_words(tools.front.penalty_cases.serve(case_id, delivery), delivery.way)


def _arrive(tools: PageTools, case_id: int, delivery: PenaltyDelivery) -> str:
    return served_words(tools.front.penalty_cases.arrived(case_id, delivery), delivery.way)


PANELS: Mapping[str, PanelMaker] = {"serve": ServePanel, "serve_arrive": ArrivePanel, "serve_fail": FailPanel}
