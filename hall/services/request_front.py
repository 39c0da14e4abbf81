"""What one actor can do with requests (诉求): the services with store, actor and home bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.files import Purpose
from hall.rules.people import Actor
from hall.services import (
    call_backs,
    case_files,
    dispatching,
    request_counts,
    request_exchange,
    request_reading,
    request_replies,
    requests,
    responsibility_import,
    subject_files,
)
from hall.services.call_backs import CallBackMade
from hall.services.case_files import FileContent
from hall.services.dispatch_units import Suggested
from hall.services.dispatching import Feedback
from hall.services.issuing import Issued
from hall.services.request_counts import RequestRates
from hall.services.request_exchange import RequestsImported
from hall.services.request_matters import SameMatter
from hall.services.request_reading import Listed, RequestChoices, RequestView, ResponsibilityRow
from hall.services.request_replies import Answer
from hall.services.request_rows import RequestRow
from hall.services.requests import NewRequest, Registered
from hall.services.responsibility_import import ResponsibilitiesImported
from hall.services.subject_files import NewSubjectFile
from hall.services.subject_records import Subject
from hall.services.tables_export import SheetTable
from hall.store import Store


@dataclass(frozen=True, slots=True)
class RequestFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def choices(self) -> RequestChoices:
        """What an intake form and a dispatcher choose from: categories, areas, units, staff."""
        return request_reading.choices(self.store, self.actor, home=self.home)

    def same_matter(self, new: NewRequest) -> tuple[SameMatter, ...]:
        """What is already there of this matter, shown beside the form; nothing is written."""
        return request_reading.same_matter(self.store, self.actor, new=new, home=self.home)

    def register(self, new: NewRequest) -> Registered:
        """登记诉求 and print its 受理单; raises SameMatterOpen until it is joined or said why it is another."""
        return requests.register(self.store, self.actor, new=new, home=self.home)

    def join(self, request_id: int, to: int) -> None:
        """并案: answered with the other request, never dispatched."""
        requests.join(self.store, self.actor, request_id=request_id, to=to)

    def listed(self, listed: Listed = "open", text: str = "") -> tuple[RequestRow, ...]:
        """One of the lists of requests, the most pressing first; `text`: number, outside number, subject, place."""
        return request_reading.requests(self.store, self.actor, listed=listed, text=text, home=self.home)

    def one(self, request_id: int) -> RequestView:
        """One request whole, with its dispatches, files, call-backs and history."""
        return request_reading.request_of(self.store, self.actor, request_id=request_id, home=self.home)

    def numbered(self, number: str) -> int:
        """The key of the request with this number, or of another system's number."""
        return request_reading.request_numbered(self.store, self.actor, number=number)

    def suggest(self, category: str, area: str = "", grid_code: str = "") -> Suggested | None:
        """Which unit answers by the map; None where no line of it fits."""
        return request_reading.suggest(
            self.store, self.actor, category=category, area=area, grid_code=grid_code, home=self.home
        )

    def responsibilities(self) -> tuple[ResponsibilityRow, ...]:
        """The map in force today."""
        return request_reading.responsibilities(self.store, self.actor, home=self.home)

    def dispatch(self, request_id: int, unit_id: int | None = None, *, why_unit: str = "", order: str = "") -> Issued:
        """派单 and print the 派单单; without a unit to that of the map, else with the reason for another."""
        return dispatching.dispatch(
            self.store,
            self.actor,
            request_id=request_id,
            unit_id=unit_id,
            why_unit=why_unit,
            order=order,
            home=self.home,
        )

    def take(self, request_id: int) -> None:
        """接单."""
        dispatching.take(self.store, self.actor, request_id=request_id)

    def return_(self, request_id: int, why: str) -> None:
        """退单 with a reason: it waits for the dispatcher again."""
        dispatching.return_dispatch(self.store, self.actor, request_id=request_id, why=why)

    def recall(self, request_id: int, why: str) -> None:
        """收回重派 by the manager, after the unit's own time to give it back."""
        dispatching.recall(self.store, self.actor, request_id=request_id, why=why)

    def feed_back(self, request_id: int, feedback: Feedback) -> None:
        """反馈."""
        dispatching.feed_back(self.store, self.actor, request_id=request_id, feedback=feedback)

    def send_back(self, request_id: int, why: str) -> None:
        """退回补办: the feedback is not enough."""
        dispatching.send_back(self.store, self.actor, request_id=request_id, why=why)

    def accept(self, request_id: int) -> None:
        """审核通过: from here on it can be answered."""
        dispatching.accept(self.store, self.actor, request_id=request_id)

    def tell(self, request_id: int, how: str) -> None:
        """告知受理 of one that did not come over the counter."""
        request_replies.tell(self.store, self.actor, request_id=request_id, how=how)

    def reply(self, request_id: int, answer: Answer) -> tuple[Issued, ...]:
        """答复办结, with all that are joined to it; the 答复单 of each who can be answered."""
        return request_replies.reply(self.store, self.actor, request_id=request_id, answer=answer, home=self.home)

    def extend(self, request_id: int, days: int, why: str) -> date:
        """批准延期, once and before the end; gives the new last day."""
        return request_replies.extend(self.store, self.actor, request_id=request_id, days=days, why=why)

    def refuse(self, request_id: int, why: str) -> Issued | None:
        """不予受理."""
        return request_replies.refuse(self.store, self.actor, request_id=request_id, why=why, home=self.home)

    def redirect(self, request_id: int, to: str, why: str) -> Issued | None:
        """转介 to who is competent."""
        return request_replies.redirect(self.store, self.actor, request_id=request_id, to=to, why=why, home=self.home)

    def withdraw(self, request_id: int, why: str) -> None:
        """登记撤回."""
        request_replies.withdraw(self.store, self.actor, request_id=request_id, why=why)

    def call_back(self, request_id: int, made: CallBackMade) -> None:
        """登记回访."""
        self.call_back_about("request", request_id, made)

    def call_back_about(self, subject: Subject, subject_id: int, made: CallBackMade) -> None:
        """登记回访 about a request or a case."""
        call_backs.call_back(self.store, self.actor, subject=subject, subject_id=subject_id, made=made)

    def rates(self, first: date, last: date) -> RequestRates:
        """Counts, rates and 721 of what came in these days."""
        return request_counts.rates(self.store, self.actor, first=first, last=last, home=self.home)

    def add_file(self, request_id: int, path: Path, *, title: str, purpose: Purpose = "photo") -> int:
        """存入照片、录音、扫描件."""
        content = case_files.bytes_of(path, home=self.home, store=self.store)
        file = NewSubjectFile(title, purpose, content)
        return subject_files.add_subject_file(
            self.store, self.actor, subject="request", subject_id=request_id, file=file, home=self.home
        )

    def file_from(self, path: Path, *, title: str, purpose: Purpose = "photo") -> NewSubjectFile:
        """A file of this computer, to hand in with a new request."""
        return NewSubjectFile(title, purpose, case_files.bytes_of(path, home=self.home, store=self.store))

    def file(self, file_id: int) -> FileContent:
        """What is in a file."""
        return subject_files.read_subject_file(self.store, self.actor, file_id=file_id)

    def void_file(self, file_id: int, reason: str) -> None:
        """作废文件."""
        subject_files.void_subject_file(self.store, self.actor, file_id=file_id, reason=reason)

    def import_requests(self, path: Path) -> RequestsImported:
        """导入 what 12345 or the grid system sent: a CSV file, its photos in the same folder."""
        content = case_files.bytes_of(path, home=self.home, store=self.store)
        return request_exchange.import_requests(
            self.store, self.actor, content=content, folder=path.parent, home=self.home
        )

    def import_responsibilities(self, path: Path) -> ResponsibilitiesImported:
        """导入责任区 (事项—区域—单位)."""
        content = case_files.bytes_of(path, home=self.home, store=self.store)
        return responsibility_import.import_responsibilities(self.store, self.actor, content=content, home=self.home)

    def return_receipts(self, first: date, last: date) -> SheetTable:
        """回执: what became of the requests of other systems that moved in these days, for export."""
        return request_exchange.return_receipts(self.store, self.actor, first=first, last=last)
