"""Pages to a page printer: a PDF handed unchanged to a CUPS queue, or kept in a folder where none is attached."""

import os
import subprocess
import tempfile
from pathlib import Path

from hall.errors import Unavailable

QUEUE_SECONDS = 20.0


class PagePrinterUnavailable(Unavailable):
    """No page has left the computer."""

    def __init__(self, printer: str, what: str) -> None:
        super().__init__(f"打印机 {printer} {what}。请检查打印机和打印队列，稍后会再试。")


def print_pages(pdf: bytes, *, queue: str, folder: Path, title: str, copies: int = 1) -> None:
    """Hand the PDF to the queue, or write it into the folder; raises PagePrinterUnavailable before anything left.

    `title` names the job and the file: a document number, never personal data. A folder keeps one file, whatever
    the number of copies.
    """
    if queue:
        _to_queue(pdf, queue, title, copies)
    else:
        _to_folder(pdf, folder, title)


def _to_queue(pdf: bytes, queue: str, title: str, copies: int) -> None:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        try:
            subprocess.run(
                ["lp", "-d", queue, "-t", title, "-n", str(copies), "-o", "media=A4", file.name],
                check=True,
                capture_output=True,
                timeout=QUEUE_SECONDS,
            )
        except FileNotFoundError as error:
            raise PagePrinterUnavailable(queue, "用不了：本机没有安装打印系统（CUPS）") from error
        except subprocess.TimeoutExpired as error:
            raise PagePrinterUnavailable(queue, "没有应答") from error
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip()
            raise PagePrinterUnavailable(queue, f"没有接收任务（{reason}）") from error


def _to_folder(pdf: bytes, folder: Path, title: str) -> None:
    """Whole or not at all: written beside and renamed."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the pages name people
        descriptor, part = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
        Path(part).replace(folder / f"{title}.pdf")
    except OSError as error:
        raise PagePrinterUnavailable(str(folder), f"写不进文件夹（{error.strerror}）") from error
