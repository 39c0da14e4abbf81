"""What is told about the use of the command line is Chinese, also what argparse has in English only."""

import argparse
import re
import sys
from typing import NoReturn

_HELP = (
    (re.compile(r"\Ausage: "), "用法： "),
    (re.compile(r"^positional arguments:$", re.MULTILINE), "要写的："),
    (re.compile(r"^options:$", re.MULTILINE), "可以写的："),
    (re.compile(r"show this help message and exit$", re.MULTILINE), "显示这段说明"),
)
_MISTAKES = (
    (re.compile(r"the following arguments are required: (.+)"), r"还缺 \1"),
    (re.compile(r"unrecognized arguments: (.+)"), r"不认识 \1"),
    (re.compile(r"ambiguous option: (.+) could match (.+)"), r"\1 写得不全，可能是 \2"),
    (re.compile(r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)"), r"\1 不能写 \2，可以写：\3"),
    (re.compile(r"argument (.+?): invalid int value: (.+)"), r"\1 要写整数，不能写 \2"),
    (re.compile(r"argument (.+?): expected .*arguments?"), r"\1 后面缺内容"),
    (re.compile(r"argument (.+?): not allowed with argument (.+)"), r"\1 和 \2 不能一起写"),
    (re.compile(r"argument (.+?): ignored explicit argument (.+)"), r"\1 后面不写内容，请去掉 \2"),
    (re.compile(r"argument (.+?): (.+)"), r"\1：\2"),
)


class Parser(argparse.ArgumentParser):
    """Usage, help and usage errors in Chinese; a usage error has exit status 2."""

    def format_usage(self) -> str:
        """The line that says what can be written."""
        return _in_chinese(super().format_usage())

    def format_help(self) -> str:
        """The whole explanation."""
        return _in_chinese(super().format_help())

    def error(self, message: str) -> NoReturn:
        """The usage and what is wrong, on standard error."""
        self.print_usage(sys.stderr)
        print(f"用法不对：{mistake_in_chinese(message)}。加 -h 看说明。", file=sys.stderr)
        raise SystemExit(2)


def mistake_in_chinese(message: str) -> str:
    """argparse's sentence about a wrong argument; a sentence that is not argparse's stays as it is."""
    for pattern, words in _MISTAKES:
        if found := pattern.fullmatch(message):
            return found.expand(words).rstrip("。")
    return message.rstrip("。")


def _in_chinese(text: str) -> str:
    for pattern, words in _HELP:
        text = pattern.sub(words, text)
    return text
