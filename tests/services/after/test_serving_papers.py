"""Papers served in six ways, each with its proof, and the end of the limit of delivery."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.permits import NotNow
from hall.rules.service import NotServed
from hall.services.case_files import NewFile, NoSuchFile
from hall.services.clock_front import ClockFront
from hall.services.documents import content_of
from hall.services.serving_papers import NoSuchPaper, ServedAlready, Service
from tests.services.after.aftermath import PNG, Aftermath

DAY = date(2026, 11, 23)


def proof(bureau: Aftermath, case_id: int, purpose: str = "service") -> int:
    return bureau.files().add(case_id, NewFile("送达证明", purpose, PNG))  # type: ignore[arg-type]  # two of the words


def test_papers_are_handed_over_against_a_signature(bureau: Aftermath) -> None:
    case_id, _ = bureau.certified(bureau.licence())
    with pytest.raises(NotNow, match="还没有送达"):
        bureau.closing().finish(case_id)
    served = bureau.served(case_id)
    assert (served.served_on, served.still_unserved) == (DAY, ())
    record = bureau.documents(case_id)[-1]
    content = content_of(record, bureau.store.key_ring)
    assert (record.id, record.kind, content["method"]) == (served.proof_document, "service_record", "直接送达")
    assert [row["name"] for row in content["papers"]] == ["准予行政许可决定书", "许可证"]  # type: ignore[index]
    delivery = bureau.running(case_id)["delivery"]
    assert (delivery.state, delivery.stopped_on, delivery.stopped_how) == ("stopped", DAY, "served")
    assert [paper.served for paper in bureau.closing().papers(case_id)] == [True, True]
    with pytest.raises(ServedAlready):
        bureau.closing().serve(case_id, served.record_ids[:0] or (record.id - 1,), bureau.direct())


def test_who_refuses_gets_it_left_before_two_servers(bureau: Aftermath) -> None:
    case_id = bureau.denied(bureau.publish("S1"))
    left = Service(way="left", sent_on=DAY, served_on=DAY, refusal="拒绝签收", place="莲城区向阳路18号")
    with pytest.raises(NotServed) as caught:
        bureau.closing().serve(case_id, bureau.to_serve(case_id), left)
    assert len(caught.value.reasons) == 2
    alone = replace(left, witness="社区居委会李明", second_server_id=bureau.id_of("clerk"))
    with pytest.raises(NotServed, match="两名"):
        bureau.closing().serve(case_id, bureau.to_serve(case_id), alone)
    filmed = replace(left, proof_file_id=proof(bureau, case_id), second_server_id=bureau.id_of("reviewer"))
    assert bureau.closing().serve(case_id, bureau.to_serve(case_id), filmed).still_unserved == ()
    (record,) = bureau.services(case_id)
    assert record.place_sealed is not None
    assert "向阳路" not in record.place_sealed
    content = content_of(bureau.documents(case_id)[-1], bureau.store.key_ring)
    assert (content["place"], content["server_names"]) == ("莲城区向阳路18号", "周玉兰、吴文正")


def test_electronic_service_needs_a_signed_consent(bureau: Aftermath) -> None:
    case_id = bureau.denied(bureau.publish("S1"))
    electronic = Service(way="electronic", sent_on=DAY, served_on=DAY)
    with pytest.raises(NotServed, match="同意书"):
        bureau.closing().serve(case_id, bureau.to_serve(case_id), electronic)
    with pytest.raises(NoSuchFile):
        bureau.closing().serve(case_id, bureau.to_serve(case_id), replace(electronic, consent_file_id=4711))
    consented = replace(electronic, consent_file_id=proof(bureau, case_id, "consent"))
    assert bureau.closing().serve(case_id, bureau.to_serve(case_id), consented).served_on == DAY


@pytest.mark.both
def test_what_is_posted_in_time_is_in_time_whenever_it_arrives(bureau: Aftermath) -> None:
    case_id = bureau.denied(bureau.publish("S1"))
    posted = Service(way="post", sent_on=date(2026, 12, 7), postal_number="EA123456785CN")
    bureau.on(2026, 12, 7)  # the tenth workday after the decision
    sent = bureau.closing().serve(case_id, bureau.to_serve(case_id), posted)
    assert (sent.served_on, sent.proof_document, len(sent.still_unserved)) == (None, None, 1)
    bureau.on(2026, 12, 10)
    (under_way,) = bureau.closing().under_way(overdue_only=True)
    assert (under_way.way, under_way.due_on, under_way.postal_number) == ("post", date(2026, 12, 7), "EA123456785CN")
    arrival = replace(posted, served_on=date(2026, 12, 9), recipient="张测明", capacity="本人")
    arrived = bureau.closing().arrived(case_id, (under_way.document_id,), arrival)
    assert arrived.still_unserved == ()
    delivery = bureau.running(case_id)["delivery"]
    assert (delivery.stopped_on, delivery.due_on) == (date(2026, 12, 7), date(2026, 12, 7))
    content = content_of(bureau.documents(case_id)[-1], bureau.store.key_ring)
    assert (content["served_at"], content["postal_number"]) == ("2026年12月9日", "EA123456785CN")
    assert bureau.closing().under_way() == ()
    with pytest.raises(NoSuchPaper):
        bureau.closing().arrived(case_id, (under_way.document_id,), arrival)


@pytest.mark.both
def test_a_failed_attempt_is_kept_and_opens_the_way_to_a_public_notice(bureau: Aftermath) -> None:
    case_id = bureau.denied(bureau.publish("S1"))
    papers = bureau.to_serve(case_id)
    notice = Service(way="public", sent_on=DAY, proof_file_id=proof(bureau, case_id))
    with pytest.raises(NotServed, match="下落不明"):
        bureau.closing().serve(case_id, papers, notice)
    bureau.closing().serve(case_id, papers, Service(way="post", sent_on=DAY, postal_number="EA1"))
    with pytest.raises(ServedAlready):
        bureau.closing().serve(case_id, papers, notice)
    bureau.closing().failed(case_id, papers, DAY, "收件人不在原址，邮件退回")
    served = bureau.closing().serve(case_id, papers, notice)
    assert served.served_on == date(2026, 12, 23)
    assert len(served.still_unserved) == 1
    assert [(each.way, each.failed_on) for each in bureau.services(case_id)] == [("post", DAY), ("public", None)]
    assert bureau.running(case_id)["delivery"].stopped_on == DAY
    with pytest.raises(NotNow):
        bureau.closing().finish(case_id)
    bureau.on(2026, 12, 22)
    assert len(bureau.to_serve(case_id)) == 1
    bureau.on(2026, 12, 23)
    bureau.closing().finish(case_id)
    assert "2026年12月23日视为送达" in str(content_of(bureau.documents(case_id)[-1], bureau.store.key_ring)["remark"])


def test_papers_may_be_passed_on_by_a_unit(bureau: Aftermath) -> None:
    case_id = bureau.denied(bureau.publish("S1"))
    passed_on = Service(way="transfer", sent_on=DAY, recipient="某部政治工作处", served_on=DAY)
    assert bureau.closing().serve(case_id, bureau.to_serve(case_id), passed_on).still_unserved == ()


def test_whoever_was_told_and_does_not_come_lets_the_limit_stand(bureau: Aftermath) -> None:
    code = bureau.licence()
    case_id = bureau.decided(code)
    with pytest.raises(NotNow, match="证件还没有制作"):
        bureau.closing().tell(case_id, DAY, "电话通知申请人本人")
    bureau.on(2026, 11, 26)
    told_id, _ = bureau.certified(code)
    bureau.on(2026, 12, 1)
    bureau.closing().tell(told_id, DAY, "电话通知申请人本人")
    delivery = bureau.running(told_id)["delivery"]
    assert (delivery.stopped_how, delivery.stopped_on) == ("told", date(2026, 11, 26))
    assert len(bureau.to_serve(told_id)) == 2
    bureau.on(2026, 12, 30)
    bureau.served(told_id)
    assert bureau.running(told_id)["delivery"].stopped_on == date(2026, 11, 26)
    with pytest.raises(NotNow, match="没有等待领取"):
        bureau.closing().tell(told_id, bureau.today, "再次通知")


def test_only_papers_of_the_case_are_served_and_only_by_its_staff(bureau: Aftermath) -> None:
    code = bureau.publish("S1")
    case_id, other = bureau.denied(code), bureau.denied(code)
    for papers in ((), bureau.to_serve(other), (4711,)):
        with pytest.raises(NoSuchPaper):
            bureau.closing().serve(case_id, papers, bureau.direct())
    with pytest.raises(NotAuthorised):
        bureau.closing("approver").serve(case_id, bureau.to_serve(case_id), bureau.direct())
    assert bureau.closing().capacities()[0] == "本人"


def test_an_extension_is_served_while_the_review_goes_on(bureau: Aftermath) -> None:
    case_id = bureau.under_review(bureau.publish("S1"))
    clocks = ClockFront(bureau.store, bureau.people["approver"], bureau.home)
    clocks.extend(case_id, {"statutory": 5}, "需要核对规划图件")
    (paper,) = bureau.closing().papers(case_id)
    assert (paper.name, paper.served) == ("延期决定通知书", False)
    assert bureau.served(case_id).still_unserved == ()
    assert bureau.case(case_id).state == "reviewing"
