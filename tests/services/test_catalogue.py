"""The catalogue: dated versions that never change what has been accepted under them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.resources import resource
from hall.rules.authority import NotAuthorised
from hall.rules.catalogue import Limit, MaterialRule, Matter
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.services.applications import Application
from hall.services.catalogue import NoSuchMatter, import_matters
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.trail import ChangeRow

MatterFinder = Callable[[str], Matter]


def versions(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(MatterVersion)) or 0


def shipped() -> tuple[Matter, ...]:
    return parse_catalogue(decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE))


def test_what_is_read_back_is_what_was_imported(front: Front) -> None:
    assert {each.matter for each in front.matters()} == set(shipped())
    assert [each.matter.prefix for each in front.matters()] == sorted(each.prefix for each in shipped())


def test_importing_the_same_file_again_changes_nothing(store: Store, administrator: Actor) -> None:
    before = versions(store)
    done = import_matters(store, administrator, matters=shipped())
    assert (done.added, done.renewed) == ((), ())
    assert done.unchanged == tuple(matter.code for matter in shipped())
    assert versions(store) == before


def test_a_changed_matter_is_a_new_version_and_tells_the_screens(
    store: Store, administrator: Actor, front: Front, matter_of: MatterFinder
) -> None:
    changed = replace(matter_of("XK05"), promised=Limit(2, "workday"))
    done = import_matters(store, administrator, matters=(changed, matter_of("XK06")))
    assert (done.added, done.renewed, done.unchanged) == ((), ("XK05",), ("XK06",))
    found = next(each for each in front.matters() if each.matter.code == "XK05")
    assert (found.version, found.matter) == (2, changed)
    with store.read() as session:
        newest = select(ChangeRow.topic).order_by(ChangeRow.seq.desc()).limit(1)
        assert session.scalar(newest) == "catalogue"


def test_a_new_matter_is_offered_and_a_ticket_can_be_taken(
    store: Store, administrator: Actor, front: Front, matter_of: MatterFinder
) -> None:
    new = replace(matter_of("XK05"), code="XK90", name="新事项", department="新科室", prefix="Z")
    assert import_matters(store, administrator, matters=(new,)).added == ("XK90",)
    assert front.taking.issue("XK90", channel="staff").code == "Z001"


def test_a_version_of_the_future_is_not_yet_in_force(
    store: Store, administrator: Actor, front: Front, matter_of: MatterFinder, clock: FixedClock
) -> None:
    today, begins = matter_of("XK05"), date(2026, 12, 1)
    import_matters(store, administrator, matters=(replace(today, promised=Limit(1, "workday"), effective_from=begins),))
    assert matter_of("XK05") == today
    clock.instant += timedelta(days=8)
    assert matter_of("XK05").promised == Limit(1, "workday")
    import_matters(store, administrator, matters=(today,))
    assert matter_of("XK05").promised == Limit(1, "workday")


def test_a_matter_that_begins_later_cannot_be_asked_for_today(
    store: Store, administrator: Actor, front: Front, matter_of: MatterFinder
) -> None:
    new = replace(matter_of("XK05"), code="XK90", effective_from=date(2026, 12, 1))
    import_matters(store, administrator, matters=(new,))
    with pytest.raises(NoSuchMatter, match="2026-11-23 没有编码为“XK90”的事项"):
        front.intake.look("XK90", ())
    assert "XK90" not in {each.matter.code for each in front.matters()}


def test_of_two_versions_of_one_day_the_later_import_counts(
    store: Store, administrator: Actor, matter_of: MatterFinder
) -> None:
    first = matter_of("XK05")
    for days in (2, 4, 2):
        import_matters(store, administrator, matters=(replace(first, promised=Limit(days, "workday")),))
        assert matter_of("XK05").promised == Limit(days, "workday")


def test_an_open_case_keeps_the_version_it_was_accepted_under(
    store: Store,
    administrator: Actor,
    front: Front,
    matter_of: MatterFinder,
    make_application: Callable[..., Application],
) -> None:
    accepted = front.intake.accept(make_application("XK05"))
    before = front.case(accepted.case_id)
    old = matter_of("XK05")
    changed = replace(
        old,
        name="改了名字的事项",
        department="改了名字的科室",
        promised=Limit(1, "workday"),
        materials=(MaterialRule(1, "改了的材料"),),
        lacking_allowed=False,
    )
    import_matters(store, administrator, matters=(changed,))
    assert front.case(accepted.case_id) == before
    assert front.intake.look("XK05", ()).missing == ("改了的材料（原件1份）",)


def test_a_ticket_is_called_by_the_name_of_its_day(
    store: Store, administrator: Actor, front: Front, matter_of: MatterFinder
) -> None:
    old = matter_of("XK05")
    front.taking.issue("XK05", channel="staff")
    later = replace(old, name="明天的名字", effective_from=date(2026, 11, 24))
    import_matters(store, administrator, matters=(later,))
    assert front.calling.call_next(1).matter_name == old.name


def test_only_an_administrator_imports(store: Store, actor: Actor) -> None:
    with pytest.raises(NotAuthorised):
        import_matters(store, actor, matters=shipped())
