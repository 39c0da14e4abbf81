"""The way to a decision through the window's own panels, by the keyboard: each by whom it belongs to."""

from datetime import date, timedelta

from hall.services.penalty_gate_facts import proposals_of
from hall.store.schema.penalties import PenaltyProposal
from hall.windows.penalty_tools import PenaltyForm
from tests.services.penalties.deciding import REASONS, Deciding
from tests.services.penalties.office import Office
from tests.windows.keyboard import commit
from tests.windows.penalty.desk import Desk, enter, fill, leave


def last(office: Office, case_id: int) -> PenaltyProposal:
    with office.store.read() as session:
        return proposals_of(session, case_id)[-1]


def test_the_reasons_come_as_a_draft_that_has_to_be_finished(office: Office, desk: Desk) -> None:
    case_id = office.registered()
    panel = desk.open("reviewer", case_id, "propose")
    fill(panel, tier=str(office.tiers["较轻"]), fine="3000", evidence="现场照片四张")
    panel.tiers.look()  # type: ignore[attr-defined]  # of the ProposePanel
    assert "本档 ¥500.00至¥5,000.00；法定幅度 ¥500.00至¥50,000.00" in panel.tiers.span.text()  # type: ignore[attr-defined]
    leave(panel, "fine")
    draft = panel.form.text("reasons")
    assert "罚款人民币叁仟元整（¥3,000.00）" in draft
    assert "【" in draft
    panel.form.focus("reasons")
    for words in ("轻微", "占用人行道两日", "未影响通行"):  # each gap is chosen, Enter goes to the next
        assert panel.isVisible()
        leave(panel, "reasons")
        commit(words)
    enter(panel)
    assert "处罚意见已拟定" in desk.said
    kept = last(office, case_id)
    assert kept.fine_fen == 300_000
    assert "危害后果是轻微。" in kept.reasons
    assert "【" not in kept.reasons


def test_what_somebody_wrote_into_the_reasons_stays_when_the_fine_changes(office: Office, desk: Desk) -> None:
    panel = desk.open("reviewer", office.registered(), "propose")
    fill(panel, tier=str(office.tiers["较轻"]), reasons=REASONS, fine="600")
    leave(panel, "fine")
    assert panel.form.text("reasons") == REASONS


def test_the_result_says_which_fields_there_are(office: Office, desk: Desk) -> None:
    panel = desk.open("reviewer", office.registered(), "propose")
    shown = {
        result: {key for key in ("limb", "tier", "fine", "below_how") if _open(panel, result, key)}
        for result in ("ordinary", "lighter", "reduced", "none")
    }
    assert shown == {
        "ordinary": {"tier", "fine"},
        "lighter": {"limb", "tier", "fine"},
        "reduced": {"limb", "tier", "fine", "below_how"},
        "none": {"limb"},
    }


def _open(panel: PenaltyForm, result: str, key: str) -> bool:
    panel.form.set_text("result", result)
    return panel.form._fields[key].editor.isEnabled()


def test_an_examined_limb_comes_filled_in(office: Office, deciding: Deciding, desk: Desk) -> None:
    case_id = office.registered()
    deciding.examine(case_id, "removed")
    panel = desk.open("reviewer", case_id, "propose")
    assert (panel.form.text("result"), panel.form.text("limb")) == ("lighter", "removed")


def test_a_notice_is_handed_over_or_sent_and_then_received(office: Office, deciding: Deciding, desk: Desk) -> None:
    case_id = office.registered()
    deciding.propose(case_id)
    panel = desk.open("reviewer", case_id, "tell")
    fill(panel, way="sent")
    panel.submit()
    assert "请寄出" in desk.said
    panel = desk.open("reviewer", case_id, "tell")
    assert panel.form.text("way") == "received"
    enter(panel)
    assert last(office, case_id).told_on == office.today


def test_a_defence_without_words_is_asked_for_or_given_up(office: Office, deciding: Deciding, desk: Desk) -> None:
    case_id = office.registered()
    deciding.propose(case_id)
    deciding.tell(case_id)
    panel = desk.open("reviewer", case_id, "defend")
    panel.submit()
    assert panel.form.wrong("text") == "请填写当事人的陈述申辩；放弃的请勾选。"
    fill(panel, text="当天已经清理", answer="不影响认定")
    panel.submit()
    assert (last(office, case_id).defence, last(office, case_id).defence_answer) == ("当天已经清理", "不影响认定")


def test_the_approver_sees_the_whole_proposal_and_lowers_the_fine(
    office: Office, deciding: Deciding, desk: Desk
) -> None:
    case_id = office.registered()
    deciding.propose(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    panel = desk.open("approver", case_id, "decide")
    told = panel.told.text()  # type: ignore[attr-defined]  # of the DecidePanel
    assert "现场照片四张" in told
    assert panel.form.text("reasons") == REASONS
    assert "明确放弃" in told
    assert panel.form.text("fine") == "3000.00"
    fill(panel, fine="2000")
    enter(panel)
    assert "莲城管罚决〔2026〕1号 正在打印" in desk.said
    assert office.decision_of(case_id).fine_fen == 200_000


def test_hearing_review_and_discussion_go_through_their_panels(office: Office, deciding: Deciding, desk: Desk) -> None:
    case_id = office.registered()
    deciding.propose_grave(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    enter(desk.open("reviewer", case_id, "ask_hearing"))
    panel = desk.open("lawyer", case_id, "notice_hearing")
    fill(panel, held_at="2026-12-09 09:30", place="二层会议室", recorder="吴记录")
    enter(panel)
    assert "请今天交付当事人签收" in desk.said
    office.clock.instant += timedelta(days=16)
    panel = desk.open("lawyer", case_id, "hear")
    fill(panel, record="双方到场质证，当事人没有新的证据")
    enter(panel)
    panel = desk.open("lawyer", case_id, "legal")
    fill(panel, opinion="事实清楚，程序合法")
    enter(panel)
    panel = desk.open("approver", case_id, "discuss")
    fill(panel, number="2026年第9次", text="一致同意")
    enter(panel)
    kept = last(office, case_id)
    assert (kept.hearing_on, kept.legal_agrees, kept.minutes_number) == (date(2026, 12, 9), True, "2026年第9次")


def test_a_penalty_on_the_spot_is_refused_until_the_party_was_told(
    office: Office, deciding: Deciding, desk: Desk
) -> None:
    case_id = office.registered(procedure="simple", filed_on=None)
    deciding.mild_tier()
    panel = desk.open("reviewer", case_id, "on_spot")
    fill(panel, fine="100", done_at="2026-11-02 09:20")
    panel.submit()
    assert "请办完后勾选" in panel.form.wrong("told")
    panel.form._fields["told"].editor.setChecked(True)  # type: ignore[union-attr]  # a tick
    panel.submit()
    assert "当场处罚决定书 莲城管简罚〔2026〕第0001号 正在打印" in desk.said
    panel = desk.open("reviewer", case_id, "file_on_spot")
    assert "2026-11-25 周三 前报所属行政机关备案" in panel.told.text()  # type: ignore[attr-defined]
    fill(panel, reference="备案2026-1")
    enter(panel)
    assert [event.kind for event in office.events(case_id)][-2:] == ["on_spot", "file_on_spot"]
