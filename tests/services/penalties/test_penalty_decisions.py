"""From the proposal to the decision: nothing is decided before what law wants first, and the paper says it all."""

from datetime import date

import pytest
from sqlalchemy import select

from hall.rules.authority import NotAuthorised
from hall.rules.leniency import MustNotPenalise
from hall.rules.penalty_amounts import AmountRefused
from hall.rules.penalty_duties import DutyConflict
from hall.rules.penalty_gates import GateClosed
from hall.rules.penalty_reasons import ReasonsUnfinished
from hall.services import penalty_decisions, penalty_reviews
from hall.services.penalty_decision_acts import penalty_decision_acts
from hall.services.penalty_hearings import HearingTooSoon
from hall.services.rehearsing import rehearse
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.publicity import Publication
from hall.store.schema.violations import ViolationVersion
from tests.services.penalties.deciding import REASONS, Deciding
from tests.services.penalties.office import Office


@pytest.fixture
def told_case(registered_case: int, deciding: Deciding) -> int:
    """Proposed, told today, and the party gave its defence up."""
    deciding.propose(registered_case)
    deciding.tell(registered_case)
    deciding.waive(registered_case)
    return registered_case


def acts(office: Office, case_id: int) -> dict[str, tuple[str, ...]]:
    """Each act that is listed, with what stands in its way."""
    with office.store.read() as session:
        case = session.get_one(PenaltyCase, case_id)
        found = penalty_decision_acts(session, case, today=office.today, home=office.home)
    return {act.name: act.reasons for act in found}


def test_an_ordinary_fine_is_decided_once_the_party_was_told_and_waived(
    office: Office, told_case: int, deciding: Deciding
) -> None:
    issued = deciding.decide(told_case)
    decision = office.decision_of(told_case)
    assert issued.number == decision.number == "莲城管罚决〔2026〕1号"
    assert (decision.kind, decision.result, decision.fine_fen) == ("penalty", "ordinary", 300_000)
    assert (decision.document_id, decision.surcharge_told) == (issued.document_id, True)
    assert decision.bank.startswith("示例银行")
    assert office.case(told_case).state == "decided"
    with office.store.read() as session:
        (published,) = session.scalars(select(Publication))
        assert (published.decision_id, published.decided_on) == (decision.id, office.today)
    assert acts(office, told_case) == {}
    with pytest.raises(GateClosed, match="不在立案调查阶段"):
        deciding.decide(told_case)


def test_the_paper_of_an_ordinary_fine_says_what_law_wants_of_it(told_case: int, deciding: Deciding) -> None:
    told = deciding.content(deciding.decide(told_case))
    assert told["penalty"] == "罚款人民币叁仟元整（¥3,000.00）"
    assert told["violated"] == "《城市道路管理条例》第二十七条第（一）项"
    assert told["basis"] == "《城市道路管理条例》第四十二条"
    assert told["heard"] == (
        "本机关于2026年11月23日告知拟作出处罚的内容、事实、理由、依据和依法享有的权利。当事人明确表示放弃陈述和申辩。"
    )
    assert told["surcharge"].startswith("到期不缴纳的，每日按罚款数额的3%加处罚款")
    assert told["correction"] == "本机关已于2026年11月2日责令改正，当事人尚未改正的，应当立即改正。"
    assert told["review_government"]
    assert "****" in told["addressee_identity"]


def test_a_case_that_nobody_told_of_is_not_decided_and_every_reason_is_named(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    with pytest.raises(GateClosed, match="还没有拟定"):
        deciding.decide(registered_case)
    deciding.propose_grave(registered_case)
    with pytest.raises(GateClosed) as closed:
        deciding.decide(registered_case)
    assert [reason[:12] for reason in closed.value.reasons] == [
        "还没有告知当事人拟作出的",
        "应当法制审核，未经审核不",
        "情节复杂或者重大，应当由",
    ]
    assert acts(office, registered_case)["decide"] == closed.value.reasons
    assert office.case(registered_case).state == "filed"


def test_the_days_to_defend_run_out_before_the_decision(registered_case: int, deciding: Deciding) -> None:
    deciding.propose(registered_case)
    deciding.tell(registered_case)
    deciding.pass_days(7)  # Monday 30 November, the fifth workday
    with pytest.raises(GateClosed, match="期限到2026年11月30日"):
        deciding.decide(registered_case)
    deciding.pass_days(1)
    assert "当事人在规定期限内没有提出陈述、申辩。" in deciding.content(deciding.decide(registered_case))["heard"]


@pytest.mark.both
def test_a_defence_wants_an_answer_before_the_decision(registered_case: int, deciding: Deciding) -> None:
    deciding.propose(registered_case)
    deciding.tell(registered_case)
    deciding.defend(registered_case, text="材料当天已经清走", answer="")
    with pytest.raises(GateClosed, match="复核"):
        deciding.decide(registered_case)
    deciding.defend(registered_case, text="", answer="经核实，清理在责令之后，予以考虑")
    heard = deciding.content(deciding.decide(registered_case, fine_fen=200_000))["heard"]
    assert "陈述、申辩：材料当天已经清走。经复核，经核实，清理在责令之后，予以考虑。" in heard


def test_the_approver_may_lower_the_fine_within_the_tier_and_never_raise_it(
    office: Office, told_case: int, deciding: Deciding
) -> None:
    with pytest.raises(AmountRefused, match="高于告知的数额"):
        deciding.decide(told_case, fine_fen=300_100)
    with pytest.raises(AmountRefused, match="低于"):
        deciding.decide(told_case, fine_fen=49_900)
    with pytest.raises(ReasonsUnfinished):
        deciding.decide(told_case, reasons="照办")
    deciding.decide(told_case, fine_fen=50_000, reasons=f"{REASONS}申辩予以采纳。")
    decision = office.decision_of(told_case)
    assert (decision.fine_fen, decision.reasons) == (50_000, f"{REASONS}申辩予以采纳。")


def test_a_grave_case_goes_through_hearing_review_and_discussion(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose_grave(registered_case)
    deciding.tell(registered_case)
    deciding.waive(registered_case)
    with pytest.raises(GateClosed, match="2026年11月30日前可以申请听证"):
        deciding.decide(registered_case)
    deciding.ask_hearing(registered_case)
    with pytest.raises(GateClosed, match="还没有通知听证"):
        deciding.decide(registered_case)
    with pytest.raises(HearingTooSoon, match="七个工作日"):
        deciding.notice_hearing(registered_case, days=8)
    notice = deciding.content(deciding.notice_hearing(registered_case, days=9))
    assert notice["held_at"].startswith("2026年12月2日")
    assert notice["chair_name"] == "陈法正"
    with pytest.raises(GateClosed, match="当天以后"):
        deciding.hear(registered_case)
    deciding.pass_days(9)
    deciding.hear(registered_case)
    deciding.review(registered_case)
    with pytest.raises(GateClosed, match="集体讨论"):
        deciding.decide(registered_case)
    deciding.discuss(registered_case)
    heard = deciding.content(deciding.decide(registered_case))["heard"]
    assert "于2026年12月2日举行听证，本决定根据听证笔录作出。" in heard
    kinds = [event.kind for event in office.events(registered_case)]
    steps = ["propose", "tell", "defend", "ask_hearing", "notice_hearing", "hear", "legal", "discuss", "decide"]
    assert kinds == ["register", *steps]


def test_a_hearing_asked_too_late_or_not_due_is_refused(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case)
    deciding.tell(registered_case)
    with pytest.raises(GateClosed, match="不在听证范围"):
        deciding.ask_hearing(registered_case)
    other = office.registered()
    deciding.propose_grave(other)
    deciding.tell(other)
    deciding.pass_days(8)
    with pytest.raises(GateClosed, match="已经过期"):
        deciding.ask_hearing(other)
    assert acts(office, other)["ask_hearing"] == ()  # what came in time may be entered later
    deciding.ask_hearing(other, on=date(2026, 11, 30))
    assert acts(office, other)["notice_hearing"] == ()


def test_who_investigates_does_not_preside(office: Office, registered_case: int, deciding: Deciding) -> None:
    deciding.propose_grave(registered_case)
    deciding.tell(registered_case)
    deciding.ask_hearing(registered_case)
    deciding.duty(registered_case, "everything", "investigate")
    with pytest.raises(DutyConflict):
        deciding.notice_hearing(registered_case, login="everything")


def test_a_review_that_does_not_agree_sends_the_proposal_back(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case, fine_fen=500_000, tier="一般")
    deciding.tell(registered_case)
    with pytest.raises(GateClosed, match="陈述申辩的期限"):
        deciding.review(registered_case)
    deciding.waive(registered_case)
    deciding.review(registered_case, agrees=False)
    with pytest.raises(GateClosed, match="审核没有通过"):
        deciding.decide(registered_case)
    deciding.propose(registered_case)
    assert acts(office, registered_case)["tell"] == ()


def test_nobody_decides_what_he_investigated_or_reviewed(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose(registered_case, fine_fen=500_000, tier="一般")
    deciding.tell(registered_case)
    deciding.waive(registered_case)
    deciding.review(registered_case, login="everything")
    with pytest.raises(DutyConflict):
        deciding.decide(registered_case, login="everything")
    with pytest.raises(NotAuthorised):
        deciding.decide(registered_case, login="reviewer")
    deciding.decide(registered_case)


def test_minutes_of_a_discussion_before_the_proposal_are_refused(office: Office, deciding: Deciding) -> None:
    case_id = office.registered(complex=True)
    deciding.propose(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    deciding.review(case_id)
    with pytest.raises(penalty_reviews.BadMinutesDay):
        deciding.discuss(case_id, on=date(2026, 11, 22))


def test_minutes_from_before_the_hearing_and_the_review_are_refused(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    deciding.propose_grave(registered_case)
    deciding.tell(registered_case)
    deciding.waive(registered_case)
    deciding.ask_hearing(registered_case)
    deciding.notice_hearing(registered_case, days=9)
    deciding.pass_days(9)
    deciding.hear(registered_case)
    deciding.pass_days(1)
    deciding.review(registered_case)
    with pytest.raises(penalty_reviews.BadMinutesDay, match="法制审核之后，日期应在2026-12-03"):
        deciding.discuss(registered_case, on=date(2026, 12, 2))
    deciding.discuss(registered_case, on=date(2026, 12, 3))


def test_a_norm_that_fines_only_who_does_not_correct_waits_for_it(
    office: Office, told_case: int, deciding: Deciding
) -> None:
    with office.store.work("violation.import", office.actor("admin")) as work:
        work.session.get_one(ViolationVersion, office.version_id).correction = "first"
        case = work.session.get_one(PenaltyCase, told_case)
        case.correct_by, case.corrected_on = date(2026, 11, 23), None
        work.audit("violations")
    with pytest.raises(GateClosed, match="期限到2026年11月23日"):
        deciding.decide(told_case)
    with office.store.work("penalty.correction", office.actor("reviewer")) as work:
        work.session.get_one(PenaltyCase, told_case).corrected_on = date(2026, 11, 23)
        work.audit(f"penalty:{told_case}")
    with pytest.raises(GateClosed, match="没有可处的罚款"):
        deciding.decide(told_case)


@pytest.mark.both
def test_a_penalty_without_an_order_to_correct_has_to_say_one(office: Office, deciding: Deciding) -> None:
    case_id = office.registered(correction_ordered_on=None, correct_by=None)
    deciding.propose(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    with pytest.raises(penalty_decisions.CorrectionMissing):
        deciding.decide(case_id)
    told = deciding.content(deciding.decide(case_id, correction="三日内清理占用的人行道"))
    assert told["correction"] == "三日内清理占用的人行道。"


def test_what_was_found_too_late_is_not_punished_and_the_party_is_educated_first(
    office: Office, deciding: Deciding
) -> None:
    old = date(2024, 11, 20)
    case_id = office.registered(acted_on=old, found_on=date(2026, 11, 21), filed_on=date(2026, 11, 22))
    with pytest.raises(MustNotPenalise, match="第三十六条"):
        deciding.propose(case_id)
    deciding.propose(case_id, result="none", limb="expired", fine_fen=0, tier_id=None)
    assert list(acts(office, case_id)) == ["propose", "decide"]
    with pytest.raises(penalty_decisions.NotEducated):
        deciding.decide(case_id)
    deciding.educate(case_id)
    told = deciding.content(deciding.decide(case_id))
    assert (told["limb_article"], told["education"]) == ("第三十六条", "已说明占用人行道的危害和有关规定。")
    decision = office.decision_of(case_id)
    assert (decision.kind, decision.result, decision.fine_fen) == ("none", "none", 0)
    with office.store.read() as session:
        assert session.scalars(select(Publication)).all() == []


def test_a_benchmark_that_changed_since_the_proposal_wants_a_new_one(
    office: Office, told_case: int, deciding: Deciding
) -> None:
    with office.store.work("violation.import", office.actor("admin")) as work:
        work.session.get_one(ViolationVersion, office.version_id).superseded_by = "固体废物污染环境防治法第111条"
        work.audit("violations")
    with pytest.raises(GateClosed, match="上位法冲突"):
        deciding.decide(told_case)


def test_a_lighter_fine_says_its_limb_on_its_own_paper(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    deciding.examine(case_id, "removed")
    deciding.propose(case_id, result="lighter", limb="removed", fine_fen=50_000)
    deciding.tell(case_id)
    deciding.waive(case_id)
    told = deciding.content(deciding.decide(case_id))
    assert told["mitigation_word"] == "从轻"
    assert told["reasons"].startswith("占用人行道十二平方米")
    assert told["benchmark_span"] == "¥500.00至¥50,000.00"
    assert office.decision_of(case_id).result == "lighter"


def test_a_reduced_fine_lies_below_the_law_and_is_reviewed(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    deciding.examine(case_id, "removed")
    how = "按法定最低额的四成计算"
    with pytest.raises(AmountRefused, match="应低于法定最低数额"):
        deciding.propose(case_id, fine_fen=50_000, result="reduced", limb="removed", below_how=how)
    deciding.propose(case_id, fine_fen=20_000, result="reduced", limb="removed", below_how=how)
    deciding.tell(case_id)
    deciding.waive(case_id)
    with pytest.raises(GateClosed, match="法制审核"):
        deciding.decide(case_id)
    deciding.review(case_id)
    told = deciding.content(deciding.decide(case_id))
    assert (told["mitigation_word"], told["below_lowest"]) == ("减轻", "按法定最低额的四成计算。")


def test_a_decision_is_shown_as_a_draft_and_nothing_is_kept(office: Office, told_case: int, deciding: Deciding) -> None:
    drafts = rehearse(office.store, lambda: deciding.decide(told_case))
    assert [draft.kind for draft in drafts] == ["penalty"]
    assert office.case(told_case).state == "filed"


def test_ninety_days_after_filing_the_case_can_still_be_decided(
    office: Office, told_case: int, deciding: Deciding
) -> None:
    deciding.pass_days(90)
    deciding.decide(told_case)
    assert office.case(told_case).state == "decided"
