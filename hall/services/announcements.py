"""Announcements: the station that owns the loudspeaker claims a call and speaks it; a dead one holds nothing back."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from hall.rules.people import system_actor
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.queueing import Announcement, Ticket

# A call that was not spoken within this time is of no use any more: the person has been called on the screens.
STALE_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """One call to be spoken; `again` when the ticket was called before."""

    announcement_id: int
    code: str
    counter_number: int
    again: bool


@retried
def claim(store: Store, *, quiet: bool = False) -> AnnouncementView | None:
    """Take the oldest call that is still worth speaking; none of them is in quiet hours.

    A newer call of the same ticket, or at the same counter, replaces an older one.
    """
    if not _pending(store):
        return None
    with store.work("announcement.claim", system_actor(store.hall_id)) as work:
        pending = work.session.scalars(
            select(Announcement)
            .where(Announcement.hall_id == work.hall_id, Announcement.state == "pending")
            .order_by(Announcement.id)
            .with_for_update()
        ).all()
        of_ticket = {row.code: row.id for row in pending}
        of_counter = {row.counter_number: row.id for row in pending}
        chosen: AnnouncementView | None = None
        for row in pending:
            replaced = row.id != of_ticket[row.code] or row.id != of_counter[row.counter_number]
            if quiet or replaced or work.now - row.created_at > STALE_AFTER:
                row.state = "dropped"
            elif chosen is None:
                row.state = "claimed"
                row.claimed_by = work.station_name
                chosen = AnnouncementView(row.id, row.code, row.counter_number, _calls(work, row) > 1)
        work.audit(f"announcement:{chosen.announcement_id}" if chosen else "announcement:none")
        return chosen


@retried
def fail_interrupted(store: Store) -> int:
    """Calls that a station claimed and died with: too old to be spoken, they count as not heard. Gives how many."""
    claimed = (
        Announcement.hall_id == store.hall_id,
        Announcement.state == "claimed",
        Announcement.created_at < store.clock.now() - STALE_AFTER,
    )
    with store.read() as session:
        if session.scalar(select(Announcement.id).where(*claimed).limit(1)) is None:
            return 0
    with store.work("announcement.interrupted", system_actor(store.hall_id)) as work:
        failed = work.session.scalars(
            update(Announcement)
            .where(*claimed)
            .values(state="failed", finished_at=work.now)
            .returning(Announcement.id)
            .execution_options(synchronize_session=False)
        ).all()
        work.audit("announcement:interrupted", count=len(failed))
        return len(failed)


@retried
def settle(store: Store, *, announcement_id: int, spoken: bool) -> None:
    """Say whether a claimed call was heard."""
    with store.work("announcement.settle", system_actor(store.hall_id)) as work:
        work.session.execute(
            update(Announcement)
            .where(Announcement.id == announcement_id, Announcement.state == "claimed")
            .values(state="spoken" if spoken else "failed", finished_at=work.now)
            .execution_options(synchronize_session=False)
        )
        work.audit(f"announcement:{announcement_id}", spoken=spoken)


def _calls(work: Work, row: Announcement) -> int:
    return work.session.scalars(select(Ticket.calls).where(Ticket.id == row.ticket_id)).one()


def _pending(store: Store) -> bool:
    with store.read() as session:
        return (
            session.scalar(
                select(Announcement.id)
                .where(Announcement.hall_id == store.hall_id, Announcement.state == "pending")
                .limit(1)
            )
            is not None
        )
