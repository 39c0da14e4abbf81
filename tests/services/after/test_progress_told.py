"""查进度: what an applicant is told in each state of the case, and what never."""

from datetime import timedelta

import pytest

from hall.rules.catalogue import Limit
from hall.services.certifying import Terms
from hall.services.papers_intake import Defect
from hall.services.progress_front import ProgressFront
from hall.services.serving_papers import Service
from hall.services.suspending import SuspensionRequest
from tests.services.after.aftermath import Aftermath
from tests.services.after.at_kiosk import asked


def test_what_a_supplement_lacks_is_named_by_material(bureau: Aftermath, kiosk: ProgressFront) -> None:
    bureau.supplementing("XK05")
    told = asked(kiosk, bureau).told
    assert (told.headline, told.missing) == ("材料需要补正", ("申请表",))
    assert told.dues == (("补交期限", "2026年12月14日"),)
    assert "没有签名" not in str(told)


def test_the_review_is_told_by_department_with_both_limits_and_nobodys_opinion(
    bureau: Aftermath, kiosk: ProgressFront
) -> None:
    case_id = bureau.examined(bureau.publish("K9"), verdict="denied")
    told = asked(kiosk, bureau).told
    assert told.headline == "等待作出决定"
    assert [label for label, _ in told.dues] == ["法定期限", "承诺期限"]
    assert all(name not in str(told) for name in ("吴文正", "王立新", "褚明达", "不予"))
    assert bureau.case(case_id).proposal == "denied"


def test_materials_asked_for_in_the_review_and_a_visit_are_told(bureau: Aftermath, kiosk: ProgressFront) -> None:
    case_id = bureau.under_review(bureau.publish("K9", site_visit=True))
    bureau.desk("reviewer").ask(case_id, (Defect("申请表", "没有签名", "补交签名的原件"),))
    at = bureau.clock.instant + timedelta(days=2)
    bureau.desk("reviewer").book_visit(case_id, at=at, place="向阳路18号门前")
    told = asked(kiosk, bureau).told
    assert (told.headline, told.missing) == ("正在审查", ("申请表",))
    assert "2026年11月25日9时42分现场勘查，请到场。" in told.next_steps
    assert "向阳路" not in str(told)


@pytest.mark.both
@pytest.mark.parametrize(
    ("now", "granted", "until"),
    [
        ((2026, 11, 23), Limit(5, "workday"), "检测最迟到2026年11月27日，期间不计入法定期限和承诺期限。"),
        ((2026, 12, 29), Limit(30, "workday"), "检测正在进行，期间不计入法定期限和承诺期限。"),
    ],
)
def test_a_procedure_says_how_long_it_takes_where_that_can_be_told(
    bureau: Aftermath, kiosk: ProgressFront, now: tuple[int, int, int], granted: Limit, until: str
) -> None:
    bureau.on(*now)
    case_id = bureau.under_review(bureau.publish("K9"))
    bureau.suspend(case_id, SuspensionRequest("testing", granted, "示例区检测中心", "路基强度要检测"))
    told = asked(kiosk, bureau).told
    assert told.headline == "正在进行检测"
    assert told.next_steps[1] == until


def test_after_the_decision_papers_are_told_as_they_lie_go_and_arrive(bureau: Aftermath, kiosk: ProgressFront) -> None:
    case_id = bureau.decided(bureau.licence())
    coming = asked(kiosk, bureau).told
    assert coming.next_steps == ("正在制作临时占道许可证，做好后通知您领取。", "可以领取：准予行政许可决定书。")
    assert [label for label, _ in coming.dues] == ["送达期限"]
    bureau.certificates().certify(case_id, Terms())
    grant, certificate = bureau.to_serve(case_id)
    post = Service(way="post", sent_on=bureau.today, postal_number="EE000000001CN", place="莲城区向阳路18号")
    bureau.closing().serve(case_id, (grant,), post)
    assert asked(kiosk, bureau).told.next_steps == ("可以领取：许可证。", "正在送达：准予行政许可决定书。")
    bureau.closing().serve(case_id, (certificate,), bureau.direct())
    assert asked(kiosk, bureau).told.next_steps == ("正在送达：准予行政许可决定书。",)


def test_what_follows_a_lenient_acceptance_is_told_until_it_comes(bureau: Aftermath, kiosk: ProgressFront) -> None:
    bureau.lacking()
    told = asked(kiosk, bureau).told
    assert (told.words, told.missing) == ("申请已经容缺受理，缺的材料还要补交。", ("平面图",))


def test_ends_are_told_and_an_archived_case_as_it_ended(bureau: Aftermath, kiosk: ProgressFront) -> None:
    case_id = bureau.under_review(bureau.publish("K9"))
    bureau.closing().withdraw(case_id, "不再办理")
    assert asked(kiosk, bureau).told.next_steps == ("可以领取：撤回（终止）通知书。",)
    bureau.served(case_id)
    bureau.closing().archive(case_id)
    told = asked(kiosk, bureau).told
    assert (told.headline, told.next_steps) == ("已撤回申请", ("本件已经办结，不用再来。",))


@pytest.mark.both
def test_a_finished_case_is_told_with_its_decision(bureau: Aftermath, kiosk: ProgressFront) -> None:
    bureau.finished(bureau.licence())
    told = asked(kiosk, bureau).told
    assert (told.headline, told.next_steps) == ("已办结：准予许可", ("本件已经办结，不用再来。",))
    assert (told.where, told.dues) == ("", ())
