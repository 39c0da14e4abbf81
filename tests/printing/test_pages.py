"""Pages without a printer: PDFs in a folder."""

import os
from pathlib import Path

import pytest

from hall.printing.pages import PagesFolder, page_printer
from hall.printing.queues import PageJob, PagePrinterUnavailable
from hall.settings import PagePrinterSettings

JOB = PageJob("莲城管许受〔2026〕1号 #51b3", copies=2)


def test_only_their_owner_reads_pages_kept_in_a_folder(tmp_path: Path) -> None:
    """They name the applicant; the umask of a computer as installed would let everybody read them."""
    folder = tmp_path / "printed"
    before = os.umask(0o022)
    try:
        PagesFolder(folder).submit(b"%PDF-", JOB)
    finally:
        os.umask(before)
    kept = folder / "莲城管许受〔2026〕1号.pdf"
    assert kept.read_bytes() == b"%PDF-"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_takes_no_pages_is_a_printer_that_waits(tmp_path: Path) -> None:
    in_the_way = tmp_path / "printed"
    in_the_way.write_text("")
    with pytest.raises(PagePrinterUnavailable, match="写不进文件夹"):
        PagesFolder(in_the_way).submit(b"%PDF-", JOB)


def test_a_file_that_was_kept_is_found_again_and_one_that_nobody_knows_of_is_not(tmp_path: Path) -> None:
    folder = PagesFolder(tmp_path)
    handle = folder.submit(b"%PDF-", JOB)
    assert folder.state(spool_id="51b3", handle=handle).state == "done"
    assert folder.state(spool_id="51b3", handle="").state == "gone"
    (tmp_path / handle).unlink()
    assert folder.state(spool_id="51b3", handle=handle).state == "gone"


def test_without_a_queue_the_pages_are_kept_where_the_settings_say_or_at_home(tmp_path: Path) -> None:
    assert page_printer(PagePrinterSettings(), home=tmp_path).name == str(tmp_path / "printed")
    assert page_printer(PagePrinterSettings(folder="/srv/pages"), home=tmp_path).name == "/srv/pages"
    assert page_printer(PagePrinterSettings(queue="HP", folder="/srv/pages"), home=tmp_path).name == "HP"
