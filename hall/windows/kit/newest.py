"""Answers in the order of their questions: two readers may overtake each other."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Passes answers on to `show`, but none that comes after the answer to a later question."""

    def __init__(self, show: Callable[[T], None]) -> None:
        self._show = show
        self._asked = 0
        self._answered = 0

    def ask(self) -> Callable[[T], None]:
        """What takes the answer to a question that is asked now."""
        self._asked += 1
        number = self._asked

        def answer(value: T) -> None:
            if number > self._answered:
                self._answered = number
                self._show(value)

        return answer
