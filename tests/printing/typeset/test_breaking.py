"""Where lines of Chinese may end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.printing.typeset.breaking import NO_END, NO_START, fill_lines, may_end_after

_SENTENCES = st.text(alphabet="城管执法大厅的人，。、：；？！“”《》（）〔〕—…19a-%. 元", max_size=120)


def _broken(text: str, width: float) -> list[str]:
    lines = fill_lines(text, lambda index, _x, _line: 0.5 if text[index] < "\u2000" else 1.0, widths=(width,))
    return [text[line.start : line.end] for line in lines]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("办理事项，凭号等候", 4, ["办理事", "项，凭号", "等候"]),
        ("请看《办法》第一条", 3, ["请看", "《办", "法》第", "一条"]),
        ("期限——七日", 3, ["期限", "——七", "日"]),
        ("共计12345678元整", 4, ["共计", "12345678", "元整"]),
        ("号码2026-11-21止", 5, ["号码", "2026-11-21", "止"]),
        ("由A4 paper提供", 4, ["由A4 ", "paper提", "供"]),
        ("他说：“好。”走了", 4, ["他说：", "“好。”", "走了"]),
    ],
)
def test_lines_end_where_the_rules_allow(text: str, width: float, lines: list[str]) -> None:
    assert _broken(text, width) == lines


@given(_SENTENCES, st.integers(min_value=1, max_value=30))
@settings(max_examples=150)
def test_no_character_is_lost_and_every_line_advances(text: str, width: int) -> None:
    lines = _broken(text, width)
    assert "".join(lines) == text
    assert all(lines)


@given(_SENTENCES, st.integers(min_value=2, max_value=30))
@settings(max_examples=150)
def test_a_forbidden_break_happens_only_inside_a_unit_wider_than_the_line(text: str, width: int) -> None:
    allowed = may_end_after(text)
    end = 0
    for line in _broken(text, width)[:-1]:
        end += len(line)
        if not allowed[end - 1]:
            assert not any(allowed[end - len(line) : end - 1])


@given(_SENTENCES)
def test_marks_that_close_never_begin_a_line_and_marks_that_open_never_end_one(text: str) -> None:
    for index, allowed in enumerate(may_end_after(text)[:-1]):
        if allowed:
            assert text[index + 1] not in NO_START
            assert text[index] not in NO_END


def test_a_line_feed_ends_its_line() -> None:
    assert _broken("甲\n乙", 10) == ["甲\n", "乙"]


def test_the_first_line_may_be_shorter() -> None:
    spans = fill_lines("一二三四五六", lambda _i, _x, _l: 1.0, widths=(2, 4))
    assert [(span.start, span.end) for span in spans] == [(0, 2), (2, 6)]
