"""What the bell would show: every station's look at due days, and whom it has told what."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.people import Actor
from hall.services import due_notices, subject_notices
from hall.services.hands import actor_of
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.subjects import SubjectNotice


@dataclass
class Bell:
    """Addressees are told by login, or by role."""

    store: Store
    clock: FixedClock
    home: Path

    def on(self, day: date) -> None:
        """Move the clock."""
        self.clock.instant = datetime(day.year, day.month, day.day, 10, tzinfo=HALL_ZONE)

    def look(self, store: Store | None = None) -> int:
        """What a station does about due days; gives how many messages were new or put away."""
        return sum(item() for item in due_notices.to_tell(store or self.store, home=self.home))

    def told(self, *, waiting: bool = True) -> list[tuple[str, str]]:
        """Addressee and text, the oldest first; those that wait."""
        with self.store.read() as session:
            logins = dict(session.execute(select(Account.id, Account.login)).tuples().all())
            found = session.scalars(select(SubjectNotice).order_by(SubjectNotice.id))
            return [
                (logins[each.account_id] if each.account_id is not None else each.role, each.text)
                for each in found
                if each.seen_at is None or not waiting
            ]

    def heard(self, day: date) -> list[tuple[str, str]]:
        """What waits after a look on a day."""
        self.on(day)
        self.look()
        return self.told()

    def see(self, login: str) -> int:
        """Somebody puts everything away that waits for him."""
        with self.store.read() as session:
            account = session.scalars(select(Account).where(Account.login == login)).one()
        actor = self.actor(account.id)
        keys = tuple(each.notice_id for each in subject_notices.unseen_notices(self.store, actor))
        return subject_notices.see_notices(self.store, actor, notice_ids=keys)

    def actor(self, account_id: int) -> Actor:
        """Somebody who signs in, with the roles he holds."""
        with self.store.read() as session:
            found = actor_of(session, account_id, self.store.hall_id)
        assert found is not None
        return found
