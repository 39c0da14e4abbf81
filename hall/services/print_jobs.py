"""Print jobs of a station, or of the hall for whoever looks after it: what waits and why, what is asked or out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, select

from hall.clock import HALL_ZONE, business_date
from hall.rules.authority import may, require
from hall.rules.people import Actor
from hall.services.spool import ASKING, ON_THE_WAY, JobView, job_view
from hall.store import Store
from hall.store.schema.halls import Station
from hall.store.schema.printing import PrintJob

MOST = 300
"""Ended jobs are shown from the newest, so many at most."""


@dataclass(frozen=True, slots=True)
class ListedJob:
    """A print job with its station; `here`: at this one. `reason` is why it is printed again."""

    job: JobView
    station: str
    here: bool
    reason: str

    @property
    def asking(self) -> bool:
        """Whether a person has to say what became of it."""
        return self.job.state in ASKING

    @property
    def ended(self) -> bool:
        """Whether nothing comes of it any more."""
        return self.job.state not in (*ON_THE_WAY, *ASKING)


def open_jobs(store: Store, actor: Actor) -> tuple[ListedJob, ...]:
    """Jobs that wait for a printer or for an answer, oldest first; of the whole hall for those who may see it."""
    return _listed(store, actor, [PrintJob.state.in_((*ON_THE_WAY, *ASKING))])


def ended_jobs(store: Store, actor: Actor) -> tuple[ListedJob, ...]:
    """Today's jobs that are out, given up or expired, newest first."""
    today = datetime.combine(business_date(store.clock.now()), time(), HALL_ZONE)
    ended = [PrintJob.state.not_in((*ON_THE_WAY, *ASKING)), PrintJob.created_at >= today]
    return _listed(store, actor, ended, newest_first=True)


def _listed(
    store: Store, actor: Actor, wanted: Sequence[ColumnElement[bool]], *, newest_first: bool = False
) -> tuple[ListedJob, ...]:
    require(actor, "spool.read")
    scope = [] if may(actor, "spool.hall") else [PrintJob.station_id == store.station.id]
    order = PrintJob.id.desc() if newest_first else PrintJob.id
    with store.read(actor) as session:
        rows = session.execute(
            select(PrintJob, Station.name)
            .join(Station, Station.id == PrintJob.station_id)
            .where(PrintJob.hall_id == store.hall_id, *scope, *wanted)
            .order_by(order)
            .limit(MOST)
        )
        return tuple(
            ListedJob(job_view(job), station, here=job.station_id == store.station.id, reason=job.reason)
            for job, station in rows
        )
