"""Pages without a printer: PDFs in a folder."""

import os
from pathlib import Path

import pytest

from hall.printing.pages import PagePrinterUnavailable, print_pages


def test_only_their_owner_reads_pages_kept_in_a_folder(tmp_path: Path) -> None:
    """They name the applicant; the umask of a computer as installed would let everybody read them."""
    folder = tmp_path / "printed"
    before = os.umask(0o022)
    try:
        print_pages(b"%PDF-", queue="", folder=folder, title="莲城管许受〔2026〕1号")
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
        print_pages(b"%PDF-", queue="", folder=in_the_way, title="1")


def test_a_queue_gets_as_many_copies_as_the_document_wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "lp"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    print_pages(b"%PDF-", queue="office", folder=tmp_path, title="1号", copies=2)
    assert (tmp_path / "told").read_text(encoding="utf-8").startswith("-d office -t 1号 -n 2 -o media=A4 ")
