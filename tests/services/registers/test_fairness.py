"""Who is named in an entry does not judge it; its person is of its case; its day waits for the schedule."""

from datetime import date

import pytest

from hall.rules.calendar import ScheduleDay, YearSchedule
from hall.rules.registers import ClosedByOther
from hall.services.registers import NewEntry
from hall.services.schedule_import import import_schedules
from hall.services.subject_records import history
from hall.store.schema.registers import RegisterEntry
from tests.services.registers.conftest import DAY, Desk

EVIDENCE = {
    "device": "向阳路东口一号",
    "published": "2026-01-10",
    "calibrated": "2027-01-09",
    "evidence": "证据一号",
    "technical": "设置合理、标志明显，记录清晰",
}


@pytest.mark.both
def test_a_correction_to_another_case_is_about_the_party_of_that_case(desk: Desk) -> None:
    office = desk.office
    first, second = (office.registered(party_id=office.person()) for _ in range(2))
    told = {"kind": "重大案件", "visit_on": "2026-11-30", "visitor": "王立新"}

    def entry(case_id: int) -> NewEntry:
        return NewEntry("follow_up_visit", DAY, {**told, "case": office.case(case_id).number})

    wrong = desk.at("clerk2").enter(entry(first)).entry_id
    right = desk.at("clerk2").correct(wrong, entry(second), "案号写错").entry_id
    again = desk.at("clerk2").correct(right, entry(second), "日期写错").entry_id
    about = [row.person.id if (row := desk.row(key)).person else None for key in (wrong, right, again)]
    parties = [office.case(key).party_id for key in (first, second, second)]
    assert about == parties
    assert parties[0] != parties[1]


def test_who_is_named_in_an_entry_does_not_find_its_result(desk: Desk) -> None:
    told = {**EVIDENCE, "engineer": "陈法正"}
    entry = desk.at("clerk").enter(NewEntry("remote_evidence", DAY, told)).entry_id
    assert "close" not in desk.row(entry, by="lawyer").acts
    with pytest.raises(ClosedByOther, match="写明由您负责"):
        desk.at("lawyer").close(entry, "可以作为证据", "", DAY)
    other = desk.at("clerk").enter(NewEntry("remote_evidence", DAY, {**told, "engineer": "王立新"})).entry_id
    desk.at("lawyer").close(other, "可以作为证据", "", DAY)


@pytest.mark.both
def test_a_day_of_workdays_waits_for_its_schedule(desk: Desk) -> None:
    desk.office.on(date(2026, 12, 29))
    told = {**EVIDENCE, "engineer": "王立新"}
    made = desk.at("clerk").enter(NewEntry("remote_evidence", DAY, told))
    assert (made.due_on, desk.row(made.entry_id).light) == (None, None)
    new_year = YearSchedule(2027, "测试", "测试", (ScheduleDay(date(2027, 1, 1), "rest", "元旦"),))
    done = import_schedules(desk.office.store, desk.office.actor("admin"), home=desk.office.home, schedules=(new_year,))
    assert [(each.acceptance_number, each.kind, each.after) for each in done.moved] == [
        (made.number, "register", date(2027, 1, 6))
    ]
    row = desk.row(made.entry_id)
    assert (row.due_on, row.light) == (date(2027, 1, 6), "normal")
    with desk.office.store.read() as session:
        assert session.get_one(RegisterEntry, made.entry_id).due_workdays == 5
        assert [each.kind for each in history(session, "register_entry", made.entry_id)] == ["enter", "recount"]
