"""What one actor can do with the files of a case: the services with store, actor and home bound, for the screens."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.files import Purpose
from hall.rules.people import Actor
from hall.services import case_files
from hall.services.case_files import FileContent, FileView, NewFile
from hall.store import Store


@dataclass(frozen=True, slots=True)
class FileFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def files(self, case_id: int) -> tuple[FileView, ...]:
        """The files of a case, also those that were voided."""
        return case_files.files_of(self.store, self.actor, case_id=case_id)

    def add(self, case_id: int, file: NewFile) -> int:
        """存入 a scan or a photo."""
        return case_files.add_file(self.store, self.actor, case_id=case_id, file=file, home=self.home)

    def add_from(self, case_id: int, path: Path, *, title: str, purpose: Purpose, material: int | None = None) -> int:
        """存入 a file from this computer's disk."""
        content = case_files.bytes_of(path, home=self.home, store=self.store)
        return self.add(case_id, NewFile(title, purpose, content, material))

    def read(self, file_id: int) -> FileContent:
        """A file's content; the look is audited."""
        return case_files.read_file(self.store, self.actor, file_id=file_id)

    def void(self, file_id: int, reason: str) -> None:
        """作废 a file."""
        case_files.void_file(self.store, self.actor, file_id=file_id, reason=reason)
