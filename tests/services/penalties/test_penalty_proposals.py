"""Proposals: measured by the published tier, their reasons finished by a person, locked after a defence."""

from datetime import date

import pytest

from hall.errors import Refused
from hall.rules.calendar import ScheduleDay, YearSchedule
from hall.rules.penalty_amounts import AmountRefused
from hall.rules.penalty_duties import DutyConflict
from hall.rules.penalty_gates import GateClosed
from hall.rules.penalty_reasons import ReasonsUnfinished
from hall.services import penalty_proposals, penalty_telling
from hall.services.penalty_choices import SpanView, proposal_choices, spans
from hall.services.penalty_gate_facts import proposals_of
from hall.services.penalty_measures import Chosen, ForeignTier, TierNeeded
from hall.services.penalty_telling import Defence
from hall.services.schedule_import import import_schedules
from hall.services.violations import UnusableBenchmark
from hall.store.schema.penalties import PenaltyOfficer, PenaltyProposal
from hall.store.schema.violations import ViolationVersion
from tests.services.penalties.deciding import Deciding, proposal
from tests.services.penalties.office import Office


def rounds(office: Office, case_id: int) -> list[PenaltyProposal]:
    with office.store.read() as session:
        return list(proposals_of(session, case_id))


def received(office: Office, case_id: int, day: date) -> None:
    penalty_telling.received(office.store, office.actor("reviewer"), case_id=case_id, received_on=day, home=office.home)


def test_a_proposal_keeps_the_tier_its_span_and_what_is_due_before_the_decision(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case, fine_fen=300_000)
    (kept,) = rounds(office, registered_case)
    assert (kept.tier_id, kept.low_fen, kept.high_fen) == (office.tiers["较轻"], 50_000, 500_000)
    assert (kept.fine_fen, kept.result, kept.state, kept.round) == (300_000, "ordinary", "open", 1)
    assert (kept.hearing_due, kept.legal_due, kept.collective_due) == (False, False, False)


def test_a_citizens_fine_opens_review_hearing_and_discussion_by_its_size(office: Office, deciding: Deciding) -> None:
    for fine_fen, tier, due in (
        (499_900, "较轻", (False, False, False)),
        (500_000, "一般", (False, True, False)),
        (1_000_000, "一般", (True, True, True)),
    ):
        case_id = office.registered()
        deciding.propose(case_id, fine_fen=fine_fen, tier=tier)
        (kept,) = rounds(office, case_id)
        assert (kept.hearing_due, kept.legal_due, kept.collective_due) == due


def test_a_complex_case_is_reviewed_and_discussed_whatever_its_fine(office: Office, deciding: Deciding) -> None:
    case_id = office.registered(complex=True)
    deciding.propose(case_id)
    (kept,) = rounds(office, case_id)
    assert (kept.hearing_due, kept.legal_due, kept.collective_due) == (False, True, True)


def test_a_fine_outside_its_tier_or_without_one_that_governs_is_refused_and_nothing_is_kept(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    with pytest.raises(AmountRefused, match="高于"):
        deciding.propose(registered_case, fine_fen=500_001)
    with pytest.raises(AmountRefused, match="低于"):
        deciding.propose(registered_case, fine_fen=49_999)
    with pytest.raises(TierNeeded):
        deciding.propose(registered_case, tier_id=None)
    with pytest.raises(ForeignTier):
        deciding.propose(registered_case, tier_id=999_999)
    assert rounds(office, registered_case) == []
    assert [event.kind for event in office.events(registered_case)] == ["register"]


def test_an_unpublished_benchmark_measures_nothing(office: Office, registered_case: int, deciding: Deciding) -> None:
    with office.store.work("violation.publish", office.actor("lawyer")) as work:
        work.session.get_one(ViolationVersion, office.version_id).published_on = None
        work.audit("violations")
    with pytest.raises(UnusableBenchmark, match="未公布"):
        deciding.propose(registered_case)


def test_what_may_be_chosen_says_what_a_tier_comes_to_and_what_hinders(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    reviewer = office.actor("reviewer")
    deciding.propose(registered_case)
    deciding.tell(registered_case)
    deciding.defend(registered_case)
    found = proposal_choices(office.store, reviewer, case_id=registered_case, home=office.home)
    assert [each.tier_id for each in found.tiers] == list(office.tiers.values())
    assert (found.unusable, found.locked_fen) == ("", 300_000)
    assert found.alerts == ("应当在2027年2月1日前作出决定，还有70日（行政处罚法第六十条）。",)
    chosen = Chosen("ordinary", office.tiers["一般"], "")
    assert spans(office.store, reviewer, case_id=registered_case, chosen=chosen) == SpanView(
        "¥5,000.00至¥20,000.00", "¥500.00至¥50,000.00"
    )
    with office.store.work("violation.import", office.actor("admin")) as work:
        work.session.get_one(ViolationVersion, office.version_id).valid_to = date(2026, 11, 20)
        work.audit("violations")
    hindered = proposal_choices(office.store, reviewer, case_id=registered_case, home=office.home)
    assert "失效" in hindered.unusable
    assert hindered.tiers == ()


def test_reasons_left_as_the_program_proposed_them_and_numbers_in_the_facts_are_refused(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    draft = penalty_proposals.draft_reasons(
        office.store, office.actor("reviewer"), case_id=registered_case, proposal=proposal(office)
    )
    assert "擅自占用城市道路—较轻" in draft
    assert "罚款人民币叁仟元整（¥3,000.00）" in draft
    assert "【" in draft
    with pytest.raises(ReasonsUnfinished, match="原文"):
        deciding.propose(registered_case, reasons=draft)
    with pytest.raises(ReasonsUnfinished, match="【】"):
        deciding.propose(registered_case, reasons=draft.replace("【写明理由】", "占用时间短"))
    with pytest.raises(Refused, match="电话"):
        deciding.propose(registered_case, facts="当事人电话13900001234，占用人行道")


def test_the_clerk_of_the_case_cannot_propose_even_with_the_role(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    deciding.duty(case_id, "everything", "intake")
    with pytest.raises(DutyConflict):
        deciding.propose(case_id, login="everything")


def test_one_valid_officer_is_not_enough_and_a_helper_does_not_count(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    with office.store.work("penalty.staff", office.actor("boss")) as work:
        gone = work.session.get_one(PenaltyOfficer, (case_id, office.certificates["other"]))
        work.session.delete(gone)
        helper = office.certificates["helper"]
        work.session.add(PenaltyOfficer(hall_id=work.hall_id, case_id=case_id, certificate_id=helper))
        work.audit("certificates")
    with pytest.raises(GateClosed, match="只有1名"):
        deciding.propose(case_id)


def test_a_new_round_ends_the_one_before(office: Office, registered_case: int, deciding: Deciding) -> None:
    deciding.propose(registered_case, fine_fen=300_000)
    deciding.propose(registered_case, fine_fen=200_000)
    assert [(each.round, each.state, each.fine_fen) for each in rounds(office, registered_case)] == [
        (1, "dropped", 300_000),
        (2, "open", 200_000),
    ]


def test_after_a_defence_no_round_may_be_heavier_than_what_was_told(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case, fine_fen=300_000)
    deciding.tell(registered_case)
    deciding.defend(registered_case)
    with pytest.raises(AmountRefused, match="第四十五条第二款"):
        deciding.propose(registered_case, fine_fen=300_100)
    deciding.propose(registered_case, fine_fen=300_000)


@pytest.mark.both
def test_who_waived_the_defence_is_not_locked(office: Office, registered_case: int, deciding: Deciding) -> None:
    deciding.propose(registered_case, fine_fen=300_000)
    deciding.tell(registered_case)
    deciding.waive(registered_case)
    deciding.propose(registered_case, fine_fen=300_100)
    assert rounds(office, registered_case)[-1].told_on is None


def test_the_notice_handed_over_begins_the_days_to_defend(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case)
    issued = deciding.tell(registered_case)
    (kept,) = rounds(office, registered_case)
    assert (kept.told_on, kept.defend_by) == (date(2026, 11, 23), date(2026, 11, 30))
    assert issued.number == "莲城管罚告〔2026〕1号"
    told = deciding.content(issued)
    assert (told["defence_days"], told["defend_by"]) == ("5", "2026年11月30日")
    assert told["penalty"] == "罚款人民币叁仟元整（¥3,000.00）"
    assert told["benchmark_row"] == "擅自占用城市道路—较轻"
    assert told["benchmark_edition"] == "2024年1月1日起施行，莲城管规〔2023〕4号"
    assert (told["hearing"], told["ask_by"]) == ("", "")
    with pytest.raises(GateClosed, match="已于2026年11月23日告知"):
        deciding.tell(registered_case)


@pytest.mark.both
def test_a_notice_that_was_sent_begins_the_days_when_it_arrives(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case)
    deciding.tell(registered_case, handed_over=False)
    assert rounds(office, registered_case)[-1].told_on is None
    office.on(date(2026, 11, 27))
    with pytest.raises(penalty_telling.BadDay):
        received(office, registered_case, date(2026, 11, 28))
    received(office, registered_case, date(2026, 11, 26))
    assert rounds(office, registered_case)[-1].defend_by == date(2026, 12, 3)
    with pytest.raises(GateClosed, match="已于2026年11月26日告知"):
        received(office, registered_case, date(2026, 11, 26))


def test_a_notice_that_nobody_sent_has_not_arrived_and_none_arrives_before_it_was_sent(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case)
    with pytest.raises(penalty_telling.NotSent):
        received(office, registered_case, office.today)
    deciding.pass_days(3)
    deciding.tell(registered_case, handed_over=False)
    with pytest.raises(penalty_telling.BadDay, match="寄出的2026-11-26"):
        received(office, registered_case, date(2026, 11, 25))
    deciding.propose(registered_case, fine_fen=200_000)
    with pytest.raises(penalty_telling.NotSent):
        received(office, registered_case, office.today)


def test_a_schedule_that_comes_after_the_telling_ends_the_days_to_defend(office: Office, deciding: Deciding) -> None:
    case_id = office.registered(filed_on=date(2026, 12, 1))
    office.on(date(2026, 12, 29))
    deciding.propose(case_id)
    deciding.tell(case_id)
    office.on(date(2027, 1, 15))
    with pytest.raises(GateClosed, match="放假安排未录入"):
        deciding.decide(case_id)
    new_year = YearSchedule(2027, "测试", "测试", (ScheduleDay(date(2027, 1, 1), "rest", "元旦"),))
    import_schedules(office.store, office.actor("admin"), home=office.home, schedules=(new_year,))
    deciding.decide(case_id)
    assert office.case(case_id).state == "decided"


def test_after_a_defence_no_round_adds_another_kind_of_penalty(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case, other="警告")
    deciding.tell(registered_case)
    deciding.defend(registered_case)
    with pytest.raises(AmountRefused, match="第四十五条第二款"):
        deciding.propose(registered_case, other="没收堆放的建筑材料", grave_besides=True)
    deciding.propose(registered_case, other="警告")
    deciding.propose(registered_case, fine_fen=200_000)
    with pytest.raises(AmountRefused, match="第四十五条第二款"):
        deciding.propose(registered_case, other="警告，并没收堆放的建筑材料")


def test_a_fine_that_opens_a_hearing_tells_of_it(registered_case: int, deciding: Deciding) -> None:
    deciding.propose(registered_case, fine_fen=1_000_000, tier="一般")
    told = deciding.content(deciding.tell(registered_case))
    assert (told["hearing"], told["ask_by"]) == ("是", "2026年11月30日")


@pytest.mark.both
def test_what_is_said_twice_is_kept_and_wants_a_new_answer(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case)
    deciding.tell(registered_case)
    deciding.defend(registered_case, text="材料是邻居放的", answer="经核实不成立")
    deciding.defend(registered_case, text="我当天就搬走了", answer="")
    assert "邻居" not in deciding.audit()
    (kept,) = rounds(office, registered_case)
    assert kept.defence == "材料是邻居放的\n我当天就搬走了"
    assert kept.defence_answer == ""


def test_a_defence_that_cannot_be_is_refused(office: Office, registered_case: int, deciding: Deciding) -> None:
    deciding.propose(registered_case)
    deciding.tell(registered_case)
    for defence, why in (
        (Defence(said_on=date(2026, 11, 22), text="早了"), "陈述申辩的日期"),
        (Defence(said_on=date(2026, 11, 24), text="晚了"), "陈述申辩的日期"),
        (Defence(said_on=date(2026, 11, 23), text="说了", waived=True), "放弃"),
        (Defence(said_on=date(2026, 11, 23)), "陈述申辩"),
        (Defence(said_on=date(2026, 11, 23), text="我的电话是13900001234"), "电话"),
    ):
        with pytest.raises(Refused, match=why):
            penalty_telling.defend(
                office.store, office.actor("reviewer"), case_id=registered_case, defence=defence, home=office.home
            )


def test_nothing_is_told_and_nobody_is_heard_without_a_proposal(registered_case: int, deciding: Deciding) -> None:
    with pytest.raises(GateClosed, match="还没有拟定处罚意见"):
        deciding.tell(registered_case)
    with pytest.raises(GateClosed, match="还没有拟定处罚意见"):
        deciding.defend(registered_case)


def test_a_proposal_of_a_case_of_the_simple_procedure_is_refused(office: Office, deciding: Deciding) -> None:
    case_id = office.registered(procedure="simple", filed_on=None)
    with pytest.raises(GateClosed, match="当场处罚"):
        deciding.propose(case_id)
