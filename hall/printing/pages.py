"""The station's printer of pages: a print queue, or a folder that keeps the PDFs where no printer is attached."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hall.errors import cause_of
from hall.printing.queues import JobNews, PageJob, PagePrinter, PagePrinterUnavailable, QueuePrinter, print_system
from hall.settings import PagePrinterSettings


def page_printer(settings: PagePrinterSettings, *, home: Path) -> PagePrinter:
    """What the settings name; `printed` in the home folder where they name nothing."""
    if settings.queue:
        return QueuePrinter(print_system(), settings.queue)
    return PagesFolder(Path(settings.folder) if settings.folder else home / "printed")


@dataclass(frozen=True, slots=True)
class PagesFolder:
    """A folder as a printer: one file for a job, whatever the number of copies, whole or not at all."""

    folder: Path

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.folder)

    def submit(self, pdf: bytes, job: PageJob) -> str:
        """As PagePrinter.submit; the file is named for the paper alone, and its name is the job's number."""
        name = f"{job.title.rpartition(' #')[0] or job.title}.pdf"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the pages name people
            descriptor, part = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(descriptor, "wb") as file:
                file.write(pdf)
            Path(part).replace(self.folder / name)
        except OSError as error:
            raise PagePrinterUnavailable(self.name, f"写不进文件夹（{cause_of(error)}）") from error
        return name

    def state(self, *, spool_id: str, handle: str) -> JobNews:
        """As PagePrinter.state; what was broken off has no number and left no file of which anybody knows."""
        kept = bool(handle) and (self.folder / handle).exists()
        return JobNews("done", handle=handle) if kept else JobNews("gone")
