"""查进度: who is answered, nobody guesses, and nothing personal is kept of who asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from hall.clock import HALL_ZONE
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.people import Actor
from hall.rules.receipt_code import BadReceiptCode
from hall.services import receipts
from hall.services.applications import Agent, Organisation
from hall.services.parameters import BadParameters
from hall.services.progress import AskedTooOften, NothingFits, NotThisPaper
from hall.services.progress_found import ProgressView
from hall.services.progress_front import ProgressFront
from hall.services.receipts import ForgedReceipt, rotate_signing_key
from hall.store import Store
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.trail import AuditRow
from tests.services.after.aftermath import Aftermath
from tests.services.after.at_kiosk import asked, kiosk_at, last_four

CREDIT_CODE = "91350100M000100Y43"  # published example of GB 32100
SHOP = Organisation("individual_business", "莲城区测试小吃店", CREDIT_CODE, "李试芳", "莲城区向阳路18号")
OpenStore = Callable[..., Store]


@pytest.fixture
def received(bureau: Aftermath) -> int:
    """The first case of the year: its receipt has the serial 1."""
    return bureau.receive(bureau.application("XK05"))


def answered(kiosk: ProgressFront, digits: str) -> ProgressView:
    (view,) = kiosk.asked(2026, 1, digits)
    return view


def refused(kiosk: ProgressFront, *, serial: int = 1, digits: str = "0000") -> str:
    with pytest.raises(NothingFits) as error:
        kiosk.asked(2026, serial, digits)
    return error.value.sentence


def code_of(bureau: Aftermath, case_id: int, kind: str) -> str:
    return next(paper.code_payload for paper in bureau.documents(case_id) if paper.kind == kind)


def entries(store: Store) -> list[tuple[str, str]]:
    """Subject and detail of every question in the audit."""
    with store.read() as session:
        query = select(AuditRow.subject, AuditRow.detail).where(AuditRow.action == "case.progress")
        return list(session.execute(query.order_by(AuditRow.id)).tuples())


# Who is answered


def test_the_serial_and_the_last_four_of_the_applicant_are_answered_masked(
    bureau: Aftermath, kiosk: ProgressFront, received: int
) -> None:
    view = asked(kiosk, bureau)
    assert (view.number, view.applicant_masked) == ("莲城管许收〔2026〕1号", "张*明")
    assert (view.matter_name, view.received_on) == ("临时占用城市道路许可", date(2026, 11, 23))
    assert view.told.headline == "已收到材料"
    assert view.told.dues == (("核对期限", "2026年11月30日"),)
    assert "张" not in repr(view)


def test_an_x_may_be_small_or_wide(bureau: Aftermath, kiosk: ProgressFront) -> None:
    bureau.holder = next(card for card in iter(bureau._card, None) if card.id_number.endswith("X"))
    bureau.receive(bureau.application("XK05"))
    digits = last_four(bureau)
    for typed in (digits, digits.lower(), f"{digits[:3]}ｘ"):
        assert answered(kiosk, typed).applicant_masked == "张*明"


def test_an_agent_may_ask_too(bureau: Aftermath, kiosk: ProgressFront) -> None:
    agent = bureau._card()
    bureau.receive(bureau.application("XK05", agent=Agent(agent, "代为申请")))
    assert answered(kiosk, agent.id_number[-4:]).number == "莲城管许收〔2026〕1号"
    assert asked(kiosk, bureau).number == "莲城管许收〔2026〕1号"


def test_an_organisation_is_known_by_its_credit_code_and_its_name_is_public(
    bureau: Aftermath, kiosk: ProgressFront
) -> None:
    bureau.receive(replace(bureau.application("XK05"), applicant=SHOP))
    assert answered(kiosk, "0y43").applicant_masked == "莲城区测试小吃店"


@pytest.mark.both
def test_somebody_without_a_number_is_answered_by_the_receipt_only(
    bureau: Aftermath, kiosk: ProgressFront, received: int
) -> None:
    with bureau.store.work("x", bureau.people["clerk"]) as work:
        person = work.session.scalars(select(Person)).one()
        person.id_number_sealed = None
        work.audit("x:1")
    for digits in ("", "    ", "0000", last_four(bureau)):
        refused(kiosk, digits=digits)
    assert kiosk.scanned(code_of(bureau, received, "receipt")).applicant_masked == "张*明"


def test_only_the_entrance_and_the_counter_ask(bureau: Aftermath, received: int) -> None:
    payload = code_of(bureau, received, "receipt")
    for role in ("guide", "clerk"):
        actor = Actor(7, "赵导办", bureau.store.hall_id, frozenset({role}))
        assert ProgressFront(bureau.store, actor, bureau.home).scanned(payload).told.headline == "已收到材料"
    screen = station_actor("display", name="综合屏", hall_id=bureau.store.hall_id)
    display = ProgressFront(bureau.store, screen, bureau.home)
    with pytest.raises(NotAuthorised, match="查进度"):
        display.asked(2026, 1, "0000")
    with pytest.raises(NotAuthorised, match="查进度"):
        display.scanned(payload)


# Who guesses


def test_no_such_case_and_wrong_digits_are_refused_in_the_same_words(
    bureau: Aftermath, kiosk: ProgressFront, received: int
) -> None:
    sentences = {
        refused(kiosk),
        refused(kiosk, serial=2, digits=last_four(bureau)),
        refused(kiosk, serial=0, digits=last_four(bureau)),
        refused(kiosk, digits=last_four(bureau)[1:]),
    }
    assert len(sentences) == 1
    assert len(entries(bureau.store)) == 4
    assert {detail for _, detail in entries(bureau.store)} == {'{"way":"number"}'}


def test_after_five_wrong_answers_the_station_refuses_for_ten_minutes_even_what_is_right(
    bureau: Aftermath, kiosk: ProgressFront, received: int, other_station: Store
) -> None:
    for _ in range(5):
        refused(kiosk)
        bureau.clock.instant += timedelta(minutes=1)
    with pytest.raises(AskedTooOften, match="到 09:56 以前"):
        asked(kiosk, bureau)
    assert asked(kiosk_at(other_station, bureau.home), bureau).number == "莲城管许收〔2026〕1号"
    assert kiosk.scanned(code_of(bureau, received, "receipt")).number == "莲城管许收〔2026〕1号"
    bureau.clock.instant += timedelta(minutes=9, seconds=-1)
    with pytest.raises(AskedTooOften):
        asked(kiosk, bureau)
    bureau.clock.instant += timedelta(seconds=1)
    assert asked(kiosk, bureau).number == "莲城管许收〔2026〕1号"
    refused(kiosk)


def test_the_count_stands_in_the_database_and_goes_over_midnight(
    bureau: Aftermath, kiosk: ProgressFront, received: int, open_store: OpenStore, database_url: str
) -> None:
    bureau.clock.instant = datetime(2026, 11, 23, 23, 57, tzinfo=HALL_ZONE)
    for _ in range(5):
        refused(kiosk)
        bureau.clock.instant += timedelta(minutes=1)
    again = kiosk_at(open_store(database_url), bureau.home)
    with pytest.raises(AskedTooOften, match="到 00:11 以前"):
        asked(again, bureau)


def test_right_answers_do_not_take_wrong_ones_back(bureau: Aftermath, kiosk: ProgressFront, received: int) -> None:
    for _ in range(4):
        refused(kiosk)
        asked(kiosk, bureau)
    refused(kiosk)
    with pytest.raises(AskedTooOften):
        asked(kiosk, bureau)


def test_a_hall_may_be_stricter_and_a_spoilt_rule_is_refused(
    bureau: Aftermath, kiosk: ProgressFront, received: int
) -> None:
    rule = bureau.home / "progress.toml"
    row = "[[versions]]\neffective_from = 2026-01-01\nsource = '本局'\nwithin_minutes = 10\nlocked_minutes = 30\n"
    rule.write_text(f"{row}wrong_answers = 1\n", encoding="utf-8")
    refused(kiosk)
    with pytest.raises(AskedTooOften, match="到 10:12 以前"):
        asked(kiosk, bureau)
    rule.write_text(f"{row}wrong_answers = 0\n", encoding="utf-8")
    with pytest.raises(BadParameters, match="都应大于 0"):
        asked(kiosk, bureau)


@pytest.mark.both
def test_the_audit_names_the_case_and_nobody(bureau: Aftermath, kiosk: ProgressFront, received: int) -> None:
    asked(kiosk, bureau)
    kiosk.scanned(code_of(bureau, received, "receipt"))
    refused(kiosk)
    station = bureau.store.station.id
    assert entries(bureau.store) == [
        (f"case:{received}", '{"way":"number"}'),
        (f"case:{received}", '{"way":"code"}'),
        (f"progress:{station}:2026-11-23", '{"way":"number"}'),
    ]


# The paper


def test_the_papers_of_the_intake_answer_and_those_that_others_see_do_not(
    bureau: Aftermath, kiosk: ProgressFront
) -> None:
    case_id, _ = bureau.certified(bureau.licence())
    for kind in ("receipt", "acceptance"):
        assert kiosk.scanned(f" {code_of(bureau, case_id, kind)}\r\n").told.headline == "已准予许可"
    for kind in ("grant", "certificate"):
        with pytest.raises(NotThisPaper):
            kiosk.scanned(code_of(bureau, case_id, kind))
    supplementing = bureau.supplementing("XK05")
    assert kiosk.scanned(code_of(bureau, supplementing, "correction")).told.missing


def test_a_receipt_signed_with_a_retired_key_still_answers(
    bureau: Aftermath, kiosk: ProgressFront, received: int, administrator: Actor
) -> None:
    rotate_signing_key(bureau.store, administrator)
    assert kiosk.scanned(code_of(bureau, received, "receipt")).number == "莲城管许收〔2026〕1号"


def test_a_spoilt_or_forged_code_is_refused_and_not_counted(
    bureau: Aftermath, kiosk: ProgressFront, received: int
) -> None:
    payload = code_of(bureau, received, "receipt")
    forged = payload[:-12] + ("A" * 11 if payload[-12] != "A" else "B" * 11) + payload[-1]
    for _ in range(6):
        with pytest.raises(BadReceiptCode):
            kiosk.scanned("https://example.invalid/1")
        with pytest.raises(ForgedReceipt):
            kiosk.scanned(forged)
    assert asked(kiosk, bureau).told.headline == "已收到材料"


def test_another_hall_of_the_district_tells_nothing_of_it(
    bureau: Aftermath, kiosk: ProgressFront, received: int, open_store: OpenStore, database_url: str
) -> None:
    with bureau.store.work("x", bureau.people["clerk"]) as work:
        work.session.add(Hall(code="north", name="北区大厅", short_name="莲城管"))
        lost = receipts.sign(work, "莲城管许收〔2025〕7号", date(2025, 5, 6))
        work.audit("x:1")
    north = kiosk_at(open_store(database_url, station="北区取号机", hall_code="north"), bureau.home)
    with pytest.raises(NotThisPaper):
        north.scanned(code_of(bureau, received, "receipt"))
    with pytest.raises(NothingFits):
        asked(north, bureau)
    with pytest.raises(NotThisPaper):
        kiosk.scanned(lost)
