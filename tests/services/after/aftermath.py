"""The bureau of the review, with what comes after its decisions: files, certificates, service, ends, dossiers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from hall.rules.cards import Card
from hall.rules.catalogue import MaterialRule
from hall.rules.intake import SupplementLine
from hall.services.certificate_front import CertificateFront
from hall.services.certifying import Certified, Terms
from hall.services.clock_front import ClockFront
from hall.services.closing_front import ClosingFront
from hall.services.deciding import Decision
from hall.services.file_front import FileFront
from hall.services.intake_front import IntakeFront
from hall.services.serving_papers import Served, Service
from hall.services.suspending import SuspensionRequest
from hall.store.schema.certificates import Certificate, ServiceRecord
from hall.store.schema.clocks import CasePause
from hall.store.schema.documents import Document
from hall.store.schema.permits import PermitCase
from tests.services.review.bureau import DENIAL, FOREIGN_BASE, GRANT, Bureau

MATERIALS = (MaterialRule(1, "申请表"), MaterialRule(2, "平面图", secondary=True))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


@dataclass
class Aftermath(Bureau):
    """A bureau whose cases go on after the decision. `holder` applies next; else ever new people do."""

    holder: Card | None = None
    last: Card | None = None

    def closing(self, login: str = "clerk") -> ClosingFront:
        """What somebody can do with a case after its decision."""
        return ClosingFront(self.store, self.people[login], self.home)

    def certificates(self, login: str = "clerk") -> CertificateFront:
        """What somebody can do with certificates."""
        return CertificateFront(self.store, self.people[login], self.home)

    def files(self, login: str = "clerk") -> FileFront:
        """What somebody can do with files."""
        return FileFront(self.store, self.people[login], self.home)

    def licence(self, code: str = "K1", **changes: object) -> str:
        """A matter that grants a certificate for a year."""
        usual: dict[str, object] = {"certificate_name": "临时占道许可证", "validity_months": 12}
        return self.publish(code, **{**usual, **changes})

    def decided(self, code: str, *, decision: Decision = GRANT, **particulars: object) -> int:
        """A case with its decision."""
        case_id = self.examined(code, verdict=decision.verdict, **particulars)
        self.desk("approver").decide(case_id, decision)
        return case_id

    def denied(self, code: str) -> int:
        """A case that was denied."""
        return self.decided(code, decision=DENIAL)

    def certified(self, code: str = "K1", **particulars: object) -> tuple[int, Certified]:
        """A granted case and its certificate."""
        case_id = self.decided(code, **particulars)  # type: ignore[arg-type]  # as an application takes them
        return case_id, self.certificates().certify(case_id, Terms())

    def served(self, case_id: int) -> Served:
        """Everything that is to be served, handed over today."""
        return self.closing().serve(case_id, self.to_serve(case_id), self.direct())

    def finished(self, code: str = "K1") -> int:
        """A case that is certified, served and finished."""
        case_id, _ = self.certified(code)
        self.served(case_id)
        self.closing().finish(case_id)
        return case_id

    def direct(self) -> Service:
        """Handed over today to the applicant."""
        today = self.today
        return Service(way="direct", sent_on=today, served_on=today, recipient="张测明", capacity="本人")

    def to_serve(self, case_id: int) -> tuple[int, ...]:
        """The papers that are not served."""
        return tuple(paper.document_id for paper in self.closing().papers(case_id) if not paper.served)

    def documents(self, case_id: int) -> Sequence[Document]:
        """In order."""
        with self.store.read() as session:
            query = select(Document).where(Document.case_id == case_id).order_by(Document.id)
            return session.scalars(query).all()

    def services(self, case_id: int) -> Sequence[ServiceRecord]:
        """In order."""
        with self.store.read() as session:
            query = select(ServiceRecord).where(ServiceRecord.case_id == case_id).order_by(ServiceRecord.id)
            return session.scalars(query).all()

    def certificate(self, certificate_id: int) -> Certificate:
        """As it is stored."""
        with self.store.read() as session:
            return session.get_one(Certificate, certificate_id)

    def renewal_of(self, certificate_id: int, code: str = "K1") -> int:
        """A renewal that is under review."""
        self.holder = self.last
        case_id = self.under_review(
            code, purpose="renewal", certificate_id=certificate_id, duplicate_reason="延续原许可"
        )
        self.holder = None
        return case_id

    def suspend(self, case_id: int, request: SuspensionRequest) -> None:
        """Start a special procedure."""
        ClockFront(self.store, self.people["reviewer"], self.home).suspend(case_id, request)

    def pauses(self, case_id: int) -> Sequence[CasePause]:
        """As they are stored."""
        with self.store.read() as session:
            return session.scalars(select(CasePause).where(CasePause.case_id == case_id)).all()

    def intake(self) -> IntakeFront:
        """What the clerk can do at the counter."""
        return IntakeFront(self.store, self.people["clerk"], self.home, False)

    def supplementing(self, code: str) -> int:
        """A case that waits for what was told to be missing."""
        application = self.application(code)
        incomplete = replace(application, materials=application.materials[1:])
        return self.intake().supplement(incomplete, (SupplementLine(1, "没有签名", "补交签名的原件1份"),)).case_id

    def lacking(self) -> int:
        """A case that was accepted with a material to follow."""
        code = self.publish("E2", lacking_allowed=True, materials=MATERIALS)
        application = self.application(code)
        return self.intake().accept_lacking(replace(application, materials=application.materials[:1])).case_id

    def joint(self) -> int:
        """A case with a part of another department."""
        application = self.application(self.publish("E3"))
        return self.intake().accept(replace(application, joint_parts=(FOREIGN_BASE,))).case_id

    def parts(self, case_id: int) -> Sequence[int]:
        """The parts of a joint case."""
        with self.store.read() as session:
            return session.scalars(select(PermitCase.id).where(PermitCase.parent_id == case_id)).all()

    def on_day(self, day: date) -> None:
        """Move the clock to a morning."""
        self.on(day.year, day.month, day.day)

    def days_on(self, days: int) -> None:
        """Some days later."""
        self.clock.instant += timedelta(days=days)

    @property
    def today(self) -> date:
        """The hall's day."""
        return self.clock.instant.date()

    def _card(self) -> Card:
        self.last = self.holder or super()._card()
        return self.last
