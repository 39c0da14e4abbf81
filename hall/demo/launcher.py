"""The demo to try by hand: the launcher on demo data, simulated devices, and a panel that plays the walk-in's hand."""

from pathlib import Path

from PySide6.QtCore import QPoint

from hall.app.ending import ends_on_signals
from hall.app.log import start_log
from hall.app.program import Program
from hall.app.station import Station
from hall.demo.devices import DemoDevices
from hall.demo.house import COUNTERS, PASSWORD, STAFF, build_house
from hall.demo.panel import DemoPanel
from hall.rules.authority import ADMINISTRATOR, DISPLAY
from hall.services.accounts import FIRST_LOGIN
from hall.windows.kit.application import create_application
from hall.windows.kit.tokens import BASE
from hall.words import ROLES

STATION = "演示工作站"


def open_demo(folder: Path) -> int:
    """Open launcher and panel until the last window closes."""
    application = create_application(["hall"])
    house = build_house(folder)
    start_log(house.settings)
    devices = DemoDevices(folder, mode=house.settings.mode)
    devices.start()
    settings = devices.attached_to(house.station_settings(STATION, loudspeaker=True))
    station = Station(settings, house.open_store(STATION), loudspeaker=devices.loudspeaker)
    try:
        station.start()
        program = Program(application, station, station.station_front(DISPLAY).hall())
        chooser = program.choose()
        logins = [f"{login}　{name}（{ROLES[roles[0]]}）" for login, (name, roles, _) in STAFF.items()]
        logins.append(f"{FIRST_LOGIN}　{ROLES[ADMINISTRATOR]}")
        words = "\n".join((f"演示数据：{COUNTERS} 个窗口。账号：", *logins, f"密码都是 {PASSWORD}"))
        panel = DemoPanel({STATION: devices}, words=words)
        panel.move(chooser.frameGeometry().topRight() + QPoint(BASE, 0))
        panel.show()
        print(f"{words}\n关掉所有窗口即结束。", flush=True)
        with ends_on_signals(application):
            return application.exec()
    finally:
        station.stop()
        devices.stop()
