"""Opinions step by step, by different persons; supplements asked for meanwhile."""

from pathlib import Path

import pytest
from sqlalchemy import select

from hall.rules.authority import NotAuthorised
from hall.rules.permits import NotNow
from hall.rules.separation import SamePerson
from hall.services.papers_intake import Defect
from hall.services.review_supplements import NotAsked, NothingAsked
from hall.services.reviewing import DenialReport, NothingProposed, NotPassed, Proposal
from hall.store.schema.documents import Document
from hall.store.schema.reviewing import CaseOpinion
from tests.services.review.bureau import DENIAL, GRANT, Bureau

ITEMS = (Defect("平面图", "没有标注尺寸", "标注长和宽"), Defect("申请表", "没有签名", "签名"))
REPORT = DenialReport("莲城区人民政府", "占用消防通道", "不影响消防通道", "城市道路管理条例第三十一条", "建议另选位置")


@pytest.mark.both
def test_every_step_leaves_its_opinion_and_needs_another_person(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1", legal_review=True), by="everything")
    bureau.desk("everything").propose(case_id, Proposal("granted", "符合条件", conditions="不超过划定的范围"))
    with pytest.raises(SamePerson, match="不同人员"):
        bureau.desk("everything").examine(case_id, agree=True, text="同意")
    with pytest.raises(NotAuthorised):
        bureau.desk("reviewer").examine(case_id, agree=True, text="同意")
    bureau.desk("head").examine(case_id, agree=True, text="同意拟办意见")
    assert bureau.case(case_id).state == "legal_review"
    with pytest.raises(SamePerson, match="法制审核"):
        bureau.desk("everything").review_by_law(case_id, agree=True, text="合法")
    with pytest.raises(NotNow):
        bureau.desk("approver").decide(case_id, GRANT)
    bureau.desk("lawyer").review_by_law(case_id, agree=True, text="程序合法")
    assert (bureau.case(case_id).state, bureau.case(case_id).proposal) == ("approving", "granted")
    with bureau.store.read() as session:
        opinions = session.scalars(select(CaseOpinion).order_by(CaseOpinion.id)).all()
    assert [(each.step, each.position) for each in opinions] == [
        ("reviewing", "grant"),
        ("examining", "agree"),
        ("legal_review", "agree"),
    ]


@pytest.mark.both
def test_who_does_not_agree_sends_the_case_back_with_both_opinions_kept(bureau: Bureau) -> None:
    code = bureau.publish("R1", legal_review=True)
    first, second = bureau.proposed(code), bureau.examined(code)
    bureau.desk("head").examine(first, agree=False, text="依据不足")
    assert (bureau.case(first).state, bureau.case(first).proposal) == ("reviewing", "")
    bureau.desk("lawyer").review_by_law(second, agree=False, text="没有告知利害关系人")
    assert (bureau.case(second).state, bureau.case(second).proposal) == ("examining", "granted")
    with bureau.store.read() as session:
        opinions = session.scalars(select(CaseOpinion).where(CaseOpinion.case_id == first)).all()
    assert [each.position for each in opinions] == ["grant", "disagree", "return"]


def test_further_opinions_stay_and_move_the_case_nowhere(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1"))
    with pytest.raises(NothingProposed, match="审查中"):
        bureau.desk("deputy").countersign(case_id, agree=True, text="同意")
    bureau.propose(case_id, "reviewer")
    with pytest.raises(NotAuthorised):
        bureau.desk("clerk").countersign(case_id, agree=True, text="同意")
    bureau.desk("foreign_head").countersign(case_id, agree=False, text="请保留树木")
    bureau.desk("deputy").countersign(case_id, agree=True, text="同意")
    opinions = bureau.desk("head").desk_file(case_id).records.opinions
    assert [(each.name, each.position) for each in opinions] == [
        ("吴文正", "grant"),
        ("韩绿野", "disagree"),
        ("冯国安", "agree"),
    ]
    bureau.desk("head").examine(case_id, agree=True, text="同意")
    assert bureau.case(case_id).state == "approving"


def test_legal_review_is_done_anew_after_the_case_was_sent_back(bureau: Bureau) -> None:
    case_id = bureau.examined(bureau.publish("R1", legal_review=True))
    bureau.desk("lawyer").review_by_law(case_id, agree=True, text="合法")
    bureau.desk("approver").send_back(case_id, "请再核")
    bureau.desk("head").examine(case_id, agree=True, text="同意")
    assert bureau.case(case_id).state == "legal_review"


def test_an_opinion_without_words_or_with_a_telephone_number_is_refused(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1"))
    for words, told in ((" ", "要写明"), ("请打13900001234", "电话")):
        with pytest.raises(Exception, match=told):
            bureau.desk("reviewer").propose(case_id, Proposal("granted", words))


@pytest.mark.both
def test_a_denial_is_reported_one_level_up_before_it_is_decided(bureau: Bureau) -> None:
    code = bureau.publish("R1", refusal_report=True)
    granted, denied = bureau.examined(code), bureau.examined(code, verdict="denied")
    with pytest.raises(NotNow, match="只有拟不予许可"):
        bureau.desk("head").report_denial(granted, REPORT)
    with pytest.raises(NotNow, match="否定报备"):
        bureau.desk("approver").decide(denied, DENIAL)
    paper = bureau.desk("head").report_denial(denied, REPORT)
    with bureau.store.read() as session:
        assert session.get_one(Document, paper.document_id).kind == "denial_report"
    bureau.desk("approver").decide(denied, DENIAL)
    assert bureau.case(denied).outcome == "denied"


def test_a_place_that_did_not_pass_is_no_ground_for_a_grant(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1", site_visit=True))
    with pytest.raises(NotNow, match="还没有勘查记录"):
        bureau.desk("reviewer").propose(case_id, Proposal("granted", "拟同意"))
    for passed in (False, True):
        record = bureau.visit_record(passed=passed)
        visit_id = bureau.desk("reviewer").book_visit(case_id, at=record.began_at, place="向阳路18号")
        bureau.desk("reviewer").make_visit(case_id, visit_id, record)
        if not passed:
            with pytest.raises(NotPassed, match="2026-11-23"):
                bureau.desk("reviewer").propose(case_id, Proposal("granted", "拟同意"))
    bureau.desk("reviewer").propose(case_id, Proposal("granted", "复查合格"))
    assert bureau.case(case_id).state == "examining"


def test_a_supplement_in_review_holds_the_promise_and_never_the_limit_of_law(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1"))
    before = {each.kind: each.due_on for each in bureau.clocks(case_id)}
    with pytest.raises(NothingAsked):
        bureau.desk("reviewer").ask(case_id, ())
    paper = bureau.desk("reviewer").ask(case_id, ITEMS)
    with pytest.raises(NotNow, match="补正还没有收齐"):
        bureau.desk("reviewer").ask(case_id, ITEMS)
    with pytest.raises(NotNow, match="补正还没有收齐"):
        bureau.desk("reviewer").propose(case_id, Proposal("granted", "拟同意"))
    states = {each.kind: each.state for each in bureau.clocks(case_id)}
    assert (states["statutory"], states["promised"], states["supplement"]) == ("running", "paused", "running")
    assert bureau.case(case_id).state == "reviewing"
    bureau.on(2026, 11, 26)
    assert bureau.desk("clerk").answer(case_id, (1,)).left == ("申请表",)
    with pytest.raises(NotAsked):
        bureau.desk("clerk").answer(case_id, (3,))
    assert bureau.desk("reviewer").answer(case_id, (2,)).left == ()
    with pytest.raises(NotNow, match="没有等待中的补正"):
        bureau.desk("clerk").answer(case_id, (1,))
    due = {each.kind: each.due_on for each in bureau.clocks(case_id)}
    assert due["statutory"] == before["statutory"]
    assert (before["promised"], due["promised"]) != (None, before["promised"])
    with bureau.store.read() as session:
        assert session.get_one(Document, paper.document_id).kind == "correction"
    assert [each.kind for each in bureau.events(case_id)][-3:] == ["ask", "answer", "answer"]


def test_where_the_promise_does_not_wait_for_material_it_runs_on(bureau: Bureau) -> None:
    own = Path("resources/procedures.csv").read_text(encoding="utf-8")
    (bureau.home / "procedures.csv").write_text(
        own.replace("supplement,审查中补正,no,yes", "supplement,审查中补正,no,no"), "utf-8"
    )
    case_id = bureau.under_review(bureau.publish("R1"))
    bureau.desk("reviewer").ask(case_id, ITEMS, days=5)
    states = {each.kind: (each.state, each.budget) for each in bureau.clocks(case_id)}
    assert states["promised"][0] == "running"
    assert states["supplement"] == ("running", 5)
    assert bureau.desk("clerk").answer(case_id, (1, 2)).left == ()
