"""超时默认: only where the matter allows it, never where safety is touched, by who the hall lays down."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from hall.rules.catalogue import BadMatter, Limit
from hall.rules.people import system_actor
from hall.rules.permits import NotNow
from hall.rules.separation import SamePerson
from hall.services import documents
from hall.services.absences import Absence
from hall.services.defaulting import NotByItself, broken_promises, default
from hall.services.papers_intake import Defect
from hall.services.parameters import BadParameters
from hall.services.review_rules import review_rule
from hall.services.timekeeping import keep_time
from hall.store.schema.permits import CaseSupplement, PermitCase
from tests.services.review.bureau import FOREIGN_BASE, Bureau


def test_a_broken_promise_is_decided_by_default_and_its_papers_are_due_in_a_workday(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1", default_allowed=True))
    bureau.desk("reviewer").ask(case_id, (Defect("平面图", "不清楚", "重画"),))
    bureau.desk("clerk").answer(case_id, (1,))
    bureau.on(2026, 12, 7)
    with pytest.raises(NotNow, match="时限还没有过"):
        bureau.desk("approver").default(case_id)
    assert bureau.desk("approver").broken_promises() == ()
    bureau.on(2026, 12, 9)
    assert bureau.desk("approver").broken_promises() == (case_id,)
    done = bureau.desk("approver").default(case_id)
    case, clocks = bureau.case(case_id), bureau.running(case_id)
    assert (case.state, case.outcome) == ("decided", "default")
    assert (clocks["delivery"].budget, str(done.deliver_by)) == (1, "2026-12-10")
    assert done.paper is not None
    content = documents.frozen(bureau.store, done.paper.document_id).content
    assert content["responsible_name"] == "吴文正"
    assert json.loads(bureau.events(case_id)[-1].detail)["outcome"] == "default"
    assert bureau.desk("approver").broken_promises() == ()


def test_a_matter_without_default_or_with_safety_is_never_decided_so(bureau: Bureau) -> None:
    plain = bureau.under_review(bureau.publish("R1"))
    safe = bureau.under_review(bureau.publish("R2", safety=True))
    bureau.on(2027, 1, 29)
    for case_id in (plain, safe):
        with pytest.raises(NotNow, match="没有公布超时默认，或者涉及公共安全"):
            bureau.desk("approver").default(case_id)
    assert bureau.desk("approver").broken_promises() == ()
    with pytest.raises(BadMatter, match="涉及公共安全"):
        bureau.publish("R3", safety=True, default_allowed=True)


def test_the_program_does_it_only_where_the_hall_lays_that_down(bureau: Bureau, home: Path) -> None:
    case_id = bureau.under_review(bureau.publish("R1", default_allowed=True))
    bureau.on(2026, 12, 9)
    program = system_actor(bureau.store.hall_id)
    assert broken_promises(bureau.store, program) == (case_id,)
    with pytest.raises(NotByItself):
        default(bureau.store, program, case_id=case_id, home=home)
    own = Path("resources/review.toml").read_text(encoding="utf-8")
    (home / "review.toml").write_text(own.replace('default_by = "approver"', 'default_by = "program"'), "utf-8")
    default(bureau.store, program, case_id=case_id, home=home)
    assert bureau.case(case_id).decided_by == program.account_id


@pytest.mark.parametrize("wrong", ['default_by = "clerk"', "default_by = 1"])
def test_a_parameter_that_names_nobody_who_may_decide_is_told_with_its_file(bureau: Bureau, wrong: str) -> None:
    own = Path("resources/review.toml").read_text(encoding="utf-8")
    (bureau.home / "review.toml").write_text(own.replace('default_by = "approver"', wrong), "utf-8")
    with pytest.raises(BadParameters, match="default_by"):
        review_rule(bureau.home, date(2026, 11, 23))


@pytest.mark.both
def test_what_was_still_asked_for_is_closed_and_who_accepted_does_not_confirm(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1", default_allowed=True), by="reviewer")
    bureau.desk("reviewer").ask(case_id, (Defect("平面图", "不清楚", "重画"),))
    bureau.on(2026, 12, 22)
    own = bureau.accepted("R1", by="everything")
    bureau.on(2027, 1, 29)
    with pytest.raises(SamePerson, match="受理与审批相分离"):
        bureau.desk("everything").default(own)
    bureau.desk("approver").default(case_id)
    with bureau.store.read() as session:
        notice = session.scalars(select(CaseSupplement).where(CaseSupplement.case_id == case_id)).one()
    assert (notice.closed_how, bureau.running(case_id)["supplement"].state) == ("default", "stopped")


@pytest.mark.both
def test_a_department_that_kept_silent_on_its_part_agrees(bureau: Bureau) -> None:
    other = bureau.publish(
        "R2", department=bureau.department(FOREIGN_BASE), promised=Limit(3, "workday"), default_allowed=True
    )
    main = bureau.accepted(bureau.publish("R1"), joint_parts=(other,))
    with bureau.store.read() as session:
        part = session.scalars(select(PermitCase.id).where(PermitCase.parent_id == main)).one()
    bureau.on(2026, 11, 27)
    assert bureau.desk("approver").broken_promises() == (part,)
    assert bureau.desk("approver").default(part).paper is None
    assert (bureau.case(part).state, bureau.case(part).outcome) == ("finished", "default")


def test_a_whole_that_is_decided_by_default_takes_its_parts_along(bureau: Bureau) -> None:
    other = bureau.publish("R2", department=bureau.department(FOREIGN_BASE), default_allowed=True)
    main = bureau.accepted(
        bureau.publish("R1", default_allowed=True, promised=Limit(2, "workday")), joint_parts=(other,)
    )
    bureau.on(2026, 11, 26)
    bureau.desk("approver").default(main)
    with bureau.store.read() as session:
        part = session.scalars(select(PermitCase).where(PermitCase.parent_id == main)).one()
    assert (part.state, part.outcome) == ("finished", "default")


def test_time_alone_decides_where_the_hall_lays_that_down_and_brings_cases_to_substitutes(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1", default_allowed=True))
    other = bureau.under_review(bureau.publish("R2"))
    absence = Absence(bureau.id_of("reviewer"), bureau.id_of("other"), date(2026, 12, 9), date(2026, 12, 9), "休假")
    bureau.desk("head").enter_absence(absence)
    bureau.on(2026, 12, 9)
    kept = keep_time(bureau.store, home=bureau.home)
    assert (kept.defaults.done, kept.hands.done) == (0, 2)
    assert bureau.case(other).officer_id == bureau.id_of("other")
    own = Path("resources/review.toml").read_text(encoding="utf-8")
    (bureau.home / "review.toml").write_text(own.replace('"approver"\n', '"program"\n'), "utf-8")
    assert keep_time(bureau.store, home=bureau.home).defaults.done == 1
    again = keep_time(bureau.store, home=bureau.home)
    assert (again.defaults.done, again.hands.done) == (0, 0)
    assert (bureau.case(case_id).outcome, bureau.case(other).outcome) == ("default", "")
