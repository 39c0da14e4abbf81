"""The end of a licence: recalled, revoked, cancelled, each on its limb, and who may not apply again."""

from datetime import date

import pytest
from sqlalchemy import select

from hall.rules.authority import NotAuthorised
from hall.rules.certificates import CannotEnd
from hall.services.applications import Barred
from hall.services.bars import BarredAlready, NoBarHere, NotRefused
from hall.services.certificate_endings import BackDated, Ending, MadeItOneself
from hall.services.certificates import NoSuchCertificate
from hall.services.certifying import NoCertificateHere, Terms
from hall.services.deciding import Decision
from hall.services.documents import content_of
from hall.store.schema.certificates import LicenceBar
from tests.services.after.aftermath import Aftermath

REVOKED = Ending("procedure", "审查时没有现场核查", date(2026, 11, 23), compensation="没有造成损失")
FRAUD = Ending("fraud", "营业执照系伪造", date(2026, 11, 23), return_by=date(2026, 11, 30))


def test_a_licence_wrongly_granted_is_revoked_with_reasons_and_remedy(bureau: Aftermath) -> None:
    case_id, made = bureau.certified(bureau.licence())
    ended = bureau.certificates("approver").end(made.certificate_id, REVOKED)
    kept = bureau.certificate(made.certificate_id)
    assert (kept.state, kept.state_on, ended.barred_until) == ("revoked", date(2026, 11, 23), None)
    paper = bureau.documents(case_id)[-1]
    content = content_of(paper, bureau.store.key_ring)
    assert (paper.kind, paper.number) == ("ending", ended.document_number)
    assert content["ending_word"] == "撤销"
    assert "第六十九条第一款第三项" in str(content["limb"])
    assert content["review_government"]
    event = bureau.events(case_id)[-1]
    assert (event.kind, event.state) == ("revoke", "decided")
    again = bureau.certificates("approver").end(made.certificate_id, Ending("ended", "许可已被撤销", bureau.today))
    assert again.state == "cancelled"


def test_an_end_is_decided_by_an_approver_who_did_not_make_the_certificate(bureau: Aftermath) -> None:
    case_id = bureau.decided(bureau.licence())
    made = bureau.certificates("everything").certify(case_id, Terms())
    with pytest.raises(NotAuthorised):
        bureau.certificates("head").end(made.certificate_id, REVOKED)
    with pytest.raises(MadeItOneself):
        bureau.certificates("everything").end(made.certificate_id, REVOKED)
    with pytest.raises(CannotEnd, match="补偿"):
        bureau.certificates("approver").end(made.certificate_id, Ending("facts_changed", "道路改建", bureau.today))
    with pytest.raises(BackDated):
        bureau.certificates("approver").end(made.certificate_id, Ending("death", "持证人死亡", date(2026, 11, 22)))
    with pytest.raises(NoSuchCertificate):
        bureau.certificates("approver").end(4711, REVOKED)
    assert bureau.certificate(made.certificate_id).state == "valid"


@pytest.mark.both
def test_a_licence_won_by_fraud_bars_for_three_years_where_safety_is_touched(bureau: Aftermath) -> None:
    code = bureau.licence(safety=True)
    _, made = bureau.certified(code)
    ended = bureau.certificates("approver").end(made.certificate_id, FRAUD)
    assert ended.barred_until == date(2029, 11, 23)
    bureau.holder = bureau.last
    bureau.on_day(date(2029, 11, 23))
    with pytest.raises(Barred, match="2029-11-23"):
        bureau.accepted(code, duplicate_reason="再次申请")
    with bureau.store.read() as session:
        assert session.scalars(select(LicenceBar.article)).one() == "79"


def test_fraud_without_danger_bars_nobody(bureau: Aftermath) -> None:
    _, made = bureau.certified(bureau.licence())
    assert bureau.certificates("approver").end(made.certificate_id, FRAUD).barred_until is None


def test_false_materials_bar_for_a_year_after_the_refusal(bureau: Aftermath) -> None:
    code = bureau.licence(safety=True)
    under_way, denied, harmless = bureau.examined(code), bureau.denied(code), bureau.denied(bureau.licence("K2"))
    front = bureau.certificates("approver")
    with pytest.raises(NotRefused):
        front.bar_for_false_materials(under_way, "产权证明系伪造")
    with pytest.raises(NoBarHere):
        front.bar_for_false_materials(harmless, "产权证明系伪造")
    bar = front.bar_for_false_materials(denied, "产权证明系伪造")
    assert (bar.article, bar.from_day, bar.until_day) == ("78", date(2026, 11, 23), date(2027, 11, 23))
    with pytest.raises(BarredAlready, match="2027-11-23"):
        front.bar_for_false_materials(denied, "产权证明系伪造")


def test_a_granted_request_to_cancel_ends_the_certificate(bureau: Aftermath) -> None:
    _, made = bureau.certified(bureau.licence())
    bureau.holder = bureau.last
    case_id = bureau.examined("K1", purpose="cancel", certificate_id=made.certificate_id, duplicate_reason="申请注销")
    bureau.desk("approver").decide(case_id, Decision("granted", "同意注销", reasons="申请人不再经营"))
    assert bureau.certificate(made.certificate_id).state == "cancelled"
    with pytest.raises(NoCertificateHere):
        bureau.certificates().certify(case_id, Terms())
    bureau.served(case_id)
    bureau.closing().finish(case_id)
    assert bureau.case(case_id).state == "finished"
