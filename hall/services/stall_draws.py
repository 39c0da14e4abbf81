"""Draws by lot: frozen and published first, drawn by a seed of somebody else's later, replayed by anyone for ever."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.draws import Drawn, NothingToDraw, draw
from hall.rules.people import Actor
from hall.rules.stalls import CannotOnStall, Lot, check_draw_day, lots, rotation_lots
from hall.services.issuing import Issued
from hall.services.lot_draws import (
    NewLotDraw,
    checked_seed,
    false_draws_of,
    freeze,
    numbers,
    told_of,
    why_not_drawn,
    why_not_voided,
    witness_of,
    write_result,
)
from hall.services.reasons import reason_for
from hall.services.stall_papers import issue_draw_notice, issue_draw_result
from hall.services.stall_records import (
    TOPIC,
    SameHandOnStall,
    applications_in,
    candidate_of,
    draw_locked,
    facts_of,
    free_stalls,
    live_grants,
    move_up,
    offer,
    open_draws,
    rule_of,
    site_locked,
    stalls_of,
)
from hall.services.stall_text import kind_words
from hall.services.subject_records import add_event, settle_subject
from hall.services.vendor_reading import admission_of
from hall.store import Store, Work
from hall.store.integrity import DataProblem
from hall.store.retrying import retried
from hall.store.schema.stalls import StallApplication, StallGrant, StallSite
from hall.store.schema.subjects import LotDraw


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraw:
    """Which stalls are drawn for (`category` empty: those for any), when, and whose number the seed will be."""

    site_id: int
    category: str
    farmers_only: bool
    draw_on: date
    seed_source: str
    rotation: bool = False


def open_lots(session: Session, site: StallSite, *, on: date, home: Path) -> tuple[Lot, ...]:
    """What could be announced at a site on a day: free stalls, and those who are admitted, the best credit first."""
    if site.closed_on is not None:
        return ()
    candidates = [
        candidate_of(each, rank=admission.rank)
        for each in applications_in(session, site.id, "admitted")
        if (admission := admission_of(session, each.person_id, on=on, home=home)).admitted
    ]
    return lots([facts_of(stall) for stall in free_stalls(session, site.id)], candidates)


def rotations(session: Session, site: StallSite) -> tuple[Lot, ...]:
    """Among whom stalls may change hands: holders of like stalls, none of them in a rotation that is announced."""
    if site.rotation_months is None:
        return ()
    stalls = {stall.id: facts_of(stall) for stall in stalls_of(session, site.id)}
    busy = {number for each in open_draws(session, site.id) for number in numbers(each.entrants)}
    held = {each.number: stalls[each.stall_id] for each in live_grants(session, site.id) if each.number not in busy}
    return tuple(lot for lot in rotation_lots(held) if len(lot.entrants) > 1)


@retried
def announce(store: Store, actor: Actor, *, new: NewDraw, home: Path) -> Issued:
    """公布抽签: entrants and stalls are frozen with their digest, and put up. Nothing can be added afterwards.

    Raises NothingToDraw, CannotOnStall where the day is too early.
    """
    require(actor, "stall.draw")
    source = reason_for("抽签前种子的来源", new.seed_source)
    with store.work("stall.announce", actor) as work:
        site = site_locked(work, new.site_id)
        check_draw_day(new.draw_on, today=business_date(work.now), rule=rule_of(work, home))
        lot = _lot(work, site, new, home=home)
        record = _frozen(work, site, new, lot, source)
        if not new.rotation:
            _take_in(work, record, lot)
        issued = issue_draw_notice(work, site, record, home=home)
        record.document_id = issued.document_id
        _settle(work, site, record, "announce", issued)
        return issued


@retried
def hold(store: Store, actor: Actor, *, draw_id: int, seed: str, witness: str, home: Path) -> Issued:
    """抽签: the seed as it came out before the witness; who announced the draw does not enter it.

    Winners are offered their stalls, the others wait in the order drawn. Raises CannotOnStall before its day, where
    it was drawn or voided, or where the site was closed; SeedMissing, SameHandOnStall, NoWitness.
    """
    require(actor, "stall.draw")
    own = checked_seed(seed)
    with store.work("stall.draw", actor) as work:
        site, record = draw_locked(work, draw_id)
        _require_no(why_not_drawn(work, record))
        _require_no("这个点位已经停用，不再抽签，请作废这次抽签。" if site.closed_on is not None else "")
        if record.announced_by == work.actor.account_id:
            raise SameHandOnStall("这次抽签的公布", "登记种子和抽签")
        seen_by = witness_of(work, record, witness)
        drawn = replay(record, seed=own)
        write_result(work, record, seed=own, witness=seen_by, result=result_text(drawn))
        _settle_winners(work, site, record, drawn, home=home)
        issued = issue_draw_result(work, site, record, drawn=drawn, home=home)
        record.document_id = issued.document_id
        _settle(work, site, record, "draw", issued)
        return issued


@retried
def void(store: Store, actor: Actor, *, draw_id: int, reason: str, home: Path) -> None:
    """作废抽签, only before the seed can be known: everybody is admitted as before.

    Raises CannotOnStall, ReasonNeeded.
    """
    require(actor, "stall.draw")
    why = reason_for("作废抽签", reason)
    with store.work("stall.void_draw", actor) as work:
        site, record = draw_locked(work, draw_id)
        _require_no(why_not_voided_on(record, site, today=business_date(work.now)))
        record.voided_why = why
        for application in _entrants(work.session, record):
            application.state = "admitted"
            add_event(work, "stall_application", application.id, "void_draw", state="admitted", note=why)
        move_up(work, site, home=home)
        add_event(work, "stall_site", site.id, "void_draw", state="open", note=why, detail={"draw": draw_id})
        settle_subject(work, TOPIC, "stall_site", site.id, draw=draw_id, voided=True)


def why_not_voided_on(record: LotDraw, site: StallSite, *, today: date) -> str:
    """Why a draw is not voided today: from its day on somebody may have seen the seed, and would choose by voiding.

    Where the site was closed nobody wins anything any more.
    """
    if (why := why_not_voided(record)) or site.closed_on is not None or today < record.draw_on:
        return why
    return "抽签的日期已到，种子可能已经有人知道，不能再作废，请照公告抽签。名单里撤回申请的人不会得到摊位。"


def replay(record: LotDraw, *, seed: str) -> Drawn:
    """What follows from what was frozen and a seed."""
    return draw(numbers(record.entrants), numbers(record.prizes), seed=seed)


def result_text(drawn: Drawn) -> str:
    """The result as it is stored."""
    return json.dumps({"won": drawn.won, "waiting": drawn.waiting}, ensure_ascii=False)


def false_draws(session: Session) -> list[DataProblem]:
    """Draws of stalls whose digest or result does not follow from what was frozen and the seed."""
    return false_draws_of(session, "stall_site", replayed=lambda record: result_text(replay(record, seed=record.seed)))


def _lot(work: Work, site: StallSite, new: NewDraw, *, home: Path) -> Lot:
    today = business_date(work.now)
    found = rotations(work.session, site) if new.rotation else open_lots(work.session, site, on=today, home=home)
    for lot in found:
        if (lot.category, lot.farmers_only) == (new.category, new.farmers_only) and lot.drawable:
            return lot
    raise NothingToDraw


def _frozen(work: Work, site: StallSite, new: NewDraw, lot: Lot, source: str) -> LotDraw:
    what = "轮换抽签" if new.rotation else "抽签"
    new_draw = NewLotDraw(
        title=f"{site.name}{what}（{kind_words(lot.category, farmers_only=lot.farmers_only)}）",
        entrants=lot.entrants,
        prizes=lot.prizes,
        draw_on=new.draw_on,
        seed_source=source,
    )
    return freeze(work, "stall_site", site.id, new=new_draw)


def _take_in(work: Work, record: LotDraw, lot: Lot) -> None:
    query = select(StallApplication).where(
        StallApplication.site_id == record.subject_id, StallApplication.number.in_(lot.entrants)
    )
    for application in work.session.scalars(query):
        application.state, application.draw_id = "drawing", record.id
        add_event(work, "stall_application", application.id, "enter_draw", state="drawing", detail={"draw": record.id})


def _entrants(session: Session, record: LotDraw) -> tuple[StallApplication, ...]:
    """Those who are still in it: who withdrew meanwhile stays in the list, and wins nothing."""
    query = select(StallApplication).where(StallApplication.draw_id == record.id, StallApplication.state == "drawing")
    return tuple(session.scalars(query))


def _settle_winners(work: Work, site: StallSite, record: LotDraw, drawn: Drawn, *, home: Path) -> None:
    """A rotation changes nothing yet: the certificates are exchanged by who grants them (`stall_grants.rotate`)."""
    here = {each.number: each for each in _entrants(work.session, record)}
    if not here and is_rotation(work.session, record):
        return
    stalls = {stall.number: stall for stall in stalls_of(work.session, site.id)}
    rule, last = rule_of(work, home), _last_place(work, site)
    for number, stall in drawn.won:
        if number in here:
            offer(work, here[number], stalls[stall], rule=rule)
    for place, number in enumerate((each for each in drawn.waiting if each in here), start=last + 1):
        here[number].state, here[number].waiting_place = "waiting", place
        add_event(work, "stall_application", here[number].id, "wait", state="waiting", detail={"place": place})
    move_up(work, site, home=home)


def is_rotation(session: Session, record: LotDraw) -> bool:
    """Whether holders change places by it: its entrants are certificates."""
    first = numbers(record.entrants)[0]
    return session.scalar(select(StallGrant.id).where(StallGrant.number == first)) is not None


def _last_place(work: Work, site: StallSite) -> int:
    query = select(func.max(StallApplication.waiting_place)).where(StallApplication.site_id == site.id)
    return work.session.scalar(query) or 0


def _require_no(why: str) -> None:
    if why:
        raise CannotOnStall((why,))


def _settle(work: Work, site: StallSite, record: LotDraw, kind: str, issued: Issued) -> None:
    add_event(work, "stall_site", site.id, kind, state="open", detail=told_of(record), document_id=issued.document_id)
    settle_subject(work, TOPIC, "stall_site", site.id, draw=record.id, digest=record.digest, document=issued.number)
