"""What one actor can do with a case after its decision: serve, finish, withdraw, terminate, reopen, archive."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.closing import EndLimb
from hall.rules.people import Actor
from hall.services import archiving, closing, reopening, service_reading, serving_papers
from hall.services.archiving import Archived, DossierLook, DossierView
from hall.services.closing import EndedCase
from hall.services.reopening import Reopened
from hall.services.service_reading import PaperToServe, UnderWay
from hall.services.serving_papers import Served, Service
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ClosingFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def papers(self, case_id: int) -> tuple[PaperToServe, ...]:
        """The papers of a case that its applicant has to get, with every attempt."""
        return service_reading.papers_of(self.store, self.actor, case_id=case_id)

    def under_way(self, *, overdue_only: bool = False) -> tuple[UnderWay, ...]:
        """All papers that are on their way."""
        return service_reading.under_way(self.store, self.actor, overdue_only=overdue_only)

    def capacities(self) -> tuple[str, ...]:
        """Who may take a paper for its addressee."""
        return service_reading.capacities(self.store, self.actor, home=self.home)

    def serve(self, case_id: int, document_ids: tuple[int, ...], service: Service) -> Served:
        """送达, or send off."""
        return serving_papers.serve(
            self.store, self.actor, case_id=case_id, document_ids=document_ids, service=service, home=self.home
        )

    def arrived(self, case_id: int, document_ids: tuple[int, ...], service: Service) -> Served:
        """登记送达 of what was under way."""
        return serving_papers.arrived(
            self.store, self.actor, case_id=case_id, document_ids=document_ids, service=service, home=self.home
        )

    def failed(self, case_id: int, document_ids: tuple[int, ...], failed_on: date, failure: str) -> None:
        """登记送达失败."""
        serving_papers.failed(
            self.store, self.actor, case_id=case_id, document_ids=document_ids, failed_on=failed_on, failure=failure
        )

    def tell(self, case_id: int, told_on: date, note: str) -> None:
        """通知领取."""
        serving_papers.tell(self.store, self.actor, case_id=case_id, told_on=told_on, note=note, home=self.home)

    def finish(self, case_id: int) -> None:
        """办结."""
        closing.finish(self.store, self.actor, case_id=case_id)

    def withdraw(self, case_id: int, reason: str, *, returned: str | None = None) -> EndedCase:
        """撤回申请."""
        return closing.withdraw(
            self.store, self.actor, case_id=case_id, reason=reason, returned=returned, home=self.home
        )

    def end_limbs(self) -> tuple[EndLimb, ...]:
        """The limbs of 终止."""
        return closing.end_limbs(self.store, self.actor, home=self.home)

    def terminate(self, case_id: int, limb: str, reason: str, *, returned: str | None = None) -> EndedCase:
        """终止办理."""
        return closing.terminate(
            self.store, self.actor, case_id=case_id, limb=limb, reason=reason, returned=returned, home=self.home
        )

    def reopen(self, case_id: int, reason: str) -> Reopened:
        """重开."""
        return reopening.reopen(self.store, self.actor, case_id=case_id, reason=reason)

    def dossier_look(self, case_id: int) -> DossierLook:
        """What archiving would file, and what is missing."""
        return archiving.look(self.store, self.actor, case_id=case_id, home=self.home)

    def archive(self, case_id: int, pages: archiving.Pages = archiving.NO_PAGES) -> Archived:
        """归档."""
        return archiving.archive(self.store, self.actor, case_id=case_id, home=self.home, pages=pages)

    def add_volume(self, case_id: int, pages: archiving.Pages = archiving.NO_PAGES) -> Archived:
        """补充立卷."""
        return archiving.add_volume(self.store, self.actor, case_id=case_id, home=self.home, pages=pages)

    def dossiers(self, case_id: int) -> tuple[DossierView, ...]:
        """The volumes of a case."""
        return archiving.dossiers_of(self.store, self.actor, case_id=case_id)
