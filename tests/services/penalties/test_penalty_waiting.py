"""What waits for whom at the penalty window: by role, without those of another duty, in a few statements."""

from datetime import date

import pytest
from sqlalchemy import event

from hall.rules.authority import NotAuthorised
from hall.rules.fines import Part
from hall.rules.penalty_duties import Duty
from hall.services import agreements, deferrals, leniency, penalty_ending
from hall.services.agreements import NewAgreement
from hall.services.deferrals import NewDeferral
from hall.services.leniency import NewLeniency
from hall.services.papers_leniency import Evidence
from hall.services.penalty_waiting import WaitingRow, waiting_for
from hall.store.schema.payments import CashCollection
from hall.store.schema.penalties import ConflictOfInterest
from hall.store.schema.violations import ViolationVersion
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office

MOST = 15
"""Statements for whoever has every role; with one role eleven are the most."""
ROLES = ("reviewer", "lawyer", "approver", "clerk", "everything")


def rows(office: Office, login: str) -> tuple[WaitingRow, ...]:
    return waiting_for(office.store, office.actor(login), home=office.home)


def acts(office: Office, login: str) -> list[tuple[int, str]]:
    return [(row.case_id, row.act) for row in rows(office, login)]


def ask(office: Office, case_id: int) -> None:
    request = NewLeniency(
        wanted="none",
        limbs=("slight",),
        facts="接到责令改正通知书当天就清理了，没有影响通行",
        evidence=(Evidence("改正后照片", 2),),
        correction="11月3日清理完毕",
    )
    leniency.apply(office.store, office.actor("clerk"), case_id=case_id, new=request, home=office.home)


def collect(office: Office, case_id: int, **columns: object) -> None:
    with office.store.work("cash.collect", office.actor("reviewer")) as work:
        work.session.add(
            CashCollection(
                hall_id=work.hall_id,
                case_id=case_id,
                ground="remote",
                receipt_number=f"陕0{case_id}",
                fen=5_000,
                collected_on=date(2026, 11, 18),
                collected_by=work.actor.account_id,
                **columns,
            )
        )
        work.audit(f"penalty:{case_id}")


def avoid(office: Office, case_id: int, login: str, *, until: date | None = None) -> None:
    with office.store.work("penalty.staff", office.actor("boss")) as work:
        work.session.add(
            ConflictOfInterest(
                hall_id=work.hall_id,
                account_id=office.actor(login).account_id,
                person_id=office.case(case_id).party_id,
                reason="近亲属",
                from_day=date(2026, 1, 1),
                until_day=until,
                entered_by=work.actor.account_id,
            )
        )
        work.audit("conflict")


def test_officers_see_their_own_cases_from_filing_until_the_party_was_told(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    (row,) = rows(office, "reviewer")
    assert (row.case_id, row.act, row.since) == (case_id, "propose", date(2026, 11, 3))
    assert (row.party_masked, row.violation) == ("张*明", "擅自占用城市道路")
    assert (row.due, row.light) == (date(2027, 2, 1), "normal")
    assert acts(office, "other") == [(case_id, "propose")]
    assert acts(office, "head") == []
    deciding.propose(case_id)
    assert acts(office, "reviewer") == [(case_id, "tell")]
    deciding.tell(case_id)
    assert acts(office, "reviewer") == []
    deciding.defend(case_id, answer="")
    assert acts(office, "reviewer") == [(case_id, "defend")]


def test_a_request_is_examined_by_officers_then_answered_by_whoever_decides(office: Office, deciding: Deciding) -> None:
    case_id = office.registered(corrected_on=date(2026, 11, 3), harm="none")
    ask(office, case_id)
    assert acts(office, "reviewer") == [(case_id, "examine")]
    assert acts(office, "approver") == []
    deciding.examine(case_id, "slight")
    assert acts(office, "approver") == [(case_id, "leniency_refuse")]
    assert acts(office, "reviewer") == [(case_id, "propose")]
    deciding.propose(case_id, result="none", limb="slight", fine_fen=0, tier_id=None)
    assert acts(office, "approver") == []
    assert acts(office, "reviewer") == [(case_id, "educate")]
    deciding.educate(case_id)
    assert acts(office, "approver") == [(case_id, "decide")]


@pytest.mark.both
def test_a_hearing_then_the_review_then_the_minutes_then_the_decision(office: Office, deciding: Deciding) -> None:
    case_id = office.registered(complex=True)
    deciding.propose_grave(case_id)
    assert acts(office, "lawyer") == []
    deciding.tell(case_id)
    deciding.ask_hearing(case_id)
    assert acts(office, "lawyer") == [(case_id, "notice_hearing")]
    deciding.notice_hearing(case_id)
    assert acts(office, "lawyer") == []
    deciding.pass_days(14)
    assert acts(office, "lawyer") == [(case_id, "hear")]
    deciding.hear(case_id)
    assert acts(office, "lawyer") == [(case_id, "legal")]
    assert acts(office, "approver") == []
    deciding.review(case_id)
    assert acts(office, "lawyer") == []
    assert acts(office, "approver") == [(case_id, "discuss")]
    deciding.discuss(case_id)
    (row,) = rows(office, "approver")
    assert (row.act, row.since) == ("decide", office.today)


def test_what_the_legal_review_refuses_goes_back_to_the_officers(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    deciding.propose_grave(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    deciding.pass_days(10)
    deciding.review(case_id, agrees=False)
    assert acts(office, "reviewer") == [(case_id, "propose")]
    assert acts(office, "approver") == []


def test_a_decision_waits_until_the_order_to_correct_has_run_out(office: Office, deciding: Deciding) -> None:
    with office.store.work("violation.import", office.actor("admin")) as work:
        work.session.get_one(ViolationVersion, office.version_id).correction = "first"
        work.audit("violations")
    case_id = office.registered(correct_by=date(2026, 12, 1))
    deciding.propose(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    assert acts(office, "approver") == []
    office.on(date(2026, 12, 2))
    assert acts(office, "approver") == [(case_id, "decide")]


def test_a_clerk_sees_decisions_that_are_not_served_the_late_ones_first(office: Office) -> None:
    fresh = office.decided(on=date(2026, 11, 20))
    late = office.decided(on=date(2026, 11, 2))
    office.served()
    shown = rows(office, "clerk2")
    assert [(row.case_id, row.act, row.light) for row in shown] == [
        (late, "serve", "over_statutory"),
        (fresh, "serve", "normal"),
    ]
    assert acts(office, "reviewer") == [(late, "serve"), (fresh, "serve")]
    assert acts(office, "head") == []


def test_deferrals_and_agreements_wait_for_whoever_decides(office: Office) -> None:
    deferring = office.served()
    plan = NewDeferral("deferral", "家中有人重病住院", "居民委员会证明", (Part(date(2027, 1, 29), 300_000),))
    deferrals.apply(office.store, office.actor("clerk"), case_id=deferring, new=plan, home=office.home)
    late = office.served(on=date(2026, 10, 12), served_on=date(2026, 10, 14), due_on=date(2026, 10, 29))
    parts = (Part(date(2026, 12, 30), agreement_left(office, late, 10_000)),)
    new = NewAgreement("已经拆除并恢复路面", 10_000, parts)
    agreements.propose(office.store, office.actor("reviewer"), case_id=late, new=new, home=office.home)
    assert sorted(acts(office, "approver")) == [(deferring, "defer_decide"), (late, "agree_decide")]
    assert all(row.due is None and row.light is None for row in rows(office, "approver"))
    assert acts(office, "approver2") == acts(office, "approver")


def agreement_left(office: Office, case_id: int, waived_fen: int) -> int:
    with office.store.work("agreement.propose", office.actor("reviewer")) as work:
        offer = agreements.offer_of(work, work.session.merge(office.case(case_id)), day=office.today, home=office.home)
        work.audit(f"penalty:{case_id}")
    return offer.principal_fen + offer.added_fen - waived_fen


def test_cash_waits_for_its_officers_then_for_the_cashier(office: Office) -> None:
    held, at_office = office.served(), office.served()
    collect(office, held)
    collect(office, at_office, handed_in_on=date(2026, 11, 19), handed_in_to=office.actor("cashier").account_id)
    assert acts(office, "reviewer") == [(held, "cash_hand_in")]
    assert acts(office, "cashier") == [(at_office, "cash_bank")]
    assert {row.light for row in (*rows(office, "reviewer"), *rows(office, "cashier"))} == {"over_statutory", "today"}


@pytest.mark.parametrize("duty", ["intake", "investigate", "cash"])
def test_whoever_has_another_duty_is_not_asked(office: Office, deciding: Deciding, duty: Duty) -> None:
    case_id = office.registered()
    deciding.propose_grave(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    deciding.pass_days(10)
    assert acts(office, "lawyer") == [(case_id, "legal")]
    deciding.duty(case_id, "lawyer", duty)
    assert acts(office, "lawyer") == []


def test_whoever_stays_away_from_the_party_is_not_asked(office: Office) -> None:
    case_id = office.decided()
    assert acts(office, "clerk") == [(case_id, "serve")]
    avoid(office, case_id, "clerk", until=date(2026, 11, 22))
    assert acts(office, "clerk") == [(case_id, "serve")]
    avoid(office, case_id, "clerk")
    assert acts(office, "clerk") == []
    assert acts(office, "clerk2") == [(case_id, "serve")]


@pytest.mark.both
def test_a_case_that_has_ended_waits_for_nobody(office: Office) -> None:
    case_id = office.registered()
    penalty_ending.drop(
        office.store,
        office.actor("approver"),
        case_id=case_id,
        ground="not_established",
        reason="证据不能证明违法事实",
        home=office.home,
    )
    assert [acts(office, login) for login in ("reviewer", "lawyer", "approver", "clerk", "everything")] == [[]] * 5


def test_only_those_who_read_penalties_ask(office: Office) -> None:
    with pytest.raises(NotAuthorised):
        rows(office, "admin")


def statements(office: Office, login: str) -> int:
    asked: list[str] = []

    def count(*arguments: object) -> None:
        asked.extend(sql for sql in (str(arguments[2]),) if sql.startswith("SELECT"))

    event.listen(office.store.engine, "before_cursor_execute", count)
    try:
        assert rows(office, login), f"nothing waits for {login}"
    finally:
        event.remove(office.store.engine, "before_cursor_execute", count)
    return len(asked)


def test_thirty_cases_cost_as_many_statements_as_a_few(office: Office, deciding: Deciding) -> None:
    def grow(rounds: int) -> None:
        for _ in range(rounds):
            asked, ready = office.registered(), office.registered()
            deciding.propose_grave(asked)
            deciding.propose(ready)
            for case_id in (asked, ready):
                deciding.tell(case_id)
            deciding.ask_hearing(asked)
            deciding.waive(ready)
            office.registered()
            office.decided()
            collect(office, office.served())

    grow(1)
    few = {login: statements(office, login) for login in ROLES}
    grow(5)
    assert {login: statements(office, login) for login in ROLES} == few
    assert few.pop("everything") <= MOST
    assert max(few.values()) <= 11, few
