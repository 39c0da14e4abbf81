"""Somebody of the bureau at the dispatch window, or at a counter."""

from PySide6.QtCore import Qt

from hall.windows.counter import Counter
from hall.windows.request_pages import RequestsPage
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import ALT, press
from tests.windows.sitting import Sitting


class Seats(Sitting):
    """One window at a time: whoever sat before has left."""

    def at_counter(self, login: str = "clerk") -> Counter:
        """At counter 3, in the task 诉求."""
        counter = Counter(
            self.front(login), InlineTasks(), counter=3, changes=ChangeFeed(), cards=self.cards, lamps=LampFeed()
        )
        self.show(counter)
        press(Qt.Key.Key_4, ALT)
        return counter

    @property
    def requests(self) -> RequestsPage:
        """The list of requests that is shown."""
        page = self.window.page
        assert isinstance(page, RequestsPage)
        return page
