"""Stall certificates: an offer is answered, the certificate granted, renewed, exchanged by rotation, ended."""

import json
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor, system_actor
from hall.rules.stalls import CannotOnStall, fits, require_open, season, validity, why_not_renewed
from hall.services import issuing
from hall.services.issuing import Issued
from hall.services.lot_draws import numbers
from hall.services.reasons import reason_for, short_text
from hall.services.stall_applications import standing_against
from hall.services.stall_draws import is_rotation
from hall.services.stall_papers import issue_certificate
from hall.services.stall_records import (
    TOPIC,
    SameHandOnStall,
    applications_in,
    candidate_of,
    draw_locked,
    end_application,
    end_grant,
    facts_of,
    live_grants,
    locked,
    move_up,
    rule_of,
    stalls_of,
)
from hall.services.subject_records import add_event, settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.stalls import Stall, StallApplication, StallGrant, StallSite, StallWithdrawal
from hall.store.schema.subjects import LotDraw

Leaving = Literal["given_up", "died"]


@retried
def answer(store: Store, actor: Actor, *, application_id: int, accepted: bool, home: Path, reason: str = "") -> None:
    """登记答复 to an offer, until its day; a stall that is declined, in the words of `reason`, goes to who waits.

    Raises CannotOnStall, ReasonHoldsNumber.
    """
    require(actor, "stall.apply")
    why = f"本人放弃所得摊位：{short}" if (short := short_text(reason)) else "本人放弃所得摊位"
    with store.work("stall.answer", actor) as work:
        site, application = locked(work, StallApplication, application_id)
        require_open("answer", application.state)
        until = application.offered_until
        if accepted and until is not None and business_date(work.now) > until:
            raise CannotOnStall((f"答复的期限到 {until} 为止，已经过了，摊位由候补的人接替。",))
        if accepted:
            application.state = "accepted"
            add_event(work, "stall_application", application_id, "accept", state="accepted")
        else:
            end_application(work, application, "declined", why=why)
            move_up(work, site, home=home)
        settle_subject(work, TOPIC, "stall_application", application_id, accepted=accepted)


@retried
def grant(store: Store, actor: Actor, *, application_id: int, home: Path) -> Issued:
    """核发摊位证 by who neither entered nor admitted the application, if nothing stands against it by now.

    Raises CannotOnStall with every fault, SameHandOnStall.
    """
    require(actor, "stall.grant")
    with store.work("stall.grant", actor) as work:
        site, application = locked(work, StallApplication, application_id)
        require_open("grant", application.state)
        if work.actor.account_id in {application.account_id, application.decided_by}:
            raise SameHandOnStall("这份申请的登记或者审查", "发证")
        if found := standing_against(work, site, application, home=home):
            raise CannotOnStall(found)
        stall = work.session.get_one(Stall, application.offered_stall_id)
        application.state, application.offered_until = "granted", None
        work.session.flush()
        record, issued = _grant(work, site, application, stall, None, home=home)
        application.document_id = issued.document_id
        add_event(work, "stall_application", application_id, "grant", state="granted", document_id=issued.document_id)
        settle_subject(work, TOPIC, "stall_grant", record.id, number=record.number, stall=stall.number)
        return issued


@retried
def renew(store: Store, actor: Actor, *, grant_id: int, home: Path) -> Issued:
    """续期: a new certificate from the day after the old one's end. Raises CannotOnStall."""
    require(actor, "stall.grant")
    with store.work("stall.renew", actor) as work:
        site, old = locked(work, StallGrant, grant_id)
        _require_live(old)
        stall = work.session.get_one(Stall, old.stall_id)
        found = why_not_renewed(
            today=business_date(work.now),
            valid_to=old.valid_to,
            rotates=site.rotation_months is not None,
            others_wait=_others_wait(work, site, stall),
            rule=rule_of(work, home),
        )
        if site.closed_on is not None:
            found += ("这个点位已经停用，期满不续期。",)
        if found := found + _under_way(work, old):
            raise CannotOnStall(found)
        application = work.session.get_one(StallApplication, old.application_id)
        end_grant(work, old, "renewed", why="期满续期")
        work.session.flush()
        record, issued = _grant(work, site, application, stall, old, home=home, after=old.valid_to)
        settle_subject(work, TOPIC, "stall_grant", record.id, number=record.number, previous=old.id)
        return issued


@retried
def rotate(store: Store, actor: Actor, *, draw_id: int, home: Path) -> tuple[Issued, ...]:
    """按轮换抽签换证: every holder who is still there gets the certificate of the stall that was drawn.

    Raises CannotOnStall where it is no rotation, is not drawn yet, or was carried out.
    """
    require(actor, "stall.grant")
    with store.work("stall.rotate", actor) as work:
        site, record = draw_locked(work, draw_id)
        if work.actor.account_id in {record.announced_by, record.drawn_by}:
            raise SameHandOnStall("这次抽签", "换证")
        olds = _to_rotate(work, site, record)
        stalls = {stall.number: stall for stall in stalls_of(work.session, site.id)}
        won = dict(json.loads(record.result)["won"])
        for old in olds:
            end_grant(work, old, "rotated", why=record.title)
        work.session.flush()
        issued = [_exchange(work, site, old, stalls[won[old.number]], home=home) for old in olds]
        move_up(work, site, home=home)
        settle_subject(work, TOPIC, "stall_site", site.id, draw=draw_id, rotated=len(issued))
        return tuple(issued)


@retried
def leave(store: Store, actor: Actor, *, grant_id: int, ending: Leaving, reason: str, home: Path) -> None:
    """登记退出: the holder gives the stall up, or has died; it goes to who waits. Raises CannotOnStall."""
    require(actor, "stall.end")
    why = reason_for("登记退出", reason)
    with store.work("stall.end", actor) as work:
        site, record = locked(work, StallGrant, grant_id)
        _require_live(record)
        end_grant(work, record, ending, why=why)
        _drop_withdrawal(work, record)
        move_up(work, site, home=home)
        settle_subject(work, TOPIC, "stall_grant", grant_id, ending=ending)


def due(store: Store) -> tuple[tuple[str, int], ...]:
    """What time alone ends: certificates whose last day has passed, offers that nobody answered."""
    today = business_date(store.clock.now())
    with store.read() as session:
        grants = session.scalars(
            select(StallGrant.id).where(
                StallGrant.hall_id == store.hall_id, StallGrant.ended_on.is_(None), StallGrant.valid_to < today
            )
        )
        found = [("grant", key) for key in grants]
        offers = session.scalars(
            select(StallApplication.id).where(
                StallApplication.hall_id == store.hall_id,
                StallApplication.state == "offered",
                StallApplication.offered_until < today,
            )
        )
        return (*found, *(("offer", key) for key in offers))


@retried
def end_due(store: Store, *, what: str, key: int, home: Path) -> int:
    """End one of `due` by the system, looked at again under the lock; gives 1 where it was still due."""
    with store.work("stall.expire", system_actor(store.hall_id)) as work:
        ended = _expire(work, key) if what == "grant" else _lapse(work, key)
        if ended is not None:
            move_up(work, ended, home=home)
        settle_subject(work, TOPIC, "stall_grant" if what == "grant" else "stall_application", key, expired=bool(ended))
    return int(ended is not None)


def _expire(work: Work, grant_id: int) -> StallSite | None:
    site, record = locked(work, StallGrant, grant_id)
    if record.ended_on is not None or record.valid_to >= business_date(work.now):
        return None
    end_grant(work, record, "expired", why="期满")
    _drop_withdrawal(work, record)
    return site


def _lapse(work: Work, application_id: int) -> StallSite | None:
    site, application = locked(work, StallApplication, application_id)
    until = application.offered_until
    if application.state != "offered" or until is None or until >= business_date(work.now):
        return None
    end_application(work, application, "lapsed", why=f"{until} 前没有答复")
    return site


def _grant(
    work: Work,
    site: StallSite,
    application: StallApplication,
    stall: Stall,
    previous: StallGrant | None,
    *,
    home: Path,
    after: date | None = None,
) -> tuple[StallGrant, Issued]:
    """The record and its certificate; `after`: it begins the day after."""
    today = business_date(work.now)
    first, last = validity(
        date.fromordinal(after.toordinal() + 1) if after is not None else today,
        open_season=season(site.season_from, site.season_to),
        term_months=site.term_months,
        rotation_months=site.rotation_months,
    )
    record = StallGrant(
        hall_id=work.hall_id,
        number=issuing.draw_number(work, kind="stall_certificate", home=home),
        site_id=site.id,
        stall_id=stall.id,
        application_id=application.id,
        person_id=application.person_id,
        category=application.category,
        granted_on=today,
        granted_by=work.actor.account_id,
        valid_from=first,
        valid_to=last,
        previous_id=previous.id if previous is not None else None,
    )
    work.session.add(record)
    work.session.flush()
    issued = issue_certificate(work, site, record, home=home)
    record.document_id = issued.document_id
    detail = {"stall": stall.number, "until": last.isoformat()}
    add_event(work, "stall_grant", record.id, "grant", state="live", detail=detail, document_id=issued.document_id)
    return record, issued


def _exchange(work: Work, site: StallSite, old: StallGrant, stall: Stall, *, home: Path) -> Issued:
    """What is to be taken away follows the holder: the facts are the same, whichever stall was drawn."""
    application = work.session.get_one(StallApplication, old.application_id)
    record, issued = _grant(work, site, application, stall, old, home=home)
    if (asked := _withdrawal(work, old)) is not None:
        asked.grant_id = record.id
        add_event(work, "stall_withdrawal", asked.id, "follow", state="told", detail={"grant": record.id})
    return issued


def _to_rotate(work: Work, site: StallSite, record: LotDraw) -> list[StallGrant]:
    if record.drawn_at is None or not is_rotation(work.session, record):
        raise CannotOnStall(("这次抽签不是轮换，或者还没有抽，没有要换的证。",))
    entrants = set(numbers(record.entrants))
    olds = [each for each in live_grants(work.session, site.id) if each.number in entrants]
    if not olds:
        raise CannotOnStall(("这次轮换已经换过证。",))
    return olds


def _require_live(record: StallGrant) -> None:
    if record.ended_on is not None:
        raise CannotOnStall((f"摊位证 {record.number} 已经在 {record.ended_on} 终止。",))


def _others_wait(work: Work, site: StallSite, stall: Stall) -> bool:
    waiting = applications_in(work.session, site.id, "waiting", "admitted", "drawing")
    return any(fits(candidate_of(each), facts_of(stall)) for each in waiting)


def _under_way(work: Work, record: StallGrant) -> tuple[str, ...]:
    return ("正在办理收回，作出决定以前不续期。",) if _withdrawal(work, record) else ()


def _withdrawal(work: Work, record: StallGrant) -> StallWithdrawal | None:
    query = select(StallWithdrawal).where(StallWithdrawal.grant_id == record.id, StallWithdrawal.decided_on.is_(None))
    return work.session.scalars(query).one_or_none()


def _drop_withdrawal(work: Work, record: StallGrant) -> None:
    """What was to be taken away is given back: nothing is left to decide."""
    asked = _withdrawal(work, record)
    if asked is not None:
        asked.decided_on, asked.outcome = business_date(work.now), "kept"
        asked.reasons = short_text("摊位证已经终止，不再收回")
        add_event(work, "stall_withdrawal", asked.id, "drop", state="kept", note=asked.reasons)
