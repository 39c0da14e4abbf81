"""后台: devices of the station and print jobs, bound to one actor at one station."""

from dataclasses import dataclass

from hall.rules.people import Actor
from hall.services import print_jobs, station_settings
from hall.services.print_jobs import ListedJob
from hall.services.station_settings import Changes
from hall.settings import Settings
from hall.store import Store


@dataclass(frozen=True, slots=True)
class AdminFront:
    """For administrators; print jobs also for those who print."""

    store: Store
    actor: Actor

    def open_jobs(self) -> tuple[ListedJob, ...]:
        """What waits for a printer or for an answer."""
        return print_jobs.open_jobs(self.store, self.actor)

    def ended_jobs(self) -> tuple[ListedJob, ...]:
        """What was printed, given up or expired today."""
        return print_jobs.ended_jobs(self.store, self.actor)

    def change_devices(self, running: Settings, changes: Changes) -> Settings:
        """Other devices in the station's settings file."""
        return station_settings.change_devices(self.store, self.actor, running=running, changes=changes)
