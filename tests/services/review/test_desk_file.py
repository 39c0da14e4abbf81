"""The whole file of a case, and what each may do with it."""

import pytest

from hall.services.papers_intake import Defect
from hall.services.reviewing import Proposal
from tests.services.review.bureau import GRANT, Bureau


@pytest.mark.both
def test_the_file_shows_everything_that_was_written_down(bureau: Bureau) -> None:
    code = bureau.publish("R1", steps=())
    case_id = bureau.under_review(code)
    desk = bureau.desk("reviewer")
    desk.ask(case_id, (Defect("平面图", "不清楚", "重画"),))
    desk.answer(case_id, (1,))
    record = bureau.visit_record()
    desk.make_visit(case_id, desk.book_visit(case_id, at=record.began_at, place="向阳路18号"), record)
    desk.tell_hearing_right(case_id, "占道位置")
    desk.waive_hearing(case_id, desk.desk_file(case_id).records.hearings[0].hearing_id, "申请人放弃")
    desk.propose(case_id, Proposal("granted", "符合条件", conditions="保持通道"))
    seen = bureau.desk("approver").desk_file(case_id)
    records = seen.records
    assert (seen.matter.code, seen.state, seen.holder, seen.mine) == (code, "examining", "", False)
    assert seen.applicant.name_masked != "张测明"
    assert seen.proposal is not None
    assert (seen.proposal.verdict, seen.proposal.conditions) == ("granted", "保持通道")
    assert {each.reading.kind for each in records.clocks} >= {"acceptance", "statutory", "promised", "supplement"}
    assert [each.procedure for each in records.pauses] == ["supplement"]
    assert records.supplements[0].lines[0].settled_on is not None
    assert records.visits[0].officers == ("吴文正（陕执reviewer）", "郑小川（陕执other）")
    assert records.hearings[0].state == "waived"
    assert [each.text for each in records.opinions] == ["符合条件"]
    assert (records.handovers[0].given_by, records.handovers[0].taken_by) == ("周玉兰", "吴文正")
    assert records.hands[-1].until_at is None
    assert records.events[0].kind == "receive"
    assert {each.kind for each in seen.documents} >= {"receipt", "acceptance", "handover", "correction", "site_record"}
    assert len(seen.materials) > 1
    assert (seen.files, seen.parts) == ((), ())


def test_acts_are_those_of_the_state_that_the_roles_allow_with_what_is_in_the_way(bureau: Bureau) -> None:
    case_id = bureau.under_review(bureau.publish("R1", site_visit=True))

    def acts(login: str) -> dict[str, tuple[str, ...]]:
        return {each.name: each.reasons for each in bureau.desk(login).desk_file(case_id).acts}

    mine, others, foreign = acts("reviewer"), acts("other"), acts("foreign")
    assert mine["visit"] == ()
    assert "还没有勘查记录" in mine["propose"][0]
    assert "吴文正" in others["visit"][0]
    assert len(foreign["visit"]) == 2
    assert "hand_over" not in mine
    assert "decide" not in acts("approver")
    assert "assign" in acts("boss")
    record = bureau.visit_record()
    desk = bureau.desk("reviewer")
    desk.make_visit(case_id, desk.book_visit(case_id, at=record.began_at, place="向阳路18号"), record)
    desk.propose(case_id, Proposal("granted", "符合条件"))
    bureau.desk("head").examine(case_id, agree=True, text="同意")
    assert acts("approver")["decide"] == ()
    assert acts("approver")["send_back"] == ()
    assert acts("lawyer")["countersign"] == ()
    assert "countersign" not in acts("clerk")
    own = bureau.accepted("R1", by="everything")
    assert "受理与审批相分离" in {
        reason
        for each in bureau.desk("everything").desk_file(own).acts
        if each.name == "decide"
        for reason in each.reasons
    }
    bureau.desk("approver").decide(case_id, GRANT)
    assert {"serve", "certify"} <= set(acts("clerk"))
