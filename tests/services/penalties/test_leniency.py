"""Leniency before a decision: asked for, examined by two officers, proposed, refused, withdrawn, decided."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from hall.rules.authority import NotAuthorised
from hall.rules.leniency import (
    BadFinding,
    Eligibility,
    Finding,
    LimbNotMet,
    MustMitigate,
    MustNotPenalise,
    WrongLimb,
)
from hall.rules.leniency_limbs import LIMBS, Limb
from hall.rules.penalty_acts import PenaltyAct
from hall.rules.penalty_duties import DutyConflict
from hall.rules.penalty_reasons import ReasonsUnfinished
from hall.services import documents, education, leniency
from hall.services.education import Education, NobodyToEducate, NothingExplained
from hall.services.leniency import (
    Applied,
    AskedAlready,
    BadApplication,
    Examination,
    NewLeniency,
    NoRequest,
    NotExamined,
    RoadClosed,
)
from hall.services.leniency_acts import leniency_acts
from hall.services.leniency_front import LeniencyFront
from hall.services.leniency_records import RequestEnded, Unanswered, education_given, open_request
from hall.services.papers_leniency import Evidence
from hall.services.penalty_decision_acts import penalty_decision_acts
from hall.services.penalty_staff import NotTwoOfficers
from hall.services.persons import ReasonHoldsNumber
from hall.services.rehearsing import rehearse
from hall.store.schema.documents import Document
from hall.store.schema.leniency import LeniencyEvidence, LeniencyFinding, LeniencyRequest
from hall.store.schema.penalties import PenaltyOfficer
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office

CORRECTED = {"corrected_on": date(2026, 11, 5)}
ASKED = NewLeniency(
    wanted="none",
    limbs=("first_time", "slight"),
    facts="当日即收回全部材料并清理地面，未影响通行",
    evidence=(Evidence("整改照片", 2),),
    correction="2026年11月5日清理完毕",
    first_time=True,
)
ANSWER = "占用人行道三日，行人须绕行机动车道，危害后果不能认为轻微，因此不予采纳。"


class Window:
    """The acts of leniency on cases of the office, each by whom the office has for it."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def front(self, login: str) -> LeniencyFront:
        return LeniencyFront(self.office.store, self.office.actor(login), self.office.home)

    def apply(self, case_id: int, new: NewLeniency = ASKED, *, login: str = "clerk") -> Applied:
        return self.front(login).apply(case_id, new)

    def examine(
        self,
        case_id: int,
        *limbs: Limb,
        against: tuple[str, ...] = (),
        opinion: str = "经两名执法人员逐项核实，意见如上",
        login: str = "reviewer",
    ) -> Eligibility:
        """Find every element of some limbs, but those `against`."""
        findings = {
            each.code: Finding("not" if each.code in against else "satisfied", "现场照片和复查记录")
            for limb in limbs
            for each in LIMBS[limb].elements
            if each.source == "officers"
        }
        return self.front(login).examine(case_id, Examination(findings=findings, opinion=opinion))

    def acts(self, case_id: int) -> Mapping[str, PenaltyAct]:
        with self.office.store.read() as session:
            case = self.office.case(case_id)
            found = leniency_acts(session, case, today=self.office.today, home=self.office.home)
            return {act.name: act for act in found}

    def requests(self, case_id: int) -> list[LeniencyRequest]:
        query = select(LeniencyRequest).where(LeniencyRequest.case_id == case_id).order_by(LeniencyRequest.id)
        with self.office.store.read() as session:
            return list(session.scalars(query))

    def kinds(self, case_id: int) -> list[str]:
        return [event.kind for event in self.office.events(case_id)]

    def paper(self, document_id: int | None) -> Mapping[str, object]:
        assert document_id is not None
        return documents.frozen(self.office.store, document_id).content


@pytest.fixture
def window(office: Office) -> Window:
    return Window(office)


def test_a_request_is_taken_with_its_limbs_its_evidence_and_what_the_records_say(
    office: Office, window: Window
) -> None:
    case_id = office.registered(**CORRECTED)
    applied = window.apply(case_id)
    (request,) = window.requests(case_id)
    assert (request.id, request.number, request.state) == (applied.request_id, applied.number, "open")
    assert (request.stage, request.wanted, request.earlier) == ("investigation", "none", 0)
    assert request.searched_from == date(2024, 11, 2)
    assert applied.number == "莲城管罚免申〔2026〕第0001号"
    paper = window.paper(applied.document_id)
    assert paper["number"] == applied.number
    assert "■初次违法且危害后果轻微并及时改正（第三十三条第一款）" in str(paper["limbs"])
    assert paper["searched"] == "2024年11月2日至2026年11月2日的全部处罚案件，同一种违法。没有查到以往违法。"
    assert paper["evidence"] == [{"position": 1, "name": "整改照片", "pages": 2}]
    event = office.events(case_id)[-1]
    assert (event.kind, event.document_id) == ("leniency_apply", applied.document_id)


def test_its_papers_can_be_looked_at_before(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    (form,) = rehearse(office.store, lambda: window.apply(case_id))
    (record,) = rehearse(
        office.store,
        lambda: window.front("reviewer").educate(case_id, Education(explained=("不得占用人行道",))),
    )
    assert (form.title, record.title) == ("行政处罚减免申请表", "教育承诺书")
    assert window.requests(case_id) == []
    assert window.kinds(case_id) == ["register"]


@pytest.mark.both
def test_a_request_waits_alone_and_the_database_says_so_too(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    applied = window.apply(case_id)
    with pytest.raises(AskedAlready, match=applied.number):
        window.apply(case_id)
    (request,) = window.requests(case_id)
    columns = {column.key: getattr(request, column.key) for column in LeniencyRequest.__table__.columns}
    with (
        pytest.raises(IntegrityError),
        office.store.work("leniency.apply", office.actor("clerk")) as work,
    ):
        work.session.add(LeniencyRequest(**{**columns, "id": None, "number": "另一份"}))
        work.session.flush()


IMPOSSIBLE: tuple[tuple[NewLeniency, type[Exception]], ...] = (
    (replace(ASKED, limbs=()), BadApplication),
    (replace(ASKED, limbs=("removed",)), WrongLimb),
    (replace(ASKED, limbs=("milder_law",)), WrongLimb),
    (replace(ASKED, wanted="lighter"), WrongLimb),
    (replace(ASKED, first_time=False), BadApplication),
    (replace(ASKED, evidence=(Evidence("", 1),)), BadApplication),
    (replace(ASKED, evidence=(Evidence("照片", 0),)), BadApplication),
    (replace(ASKED, facts="电话13900001234"), ReasonHoldsNumber),
)


def test_a_form_that_cannot_be_is_refused_and_leaves_nothing(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    for new, refusal in IMPOSSIBLE:
        with pytest.raises(refusal):
            window.apply(case_id, new)
    assert window.requests(case_id) == []
    with office.store.read() as session:
        assert session.scalar(select(func.count()).select_from(LeniencyEvidence)) == 0
        assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_after_the_decision_nothing_is_asked_for(office: Office, window: Window, served_case: int) -> None:
    with pytest.raises(RoadClosed, match="合法决定的罚款本金不能再减"):
        window.apply(served_case)
    act = window.acts(served_case)["leniency_apply"]
    assert act.road == "before"
    assert "本金不能再减" in act.reasons[0]
    assert set(window.acts(served_case)) == {"leniency_apply", "educate"}


@pytest.mark.both
def test_two_officers_examine_and_every_element_is_written_down(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    window.apply(case_id)
    found = window.examine(case_id, "first_time")
    assert found.limb("first_time").status == "satisfied"
    (request,) = window.requests(case_id)
    assert (request.limb, request.examined_on, request.state) == ("first_time", office.today, "open")
    with office.store.read() as session:
        rows = list(session.scalars(select(LeniencyFinding).where(LeniencyFinding.request_id == request.id)))
    assert {(row.element, row.finding) for row in rows if row.limb == "first_time"} == {
        ("first_time", "satisfied"),
        ("slight_harm", "satisfied"),
        ("corrected", "satisfied"),
        ("not_excluded", "satisfied"),
    }
    assert {row.limb for row in rows} == set(LIMBS)
    assert {row.account_id for row in rows} == {office.actor("reviewer").account_id}


@pytest.mark.both
def test_an_examination_may_be_done_again_and_the_last_one_counts(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    window.apply(case_id)
    window.examine(case_id, "first_time")
    window.examine(case_id, "first_time", against=("slight_harm",), login="other")
    look = window.front("reviewer").look(case_id)
    assert look.eligibility.limb("first_time").status == "not"
    assert look.options == (("ordinary", ()),)
    assert look.findings["slight_harm"].status == "not"
    assert look.request is not None
    assert (look.request.asked, look.request.examined, look.request.limbs) == (True, True, ("slight", "first_time"))
    assert "“危害后果轻微”不具备" in look.draft


def test_one_officer_alone_does_not_examine(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    with office.store.work("penalty.staff", office.actor("boss")) as work:
        officer = work.session.get_one(PenaltyOfficer, (case_id, office.certificates["other"]))
        work.session.delete(officer)
        work.audit(f"penalty:{case_id}")
    with pytest.raises(NotTwoOfficers):
        window.examine(case_id, "slight")
    assert "两名以上" in window.acts(case_id)["examine"].reasons[0]


def test_whoever_took_the_request_neither_examines_nor_answers_it(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    window.apply(case_id, login="everything")
    for deed in (
        lambda: window.examine(case_id, "slight", login="everything"),
        lambda: window.front("everything").refuse(case_id, ANSWER),
    ):
        with pytest.raises(DutyConflict):
            deed()
    with pytest.raises(NotAuthorised):
        window.examine(case_id, "slight", login="clerk")


def test_a_finding_without_evidence_is_none(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    bare = Examination(findings={"slight": Finding("satisfied", "")}, opinion="情形成立，证据充分")
    with pytest.raises(BadFinding, match="还没有写明依据的证据"):
        window.front("reviewer").examine(case_id, bare)


def test_what_the_party_asked_for_comes_before_any_proposal(office: Office, window: Window, deciding: Deciding) -> None:
    case_id = office.registered(**CORRECTED)
    applied = window.apply(case_id)
    with pytest.raises(Unanswered, match=applied.number):
        deciding.propose(case_id)
    with pytest.raises(Unanswered):
        deciding.propose(case_id, result="none", limb="first_time", fine_fen=0, tier_id=None)
    window.examine(case_id, "first_time")
    with pytest.raises(Unanswered):
        deciding.propose(case_id)
    with pytest.raises(RequestEnded):
        deciding.propose(
            case_id, result="none", limb="first_time", fine_fen=0, tier_id=None, leniency_id=applied.request_id + 1
        )
    deciding.propose(
        case_id, result="none", limb="first_time", fine_fen=0, tier_id=None, leniency_id=applied.request_id
    )


@pytest.mark.both
def test_a_request_that_is_granted_ends_with_the_decision_and_its_papers(
    office: Office, window: Window, deciding: Deciding
) -> None:
    case_id = office.registered(**CORRECTED)
    window.apply(case_id)
    window.examine(case_id, "first_time")
    deciding.propose(case_id, result="none", limb="first_time", fine_fen=0, tier_id=None)
    window.front("reviewer").educate(case_id, Education(place="大厅", explained=("不得占用人行道",)))
    issued = deciding.decide(case_id)
    (request,) = window.requests(case_id)
    assert (request.state, request.limb, request.ended_on) == ("granted", "first_time", office.today)
    review = window.paper(request.review_document_id)
    assert review["application_number"] == request.number
    assert review["found"] == "没有查到以往违法。"
    assert (
        review["facts"] == "2026年11月2日起在向阳路人行道堆放建筑材料十二平方米。证据：现场检查笔录一份、现场照片四张。"
    )
    assert review["officers"] == "吴文正（LC-0001）、郑小川（LC-0002）"
    answer = window.paper(request.answer_document_id)
    assert (answer["decision_number"], answer["result"], answer["refused"]) == (issued.number, "不予处罚", "")
    assert "“及时改正”具备（现场照片和复查记录）" in str(answer["found"])
    assert window.kinds(case_id)[-3:] == ["leniency_review", "leniency_answer", "decide"]
    with office.store.read() as session:
        assert open_request(session, case_id) is None


def test_officers_examine_of_their_own_accord_and_nobody_is_answered(
    office: Office, window: Window, deciding: Deciding
) -> None:
    """What law makes binding does not wait for a request (行政处罚法 32, 33)."""
    case_id = office.registered(**CORRECTED)
    window.examine(case_id, "removed")
    with pytest.raises(MustMitigate):
        deciding.propose(case_id)
    deciding.propose(case_id, result="lighter", limb="removed", fine_fen=60_000)
    deciding.tell(case_id)
    deciding.waive(case_id)
    deciding.decide(case_id)
    (request,) = window.requests(case_id)
    assert (request.state, request.wanted, request.answer_document_id) == ("granted", "", None)
    review = window.paper(request.review_document_id)
    assert review["application_number"] == "没有申请，依职权审查"
    assert (review["result"], review["amount"]) == ("从轻处罚", "¥600.00")


def test_a_request_takes_up_what_officers_examined_before(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    window.examine(case_id, "first_time")
    window.apply(case_id)
    own, asked = window.requests(case_id)
    assert (own.state, asked.state, asked.examined_on) == ("withdrawn", "open", None)
    assert window.front("clerk").look(case_id).findings["slight_harm"].status == "satisfied"


def test_half_of_what_law_forbids_is_forbidden(office: Office, window: Window, deciding: Deciding) -> None:
    case_id = office.registered(**CORRECTED)
    window.apply(case_id)
    window.examine(case_id, "slight", "removed")
    with pytest.raises(MustNotPenalise):
        deciding.propose(case_id, result="lighter", limb="removed", fine_fen=60_000)
    with pytest.raises(MustNotPenalise):
        window.front("approver").refuse(case_id, ANSWER)
    assert "应当不予处罚" in window.acts(case_id)["leniency_refuse"].reasons[0]


def test_a_child_is_not_punished_whoever_forgets_to_ask(office: Office, window: Window, deciding: Deciding) -> None:
    child = office.person(office.resident(birth=date(2013, 5, 1)))
    case_id = office.registered(party_id=child)
    with pytest.raises(MustNotPenalise, match="不满十四周岁"):
        deciding.propose(case_id)
    deciding.propose(case_id, result="none", limb="under_fourteen", fine_fen=0, tier_id=None)
    deciding.educate(case_id)
    with office.store.read() as session:
        acts = penalty_decision_acts(session, office.case(case_id), today=office.today, home=office.home)
    assert next(act.reasons for act in acts if act.name == "decide") == ()
    deciding.decide(case_id)


def test_a_limb_that_nobody_found_carries_no_result(office: Office, deciding: Deciding) -> None:
    case_id = office.registered(**CORRECTED)
    with pytest.raises(LimbNotMet, match="尚不清楚"):
        deciding.propose(case_id, result="none", limb="slight", fine_fen=0, tier_id=None)


def test_a_refusal_is_examined_reasoned_and_told(office: Office, window: Window, deciding: Deciding) -> None:
    case_id = office.registered(**CORRECTED)
    window.apply(case_id)
    approver = window.front("approver")
    with pytest.raises(NotExamined):
        approver.refuse(case_id, ANSWER)
    assert "还没有审查" in window.acts(case_id)["leniency_refuse"].reasons[0]
    window.examine(case_id, "first_time", against=("slight_harm",))
    for unfinished in ("", approver.look(case_id).draft, f"补充：{approver.look(case_id).draft}"):
        with pytest.raises(ReasonsUnfinished):
            approver.refuse(case_id, unfinished)
    document_id = approver.refuse(case_id, ANSWER)
    paper = window.paper(document_id)
    assert (paper["refused"], paper["decision_number"], paper["reasons"]) == ("是", "", ANSWER)
    assert "“危害后果轻微”不具备" in str(paper["found"])
    (request,) = window.requests(case_id)
    assert (request.state, request.answer, request.answer_document_id) == ("refused", ANSWER, document_id)
    deciding.propose(case_id)
    window.apply(case_id)


@pytest.mark.both
def test_a_withdrawn_request_is_gone_and_may_come_again(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    with pytest.raises(NoRequest):
        window.front("clerk").withdraw(case_id, "改变主意")
    window.apply(case_id)
    window.front("clerk").withdraw(case_id, "改为申请从轻")
    assert [request.state for request in window.requests(case_id)] == ["withdrawn"]
    assert window.kinds(case_id)[-1] == "leniency_withdraw"
    assert window.apply(case_id).number == "莲城管罚免申〔2026〕第0002号"


def test_an_own_examination_can_be_neither_refused_nor_withdrawn(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    window.examine(case_id, "first_time")
    with pytest.raises(NoRequest):
        window.front("approver").refuse(case_id, ANSWER)
    assert set(window.acts(case_id)) == {"leniency_apply", "examine", "educate"}
    assert window.acts(case_id)["leniency_apply"].reasons == ()


@pytest.mark.both
def test_a_request_that_comes_late_holds_the_decision(office: Office, window: Window, deciding: Deciding) -> None:
    case_id = office.registered(**CORRECTED)
    deciding.propose(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    applied = window.apply(case_id)
    assert window.requests(case_id)[0].stage == "heard"
    with pytest.raises(Unanswered, match=applied.number):
        deciding.decide(case_id)
    with office.store.read() as session:
        acts = penalty_decision_acts(session, office.case(case_id), today=office.today, home=office.home)
    held = {act.name for act in acts if any(applied.number in reason for reason in act.reasons)}
    assert held == {"propose", "decide"}
    window.examine(case_id, "first_time", against=("slight_harm",))
    window.front("approver").refuse(case_id, ANSWER)
    deciding.decide(case_id)


def test_what_is_found_after_the_proposal_holds_the_decision(
    office: Office, window: Window, deciding: Deciding
) -> None:
    case_id = office.registered(**CORRECTED)
    deciding.propose(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    window.examine(case_id, "slight")
    with office.store.read() as session:
        acts = penalty_decision_acts(session, office.case(case_id), today=office.today, home=office.home)
    (reason,) = next(act.reasons for act in acts if act.name == "decide")
    assert "应当不予处罚" in reason
    with pytest.raises(MustNotPenalise):
        deciding.decide(case_id)
    assert office.case(case_id).state == "filed"


def test_the_number_of_a_card_stands_in_no_event_and_no_audit(
    office: Office, window: Window, deciding: Deciding
) -> None:
    details = office.resident()
    case_id = office.registered(party_id=office.person(details), **CORRECTED)
    window.apply(case_id)
    window.examine(case_id, "first_time")
    written = deciding.audit() + "".join(f"{event.note}{event.detail}" for event in office.events(case_id))
    assert details.id_number not in written
    assert details.name not in written
    assert details.phone not in written


def test_education_is_recorded_with_two_officers_and_told_in_the_decision(office: Office, window: Window) -> None:
    case_id = office.registered(**CORRECTED)
    with office.store.read() as session:
        assert education_given(session, case_id) == ""
    issued = window.front("reviewer").educate(
        case_id, Education(place="大厅", explained=("不得占用人行道", "影响通行"), promises=("不再占用",))
    )
    paper = window.paper(issued.document_id)
    assert (paper["result"], paper["promised"]) == ("正在调查", "是")
    assert paper["explained"] == [
        {"position": 1, "text": "不得占用人行道。"},
        {"position": 2, "text": "影响通行。"},
    ]
    with office.store.read() as session:
        told = education_given(session, case_id)
    assert told == "2026年11月23日已当面教育：不得占用人行道；影响通行，当事人作出书面承诺"


def test_nobody_is_made_to_promise(office: Office, window: Window, decided_case: int) -> None:
    issued = window.front("reviewer").educate(decided_case, Education(explained=("不得占用人行道",)))
    paper = window.paper(issued.document_id)
    assert (paper["promised"], paper["result"], paper["place"]) == ("", "按裁量基准处罚", "莲城区城市管理服务大厅")
    assert paper["promises"] == [{"position": 1, "text": "当事人没有作出承诺。"}]


def test_an_empty_education_is_none(office: Office, window: Window) -> None:
    case_id = office.registered()
    with pytest.raises(NothingExplained):
        window.front("reviewer").educate(case_id, Education(explained=("", " ")))


def test_what_has_ended_has_nobody_to_educate(office: Office, window: Window) -> None:
    case_id = office.registered(state="dropped")
    with pytest.raises(NobodyToEducate):
        education.educate(
            office.store,
            office.actor("reviewer"),
            case_id=case_id,
            education=Education(place="大厅", explained=("不得占用人行道",)),
            home=office.home,
        )
    assert set(window.acts(case_id)) == {"leniency_apply"}
    with pytest.raises(RoadClosed, match="已经撤案"):
        leniency.examine(
            office.store,
            office.actor("reviewer"),
            case_id=case_id,
            examination=Examination(findings={}, opinion="没有情形"),
            home=office.home,
        )
