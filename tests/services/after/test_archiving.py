"""The archived file of a case: its order, what it lacks, a list, later volumes."""

from datetime import timedelta

import pytest

from hall.rules.permits import NotNow
from hall.services.archiving import NoSuchDossier, NotArchived, NothingNew
from hall.services.case_files import NewFile
from hall.services.certificate_endings import Ending
from hall.services.documents import content_of
from hall.services.review_rounds import NewRound
from hall.services.round_front import RoundFront
from tests.services.after.aftermath import PNG, Aftermath


@pytest.mark.both
def test_a_finished_case_is_archived_in_the_order_of_the_file(bureau: Aftermath) -> None:
    case_id = bureau.finished(bureau.licence())
    bureau.files().add(case_id, NewFile("营业执照", "material", PNG, material=1))
    voided = bureau.files().add(case_id, NewFile("扫错的一页", "other", PNG))
    bureau.files().void(voided, "扫错了")
    look = bureau.closing().dossier_look(case_id)
    assert (look.missing, look.retention) == ((), "30年")
    receipt = next(piece for piece in look.pieces if piece.kind == "receipt")
    archived = bureau.closing().archive(case_id, {f"document:{receipt.key}": 2})
    assert (archived.volume, archived.retention, bureau.case(case_id).state) == (1, "30年", "archived")
    (volume,) = bureau.closing().dossiers(case_id)
    assert volume.items == (
        "准予行政许可决定书",
        "许可证",
        "送达回证",
        "收件凭证",
        "申请材料：营业执照",
        "受理通知书",
        "窗口与审查交接单",
    )
    paper = bureau.documents(case_id)[-1]
    content = content_of(paper, bureau.store.key_ring)
    assert (paper.kind, paper.number) == ("dossier_list", volume.number)
    assert (content["item_total"], content["page_total"]) == ("7", "2")
    assert "张测明" not in str(content["dossier_title"])


def test_what_the_dossier_lacks_is_named_before_anything_is_filed(bureau: Aftermath) -> None:
    case_id = bureau.under_review(bureau.publish("A1"))
    assert bureau.closing().dossier_look(case_id).missing == ()
    with pytest.raises(NotNow, match="办件审查中"):
        bureau.closing().archive(case_id)
    bureau.closing().withdraw(case_id, "不再办理")
    assert bureau.closing().dossier_look(case_id).missing == ("送达回证",)
    with pytest.raises(NotNow, match="卷内还缺：送达回证"):
        bureau.closing().archive(case_id)
    bureau.served(case_id)
    assert bureau.closing().archive(case_id).retention == "10年"
    with pytest.raises(NotNow):
        bureau.closing().archive(case_id)


def test_a_site_visit_leaves_its_record_in_the_dossier(bureau: Aftermath) -> None:
    code = bureau.publish("A1", site_visit=True)
    case_id = bureau.under_review(code)
    visit_id = bureau.desk("reviewer").book_visit(case_id, at=bureau.clock.instant, place="向阳路18号门前")
    bureau.desk("reviewer").make_visit(case_id, visit_id, bureau.visit_record())
    bureau.closing().withdraw(case_id, "不再办理")
    bureau.served(case_id)
    bureau.closing().archive(case_id)
    (volume,) = bureau.closing().dossiers(case_id)
    assert "现场核查记录" in volume.items


@pytest.mark.both
def test_what_comes_later_makes_a_further_volume(bureau: Aftermath) -> None:
    code = bureau.licence()
    case_id = bureau.finished(code)
    with pytest.raises(NotArchived):
        bureau.closing().add_volume(case_id)
    bureau.closing().archive(case_id)
    with pytest.raises(NothingNew):
        bureau.closing().add_volume(case_id)
    (certificate,) = bureau.certificates().of_case(case_id)
    bureau.days_on(30)
    revoke = Ending("procedure", "没有现场核查", bureau.today, compensation="没有损失")
    bureau.certificates("approver").end(certificate.certificate_id, revoke)
    bureau.served(case_id)
    second = bureau.closing().add_volume(case_id)
    assert (second.volume, second.retention, second.items) == (2, "30年", 2)
    assert bureau.closing().dossiers(case_id)[1].items == ("送达回证", "撤销、注销、撤回许可决定书")
    assert bureau.case(case_id).state == "archived"


def test_a_reopened_case_is_archived_again_with_what_is_new(bureau: Aftermath) -> None:
    case_id = bureau.finished(bureau.licence())
    bureau.closing().archive(case_id)
    assert bureau.closing("boss").reopen(case_id, "补充材料").state == "decided"
    bureau.files().add(case_id, NewFile("补充说明", "other", PNG))
    bureau.closing().finish(case_id)
    assert [piece.title for piece in bureau.closing().dossier_look(case_id).pieces] == ["其他：补充说明"]
    again = bureau.closing().archive(case_id)
    assert (again.volume, again.items) == (2, 1)
    assert bureau.closing().dossier_look(case_id).pieces == ()


def test_a_case_of_nowhere_has_no_dossier(bureau: Aftermath) -> None:
    with pytest.raises(NoSuchDossier):
        bureau.closing().dossier_look(4711)


@pytest.mark.both
def test_an_archived_dossier_is_drawn_and_reviewed_by_somebody_without_part_in_it(bureau: Aftermath) -> None:
    case_id = bureau.finished(bureau.licence())
    number = bureau.closing().archive(case_id).number
    rounds = {login: RoundFront(bureau.store, bureau.people[login], bureau.home) for login in bureau.people}
    new = NewRound(
        name="许可案卷评查",
        from_day=bureau.today,
        until_day=bureau.today,
        permits=1,
        penalties=0,
        reviewers=tuple(bureau.id_of(login) for login in ("reviewer", "head", "deputy")),
        draw_on=bureau.today + timedelta(days=2),
        seed_source="当天的开奖号码",
    )
    rounds["boss"].announce(new)
    bureau.days_on(2)
    rounds["lawyer"].hold(rounds["boss"].rounds()[0].round_id, seed="352", witness="见证人")
    (drawn,) = rounds["boss"].dossiers()
    assert (drawn.case_number, drawn.reviewer) == (number, "冯国安")
    rounds["deputy"].score(drawn.assignment_id, found={"service": "没有签收时间", "order": "目录漏页"}, remark="")
    assert bureau.closing().dossiers(case_id)[0].score == 90
    rounds["boss"].notify(drawn.assignment_id, responsible_id=bureau.id_of("clerk"), correct_by=bureau.today)
    rounds["clerk"].object_to(drawn.assignment_id, "签收时间在背面")
    rounds["lawyer"].recheck(drawn.assignment_id, found={"order": "目录漏页"}, reason="背面写有签收时间")
    assert bureau.closing().dossiers(case_id)[0].score == 98
    faults = rounds["deputy"].faults("permit_case", bureau.today)
    assert [fault.code for fault in faults][:2] == ["no_power", "procedure"]
