"""The board: what it counts and lists is what the rule says of each case, on every day, on either database."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select, update

from hall.clock import HALL_ZONE, FixedClock, business_date
from hall.rules.authority import NotAuthorised
from hall.rules.clocks_board import PAUSED_URGENCY, PENDING_URGENCY
from hall.rules.lights import LIGHTS, DueOrdinals, Standing, Today, light
from hall.rules.people import Actor
from hall.services import board
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.board import COUNTED, BoardView, OnTime
from hall.services.board_front import BoardFront
from hall.services.board_rows import END, START, BoardRow, Place
from hall.services.board_terms import Terms, terms_from_json, terms_to_json
from hall.services.case_finding import NotUnderstood
from hall.services.front import Front
from hall.services.saved_filters import BadFilterName, NoSuchFilter, PersonalTerms
from hall.store import Store
from hall.store.schema.clocks import CaseClock
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import CasePossession

MONDAY = date(2026, 11, 23)
Applications = Callable[..., Application]


@pytest.fixture
def desk(manager_front: Front) -> BoardFront:
    """What the manager can do at the board."""
    return manager_front.board_desk


@pytest.fixture
def accepted(front: Front, make_application: Applications) -> Accepted:
    """One case of XK05: promised Thursday 26 November, by law Monday 21 December."""
    return front.intake.accept(make_application("XK05"))


Many = Callable[[int], list[dict[str, object]]]


@pytest.fixture
def many(accepted: Accepted, store: Store, desk: BoardFront) -> Many:
    """So many open cases more, of all kinds, copied from a real one: what the board compares is drawn by lot."""

    def make(count: int) -> list[dict[str, object]]:
        lot = random.Random(count)
        today = desk.view().day_on(business_date(store.clock.now())).today.ordinal
        choices = desk.choices()
        with store.engine.begin() as connection:
            (pattern,) = connection.execute(select(PermitCase.__table__)).mappings()
            rows = []
            for number in range(count):
                statutory, promised = (lot.choice([None, today + lot.randint(-4, 9)]) for _ in range(2))
                standing = lot.choice(["running"] * 5 + ["paused"])
                known = [each for each in (statutory, promised) if each is not None]
                urgency = PAUSED_URGENCY if standing == "paused" else min(known, default=PENDING_URGENCY)
                drawn = {
                    "id": pattern["id"] + 1 + number,
                    "receipt_number": f"收{number}",
                    "acceptance_number": f"受{number}" if lot.random() < 0.8 else None,
                    "department_id": lot.choice(list(choices.departments)),
                    "matter_id": lot.choice(list(choices.matters)),
                    "officer_id": lot.choice([None, 7, 8]),
                    "state": lot.choice(["accepted", "reviewing"]),
                    "handling": lot.choice(["promised", "immediate"]),
                    "standing": standing,
                    "statutory_ordinal": statutory,
                    "promised_ordinal": promised,
                    "urgency": urgency,
                    "warning_days": lot.randint(1, 3),
                    "ticket_id": None,
                }
                rows.append({**pattern, **drawn})
            connection.execute(insert(PermitCase), rows)
        return rows

    return make


def pages(desk: BoardFront, view: BoardView, terms: Terms, *, backwards: bool = False) -> Iterator[BoardRow]:
    """A whole list, read page by page."""
    day, start = view.day_on(business_date(view.as_of)), END if backwards else START
    while True:
        page = desk.page(terms, day, start, backwards=backwards, most=7)
        yield from reversed(page.rows) if backwards else page.rows
        if not page.more:
            return
        start = page.rows[0 if backwards else -1].place


def test_a_row_tells_what_a_manager_needs(desk: BoardFront, accepted: Accepted, clock: FixedClock) -> None:
    view = desk.view()
    (row,) = view.urgent
    today = view.day_on(MONDAY).today
    assert (row.case_id, row.number) == (accepted.case_id, accepted.acceptance_number)
    assert (row.matter_name, row.department, row.state) == ("临时占用城市道路许可", "市政科", "accepted")
    assert (row.promised_due, row.statutory_due) == (date(2026, 11, 26), date(2026, 12, 21))
    assert (row.remaining_on(today), row.light_on(today)) == (3, "normal")
    assert row.days_in_hand(today, view.calendar) == 0
    assert view.as_of == clock.instant


def test_a_case_changes_its_light_with_time_alone(desk: BoardFront, accepted: Accepted) -> None:
    view = desk.view()
    days = [date.fromisoformat(f"2026-{day}") for day in ("11-23", "11-25", "11-26", "11-27", "12-21", "12-22")]
    (row,) = view.urgent
    seen = [row.light_on(view.day_on(day).today) for day in days]
    assert seen == ["normal", "warning", "today", "over_promised", "over_promised", "over_statutory"]
    assert [dict(view.counts_on(day).lights) for day in days] == [{light: 1} for light in seen]
    assert [row.days_in_hand(view.day_on(day).today, view.calendar) for day in days] == [0, 2, 3, 4, 20, 21]


def test_a_due_day_ends_at_midnight_even_before_a_weekend(
    front: Front, desk: BoardFront, make_application: Applications, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 24, 9, 0, tzinfo=HALL_ZONE)
    front.intake.accept(make_application("XK05"))
    view = desk.view()
    friday, saturday = (view.urgent[0].light_on(view.day_on(date(2026, 11, day)).today) for day in (27, 28))
    assert (friday, saturday) == ("today", "over_promised")


def test_counts_are_what_a_naive_recount_gives(desk: BoardFront, many: Many) -> None:
    many(150)
    view = desk.view()
    everything = list(pages(desk, view, Terms()))
    for day in (MONDAY, MONDAY + timedelta(days=3), MONDAY + timedelta(days=5), date(2026, 12, 30)):
        today, counts = view.day_on(day).today, view.counts_on(day)
        assert counts.total == len(everything) == 151
        assert counts.lights == Counter(row.light_on(today) for row in everything)
        names = desk.choices().departments
        for department, of_department in counts.departments.items():
            recount = Counter(row.light_on(today) for row in everything if row.department == names[department])
            assert of_department == recount
            of_matters = counts.matters_of(department).values()
            assert of_department == sum((Counter(each) for each in of_matters), Counter())


@pytest.mark.both
def test_what_the_board_compares_agrees_with_the_clocks(desk: BoardFront, accepted: Accepted, store: Store) -> None:
    """The drift that a counter kept beside the cases could have: here there is only the case's own row."""
    with store.read() as session:
        due = dict(session.execute(select(CaseClock.kind, CaseClock.due_ordinal)).tuples().all())
    (row,) = desk.view().urgent
    assert row.due == DueOrdinals(due["statutory"], due["promised"])
    assert row.urgency == due["promised"]


@pytest.mark.both
def test_every_light_lists_the_cases_that_the_rule_gives_it(desk: BoardFront, many: Many, clock: FixedClock) -> None:
    rows = many(120)
    for _ in range(7):
        clock.instant += timedelta(days=1)
        view = desk.view()
        day = view.day_on(business_date(clock.instant))
        told = {row["id"]: _light_of(row, day.today) for row in rows}
        for shown in LIGHTS:
            listed = {row.case_id for row in pages(desk, view, Terms(lights=(shown,)))}
            wanted = {key for key, light_of in told.items() if light_of == shown}
            assert listed - {int(str(rows[0]["id"])) - 1} == wanted  # without the pattern itself
            assert view.count_of(Terms(lights=(shown,)), business_date(clock.instant)) == len(listed)


def _light_of(row: dict[str, object], today: Today) -> str:
    ordinals = (row["statutory_ordinal"], row["promised_ordinal"])
    statutory, promised = (each if isinstance(each, int) else None for each in ordinals)
    standing: Standing = "paused" if row["standing"] == "paused" else "running"
    warning_days = int(str(row["warning_days"]))
    return light(DueOrdinals(statutory, promised), today, warning_days=warning_days, standing=standing)


@pytest.mark.both
def test_a_list_is_sorted_and_the_same_in_both_directions(desk: BoardFront, many: Many) -> None:
    many(60)
    view = desk.view()
    forwards = [row.place for row in pages(desk, view, Terms())]
    assert forwards == sorted(forwards)
    assert [row.place for row in pages(desk, view, Terms(), backwards=True)] == forwards[::-1]
    assert [row.place for row in view.urgent] == forwards[:50]


@pytest.mark.both
def test_filters_narrow_and_agree_with_the_rows(desk: BoardFront, many: Many) -> None:
    rows = many(120)
    view, first = desk.view(), rows[0]
    for name in ("department_id", "matter_id", "officer_id", "state", "handling"):
        wanted = next(row[name] for row in rows if row[name] is not None)
        terms = terms_from_json(json.dumps({name: wanted}))
        listed = {row.case_id for row in pages(desk, view, terms)} - {int(str(first["id"])) - 1}
        assert listed == {row["id"] for row in rows if row[name] == wanted}
    both = Terms(department_id=first["department_id"], matter_id=first["matter_id"])  # type: ignore[arg-type]
    assert view.count_of(both, MONDAY) == len(list(pages(desk, view, both)))
    assert view.count_of(Terms(state="reviewing"), MONDAY) is None


def test_this_week_is_from_today_to_sunday(desk: BoardFront, many: Many, clock: FixedClock) -> None:
    many(100)
    clock.instant += timedelta(days=2)  # Wednesday
    view = desk.view()
    today = view.day_on(business_date(clock.instant)).today
    week = [row.remaining_on(today) for row in pages(desk, view, Terms(within="week"))]
    assert week
    assert set(week) <= {0, 1, 2}
    assert len(week) == sum(row.remaining_on(today) in {0, 1, 2} for row in pages(desk, view, Terms()))


def test_a_list_keeps_its_place_while_rows_change(desk: BoardFront, many: Many, store: Store) -> None:
    many(40)
    view = desk.view()
    day, everything = view.day_on(MONDAY), list(pages(desk, view, Terms()))
    first = desk.page(Terms(), day, most=10)
    with store.engine.begin() as connection:  # one read already closes, one to come becomes the most urgent
        closed, moved = first.rows[3].case_id, everything[25].case_id
        connection.execute(update(PermitCase).where(PermitCase.id == closed).values(closed_at=store.clock.now()))
        connection.execute(update(PermitCase).where(PermitCase.id == moved).values(urgency=0, promised_ordinal=0))
    rest = desk.page(Terms(), day, first.rows[-1].place, most=100).rows
    assert [row.case_id for row in rest] == [row.case_id for row in everything[10:] if row.case_id != moved]
    again = desk.page(Terms(), day, Place(first.rows[5].urgency, first.rows[5].case_id - 1), most=3).rows
    assert again == first.rows[5:8]


@pytest.mark.both
def test_text_finds_among_the_open_cases(desk: BoardFront, front: Front, make_application: Applications) -> None:
    case = front.intake.accept(make_application("XK05"))
    view = desk.view()
    day = view.day_on(MONDAY)
    for text in ("1", case.receipt_number, "张测"):
        assert [row.case_id for row in desk.page(Terms(text=text), day).rows] == [case.case_id]
        assert desk.page(Terms(text=text, state="reviewing"), day).rows == ()
    with pytest.raises(NotUnderstood):
        desk.page(Terms(text="?"), day)


def test_a_total_is_counted_when_it_is_asked_for(desk: BoardFront, many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    many(30)
    day = desk.view().day_on(MONDAY)
    page = desk.page(Terms(), day, most=5, counted=True)
    assert (page.total, len(page.rows), page.more) == (31, 5, True)
    assert COUNTED == 10_000
    assert desk.page(Terms(), day, most=5).total is None
    monkeypatch.setattr(board, "COUNTED", 20)
    assert desk.page(Terms(), day, most=5, counted=True).total == 21  # more than 20, however many


@pytest.mark.both
def test_my_work_is_what_lies_in_my_hands(manager_front: Front, many: Many, clock: FixedClock) -> None:
    many(120)
    officer = replace(manager_front.actor, account_id=8, roles=frozenset({"reviewer"}))
    desk = replace(manager_front, actor=officer).board_desk
    view = desk.view()
    day = view.day_on(MONDAY)
    mine = list(pages(desk, view, Terms(officer_id=8)))
    work = desk.my_work(day)
    left = [row.remaining_on(day.today) for row in mine]
    assert work.total == len(mine)
    assert work.paused == sum(row.standing == "paused" for row in mine)
    assert work.today == left.count(0)
    assert work.over == sum(each is not None and each < 0 for each in left)
    assert work.week == sum(each in {1, 2, 3, 4} for each in left)


@pytest.mark.both
def test_on_time_is_the_decided_share_of_the_promised(
    desk: BoardFront, many: Many, store: Store, clock: FixedClock
) -> None:
    rows = many(12)
    limit = date(2026, 11, 18)
    promised = [row["id"] for row in rows if row["handling"] == "promised"]
    with store.engine.begin() as connection:
        for number, key in enumerate(promised):
            decided = limit + timedelta(days=number - 1)
            connection.execute(update(PermitCase).where(PermitCase.id == key).values(decided_on=decided))
            (clock_row,) = connection.execute(
                select(CaseClock.__table__).where(CaseClock.kind == "promised").limit(1)
            ).mappings()
            copied = {k: v for k, v in clock_row.items() if k != "id"}
            connection.execute(insert(CaseClock), [{**copied, "case_id": key, "due_on": limit, "state": "stopped"}])
        pending = connection.scalars(select(CaseClock.id).where(CaseClock.case_id == promised[0])).one()
        connection.execute(update(CaseClock).where(CaseClock.id == pending).values(due_on=None))
    told = desk.on_time()
    until_now = [number for number in range(1, len(promised)) if limit + timedelta(days=number - 1) <= MONDAY]
    assert told == OnTime(date(2026, 11, 1), in_time=1, done=len(until_now))


@pytest.mark.both
def test_who_has_a_case_and_since_when(desk: BoardFront, accepted: Accepted, store: Store, clock: FixedClock) -> None:
    officer = add_account(store, "li", "李审查")
    with store.engine.begin() as connection:
        connection.execute(update(PermitCase).values(officer_id=officer))
        connection.execute(update(CasePossession).values(account_id=officer))
    clock.instant += timedelta(days=8)
    view = desk.view()
    (row,) = view.urgent
    assert (row.officer, row.in_hand_since) == ("李审查", MONDAY)
    assert row.days_in_hand(view.day_on(MONDAY + timedelta(days=8)).today, view.calendar) == 6


def add_account(store: Store, login: str, name: str) -> int:
    with store.engine.begin() as connection:
        return connection.scalars(
            insert(Account).returning(Account.id),
            [
                {
                    "hall_id": store.hall_id,
                    "login": login,
                    "display_name": name,
                    "password_hash": "",
                    "created_at": store.clock.now(),
                    "password_changed_at": store.clock.now(),
                }
            ],
        ).one()


@pytest.mark.both
def test_a_closed_case_is_on_no_board(desk: BoardFront, accepted: Accepted, store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(PermitCase).values(closed_at=store.clock.now(), state="finished"))
    view = desk.view()
    assert (view.urgent, view.counts_on(MONDAY).total) == ((), 0)
    assert desk.page(Terms(), view.day_on(MONDAY)).rows == ()


def test_an_empty_board_is_empty(desk: BoardFront) -> None:
    view = desk.view()
    assert (view.urgent, view.counts_on(MONDAY).total, desk.on_time().done) == ((), 0, 0)


def test_a_schedule_that_will_be_needed_and_is_not_loaded_is_a_warning(desk: BoardFront, clock: FixedClock) -> None:
    assert desk.view().warnings == ("2027年放假安排未录入",)
    clock.instant = datetime(2027, 1, 4, 9, 0, tzinfo=HALL_ZONE)
    assert desk.view().warnings == ("2027年放假安排未录入", "2028年放假安排未录入")


def test_in_a_year_without_schedule_the_board_still_shows_what_is_late(
    front: Front, desk: BoardFront, make_application: Applications, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 12, 28, 9, 0, tzinfo=HALL_ZONE)
    front.intake.accept(make_application("XK05"))  # promised 31 December; the statutory day is pending
    clock.instant = datetime(2027, 1, 4, 9, 0, tzinfo=HALL_ZONE)
    front.intake.accept(make_application("XK05"))
    view = desk.view()
    today = view.day_on(date(2027, 1, 4)).today
    assert [row.light_on(today) for row in view.urgent] == ["over_promised", "pending"]


@pytest.mark.both
def test_filters_are_kept_by_name_and_account(
    front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor]
) -> None:
    first, second = (
        front_of(store, actor_with("manager", account_id=add_account(store, login, login))).board_desk
        for login in ("one", "two")
    )
    terms = Terms(lights=("over_promised", "today"), department_id=1, handling="promised")
    first.save_filter(" 超期 ", terms)
    first.save_filter("本周", Terms(within="week"))
    assert [(each.name, each.terms) for each in first.saved_filters()] == [
        ("本周", Terms(within="week")),
        ("超期", replace(terms, lights=("over_promised", "today"))),
    ]
    assert second.saved_filters() == ()
    first.save_filter("超期", Terms(state="reviewing"))
    assert [each.terms for each in first.saved_filters() if each.name == "超期"] == [Terms(state="reviewing")]
    first.drop_filter("超期")
    assert [each.name for each in first.saved_filters()] == ["本周"]
    with pytest.raises(NoSuchFilter, match="超期"):
        first.drop_filter("超期")
    for name in ("", "   ", "长" * 21):
        with pytest.raises(BadFilterName):
            first.save_filter(name, terms)
    with pytest.raises(PersonalTerms):
        first.save_filter("某人", Terms(text="张三"))


def test_a_filter_of_another_version_loses_only_what_is_not_known() -> None:
    for terms in (Terms(), Terms(lights=("paused",), matter_id=3), Terms(within="week", officer_id=9, state="decided")):
        assert terms_from_json(terms_to_json(terms)) == terms
    assert terms_from_json('{"lights": ["purple", "today"], "moon": 1, "state": "x"}') == Terms(
        lights=("today",), state="x"
    )


@pytest.mark.both
def test_several_cases_are_given_to_others_at_once(
    front: Front, desk: BoardFront, make_application: Applications
) -> None:
    cases = tuple(front.intake.accept(make_application("XK05")).case_id for _ in range(2))
    nobody = desk.assign((*cases, 10**6), 10**6, "外出")
    assert [bool(each.refusal) for each in nobody] == [True, True, True]
    assert [each.receipt_number[-2:] for each in nobody] == ["1号", "2号", ""]


def test_the_board_takes_the_right(
    front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor]
) -> None:
    view = front_of(store, actor_with("manager")).board_desk.view()
    for role in ("guide", "administrator"):
        desk = front_of(store, actor_with(role)).board_desk
        calls: tuple[Callable[[], object], ...] = (
            desk.view,
            desk.on_time,
            desk.choices,
            desk.saved_filters,
            partial(desk.page, Terms(), view.day_on(MONDAY)),
            partial(desk.my_work, view.day_on(MONDAY)),
            partial(desk.save_filter, "x", Terms()),
            partial(desk.drop_filter, "x"),
            partial(desk.papers, (1,), "grant"),
            partial(desk.print_one, 1, "x"),
            partial(desk.assign, (1,), 1, "x"),
        )
        for call in calls:
            with pytest.raises(NotAuthorised):
                call()
