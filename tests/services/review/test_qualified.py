"""Who reviews or decides a case by law is asked for the qualification that the hall wants."""

from datetime import date

import pytest

from hall.rules.people import Actor
from hall.rules.qualifications import NotQualified
from hall.services import qualifications
from hall.services.qualifications import NewQualification
from tests.services.review.bureau import GRANT, Bureau


def expired(bureau: Bureau, login: str, kind: str) -> None:
    boss: Actor = bureau.people["boss"]
    new = NewQualification(
        account_id=bureau.people[login].account_id,
        kind=kind,
        number=login,
        issued_by="莲城区城管局",
        valid_from=date(2020, 1, 1),
        valid_to=date(2026, 6, 30),
    )
    qualifications.enter(bureau.store, boss, new=new, home=bureau.home)


def test_an_expired_qualification_stops_the_legal_review_and_the_decision(bureau: Bureau) -> None:
    case_id = bureau.examined(bureau.publish("R1", legal_review=True))
    expired(bureau, "lawyer", "legal_exam")
    expired(bureau, "approver", "post")
    with pytest.raises(NotQualified, match="法律职业资格（LAWYER）已于2026-06-30到期"):
        bureau.desk("lawyer").review_by_law(case_id, agree=True, text="合法")
    with pytest.raises(NotQualified, match="岗位合格证"):
        bureau.desk("approver").decide(case_id, GRANT)
    assert bureau.case(case_id).state == "legal_review"
