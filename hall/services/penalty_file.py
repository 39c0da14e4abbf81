"""One penalty case as the window shows it: facts, proposals, decisions, requests; what may be done now and why not."""

from dataclasses import dataclass
from datetime import date, datetime

from hall.rules.fine_days import DayLine
from hall.rules.fines import FinePosition
from hall.rules.lights import Light
from hall.rules.penalty_acts import PenaltyAct
from hall.rules.penalty_clocks import PenaltyClock
from hall.services.case_reading import DocumentView
from hall.services.penalty_acts import RoadLine
from hall.services.persons import PersonView


@dataclass(frozen=True, slots=True)
class OfficerView:
    """One of the officers of a case; the certificate was shown on `certificate_id`."""

    certificate_id: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal and what came of it (PenaltyProposal); amounts in fen."""

    proposal_id: int
    round: int
    leniency_id: int | None
    result: str
    limb: str
    version_id: int
    tier_id: int | None
    quantity: str
    low_fen: int
    high_fen: int
    fine_fen: int
    other: str
    facts: str
    evidence: str
    reasons: str
    below_how: str
    proposed_on: date
    proposed_by: str
    told_on: date | None
    defend_by: date | None
    defended_on: date | None
    defence: str
    defence_answer: str
    hearing_due: bool
    hearing_asked_on: date | None
    hearing_noticed_on: date | None
    hearing_on: date | None
    hearing_record: str
    legal_due: bool
    legal_on: date | None
    legal_agrees: bool | None
    legal_opinion: str
    collective_due: bool
    minutes_number: str
    minutes_on: date | None
    minutes: str
    state: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision (PenaltyDecision) with the day on which it was served, if it was; amounts in fen."""

    decision_id: int
    previous_id: int | None
    kind: str
    result: str
    number: str
    decided_on: date
    decided_by: str
    fine_fen: int
    other: str
    ground: str
    title: str
    reasons: str
    bank: str
    surcharge_told: bool
    served_on: date | None
    document_id: int | None


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service that is under way, done or failed (PenaltyService)."""

    service_id: int
    decision_id: int
    way: str
    sent_on: date
    served_on: date | None
    failed_on: date | None


@dataclass(frozen=True, slots=True)
class LeniencyView:
    """A request for leniency (LeniencyRequest) with the limbs that were ticked."""

    request_id: int
    number: str
    stage: str
    wanted: str
    limbs: tuple[str, ...]
    facts: str
    correction: str
    first_time_declared: bool
    applied_on: date
    state: str
    limb: str
    examined_on: date | None
    earlier: int | None
    reasons: str
    ended_on: date | None
    answer: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of a plan that was asked for or agreed: fen by a day."""

    position: int
    due_on: date
    fen: int


@dataclass(frozen=True, slots=True)
class DeferralView:
    """An application to pay later or in parts (DeferralRequest); `granted` None: not answered yet."""

    request_id: int
    kind: str
    applied_on: date
    hardship: str
    proof: str
    parts: tuple[PlanPart, ...]
    granted: bool | None
    decided_on: date | None
    reasons: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An execution agreement (ExecutionAgreement); amounts in fen."""

    agreement_id: int
    proposed_on: date
    remedies: str
    reminder_on: date | None
    principal_fen: int
    added_fen: int
    waived_fen: int
    parts: tuple[PlanPart, ...]
    state: str
    agreed_on: date | None
    ended_on: date | None
    answer: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice to pay (PaymentNotice); amount in fen."""

    notice_id: int
    pay_code: str
    amount_fen: int
    due_on: date
    issued_on: date
    voided_on: date | None
    document_id: int | None


@dataclass(frozen=True, slots=True)
class CashView:
    """Cash that was taken on the spot (CashCollection); amount in fen."""

    collection_id: int
    ground: str
    receipt_number: str
    fen: int
    collected_on: date
    handed_in_on: date | None
    banked_on: date | None


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A decision on line (Publication)."""

    publication_id: int
    decision_id: int | None
    withheld: str
    published_on: date | None
    published_at: str
    overturned_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class PenaltyEventView:
    """What happened, who did it, and the papers that came of it."""

    at: datetime
    day: date
    kind: str
    state: str
    who: str
    note: str
    document_id: int | None


@dataclass(frozen=True, slots=True)
class LitClock:
    """A period of a case and how pressing it is on the day it was read; no light for one that is over."""

    clock: PenaltyClock
    light: Light | None


@dataclass(frozen=True, slots=True)
class HallClock:
    """A period of one of the hall's open cases, on the list of them all; the party is masked."""

    case_id: int
    number: str
    party_masked: str
    lit: LitClock


@dataclass(frozen=True, slots=True)
class PenaltyFile:
    """Everything about a case, read at one instant for one actor; persons masked, amounts in fen, newest row last.

    `on` is the day it was read. `duty`: the one duty that the actor has in the case already, or empty. `fine`: None
    where no decision with a fine is served. `acts` are those of the actor; `roads` are open to whoever may.
    """

    case_id: int
    number: str
    origin: str
    party: PersonView
    object_kind: str
    violation_id: int
    violation_code: str
    violation_name: str
    act: str
    place: str
    acted_on: date
    acted_until: date | None
    found_on: date
    filed_on: date | None
    procedure: str
    harm: str
    life_or_health: bool
    complex: bool
    public_interest: bool
    correction_ordered_on: date | None
    correct_by: date | None
    corrected_on: date | None
    state: str
    registered_at: datetime
    clerk: str
    closed_on: date | None
    on: date
    duty: str
    fine: FinePosition | None
    fine_days: tuple[DayLine, ...]
    clocks: tuple[LitClock, ...]
    officers: tuple[OfficerView, ...]
    proposals: tuple[ProposalView, ...]
    decisions: tuple[DecisionView, ...]
    services: tuple[ServiceView, ...]
    requests: tuple[LeniencyView, ...]
    deferrals: tuple[DeferralView, ...]
    agreements: tuple[AgreementView, ...]
    notices: tuple[NoticeView, ...]
    cash: tuple[CashView, ...]
    publications: tuple[PublicationView, ...]
    documents: tuple[DocumentView, ...]
    events: tuple[PenaltyEventView, ...]
    roads: tuple[RoadLine, ...]
    acts: tuple[PenaltyAct, ...]

    @property
    def proposal(self) -> ProposalView | None:
        """The proposal that is open."""
        return next((each for each in reversed(self.proposals) if each.state == "open"), None)

    @property
    def decision(self) -> DecisionView | None:
        """The last decision that is not a mere correction; it may be the one that revokes."""
        return next((each for each in reversed(self.decisions) if each.kind != "correct"), None)

    @property
    def request(self) -> LeniencyView | None:
        """The request for leniency that is open."""
        return next((each for each in reversed(self.requests) if each.state == "open"), None)

    @property
    def deferral(self) -> DeferralView | None:
        """The application under 行政处罚法 66 that is not answered."""
        return next((each for each in reversed(self.deferrals) if each.granted is None), None)
