"""What one actor can do at one station: the services with store, actor and parameters bound, for the screens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import Clock
from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services import (
    case_finding,
    case_reading,
    catalogue,
    documents,
    explaining,
    guides,
    halls,
    persons,
    print_answers,
    queue_reading,
    receipts,
    rehearsing,
)
from hall.services.admin_front import AdminFront
from hall.services.board_front import BoardFront
from hall.services.calling_front import CallingFront
from hall.services.case_finding import FoundCase
from hall.services.case_reading import CaseView
from hall.services.case_report_front import CaseReportFront
from hall.services.catalogue import MatterInForce
from hall.services.certificate_front import CertificateFront
from hall.services.clock_front import ClockFront
from hall.services.closing_front import ClosingFront
from hall.services.documents import DocumentFiles
from hall.services.enquiry_front import EnquiryFront
from hall.services.explaining import Explanation
from hall.services.file_front import FileFront
from hall.services.fine_front import FineFront
from hall.services.halls import HallView
from hall.services.intake_front import IntakeFront
from hall.services.leniency_front import LeniencyFront
from hall.services.monitor_front import MonitorFront
from hall.services.payment_front import PaymentFront
from hall.services.penalty_case_front import PenaltyCaseFront
from hall.services.penalty_decision_front import PenaltyDecisionFront
from hall.services.penalty_front import PenaltyFront
from hall.services.persons import PersonDetails
from hall.services.power_front import PowerFront
from hall.services.progress_front import ProgressFront
from hall.services.publicity_front import PublicityFront
from hall.services.queue_reading import QueueView
from hall.services.rating_front import RatingFront
from hall.services.receipts import VerifiedReceipt
from hall.services.register_front import RegisterFront
from hall.services.rehearsing import Draft
from hall.services.relief_front import ReliefFront
from hall.services.request_front import RequestFront
from hall.services.review_front import ReviewFront
from hall.services.round_front import RoundFront
from hall.services.seizure_front import SeizureFront
from hall.services.slip_front import SlipFront
from hall.services.spool import JobView
from hall.services.stall_front import StallFront
from hall.services.standards_front import StandardsFront
from hall.services.supervision_front import SupervisionFront
from hall.services.taking_front import TakingFront
from hall.services.vendor_front import VendorFront
from hall.services.violation_front import ViolationFront
from hall.store import Store


@dataclass(frozen=True, slots=True)
class Front:
    """Every method is one use case; it may take a database's time, so screens call it through Tasks."""

    store: Store
    actor: Actor
    home: Path
    policy: QueuePolicy
    slip: bool = True
    """Whether this station prints slips."""
    sheets: bool = False
    """Whether numbers come out of its page printer where it prints no slips."""

    @property
    def clock(self) -> Clock:
        """The store's clock: what screens show as the time."""
        return self.store.clock

    def hall(self) -> HallView:
        """The hall's name, telephones and counters."""
        return halls.hall_view(self.store, self.actor)

    def matters(self) -> tuple[MatterInForce, ...]:
        """The catalogue in force today."""
        return catalogue.list_matters(self.store, self.actor)

    def queue(self) -> QueueView:
        """The whole queue now."""
        return queue_reading.queue_view(self.store, self.actor, policy=self.policy)

    def print_guide(self, matter_code: str) -> int:
        """打印办事指南 on this station's slip printer."""
        return guides.print_guide(self.store, self.actor, matter_code=matter_code)

    @property
    def taking(self) -> TakingFront:
        """取号."""
        return TakingFront(self.store, self.actor, self.policy, self.slip, self.home if self.sheets else None)

    @property
    def slips(self) -> SlipFront:
        """小票: what did not come out, and the paper."""
        return SlipFront(self.store, self.actor, self.policy, self.slip)

    @property
    def admin(self) -> AdminFront:
        """后台: devices and print jobs."""
        return AdminFront(self.store, self.actor)

    @property
    def calling(self) -> CallingFront:
        """叫号 at a counter."""
        return CallingFront(self.store, self.actor, self.policy)

    @property
    def clocks(self) -> ClockFront:
        """时限: why, what if, suspension, extension."""
        return ClockFront(self.store, self.actor, self.home)

    @property
    def review(self) -> ReviewFront:
        """审查与决定: from the hand-over to the decision, absences, the whole file of a case."""
        return ReviewFront(self.store, self.actor, self.home)

    @property
    def fines(self) -> FineFront:
        """罚款: 暂缓分期、执行协议、复议诉讼、催告、更正撤销."""
        return FineFront(self.store, self.actor, self.home)

    @property
    def powers(self) -> PowerFront:
        """权责清单."""
        return PowerFront(self.store, self.actor)

    @property
    def ratings(self) -> RatingFront:
        """好差评."""
        return RatingFront(self.store, self.actor, self.home)

    @property
    def board_desk(self) -> BoardFront:
        """时限看板."""
        return BoardFront(self.store, self.actor)

    @property
    def supervision(self) -> SupervisionFront:
        """督办, 责任追究, 异常 and the messages about cases."""
        return SupervisionFront(self.store, self.actor, self.home)

    @property
    def closing(self) -> ClosingFront:
        """送达, 办结, 撤回, 终止, 重开, 归档."""
        return ClosingFront(self.store, self.actor, self.home)

    @property
    def certificates(self) -> CertificateFront:
        """证件."""
        return CertificateFront(self.store, self.actor, self.home)

    @property
    def files(self) -> FileFront:
        """扫描件和照片 of cases."""
        return FileFront(self.store, self.actor, self.home)

    @property
    def monitor(self) -> MonitorFront:
        """排队监控 and 排队统计."""
        return MonitorFront(self.store, self.actor, self.policy)

    @property
    def reports(self) -> CaseReportFront:
        """统计月报."""
        return CaseReportFront(self.store, self.actor, self.home)

    @property
    def intake(self) -> IntakeFront:
        """收件 and what is decided about it: 受理, 补正, 不予受理."""
        return IntakeFront(self.store, self.actor, self.home, self.slip)

    @property
    def progress(self) -> ProgressFront:
        """查进度."""
        return ProgressFront(self.store, self.actor, self.home)

    @property
    def penalty_decisions(self) -> PenaltyDecisionFront:
        """处罚决定: from the proposal to the decision, and on the spot."""
        return PenaltyDecisionFront(self.store, self.actor, self.home)

    @property
    def leniency(self) -> LeniencyFront:
        """减免 before a decision: limbs, requests, examination, education."""
        return LeniencyFront(self.store, self.actor, self.home)

    @property
    def enquiries(self) -> EnquiryFront:
        """咨询 and 首问责任."""
        return EnquiryFront(self.store, self.actor)

    @property
    def requests(self) -> RequestFront:
        """诉求: from the intake to the call-back."""
        return RequestFront(self.store, self.actor, self.home)

    @property
    def penalty_cases(self) -> PenaltyCaseFront:
        """处罚案件: correction, evidence, service, the end; officers and conflicts."""
        return PenaltyCaseFront(self.store, self.actor, self.home)

    @property
    def penalties(self) -> PenaltyFront:
        """减免与缴款: who it is about, the whole position, one case."""
        return PenaltyFront(self.store, self.actor, self.home)

    @property
    def payments(self) -> PaymentFront:
        """缴款: notices to pay, the bank's file and what it leaves, cash."""
        return PaymentFront(self.store, self.actor, self.home)

    @property
    def registers(self) -> RegisterFront:
        """登记簿."""
        return RegisterFront(self.store, self.actor, self.home)

    @property
    def violations(self) -> ViolationFront:
        """裁量基准."""
        return ViolationFront(self.store, self.actor, self.home)

    @property
    def vendors(self) -> VendorFront:
        """流动经营者 and their credit (征信)."""
        return VendorFront(self.store, self.actor, self.home)

    @property
    def seizures(self) -> SeizureFront:
        """查封扣押 and emergency measures."""
        return SeizureFront(self.store, self.actor, self.home)

    @property
    def publicity(self) -> PublicityFront:
        """处罚决定公示."""
        return PublicityFront(self.store, self.actor, self.home)

    @property
    def standards(self) -> StandardsFront:
        """服务标准: instructions, spot checks, training, qualifications."""
        return StandardsFront(self.store, self.actor, self.home)

    @property
    def relief(self) -> ReliefFront:
        """救助: applications, the fund's books, what is shown in public."""
        return ReliefFront(self.store, self.actor, self.home)

    @property
    def rounds(self) -> RoundFront:
        """案卷评查: rounds drawn by lot, score sheets, corrections."""
        return RoundFront(self.store, self.actor, self.home)

    @property
    def stalls(self) -> StallFront:
        """便民服务点: sites, applications, draws, certificates, withdrawals, committee."""
        return StallFront(self.store, self.actor, self.home)

    def why(self, kind: ClockKind, limit: Limit, started_on: date) -> Explanation:
        """A due date day by day."""
        return explaining.explain(self.store, self.actor, kind=kind, limit=limit, started_on=started_on)

    def case(self, case_id: int) -> CaseView:
        """A case by its key."""
        return case_reading.case_of(self.store, self.actor, case_id=case_id)

    def unmask(self, person_id: int, reason: str) -> PersonDetails:
        """A person in clear; the reason stays in the audit."""
        return persons.unmask(self.store, self.actor, person_id=person_id, reason=reason)

    def case_numbered(self, number: str) -> CaseView:
        """A case by receipt or acceptance number."""
        return case_reading.case_numbered(self.store, self.actor, number=number)

    def history(self, id_number: str) -> tuple[CaseView, ...]:
        """All cases of a person."""
        return case_reading.history(self.store, self.actor, id_number=id_number)

    def find_cases(self, text: str) -> tuple[FoundCase, ...]:
        """Cases by number, serial, ticket code, or the applicant's number, telephone or name."""
        return case_finding.find_cases(self.store, self.actor, text=text)

    def verify_receipt(self, payload: str) -> VerifiedReceipt:
        """Check a scanned QR code, also while the database is away."""
        return receipts.verify(self.store, self.actor, payload=payload, home=self.home)

    def rehearse(self, deed: Callable[[], object]) -> tuple[Draft, ...]:
        """The documents that a use case of this front would issue, before it is done."""
        return rehearsing.rehearse(self.store, deed)

    def document(self, document_id: int) -> DocumentFiles:
        """A document's files, for the preview."""
        return documents.produced(self.store, self.actor, document_id=document_id)

    def unsettled_jobs(self) -> tuple[JobView, ...]:
        """Print jobs that wait for a printer or an answer."""
        return print_answers.unsettled(self.store, self.actor)

    def last_job(self, document_id: int) -> JobView:
        """The newest print job of a document, whichever station printed it."""
        return print_answers.last_job(self.store, self.actor, document_id=document_id)

    def was_printed(self, document_id: int) -> bool:
        """Whether a document was ever given to a printer."""
        return print_answers.was_printed(self.store, self.actor, document_id=document_id)

    def print_first(self, document_id: int) -> int:
        """Print what the program issued by itself."""
        return print_answers.print_first(self.store, self.actor, document_id=document_id)

    def reprint(self, job_id: int, reason: str) -> int:
        """补打."""
        return print_answers.reprint(self.store, self.actor, job_id=job_id, reason=reason, slip=self.slip)

    def reprint_document(self, document_id: int, reason: str) -> int:
        """补打 a document."""
        return print_answers.reprint_document(
            self.store, self.actor, document_id=document_id, reason=reason, slip=self.slip
        )

    def confirm_print(self, job_id: int, *, printed: bool) -> None:
        """Answer 「上次打印中断，是否已打印」."""
        print_answers.confirm(self.store, self.actor, job_id=job_id, printed=printed)
