"""Reasons and notes that staff write: kept with the event and in the audit, so nothing personal stands in them."""

from hall.errors import Refused
from hall.services.persons import refuse_numbers

LONGEST = 100
LONGEST_STATEMENT = 1000


class ReasonNeeded(Refused):
    """The deed is counted and has to be explained."""

    def __init__(self, deed: str) -> None:
        super().__init__(f"{deed}要写明原因，请写一句话再试。")


class TextTooLong(Refused):
    """More than a sentence."""

    def __init__(self, longest: int = LONGEST) -> None:
        super().__init__(f"最多写 {longest} 个字，请写短一些。")


def reason_for(deed: str, text: str) -> str:
    """The reason as it is kept; raises ReasonNeeded, TextTooLong or ReasonHoldsNumber."""
    reason = short_text(text)
    if not reason:
        raise ReasonNeeded(deed)
    return reason


def short_text(text: str) -> str:
    """At most a hundred characters in one line, without telephone and ID numbers."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise TextTooLong
    refuse_numbers(line)
    return line


def statement_for(deed: str, text: str) -> str:
    """A longer text (a reply, a plea, facts) as it is kept; raises ReasonNeeded, TextTooLong or ReasonHoldsNumber."""
    statement = text.strip()
    if not statement:
        raise ReasonNeeded(deed)
    if len(statement) > LONGEST_STATEMENT:
        raise TextTooLong(LONGEST_STATEMENT)
    refuse_numbers(statement)
    return statement
