"""Words of a call for the public: why it was this number's turn, and what stands at a counter."""

from dataclasses import dataclass
from typing import Literal

from hall.words import COUNTER_STATES, PRIORITY_KINDS

_GIVEN = '"given"'

SentenceKind = Literal["idle", "called", "busy", "pause"]


@dataclass(frozen=True, slots=True)
class CounterSentence:
    """What stands at a counter: words, a number, words behind it; `kind` is what they mean."""

    kind: SentenceKind
    before: str
    number: str = ""
    after: str = ""

    @property
    def line(self) -> str:
        """The same for a display that has one short line: 请 A017 号."""
        if self.kind == "called":
            return f"{self.before} {self.number} 号"
        return f"{self.before} {self.number}".rstrip()


def counter_sentence(state: str | None, *, counter: int, code: str, call_state: str) -> CounterSentence:
    """欢迎光临, 请 A017 号到 3 号窗口, 正在办理 A017, 暂停服务 or 未登录; why a counter pauses is nobody's business.

    `state`: a key of COUNTER_STATES, None where nothing recent is known of the counter; `code`: the ticket called to
    it or served at it, empty for none, and `call_state` which of both.
    """
    if state is None:
        return CounterSentence("pause", COUNTER_STATES["paused"])
    if code and call_state == "called":
        return CounterSentence("called", "请", code, f"号到 {counter} 号窗口")
    if code:
        return CounterSentence("busy", "正在办理", code)
    return CounterSentence("idle", "欢迎光临") if state == "open" else CounterSentence("pause", COUNTER_STATES[state])


def public_reason(code: str, reason: str, terms: str) -> str:
    """The stored sentence of a call; what a clerk wrote about a call out of order stays with the staff."""
    return f"{code} 由窗口人员点名呼叫。" if _GIVEN in terms else reason


def priority_word(priority: str) -> str:
    """What stands beside a number that ranks before its time; nothing beside an ordinary one."""
    return "" if priority == "ordinary" else PRIORITY_KINDS.get(priority, "")
