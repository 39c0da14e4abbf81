"""Panels of the desk for 送达: by which of the six ways, what arrived or failed, and 通知领取."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.permits import CLOSED
from hall.rules.service import Way
from hall.services.desk_file import DeskFile
from hall.services.service_reading import PaperToServe
from hall.services.serving_papers import Served, Service
from hall.windows import service_fields
from hall.windows.desk_acts import Deed, DeskTools, FormPanel
from hall.windows.desk_sections import clock_words
from hall.windows.desk_steps import StepsPanel, offer_staff
from hall.windows.desk_ticks import TickList
from hall.windows.kit.forms import Form
from hall.windows.phrases import day_fault
from hall.words import SERVICE_WAYS

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "direct": ("served_on", "recipient", "capacity", "place", "proof"),
    "left": ("served_on", "refusal", "witness", "second", "place", "proof"),
    "electronic": ("consent", "sent_on", "place", "arrived", "proof"),
    "post": ("postal_number", "sent_on", "place", "arrived"),
    "transfer": ("sent_on", "place", "arrived"),
    "public": ("sent_on", "proof", "unknown"),
    "arrived": ("served_on", "recipient", "capacity", "proof"),
    "failed": ("failed_on", "failure"),
}
_ON_ARRIVAL: Mapping[str, tuple[str, ...]] = {
    "electronic": ("served_on",),
    "post": ("served_on", "recipient", "capacity"),
    "transfer": ("served_on", "recipient", "capacity"),
}
_EXPLAINED: Mapping[str, str] = {
    "direct": "当面交给受送达人。签收日就是送达日，送达时限停在这一天。",
    "left": "受送达人拒收：写明事由，有见证人或现场照片，两名送达人，留置日就是送达日。",
    "electronic": "须有受送达人签名的同意书（先用 F11 存入）。到达对方系统的日期是送达日，送达时限停在这一天。",
    "post": "交邮之日止住送达时限（行政许可法第四十四条）；对方签收的日期才是送达日，救济期限从那天起算。",
    "transfer": "交给转交单位之日止住送达时限；受送达人签收的日期才是送达日。",
    "public": (
        "下落不明，或者其他方式都送不到，才能公告。送出日期填公告之日，送达时限停在这一天，公告期满视为送达；"
        "证明选公告的照片或报样（先用 F11 存入）。"
    ),
    "arrived": "登记对方收到的日期，打印送达回证。",
    "failed": "这次没有送到：登记原因，再换一种方式送。没有止住的送达时限照常计算。",
}

_NEXT: Mapping[str, str] = {"decided": "，可以办结", **dict.fromkeys(CLOSED - {"archived"}, "，可以归档")}


class ServePanel(StepsPanel):
    """送达: papers that wait by one of the six ways; of what is under way whether it arrived."""

    def __init__(self, tools: DeskTools) -> None:
        self._papers: tuple[PaperToServe, ...] = ()
        self._offered: tuple[PaperToServe, ...] = ()
        self.ticks = TickList()
        super().__init__(tools, "serve")
        self.ticks.done.connect(partial(self.form.focus, "step"))

    def build(self, form: Form) -> None:
        """Every field of every way, below the papers."""
        self.add(self.ticks)
        form.add_choice("consent", "同意书", {})
        service_fields.add_dispatch(form)
        arrived = form.add_tick("arrived", "已经送到")
        service_fields.add_arrival(form)
        service_fields.add_leaving(form, proof="选现场照片")
        form.add_choice("proof", "证明", {})
        form.add_tick("unknown", "受送达人下落不明")
        service_fields.add_failure(form)
        arrived.toggled.connect(self._step_changed)

    def show_file(self, file: DeskFile) -> None:
        """Ask what is to be served, and who may take it."""
        self._papers = ()
        super().show_file(file)
        self._say_instead("正在查送达情况…")
        self._show_files(file)
        self._show_days(business_date(self._tools.front.clock.now()))
        offer_staff(self._tools, self.form, ("second",))
        front, work = self._tools.front.closing, self._tools.work
        work.read(front.capacities, partial(service_fields.offer_capacities, self.form), words="正在查签收人身份…")
        work.read(
            partial(front.papers, file.case_id), partial(self._show_papers, file.case_id), words="正在查送达情况…"
        )

    def steps(self, file: DeskFile) -> Mapping[str, str]:
        """What is under way comes first."""
        ways = dict.fromkeys(way for paper in self._papers if (way := way_under_way(paper)))
        found = {f"arrived:{way}": f"登记送到（{SERVICE_WAYS[way]}）" for way in ways}
        found |= {f"failed:{way}": f"登记没有送到（{SERVICE_WAYS[way]}）" for way in ways}
        return {**found, **SERVICE_WAYS} if any(map(waits, self._papers)) else found

    def fields(self, step: str) -> Sequence[str]:
        """By the way; what is known only when it has arrived is asked for then."""
        kind = step.partition(":")[0]
        fields = _FIELDS[kind]
        return (*fields, *_ON_ARRIVAL.get(kind, ())) if self.form.ticked("arrived") else fields

    def explain(self, file: DeskFile, step: str) -> str:
        """What the way means for the limit of delivery, and how that one stands."""
        return "\n".join(filter(None, (delivery_words(file), _EXPLAINED[step.partition(":")[0]])))

    def ready(self) -> bool:
        """At least one paper is served, and by two where it is left behind."""
        step = self.form.text("step")
        if not step:
            self.form.refuse("step", "没有等待送达的文书，也没有正在送达的。")
        elif not self.ticks.chosen:
            self.form.refuse("step", "请勾选要送达的文书。")
        else:
            return service_fields.is_by_two(self.form, step)
        return False

    def do(self, step: str, told: Mapping[str, str]) -> Callable[[], str]:
        """Send, hand over, or register what became of it."""
        kind, _, way = step.partition(":")
        papers = tuple(map(int, self.ticks.chosen))
        if kind == "failed":
            failed_on = date.fromisoformat(told["failed_on"])
            return partial(_failed, self._tools, self.case_id, papers, failed_on, told["failure"])
        service = service_of(way or kind, told)  # type: ignore[arg-type]  # a key of SERVICE_WAYS
        return partial(_serve, self._tools, self._file, papers, service, bool(way))

    @Slot()
    def _step_changed(self) -> None:
        super()._step_changed()
        way = self.form.text("step").partition(":")[2]
        wanted = tuple(paper for paper in self._papers if (way_under_way(paper) == way if way else waits(paper)))
        if wanted != self._offered:
            self._offered = wanted
            self.ticks.show_choices(((str(paper.document_id), paper_words(paper)) for paper in wanted), ticked=True)

    def _show_papers(self, case_id: int, papers: tuple[PaperToServe, ...]) -> None:
        if case_id == self.case_id:
            self._papers = papers
            self.form.set_choices("step", self.steps(self._file))
            self.step.setCurrentIndex(0)
            self._step_changed()
            self._say_if_nothing()

    def _say_if_nothing(self) -> None:
        if self.form.text("step"):
            return
        waiting = any(not paper.served for paper in self._papers)
        self._say_instead("公告期还没有满，期满视为送达。" if waiting else "没有要送达的文书，或者都已送达。")

    def _say_instead(self, words: str) -> None:
        """While there is nothing to ask."""
        self.told.setText(words)
        self.told.show()
        for key in self.all_fields():
            self.form.show_field(key, False)

    def _show_files(self, file: DeskFile) -> None:
        """Scans that may prove it; one that was stored for this purpose is chosen already."""
        kept = [each for each in file.files if not each.voided]
        for key, purpose, none in (("consent", "consent", "先用 F11 存入同意书"), ("proof", "service", "没有")):
            own = next((str(each.file_id) for each in reversed(kept) if each.purpose == purpose), "")
            self.form.set_choices(key, {"": none, **{str(each.file_id): each.title for each in kept}})
            self.form.set_text(key, own)

    def _show_days(self, today: date) -> None:
        for key in ("sent_on", "served_on", "failed_on"):
            self.form.set_text(key, today.isoformat())


class TellPanel(FormPanel):
    """通知领取: the applicant knows that the papers are ready; the limit of delivery runs no longer."""

    first = "note"

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "tell", main="登记已通知")
        self.told = self.say("")
        self.form.add_text("told_on", "通知日期", required=True, check=day_fault)
        self.form.add_note("note", "怎样通知", required=True, hint="电话、短信、当面，谁接的；不写号码")
        self.add(self.form)

    def show_file(self, file: DeskFile) -> None:
        """Today unless another day is typed."""
        self._case_id = file.case_id
        self.form.clear()
        self.form.set_text("told_on", business_date(self._tools.front.clock.now()).isoformat())
        self.told.setText(
            f"{delivery_words(file)}\n通知之日止住送达时限（按本厅规则）。文书仍要交到手上并登记送达，才能办结。"
        )

    def deed(self) -> Deed:
        """What was told, and when."""
        told_on, note = date.fromisoformat(self.form.text("told_on")), self.form.text("note")
        return partial(_tell, self._tools, self._case_id, told_on, note)


def way_under_way(paper: PaperToServe) -> str:
    """By which way a paper is on its way; empty when it is not."""
    return next((each.way for each in paper.attempts if each.failed_on is None and each.served_on is None), "")


def waits(paper: PaperToServe) -> bool:
    """Whether nothing has been sent that could still arrive; a public notice whose days run is under way."""
    return all(each.failed_on is not None for each in paper.attempts)


def paper_words(paper: PaperToServe) -> str:
    """准予行政许可决定书 莲城管许准〔2026〕1号, and how often it was tried."""
    failures = sum(each.failed_on is not None for each in paper.attempts)
    return f"{paper.name}\n{paper.number}" + (f"（{failures} 次没有送到）" if failures else "")


def delivery_words(file: DeskFile) -> str:
    """How the limit of delivery stands, if it runs."""
    running = [each for each in file.records.clocks if each.reading.kind == "delivery" and not each.how]
    return f"送达时限{clock_words(running[-1]).replace('　', '，')}。" if running else ""


def service_of(way: Way, told: Mapping[str, str]) -> Service:
    """What was entered."""
    service = Service(
        way=way,
        sent_on=service_fields.sent_day(told),
        place=told.get("place", ""),
        second_server_id=service_fields.key_of(told, "second"),
        consent_file_id=service_fields.key_of(told, "consent"),
        proof_file_id=service_fields.key_of(told, "proof"),
    )
    return service_fields.with_told(service, told)


def served_words(served: Served, way: str, state: str) -> str:
    """What happened, and what comes next."""
    if served.served_on is None:
        return service_fields.sent_words(way, "送到后再用“送达”登记签收。")
    done = service_fields.done_words(way, served.served_on)
    if served.still_unserved:
        return f"{done}还没有送达：{'、'.join(served.still_unserved)}。"
    return f"{done}全部送达{_NEXT.get(state, '')}。"


def _serve(tools: DeskTools, file: DeskFile, papers: tuple[int, ...], service: Service, on_its_way: bool) -> str:
    use = tools.front.closing.arrived if on_its_way else tools.front.closing.serve
    served = use(file.case_id, papers, service)
    return served_words(served, service.way, file.state)


def _failed(tools: DeskTools, case_id: int, papers: tuple[int, ...], failed_on: date, failure: str) -> str:
    tools.front.closing.failed(case_id, papers, failed_on, failure)
    return service_fields.FAILED


def _tell(tools: DeskTools, case_id: int, told_on: date, note: str) -> str:
    tools.front.closing.tell(case_id, told_on, note)
    return "已登记通知领取，送达时限停止。对方来领时再登记送达。"
