"""What somebody might try with stalls, and what the law or the next in line would say to it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.draws import digest
from hall.rules.stalls import CannotOnStall
from hall.services import (
    rehearsing,
    stall_applications,
    stall_draws,
    stall_grants,
    stall_lists,
    stall_reading,
    stall_sites,
    stall_withdrawals,
)
from hall.services.applications import NotAtYourCounter
from hall.services.lot_draws import DrawNotTried
from hall.services.persons import PersonDetails
from hall.services.stall_applications import NothingAgainst, NumberForStall
from hall.services.stall_draws import false_draws
from hall.services.stall_records import SameHandOnStall
from hall.services.stall_withdrawals import StallDecision
from hall.store.schema.stalls import StallApplication
from hall.store.schema.subjects import LotDraw
from tests.services.stalls.street import SITE, Street

TAKEN = StallDecision("withdrawn", "两次通知后仍未恢复使用")


def changed(street: Street, statement: object) -> None:
    """Somebody with a database tool."""
    with street.store.work("test.tamper", street.actor("boss")) as work:
        work.session.execute(statement)  # type: ignore[call-overload]  # any statement
        work.audit("test")


def told(street: Street, grant_id: int) -> int:
    """A withdrawal that was proposed and told by "reviewer"."""
    key = stall_withdrawals.propose(
        street.store,
        street.actor("reviewer"),
        grant_id=grant_id,
        ground="idle",
        facts="自十月二十日起摊位一直空置",
        evidence="巡查照片六张",
        home=street.home,
    )
    stall_withdrawals.tell(street.store, street.actor("reviewer"), withdrawal_id=key, home=street.home)
    return key


def test_who_presided_over_the_hearing_does_not_decide(street: Street) -> None:
    key = told(street, street.holder())
    stall_withdrawals.ask_hearing(street.store, street.actor("clerk"), withdrawal_id=key, asked_on=street.office.today)
    both = replace(street.actor("lawyer"), roles=frozenset({"legal_reviewer", "approver"}))
    stall_withdrawals.notice_hearing(
        street.store, both, withdrawal_id=key, hearing_on=date(2026, 12, 8), where="听证室", home=street.home
    )
    street.office.on(date(2026, 12, 8))
    stall_withdrawals.hear(street.store, both, withdrawal_id=key, record="摊主说明经过")
    with pytest.raises(SameHandOnStall, match="听证"):
        stall_withdrawals.decide(street.store, both, withdrawal_id=key, decision=TAKEN, home=street.home)
    stall_withdrawals.decide(
        street.store, street.actor("approver"), withdrawal_id=key, decision=TAKEN, home=street.home
    )


def test_what_is_to_be_taken_away_follows_its_holder_through_a_rotation(street: Street) -> None:
    street.site_id = street.site(replace(SITE, code="D2", rotation_months=6))
    ids = [street.admitted() for _ in range(2)]
    street.drawn(street.announced())
    olds = [street.granted(each) for each in ids]
    draw_id = street.announced(rotation=True)
    key = told(street, olds[0])
    street.drawn(draw_id)
    stall_grants.rotate(street.store, street.actor("approver"), draw_id=draw_id, home=street.home)
    street.office.on(date(2026, 12, 21))
    stall_withdrawals.decide(
        street.store, street.actor("approver"), withdrawal_id=key, decision=TAKEN, home=street.home
    )
    assert street.certificate(olds[0]).ending == "rotated"
    (left,) = stall_lists.grants(street.store, street.actor("clerk"))
    assert left.grant_id not in olds
    ended = [row for row in stall_lists.grants(street.store, street.actor("clerk"), closed=True) if row.ending]
    assert [row.ending for row in ended if row.grant_id not in olds] == ["withdrawn"]


def test_from_its_day_on_a_draw_is_drawn_and_not_voided_for_another_seed(street: Street) -> None:
    street.admitted()
    draw_id = street.announced()
    street.office.on(street.draw(draw_id).draw_on, hour=10)
    with pytest.raises(CannotOnStall, match="种子可能已经"):
        stall_draws.void(street.store, street.actor("boss"), draw_id=draw_id, reason="结果不合意", home=street.home)
    assert not street.draw(draw_id).can_void


def test_at_a_closed_site_nothing_is_drawn_and_the_list_is_voided_on_any_day(street: Street) -> None:
    application_id = street.admitted()
    draw_id = street.announced()
    stall_sites.close_site(street.store, street.actor("boss"), site_id=street.site_id, reason="道路改造")
    with pytest.raises(CannotOnStall, match="停用"):
        street.drawn(draw_id)
    assert street.draw(draw_id).can_void
    stall_draws.void(street.store, street.actor("boss"), draw_id=draw_id, reason="点位停用", home=street.home)
    assert street.application(application_id).state == "admitted"


def test_who_was_offered_a_stall_gets_it_though_the_site_was_closed_since(street: Street) -> None:
    application_id = street.admitted()
    street.drawn(street.announced())
    stall_sites.close_site(street.store, street.actor("boss"), site_id=street.site_id, reason="道路改造")
    assert street.certificate(street.granted(application_id)).ended_on is None


def test_another_seed_with_its_own_result_is_not_what_was_told_that_day(street: Street) -> None:
    street.admitted()
    street.admitted()
    street.admitted()
    draw_id = street.announced()
    street.drawn(draw_id)
    with street.store.read() as session:
        kept = session.get_one(LotDraw, draw_id)
        other = stall_draws.result_text(stall_draws.replay(kept, seed="6 6 6"))
        assert other != kept.result
    changed(street, update(LotDraw).where(LotDraw.id == draw_id).values(seed="6 6 6", result=other))
    with street.store.read() as session:
        assert "记录" in false_draws(session)[0].sentence


def test_a_list_that_was_changed_with_its_digest_is_not_what_was_announced(street: Street) -> None:
    street.admitted()
    draw_id = street.announced()
    entrants = ["别人"]
    with street.store.read() as session:
        prizes = json.loads(session.get_one(LotDraw, draw_id).prizes)
    changed(
        street,
        update(LotDraw)
        .where(LotDraw.id == draw_id)
        .values(entrants=json.dumps(entrants, ensure_ascii=False), digest=digest(entrants, prizes)),
    )
    with street.store.read() as session:
        assert "记录" in false_draws(session)[0].sentence


def test_who_may_not_have_the_stall_any_more_is_refused_in_writing_and_the_next_moves_up(street: Street) -> None:
    ids = [street.admitted() for _ in range(3)]
    street.drawn(street.announced())
    winner = next(each for each in ids if street.application(each).state == "offered")
    waiting = next(each for each in ids if street.application(each).state == "waiting")
    stall_grants.answer(street.store, street.actor("clerk"), application_id=winner, accepted=True, home=street.home)
    head, given = street.actor("head"), {"application_id": winner, "home": street.home}
    with pytest.raises(NothingAgainst):
        stall_applications.refuse(street.store, head, reason="另有安排", **given)  # type: ignore[arg-type]
    stall = street.application(winner).stall
    changed(street, update(StallApplication).where(StallApplication.id == winner).values(farmer=True))
    with pytest.raises(CannotOnStall, match="自产证明"):
        stall_grants.grant(street.store, street.actor("approver"), **given)  # type: ignore[arg-type]
    stall_applications.refuse(street.store, head, reason="", **given)  # type: ignore[arg-type]
    assert street.application(winner).state == "refused"
    assert (street.application(waiting).state, street.application(waiting).stall) == ("offered", stall)


def test_an_application_wants_a_number_or_one_person_would_draw_twice(street: Street) -> None:
    nobody = PersonDetails("resident", "赵无号", phone="13900000007")
    with pytest.raises(NumberForStall):
        street.applied(person=nobody)


def test_an_offer_is_not_accepted_after_its_day(street: Street) -> None:
    application_id = street.admitted()
    street.drawn(street.announced())
    until = street.application(application_id).offered_until
    assert until is not None
    street.office.on(until + timedelta(days=1))
    with pytest.raises(CannotOnStall, match="答复"):
        stall_grants.answer(
            street.store, street.actor("clerk"), application_id=application_id, accepted=True, home=street.home
        )


def test_the_kiosk_reads_where_the_sites_are_and_nothing_of_anybody(street: Street) -> None:
    kiosk = station_actor("kiosk", name="取号机", hall_id=street.store.hall_id)
    assert [site.code for site in stall_reading.sites(street.store, kiosk)] == ["D1"]
    with pytest.raises(NotAuthorised):
        stall_lists.applications(street.store, kiosk)
    with pytest.raises(NotAuthorised):
        stall_lists.withdrawals(street.store, kiosk, home=street.home)
    with pytest.raises(NotAuthorised):
        stall_reading.plan(street.store, kiosk, site_id=street.site_id, home=street.home)


def test_no_seed_is_tried_out_by_a_preview(street: Street) -> None:
    street.admitted()
    draw_id = street.announced()
    street.office.on(street.draw(draw_id).draw_on, hour=10)
    hold = partial(
        stall_draws.hold, street.store, street.actor("lawyer"), draw_id=draw_id, witness="李见证", home=street.home
    )
    with pytest.raises(DrawNotTried):
        rehearsing.rehearse(street.store, partial(hold, seed="1 1 1"))
    hold(seed="3 5 2")
    assert street.draw(draw_id).state == "drawn"


def test_an_application_is_not_hung_on_a_ticket_that_is_not_at_one_s_counter(street: Street) -> None:
    with pytest.raises(NotAtYourCounter):
        street.applied(ticket_id=4711)
    assert stall_lists.applications(street.store, street.actor("clerk")) == ()
