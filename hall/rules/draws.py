"""Draws by lot that anybody can replay: an order that follows from what was frozen before and a seed known after."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from hall.errors import Refused


class NothingToDraw(Refused):
    """There are no entrants, or nothing to win."""

    def __init__(self) -> None:
        super().__init__("没有可以抽签的人或者名额，请先确认名单和名额再公布。")


class TwiceInTheDraw(Refused):
    """A number stands in a list twice: it would have two chances."""

    def __init__(self, number: str) -> None:
        super().__init__(f"名单里 {number} 出现两次，等于多一次机会。请核对名单。")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came out: who won what, in the order they were drawn, and the others in the order they wait."""

    won: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]


def digest(entrants: Sequence[str], prizes: Sequence[str]) -> str:
    """SHA-256 (hexadecimal) of both lists as they are published beforehand: one number a line, a blank line between.

    Raises NothingToDraw or TwiceInTheDraw.
    """
    _check(entrants, prizes)
    return hashlib.sha256("\n".join([*entrants, "", *prizes]).encode()).hexdigest()


def order(numbers: Sequence[str], *, seed: str, frozen: str) -> tuple[str, ...]:
    """The numbers by the SHA-256 of digest, seed and number, each on a line of its own: a shuffle that a sheet of
    paper explains and `sha256sum` checks."""
    return tuple(sorted(numbers, key=lambda number: (rank(number, seed=seed, frozen=frozen), number)))


def rank(number: str, *, seed: str, frozen: str) -> str:
    """What a number is ordered by, hexadecimal; the smallest is drawn first."""
    return hashlib.sha256(f"{frozen}\n{seed.strip()}\n{number}".encode()).hexdigest()


def draw(entrants: Sequence[str], prizes: Sequence[str], *, seed: str) -> Drawn:
    """Who wins which prize; prizes are given in their order, the rest waits in the order it was drawn.

    The same lists and seed always give the same; another order of the entrants is another list (its digest differs).
    """
    frozen = digest(entrants, prizes)
    drawn = order(entrants, seed=seed, frozen=frozen)
    return Drawn(tuple(zip(drawn, prizes, strict=False)), drawn[len(prizes) :])


def _check(entrants: Sequence[str], prizes: Sequence[str]) -> None:
    if not entrants or not prizes:
        raise NothingToDraw
    for numbers in (entrants, prizes):
        seen: set[str] = set()
        for number in numbers:
            if number in seen:
                raise TwiceInTheDraw(number)
            seen.add(number)
