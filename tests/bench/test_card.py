"""`hall bench card` made small: the driver beside the bare line, and a driver that dawdles is told."""

import time

import pytest

from hall.bench import card
from hall.devices.idcard import CardReader


def test_a_reading_is_measured_beside_the_bare_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "READS", {115200: 2})
    (measured,) = card.measure()
    assert measured.line["case"] == "115200 baud"
    assert float(str(measured.line["reference"])) > 100  # 1,456 bytes at 11,520 a second
    assert float(str(measured.line["ratio"])) < 2


def test_a_driver_that_dawdles_breaks_the_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    def dawdle(reader: CardReader) -> None:
        time.sleep(0.2)
        read(reader)

    read = card._read
    monkeypatch.setattr(card, "_read", dawdle)
    monkeypatch.setattr(card, "READS", {115200: 1})
    (measured,) = card.measure()
    assert not measured.good
