"""Decisions: by whom, on what, with which paper, and what they do to the clocks."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hall.rules.authority import NotAuthorised
from hall.rules.catalogue import Limit
from hall.rules.permits import NotNow
from hall.rules.reviewing import BadValidity, Unfounded
from hall.rules.separation import SamePerson
from hall.services import documents
from hall.services.clock_front import ClockFront
from hall.services.deciding import NotAsProposed, PartDenied
from hall.services.suspending import SuspensionRequest
from hall.store.schema.permits import PermitCase
from tests.services.review.bureau import DENIAL, FOREIGN_BASE, GRANT, Bureau


def test_a_grant_stops_both_limits_and_begins_the_time_for_delivery(bureau: Bureau) -> None:
    case_id = bureau.examined(bureau.publish("R1"))
    bureau.on(2026, 11, 30)
    done = bureau.desk("approver").decide(case_id, replace(GRANT, conditions="保持通道畅通"))
    case, clocks = bureau.case(case_id), bureau.running(case_id)
    assert (case.state, case.outcome, str(case.decided_on), case.decided_by) == (
        "decided",
        "granted",
        "2026-11-30",
        bureau.id_of("approver"),
    )
    assert [clocks[kind].state for kind in ("statutory", "promised", "delivery")] == ["stopped", "stopped", "running"]
    assert (clocks["delivery"].budget, done.deliver_by) == (10, clocks["delivery"].due_on)
    assert case.promised_ordinal is None
    assert case.statutory_ordinal == clocks["delivery"].due_ordinal
    assert done.paper is not None
    content = documents.frozen(bureau.store, done.paper.document_id).content
    assert content["conditions"] == "保持通道畅通。"
    assert content["scope"] == "向阳路18号门前。"


def test_the_event_of_a_decision_tells_all_that_a_month_is_counted_from(bureau: Bureau) -> None:
    case_id = bureau.examined(bureau.publish("R1"))
    bureau.on(2026, 11, 30)
    bureau.desk("approver").decide(case_id, GRANT)
    told = json.loads(bureau.events(case_id)[-1].detail)
    assert told["outcome"] == "granted"
    assert told["promised"] == {
        "budget": 10,
        "unit": "workday",
        "extended": 0,
        "due": "2026-12-07",
        "used": 5,
        "paused": 0,
    }
    assert (told["statutory"]["budget"], told["statutory"]["used"]) == (20, 5)


def test_the_event_tells_the_limits_as_the_decision_stops_them(bureau: Bureau) -> None:
    """A procedure of the very day of the decision holds a clock that runs on, and none that is stopped."""
    case_id = bureau.under_review(bureau.publish("R1"))
    bureau.on(2026, 11, 30)
    clocks = ClockFront(bureau.store, bureau.people["reviewer"], bureau.home)
    clocks.suspend(case_id, SuspensionRequest("testing", Limit(5, "workday"), "示例区检测中心", "路基强度要检测"))
    clocks.resume(case_id, "testing", "检测合格")
    bureau.propose(case_id, "reviewer")
    bureau.desk("head").examine(case_id, agree=True, text="同意拟办意见")
    bureau.desk("approver").decide(case_id, GRANT)
    told = json.loads(bureau.events(case_id)[-1].detail)
    promised = bureau.running(case_id)["promised"]
    assert (told["promised"]["due"], told["promised"]["used"]) == ("2026-12-07", 5)
    assert promised.due_on == date(2026, 12, 7)


def test_a_denial_names_its_reasons_and_follows_what_was_proposed(bureau: Bureau) -> None:
    code = bureau.publish("R1")
    granted, denied = bureau.examined(code), bureau.examined(code, verdict="denied")
    with pytest.raises(Unfounded, match="理由"):
        bureau.desk("approver").decide(denied, replace(DENIAL, reasons=""))
    for case_id, other in ((granted, DENIAL), (denied, GRANT)):
        with pytest.raises(NotAsProposed):
            bureau.desk("approver").decide(case_id, other)
    done = bureau.desk("approver").decide(denied, DENIAL)
    assert done.paper is not None
    assert documents.frozen(bureau.store, done.paper.document_id).kind == "denial"
    with pytest.raises(NotNow):
        bureau.desk("approver").decide(denied, DENIAL)


def test_who_accepted_or_reviewed_a_case_does_not_decide_it(bureau: Bureau) -> None:
    code = bureau.publish("R1")
    case_id = bureau.examined(code, by="reviewer")
    with pytest.raises(NotAuthorised):
        bureau.desk("head").decide(case_id, GRANT)
    immediate = bureau.publish("R0", promised=Limit(0, "workday"))
    own = bureau.accepted(immediate, by="everything")
    with pytest.raises(SamePerson, match="受理与审批相分离"):
        bureau.desk("everything").decide(own, GRANT)
    bureau.desk("approver").decide(own, GRANT)
    assert bureau.case(own).outcome == "granted"
    assert bureau.case(case_id).state == "approving"


def test_only_what_is_done_on_the_spot_is_decided_without_review(bureau: Bureau) -> None:
    promised = bureau.accepted(bureau.publish("R1"))
    with pytest.raises(NotNow, match="只有即办件和告知承诺件"):
        bureau.desk("approver").decide(promised, GRANT)
    immediate = bureau.accepted(bureau.publish("R0", promised=Limit(0, "workday"), refusal_report=True))
    with pytest.raises(NotNow, match="否定报备"):
        bureau.desk("approver").decide(immediate, DENIAL)


@pytest.mark.both
def test_the_validity_of_a_permit_stays_within_the_matters_longest(bureau: Bureau) -> None:
    case_id = bureau.examined(bureau.publish("R1", validity_months=12))
    first = date(2026, 12, 1)
    with pytest.raises(BadValidity, match="最长到2027-12-01"):
        bureau.desk("approver").decide(case_id, replace(GRANT, valid_from=first, valid_until=date(2027, 12, 2)))
    with pytest.raises(BadValidity, match="早于"):
        bureau.desk("approver").decide(case_id, replace(GRANT, valid_from=first, valid_until=first - timedelta(days=1)))
    done = bureau.desk("approver").decide(case_id, replace(GRANT, valid_from=first, valid_until=date(2027, 12, 1)))
    assert done.paper is not None
    assert "2027年12月1日" in str(documents.frozen(bureau.store, done.paper.document_id).content["validity"])


def _joint(bureau: Bureau) -> tuple[int, int]:
    """A joint case with the part of another department."""
    other = bureau.publish("R2", department=bureau.department(FOREIGN_BASE), promised=Limit(3, "workday"))
    main = bureau.accepted(bureau.publish("R1"), joint_parts=(other,))
    with bureau.store.read() as session:
        part = session.scalars(select(PermitCase.id).where(PermitCase.parent_id == main)).one()
    return main, part


def _review(bureau: Bureau, case_id: int, *, reviewer: str, head: str, verdict: str = "granted") -> None:
    bureau.desk("clerk").hand_over(case_id)
    bureau.desk(reviewer).take(case_id)
    bureau.propose(case_id, reviewer, verdict)
    bureau.desk(head).examine(case_id, agree=True, text="同意")


def test_a_joint_case_with_one_late_department_waits_for_its_part(bureau: Bureau) -> None:
    main, part = _joint(bureau)
    assert bureau.running(part)["joint"].budget == 3
    bureau.desk("clerk").hand_over(main)
    bureau.desk("reviewer").take(main)
    with pytest.raises(NotNow, match="1个分办件还没有结果"):
        bureau.propose(main, "reviewer")
    bureau.on(2026, 12, 1)
    bureau.desk("clerk").hand_over(part)
    bureau.desk("foreign").take(part)
    bureau.propose(part, "foreign")
    bureau.desk("foreign_head").examine(part, agree=True, text="同意")
    done = bureau.desk("approver").decide(part, GRANT)
    assert (done.paper, done.deliver_by) == (None, None)
    late, kept = bureau.running(part), bureau.case(part)
    assert (late["joint"].state, str(late["joint"].due_on), str(late["joint"].stopped_on)) == (
        "stopped",
        "2026-11-26",
        "2026-12-01",
    )
    assert (kept.state, kept.outcome, kept.closed_at is None) == ("finished", "granted", False)
    bureau.propose(main, "reviewer")
    bureau.desk("head").examine(main, agree=True, text="同意")
    assert bureau.desk("approver").decide(main, GRANT).paper is not None


def test_a_joint_case_is_not_granted_with_a_part_denied(bureau: Bureau) -> None:
    main, part = _joint(bureau)
    _review(bureau, part, reviewer="foreign", head="foreign_head", verdict="denied")
    bureau.desk("approver").decide(part, DENIAL)
    _review(bureau, main, reviewer="reviewer", head="head")
    with pytest.raises(PartDenied):
        bureau.desk("approver").decide(main, GRANT)
