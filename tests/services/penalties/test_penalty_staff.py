"""Certificates and conflicts of interest, through the services, on both databases."""

from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.services.penalty_staff import (
    BadCertificate,
    CertificateTaken,
    NewCertificate,
    NewConflict,
    NoSuchStaffRecord,
    NotTwoOfficers,
    change_validity,
    check_officers,
    end_conflict,
    enter_certificate,
    enter_conflict,
    list_certificates,
    list_conflicts,
)
from hall.services.reasons import ReasonNeeded
from tests.services.penalties.office import Office


@pytest.fixture
def new(office: Office) -> NewCertificate:
    return NewCertificate(
        number=" LC-01 00 ",
        name="冯新证",
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
        account_id=office.actor("head").account_id,
    )


@pytest.mark.both
def test_a_certificate_is_entered_once_and_listed_by_its_end(office: Office, new: NewCertificate) -> None:
    boss = office.actor("boss")
    key = enter_certificate(office.store, boss, new=new)
    listed = list_certificates(office.store, boss)
    assert [each.number for each in listed][:2] == ["LC-0006", "LC-0100"]
    entered = next(each for each in listed if each.id == key)
    assert (entered.login, entered.valid, entered.helper) == ("head", True, False)
    with pytest.raises(CertificateTaken):
        enter_certificate(office.store, boss, new=new)


def test_a_certificate_that_cannot_be_is_refused_with_every_reason(office: Office) -> None:
    wrong = NewCertificate(number="", name=" ", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))
    with pytest.raises(BadCertificate, match=r"证号.*姓名.*止日早于起日"):
        enter_certificate(office.store, office.actor("boss"), new=wrong)


def test_a_certificate_names_an_account_of_the_hall(office: Office) -> None:
    stranger = NewCertificate(
        number="LC-9", name="无名", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1), account_id=9999
    )
    with pytest.raises(NoSuchStaffRecord, match="账号"):
        enter_certificate(office.store, office.actor("boss"), new=stranger)


def test_only_who_looks_after_staff_enters_certificates(office: Office, new: NewCertificate) -> None:
    with pytest.raises(NotAuthorised):
        enter_certificate(office.store, office.actor("clerk"), new=new)


@pytest.mark.both
def test_a_certificate_that_is_taken_away_leaves_the_case_without_two_officers(
    office: Office, registered_case: int
) -> None:
    case = office.case(registered_case)
    with office.store.read() as session:
        assert len(check_officers(session, case, day=office.today)) == 2
    key = office.certificates["other"]
    boss = office.actor("boss")
    change_validity(office.store, boss, certificate_id=key, valid_to=date(2026, 11, 22), reason="调离执法岗位")
    with office.store.read() as session, pytest.raises(NotTwoOfficers, match="郑小川"):
        check_officers(session, case, day=office.today)
    change_validity(office.store, boss, certificate_id=key, valid_to=date(2026, 11, 23), reason="换发")
    with office.store.read() as session:
        assert len(check_officers(session, case, day=office.today)) == 2


def test_a_change_of_validity_wants_a_reason_and_a_day_after_its_beginning(office: Office) -> None:
    boss, key = office.actor("boss"), office.certificates["other"]
    with pytest.raises(ReasonNeeded):
        change_validity(office.store, boss, certificate_id=key, valid_to=date(2027, 1, 1), reason=" ")
    with pytest.raises(BadCertificate):
        change_validity(office.store, boss, certificate_id=key, valid_to=date(2023, 12, 31), reason="换发")
    with pytest.raises(NoSuchStaffRecord):
        change_validity(office.store, boss, certificate_id=9999, valid_to=date(2027, 1, 1), reason="换发")


@pytest.mark.both
def test_a_conflict_is_listed_masked_and_ends(office: Office) -> None:
    boss = office.actor("boss")
    conflict = NewConflict(
        account_id=office.actor("clerk").account_id, party=office.resident(), reason="近亲属", from_day=date(2026, 1, 1)
    )
    key = enter_conflict(office.store, boss, new=conflict)
    end_conflict(office.store, boss, conflict_id=key, until_day=date(2026, 6, 30))
    (listed,) = list_conflicts(office.store, boss)
    assert (listed.name, listed.party_masked, listed.reason) == ("周玉兰", "张*明", "近亲属")
    assert listed.until_day == date(2026, 6, 30)


def test_a_conflict_that_cannot_be_is_refused(office: Office) -> None:
    boss = office.actor("boss")
    backwards = NewConflict(
        account_id=office.actor("clerk").account_id,
        party=office.resident(),
        reason="近亲属",
        from_day=date(2026, 1, 2),
        until_day=date(2026, 1, 1),
    )
    with pytest.raises(BadCertificate, match="止日早于起日"):
        enter_conflict(office.store, boss, new=backwards)
    with pytest.raises(NoSuchStaffRecord):
        end_conflict(office.store, boss, conflict_id=9999, until_day=date(2026, 6, 30))
