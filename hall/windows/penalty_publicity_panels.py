"""Panels of the acts on publicity in the penalty window: the questions of the page of publicity, about a case."""

from collections.abc import Mapping
from functools import partial

from hall.clock import business_date
from hall.services.penalty_file import PenaltyFile, PublicationView
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_tools import PanelMaker, PenaltyForm
from hall.windows.publicity_panels import QUESTIONS, set_today


class PublicityForm(PenaltyForm):
    """One question about the decision of a case that is or was to be made public."""

    def __init__(self, tools: PageTools, act: str) -> None:
        super().__init__(tools, act, main=QUESTIONS[act].main)
        self._question = QUESTIONS[act]
        self.first = self._question.first
        self._key = 0
        self._about = self.say("")
        self.say(self._question.say)
        self._question.add(self.form, business_date(tools.front.clock.now()))
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """About the publication that is acted on."""
        publication = acted_on(file.publications)
        if publication is None:
            return
        self._key = publication.publication_id
        numbers: dict[int | None, str] = {each.decision_id: each.number for each in file.decisions}
        self._about.setText(f"{numbers.get(publication.decision_id, '')}　{file.party.name_masked}")
        set_today(self.form, file.on)

    def deed(self) -> Deed:
        """The use case with what was entered."""
        return self._question.deed(self._tools.front.publicity, self._key, self.form)


def acted_on(publications: tuple[PublicationView, ...]) -> PublicationView | None:
    """What has to be taken down before any other, else the newest: as `publicity_acts.newest_publication`."""
    over = [each for each in publications if each.overturned_on and each.published_on and not each.withdrawn_on]
    return over[0] if over else publications[-1] if publications else None


PANELS: Mapping[str, PanelMaker] = {act: partial(PublicityForm, act=act) for act in QUESTIONS}
