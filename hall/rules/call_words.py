"""Why a number was called, in words for the public display."""

from hall.words import PRIORITY_KINDS

_GIVEN = '"given"'


def public_reason(code: str, reason: str, terms: str) -> str:
    """The stored sentence of a call; what a clerk wrote about a call out of order stays with the staff."""
    return f"{code} 由窗口人员点名呼叫。" if _GIVEN in terms else reason


def priority_word(priority: str) -> str:
    """What stands beside a number that ranks before its time; nothing beside an ordinary one."""
    return "" if priority == "ordinary" else PRIORITY_KINDS.get(priority, "")
