"""Somebody at the window of the stall sites."""

from hall.windows.stalls import PlanPage
from tests.windows.sitting import Sitting


class Stool(Sitting):
    """Where there is a plan, too."""

    @property
    def plan(self) -> PlanPage:
        """The page of the plan, which is shown."""
        page = self.window.page
        assert isinstance(page, PlanPage)
        return page
