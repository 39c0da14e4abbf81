"""Draws of stalls: frozen and published first, drawn once, replayed by anyone; offers, the waiting list, time."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select, update

from hall.errors import HallError
from hall.rules.draws import NothingToDraw, draw
from hall.rules.stalls import CannotOnStall
from hall.services import stall_applications, stall_draws, stall_grants, stall_lists
from hall.services.lot_draws import NoWitness, SeedMissing
from hall.services.stall_draws import NewDraw, false_draws
from hall.services.stall_records import SameHandOnStall
from hall.services.timekeeping import keep_time
from hall.store.schema.stalls import StallApplication
from hall.store.schema.subjects import LotDraw
from tests.services.stalls.street import SEED, SOURCE, Street


@pytest.mark.both
def test_from_the_application_to_the_certificate(street: Street) -> None:
    ids = [street.admitted() for _ in range(4)]
    clerk = street.actor("clerk")
    assert len(stall_lists.applications(street.store, clerk)) == 4
    assert stall_lists.drawable(street.store, clerk, home=street.home)[0].entrants == 4
    numbers = {street.application(each).number: each for each in ids}
    draw_id = street.announced()
    told = street.draw(draw_id)
    assert told.entrants == tuple(sorted(numbers))
    assert told.prizes == ("A1", "A2")
    assert {street.application(each).state for each in ids} == {"drawing"}
    assert street.stall("A1").state == "drawing"

    street.drawn(draw_id)
    expected = draw(told.entrants, told.prizes, seed=SEED)
    for number, stall in expected.won:
        assert (street.application(numbers[number]).state, street.application(numbers[number]).stall) == (
            "offered",
            stall,
        )
    assert [street.application(numbers[each]).waiting_place for each in expected.waiting] == [1, 2]

    winner, stall = numbers[expected.won[0][0]], expected.won[0][1]
    grant_id = street.granted(winner)
    held = street.certificate(grant_id)
    assert (held.stall, held.valid_from, held.valid_to) == (stall, date(2026, 11, 26), date(2027, 11, 25))
    assert street.stall(stall).state == "held"
    content = street.office.content(held.document.document_id if held.document else None)
    assert content["stall"] == stall
    assert str(content["addressee_identity"]).count("*") == 8
    with street.store.read() as session:
        assert false_draws(session) == []


@pytest.mark.both
def test_who_declines_makes_room_for_the_first_who_waits(street: Street) -> None:
    ids = [street.admitted() for _ in range(3)]
    street.drawn(street.announced())
    waiting = next(each for each in ids if street.application(each).state == "waiting")
    winner = next(each for each in ids if street.application(each).state == "offered")
    stall = street.application(winner).stall
    stall_grants.answer(street.store, street.actor("clerk"), application_id=winner, accepted=False, home=street.home)
    moved = street.application(waiting)
    assert (moved.state, moved.stall, moved.offered_until) == ("offered", stall, date(2026, 12, 1))


@pytest.mark.both
def test_time_ends_offers_and_certificates_and_the_next_moves_up(street: Street) -> None:
    ids = [street.admitted() for _ in range(3)]
    street.drawn(street.announced())
    offered = [each for each in ids if street.application(each).state == "offered"]
    waiting = next(each for each in ids if street.application(each).state == "waiting")
    grant_id = street.granted(offered[0])
    street.office.on(date(2026, 12, 2))
    assert keep_time(street.store, home=street.home).stalls.done == 1
    assert street.application(offered[1]).state == "lapsed"
    assert street.application(waiting).state == "offered"
    street.granted(waiting)
    street.office.on(date(2027, 12, 2))
    assert keep_time(street.store, home=street.home).stalls.done == 2
    assert street.certificate(grant_id).ending == "expired"
    assert keep_time(street.store, home=street.home).stalls.done == 0


@pytest.mark.both
def test_a_draw_is_drawn_once_whoever_comes_first(street: Street) -> None:
    street.admitted()
    street.admitted()
    draw_id = street.announced()
    street.office.on(date(2026, 11, 26))

    def hold(login: str) -> str:
        actor = street.actor(login)
        try:
            stall_draws.hold(street.store, actor, draw_id=draw_id, seed=login, witness="李见证", home=street.home)
        except HallError as error:
            return type(error).__name__
        return login

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(hold, ("everything", "lawyer")))
    assert said.count("CannotOnStall") == 1
    winner = next(each for each in said if each != "CannotOnStall")
    assert street.draw(draw_id).seed == winner
    with street.store.read() as session:
        assert false_draws(session) == []


@pytest.mark.both
def test_a_stall_goes_to_one_of_two_who_are_granted_at_once(street: Street) -> None:
    application_id = street.admitted()
    street.drawn(street.announced())
    stall_grants.answer(
        street.store, street.actor("clerk"), application_id=application_id, accepted=True, home=street.home
    )

    def grant(login: str) -> str:
        try:
            stall_grants.grant(street.store, street.actor(login), application_id=application_id, home=street.home)
        except HallError as error:
            return type(error).__name__
        return "granted"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(grant, ("approver", "approver2"))) == ["CannotOnStall", "granted"]


def test_a_draw_that_was_tampered_with_is_found(street: Street) -> None:
    street.admitted()
    street.admitted()
    draw_id = street.announced()
    street.drawn(draw_id)
    with street.store.read() as session:
        kept = session.get_one(LotDraw, draw_id)
        result, entrants = json.loads(kept.result), json.loads(kept.entrants)
    result["won"].reverse()
    changes = ({"result": json.dumps(result, ensure_ascii=False)}, {"entrants": json.dumps(entrants[::-1])})
    for change, said in zip((*changes, {"entrants": "[]"}), ("结果不同", "校验值", "读不懂"), strict=True):
        with street.store.work("test.tamper", street.actor("boss")) as work:
            work.session.execute(update(LotDraw).where(LotDraw.id == draw_id).values(**change))
            work.audit("test")
        with street.store.read() as session:
            assert said in false_draws(session)[0].sentence


def test_who_announced_does_not_enter_the_seed(street: Street) -> None:
    street.admitted()
    draw_id = street.announced()
    boss, lawyer = street.actor("boss"), street.actor("lawyer")
    given = {"draw_id": draw_id, "witness": "李见证", "home": street.home}
    with pytest.raises(CannotOnStall, match="2026-11-26"):
        stall_draws.hold(street.store, lawyer, seed=SEED, **given)  # type: ignore[arg-type]
    street.office.on(date(2026, 11, 26))
    with pytest.raises(SameHandOnStall):
        stall_draws.hold(street.store, boss, seed=SEED, **given)  # type: ignore[arg-type]
    with pytest.raises(SeedMissing):
        stall_draws.hold(street.store, lawyer, seed=" ", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("nobody", ["", "陈法正", "卫建平、李见证"])
def test_who_announces_or_draws_is_no_witness(street: Street, nobody: str) -> None:
    street.admitted()
    draw_id = street.announced()
    street.office.on(date(2026, 11, 26))
    with pytest.raises(NoWitness):
        stall_draws.hold(
            street.store, street.actor("lawyer"), draw_id=draw_id, seed="1", witness=nobody, home=street.home
        )
    assert street.draw(draw_id).state == "announced"


def test_a_draw_is_voided_only_before_the_seed_and_everybody_is_as_before(street: Street) -> None:
    application_id = street.admitted()
    draw_id = street.announced()
    boss = street.actor("boss")
    stall_draws.void(street.store, boss, draw_id=draw_id, reason="公告的日期印错", home=street.home)
    assert street.application(application_id).state == "admitted"
    assert street.draw(draw_id).state == "voided"
    again = street.announced()
    street.drawn(again)
    with pytest.raises(CannotOnStall, match="也不能作废"):
        stall_draws.void(street.store, boss, draw_id=again, reason="不满意", home=street.home)
    with pytest.raises(CannotOnStall, match="作废"):
        stall_draws.hold(
            street.store, street.actor("lawyer"), draw_id=draw_id, seed="1", witness="李见证", home=street.home
        )


def test_who_withdraws_while_the_list_is_up_wins_nothing_and_the_draw_still_replays(street: Street) -> None:
    ids = [street.admitted() for _ in range(3)]
    draw_id = street.announced()
    told = street.draw(draw_id)
    first = draw(told.entrants, told.prizes, seed=SEED).won[0]
    gone = next(each for each in ids if street.application(each).number == first[0])
    stall_applications.withdraw(
        street.store, street.actor("clerk"), application_id=gone, reason="改去别处", home=street.home
    )
    street.drawn(draw_id)
    assert street.application(gone).state == "withdrawn"
    others = [street.application(each) for each in ids if each != gone]
    assert {each.state for each in others} == {"offered"}
    with street.store.read() as session:
        assert false_draws(session) == []


def test_nothing_is_announced_without_entrants_or_too_early(street: Street) -> None:
    new = NewDraw(
        site_id=street.site_id, category="", farmers_only=False, draw_on=date(2026, 11, 26), seed_source=SOURCE
    )
    boss = street.actor("boss")
    with pytest.raises(NothingToDraw):
        stall_draws.announce(street.store, boss, new=new, home=street.home)
    street.admitted()
    early = NewDraw(
        site_id=street.site_id, category="", farmers_only=False, draw_on=date(2026, 11, 25), seed_source=SOURCE
    )
    with pytest.raises(CannotOnStall, match="3 天"):
        stall_draws.announce(street.store, boss, new=early, home=street.home)


def test_the_notice_masks_names_and_the_result_says_how_to_draw_again(street: Street) -> None:
    application_id = street.admitted()
    draw_id = street.announced()
    document = street.draw(draw_id).document
    entrants = street.office.content(document.document_id if document else None)["entrants"]
    assert isinstance(entrants, list)
    assert entrants[0]["name"] == "张*明"
    street.drawn(draw_id)
    document = street.draw(draw_id).document
    content = street.office.content(document.document_id if document else None)
    assert (content["seed"], content["witness"]) == (SEED, "李见证")
    assert content["digest"] == street.draw(draw_id).digest
    with street.store.read() as session:
        kept = session.scalars(select(StallApplication).where(StallApplication.id == application_id)).one()
        assert kept.offered_stall_id is not None
