"""What the Windows spooler says, as it is read; nothing here has seen a real one."""

import pytest

from hall.printing.queues import JobNews, Trouble
from hall.printing.windows_queues import read_jobs, read_printer

OURS = "5b01aa00c44e4a6f9d7e5c4f0a3b2d10"


def listed(status: int, *, document: str = f"受理通知书 1号 #{OURS}") -> dict[str, object]:
    return {"JobId": 12, "pDocument": document, "Status": status}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (0, JobNews("waiting", "", "12")),
        (0x10, JobNews("printing", "", "12")),
        (0x10 | 0x40, JobNews("printing", "paper_out", "12")),
        (0x20, JobNews("waiting", "offline", "12")),
        (0x2 | 0x10, JobNews("printing", "fault", "12")),
        (0x1, JobNews("held", "held", "12")),
        (0x10 | 0x80, JobNews("done", "", "12")),
        (0x1000, JobNews("done", "", "12")),
        (0x4 | 0x10, JobNews("cancelled", "", "12")),
    ],
)
def test_a_job_is_read_by_its_bits(status: int, expected: JobNews) -> None:
    assert read_jobs([listed(0x2, document="别的 #00"), listed(status)], spool_id=OURS, handle="12") == expected


def test_a_job_that_had_a_number_and_is_not_listed_any_more_is_done() -> None:
    others = [listed(0, document="别的 #77")]
    assert read_jobs(others, spool_id=OURS, handle="12") == JobNews("done", handle="12")


def test_a_job_that_broke_off_and_is_not_listed_is_not_called_done() -> None:
    assert read_jobs([], spool_id=OURS, handle="") == JobNews("gone")


@pytest.mark.parametrize(
    ("status", "attributes", "trouble"),
    [
        (0, 0, ""),
        (0x10, 0, "paper_out"),
        (0x400000 | 0x10, 0, "cover_open"),
        (0x8, 0, "jam"),
        (0x40000, 0, "toner_out"),
        (0x80, 0, "offline"),
        (0, 0x400, "offline"),
        (0x1, 0, "paused"),
        (0x400, 0, ""),
    ],
)
def test_a_printer_is_read_by_its_bits(status: int, attributes: int, trouble: Trouble) -> None:
    assert read_printer(status, attributes=attributes) == trouble
