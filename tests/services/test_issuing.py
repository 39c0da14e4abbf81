"""Issuing within a work: number, code, frozen content and print job stand or fall together."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.printing.declarations import BadDeclaration, read_declarations
from hall.resources import template
from hall.rules.people import Actor
from hall.services import issuing, papers_decision, papers_intake, papers_month
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.documents import DocumentKind, FrozenDocument, declared, document_numbered, produced
from hall.services.front import Front
from hall.services.issuing import Issued
from hall.services.papers_common import Fields, case_block, hall_block
from hall.services.remedies import remedies
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.halls import Hall
from hall.store.schema.permits import PermitCase
from hall.store.schema.printing import PrintJob
from tests.services.papers.conftest import papers


@pytest.fixture
def accepted(front: Front, make_application: Callable[..., Application]) -> Accepted:
    return front.intake.accept(make_application())


@pytest.fixture
def block(store: Store, accepted: Accepted) -> Fields:
    with store.read() as session:
        case = session.get_one(PermitCase, accepted.case_id)
        return case_block(
            session.get_one(Hall, store.hall_id),
            applicant_name="张示例",
            applicant_id="",
            matter_name="示例事项",
            receipt_number=case.receipt_number,
            received_on=case.received_at.date(),
            clerk_name="王示例",
        )


Issue = Callable[..., Issued]


@pytest.fixture
def issue(store: Store, actor: Actor, home: Path) -> Issue:
    """One document in a work of its own."""

    def one(kind: str, content: Fields, **given: object) -> Issued:
        with store.work("test.issue", actor) as work:
            issued = issuing.issue(work, kind=kind, content=content, home=home, **given)  # type: ignore[arg-type]  # as issue takes them
            work.audit(f"document:{issued.document_id}")
            return issued

    return one


@pytest.fixture
def kept(store: Store, actor: Actor) -> Callable[[str], FrozenDocument]:
    """The document with a number."""
    return lambda number: document_numbered(store, actor, number=number)


@pytest.fixture
def denial(block: Fields) -> Fields:
    return papers_decision.denial(block, facts="事实", unmet="条件", basis="依据", reasons="理由")


def jobs(store: Store, document_id: int) -> list[PrintJob]:
    own = (PrintJob.subject_kind == "document", PrintJob.subject_id == document_id)
    with store.read() as session:
        return list(session.scalars(select(PrintJob).where(*own)))


def test_a_document_gets_the_next_number_of_its_series(issue: Issue, accepted: Accepted, denial: Fields) -> None:
    numbers = [issue("denial", denial, case_id=accepted.case_id).number for _ in range(2)]
    assert numbers == ["莲城管许不准〔2026〕1号", "莲城管许不准〔2026〕2号"]


def test_kinds_that_share_a_series_never_share_a_number(issue: Issue, accepted: Accepted, block: Fields) -> None:
    grant = papers_decision.grant(block, scope="范围", basis="依据")
    change = papers_decision.change_decision(
        block, kind="renewal", certificate_name="证", certificate_number="1号", before="", after="同前", basis="依据"
    )
    first = issue("grant", grant, case_id=accepted.case_id)
    second = issue("change_decision", change, case_id=accepted.case_id)
    assert (first.number, second.number) == ("莲城管许准〔2026〕1号", "莲城管许准〔2026〕2号")


def test_a_series_starts_again_with_the_year(
    issue: Issue, accepted: Accepted, denial: Fields, clock: FixedClock
) -> None:
    issue("denial", denial, case_id=accepted.case_id)
    clock.instant = datetime(2027, 1, 4, 1, tzinfo=UTC)
    assert issue("denial", denial, case_id=accepted.case_id).number == "莲城管许不准〔2027〕1号"


def test_a_document_is_frozen_and_signed(
    kept: Callable[[str], FrozenDocument], front: Front, issue: Issue, accepted: Accepted, denial: Fields
) -> None:
    issued = issue("denial", denial, case_id=accepted.case_id)
    found = kept(issued.number)
    assert (found.kind, found.case_id, found.template_name) == ("denial", accepted.case_id, "不予许可决定书.docx")
    assert (found.content["number"], found.content["issued_on"]) == (issued.number, "2026年11月23日")
    assert front.verify_receipt(issued.payload).case_id == accepted.case_id


def test_a_document_is_on_its_way_to_the_printer(
    store: Store, issue: Issue, accepted: Accepted, denial: Fields
) -> None:
    issued = issue("denial", denial, case_id=accepted.case_id)
    found = [(job.printer, job.title) for job in jobs(store, issued.document_id)]
    assert found == [("page", f"不予行政许可决定书 {issued.number}")]


def test_the_paper_tells_where_remedies_are_sought(
    store: Store, actor: Actor, issue: Issue, accepted: Accepted, denial: Fields
) -> None:
    issued = issue("denial", denial, case_id=accepted.case_id)
    pages = PdfReader(io.BytesIO(produced(store, actor, document_id=issued.document_id).pdf)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert "向莲城区人民政府申请行政复议" in text
    assert "向莲城区人民法院提起行政诉讼" in text


@pytest.mark.both
def test_a_document_that_is_not_printed_now_has_no_job(
    store: Store, issue: Issue, accepted: Accepted, denial: Fields
) -> None:
    assert jobs(store, issue("denial", denial, case_id=accepted.case_id, printer=None).document_id) == []


@pytest.mark.both
def test_a_document_wants_as_many_sheets_as_are_declared(
    store: Store, home: Path, issue: Issue, accepted: Accepted, denial: Fields
) -> None:
    issued = issue("denial", denial, case_id=accepted.case_id)
    assert declared(store, document_id=issued.document_id, home=home).copies == 2


def test_a_number_drawn_before_is_used(
    store: Store, actor: Actor, home: Path, accepted: Accepted, block: Fields
) -> None:
    with store.work("test.issue", actor) as work:
        number = issuing.draw_number(work, kind="certificate", home=home)
        grant = papers_decision.grant(
            block, scope="范围", basis="依据", certificate_name="许可证", certificate_number=number
        )
        issuing.issue(work, case_id=accepted.case_id, kind="grant", content=grant, home=home)
        certificate = papers_decision.certificate(
            block,
            certificate_name="许可证",
            place="示例路",
            valid_from=datetime(2026, 12, 1, tzinfo=UTC).date(),
            valid_until=None,
            decision_number="莲城管许准〔2026〕1号",
        )
        issued = issuing.issue(
            work, case_id=accepted.case_id, kind="certificate", content=certificate, home=home, number=number
        )
        work.audit("test")
    assert issued.number == number == "莲城管许证〔2026〕1号"


def test_a_document_of_the_hall_has_no_case(store: Store, actor: Actor, issue: Issue, front: Front) -> None:
    with store.read() as session:
        block = hall_block(session.get_one(Hall, store.hall_id), clerk_name="王示例")
    report = papers_month.monthly_report(
        block,
        month="2026年11月",
        population="全部",
        matters=(papers_month.MatterMonth("示例事项", 3, 1, 2, 0),),
        rates=(),
        figures=(),
        balance="1＋3－2＝2",
        prepared_by="王示例",
    )
    issued = issue("monthly_report", report, case_id=None)
    assert issued.number == "莲城管月报〔2026〕1号"
    assert front.verify_receipt(issued.payload).case_id is None
    assert produced(store, actor, document_id=issued.document_id).pdf.startswith(b"%PDF")


def test_every_kind_can_be_issued_with_a_number_of_its_own(store: Store, actor: Actor, home: Path) -> None:
    declared_kinds = read_declarations(template("fields.toml", home))
    built = papers()
    with store.work("test.issue", actor) as work:
        numbers = {
            kind: issuing.issue(work, case_id=None, kind=kind, content=built[kind], home=home, printer=None).number
            for kind in get_args(DocumentKind)
            if kind in built
        }
        work.audit("test")
    assert set(declared_kinds) - set(numbers) == {"receipt", "acceptance"}
    assert len(set(numbers.values())) == len(numbers)
    assert numbers["on_spot_penalty"] == "莲城管简罚〔2026〕第0001号"
    assert [numbers[kind] for kind in ("no_penalty", "mitigated_penalty")] == [
        "莲城管罚免〔2026〕1号",
        "莲城管罚免〔2026〕2号",
    ]


@pytest.mark.both
def test_a_reply_to_a_complaint_tells_who_rechecks_and_no_court(
    kept: Callable[[str], FrozenDocument], issue: Issue
) -> None:
    content = kept(issue("complaint_reply", papers()["complaint_reply"], case_id=None).number).content
    assert content["review_government"] == "莲城区人民政府"
    assert "court_name" not in content


def test_what_fails_later_in_the_work_leaves_nothing(
    store: Store, actor: Actor, home: Path, accepted: Accepted, denial: Fields
) -> None:
    with pytest.raises(RuntimeError), store.work("test.issue", actor) as work:
        issuing.issue(work, case_id=accepted.case_id, kind="denial", content=denial, home=home)
        raise RuntimeError
    with store.read() as session:
        assert session.scalar(select(func.count()).where(Document.kind == "denial")) == 0
    with store.work("test.issue", actor) as work:
        assert issuing.draw_number(work, kind="denial", home=home) == "莲城管许不准〔2026〕1号"
        work.audit("test")


@pytest.mark.both
def test_a_document_without_a_declared_field_is_not_issued(
    store: Store, issue: Issue, accepted: Accepted, denial: Fields
) -> None:
    with pytest.raises(BadDeclaration, match="不予行政许可决定书的字段 facts 没有内容"):
        issue("denial", {name: value for name, value in denial.items() if name != "facts"}, case_id=accepted.case_id)
    with store.read() as session:
        assert session.scalar(select(func.count()).where(Document.kind == "denial")) == 0


def test_a_halls_own_template_is_frozen_with_the_document(
    kept: Callable[[str], FrozenDocument], home: Path, issue: Issue, accepted: Accepted, block: Fields
) -> None:
    refusal = papers_intake.refusal(block, limb="not_needed", reason="无需许可")
    first = issue("refusal", refusal, case_id=accepted.case_id)
    own = home / "templates" / "docs" / "不予受理决定书.docx"
    own.parent.mkdir(parents=True)
    shipped = kept(first.number)
    own.write_bytes(shipped.template + b" ")
    second = issue("refusal", refusal, case_id=accepted.case_id)
    assert kept(second.number).template == shipped.template + b" "


@pytest.mark.parametrize(
    ("authority", "government", "court"),
    [
        ("莲城区城市管理和综合执法局", "莲城区人民政府", "莲城区人民法院"),
        ("示例市示例区城市管理局", "示例市示例区人民政府", "示例市示例区人民法院"),
        ("示例市城市管理综合执法局", "示例市人民政府", "示例市人民法院"),
        ("示例办公室", "本级人民政府", "有管辖权的人民法院"),
    ],
)
def test_remedies_follow_from_the_bureaus_name(home: Path, authority: str, government: str, court: str) -> None:
    found = remedies(authority, home)
    assert (found.government, found.court) == (government, court)


def test_a_hall_may_name_another_court(home: Path) -> None:
    (home / "remedies.toml").write_text('government = ""\ncourt = "示例铁路运输法院"\n', encoding="utf-8")
    found = remedies("莲城区城市管理和综合执法局", home)
    assert (found.government, found.court) == ("莲城区人民政府", "示例铁路运输法院")


def test_a_spoilt_parameter_file_says_so(home: Path) -> None:
    (home / "remedies.toml").write_text("government = 1\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"remedies\.toml"):
        remedies("莲城区城市管理和综合执法局", home)
