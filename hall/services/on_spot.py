"""A penalty on the spot (行政处罚法 51–53): small fine or warning, told, heard, decided and handed over at once."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date, hall_time
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.cash import NewCash
from hall.rules.citations import in_full
from hall.rules.money import yuan
from hall.rules.money_words import money_figures
from hall.rules.penalties import BadPenaltyFacts, simple_allowed
from hall.rules.penalty_amounts import Proposed, check_amount
from hall.rules.penalty_gates import before_on_spot, require_open
from hall.rules.penalty_terms import ObjectKind, PenaltyTerms
from hall.rules.people import Actor
from hall.services import cash, fines, issuing, leniency_records, papers_on_spot, publicity
from hall.services.calendar import shipped_limits
from hall.services.issuing import Issued
from hall.services.papers_common import Fields
from hall.services.papers_leniency import CaseOfficer
from hall.services.payment_terms import payment_terms
from hall.services.penalty_gate_facts import counted, gate_facts
from hall.services.penalty_head import penalty_head
from hall.services.penalty_measures import Chosen, Measured, measured
from hall.services.penalty_paper import SURCHARGE
from hall.services.penalty_records import Detail, add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.penalty_staff import check_officers
from hall.services.penalty_terms import penalty_terms
from hall.services.reasons import reason_for, short_text
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyEvent, PenaltyService

FILING = "penalty.on-spot-filing"
"""The rule of `timelimits.csv`."""

_WARNING = "警告"


class BeyondSimple(Refused):
    """The fine is above what may be imposed on the spot (行政处罚法 51)."""

    def __init__(self, terms: PenaltyTerms, kind: ObjectKind) -> None:
        limit = money_figures(yuan(terms.simple.of(kind)))
        super().__init__(f"当场处罚的罚款不得超过{limit}（行政处罚法第五十一条）。超过的应当立案，按普通程序办理。")


class NotTold(Refused):
    """Also on the spot the party is told and heard first (行政处罚法 44, 45, 52, 55)."""

    def __init__(self) -> None:
        super().__init__(
            "当场处罚前应当出示执法证件，告知事实、理由、依据和权利，听取陈述申辩（行政处罚法第四十四条、第四十五条、"
            "第五十二条），请办完后勾选确认。"
        )


class RecipientMissing(Refused):
    """Somebody takes the decision for an organisation."""

    def __init__(self) -> None:
        super().__init__("当事人是单位，请填写代表单位签收的人（法定代表人、负责人或者收件的人）。")


class NotToFile(Refused):
    """Nothing of this case waits to be reported."""

    def __init__(self) -> None:
        super().__init__("本案没有待备案的当场处罚决定。")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSpot:
    """What an officer imposes on the spot; amounts in fen.

    `told`: certificates were shown, the party was told and heard; `said`: what it said, in short. `done_at`: when the
    act was found. `recipient`: who took the decision, the party itself
    where it is empty and no organisation; `refused_to_sign`: why there is no signature. `cash`: the fine
    was taken there for a reason of 行政处罚法 68, 69; None: it is paid at the bank.
    """

    fine_fen: int
    warning: bool
    tier_id: int | None
    quantity: str
    told: bool
    done_at: datetime
    said: str = ""
    recipient: str = ""
    refused_to_sign: str = ""
    cash: NewCash | None = None

    @property
    def amount(self) -> Proposed:
        """What the amount rule looks at."""
        return Proposed("ordinary", self.fine_fen, other=_WARNING if self.warning else "")


@retried
def impose_on_spot(store: Store, actor: Actor, *, case_id: int, penalty: OnSpot, home: Path) -> Issued:
    """当场处罚: decided by the officers themselves and handed over; the fifteen days count from today.

    Raises GateClosed, BeyondSimple, NotTold, BadPenaltyFacts, RecipientMissing, AmountRefused, CashRefused,
    DutyConflict, and what law leaves no choice about (30–33).
    """
    require(actor, "penalty.on_spot")
    with store.work("penalty.on_spot", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        found = _check(work, case, penalty, home=home)
        content = _paper(work, case, penalty, found, home=home)
        issued = issuing.issue(work, case_id=None, kind="on_spot_penalty", content=content, home=home)
        decision = _decide(work, case, penalty, issued, home=home)
        _hand_over(work, case, penalty, decision, home=home)
        detail: Detail = {"fine_fen": penalty.fine_fen, "warning": penalty.warning, "tier": penalty.tier_id}
        note = short_text(penalty.said)
        add_penalty_event(work, case, "on_spot", note=note, detail=detail, document_id=issued.document_id)
        settle_penalty(work, case, document=issued.number)
        return issued


@retried
def file_on_spot(store: Store, actor: Actor, *, case_id: int, reference: str) -> None:
    """登记备案: the decision was reported to the bureau (行政处罚法 52(3)). Raises NotToFile, ReasonNeeded."""
    require(actor, "penalty.on_spot")
    note = reason_for("登记备案（备案编号或者接收人）", reference)
    with store.work("penalty.file_on_spot", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        if not to_file(work.session, case.id):
            raise NotToFile
        add_penalty_event(work, case, "file_on_spot", note=note)
        settle_penalty(work, case, filed=True)


def to_file(session: Session, case_id: int) -> bool:
    """Whether a decision on the spot waits to be reported."""
    query = select(PenaltyEvent.kind).where(
        PenaltyEvent.case_id == case_id, PenaltyEvent.kind.in_(("on_spot", "file_on_spot"))
    )
    return session.scalars(query).all() == ["on_spot"]


def filing_due(session: Session, case: PenaltyCase, decided_on: date) -> date | None:
    """By when a decision on the spot is reported; None where a schedule is lacking."""
    return counted(session, case.hall_id, FILING, decided_on)


def _check(work: Work, case: PenaltyCase, penalty: OnSpot, *, home: Path) -> Measured:
    today = business_date(work.now)
    require_open(before_on_spot(gate_facts(work.session, case, today=today, home=home)))
    if not penalty.told:
        raise NotTold
    if not case.acted_on <= hall_time(penalty.done_at).date() <= today:
        raise BadPenaltyFacts((f"违法时间应在登记的违法日期{case.acted_on}与今天之间",))
    terms, kind = penalty_terms(home, today), cast(ObjectKind, case.object_kind)
    if kind == "organisation" and not penalty.recipient.strip():
        raise RecipientMissing
    if not simple_allowed(penalty.fine_fen, kind=kind, terms=terms):
        raise BeyondSimple(terms, kind)
    found = measured(work.session, case, Chosen("ordinary", penalty.tier_id, penalty.quantity), day=today)
    check_amount(penalty.amount, found.measures)
    leniency_records.check_proposed(work, case, result="ordinary", limb=None, leniency_id=None, home=home)
    return found


def _paper(work: Work, case: PenaltyCase, penalty: OnSpot, found: Measured, *, home: Path) -> Fields:
    today = business_date(work.now)
    first, second = (CaseOfficer(each.name, each.number) for each in check_officers(work.session, case, day=today)[:2])
    return papers_on_spot.on_spot_penalty(
        penalty_head(work, case),
        act=case.act,
        done_at=penalty.done_at,
        place=case.place,
        violated=in_full(found.entry.legal_basis),
        basis=in_full(found.entry.penalty_article),
        warning=penalty.warning,
        fine=_fine(penalty, today=today, home=home),
        officers=(first, second),
        refused_to_sign=penalty.refused_to_sign,
    )


def _fine(penalty: OnSpot, *, today: date, home: Path) -> papers_on_spot.SpotFine | None:
    if not penalty.fine_fen:
        return None
    return papers_on_spot.SpotFine(
        yuan(penalty.fine_fen),
        payment_terms(home, today).bank,
        penalty.cash.ground if penalty.cash is not None else None,
        shipped_limits().surcharge(SURCHARGE, today),
    )


def _decide(work: Work, case: PenaltyCase, penalty: OnSpot, issued: Issued, *, home: Path) -> PenaltyDecision:
    today = business_date(work.now)
    at_bank = bool(penalty.fine_fen) and penalty.cash is None
    decision = PenaltyDecision(
        hall_id=work.hall_id,
        case_id=case.id,
        kind="penalty",
        result="ordinary",
        number=issued.number,
        decided_on=today,
        decided_by=work.actor.account_id,
        fine_fen=penalty.fine_fen,
        other=penalty.amount.other,
        bank=payment_terms(home, today).bank if at_bank else "",
        surcharge_told=at_bank,
        document_id=issued.document_id,
        at=work.now,
    )
    work.session.add(decision)
    work.session.flush()
    return decision


def _hand_over(work: Work, case: PenaltyCase, penalty: OnSpot, decision: PenaltyDecision, *, home: Path) -> None:
    """Service, ledger, cash and publicity follow at once (行政处罚法 52: 当场交付当事人)."""
    today = decision.decided_on
    others = [each.account_id for each in check_officers(work.session, case, day=today)]
    work.session.add(
        PenaltyService(
            hall_id=work.hall_id,
            case_id=case.id,
            decision_id=decision.id,
            way="direct",
            sent_on=today,
            served_on=today,
            recipient=short_text(penalty.recipient) or "当事人本人",
            refusal=short_text(penalty.refused_to_sign),
            server_id=work.actor.account_id,
            second_server_id=next((each for each in others if each not in (None, work.actor.account_id)), None),
        )
    )
    case.state = "served"
    work.session.flush()
    fines.impose(work, case, decision=decision, served_on=today, home=home)
    if penalty.cash is not None:
        cash.take_cash(work, case, cash=penalty.cash, home=home)
    publicity.begin(work, case, decision)
