"""时限看板 for the screens: the services with store and actor bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.services import assigning, board, board_choices, bulk_prints, saved_filters, tables_export
from hall.services.assigning import Assigned, Officer
from hall.services.board import BoardPage, BoardView, MyWork, OnTime
from hall.services.board_choices import Choices
from hall.services.board_rows import START, Place
from hall.services.board_terms import BoardDay, Terms
from hall.services.bulk_prints import PapersToPrint
from hall.services.saved_filters import SavedTerms
from hall.services.tables_export import SheetTable
from hall.store import Store


@dataclass(frozen=True, slots=True)
class BoardFront:
    """Every method is one use case."""

    store: Store
    actor: Actor

    def view(self) -> BoardView:
        """How all open cases stand, and the most urgent ones."""
        return board.board_view(self.store, self.actor)

    def page(
        self,
        terms: Terms,
        day: BoardDay,
        start: Place = START,
        *,
        backwards: bool = False,
        most: int = board.PAGE,
        counted: bool = False,
    ) -> BoardPage:
        """The next cases of a list behind a place, or before it."""
        return board.board_page(
            self.store,
            self.actor,
            terms=terms,
            day=day,
            start=start,
            backwards=backwards,
            most=most,
            counted=counted,
        )

    def my_work(self, day: BoardDay) -> MyWork:
        """What the actor has in hand."""
        return board.my_work(self.store, self.actor, day=day)

    def on_time(self) -> OnTime:
        """按时办结率 of this month so far."""
        return board.on_time(self.store, self.actor)

    def choices(self) -> Choices:
        """What a filter can ask for."""
        return board_choices.choices(self.store, self.actor)

    def saved_filters(self) -> tuple[SavedTerms, ...]:
        """The actor's own filters, by name."""
        return saved_filters.saved_filters(self.store, self.actor)

    def save_filter(self, name: str, terms: Terms) -> None:
        """Keep a filter under a name; the same name replaces it."""
        saved_filters.save_filter(self.store, self.actor, name=name, terms=terms)

    def drop_filter(self, name: str) -> None:
        """Forget a filter."""
        saved_filters.drop_filter(self.store, self.actor, name=name)

    def officers(self, case_id: int) -> tuple[Officer, ...]:
        """Whom a case could be given to."""
        return assigning.officers(self.store, self.actor, case_id=case_id)

    def assign(self, case_ids: tuple[int, ...], account_id: int, reason: str) -> tuple[Assigned, ...]:
        """批量转派; what was refused is told case by case."""
        return assigning.assign_all(self.store, self.actor, case_ids=case_ids, account_id=account_id, reason=reason)

    def papers(self, case_ids: tuple[int, ...], kind: str) -> PapersToPrint:
        """The documents of a kind that the cases have: what a run prints (批量补打)."""
        return bulk_prints.papers_of_cases(self.store, self.actor, case_ids=case_ids, kind=kind)

    def print_one(self, document_id: int, reason: str) -> bool:
        """One document of a run; False where it was printed today for the same reason."""
        return bulk_prints.print_one(self.store, self.actor, document_id=document_id, reason=reason)

    def export(self, path: Path, tables: Sequence[SheetTable]) -> Path:
        """Write lists to a file; gives its path."""
        tables_export.write_tables(path, tables)
        return path
