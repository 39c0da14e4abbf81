"""What one actor can do with what is made public: the services bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.rules.publicity import WithholdGround
from hall.services import publicity, publicity_reading
from hall.services.issuing import Issued
from hall.services.publicity_reading import Listed, PublicityRow
from hall.store import Store


@dataclass(frozen=True, slots=True)
class PublicityFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def listed(self, listed: Listed = "open") -> tuple[PublicityRow, ...]:
        """Decisions to be published or taken down, the most pressing first."""
        return publicity_reading.publications(self.store, self.actor, listed=listed, home=self.home)

    def publish(self, publication_id: int, published_on: date, published_at: str) -> date | None:
        """登记公示; gives the last day it is shown, None: as long as it stands."""
        return publicity.publish(
            self.store,
            self.actor,
            publication_id=publication_id,
            published_on=published_on,
            published_at=published_at,
            home=self.home,
        )

    def withhold(self, publication_id: int, ground: WithholdGround, reason: str) -> None:
        """不予公示."""
        publicity.withhold(self.store, self.actor, publication_id=publication_id, ground=ground, reason=reason)

    def withdraw(self, publication_id: int, withdrawn_on: date, reason: str = "") -> None:
        """撤回公示."""
        publicity.withdraw(
            self.store, self.actor, publication_id=publication_id, withdrawn_on=withdrawn_on, reason=reason
        )

    def export(self, publication_ids: tuple[int, ...], path: Path) -> int:
        """导出公示数据."""
        return publicity.export(self.store, self.actor, publication_ids=publication_ids, path=path)

    def issue_sheet(self, publication_ids: tuple[int, ...]) -> Issued:
        """出公示表."""
        return publicity.issue_sheet(self.store, self.actor, publication_ids=publication_ids, home=self.home)
