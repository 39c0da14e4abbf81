"""Somebody at the window of the registers."""

from hall.windows.registers import RegisterPage
from tests.windows.sitting import Sitting


class Desk(Sitting):
    """Where a list is one of entries."""

    @property
    def entries(self) -> RegisterPage:
        """The page that is shown."""
        page = self.window.page
        assert isinstance(page, RegisterPage)
        return page

    @property
    def titles(self) -> list[str]:
        """What the list shows."""
        return [row.title for row in self.entries.list.table.rows]
