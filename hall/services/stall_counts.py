"""What a month's report counts of stall sites: applications, draws, certificates, withdrawals. Never money."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.clock import midnight
from hall.store.schema.stalls import Stall, StallApplication, StallGrant, StallSite, StallWithdrawal
from hall.store.schema.subjects import LotDraw


@dataclass(frozen=True, slots=True)
class StallCounts:
    """Of a period; `stalls` and `held` at its end: `held` of `stalls` is the share in use."""

    applied: int
    admitted: int
    refused: int
    draws: int
    granted: int
    given_up: int
    withdrawn: int
    withdrawals_decided: int
    stalls: int
    held: int


def counts_of(session: Session, *, hall_id: int, first: date, last: date) -> StallCounts:
    """The counts of a period, both days included. `admitted`, `refused`: of what was decided in it."""
    begin, end = midnight(first), midnight(last + timedelta(days=1))

    def count(*conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).where(*conditions)) or 0

    def within(day: InstrumentedAttribute[date] | InstrumentedAttribute[date | None]) -> ColumnElement[bool]:
        return day.between(first, last)

    application, grant, asked = StallApplication, StallGrant, StallWithdrawal
    decided = (application.hall_id == hall_id, within(application.decided_on))
    ended = (grant.hall_id == hall_id, within(grant.ended_on))
    there = (grant.hall_id == hall_id, grant.granted_on <= last)
    return StallCounts(
        applied=count(application.hall_id == hall_id, application.applied_at >= begin, application.applied_at < end),
        admitted=count(*decided, application.state != "refused"),
        refused=count(*decided, application.state == "refused"),
        draws=count(
            LotDraw.hall_id == hall_id,
            LotDraw.subject == "stall_site",
            LotDraw.drawn_at >= begin,
            LotDraw.drawn_at < end,
        ),
        granted=count(grant.hall_id == hall_id, within(grant.granted_on), grant.previous_id.is_(None)),
        given_up=count(*ended, grant.ending == "given_up"),
        withdrawn=count(*ended, grant.ending == "withdrawn"),
        withdrawals_decided=count(asked.hall_id == hall_id, within(asked.decided_on)),
        stalls=count(Stall.hall_id == hall_id, *_in_use(last)),
        held=count(*there, grant.ended_on.is_(None) | (grant.ended_on > last)),
    )


def _in_use(day: date) -> tuple[ColumnElement[bool], ...]:
    """Stalls that there are on a day: of a site that is open, or of a closed one while its holder's time runs on."""
    site = exists().where(StallSite.id == Stall.site_id, StallSite.opened_on <= day)
    runs = StallGrant.granted_on <= day, StallGrant.ended_on.is_(None) | (StallGrant.ended_on > day)
    return (
        Stall.closed_on.is_(None) | (Stall.closed_on > day),
        site,
        or_(
            site.where(StallSite.closed_on.is_(None) | (StallSite.closed_on > day)),
            exists().where(StallGrant.stall_id == Stall.id, *runs),
        ),
    )
