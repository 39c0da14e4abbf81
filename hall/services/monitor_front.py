"""What a manager can see of the queue: the services with store, actor and policy bound, for the screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services import monitor, statistics, tables_export
from hall.services.monitor import MonitorView
from hall.services.statistics import DayReport
from hall.services.tables_export import SheetTable
from hall.store import Store


@dataclass(frozen=True, slots=True)
class MonitorFront:
    """Every method is one use case; changes at counters are those of the calling front."""

    store: Store
    actor: Actor
    policy: QueuePolicy

    def now(self) -> MonitorView:
        """The hall now."""
        return monitor.monitor_view(self.store, self.actor, policy=self.policy)

    def day(self, day: date) -> DayReport:
        """The figures of a day, rebuilt from its log."""
        return statistics.day_report(self.store, self.actor, day=day, policy=self.policy)

    def export(self, path: Path, tables: Sequence[SheetTable]) -> Path:
        """Write tables to a file; gives its path."""
        tables_export.write_tables(path, tables)
        return path
