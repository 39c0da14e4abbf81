"""Scans of an application for relief: kept with it alone, counted while in use, looked at with a trace."""

from io import BytesIO

import pytest
from pypdfium2 import PdfDocument

from hall.printing.preview import BrokenFile
from hall.rules.authority import NotAuthorised
from hall.rules.files import BadTitle
from hall.services import relief_files, relief_reading
from hall.services.case_files import NoSuchFile, VoidedAlready
from hall.services.relief_records import NoSuchRelief
from hall.services.subject_files import NewSubjectFile
from tests.rules.test_pictures import PNG
from tests.services.relief.fund import Fund


def pdf(width: int) -> bytes:
    """A scan of one empty page."""
    document, file = PdfDocument.new(), BytesIO()
    document.new_page(width, 842)
    document.save(file)
    document.close()
    return file.getvalue()


PDF, OTHER = pdf(595), pdf(842)
PROOF = NewSubjectFile("低保证明", "material", PDF)


def keep(fund: Fund, application_id: int, *files: NewSubjectFile, by: str = "clerk") -> int:
    office = fund.office
    return relief_files.keep(
        office.store, office.actor(by), application_id=application_id, files=files, home=office.home
    )


def void(fund: Fund, application_id: int, file_id: int) -> None:
    relief_files.void(
        fund.office.store, fund.office.actor("clerk"), application_id=application_id, file_id=file_id, reason="存错了件"
    )


def looked(fund: Fund, application_id: int, by: str = "head") -> list[bytes]:
    found = relief_files.look(fund.office.store, fund.office.actor(by), application_id=application_id)
    return [each.content for each in found]


@pytest.mark.both
def test_scans_belong_to_one_application_and_leave_a_trace_of_who_kept_looked_and_voided(fund: Fund) -> None:
    first, other = fund.applied(), fund.applied()
    assert keep(fund, first, PROOF, NewSubjectFile("入户照片", "visit", PNG)) == 2
    assert keep(fund, first, NewSubjectFile("诊断证明", "material", OTHER)) == 3
    assert fund.row(other).files == {}
    assert list(fund.row(first).files.values()) == ["低保证明", "入户照片", "诊断证明"]
    assert looked(fund, first) == [PDF, PNG, OTHER]
    photo = list(fund.row(first).files)[1]
    with pytest.raises(NoSuchFile):
        void(fund, other, photo)
    void(fund, first, photo)
    with pytest.raises(VoidedAlready):
        void(fund, first, photo)
    assert looked(fund, first) == [PDF, OTHER]
    told = relief_reading.application_history(fund.office.store, fund.office.actor("clerk"), application_id=first)
    assert [(each.kind, each.note) for each in told[1:]] == [("keep", ""), ("keep", ""), ("void_file", "存错了件")]


def test_nobody_keeps_or_looks_who_may_not_and_all_are_kept_or_none(fund: Fund) -> None:
    application_id = fund.applied()
    with pytest.raises(BadTitle):
        keep(fund, application_id, PROOF, NewSubjectFile("13900001234", "material", PNG))
    for broken in (PDF[:40], PNG[:20], b"\xff\xd8\xff"):
        with pytest.raises(BrokenFile, match="“诊断证明”打不开"):
            keep(fund, application_id, PROOF, NewSubjectFile("诊断证明", "material", broken))
    assert fund.row(application_id).files == {}
    with pytest.raises(NotAuthorised):
        keep(fund, application_id, PROOF, by="cashier")
    with pytest.raises(NotAuthorised):
        looked(fund, application_id, by="cashier")
    for act in (lambda: keep(fund, 999, PROOF), lambda: looked(fund, 999)):
        with pytest.raises(NoSuchRelief):
            act()
