"""What stands before the person at a counter: the evaluator and the line of light of the counter opened last."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hall.app.station import Station
from hall.rules.authority import DISPLAY

if TYPE_CHECKING:  # loaded when a counter is opened
    from hall.windows.counter_watch import CounterWatch
    from hall.windows.evaluation import Evaluation


class CounterSide(QObject):
    """Both devices of the station, as far as its settings name them, are served for one counter at a time."""

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._station = station
        self._evaluated: int | None = None
        self._at_evaluator: Evaluation | None = None
        self._displayed: int | None = None
        self._at_display: CounterWatch | None = None

    def serve(self, number: int) -> None:
        """Both, for the counter that was opened."""
        self._serve_evaluator(number)
        self.serve_display(number)

    def evaluation(self, number: int, channel: str) -> "Evaluation":
        """How somebody is asked at a counter, by one of the channels."""
        from hall.windows.evaluation import Evaluation

        station = self._station
        ratings = station.station_front(DISPLAY).ratings
        return Evaluation(ratings, station.tasks, counter=number, channel=channel, changes=station.changes, owner=self)

    def _serve_evaluator(self, number: int) -> None:
        """The station's evaluator stands at the counter opened last."""
        from hall.windows.evaluation import serve_evaluator

        if self._station.settings.evaluator.port and self._evaluated != number:
            if self._at_evaluator is not None:
                self._at_evaluator.deleteLater()
            self._evaluated, self._at_evaluator = number, self.evaluation(number, "evaluator")
            serve_evaluator(self._at_evaluator, self._station.evaluator)

    def serve_display(self, number: int) -> None:
        """The station's line of light stands at the counter opened last, too."""
        from hall.windows.counter_watch import CounterWatch, serve_counter_display

        station = self._station
        if station.settings.counter_display.port and self._displayed != number:
            if self._at_display is not None:
                self._at_display.deleteLater()
            front = station.station_front(DISPLAY)
            self._displayed = number
            self._at_display = CounterWatch(front, station.tasks, counter=number, changes=station.changes, owner=self)
            serve_counter_display(self._at_display, station.counter_display)
