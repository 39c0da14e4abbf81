"""What the doctor says of print queues, with a real CUPS."""

from pathlib import Path

import pytest

from hall.app.doctor.finding import Finding
from hall.app.doctor.print_queues import check_page_printer, check_queue, page_printer_checks
from hall.settings import PagePrinterSettings, TraySettings
from tests.printing.private_cups import PAGES, SLIPS, PrivateCups


def checked(home: Path, trays: TraySettings | None = None, queue: str = PAGES) -> Finding:
    return check_page_printer("打印机", queue, PagePrinterSettings(queue, trays=trays or TraySettings()), home)


def test_a_queue_that_takes_jobs_is_well_and_its_trays_are_listed(printing: PrivateCups, home: Path) -> None:
    found = checked(home)
    assert found.verdict == "ok"
    assert (
        found.words
        == "打印队列 pages 接收任务，它的纸盒是：Tray1、Tray2；普通纸、证件纸、预印的票据和决定书用默认纸盒。"
    )


def test_a_tray_that_the_printer_does_not_have_is_named_with_those_it_has(printing: PrivateCups, home: Path) -> None:
    found = checked(home, TraySettings(plain="Tray1", certificate="Tray9"))
    assert found.verdict == "warning"
    assert "“Tray9”（证件纸）" in found.words
    assert "Tray1、Tray2" in found.advice
    assert checked(home, TraySettings(form="Tray1"), queue=SLIPS).verdict == "warning"


def test_a_disabled_queue_and_one_that_takes_no_jobs_are_faults(printing: PrivateCups, home: Path) -> None:
    printing.administrator().disablePrinter(PAGES)
    assert (checked(home).status, "cupsenable pages" in checked(home).advice) == (3, False)
    assert "cupsenable pages" in checked(home).words
    printing.administrator().enablePrinter(PAGES)
    printing.administrator().rejectJobs(PAGES)
    assert "cupsaccept pages" in checked(home).words


def test_a_queue_that_nobody_knows_and_a_missing_print_system_are_faults(printing: PrivateCups, home: Path) -> None:
    assert checked(home, queue="nowhere").words == "打印机 nowhere 不存在：打印系统里没有这个队列。"
    assert check_queue("小票打印机", SLIPS).verdict == "ok"
    printing.kill()
    assert check_queue("小票打印机", SLIPS).verdict == "fault"


@pytest.mark.parametrize(
    ("settings", "devices"),
    [
        (PagePrinterSettings(), {"打印机": "absent"}),
        (PagePrinterSettings(failover=SLIPS), {"打印机": "absent"}),
        (PagePrinterSettings(PAGES, failover=SLIPS), {"打印机": "ok", "备用打印机": "ok"}),
    ],
)
def test_the_spare_queue_is_looked_at_where_there_is_one(
    printing: PrivateCups, home: Path, settings: PagePrinterSettings, devices: dict[str, str]
) -> None:
    found = [check() for check in page_printer_checks(settings, home)]
    assert {finding.check: finding.verdict for finding in found} == devices
