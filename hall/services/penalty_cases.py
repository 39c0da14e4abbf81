"""A penalty case comes to the hall with its officers, and its act is ordered to be set right."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.penalties import (
    ActFacts,
    BadPenaltyFacts,
    CannotEnd,
    Harm,
    Procedure,
    age_group,
    check_facts,
    check_one_act,
    check_time_bar,
    correction_reasons,
    own_case_number,
)
from hall.rules.penalty_duties import Duty
from hall.rules.penalty_terms import ObjectKind
from hall.rules.people import Actor
from hall.services.applications import Applicant, Organisation, check_ticket, record_party
from hall.services.penalty_ending import drop_case
from hall.services.penalty_facts import act_facts, birth_of, known_acts, nothing_to_fine
from hall.services.penalty_records import (
    add_penalty_event,
    conflicted,
    give_duty,
    penalty_locked,
    settle_penalty,
    take_duty,
)
from hall.services.penalty_staff import certificates_named, check_named
from hall.services.penalty_terms import penalty_terms
from hall.services.reasons import short_text, statement_for
from hall.services.violation_records import NoSuchViolation
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.penalties import EnforcementCertificate, PenaltyCase, PenaltyOfficer
from hall.store.schema.violations import Violation
from hall.words import OBJECT_KINDS, PENALTY_DROPS

_SERIES = "penalty"
LONGEST_NUMBER = 60


class NumberTaken(Refused):
    """Another case has the number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"案号 {number} 已经登记。请打开原案办理，或核对案号。")


class ConflictedOfficer(Refused):
    """One of the officers stands on the list of those who stay away from the party."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"执法人员{name}与当事人有直接利害关系，应当回避（行政处罚法第四十三条）。请改选其他执法人员。"
        )


class OwnInvestigator(Refused):
    """Whoever registers a case at the counter is no officer of it."""

    def __init__(self) -> None:
        super().__init__("您是本案的执法人员，不能又在窗口登记本案（受理与调查分离）。请由另一位窗口人员登记。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPenalty:
    """A case as it is registered. `officers`: keys of the certificates of at least two officers.

    `number`: of the case system; empty: the hall draws its own. `different_act`: why it is another act than one that
    comes close to it (行政处罚法 29).
    """

    party: Applicant
    object_kind: ObjectKind
    violation_id: int
    act: str
    place: str
    acted_on: date
    found_on: date
    officers: tuple[int, ...]
    phone: str = field(default="", repr=False)
    acted_until: date | None = None
    filed_on: date | None = None
    procedure: Procedure = "general"
    harm: Harm = "unknown"
    life_or_health: bool = False
    complex: bool = False
    public_interest: bool = False
    correction_ordered_on: date | None = None
    correct_by: date | None = None
    corrected_on: date | None = None
    number: str = ""
    ticket_id: int | None = None
    different_act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The order to correct (行政处罚法 28) and what became of it; `corrected_on` None: not corrected yet."""

    ordered_on: date
    correct_by: date
    corrected_on: date | None = None
    note: str = ""


@retried
def register(store: Store, actor: Actor, *, new: NewPenalty, home: Path) -> int:
    """Enter a case at the counter; gives its key. The actor takes the duty intake, the officers investigate.

    Raises BadPenaltyFacts, TimeBarred, NotYetBorn, FinedTwice, MaybeFinedTwice, NotTwoOfficers, ConflictedOfficer,
    NumberTaken, OwnInvestigator, OwnInterest, NotAtYourCounter, and what the party's particulars are refused for.
    """
    require(actor, "penalty.register")
    with store.work("penalty.register", actor) as work:
        case = open_case(work, new, duty="intake", home=home)
        settle_penalty(work, case, number=case.number, procedure=case.procedure)
        return case.id


def open_case(work: Work, new: NewPenalty, *, duty: Duty, home: Path) -> PenaltyCase:
    """Enter a case within a work: what `register` does, and the simple procedure for the officer on the spot."""
    facts, today = _facts(new), business_date(work.now)
    _check(work, new, facts, today=today, home=home)
    officers = certificates_named(work.session, work.hall_id, new.officers)
    for day in (new.found_on, today):
        check_named(officers, day=day)
    number = _number(work, new.number)
    party_id = record_party(work, new.party, phone=new.phone, who="当事人")
    work.lock(party_lock(party_id))
    check_one_act(
        facts,
        violation_id=new.violation_id,
        place=new.place,
        known=known_acts(work.session, party_id),
        reason=new.different_act.strip(),
    )
    case = _case(work, new, number=number, party_id=party_id)
    age_group(birth_of(work.session, work.key_ring, case), case.acted_on)  # refuses an act before the party's birth
    work.session.add(case)
    work.session.flush()
    if duty != "investigate" and work.actor.account_id in {each.account_id for each in officers}:
        raise OwnInvestigator
    name_officers(work, case, officers)
    take_duty(work, case, duty)
    note = short_text(new.different_act)
    add_penalty_event(work, case, "register", note=note, detail={"officers": [each.id for each in officers]})
    return case


@retried
def note_correction(store: Store, actor: Actor, *, case_id: int, correction: Correction) -> bool:
    """Enter the order to correct and whether it was obeyed (行政处罚法 28).

    True: the norm fines only who does not correct in time and this party did, so nothing is left to fine: the case is
    dropped, and it counts as no earlier breach. Raises CannotEnd after the decision, BadPenaltyFacts.
    """
    require(actor, "penalty.investigate")
    note = short_text(correction.note)
    with store.work("penalty.correction", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        if reasons := correction_reasons(case.state):
            raise CannotEnd(reasons)
        case.correction_ordered_on, case.correct_by = correction.ordered_on, correction.correct_by
        case.corrected_on = correction.corrected_on
        check_facts(act_facts(case), today=business_date(work.now))
        day = correction.corrected_on or correction.ordered_on
        add_penalty_event(work, case, "note_correction", note=note, day=day)
        over = nothing_to_fine(work.session, case, today=business_date(work.now))
        if over:
            drop_case(work, case, "corrected", PENALTY_DROPS["corrected"])
        settle_penalty(work, case, corrected=correction.corrected_on is not None)
        return over


def number_lock(number: str) -> str:
    """Held by whoever looks whether a case has the number, before `party_lock`."""
    return f"penalty/number/{number}"


def party_lock(party_id: int) -> str:
    """Held by whoever looks for other cases of a party and adds one."""
    return f"penalty/party/{party_id}"


def _facts(new: NewPenalty) -> ActFacts:
    return ActFacts(
        acted_on=new.acted_on,
        acted_until=new.acted_until,
        found_on=new.found_on,
        filed_on=new.filed_on,
        procedure=new.procedure,
        correction_ordered_on=new.correction_ordered_on,
        correct_by=new.correct_by,
        corrected_on=new.corrected_on,
        life_or_health=new.life_or_health,
        harm=new.harm,
    )


def _check(work: Work, new: NewPenalty, facts: ActFacts, *, today: date, home: Path) -> None:
    check_facts(facts, today=today)
    check_time_bar(facts, penalty_terms(home, today))
    violation = work.session.get(Violation, new.violation_id)
    if violation is None or violation.hall_id != work.hall_id:
        raise NoSuchViolation
    if new.object_kind not in object_kinds(new.party):
        raise BadPenaltyFacts((f"当事人不能按{OBJECT_KINDS[new.object_kind]}登记",))
    check_ticket(work, new.ticket_id)


def object_kinds(party: Applicant) -> tuple[ObjectKind, ...]:
    """As what a party may be registered; an individual business is classed by whoever registers it (51, 72)."""
    if not isinstance(party, Organisation):
        return ("citizen",)
    return ("citizen", "organisation") if party.kind == "individual_business" else ("organisation",)


def _case(work: Work, new: NewPenalty, *, number: str, party_id: int) -> PenaltyCase:
    return PenaltyCase(
        hall_id=work.hall_id,
        number=number,
        origin="counter",
        ticket_id=new.ticket_id,
        party_id=party_id,
        object_kind=new.object_kind,
        violation_id=new.violation_id,
        act=statement_for("登记案件", new.act),
        place=short_text(new.place),
        acted_on=new.acted_on,
        acted_until=new.acted_until,
        found_on=new.found_on,
        filed_on=new.filed_on,
        procedure=new.procedure,
        harm=new.harm,
        life_or_health=new.life_or_health,
        complex=new.complex,
        public_interest=new.public_interest,
        correction_ordered_on=new.correction_ordered_on,
        correct_by=new.correct_by,
        corrected_on=new.corrected_on,
        state="filed",
        registered_at=work.now,
        account_id=work.actor.account_id,
    )


def _number(work: Work, given: str) -> str:
    """The case system's number as it was typed, or the next one of the hall's own."""
    number = "".join(given.split())
    if not number:
        short, year = work.session.get_one(Hall, work.hall_id).short_name, business_date(work.now).year
        number = own_case_number(short, year=year, serial=work.next_number(_SERIES, str(year)))
    if len(number) > LONGEST_NUMBER:
        raise BadPenaltyFacts((f"案号最多 {LONGEST_NUMBER} 个字符",))
    work.lock(number_lock(number))
    query = select(PenaltyCase.id).where(PenaltyCase.hall_id == work.hall_id, PenaltyCase.number == number)
    if work.session.scalar(query) is not None:
        raise NumberTaken(number)
    return number


def name_officers(work: Work, case: PenaltyCase, officers: Sequence[EnforcementCertificate]) -> None:
    """The officers investigate from the start, so that none of them reviews, decides or collects in this case.

    Raises ConflictedOfficer, DutyConflict.
    """
    for officer in officers:
        work.session.add(PenaltyOfficer(hall_id=work.hall_id, case_id=case.id, certificate_id=officer.id))
        if officer.account_id is None:
            continue
        if conflicted(work, case.party_id, officer.account_id):
            raise ConflictedOfficer(officer.name)
        give_duty(work, case, officer.account_id, "investigate")
