"""What the bytes on a slip printer's line mean: commands by name, texts and pictures by their length only."""

from collections import Counter

from hall.printing.printer import interpret
from hall.printing.replies import Replies
from hall.rules.line_log import Direction, Said
from hall.rules.slip_commands import SlipCommand, split_commands
from hall.words import SLIP_COMMANDS

_STATUS, _READY = b"\x10\x04", 0x12
_QUESTIONS = {1: "联机", 2: "脱机原因", 3: "出错原因", 4: "纸张"}


class SlipListener:
    """A portion of a slip is one line of the log, each question and answer another."""

    def __init__(self) -> None:
        self._begun = b""
        self._asked = 0
        self._replies = Replies()

    def hear(self, direction: Direction, portion: bytes) -> list[Said]:
        """Questions and answers with their bytes; slips by what commands they hold."""
        if direction == "in":
            return [Said("in", len(portion), portion, self._reply_words(portion))]
        commands, self._begun = split_commands(self._begun + portion)
        questions = [command for command in commands if command.name == _STATUS]
        slip = [command for command in commands if command.name != _STATUS]
        said = [_slip_said(slip)] if slip else []
        for question in questions:
            self._asked = question.body[0]
            words = f"查询{_QUESTIONS.get(self._asked, '')}状态"
            said.append(Said("out", len(question.raw), question.raw, words))
        return said

    def _reply_words(self, portion: bytes) -> str:
        replies = self._replies
        _forget(replies)
        replies.feed(portion)
        words = [
            "打完标记的应答" if replies.marked else "",
            "打印机自动报告状态" if replies.automatic else "",
            f"应答：{self._state_word(replies.answer)}" if replies.answer is not None else "",
        ]
        return "、".join(word for word in words if word) or "其他"

    def _state_word(self, answer: int) -> str:
        """What the answer to the last question says by itself."""
        said = {number: answer if number == self._asked else _READY for number in _QUESTIONS}
        return interpret(printer=said[1], cause=said[2], error=said[3], paper=said[4]).word


def _forget(replies: Replies) -> None:
    """What came before; a group of bytes that has begun goes on."""
    replies.answer, replies.automatic, replies.marked = None, None, False


def _slip_said(commands: list[SlipCommand]) -> Said:
    size = sum(len(command.raw) for command in commands)
    texts = sum(len(command.raw) for command in commands if not command.name)
    named = (SLIP_COMMANDS.get(command.name.hex(" ").upper(), "") for command in commands)
    counts = Counter(words for words in named if words)
    parts = [f"{words}×{count}" if count > 1 else words for words, count in counts.items()]
    if counts and set(counts) <= _BARE:
        return Said("out", size, b"".join(command.raw for command in commands), "、".join(parts))
    return Said("out", size, b"", "、".join([*parts, f"文字 {texts} 字节"] if texts else parts) or "打印内容")


_BARE = {SLIP_COMMANDS["1D 72"], SLIP_COMMANDS["1D 61"]}
"""What holds nothing but a question or a setting."""
