"""Why a due date is what it is, from the schedules in force."""

from datetime import date

from hall.rules.catalogue import Limit
from hall.services.front import Front

START = date(2026, 9, 24)


def test_the_explanation_ends_on_the_due_date_of_the_clock(front: Front) -> None:
    found = front.why("promised", Limit(5, "workday"), START)
    assert found.clock.due_on == found.days[-1].day
    assert (found.days[0].count, found.days[-1].count) == (0, 5)
    assert "中秋节" in {day.note for day in found.days}
    assert "第八十二条" in found.law


def test_a_pending_date_has_a_reason_and_no_days(front: Front) -> None:
    found = front.why("statutory", Limit(20, "workday"), date(2026, 12, 21))
    assert found.days == ()
    assert found.clock.pending == "2027年放假安排未录入"


def test_natural_days_are_explained_by_the_civil_code(front: Front) -> None:
    found = front.why("statutory", Limit(3, "day"), START)
    assert found.clock.due_on == date(2026, 9, 27)
    assert "民法典" in found.law
