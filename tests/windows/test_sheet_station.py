"""A station decides by its printers what its numbers are printed on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hall.app.station import Station
from hall.rules.people import Actor
from hall.settings import PagePrinterSettings, Settings, SlipPrinterSettings, StationSettings
from hall.store import Store


@pytest.mark.usefixtures("store", "qapp")
@pytest.mark.parametrize(
    ("slip", "queue", "prints"),
    [
        ("", "documents", (False, True)),
        ("/dev/usb/lp0", "documents", (True, False)),
        ("", "", (False, False)),
    ],
)
def test_numbers_come_out_of_the_page_printer_where_there_is_no_slip_printer(
    open_store: Callable[..., Store],
    sqlite_url: str,
    home: Path,
    actor: Actor,
    *,
    slip: str,
    queue: str,
    prints: tuple[bool, bool],
) -> None:
    settings = Settings(
        home=home,
        mode="development",
        station=StationSettings(name="取号机"),
        slip_printer=SlipPrinterSettings(port=slip),
        page_printer=PagePrinterSettings(queue=queue),
    )
    station = Station(settings, open_store(sqlite_url, station="取号机"))
    try:
        front = station.front(actor)
        assert (front.slip, front.sheets) == prints
        assert (front.taking.sheets == home) == front.sheets
    finally:
        station.stop()
