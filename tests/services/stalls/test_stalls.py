"""Sites and their stalls, applications, certificates, rotation, withdrawals, committees."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hall.clock import HALL_ZONE
from hall.errors import HallError
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.imports import BadRows
from hall.rules.pictures import NoPicture
from hall.rules.stalls import BadSite, CannotOnStall
from hall.services import (
    stall_applications,
    stall_committee,
    stall_draws,
    stall_grants,
    stall_lists,
    stall_reading,
    stall_sites,
    stall_withdrawals,
)
from hall.services.stall_applications import AppliedAlready, NewStallApplication, NothingAgainst
from hall.services.stall_committee import Election, SeatTaken
from hall.services.stall_counts import counts_of
from hall.services.stall_draws import NewDraw, false_draws
from hall.services.stall_records import NoSuchStallRecord, SameHandOnStall
from hall.services.stall_sites import PlanShape, SiteCodeTaken, StallInUse, StallsMissing
from hall.services.stall_withdrawals import ProposedAlready, StallDecision, StallHearingTooSoon
from tests.rules.test_pictures import PNG
from tests.services.stalls.street import LAYOUT, SITE, SOURCE, Street


def proposed(street: Street, grant_id: int) -> int:
    return stall_withdrawals.propose(
        street.store,
        street.actor("reviewer"),
        grant_id=grant_id,
        ground="idle",
        facts="自十月二十日起摊位一直空置",
        evidence="巡查照片六张",
        home=street.home,
    )


def decided(street: Street, withdrawal_id: int, outcome: str = "withdrawn", *, by: str = "approver") -> None:
    decision = StallDecision(outcome, "两次通知后仍未恢复使用")  # type: ignore[arg-type]  # an outcome
    stall_withdrawals.decide(
        street.store, street.actor(by), withdrawal_id=withdrawal_id, decision=decision, home=street.home
    )


@pytest.mark.both
def test_a_stall_is_taken_away_only_after_a_hearing_that_was_asked_for(street: Street) -> None:
    application_ids = [street.admitted() for _ in range(3)]
    street.drawn(street.announced())
    winner = next(each for each in application_ids if street.application(each).state == "offered")
    waiting = next(each for each in application_ids if street.application(each).state == "waiting")
    grant_id = street.granted(winner)
    stall = street.certificate(grant_id).stall
    key = proposed(street, grant_id)
    assert street.stall(stall).state == "telling"
    given = {"withdrawal_id": key}
    stall_withdrawals.tell(street.store, street.actor("reviewer"), home=street.home, **given)
    row = stall_lists.withdrawals(street.store, street.actor("clerk"), home=street.home)[0]
    assert (row.answer_by, row.state) == (date(2026, 12, 3), "told")
    stall_withdrawals.state(street.store, street.actor("clerk"), statement="家里老人住院", **given)
    stall_withdrawals.ask_hearing(street.store, street.actor("clerk"), asked_on=street.office.today, **given)
    with pytest.raises(CannotOnStall, match="听证还没有举行"):
        decided(street, key)
    hearing = {"where": "大厅二层听证室", "home": street.home, **given}
    with pytest.raises(StallHearingTooSoon, match="2026-12-07"):
        stall_withdrawals.notice_hearing(
            street.store,
            street.actor("lawyer"),
            hearing_on=date(2026, 12, 4),
            **hearing,  # type: ignore[arg-type]
        )
    stall_withdrawals.notice_hearing(
        street.store,
        street.actor("lawyer"),
        hearing_on=date(2026, 12, 7),
        **hearing,  # type: ignore[arg-type]
    )
    street.office.on(date(2026, 12, 7))
    stall_withdrawals.hear(street.store, street.actor("lawyer"), record="摊主说明住院经过，出示病历", **given)
    decided(street, key)
    assert street.certificate(grant_id).ending == "withdrawn"
    assert (street.application(waiting).state, street.application(waiting).stall) == ("offered", stall)
    row = stall_lists.withdrawals(street.store, street.actor("clerk"), closed=True, home=street.home)[0]
    assert (row.state, row.open_acts) == ("withdrawn", ())
    content = street.office.content(row.document.document_id if row.document else None)
    assert content["vacate_by"] == "2026年12月14日"
    assert "家里老人住院" in str(content["heard"])
    assert content["court_name"]


@pytest.mark.both
def test_holders_change_places_by_a_draw_that_replays(street: Street) -> None:
    street.site_id = street.site(replace(SITE, code="D2", rotation_months=6))
    ids = [street.admitted() for _ in range(2)]
    street.drawn(street.announced())
    olds = [street.granted(each) for each in ids]
    assert street.certificate(olds[0]).valid_to == date(2027, 5, 25)
    draw_id = street.announced(rotation=True)
    with pytest.raises(CannotOnStall, match="还没有抽"):
        stall_grants.rotate(street.store, street.actor("approver"), draw_id=draw_id, home=street.home)
    street.drawn(draw_id, seed="6")
    assert street.draw(draw_id).to_exchange == 2
    issued = stall_grants.rotate(street.store, street.actor("approver"), draw_id=draw_id, home=street.home)
    assert len(issued) == 2
    assert [street.certificate(each).ending for each in olds] == ["rotated", "rotated"]
    live = stall_lists.grants(street.store, street.actor("clerk"))
    assert sorted(row.stall for row in live) == ["A1", "A2"]
    with pytest.raises(CannotOnStall, match="已经换过"):
        stall_grants.rotate(street.store, street.actor("approver"), draw_id=draw_id, home=street.home)
    with street.store.read() as session:
        assert false_draws(session) == []


def test_a_stall_that_a_rotation_gives_away_goes_to_nobody_else_before_it_is_carried_out(street: Street) -> None:
    street.site_id = street.site(replace(SITE, code="D2", rotation_months=6))
    ids = [street.admitted() for _ in range(3)]
    street.drawn(street.announced())
    waiting = next(each for each in ids if street.application(each).state == "waiting")
    olds = [street.granted(each) for each in ids if each != waiting]
    draw_id = street.announced(rotation=True)
    street.drawn(draw_id, seed="6")
    stall_grants.leave(
        street.store, street.actor("clerk"), grant_id=olds[0], ending="given_up", reason="回老家", home=street.home
    )
    assert street.application(waiting).state == "waiting"
    stall_grants.rotate(street.store, street.actor("approver"), draw_id=draw_id, home=street.home)
    assert street.application(waiting).state == "offered"
    held = stall_lists.grants(street.store, street.actor("clerk"))
    assert {street.application(waiting).stall, *(row.stall for row in held)} == {"A1", "A2"}


def test_a_stall_for_farmers_wants_proof_of_own_growing(street: Street) -> None:
    bare = street.applied("produce", farmer=True)
    with pytest.raises(CannotOnStall, match="自产证明"):
        stall_applications.admit(street.store, street.actor("head"), application_id=bare, home=street.home)
    proven = street.admitted("produce", farmer=True, farmer_proof="村民委员会证明")
    lots = {(lot.category, lot.farmers_only): lot for lot in _drawable(street)}
    assert lots["produce", True].entrants == 1
    assert street.application(proven).state == "admitted"


def _drawable(street: Street) -> tuple[stall_lists.LotRow, ...]:
    return stall_lists.drawable(street.store, street.actor("clerk"), home=street.home)


def test_who_entered_an_application_neither_admits_nor_grants_it(street: Street) -> None:
    new = NewStallApplication(site_id=street.site_id, person=street.office.resident(), category="food")
    everything = street.actor("everything")
    stall_applications.apply(street.store, everything, new=new, home=street.home)
    row = stall_lists.applications(street.store, everything)[0]
    given = {"application_id": row.application_id, "home": street.home}
    with pytest.raises(SameHandOnStall):
        stall_applications.admit(street.store, everything, **given)  # type: ignore[arg-type]
    stall_applications.admit(street.store, street.actor("head"), **given)  # type: ignore[arg-type]
    street.drawn(street.announced())
    stall_grants.answer(street.store, everything, accepted=True, **given)  # type: ignore[arg-type]
    with pytest.raises(SameHandOnStall):
        stall_grants.grant(street.store, everything, **given)  # type: ignore[arg-type]


def test_a_refusal_names_what_stands_against_it_and_the_remedies(street: Street) -> None:
    application_id = street.applied("produce", farmer=True)
    head = street.actor("head")
    issued = stall_applications.refuse(street.store, head, application_id=application_id, reason="", home=street.home)
    content = street.office.content(issued.document_id)
    assert "自产证明" in str(content["faults"])
    assert content["review_government"]
    sound = street.applied()
    with pytest.raises(NothingAgainst):
        stall_applications.refuse(street.store, head, application_id=sound, reason=" ", home=street.home)


def test_one_open_application_and_one_stall_a_person_at_a_site(street: Street) -> None:
    person = street.office.resident()
    street.applied(person=person)
    with pytest.raises(AppliedAlready):
        street.applied(person=person)
    other = street.office.resident()
    street.holder(person=other)
    second = street.applied(person=other)
    with pytest.raises(CannotOnStall, match="一人一摊"):
        stall_applications.admit(street.store, street.actor("head"), application_id=second, home=street.home)


@pytest.mark.both
def test_a_certificate_is_renewed_near_its_end_while_nobody_waits(street: Street) -> None:
    grant_id = street.holder()
    approver = street.actor("approver")
    with pytest.raises(CannotOnStall, match="起可以办"):
        stall_grants.renew(street.store, approver, grant_id=grant_id, home=street.home)
    street.office.on(date(2027, 11, 10))
    stall_grants.renew(street.store, approver, grant_id=grant_id, home=street.home)
    assert street.certificate(grant_id).ending == "renewed"
    new = stall_lists.grants(street.store, approver)[0]
    assert (new.valid_from, new.stall) == (date(2027, 11, 26), street.certificate(grant_id).stall)
    street.admitted()
    street.office.on(date(2028, 11, 10))
    with pytest.raises(CannotOnStall, match="候补"):
        stall_grants.renew(street.store, approver, grant_id=new.grant_id, home=street.home)


@pytest.mark.both
def test_who_gives_up_a_stall_leaves_the_committee_and_ends_a_withdrawal(street: Street) -> None:
    grant_id = street.holder()
    clerk = street.actor("clerk")
    election = Election(grant_id=grant_id, office="chair", until_day=date(2027, 11, 25), votes_for=1, votes_present=1)
    seat_id = stall_committee.elect(street.store, clerk, election=election, home=street.home)
    with pytest.raises(SeatTaken):
        stall_committee.elect(street.store, clerk, election=election, home=street.home)
    key = proposed(street, grant_id)
    with pytest.raises(ProposedAlready):
        proposed(street, grant_id)
    stall_grants.leave(street.store, clerk, grant_id=grant_id, ending="given_up", reason="回老家", home=street.home)
    seat = stall_lists.seats(street.store, clerk, closed=True)[0]
    assert (seat.seat_id, seat.ended_why) == (seat_id, "不再有本点位的摊位")
    row = stall_lists.withdrawals(street.store, clerk, closed=True, home=street.home)[0]
    assert (row.withdrawal_id, row.state) == (key, "kept")
    with pytest.raises(CannotOnStall, match="结束"):
        stall_committee.end_seat(street.store, clerk, seat_id=seat_id, reason="换届")


def test_a_seat_wants_more_than_half_of_the_votes(street: Street) -> None:
    grant_id = street.holder()
    election = Election(grant_id=grant_id, office="member", until_day=date(2027, 1, 1), votes_for=0, votes_present=1)
    with pytest.raises(CannotOnStall, match="没有当选"):
        stall_committee.elect(street.store, street.actor("clerk"), election=election, home=street.home)


def test_nothing_is_decided_while_the_holder_can_still_speak(street: Street) -> None:
    grant_id = street.holder()
    key = proposed(street, grant_id)
    with pytest.raises(CannotOnStall, match="书面告知"):
        decided(street, key)
    stall_withdrawals.tell(street.store, street.actor("reviewer"), withdrawal_id=key, home=street.home)
    with pytest.raises(CannotOnStall, match="期满以后"):
        decided(street, key)
    with pytest.raises(CannotOnStall, match="告知日期"):
        stall_withdrawals.ask_hearing(
            street.store, street.actor("clerk"), withdrawal_id=key, asked_on=date(2026, 11, 20)
        )
    street.office.on(date(2026, 12, 4))
    with pytest.raises(CannotOnStall, match="已经过了"):
        stall_withdrawals.ask_hearing(
            street.store, street.actor("clerk"), withdrawal_id=key, asked_on=date(2026, 12, 4)
        )
    decided(street, key, "warned")
    assert street.certificate(grant_id).ended_on is None


def test_who_proposed_neither_hears_nor_decides(street: Street) -> None:
    grant_id = street.holder()
    everything = street.actor("everything")
    key = stall_withdrawals.propose(
        street.store,
        everything,
        grant_id=grant_id,
        ground="idle",
        facts="摊位一直空置",
        evidence="照片",
        home=street.home,
    )
    stall_withdrawals.tell(street.store, everything, withdrawal_id=key, home=street.home)
    street.office.on(date(2026, 12, 4))
    with pytest.raises(SameHandOnStall):
        decided(street, key, by="everything")


def test_the_plan_takes_another_picture_only_of_its_shape(street: Street) -> None:
    boss = street.actor("boss")
    given = {"site_id": street.site_id, "home": street.home}
    with pytest.raises(PlanShape):
        square = PNG[:16] + (600).to_bytes(4, "big") + PNG[20:]
        stall_sites.set_plan(street.store, boss, content=square, **given)  # type: ignore[arg-type]
    with pytest.raises(NoPicture):
        stall_sites.set_plan(street.store, boss, content=b"%PDF-1.7", **given)  # type: ignore[arg-type]
    stall_sites.set_plan(street.store, boss, content=PNG, **given)  # type: ignore[arg-type]
    plan = stall_reading.plan(street.store, boss, site_id=street.site_id, home=street.home)
    assert plan is not None
    assert (plan.picture, plan.width, plan.counts["free"]) == (PNG, 1200, 3)


def test_a_layout_is_taken_whole_or_not_at_all(street: Street) -> None:
    boss = street.actor("boss")

    def place(layout: str) -> int:
        return stall_sites.place_stalls(
            street.store, boss, site_id=street.site_id, content=layout.encode(), home=street.home
        )

    with pytest.raises(BadRows, match="重叠"):
        place(LAYOUT + "A9,0,0,5,5,,\n")
    with pytest.raises(StallsMissing, match="N1"):
        place("\n".join(LAYOUT.split("\n")[:3]))
    held = street.holder()
    number = street.certificate(held).stall
    with pytest.raises(StallInUse, match=number):
        place(LAYOUT.replace(f"{number},", f"{number},").replace(",100,100,,\n", ",100,100,food,\n"))
    assert place(LAYOUT + "A3,300,0,100,100,,\n") == 4


@pytest.mark.both
def test_a_stall_is_closed_only_when_free_and_reopened_for_who_waits(street: Street) -> None:
    ids = [street.admitted() for _ in range(3)]
    street.drawn(street.announced())
    boss = street.actor("boss")
    with pytest.raises(StallInUse):
        stall_sites.close_stall(street.store, boss, stall_id=street.stall("A1").stall_id, reason="施工")
    farmers = street.stall("N1").stall_id
    stall_sites.close_stall(street.store, boss, stall_id=farmers, reason="施工")
    assert street.stall("N1").state == "closed"
    stall_sites.reopen_stall(street.store, boss, stall_id=farmers, home=street.home)
    assert street.stall("N1").state == "free"
    last = stall_sites.close_site(street.store, boss, site_id=street.site_id, reason="道路拓宽")
    assert last == street.office.today
    winner = next(each for each in ids if street.application(each).state == "offered")
    stall_grants.answer(street.store, street.actor("clerk"), application_id=winner, accepted=False, home=street.home)
    assert "waiting" in {street.application(each).state for each in ids}
    with pytest.raises(BadSite, match="停用"):
        street.applied()


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "castle"},
        {"categories": ()},
        {"categories": ("weapons",)},
        {"term_months": 0},
        {"rotation_months": 999},
        {"hours": "早上"},
        {"season_from": "11-01"},
        {"code": "D1"},
        {"name": " "},
    ],
)
def test_a_site_that_cannot_be_is_refused(street: Street, bad: dict[str, object]) -> None:
    new = replace(SITE, **{"code": "D9", **bad})  # type: ignore[arg-type]  # the fields of a site
    with pytest.raises(HallError) as refused:
        stall_sites.open_site(street.store, street.actor("boss"), new=new)
    assert bad != {"code": "D1"} or isinstance(refused.value, SiteCodeTaken)


def test_nobody_does_what_is_not_theirs_and_nothing_is_found_that_is_not_there(street: Street) -> None:
    with pytest.raises(NotAuthorised):
        stall_sites.open_site(street.store, street.actor("clerk"), new=SITE)
    with pytest.raises(NoSuchStallRecord):
        stall_applications.admit(street.store, street.actor("head"), application_id=999, home=street.home)
    with pytest.raises(NoSuchStallRecord):
        decided(street, 999)
    new = NewDraw(site_id=999, category="", farmers_only=False, draw_on=date(2027, 1, 1), seed_source=SOURCE)
    with pytest.raises(NoSuchStallRecord):
        stall_draws.announce(street.store, street.actor("boss"), new=new, home=street.home)
    assert stall_reading.plan(street.store, street.actor("clerk"), site_id=999, home=street.home) is None


@pytest.mark.both
def test_the_month_counts_what_happened_in_it(street: Street) -> None:
    grant_id = street.holder()
    street.applied()
    refused = street.applied("produce", farmer=True)
    stall_applications.refuse(street.store, street.actor("head"), application_id=refused, reason="", home=street.home)
    stall_grants.leave(
        street.store, street.actor("clerk"), grant_id=grant_id, ending="given_up", reason="回老家", home=street.home
    )
    first = date(2026, 11, 1)
    with street.store.read() as session:
        counts = counts_of(session, hall_id=street.store.hall_id, first=first, last=date(2026, 11, 30))
        before = counts_of(session, hall_id=street.store.hall_id, first=first - timedelta(days=30), last=first)
    assert (counts.applied, counts.admitted, counts.refused, counts.draws) == (3, 1, 1, 1)
    assert (counts.granted, counts.given_up, counts.stalls, counts.held) == (1, 1, 3, 0)
    assert (before.applied, before.draws, before.granted, before.stalls) == (0, 0, 0, 0)


@pytest.mark.both
def test_a_closed_site_has_no_stalls_but_those_whose_time_runs_on(street: Street) -> None:
    street.holder()
    stall_sites.close_site(street.store, street.actor("boss"), site_id=street.site_id, reason="道路改造")
    last = street.office.today
    with street.store.read() as session:
        counts = counts_of(session, hall_id=street.store.hall_id, first=last.replace(day=1), last=last)
        before = counts_of(session, hall_id=street.store.hall_id, first=last, last=last - timedelta(days=1))
    assert (counts.stalls, counts.held, before.stalls) == (1, 1, 3)


def test_lists_say_whether_a_site_is_open_now(street: Street) -> None:
    street.office.clock.instant = datetime(2026, 11, 24, 12, tzinfo=HALL_ZONE)
    site = stall_reading.sites(street.store, street.actor("clerk"))[0]
    assert (site.now_open, site.season) == (False, "全年")
    street.office.clock.instant = datetime(2026, 11, 24, 18, tzinfo=HALL_ZONE)
    assert stall_reading.sites(street.store, street.actor("clerk"))[0].now_open
    winter = replace(SITE, code="D3", season_from="12-01", season_to="02-28", hours="00:00-23:59")
    stall_sites.open_site(street.store, street.actor("boss"), new=winter)
    shown = stall_reading.sites(street.store, street.actor("clerk"))[1]
    assert (shown.now_open, shown.season) == (False, "12月1日至次年2月28日")


@pytest.mark.both
def test_the_kiosk_looks_at_the_plan_of_an_open_site_and_at_nothing_of_who_stands_there(street: Street) -> None:
    grant_id = street.holder()
    kiosk = station_actor("kiosk", name="取号机", hall_id=street.store.hall_id)
    plan = stall_reading.public_plan(street.store, kiosk, site_id=street.site_id, home=street.home)
    assert plan is not None
    assert {each.number: each.state for each in plan.stalls}[street.certificate(grant_id).stall] == "held"
    assert street.certificate(grant_id).person.name_masked not in repr(plan)
    with pytest.raises(NotAuthorised):
        stall_reading.plan(street.store, kiosk, site_id=street.site_id, home=street.home)
    stall_sites.close_site(street.store, street.actor("boss"), site_id=street.site_id, reason="道路改造")
    assert stall_reading.public_plan(street.store, kiosk, site_id=street.site_id, home=street.home) is None
    assert stall_reading.public_plan(street.store, kiosk, site_id=999, home=street.home) is None


@pytest.mark.both
def test_applications_and_certificates_are_found_by_number_name_and_id_number(street: Street) -> None:
    known = replace(street.office.resident(), name="吴范例")
    grant_id = street.holder(person=known)
    waiting = street.applied()
    clerk, number = street.actor("clerk"), street.certificate(grant_id).number
    for text in ("吴范例", known.id_number, street.application(waiting).number):
        rows = stall_lists.applications(street.store, clerk, text=text, closed=True)
        assert len(rows) == 1
    assert stall_lists.applications(street.store, clerk, text="吴范例") == ()
    for text, found in ((number, 1), ("吴范例", 1), (known.id_number.lower(), 1), ("张测明", 0), ("%", 0)):
        assert len(stall_lists.grants(street.store, clerk, text=text)) == found
