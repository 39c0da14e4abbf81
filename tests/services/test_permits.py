"""Acceptance: numbers, clocks, frozen papers and print jobs together or not at all; nothing personal in the trail."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import Missing, Refused, Unavailable
from hall.resources import template
from hall.rules.authority import NotAuthorised
from hall.rules.cards import Card, TypedCard
from hall.rules.catalogue import Matter
from hall.rules.identity import BadPhone, id_check_digit
from hall.rules.materials import ForeignMaterial, HandedIn, MaterialsMissing, MaterialTwice
from hall.rules.people import Actor
from hall.services import spool
from hall.services.applications import Application
from hall.services.catalogue import import_matters
from hall.services.documents import frozen
from hall.services.front import Front
from hall.services.print_answers import reprint
from hall.store import Store
from hall.store.schema.clocks import CaseClock
from hall.store.schema.documents import Document
from hall.store.schema.people import Account, Person
from hall.store.schema.permits import CaseEvent, CaseMaterial, PermitCase
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Announcement, TicketEvent
from hall.store.schema.trail import AuditRow, ChangeRow, NumberSeries

Applications = Callable[..., Application]


def rows(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_acceptance_gives_both_numbers_and_both_clocks(front: Front, make_application: Applications) -> None:
    accepted = front.intake.accept(make_application("XK05"))
    assert accepted.receipt_number == "莲城管许收〔2026〕1号"
    assert accepted.acceptance_number == "莲城管许受〔2026〕1号"
    assert [(clock.kind, clock.due_on) for clock in accepted.clocks] == [
        ("statutory", date(2026, 12, 21)),
        ("promised", date(2026, 11, 26)),
    ]
    again = front.intake.accept(make_application("XK02"))
    assert again.receipt_number == "莲城管许收〔2026〕2号"


def test_intake_shows_what_acceptance_will_do(front: Front, make_application: Applications) -> None:
    application = make_application("XK05")
    look = front.intake.look("XK05", application.materials)
    assert look.missing == ()
    assert front.intake.accept(application).clocks == look.clocks
    assert "申请表（原件1份）" in front.intake.look("XK05", application.materials[1:]).missing


def test_an_accepted_case_is_shown_masked_at_any_counter(
    front: Front, other_front: Front, make_application: Applications, clock: FixedClock
) -> None:
    application = make_application("XK05")
    accepted = front.intake.accept(application)
    case = other_front.case(accepted.case_id)
    assert case == other_front.case_numbered(accepted.receipt_number)
    assert case == other_front.case_numbered(accepted.acceptance_number)
    assert (case.matter_code, case.department, case.state) == ("XK05", "市政科", "accepted")
    assert (case.applicant.name_masked, case.received_at) == ("张*明", clock.instant)
    assert [(each.kind, each.due_on, each.state) for each in case.clocks] == [
        ("acceptance", date(2026, 11, 30), "stopped"),
        ("statutory", date(2026, 12, 21), "running"),
        ("promised", date(2026, 11, 26), "running"),
    ]
    materials = [(each.name, each.originals, each.copies) for each in case.materials]
    assert materials[:2] == [("申请表", 1, 0), ("申请人身份证明", 0, 1)]
    assert len(materials) == len(application.materials)
    assert [(each.kind, each.number) for each in case.documents] == [
        ("receipt", accepted.receipt_number),
        ("acceptance", accepted.acceptance_number),
    ]


def test_a_case_names_the_clerk_who_accepted_it(front: Front, store: Store, make_application: Applications) -> None:
    with store.work("x", front.actor) as work:
        work.session.add(
            Account(
                id=front.actor.account_id,
                login="zhang",
                display_name="张三明",
                password_hash="-",
                created_at=work.now,
                password_changed_at=work.now,
            )
        )
        work.audit("x:1")
    accepted = front.intake.accept(make_application())
    assert front.case(accepted.case_id).clerk_name == "张三明"


def test_a_number_or_key_nobody_has_is_missing(front: Front) -> None:
    with pytest.raises(Missing, match="没有办件 99"):
        front.case(99)
    with pytest.raises(Missing, match="没有编号为“莲城管许收〔2026〕9号”的办件"):
        front.case_numbered("莲城管许收〔2026〕9号")


def test_numbers_start_again_each_year(front: Front, make_application: Applications, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 12, 31, 23, 59, 59, tzinfo=HALL_ZONE)
    assert front.intake.accept(make_application("XK24-2")).receipt_number == "莲城管许收〔2026〕1号"
    clock.instant += timedelta(seconds=1)
    assert front.intake.accept(make_application("XK24-2")).receipt_number == "莲城管许收〔2027〕1号"


def test_a_due_date_beyond_the_loaded_schedules_is_pending(
    front: Front, make_application: Applications, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 12, 14, 9, 0, tzinfo=HALL_ZONE)
    accepted = front.intake.accept(make_application("XK05"))
    case = front.case(accepted.case_id)
    _, statutory, promised = case.clocks
    assert (statutory.due_on, statutory.pending) == (None, "2027年放假安排未录入")
    assert (promised.due_on, promised.pending) == (date(2026, 12, 17), "")


def test_missing_materials_are_refused_by_name(front: Front, store: Store, make_application: Applications) -> None:
    full = make_application("XK05")
    with pytest.raises(MaterialsMissing, match="还缺 1 项材料：申请表（原件1份）") as caught:
        front.intake.accept(replace(full, materials=full.materials[1:]))
    assert caught.value.missing == ("申请表（原件1份）",)
    assert rows(store, PermitCase) == 0


@pytest.mark.parametrize(
    ("extra", "error"), [(HandedIn(99, 1, 0), ForeignMaterial), (HandedIn(1, 1, 0), MaterialTwice)]
)
def test_a_foreign_or_doubled_material_is_refused(
    front: Front, make_application: Applications, extra: HandedIn, error: type[Refused]
) -> None:
    full = make_application("XK05")
    with pytest.raises(error):
        front.intake.accept(replace(full, materials=(*full.materials, extra)))


@pytest.mark.both
def test_an_optional_material_is_kept_only_if_it_was_handed_in(
    front: Front, store: Store, make_application: Applications
) -> None:
    full = make_application("XK05")
    optional = (HandedIn(3, 0, 1), HandedIn(6, 0, 0))
    front.intake.accept(replace(full, materials=(*full.materials, *optional)))
    with store.read() as session:
        kept = session.execute(select(CaseMaterial.position, CaseMaterial.name).order_by(CaseMaterial.position)).all()
    assert [row.position for row in kept] == [1, 2, 3, 4]
    assert kept[2].name == "营业执照"


def test_a_card_is_good_on_its_last_day_and_not_after(
    front: Front, make_application: Applications, make_card: Callable[..., Card]
) -> None:
    front.intake.accept(make_application(card=make_card(valid_to=date(2026, 11, 23))))
    with pytest.raises(Refused, match="已过有效期"):
        front.intake.accept(make_application(card=make_card(valid_to=date(2026, 11, 22))))


def test_a_refused_acceptance_leaves_nothing_and_gives_its_numbers_back(
    front: Front, store: Store, make_application: Applications
) -> None:
    with pytest.raises(BadPhone):  # found out after both numbers were drawn
        front.intake.accept(replace(make_application(), phone="12345"))
    for table in (PermitCase, Person, CaseEvent, CaseClock, CaseMaterial, Document, PrintJob):
        assert rows(store, table) == 0
    assert front.intake.accept(make_application()).receipt_number == "莲城管许收〔2026〕1号"


@pytest.mark.both
def test_both_documents_are_frozen_signed_and_spooled(
    front_of: Callable[..., Front],
    store: Store,
    actor: Actor,
    make_application: Applications,
    make_card: Callable[..., Card],
) -> None:
    front = front_of(store, actor, slip=True)
    card = make_card()
    accepted = front.intake.accept(make_application("XK05", card=card))
    for document_id, number in (
        (accepted.receipt_document, accepted.receipt_number),
        (accepted.acceptance_document, accepted.acceptance_number),
    ):
        document = frozen(store, document_id)
        assert (document.number, document.content["number"], document.case_id) == (number, number, accepted.case_id)
        assert front.verify_receipt(document.code_payload).case_id == accepted.case_id
        assert document.content["applicant_name"] == "张测明"
        assert card.id_number not in json.dumps(document.content, ensure_ascii=False)
        assert "张测明" not in repr(document)
    with store.read() as session:
        jobs = session.execute(select(PrintJob.printer, PrintJob.title).order_by(PrintJob.id)).tuples().all()
        sealed = session.scalars(select(Document.content_sealed)).all()
    assert list(jobs) == [
        ("slip", f"收件凭证 {accepted.receipt_number}"),
        ("page", f"受理通知书 {accepted.acceptance_number}"),
    ]
    assert not any("张测明" in each for each in sealed)


def test_a_typed_applicant_stands_on_paper_as_the_hall_keeps_it(
    front: Front, store: Store, make_application: Applications
) -> None:
    digits = "99999919900307002"
    number = digits + id_check_digit(digits)
    typed = replace(make_application("XK05"), applicant=TypedCard(" 李试芳 ", f" {number[:6]} {number[6:].lower()}"))
    accepted = front.intake.accept(typed)
    content = frozen(store, accepted.acceptance_document).content
    assert content["applicant_name"] == "李试芳"
    assert content["applicant_id_masked"] == f"999999********{number[-4:]}"
    assert [case.case_id for case in front.history(number)] == [accepted.case_id]


def test_without_its_template_nothing_is_accepted(front: Front, store: Store, make_application: Applications) -> None:
    shipped = template("fields.toml", front.home).read_text(encoding="utf-8")
    own = front.home / "templates" / "docs" / "fields.toml"
    own.parent.mkdir(parents=True)
    own.write_text(shipped.replace("收件凭证.docx", "没有的凭证.docx"), encoding="utf-8")
    with pytest.raises(Unavailable, match=r"文书模板 .*没有的凭证\.docx 读不到"):
        front.intake.accept(make_application("XK05"))
    assert rows(store, PermitCase) == 0


def test_a_frozen_document_does_not_change_with_the_catalogue(
    front: Front,
    store: Store,
    administrator: Actor,
    matter_of: Callable[[str], Matter],
    make_application: Applications,
) -> None:
    accepted = front.intake.accept(make_application("XK05"))
    before = frozen(store, accepted.acceptance_document)
    import_matters(store, administrator, matters=(replace(matter_of("XK05"), name="改了名字的事项"),))
    assert frozen(store, accepted.acceptance_document) == before


@pytest.mark.both
def test_all_cases_of_a_person_are_found_by_id_number_newest_first(
    front: Front, make_application: Applications, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    first = front.intake.accept(make_application("XK05", card=card))
    second = front.intake.accept(make_application("XK02", card=card))
    front.intake.accept(make_application("XK02"))
    found = front.history(f" {card.id_number.lower()} ")
    assert [case.case_id for case in found] == [second.case_id, first.case_id]
    assert front.history(make_card().id_number) == ()


def test_a_ticket_must_be_at_the_clerks_own_counter(
    front: Front, other_front: Front, make_application: Applications
) -> None:
    ticket = front.taking.issue("XK05", channel="staff").ticket_id
    with pytest.raises(Refused, match="不在您的窗口办理中"):
        front.intake.accept(make_application(ticket_id=ticket))
    front.calling.call_next(1)
    front.calling.start(1)
    with pytest.raises(Refused, match="不在您的窗口办理中"):
        other_front.intake.accept(make_application(ticket_id=ticket))
    accepted = front.intake.accept(make_application(ticket_id=ticket))
    front.calling.finish(1)
    assert accepted.receipt_number == "莲城管许收〔2026〕1号"
    with pytest.raises(Refused, match="不在您的窗口办理中"):
        front.intake.accept(make_application(ticket_id=ticket))
    with pytest.raises(Refused, match="不在您的窗口办理中"):
        front.intake.accept(make_application(ticket_id=ticket + 1))


def test_only_a_clerk_accepts(
    front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor], make_application: Applications
) -> None:
    application = make_application()
    for role in ("guide", "reviewer", "approver", "manager", "administrator"):
        with pytest.raises(NotAuthorised):
            front_of(store, actor_with(role)).intake.accept(application)


def test_two_stations_accepting_at_once_leave_no_gap(
    front: Front, other_front: Front, store: Store, make_application: Applications, make_card: Callable[..., Card]
) -> None:
    same = make_card()
    applications = [make_application(card=card) for card in (same, make_card()) * 6]
    with ThreadPoolExecutor(4) as pool:
        pairs = zip((front, other_front) * 6, applications, strict=True)
        numbers = list(pool.map(lambda pair: pair[0].intake.accept(pair[1]).receipt_number, pairs))
    assert sorted(numbers) == sorted(f"莲城管许收〔2026〕{serial}号" for serial in range(1, 13))
    assert rows(store, Person) == 2
    with store.read() as session:
        drawn = select(NumberSeries.last).where(NumberSeries.series.like("document/%"))
        assert set(session.scalars(drawn)) == {12}


def test_without_any_limit_a_case_has_no_clock(front: Front, make_application: Applications) -> None:
    accepted = front.intake.accept(make_application("XK24-2"))
    assert accepted.clocks == ()
    assert [clock.kind for clock in front.case(accepted.case_id).clocks] == ["acceptance"]


chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


@st.composite
def persons(draw: st.DrawFn) -> tuple[Card, str]:
    """A card and a mobile number that nobody has."""
    birth = draw(st.dates(date(1930, 1, 1), date(2008, 1, 1)))
    digits = f"999999{birth:%Y%m%d}{draw(st.integers(1, 999)):03d}"
    card = Card(
        kind="resident",
        name=draw(chinese) + "某甲",
        sex="男",
        birth=birth,
        id_number=digits + id_check_digit(digits),
        valid_from=date(2016, 1, 1),
        valid_to=None,
        address=f"莲城区{draw(chinese)}路{draw(st.integers(1, 999))}号",
    )
    return card, str(draw(st.integers(13000000000, 19999999999)))


@pytest.mark.both
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(person=persons())
def test_nothing_personal_stands_in_the_trail(
    front: Front,
    front_of: Callable[..., Front],
    store: Store,
    make_application: Applications,
    person: tuple[Card, str],
) -> None:
    card, phone = person
    ticket = front_of(store, front.actor, slip=True).taking.issue("XK05", channel="card", card=card, priority="soldier")
    job = spool.claim(store, printer="slip")
    assert job is not None
    spool.settle(store, job_id=job.job_id, outcome="unknown", error="打印机断电")
    reprint(store, front.actor, job_id=job.job_id, reason="缺纸未打出")
    again = spool.claim(store, printer="slip")
    assert again is not None
    spool.settle(store, job_id=again.job_id, outcome="printed")
    code = front.calling.call_next(1).code
    front.calling.arrive(1)
    front.calling.start(1)
    front.intake.accept(replace(make_application("XK05", card=card, ticket_id=ticket.ticket_id), phone=phone))
    front.history(card.id_number)
    front.calling.finish(1)
    traces = _traces(store)
    assert any(code in trace for trace in traces)
    number, address = card.id_number, card.address or ""
    for secret in (card.name, address, address[3:], number, number[6:14], number[-6:], phone):
        assert not any(secret in trace for trace in traces)


def _traces(store: Store) -> list[str]:
    columns = (
        AuditRow.detail,
        AuditRow.subject,
        TicketEvent.reason,
        CaseEvent.note,
        ChangeRow.key,
        ChangeRow.topic,
        PrintJob.title,
        PrintJob.reason,
        PrintJob.last_error,
        Announcement.code,
        Document.code_payload,
        Document.number,
    )
    with store.read() as session:
        return [text for column in columns for text in session.scalars(select(column))]


def test_the_receipt_names_the_last_day_of_the_check_for_completeness(
    store: Store, front: Front, make_application: Applications
) -> None:
    accepted = front.intake.accept(make_application())
    # Monday 23 November 2026 and five working days (行政许可法 32(1)(4)).
    assert frozen(store, accepted.receipt_document).content["check_due"] == "2026年11月30日"
