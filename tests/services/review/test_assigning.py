"""Cases from hand to hand, and the clocks of their steps."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from sqlalchemy import select

from hall.errors import Refused
from hall.rules.authority import NotAuthorised
from hall.rules.catalogue import StepRule
from hall.rules.permits import NotNow
from hall.services.assigning import NotForThem, NotHolding
from hall.services.case_records import NoSuchCase
from hall.services.hands import InOtherHands, OtherDepartment
from hall.services.reviewing import Proposal
from hall.store.schema.clocks import CaseClock
from hall.store.schema.documents import Document
from hall.store.schema.people import Account
from hall.store.schema.reviewing import CaseHandover
from tests.services.review.bureau import GRANT, Bureau

STEPS = (StepRule("accepted", 1), StepRule("reviewing", 3), StepRule("examining", 2), StepRule("approving", 2))


@pytest.fixture
def stepped(bureau: Bureau) -> str:
    return bureau.publish("R1", steps=STEPS)


def _steps(clocks: Sequence[CaseClock]) -> list[tuple[str, int, str]]:
    return [(each.subject, each.budget, each.state) for each in clocks if each.kind == "step"]


@pytest.mark.both
def test_the_file_goes_to_the_department_with_both_names_and_times(bureau: Bureau, stepped: str) -> None:
    case_id = bureau.accepted(stepped)
    paper = bureau.desk("clerk").hand_over(case_id, note="图纸两卷")
    with pytest.raises(NotNow, match="已经移交"):
        bureau.desk("clerk").hand_over(case_id)
    with pytest.raises(OtherDepartment):
        bureau.desk("foreign").take(case_id)
    with pytest.raises(NotAuthorised):
        bureau.desk("clerk").take(case_id)
    bureau.desk("reviewer").take(case_id)
    with bureau.store.read() as session:
        handover = session.scalars(select(CaseHandover)).one()
        document = session.get_one(Document, paper.document_id)
    assert (handover.given_by, handover.taken_by) == (bureau.id_of("clerk"), bureau.id_of("reviewer"))
    assert handover.taken_at is not None
    assert "申请" in handover.items
    assert (document.kind, handover.document_id) == ("handover", paper.document_id)
    assert (bureau.case(case_id).state, bureau.case(case_id).officer_id) == ("reviewing", bureau.id_of("reviewer"))


def test_a_case_that_nobody_handed_over_cannot_be_taken(bureau: Bureau, stepped: str) -> None:
    with pytest.raises(NotNow, match="还没有移交"):
        bureau.desk("reviewer").take(bureau.accepted(stepped))


def test_who_does_not_have_a_case_does_not_act_on_it(bureau: Bureau, stepped: str) -> None:
    case_id = bureau.under_review(stepped)
    with pytest.raises(InOtherHands, match="吴文正"):
        bureau.desk("other").propose(case_id, Proposal("granted", "拟同意"))
    with pytest.raises(InOtherHands):
        bureau.desk("other").claim(case_id)
    with pytest.raises(NotHolding):
        bureau.desk("other").release(case_id, "不是我的")
    bureau.desk("reviewer").release(case_id, "另有任务")
    assert bureau.case(case_id).officer_id is None
    with pytest.raises(OtherDepartment):
        bureau.desk("foreign").claim(case_id)
    bureau.desk("other").claim(case_id)
    assert bureau.case(case_id).officer_id == bureau.id_of("other")


def test_a_head_assigns_to_who_may_do_the_step_and_did_not_do_the_one_before(bureau: Bureau, stepped: str) -> None:
    case_id = bureau.under_review(stepped)
    with pytest.raises(NotAuthorised):
        bureau.desk("reviewer").assign(case_id, bureau.id_of("other"))
    with pytest.raises(OtherDepartment):
        bureau.desk("foreign_head").assign(case_id, bureau.id_of("other"))
    for login, why in (("lawyer", "没有这一步的岗位权限"), ("foreign", "承办")):
        with pytest.raises(Refused, match=why):
            bureau.desk("head").assign(case_id, bureau.people[login].account_id)
    with pytest.raises(NotForThem, match="不存在"):
        bureau.desk("head").assign(case_id, 10**6)
    bureau.desk("head").assign(case_id, bureau.id_of("everything"), reason="平衡工作量")
    assert bureau.case(case_id).officer_id == bureau.id_of("everything")
    assert bureau.events(case_id)[-1].note == "平衡工作量"
    bureau.desk("everything").propose(case_id, Proposal("granted", "拟同意"))
    with pytest.raises(NotForThem, match="不同人员"):
        bureau.desk("boss").assign(case_id, bureau.id_of("everything"))
    named = {each.name for each in bureau.desk("boss").officers(case_id)}
    assert "王立新" in named
    assert "蒋万能" not in named


def test_each_case_of_a_bulk_assignment_has_its_own_result(bureau: Bureau, stepped: str) -> None:
    first, second = bureau.under_review(stepped), bureau.proposed(stepped)
    found = bureau.desk("boss").assign_all((first, second, 10**6), bureau.id_of("other"), reason="休假交接")
    assert [each.case_id for each in found] == [first, second, 10**6]
    assert found[0].refusal == ""
    assert found[0].receipt_number == bureau.case(first).receipt_number
    assert "岗位权限" in found[1].refusal
    assert "没有办件" in found[2].refusal
    assert bureau.case(first).officer_id == bureau.id_of("other")
    assert bureau.case(second).officer_id is None


def test_a_step_has_its_clock_from_entry_to_leaving(bureau: Bureau, stepped: str) -> None:
    case_id = bureau.accepted(stepped)
    assert _steps(bureau.clocks(case_id)) == [("accepted", 1, "running")]
    bureau.desk("clerk").hand_over(case_id)
    bureau.desk("reviewer").take(case_id)
    bureau.on(2026, 11, 25)
    bureau.desk("reviewer").propose(case_id, Proposal("granted", "拟同意"))
    assert _steps(bureau.clocks(case_id)) == [
        ("accepted", 1, "stopped"),
        ("reviewing", 3, "stopped"),
        ("examining", 2, "running"),
    ]


def test_a_case_that_is_sent_back_has_what_was_left_of_the_step_and_no_more(bureau: Bureau, stepped: str) -> None:
    case_id = bureau.under_review(stepped)
    before = {each.kind: each.due_on for each in bureau.clocks(case_id)}
    bureau.on(2026, 11, 25)
    bureau.desk("reviewer").propose(case_id, Proposal("granted", "拟同意"))
    bureau.on(2026, 11, 26)
    bureau.desk("head").examine(case_id, agree=False, text="请补充占道面积的依据")
    assert _steps(bureau.clocks(case_id))[-1] == ("reviewing", 1, "running")
    assert bureau.clocks(case_id)[-1].due_on is not None
    assert (bureau.clocks(case_id)[-1].started_on.day, bureau.clocks(case_id)[-1].due_on.day) == (26, 27)  # type: ignore[union-attr]
    assert bureau.case(case_id).officer_id == bureau.id_of("reviewer")
    bureau.on(2026, 12, 1)
    bureau.desk("reviewer").propose(case_id, Proposal("granted", "拟同意"))
    bureau.desk("head").send_back(case_id, "仍然不清楚")
    assert _steps(bureau.clocks(case_id))[-1] == ("reviewing", 0, "running")
    after = {each.kind: each.due_on for each in bureau.clocks(case_id) if each.kind != "step"}
    assert {kind: day for kind, day in before.items() if kind in after} == after


@pytest.mark.both
def test_a_case_goes_back_step_by_step_to_who_did_it(bureau: Bureau, stepped: str) -> None:
    case_id = bureau.examined(stepped)
    for login, state, holder in (
        ("approver", "examining", "head"),
        ("head", "reviewing", "reviewer"),
        ("reviewer", "accepted", "clerk"),
    ):
        bureau.desk(login).send_back(case_id, "请再核对材料")
        assert (bureau.case(case_id).state, bureau.case(case_id).officer_id) == (
            state,
            bureau.people[holder].account_id,
        )
    assert bureau.case(case_id).proposal == ""
    with pytest.raises(NotNow):
        bureau.desk("approver").decide(case_id, GRANT)
    bureau.desk("clerk").hand_over(case_id)
    bureau.desk("other").take(case_id)
    assert bureau.case(case_id).officer_id == bureau.id_of("other")


def test_somebody_or_the_department_has_a_case_at_every_moment_and_only_one(bureau: Bureau, stepped: str) -> None:
    hands = bureau.hands(bureau.examined(stepped))
    assert [each.until_at is None for each in hands] == [False] * (len(hands) - 1) + [True]
    assert all(before.until_at == after.from_at for before, after in pairwise(hands))


@pytest.mark.both
def test_a_case_whose_reviewer_has_left_comes_back_to_the_department(bureau: Bureau, stepped: str) -> None:
    case_id = bureau.proposed(stepped)
    with bureau.store.work("account.disable", bureau.people["boss"]) as work:
        work.session.get_one(Account, bureau.id_of("reviewer")).disabled = True
        work.audit("account", disabled=True)
    bureau.desk("head").send_back(case_id, "请补充依据")
    assert (bureau.case(case_id).state, bureau.case(case_id).officer_id) == ("reviewing", None)
    with pytest.raises(NoSuchCase):
        bureau.desk("head").officers(10**6)
    assert "吴文正" not in {each.name for each in bureau.desk("head").officers(case_id)}
