"""The entrance in the demo's day: a kiosk with its slip printer, whose paper runs out twice."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtWidgets import QApplication

from hall.app.log import start_log
from hall.app.program import Program
from hall.app.station import Station
from hall.demo.day_clock import CLOSES, MINUTE, PAPER_BACK, PAPER_OUT, ROLL_CHANGED, ROLL_ENDS, DayClock, at
from hall.demo.day_crew import Line, Lived
from hall.demo.day_house import GUIDE, DayGround, at_station, signed_in
from hall.demo.day_people import Visitor
from hall.demo.day_stage import go_on_until
from hall.demo.devices import DemoDevices
from hall.demo.stage import Stage
from hall.devices.simulated.slip_machine import READY, PrinterCondition
from hall.errors import Missing, Refused
from hall.rules.authority import DISPLAY, KIOSK
from hall.services.slip_front import SlipFront
from hall.services.taking_front import TakingFront
from hall.windows.kit.application import create_application

STATION = "取号机"
FULL_ROLL = 1000
PICTURES = ((at(9, 35), "01-取号-早高峰"), (PAPER_OUT + 14 * MINUTE, "06-取号-缺纸"), (at(15, 10), "12-取号-纸已用完"))


def live_at_entrance(
    ground: DayGround, line: Line, *, visitors: tuple[Visitor, ...], desk: Connection, pictures: Path | None
) -> Lived:
    """Give numbers all day. Who gets none here is sent to the guide's desk."""
    application = create_application(["hall"])
    clock = line.ready()
    entrance = _Entrance(application, ground, clock, desk)
    entrance.day(visitors, pictures)
    return entrance.lived


class _Entrance:
    """The station, and what happens at it."""

    def __init__(self, application: QApplication, ground: DayGround, clock: DayClock, desk: Connection) -> None:
        self.lived = Lived()
        self._application, self._clock, self._desk = application, clock, desk
        house = ground.house(clock)
        settings = at_station(house, STATION)
        start_log(settings)
        ground.entrance.mkdir()
        self._devices = DemoDevices(ground.entrance, mode=settings.mode)
        self._devices.start()
        self._station = Station(self._devices.attached_to(settings), house.open_store(STATION))
        self._station.start()
        self._program = Program(application, self._station, self._station.station_front(DISPLAY).hall())
        front = self._station.station_front(KIOSK)
        self._taking: TakingFront = front.taking
        self._slips: SlipFront = self._station.front(signed_in(self._station.store, GUIDE)).slips

    def day(self, visitors: tuple[Visitor, ...], pictures: Path | None) -> None:
        """Everything in the order of its time."""
        meanwhile = sum(PAPER_BACK <= each.comes_at < ROLL_ENDS for each in visitors)
        stage = Stage(self._application, pictures)
        deeds: list[tuple[datetime, Callable[[], None]]] = [
            (PAPER_OUT, self._paper_runs_out),
            (PAPER_BACK, partial(self._change_roll, max(meanwhile, 1))),
            (ROLL_CHANGED, partial(self._change_roll, FULL_ROLL)),
            *((visitor.comes_at, partial(self._take, visitor)) for visitor in visitors),
        ]
        if pictures is not None:
            deeds += [(when, partial(self._picture, stage, name)) for when, name in PICTURES]
        self._slips.refill(FULL_ROLL)
        for when, deed in sorted(deeds, key=lambda each: each[0]):
            go_on_until(self._clock, when)
            deed()
        go_on_until(self._clock, CLOSES)
        self._station.stop()
        self._devices.stop()

    def _take(self, visitor: Visitor) -> None:
        try:
            if visitor.booked and visitor.card:
                self._taking.check_in(visitor.card)
            else:
                channel = "card" if visitor.card else "kiosk"
                self._taking.issue(
                    visitor.matter,
                    channel=channel,
                    priority=visitor.priority,
                    card=visitor.card,
                    further=visitor.further,
                )
        except (Refused, Missing) as refusal:
            self.lived.met(refusal)
            self._send_to_desk(visitor)
        else:
            self.lived.did("check_in" if visitor.booked else "issue")

    def _send_to_desk(self, visitor: Visitor) -> None:
        """On a computer that is busy the guide may have gone home before the last of them comes."""
        try:
            self._desk.send(visitor)
        except ConnectionError:
            self.lived.did("nobody_at_desk")

    def _paper_runs_out(self) -> None:
        self._devices.printer.change(PrinterCondition(paper_out=True))
        self.lived.did("paper_out")

    def _change_roll(self, pieces: int) -> None:
        """The guide puts a roll in and says so."""
        self._devices.printer.change(READY)
        self._slips.refill(pieces)
        self.lived.did("refill")

    def _picture(self, stage: Stage, name: str) -> None:
        """The kiosk as it looks now."""
        kiosk = self._program.open_kiosk()
        kiosk.resize(1080, 1920)
        stage.until("取号机显示办理类别", lambda: bool(kiosk.departments.keys))
        stage.picture(kiosk, name)
        kiosk.close()
        kiosk.deleteLater()
