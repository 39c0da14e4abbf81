"""The list of powers is imported as dated versions, whole or not at all; what was in force is never rewritten."""

from dataclasses import replace
from datetime import date

import pytest

from hall.clock import FixedClock
from hall.resources import resource
from hall.rules.authority import NotAuthorised
from hall.rules.csv_table import decode
from hall.rules.imports import BadRows
from hall.rules.people import Actor
from hall.rules.powers import PowerLine
from hall.rules.powers_file import FILE_TITLE, LONGEST_LINK, parse_powers
from hall.services import guides, powers
from hall.services.powers import NoSuchPower, PowersImported, import_powers, list_powers
from hall.store import Store


@pytest.fixture
def lines() -> tuple[PowerLine, ...]:
    return parse_powers(decode(resource("powers/sample.csv").read_bytes(), FILE_TITLE))


@pytest.mark.both
def test_the_same_file_again_changes_nothing(store: Store, administrator: Actor, lines: tuple[PowerLine, ...]) -> None:
    codes = tuple(line.code for line in lines)
    assert import_powers(store, administrator, lines=lines) == PowersImported(codes, (), ())
    assert import_powers(store, administrator, lines=lines) == PowersImported((), (), codes)
    views = list_powers(store, administrator, on=date(2026, 11, 23))
    assert tuple(view.line for view in views) == tuple(sorted(lines, key=lambda line: line.code))
    assert list_powers(store, administrator, on=date(2025, 12, 31)) == ()


def test_a_change_is_a_new_version_and_the_old_one_stays_to_be_read(
    store: Store, administrator: Actor, lines: tuple[PowerLine, ...]
) -> None:
    import_powers(store, administrator, lines=lines)
    first = lines[0]
    changed = replace(first, basis="新条例第一条", valid_from=date(2026, 12, 1), source="莲城管〔2026〕9号")
    gone = replace(lines[1], removed=True, valid_from=date(2026, 12, 1), source="莲城管〔2026〕9号")
    assert import_powers(store, administrator, lines=(changed, gone)).renewed == (changed.code, gone.code)
    later = {view.line.code: view for view in list_powers(store, administrator, on=date(2026, 12, 1))}
    assert gone.code not in later
    assert later[first.code].versions == (first, changed)
    told = powers.changes(store, administrator, before=date(2026, 11, 30), after=date(2026, 12, 1))
    assert [(each.change, each.line.code) for each in told] == [("changed", first.code), ("removed", gone.code)]


@pytest.mark.both
def test_the_past_is_not_changed_by_an_earlier_version_and_nothing_is_taken_off_that_is_not_there(
    store: Store, administrator: Actor, lines: tuple[PowerLine, ...]
) -> None:
    first = lines[0]
    import_powers(store, administrator, lines=(first, replace(first, name="改名", valid_from=date(2026, 12, 1))))
    between = replace(first, name="插入", valid_from=date(2026, 6, 1), line=7)
    with pytest.raises(BadRows, match=r"第7行：.*不能再插入更早的版本"):
        import_powers(store, administrator, lines=(between,))
    gone = replace(lines[1], removed=True, valid_from=date(2026, 12, 1))
    with pytest.raises(BadRows, match="不在清单上，不能取消"):
        import_powers(store, administrator, lines=(gone,))
    import_powers(store, administrator, lines=(lines[1], gone))
    with pytest.raises(BadRows, match="不在清单上，不能取消"):
        import_powers(store, administrator, lines=(replace(gone, valid_from=date(2026, 12, 2)),))
    assert [view.line.name for view in list_powers(store, administrator, on=date(2026, 7, 1))] == [
        first.name,
        lines[1].name,
    ]


@pytest.mark.both
def test_codes_as_long_as_they_may_be_are_kept(
    store: Store, administrator: Actor, lines: tuple[PowerLine, ...]
) -> None:
    longest = replace(lines[0], code="X" * 30, matter_code="M" * LONGEST_LINK, violation_code="V" * LONGEST_LINK)
    import_powers(store, administrator, lines=(longest,))
    assert list_powers(store, administrator, on=date(2026, 11, 23))[0].line == longest


def test_what_stood_on_a_day_is_not_rewritten_and_nothing_of_the_file_is_kept(
    store: Store, administrator: Actor, lines: tuple[PowerLine, ...]
) -> None:
    import_powers(store, administrator, lines=lines[:1])
    with pytest.raises(BadRows, match="不能改写"):
        import_powers(store, administrator, lines=(replace(lines[0], name="改名"), lines[1]))
    assert len(list_powers(store, administrator, on=date(2026, 11, 23))) == 1
    clerk = Actor(7, "张三明", store.hall_id, frozenset({"clerk"}))
    with pytest.raises(NotAuthorised):
        import_powers(store, clerk, lines=lines)


@pytest.mark.both
def test_a_line_that_was_taken_off_is_not_printed(
    store: Store, administrator: Actor, clock: FixedClock, lines: tuple[PowerLine, ...]
) -> None:
    import_powers(store, administrator, lines=lines[:1])
    (view,) = list_powers(store, administrator, on=date(2026, 11, 23))
    gone = replace(lines[0], removed=True, valid_from=date(2026, 11, 23))
    import_powers(store, administrator, lines=(gone,))
    guide = Actor(7, "赵导办", store.hall_id, frozenset({"guide"}))
    with pytest.raises(NoSuchPower):
        guides.print_power(store, guide, power_id=view.power_id)
    with pytest.raises(NoSuchPower):
        guides.power_slip_of(store, 4711)


def test_a_line_of_another_hall_is_not_printed(
    store: Store, administrator: Actor, lines: tuple[PowerLine, ...]
) -> None:
    import_powers(store, administrator, lines=lines[:1])
    (view,) = list_powers(store, administrator, on=date(2026, 11, 23))
    today = date(2026, 11, 23)
    with store.read() as session:
        assert powers.version_today(session, store.hall_id, view.power_id, on=today)[1].code == view.line.code
        with pytest.raises(NoSuchPower):
            powers.version_today(session, store.hall_id + 1, view.power_id, on=today)
