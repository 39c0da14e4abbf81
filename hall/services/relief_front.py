"""What one actor can do about relief: the services with store and actor bound, for the screens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.files import Purpose
from hall.rules.people import Actor
from hall.rules.relief import Balance
from hall.services import relief, relief_books, relief_files, relief_reading, relief_showing
from hall.services.case_files import FileContent
from hall.services.issuing import Issued
from hall.services.relief import Applied, CharityVote, NewRelief, Visit
from hall.services.relief_books import Gift
from hall.services.relief_reading import Listed, PostingRow, ReliefRow
from hall.services.subject_files import numbered_files
from hall.services.subject_records import Happened
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ReliefFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def listed(self, listed: Listed = "open", text: str = "") -> tuple[ReliefRow, ...]:
        """Applications."""
        return relief_reading.applications(self.store, self.actor, listed=listed, text=text)

    def history(self, application_id: int) -> tuple[Happened, ...]:
        """Everything that happened to an application."""
        return relief_reading.application_history(self.store, self.actor, application_id=application_id)

    def postings(self) -> tuple[PostingRow, ...]:
        """The books, the newest posting first."""
        return relief_reading.postings(self.store, self.actor)

    def balance(self) -> Balance:
        """What the fund has now."""
        return relief_reading.balance(self.store, self.actor)

    def visitors(self) -> Mapping[int, str]:
        """Who may go along on a visit."""
        return relief_reading.visitors(self.store, self.actor)

    def income_figure(self) -> tuple[int, str]:
        """The figure of income a head today in fen, and its source."""
        return relief_reading.income_figure(self.store, self.actor, home=self.home)

    def apply(self, new: NewRelief) -> Applied:
        """登记救助申请."""
        return relief.apply(self.store, self.actor, new=new, home=self.home)

    def visit(self, application_id: int, found: Visit) -> bool:
        """登记入户核查."""
        return relief.visit(self.store, self.actor, application_id=application_id, found=found, home=self.home)

    def opine(self, application_id: int, opinion: str, *, recommended: bool) -> None:
        """出具意见."""
        relief.opine(self.store, self.actor, application_id=application_id, recommended=recommended, opinion=opinion)

    def vote(self, application_id: int, held: CharityVote) -> Issued:
        """登记慈善组织表决."""
        return relief.vote(self.store, self.actor, application_id=application_id, held=held, home=self.home)

    def show(self, application_ids: Sequence[int], where: str) -> Issued:
        """公示."""
        return relief_showing.show(self.store, self.actor, application_ids=application_ids, where=where, home=self.home)

    def object_to(self, application_id: int, objection: str) -> None:
        """登记异议."""
        relief_showing.object_to(self.store, self.actor, application_id=application_id, objection=objection)

    def answer(self, application_id: int, reply: str, *, upheld: bool) -> None:
        """答复异议."""
        relief_showing.answer(self.store, self.actor, application_id=application_id, upheld=upheld, reply=reply)

    def give(self, application_id: int, reference: str) -> Issued:
        """发放."""
        return relief.give(self.store, self.actor, application_id=application_id, reference=reference, home=self.home)

    def withdraw(self, application_id: int, reason: str) -> None:
        """撤回申请."""
        relief.withdraw(self.store, self.actor, application_id=application_id, reason=reason)

    def keep_files(self, application_id: int, paths: Sequence[Path], *, title: str, purpose: Purpose) -> int:
        """存材料 from files of this computer; gives how many the application has now."""
        files = numbered_files(paths, title=title, purpose=purpose, home=self.home, store=self.store)
        return relief_files.keep(self.store, self.actor, application_id=application_id, files=files, home=self.home)

    def look(self, application_id: int) -> tuple[FileContent, ...]:
        """看材料."""
        return relief_files.look(self.store, self.actor, application_id=application_id)

    def void_file(self, application_id: int, file_id: int, reason: str) -> None:
        """作废材料."""
        relief_files.void(self.store, self.actor, application_id=application_id, file_id=file_id, reason=reason)

    def donate(self, gift: Gift) -> int:
        """登记捐赠."""
        return relief_books.donate(self.store, self.actor, gift=gift)

    def buy(self, cost_fen: int, goods: str, *, reference: str, day: date) -> int:
        """登记购置物资."""
        return relief_books.buy(self.store, self.actor, cost_fen=cost_fen, goods=goods, reference=reference, day=day)

    def take_back(self, posting_id: int, fen: int, *, reason: str, reference: str) -> int:
        """登记退回."""
        return relief_books.take_back(
            self.store, self.actor, posting_id=posting_id, fen=fen, reason=reason, reference=reference
        )

    def reverse(self, posting_id: int, reason: str) -> int:
        """冲正."""
        return relief_books.reverse(self.store, self.actor, posting_id=posting_id, reason=reason)
