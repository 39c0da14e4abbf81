"""What the doctor says of one thing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hall.errors import Damaged, HallError, Unavailable

Verdict = Literal["ok", "warning", "fault", "absent"]

DAMAGED, UNAVAILABLE = Damaged.exit_status, Unavailable.exit_status


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with the words for it. `status` is what the command exits with because of a fault."""

    check: str
    verdict: Verdict
    words: str
    advice: str = ""
    status: int = 0


Check = Callable[[], Finding]


def fine(check: str, words: str) -> Finding:
    """As it should be."""
    return Finding(check, "ok", words)


def warning(check: str, words: str, advice: str) -> Finding:
    """Works, but somebody should do something."""
    return Finding(check, "warning", words, advice)


def absent(check: str, words: str, advice: str = "") -> Finding:
    """Not there, and not needed to work."""
    return Finding(check, "absent", words, advice)


def fault(check: str, words: str, advice: str, *, status: int = UNAVAILABLE) -> Finding:
    """Does not work as it is."""
    return Finding(check, "fault", words, advice, status)


def failed(check: str, error: HallError) -> Finding:
    """A fault in the error's own words, cut at the end of its first sentence: the rest is the advice."""
    words, _, advice = error.sentence.partition("。")
    status = DAMAGED if isinstance(error, Damaged) else UNAVAILABLE
    return fault(check, f"{words}。", advice or "请按提示处理后再检查一次。", status=status)


def exit_status(findings: list[Finding]) -> int:
    """0 without a fault, 3 where something needed is unavailable, 4 where data are damaged."""
    return max((finding.status for finding in findings), default=0)
