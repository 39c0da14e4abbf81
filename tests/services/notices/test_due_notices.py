"""Due days tell themselves once to everybody they are for, whatever station looks, until the thing is done."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from hall.rules.people import system_actor
from hall.services import due_notices
from hall.services.due_notice_rule import due_rules
from hall.services.due_notices import SOURCES
from hall.services.parameters import BadParameters
from hall.services.timekeeping import Tally, keep_time
from hall.store import Store
from hall.store.integrity import INVARIANTS, verify_data
from hall.store.schema.subjects import SubjectNotice
from hall.store.schema.trail import AuditRow
from tests.services.notices.bell import Bell
from tests.services.standards_story import Story

LAST = date(2026, 11, 30)
"""The last day for the correction of the story's checks: a Monday."""
AFTER = LAST + timedelta(days=1)
CHECK = "2026-11-23 现场查看抽查"


@pytest.fixture
def checked(story: Story) -> Story:
    """The clerk has something to correct."""
    story.check()
    return story


@pytest.mark.both
@pytest.mark.usefixtures("checked")
def test_two_stations_at_once_tell_it_once(bell: Bell, other_station: Store) -> None:
    bell.on(AFTER)
    start = Barrier(2, timeout=30)

    def tell(store: Store) -> int:
        items = list(due_notices.to_tell(store, home=bell.home))
        start.wait()
        return sum(item() for item in items)

    with ThreadPoolExecutor(2) as stations:
        told = list(stations.map(tell, (bell.store, other_station), timeout=60))
    assert sum(told) == 2
    assert [to for to, _ in bell.told()] == ["clerk", "manager"]


@pytest.mark.both
def test_who_looked_before_another_told_it_finds_nothing_to_tell(
    checked: Story, bell: Bell, other_station: Store
) -> None:
    bell.on(AFTER)
    late = list(due_notices.to_tell(other_station, home=bell.home))
    assert bell.look() == 2
    assert [item() for item in late] == [0], "the unique key lets one in"
    checked.front("clerk").correct_check(1, "已补发一次性告知书")
    bell.see("clerk")
    stale = list(due_notices.to_tell(other_station, home=bell.home))
    assert bell.look() == 1, "the manager's is put away"
    assert [item() for item in stale] == [0], "it was put away already"
    with bell.store.read() as session:
        kinds = session.scalars(select(AuditRow.action).where(AuditRow.action.startswith("notice."))).all()
    assert kinds == ["notice.due", "notice.see", "notice.over"], "who finds nothing leaves no trace"


@pytest.mark.usefixtures("checked")
def test_what_was_seen_does_not_come_again_but_the_next_rung_does(bell: Bell) -> None:
    bell.on(LAST)
    assert bell.look() == 1
    assert bell.see("clerk") == 1
    assert bell.look() == 0
    assert bell.heard(AFTER) == [
        ("clerk", f"{CHECK}：整改 2026-11-30 到期，已经逾期，请马上办理"),
        ("manager", f"{CHECK}：整改 2026-11-30 到期，已经逾期，请督促办理"),
    ]


@pytest.mark.usefixtures("checked")
def test_a_warning_that_nobody_saw_gives_way_to_what_is_said_when_it_is_missed(bell: Bell) -> None:
    assert bell.heard(LAST) == [("clerk", f"{CHECK}：整改 2026-11-30 到期，请按时办理")]
    assert len(bell.heard(AFTER)) == 2
    assert len(bell.told(waiting=False)) == 3


def test_a_later_day_tells_itself_anew(checked: Story, bell: Bell) -> None:
    bell.heard(LAST)
    checked.front("clerk").correct_check(1, "已补发一次性告知书")
    assert bell.heard(LAST) == []
    checked.front("boss").verify(1, passed=False, note="仍有遗漏", correct_by=date(2026, 12, 7))
    assert bell.heard(LAST) == []
    assert bell.heard(date(2026, 12, 4)) == [("clerk", f"{CHECK}：整改 2026-12-07 到期，请按时办理")]


def test_what_was_voided_is_silent(checked: Story, bell: Bell) -> None:
    assert len(bell.heard(AFTER)) == 2
    checked.front("boss").void_check(1, "查错了人")
    assert bell.heard(AFTER) == []


@pytest.mark.usefixtures("checked")
def test_what_was_missed_long_ago_causes_no_message_and_what_was_told_stays(bell: Bell) -> None:
    assert bell.heard(LAST + timedelta(days=32)) == []
    bell.heard(LAST + timedelta(days=31))
    assert len(bell.heard(LAST + timedelta(days=40))) == 2


@pytest.mark.usefixtures("checked")
def test_a_hall_lays_down_its_own_rungs_from_a_day_on(bell: Bell) -> None:
    table = """[[versions]]
effective_from = 2026-01-01
source = "本局规定"
warning_workdays = 3
look_back_days = 10
rungs = [{ code = "boss", at = 0, to = "manager", dues = ["correct"] }, { code = "soon", at = 2, to = "holder" }]
"""
    (bell.home / "due_notices.toml").write_text(table, encoding="utf-8")
    assert bell.heard(LAST - timedelta(days=5)) == []
    assert [to for to, _ in bell.heard(LAST - timedelta(days=4))] == ["clerk"]
    assert [to for to, _ in bell.heard(LAST)] == ["clerk", "manager"]


@pytest.mark.parametrize(
    "rungs",
    [
        "1",
        "[1]",
        '[{ code = "a", at = "later", to = "holder" }]',
        '[{ code = "a", at = 1, to = "holder", dues = "told" }]',
        '[{ code = "a", at = 1, to = "holder", dues = ["lunch"] }]',
    ],
)
def test_a_file_that_cannot_be_read_is_named(bell: Bell, rungs: str) -> None:
    head = '[[versions]]\neffective_from = 2026-01-01\nsource = "本局"\nwarning_workdays = 1\nlook_back_days = 9\n'
    (bell.home / "due_notices.toml").write_text(f"{head}rungs = {rungs}\n", encoding="utf-8")
    with pytest.raises(BadParameters, match=r"due_notices\.toml"):
        due_rules(bell.home)


@pytest.mark.usefixtures("checked")
def test_the_timekeeper_tells_them_beside_everything_else(bell: Bell, caplog: pytest.LogCaptureFixture) -> None:
    bell.on(LAST)
    assert keep_time(bell.store, home=bell.home).dues == Tally(1)
    assert keep_time(bell.store, home=bell.home).dues == Tally()
    (bell.home / "due_notices.toml").write_text("rungs", encoding="utf-8")
    caplog.set_level(logging.WARNING)
    assert keep_time(bell.store, home=bell.home).dues == Tally(failed=1)
    assert "BadParameters" in caplog.text


@pytest.mark.both
@pytest.mark.usefixtures("checked")
def test_a_message_about_nothing_is_found_by_verification(bell: Bell) -> None:
    bell.heard(LAST)
    with bell.store.read() as session:
        assert verify_data(session) == []
    with bell.store.work("test.lost", system_actor(bell.store.hall_id)) as work:
        work.session.execute(update(SubjectNotice).values(subject_id=99))
        work.audit("test")
    with bell.store.read() as session:
        assert [each.sentence for each in verify_data(session)] == [
            "表 subject_notice：1 条提醒说的事项不存在，或者属于另一个大厅。"
        ]


def test_verification_knows_everything_that_may_be_due() -> None:
    (query,) = [query for table, _, query in INVARIANTS if table == "subject_notice"]
    assert all(f"FROM {subject}" in query for subject in (*SOURCES, "permit_case"))
