"""Photos and recordings of anything: kept once, checked, voided with a reason, read with a trace."""

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.files import BadTitle, UnknownFileType
from hall.services.case_files import NoSuchFile, VoidedAlready
from hall.services.subject_files import (
    NewSubjectFile,
    NoSuchSubject,
    add_subject_file,
    files_with,
    read_subject_file,
    void_subject_file,
)
from tests.services.requests.desk import RequestDesk

RECORDING = NewSubjectFile("来电录音", "recording", b"ID3\x04" + bytes(30))


def add(desk: RequestDesk, subject_id: int, file: NewSubjectFile = RECORDING, login: str = "clerk") -> int:
    return add_subject_file(
        desk.store, desk.people[login], subject="request", subject_id=subject_id, file=file, home=desk.home
    )


@pytest.mark.both
def test_a_recording_is_kept_read_and_taken_out_of_use(desk: RequestDesk) -> None:
    request_id = desk.registered()
    first, second = add(desk, request_id), add(desk, request_id)
    assert read_subject_file(desk.store, desk.people["boss"], file_id=first).media_type == "audio/mpeg"
    void_subject_file(desk.store, desk.people["clerk"], file_id=first, reason="重复存入")
    with desk.store.read() as session:
        kept = files_with(session, "request", request_id)
    assert [(each.file_id, each.voided, each.voided_why) for each in kept] == [
        (first, True, "重复存入"),
        (second, False, ""),
    ]
    with pytest.raises(VoidedAlready):
        void_subject_file(desk.store, desk.people["clerk"], file_id=first, reason="再来一次")


def test_what_is_no_file_of_anything_is_refused(desk: RequestDesk) -> None:
    with pytest.raises(NoSuchSubject):
        add(desk, 999_999)
    request_id = desk.registered()
    with pytest.raises(UnknownFileType):
        add(desk, request_id, NewSubjectFile("照片", "photo", b"MZ"))
    with pytest.raises(BadTitle):
        add(desk, request_id, NewSubjectFile("13900001234", "photo", b"\xff\xd8\xff"))
    with pytest.raises(NotAuthorised):
        add(desk, request_id, login="guide")
    with pytest.raises(NoSuchFile):
        read_subject_file(desk.store, desk.people["clerk"], file_id=999_999)
