"""One visit from the kiosk to the board, on the real windows, with simulated devices that speak the real bytes."""

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from hall.app.log import start_log
from hall.app.program import Program
from hall.app.station import Station
from hall.clock import business_date
from hall.demo.devices import SLIP_DOTS, DemoDevices
from hall.demo.house import PASSWORD, DemoHouse, build_house
from hall.demo.stage import Stage, write_summary
from hall.devices.simulated.cards import LI_RARE
from hall.printing.fonts import FontSet
from hall.printing.raster import LineRasteriser
from hall.printing.slip_image import SlipPaper, slip_paper
from hall.rules.authority import DISPLAY, KIOSK
from hall.rules.identity import mask_name
from hall.services import receipts, signing_in
from hall.services.front import Front
from hall.services.rating_figures import summary
from hall.services.receipts import ForgedReceipt
from hall.windows.board import Board
from hall.windows.counter import Counter
from hall.windows.display import Display
from hall.windows.kiosk import Kiosk
from hall.windows.kit.application import create_application
from hall.words import RATING_LEVELS

COUNTER = 3
MATTER, DEPARTMENT = "XK05", "市政科"
# Others who come after the visitor.
LATER = ("XK01-1", "XK04", "XK15")
GIVEN_LEVEL = 5
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """What the visit left; `lines` are for the person who watched."""

    facts: dict[str, object]
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Place:
    """A station of the demo with its devices."""

    station: Station
    devices: DemoDevices


def play_visit(folder: Path, out: Path | None) -> VisitSummary:
    """Play it in a throw-away folder; with `out` leave pictures, documents, slips and summary.json there."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = create_application(["hall"])
    house = build_house(folder / "home")
    start_log(house.settings)
    visit = _Visit(application, house, folder, out)
    try:
        visit.play()
    finally:
        visit.close()
    return visit.summary


class _Visit:
    """Three stations on one database: the kiosk with display and loudspeaker, counter 3, the manager's board."""

    def __init__(self, application: QApplication, house: DemoHouse, folder: Path, out: Path | None) -> None:
        self._house = house
        self._out = out
        self._stage = Stage(application, out / "screens" if out else None)
        self._facts: dict[str, object] = {}
        self._lines: list[str] = []
        self._entrance = self._place("取号机", folder / "entrance", loudspeaker=True)
        self._window = self._place("3号窗口", folder / "counter", counter=COUNTER)
        board = house.station_settings("看板")
        self._board_station = Station(board, house.open_store("看板"))
        self._board_station.start()
        self._open_windows(application)

    @property
    def summary(self) -> VisitSummary:
        """What has been found so far."""
        return VisitSummary(self._facts, tuple(self._lines))

    def play(self) -> None:
        """The visit, step by step; every step waits for its facts."""
        code = self._take_number()
        self._call(code)
        self._accept()
        self._look_at_board()
        self._scan_receipt()
        self._finish()
        self._rate()
        self._keep()

    def close(self) -> None:
        """End stations and devices."""
        for window in (self._kiosk, self._display, self._counter, self._board):
            window.close()
        self._board_station.stop()
        for place in (self._window, self._entrance):
            place.station.stop()
            place.devices.stop()

    def _place(self, name: str, folder: Path, *, counter: int | None = None, loudspeaker: bool = False) -> _Place:
        folder.mkdir(parents=True, exist_ok=True)
        devices = DemoDevices(folder, mode=self._house.settings.mode)
        devices.start()
        own = self._house.station_settings(name, counter=counter, loudspeaker=loudspeaker)
        station = Station(devices.attached_to(own), self._house.open_store(name), loudspeaker=devices.loudspeaker)
        station.start()
        return _Place(station, devices)

    def _front(self, station: Station, login: str) -> Front:
        return station.front(signing_in.sign_in(station.store, login, password=PASSWORD).actor)

    def _open_windows(self, application: QApplication) -> None:
        entrance, window, board = self._entrance.station, self._window.station, self._board_station
        hall = entrance.station_front(DISPLAY).hall()
        public = Program(application, entrance, hall)
        self._clerk = self._front(window, "chuangkou")
        self._manager = self._front(board, "zhuren")
        self._kiosk: Kiosk = public.open_kiosk()
        self._display: Display = public.open_hall_display()
        self._counter: Counter = Program(application, window, hall).open_counter(
            self._clerk.actor, "chuangkou", number=COUNTER
        )
        self._board: Board = Program(application, board, hall).open_board(self._manager.actor, "zhuren")
        sizes: tuple[tuple[QWidget, int, int], ...] = (
            (self._kiosk, 1080, 1920),
            (self._display, 1920, 1080),
            (self._counter, 1366, 768),
            (self._board, 1366, 768),
        )
        for each, width, height in sizes:
            each.resize(width, height)

    def _take_number(self) -> str:
        stage, kiosk = self._stage, self._kiosk
        stage.until("取号机显示办理类别", lambda: DEPARTMENT in kiosk.departments.keys)
        stage.picture(kiosk, "01-取号-首页")
        kiosk.departments.button(DEPARTMENT).click()
        stage.until("取号机显示事项", lambda: MATTER in kiosk.matters.keys)
        stage.picture(kiosk, "02-取号-选事项")
        self._entrance.devices.reader.place(LI_RARE)
        stage.until("取号机读到证件", lambda: mask_name(LI_RARE.name) in kiosk.card_panel.title)
        stage.picture(kiosk, "03-取号-已读证件")
        kiosk.matters.button(MATTER).click()
        stage.until("号票小票打出", lambda: len(self._entrance.devices.printer.slips) == 1)
        stage.until("小票打出，号生效", lambda: len(self._clerk.queue().waiting) == 1)
        stage.until("取号机说号票已打出", lambda: "取走" in kiosk.ticket.slip_words)
        stage.picture(kiosk, "04-取号-号码")
        self._entrance.devices.reader.lift()
        code = self._clerk.queue().waiting[0].code
        self._say(f"刷证取号：{code}，小票打出后进入排队")
        entrance = self._entrance.station.station_front(KIOSK)
        for matter in LATER:
            entrance.taking.issue(matter, channel="kiosk")
        stage.until("后来的号也已生效", lambda: len(self._clerk.queue().waiting) == 1 + len(LATER))
        return code

    def _call(self, code: str) -> None:
        stage, counter = self._stage, self._counter
        stage.until("窗口看到有人等候", lambda: any(row.code == code for row in counter.queue.waiting.rows))
        stage.press(counter, Qt.Key.Key_F2)
        stage.until("窗口叫到号", lambda: counter.queue.code == code)
        stage.until("综合屏显示叫号", lambda: any(code in words for words in self._display.called))
        stage.picture(self._display, "05-综合屏-叫号")
        stage.picture(counter, "06-窗口-已叫号")
        light = self._window.devices.counter_display
        stage.until("窗口屏亮出号", lambda: light.shows == ("called", f"请 {code} 号"))
        voice = self._entrance.devices.folder / "voice"
        stage.until("广播叫号", lambda: any(voice.glob("*.wav")))
        self._say(f"叫号：请 {code} 号到 {COUNTER} 号窗口")

    def _accept(self) -> None:
        stage, counter = self._stage, self._counter
        self._enter_application()
        before = set(self._board.numbers)
        stage.press(counter, Qt.Key.Key_Return, CONTROL)
        stage.until("问是不是重复申请", lambda: counter.side.panel is counter.ways.doubled)
        stage.picture(counter, "09-窗口-可能重复")
        self._say("已有相似申请：窗口人员核对后确认是另一件（地点不同）")
        stage.press(counter, Qt.Key.Key_1)
        stage.until("受理完成", lambda: counter.accepted.case is not None and counter.page is counter.accepted)
        seconds = stage.until("看板显示新办件", lambda: bool(set(self._board.numbers) - before))
        self._window.devices.reader.lift()
        stage.until("收件凭证打出", lambda: len(self._window.devices.printer.slips) == 1)
        printed = self._window.devices.folder / "printed"
        stage.until("受理通知书打出", lambda: any(printed.glob("*.pdf")))
        stage.picture(counter, "10-窗口-已受理")
        case = self._clerk.history(LI_RARE.id_number)[0]
        self._facts |= {"receipt_number": case.receipt_number, "acceptance_number": case.acceptance_number}
        self._facts |= {"board_after_acceptance_s": round(seconds, 3)}
        self._say(f"受理：{case.acceptance_number}，收件凭证 {case.receipt_number}")

    def _enter_application(self) -> None:
        """The card, then the materials with Space and Down."""
        stage, counter = self._stage, self._counter
        intake = counter.intake
        self._window.devices.reader.place(LI_RARE)
        stage.until("窗口读到证件", lambda: intake.applicant.has_card)
        stage.until("窗口登记开始办理", lambda: "办理中" in counter.queue.facts)
        stage.until("窗口算出时限", lambda: "2026-11-26" in intake.clock_words("promised"))
        stage.picture(counter, "07-窗口-缺材料")
        intake.materials.focus_first()
        matter = next(each.matter for each in self._clerk.matters() if each.matter.code == MATTER)
        for _ in matter.materials:
            stage.press(counter, Qt.Key.Key_Space)
            stage.press(counter, Qt.Key.Key_Down)
        stage.until("材料齐全", lambda: "缺" not in intake.missing_words)
        stage.picture(counter, "08-窗口-材料齐全")

    def _look_at_board(self) -> None:
        self._stage.picture(self._board, "11-时限看板")
        self._say(f"看板：受理后 {self._facts['board_after_acceptance_s']} 秒内显示")

    def _scan_receipt(self) -> None:
        stage, counter = self._stage, self._counter
        paper = self._paper(self._window.devices.printer.slips[0])
        payload = paper.codes[0]
        store, actor = self._window.station.store, self._clerk.actor
        home = self._window.station.settings.home
        self._facts["receipt_verified"] = receipts.verify(store, actor, payload=payload, home=home).number
        self._facts["forged_receipt_refused"] = self._refuses(payload)
        self._window.devices.scanner.scan(payload)
        receipt = str(self._facts["receipt_number"])
        stage.until("扫码打开办件", lambda: counter.page is counter.case_page and receipt in counter.case_page.numbers)
        stage.picture(counter, "12-窗口-扫码打开办件")
        self._say("扫收件凭证二维码：签名有效，打开办件；改动一个字符即被拒绝")

    def _refuses(self, payload: str) -> bool:
        """Whether a payload with another date is refused."""
        forged = payload.replace(".2026", ".2025", 1)
        try:
            station = self._window.station
            receipts.verify(station.store, self._clerk.actor, payload=forged, home=station.settings.home)
        except ForgedReceipt:
            return True
        return False

    def _finish(self) -> None:
        self._stage.press(self._counter, Qt.Key.Key_F8)
        self._stage.until("办结，窗口空闲", lambda: self._clerk.calling.present(COUNTER) is None)
        self._stage.picture(self._counter, "13-窗口-办结")
        self._say("办结")

    def _rate(self) -> None:
        """The visitor presses 非常满意 on the evaluator at the counter."""
        evaluator = self._window.devices.evaluator
        self._stage.until("评价器请人评价", lambda: evaluator.shows == "rate")
        evaluator.press(GIVEN_LEVEL)
        today = business_date(self._house.clock.now())
        rated = partial(summary, self._manager.store, self._manager.actor, first=today, last=today)
        self._stage.until("评价记下", lambda: rated().total.share.count == 1)
        self._facts["rating"] = RATING_LEVELS[GIVEN_LEVEL]
        self._say(f"评价：{RATING_LEVELS[GIVEN_LEVEL]}")

    def _keep(self) -> None:
        """Documents as .docx and .pdf, slips as bytes and pictures, the voice, the record."""
        self._facts |= {"steps": self._stage.facts}
        if self._out is None:
            return
        folders = {name: self._out / name for name in ("documents", "slips", "voice")}
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
        case = self._clerk.case_numbered(str(self._facts["receipt_number"]))
        for document in case.documents:
            made = self._clerk.document(document.document_id)
            (folders["documents"] / f"{document.number}.docx").write_bytes(made.docx)
            (folders["documents"] / f"{document.number}.pdf").write_bytes(made.pdf)
        for title, place in (("号票", self._entrance), ("收件凭证", self._window)):
            for number, slip in enumerate(place.devices.printer.slips, start=1):
                shutil.copy(slip, folders["slips"] / f"{title}{number}.bin")
                self._paper(slip).picture.save(folders["slips"] / f"{title}{number}.png")
        for number, wav in enumerate(sorted((self._entrance.devices.folder / "voice").glob("*.wav")), start=1):
            shutil.copy(wav, folders["voice"] / f"叫号{number}.wav")
        write_summary(self._out / "summary.json", self._facts | {"lines": self._lines})

    def _paper(self, slip: Path) -> SlipPaper:
        return slip_paper(slip.read_bytes(), dots=SLIP_DOTS, raster=LineRasteriser(FontSet.shipped()))

    def _say(self, line: str) -> None:
        self._lines.append(line)
