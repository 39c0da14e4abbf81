"""The file of outside scores: every fault of every line at once, nothing guessed."""

from datetime import date

import pytest

from hall.rules.imports import BadRows
from hall.rules.scores_file import Score, parse_scores

HEADING = "来源,类别,月份,指标,得分,满分,调查人数,报告"
GOOD = "示例咨询公司,第三方评价,2026-11,服务态度,92.5,100,380,示评〔2026〕11号"


def test_a_score_is_read_with_what_is_not_told_left_open() -> None:
    others = ("区人大代表联络站,两代表一委员,2026年3月,总体满意度,4,5,,", "某社区,residents,2026/12,秩序,0,10,0,")
    text = "\n".join((HEADING, GOOD, *others))
    assert parse_scores(text) == (
        Score("示例咨询公司", "third_party", date(2026, 11, 1), "服务态度", 9250, 10000, 380, "示评〔2026〕11号"),
        Score("区人大代表联络站", "deputies", date(2026, 3, 1), "总体满意度", 400, 500, None, ""),
        Score("某社区", "residents", date(2026, 12, 1), "秩序", 0, 1000, 0, ""),
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (",第三方评价,2026-11,服务态度,92,100,,", "来源：不能为空"),
        ("甲,媒体,2026-11,服务态度,92,100,,", "“媒体”不是评议类别，应为第三方评价、两代表一委员、群众评议"),
        ("甲,第三方评价,2026-13,服务态度,92,100,,", "“2026-13”不是月份"),
        ("甲,第三方评价,十一月,服务态度,92,100,,", "不是月份"),
        ("甲,第三方评价,1999-11,服务态度,92,100,,", "不是月份"),
        (f"甲,第三方评价,2026-11,{'长' * 61},92,100,,", "指标：不能为空，也不超过 60 个字"),
        ("甲,第三方评价,2026-11,服务态度,优,100,,", "得分：“优”不是分数"),
        ("甲,第三方评价,2026-11,服务态度,-1,100,,", "得分：“-1”不是分数"),
        ("甲,第三方评价,2026-11,服务态度,NaN,100,,", "得分：“NaN”不是分数"),
        ("甲,第三方评价,2026-11,服务态度,9.255,100,,", "最多两位小数"),
        ("甲,第三方评价,2026-11,服务态度,0,0,,", "满分：应大于 0"),
        ("甲,第三方评价,2026-11,服务态度,101,100,,", "得分高于满分"),
        ("甲,第三方评价,2026-11,服务态度,92,100,很多,", "“很多”不是人数"),
        (GOOD, "与第2行的来源、月份、指标相同"),
    ],
)
def test_a_line_that_cannot_be_taken_refuses_the_file(line: str, fault: str) -> None:
    with pytest.raises(BadRows, match="没有导入任何内容") as refused:
        parse_scores(f"{HEADING}\n{GOOD}\n{line}\n")
    assert [row.line for row in refused.value.rows] == [3]
    assert fault in refused.value.rows[0].reason
