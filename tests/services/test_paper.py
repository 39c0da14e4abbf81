"""What stands on slips and documents: the facts of their moment, masked, with 补打 on every repetition."""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import Damaged, Missing, Refused
from hall.printing.slip import Slip, SlipPair, SlipQr, SlipText
from hall.rules.appointment_file import BookedTime
from hall.rules.authority import NotAuthorised
from hall.rules.cards import Card
from hall.rules.people import Actor, system_actor
from hall.services import paper, spool
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.appointments import import_appointments
from hall.services.counter_matters import set_matters
from hall.services.documents import document_numbered, frozen, produced
from hall.services.front import Front
from hall.services.spool import JobView
from hall.store import Store
from hall.store.schema.documents import DocumentFile, DocumentTemplate
from hall.store.schema.halls import Hall
from hall.store.schema.queueing import Ticket, TicketMatter

Applications = Callable[..., Application]


def lines(slip: Slip) -> list[str]:
    """The slip's wording, a pair as `name：value`."""
    found = []
    for part in slip.parts:
        if isinstance(part, SlipText):
            found.append(part.text)
        elif isinstance(part, SlipPair):
            found.append(f"{part.left}：{part.right}")
    return found


def next_job(front: Front) -> JobView:
    """The next job of the station, which is printed."""
    job = spool.claim(front.store, printer="slip")
    assert job is not None
    spool.settle(front.store, job_id=job.job_id, outcome="printed")
    return job


def next_slip(front: Front) -> Slip:
    return paper.slip_of(front.store, next_job(front))


@pytest.fixture
def front(front_of: Callable[..., Front], store: Store, actor: Actor) -> Front:
    """The clerk at station-1, which prints slips."""
    return front_of(store, actor, slip=True)


@pytest.fixture
def accepted(front: Front, make_application: Applications) -> Accepted:
    return front.intake.accept(make_application("XK05"))


@pytest.mark.both
def test_a_tickets_slip_says_where_when_and_how_long(front: Front, make_card: Callable[..., Card]) -> None:
    front.taking.issue("XK05", channel="staff")
    elder = front.taking.issue("XK05", channel="card", card=make_card(birth=date(1950, 1, 1)))
    next_slip(front)
    text = lines(next_slip(front))
    assert text[:3] == ["莲城区城市管理服务大厅", elder.code, "【老年优先】"]
    for line in ("办理事项：临时占用城市道路许可", "办理地点：1 至 4 号窗口", "姓　　名：张*明", "前方等候：0 人"):
        assert line in text
    assert "取号时间：2026-11-23 09:42" in text
    assert set(paper.HINTS) <= set(text)


@pytest.mark.both
def test_a_ticket_for_several_matters_lists_them_and_keeps_its_list_when_it_has_gone_on(
    front: Front, store: Store
) -> None:
    ticket = front.taking.issue("XK05", channel="staff", further=("XK02",))
    job = next_job(front)
    first = lines(paper.slip_of(store, job))
    listed = first.index("办理事项：共 2 项")
    assert first[listed + 1].startswith("1. 临时占用城市道路许可")
    assert first[listed + 2].startswith("2. ")
    assert paper.FURTHER_HINT in first
    with store.work("x", front.actor) as work:
        gone_on = work.session.get_one(Ticket, ticket.ticket_id)
        gone_on.matter_id = work.session.scalars(
            select(TicketMatter.matter_id).where(TicketMatter.ticket_id == ticket.ticket_id)
        ).one()
        work.audit("x:1")
    assert lines(paper.slip_of(store, job)) == first


@pytest.mark.both
def test_an_appointments_slip_says_the_booked_time_and_one_that_came_too_late_waits_like_everybody(
    front: Front, store: Store, manager: Actor, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    card, late = make_card(), make_card()
    day = date(2026, 11, 23)
    import_appointments(
        store,
        manager,
        booked=(
            BookedTime(2, "Y1", card.name, card.id_number, "", "XK05", day, time(10), time(10, 30)),
            BookedTime(3, "Y2", late.name, late.id_number, "", "XK05", day, time(9), time(9, 20)),
        ),
    )
    front.taking.check_in(card)
    text = lines(next_slip(front))
    assert "【预约】" in text
    assert "预约时间：10:00 至 10:30" in text
    assert paper.APPOINTMENT_HINT in text
    front.taking.check_in(late)
    text = lines(next_slip(front))
    assert not any("【" in line for line in text)
    assert "预约时间：09:00 至 09:20" in text
    assert paper.APPOINTMENT_HINT not in text


def test_a_slip_names_the_counters_that_serve_the_matter(front: Front, store: Store, manager: Actor) -> None:
    front.taking.issue("XK05", channel="staff")
    for counter in (1, 4):
        set_matters(store, manager, counter=counter, matters={"XK02": 0})
    assert "办理地点：2、3 号窗口" in lines(next_slip(front))


def test_a_slip_printed_late_still_tells_the_moment_of_issue(front: Front, clock: FixedClock) -> None:
    front.taking.issue("XK05", channel="staff")
    next_slip(front)
    front.taking.issue("XK05", channel="staff")
    front.calling.call_next(1)
    clock.instant += timedelta(minutes=29)
    assert {"前方等候：1 人", "取号时间：2026-11-23 09:42"} <= set(lines(next_slip(front)))


def test_a_reprint_says_so_with_its_count_and_time(front: Front, clock: FixedClock) -> None:
    front.taking.issue("XK05", channel="staff")
    (job,) = front.unsettled_jobs()
    first = lines(next_slip(front))
    clock.instant += timedelta(minutes=5)
    front.reprint(job.job_id, "缺纸未打出")
    again = lines(next_slip(front))
    assert again[:2] == ["补打 第1次", "补打时间 2026-11-23 09:47"]
    assert again[2:] == first


def test_the_receipts_slip_carries_number_materials_dates_and_code(front: Front, accepted: Accepted) -> None:
    slip = next_slip(front)
    text = lines(slip)
    for line in (
        accepted.receipt_number,
        "申 请 人：张*明",
        "申请事项：临时占用城市道路许可",
        "收件方式：窗口",
        "收件时间：2026-11-23 09:42",
        "收到材料 3 种：",
        "1. 申请表：原件1份",
        "2. 申请人身份证明：复印件1份",
        "3. 位置图及现场占用效果图（标尺寸）：原件2份",
        "法定期限至：2026年12月21日",
        "承诺期限至：2026年11月26日",
        "经办人：张三明",
        "地址：莲城区政务路1号",
    ):
        assert line in text
    assert [part.payload for part in slip.parts if isinstance(part, SlipQr)] == [accepted.receipt_payload]
    assert "张测明" not in "".join(text)


def test_a_pending_due_date_is_said_to_be_pending_with_its_reason(
    front: Front, make_application: Applications, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 12, 25, 9, 0, tzinfo=HALL_ZONE)
    front.intake.accept(make_application("XK05"))
    text = lines(next_slip(front))
    assert "法定期限至：待定（2027年放假安排未录入）" in text
    assert "承诺期限至：2026年12月30日" in text


def test_a_limit_that_is_not_laid_down_is_not_mentioned(front: Front, make_application: Applications) -> None:
    front.intake.accept(make_application("XK19"))
    without_promise = "".join(lines(next_slip(front)))
    assert "法定期限至" in without_promise
    assert "承诺期限至" not in without_promise
    front.intake.accept(make_application("XK24-2"))
    without_both = "".join(lines(next_slip(front)))
    assert "期限至" not in without_both
    assert "申请已受理" in without_both


@pytest.mark.both
def test_a_ticket_is_found_by_its_newest_code(front: Front, store: Store, clock: FixedClock) -> None:
    front.taking.issue("XK05", channel="staff")
    clock.instant += timedelta(days=1)
    newest = front.taking.issue("XK05", channel="staff")
    assert paper.ticket_id_of(store, "b001") == newest.ticket_id
    with pytest.raises(Missing, match="没有号票“Z999”"):
        paper.ticket_id_of(store, "Z999")
    with pytest.raises(Missing, match="没有号票 999"):
        paper.ticket_slip_of(store, 999)


def test_no_slip_is_printed_beside_the_spool_for_a_number_that_waits_for_its_own(front: Front, store: Store) -> None:
    ticket = front.taking.issue("XK05", channel="staff")
    with pytest.raises(Refused, match="B001 号的小票还没有打出"):
        paper.require_live(store, ticket.ticket_id)
    next_job(front)
    paper.require_live(store, ticket.ticket_id)


def test_a_document_is_found_by_its_number(front: Front, store: Store, accepted: Accepted, actor: Actor) -> None:
    found = document_numbered(store, actor, number=accepted.acceptance_number)
    assert found == frozen(store, accepted.acceptance_document)
    with pytest.raises(Missing, match="没有文号为“莲城管许受〔2026〕9号”的文书"):
        document_numbered(store, actor, number="莲城管许受〔2026〕9号")
    with pytest.raises(Missing, match="没有文书 99"):
        frozen(store, 99)


def test_another_halls_document_is_not_there(
    store: Store, accepted: Accepted, open_store: Callable[..., Store], database_url: str
) -> None:
    with store.work("x", system_actor(store.hall_id)) as work:
        work.session.add(Hall(code="north", name="北区大厅", short_name="北城管"))
        work.audit("x:1")
    with pytest.raises(Missing):
        frozen(open_store(database_url, station="north-1", hall_code="north"), accepted.acceptance_document)


@pytest.mark.both
@pytest.mark.parametrize("kind", ["acceptance", "receipt"])
def test_a_document_is_made_once_and_stays_the_same_to_the_byte(
    front: Front, store: Store, accepted: Accepted, clock: FixedClock, kind: str
) -> None:
    document_id = accepted.acceptance_document if kind == "acceptance" else accepted.receipt_document
    first = front.document(document_id)
    clock.instant += timedelta(days=3)
    assert front.document(document_id) == first
    assert produced(store, system_actor(store.hall_id), document_id=document_id) == first
    number = accepted.acceptance_number if kind == "acceptance" else accepted.receipt_number
    words = docx.Document(io.BytesIO(first.docx))
    assert number in [paragraph.text for paragraph in words.paragraphs]
    assert len(PdfReader(io.BytesIO(first.pdf)).pages) >= 1
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(DocumentFile)) == 2
        assert not any("张测明" in sealed for sealed in session.scalars(select(DocumentFile.content_sealed)))


def test_the_notice_states_both_limits(front: Front, accepted: Accepted) -> None:
    words = docx.Document(io.BytesIO(front.document(accepted.acceptance_document).docx))
    text = "".join(paragraph.text for paragraph in words.paragraphs)
    for fact in ("张测明", "2026年11月23日", "2026年12月21日", "2026年11月26日", "20个工作日", "3个工作日"):
        assert fact in text


@pytest.mark.parametrize(
    ("matter", "said"), [("XK19", "法定办理期限为20个工作日"), ("XK24-2", "没有"), ("XK10-2", "当场办结")]
)
def test_a_notice_promises_only_what_was_promised(
    front: Front, make_application: Applications, matter: str, said: str
) -> None:
    accepted = front.intake.accept(make_application(matter))
    words = docx.Document(io.BytesIO(front.document(accepted.acceptance_document).docx))
    (limits,) = (paragraph.text for paragraph in words.paragraphs if paragraph.text.startswith("一、办理期限。"))
    assert said in limits
    assert ("承诺" in limits) == (matter == "XK10-2")
    assert "承诺0个" not in limits


def test_a_halls_own_template_wins_and_an_issued_document_keeps_its_template(
    front: Front, store: Store, accepted: Accepted, make_application: Applications
) -> None:
    own = front.home / "templates" / "docs"
    own.mkdir(parents=True)
    words = docx.Document()
    words.add_paragraph("{{ number }} 本厅自用")
    words.save(str(own / "受理通知书.docx"))
    newer = front.intake.accept(make_application("XK05"))
    text = [p.text for p in docx.Document(io.BytesIO(front.document(newer.acceptance_document).docx)).paragraphs]
    assert text == [f"{newer.acceptance_number} 本厅自用"]
    old = docx.Document(io.BytesIO(front.document(accepted.acceptance_document).docx))
    assert "本厅自用" not in "".join(paragraph.text for paragraph in old.paragraphs)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(DocumentTemplate)) == 3


@pytest.mark.both
def test_a_kept_file_that_was_changed_is_noticed(front: Front, store: Store, accepted: Accepted, actor: Actor) -> None:
    front.document(accepted.acceptance_document)
    with store.work("x", actor) as work:
        kept = work.session.get_one(DocumentFile, (accepted.acceptance_document, "pdf"))
        kept.content_sealed = work.key_ring.wrap(b"something else", "document_file.content")
        work.audit("x:1")
    with pytest.raises(Damaged, match="校验不符"):
        front.document(accepted.acceptance_document)


def test_a_guide_sees_no_documents(
    front_of: Callable[..., Front], store: Store, accepted: Accepted, actor_with: Callable[..., Actor]
) -> None:
    with pytest.raises(NotAuthorised):
        front_of(store, actor_with("guide")).document(accepted.acceptance_document)
