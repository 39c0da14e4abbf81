"""What the bytes on a slip printer's line mean: commands by name, texts and pictures by their length only."""

from collections import Counter

from hall.printing.printer import read_status
from hall.rules.line_log import Direction, Said
from hall.rules.slip_commands import split_commands
from hall.words import SLIP_COMMANDS

_STATUS = b"\x10\x04"
_QUESTIONS = {1: "联机", 2: "脱机原因", 3: "出错原因", 4: "纸张"}


class SlipListener:
    """A slip is one line of the log, each question and answer another."""

    def __init__(self) -> None:
        self._begun = b""

    def hear(self, direction: Direction, portion: bytes) -> list[Said]:
        """Questions and answers with their bytes; slips by what commands they hold."""
        if direction == "in":
            return [_answer(portion)]
        commands, self._begun = split_commands(self._begun + portion)
        said = []
        counts: Counter[str] = Counter()
        texts = size = 0
        for command in commands:
            if command.name == _STATUS:
                words = f"查询{_QUESTIONS.get(command.body[0], '')}状态"
                said.append(Said("out", len(command.raw), command.raw, words))
                continue
            size += len(command.raw)
            texts += len(command.raw) if not command.name else 0
            if words := SLIP_COMMANDS.get(command.name.hex(" ").upper(), ""):
                counts[words] += 1
        if size:
            said.append(Said("out", size, b"", _slip_words(counts, texts)))
        return said


def _slip_words(counts: Counter[str], texts: int) -> str:
    named = [f"{words}×{count}" if count > 1 else words for words, count in counts.items()]
    return "、".join([*named, f"文字 {texts} 字节（不显示）"] if texts else named) or "打印内容"


def _answer(portion: bytes) -> Said:
    if read_status(portion) is None:
        return Said("in", len(portion), portion, "不是状态应答")
    return Said("in", len(portion), portion, "状态应答")
