"""Review, lawsuit, reminder, court: days that do not count, and when the court may be asked."""

from datetime import date

import pytest

from hall.rules.fine_acts import NotNow
from hall.services import penalty_corrections, penalty_remedies
from hall.services.penalty_remedies import BadDay, NewRemedy, RemedyEnd
from hall.services.remedy_records import remedies_of
from tests.services.penalties.office import Office
from tests.services.penalties.test_fines import owed

APPLIED = date(2026, 12, 5)


def begin(office: Office, case_id: int, *, on: date = APPLIED, by: str = "lawyer") -> None:
    new = NewRemedy("review", on, "莲城区人民政府", "莲府复受〔2026〕7号")
    penalty_remedies.begin(office.store, office.actor(by), case_id=case_id, new=new, home=office.home)


def end(office: Office, case_id: int, how: RemedyEnd, *, by: str = "lawyer") -> None:
    penalty_remedies.end(office.store, office.actor(by), case_id=case_id, how=how, home=office.home)


def test_no_day_of_a_review_counts_from_its_application_to_its_end(office: Office, served_case: int) -> None:
    office.on(date(2026, 12, 8))
    with pytest.raises(BadDay, match="2026-11-18至2026-12-08"):
        begin(office, served_case, on=date(2026, 11, 17))
    begin(office, served_case)
    assert owed(office, served_case).added_fen == 9_000
    with pytest.raises(NotNow, match="不能同时进行"):
        begin(office, served_case, by="clerk")
    office.on(date(2027, 1, 20))
    with pytest.raises(BadDay, match="行政复议结果的日期"):
        end(office, served_case, RemedyEnd("upheld", date(2026, 12, 4), "莲府复决〔2027〕3号"))
    end(office, served_case, RemedyEnd("upheld", date(2027, 1, 20), "莲府复决〔2027〕3号"))
    assert owed(office, served_case).added_fen == 9_000
    assert owed(office, served_case, date(2027, 1, 21)).added_fen == 18_000
    with office.store.read() as session:
        (record,) = remedies_of(session, served_case)
    assert (record.body, record.number, record.title) == (
        "莲城区人民政府",
        "莲府复受〔2026〕7号",
        "莲府复决〔2027〕3号",
    )
    assert not record.carried_out


def test_who_sues_on_the_day_of_the_review_decision_is_not_refused_and_pays_no_day_for_it(
    office: Office, served_case: int
) -> None:
    office.on(date(2027, 1, 20))
    begin(office, served_case)
    end(office, served_case, RemedyEnd("upheld", date(2027, 1, 20), "莲府复决〔2027〕3号"))

    def sue(on: date) -> None:
        new = NewRemedy("litigation", on, "莲城区人民法院", "行初1号")
        penalty_remedies.begin(office.store, office.actor("lawyer"), case_id=served_case, new=new, home=office.home)

    with pytest.raises(BadDay, match="2027-01-20至2027-01-20"):
        sue(date(2027, 1, 19))
    sue(date(2027, 1, 20))
    assert owed(office, served_case, date(2027, 1, 29)).added_fen == 9_000


def test_a_review_that_goes_on_after_the_authority_revoked_gets_its_result(office: Office, served_case: int) -> None:
    office.on(date(2026, 12, 8))
    begin(office, served_case)
    penalty_corrections.revoke(
        office.store,
        office.actor("approver"),
        case_id=served_case,
        ground="evidence",
        reasons="主要证据不足，予以撤销",
        home=office.home,
    )
    end(office, served_case, RemedyEnd("confirmed", date(2026, 12, 8), "莲府复决〔2026〕9号"))
    assert owed(office, served_case).balance_fen == 0


def test_who_learns_of_a_decision_while_its_public_notice_runs_may_ask_for_review(office: Office) -> None:
    case_id = office.served(served_on=date(2026, 12, 16), due_on=date(2026, 12, 31))
    begin(office, case_id, on=date(2026, 11, 20))
    assert owed(office, case_id, date(2027, 1, 10)).added_fen == 0


def test_the_court_is_asked_after_reminder_and_remedies_within_its_three_months(office: Office) -> None:
    case_id = office.served(on=date(2026, 5, 28), served_on=date(2026, 5, 29), due_on=date(2026, 6, 15))
    lapsed = office.served(on=date(2026, 1, 5), served_on=date(2026, 1, 7), due_on=date(2026, 1, 22))
    spot = office.served(
        on=date(2026, 9, 21), served_on=date(2026, 9, 21), due_on=date(2026, 10, 8), procedure="simple"
    )
    officer = office.actor("reviewer")

    def court(case_id: int = case_id) -> None:
        penalty_remedies.apply_to_court(
            office.store, officer, case_id=case_id, applied_on=office.today, note="莲城区人民法院", home=office.home
        )

    with pytest.raises(NotNow, match=r"先登记催告.*还没有届满（2026-11-30届满）"):
        court()
    with pytest.raises(NotNow) as refused:
        court(spot)
    assert "还没有届满" not in refused.value.sentence
    with pytest.raises(NotNow, match=r"期限已于2026-10-08届满"):
        court(lapsed)
    penalty_remedies.remind(
        office.store, officer, case_id=case_id, served_on=office.today, note="催告书直接送达", home=office.home
    )
    office.on(date(2026, 12, 7))
    with pytest.raises(NotNow, match="2026-12-08起可以申请"):
        court()
    office.on(date(2026, 12, 8))
    court()
    assert [event.kind for event in office.events(case_id)][-2:] == ["remind", "court"]
    with pytest.raises(NotNow, match="已经申请法院"):
        court()
