"""The demo's dossier review: a round of closed penalties that is announced and waits for its day."""

from datetime import date, timedelta
from pathlib import Path

from hall.rules.people import Actor
from hall.services import review_rounds, signing_in
from hall.services.review_rounds import NewRound
from hall.store import Store

_REVIEWERS = ("shizheng", "shirong", "shizhengke", "shirongke", "juzhang")
_YEAR_DAYS = 365


class DemoRounds:
    """Announces it as the manager would, on `today`; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, today: date, password: str) -> None:
        self._store, self._home, self._today, self._password = store, home, today, password

    def enter(self) -> None:
        """Drawn in two days, by the legal reviewer."""
        new = NewRound(
            name=f"{self._today.year}年行政处罚案卷评查",
            from_day=self._today - timedelta(days=_YEAR_DAYS),
            until_day=self._today,
            permits=0,
            penalties=1,
            reviewers=tuple(self._actor(login).account_id for login in _REVIEWERS),
            draw_on=self._today + timedelta(days=2),
            seed_source="当天福利彩票开奖号码",
        )
        review_rounds.announce(self._store, self._actor("zhuren"), new=new, home=self._home)

    def _actor(self, login: str) -> Actor:
        return signing_in.sign_in(self._store, login, password=self._password).actor
