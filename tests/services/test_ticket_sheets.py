"""Numbers on sheets: a station with a page printer and no slip printer prints them there."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from hall.services.catalogue import NoSuchMatter
from hall.services.documents import produced
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket


@pytest.fixture
def front(front: Front) -> Front:
    return replace(front, slip=False, sheets=True)


def jobs(store: Store) -> list[PrintJob]:
    with store.read() as session:
        return list(session.scalars(select(PrintJob).order_by(PrintJob.id)))


@pytest.mark.both
def test_a_number_lives_at_once_and_comes_out_of_the_page_printer(store: Store, front: Front) -> None:
    issued = front.taking.issue("XK05", channel="staff")
    assert (issued.state, issued.sheet) == ("waiting", True)
    [job] = jobs(store)
    assert (job.printer, job.subject_kind, job.title) == ("page", "document", "号单 莲城管号〔2026〕第0001号")
    assert job.expires_at == job.created_at + front.policy.taking.slip_lives


@pytest.mark.both
def test_the_sheet_says_what_the_slip_would(store: Store, front: Front) -> None:
    issued = front.taking.issue("XK05", channel="staff", priority="elder", further=("XK02",))
    with store.read() as session:
        sealed = session.scalars(select(Document.content_sealed)).one()
        ahead = session.scalars(select(Ticket.ahead)).one()
    content = json.loads(store.key_ring.unseal(sealed, "document.content"))
    assert (content["ticket_code"], content["priority"]) == (issued.code, "老年优先")
    assert [line[:2] for line in content["matters"].splitlines()] == ["1．", "2．"]
    assert content["waiting"] == f"{ahead}人"
    assert content["masked_name"] == ""
    assert "几个事项用这一个号" in content["hints"]


def test_the_sheet_can_be_made(store: Store, front: Front) -> None:
    front.taking.issue("XK05", channel="staff")
    [job] = jobs(store)
    assert produced(store, front.actor, document_id=job.subject_id).pdf.startswith(b"%PDF")


def test_a_refused_number_leaves_no_sheet(store: Store, front: Front) -> None:
    with pytest.raises(NoSuchMatter):
        front.taking.issue("没有", channel="staff")
    assert jobs(store) == []


def test_a_station_with_a_slip_printer_prints_slips_only(store: Store, front: Front) -> None:
    issued = replace(front, slip=True).taking.issue("XK05", channel="staff")
    assert (issued.state, issued.sheet) == ("reserved", False)
    assert [(job.printer, job.subject_kind) for job in jobs(store)] == [("slip", "ticket")]
