"""What somebody might try with requests: look at what is said about him, judge his work, find out who complained."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from hall.errors import Missing
from hall.rules.authority import NotAuthorised
from hall.rules.cards import Card
from hall.rules.imports import BadRows
from hall.rules.requests import CannotOnRequest, ComplainedOf, OwnFeedback
from hall.services import bulk_prints, documents, print_answers
from hall.services.call_backs import CallBackMade
from hall.services.case_files import NoSuchFile
from hall.services.front import Front
from hall.services.paper_secrecy import ReporterKept
from hall.services.persons import ReasonHoldsNumber
from hall.services.request_exchange import MOST_ROWS
from hall.services.request_matters import SameMatterOpen
from hall.services.request_replies import Answer
from hall.services.requests import NewRequest
from hall.services.subject_files import NewSubjectFile, add_subject_file
from hall.store.failures import UnstorableText
from hall.store.schema.queueing import Ticket
from hall.store.schema.requests import Request
from hall.store.schema.subjects import SubjectFile
from tests.services.requests.desk import FOUND, RequestDesk
from tests.services.requests.test_request_exchange import HEADING

REACHED = CallBackMade(reached=True, level=5, words="办得很快")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def test_whom_a_joined_one_complains_of_is_shown_it_in_no_way(desk: RequestDesk) -> None:
    about = desk.people["clerk2"].account_id
    lead = desk.registered(place="向阳路口东侧")
    joined = desk.front("clerk").register(
        desk.new(place="向阳路口东侧", subject="工作人员收礼", about_account_id=about, join_to=lead)
    )
    seen = desk.front("clerk2").one(lead)
    assert joined.number not in [each.number for each in seen.joined]
    assert joined.number in [each.number for each in desk.front("clerk").one(lead).joined]


def test_a_refusal_at_the_counter_does_not_tell_what_is_said_about_oneself(desk: RequestDesk) -> None:
    about = desk.people["clerk2"].account_id
    desk.registered(place="向阳路口东侧", subject="工作人员收礼", about_account_id=about)
    with pytest.raises(SameMatterOpen):
        desk.front("clerk").register(desk.new(place="向阳路口东侧"))
    assert desk.front("clerk2").register(desk.new(place="向阳路口东侧")).state == "registered"


def test_whom_it_complains_of_opens_none_of_its_photos(desk: RequestDesk) -> None:
    request_id = desk.registered(about_account_id=desk.people["squad"].account_id)
    file = NewSubjectFile("现场照片1", "photo", PNG)
    file_id = add_subject_file(
        desk.store, desk.people["clerk"], subject="request", subject_id=request_id, file=file, home=desk.home
    )
    assert desk.front("squad2").file(file_id).title == "现场照片1"
    with pytest.raises(NoSuchFile):
        desk.front("squad").file(file_id)
    with desk.store.read() as session:
        assert session.scalars(select(SubjectFile.id)).all() == [file_id]


def test_who_looked_into_the_lead_does_not_call_back_about_what_was_joined(desk: RequestDesk) -> None:
    lead = desk.dispatched(place="向阳路口东侧")
    joined = desk.front("clerk").register(desk.new(place="向阳路口东侧", join_to=lead)).request_id
    everything = desk.front("everything")
    everything.take(lead)
    everything.feed_back(lead, FOUND)
    desk.front("clerk").accept(lead)
    desk.front("clerk").reply(lead, Answer("已划定夜市区域"))
    for request_id in (lead, joined):
        with pytest.raises(OwnFeedback):
            everything.call_back(request_id, REACHED)
    desk.front("guide").call_back(joined, REACHED)


def test_whom_the_lead_complains_of_does_not_call_back_about_what_was_joined(desk: RequestDesk) -> None:
    lead = desk.dispatched(place="向阳路口东侧", about_account_id=desk.people["clerk2"].account_id)
    joined = desk.front("clerk").register(desk.new(place="向阳路口东侧", join_to=lead)).request_id
    desk.front("squad").take(lead)
    desk.front("squad").feed_back(lead, FOUND)
    desk.front("clerk").accept(lead)
    desk.front("clerk").reply(lead, Answer("已划定夜市区域"))
    with pytest.raises(ComplainedOf):
        desk.front("clerk2").call_back(joined, REACHED)


def test_an_extension_does_not_lengthen_a_joined_one_whose_days_are_over(desk: RequestDesk) -> None:
    old = desk.registered(place="向阳路口东侧")
    desk.on(date(2027, 1, 20))
    lead = desk.front("clerk").register(desk.new(place="向阳路口东侧", apart_why="另一处摊群")).request_id
    desk.front("clerk").join(old, lead)
    desk.on(date(2027, 2, 1))
    before = desk.request(old).finish_by
    assert before is not None
    assert before < desk.today
    desk.front("approver").extend(lead, 10, "涉及多个部门")
    assert desk.request(old).finish_by == before
    assert desk.request(old).extended_on is None
    assert desk.request(lead).extended_on == desk.today


def test_who_looks_into_a_report_gets_no_paper_that_names_the_reporter(desk: RequestDesk) -> None:
    request_id = desk.dispatched(kind="report")
    desk.front("squad").take(request_id)
    desk.front("squad").feed_back(request_id, FOUND)
    desk.front("clerk").accept(request_id)
    desk.front("clerk").reply(request_id, Answer("已划定夜市区域"))
    seen = {login: desk.front(login).one(request_id) for login in ("clerk", "squad")}
    assert {each.kind for each in seen["clerk"].documents} == {
        "complaint_acceptance",
        "dispatch_sheet",
        "complaint_reply",
    }
    assert {each.kind for each in seen["squad"].documents} == {"dispatch_sheet"}
    assert seen["squad"].row.document is None


@pytest.mark.postgresql
def test_a_character_that_cannot_be_stored_is_refused_in_a_sentence(desk: RequestDesk) -> None:
    with pytest.raises(UnstorableText, match="空字符"):
        desk.front("clerk").listed("open", "向阳\0路")
    with pytest.raises(UnstorableText):
        desk.registered(subject="占道\0经营")
    assert desk.front("clerk").listed("open") == ()


def _answered(desk: RequestDesk, **given: object) -> dict[str, int]:
    """Its papers by kind, each with a job of the spool."""
    request_id = desk.closed(**given)
    return {each.kind: each.document_id for each in desk.front("clerk").one(request_id).documents}


def _ways(desk: RequestDesk, login: str, document_id: int) -> dict[str, Callable[[], object]]:
    """Every way on which staff come to a paper."""
    by = (desk.store, desk.people[login])
    number = documents.frozen(desk.store, document_id).number
    job_id = print_answers.last_job(desk.store, desk.people["boss"], document_id=document_id).job_id
    return {
        "number": lambda: documents.document_numbered(*by, number=number),
        "preview": lambda: documents.produced(*by, document_id=document_id),
        "last job": lambda: print_answers.last_job(*by, document_id=document_id),
        "printed?": lambda: print_answers.was_printed(*by, document_id=document_id),
        "first": lambda: print_answers.print_first(*by, document_id=document_id),
        "again": lambda: print_answers.reprint_document(*by, document_id=document_id, reason="没有拿到"),
        "many": lambda: bulk_prints.print_one(*by, document_id=document_id, reason="没有拿到"),
        "job again": lambda: print_answers.reprint(*by, job_id=job_id, reason="没有拿到"),
    }


@pytest.mark.both
@pytest.mark.parametrize("kind", ["complaint_acceptance", "complaint_reply"])
def test_no_way_leads_who_only_looks_into_a_report_to_a_paper_that_names_the_reporter(
    desk: RequestDesk, kind: str
) -> None:
    papers = _answered(desk, kind="report")
    ways = _ways(desk, "squad", papers[kind])
    for words, way in ways.items():
        with pytest.raises(NotAuthorised if words == "job again" else ReporterKept):
            way()
    with pytest.raises(ReporterKept):
        _ways(desk, "approver", papers[kind])["preview"]()
    for login in ("clerk", "boss"):
        assert _ways(desk, login, papers[kind])["number"]() is not None
    assert _ways(desk, "squad", papers["dispatch_sheet"])["preview"]() is not None
    for each in _answered(desk, kind="complaint").values():
        assert _ways(desk, "squad", each)["number"]() is not None


def test_whom_a_request_complains_of_comes_to_none_of_its_papers(desk: RequestDesk) -> None:
    accused = desk.people["clerk2"].account_id
    for document_id in _answered(desk, about_account_id=accused).values():
        for way in _ways(desk, "clerk2", document_id).values():
            with pytest.raises(Missing, match="没有这份文书"):
                way()
        assert _ways(desk, "clerk", document_id)["number"]() is not None


AGAIN: dict[str, Callable[[RequestDesk, int], object]] = {
    "reply": lambda desk, key: desk.front("clerk2").reply(key, Answer("再答复")),
    "accept": lambda desk, key: desk.front("clerk2").accept(key),
    "take": lambda desk, key: desk.front("squad2").take(key),
    "feed_back": lambda desk, key: desk.front("squad2").feed_back(key, FOUND),
    "withdraw": lambda desk, key: desk.front("clerk2").withdraw(key, "本人撤回"),
    "join": lambda desk, key: desk.front("clerk2").join(key, desk.registered()),
    "dispatch": lambda desk, key: desk.front("clerk2").dispatch(key),
}


@pytest.mark.parametrize("act", AGAIN)
def test_nothing_more_is_done_with_what_is_closed(desk: RequestDesk, act: str) -> None:
    request_id = desk.closed()
    with pytest.raises(CannotOnRequest):
        AGAIN[act](desk, request_id)


def test_an_anonymous_one_is_not_tied_to_the_ticket_of_whoever_holds_it(
    front: Front, take: Callable[..., str], ticket_of: Callable[[str], Ticket], make_card: Callable[..., Card]
) -> None:
    ticket = ticket_of(take(card=make_card()))
    front.calling.call_next(1)
    front.calling.arrive(1)
    front.calling.start(1)
    given = {
        "kind": "complaint",
        "category": "stall",
        "subject": "占道",
        "content": "每晚占道。",
        "ticket_id": ticket.id,
    }
    hidden, named = NewRequest(**given), NewRequest(**given, person=make_card(), apart_why="另一处")  # type: ignore[arg-type]
    kept = [front.requests.register(new).request_id for new in (hidden, named)]
    with front.store.read() as session:
        assert [session.get_one(Request, key).ticket_id for key in kept] == [None, ticket.id]


@pytest.mark.parametrize("name", ["../夜市.jpg", "..\\夜市.jpg", "/etc/passwd", "..", "C:\\夜市.jpg"])
def test_a_photo_name_leads_out_of_the_folder_nowhere(desk: RequestDesk, tmp_path: Path, name: str) -> None:
    path = tmp_path / "内" / "转办.csv"
    path.parent.mkdir()
    (tmp_path / "夜市.jpg").write_bytes(b"\xff\xd8\xff0")
    path.write_text(
        f"{HEADING}\n网格,WG-1,举报,停车秩序,违停,人行道违停。,莲湖路,,LH-03,2026-11-23,,,{name}\n", encoding="utf-8"
    )
    with pytest.raises(BadRows, match="只写文件名"):
        desk.front("boss").import_requests(path)


def test_a_help_that_is_passed_on_rests_on_no_article_about_petitions(desk: RequestDesk) -> None:
    passed = {kind: desk.registered(kind=kind) for kind in ("help", "complaint")}
    said = {}
    for kind, request_id in passed.items():
        issued = desk.front("clerk").redirect(request_id, to="区住建局", why="不属于本机关职权")
        assert issued is not None
        said[kind] = desk.paper(issued.document_id)["basis"]
    assert "信访工作条例第二十三条" in str(said["complaint"])
    assert "信访" not in str(said["help"])


@pytest.mark.parametrize("field", ["subject", "content", "place", "area", "apart_why"])
def test_no_free_text_takes_a_telephone_number(desk: RequestDesk, field: str) -> None:
    for number in ("13900001234", "139-0000-1234", "１３９００００１２３４"):
        with pytest.raises(ReasonHoldsNumber):
            desk.registered(**{field: number})


def test_a_file_so_long_that_everybody_would_wait_is_to_be_divided(desk: RequestDesk, tmp_path: Path) -> None:
    path = tmp_path / "转办.csv"
    rows = (f"网格,WG-{number},举报,停车秩序,违停,人行道违停。,,,,2026-11-23,,," for number in range(MOST_ROWS + 1))
    path.write_text("\n".join((HEADING, *rows)), encoding="utf-8")
    with pytest.raises(BadRows) as bad:
        desk.front("boss").import_requests(path)
    assert [(row.line, "1001 件" in row.reason) for row in bad.value.rows] == [(1002, True)]
