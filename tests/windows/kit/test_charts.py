"""The chart of a day: the hours that matter, figures in words, marks that stand where they should."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from hall.windows.kit import tokens
from hall.windows.kit.charts import HourChart, Series, _step, by_hour


@pytest.fixture
def chart(qtbot: QtBot) -> HourChart:
    widget = HourChart("每小时取号", empty="这一天还没有人取号。")
    qtbot.addWidget(widget)
    widget.resize(480, 200)
    return widget


def colours(chart: HourChart) -> set[str]:
    image: QImage = chart.grab().toImage()
    return {QColor(image.pixel(x, y)).name().upper() for x in range(image.width()) for y in range(image.height())}


def test_an_empty_chart_says_what_would_appear(chart: HourChart) -> None:
    chart.show_series(Series("取号", {}, "full"))
    assert (chart.hours, chart.sentences) == ((), ())
    assert tokens.PRIMARY not in colours(chart)


def test_the_axis_runs_from_the_first_hour_with_a_value_to_the_last(chart: HourChart) -> None:
    chart.show_series(Series("取号", {8: 0, 9: 12, 11: 3}, "full"), Series("等候", {12: 1}, "line", "#B45309"))
    assert chart.hours == (9, 10, 11, 12)
    assert chart.sentences == ("取号：8时 0、9时 12、11时 3", "等候：12时 1")
    assert chart.accessibleDescription() == "；".join(chart.sentences)


def test_bars_lines_and_the_limit_are_drawn(chart: HourChart) -> None:
    series = (
        Series("取号", {9: 12, 10: 40}, "full"),
        Series("办结", {9: 3, 10: 35}, "striped", tokens.SUCCESS),
        Series("最多等候", {9: 20, 10: 30}, "line", "#B45309"),
    )
    chart.show_series(*series, limit=(30, "上限 30 分"))
    assert {tokens.PRIMARY, tokens.SUCCESS, "#B45309", tokens.DANGER} <= colours(chart)
    chart.show_series(*series, limit=(300, "上限 300 分"))
    assert tokens.DANGER not in colours(chart)


def test_narrow_bars_have_no_numbers_and_the_same_figures_are_not_drawn_again(chart: HourChart) -> None:
    many = Series("取号", dict.fromkeys(range(24), 5.0), "full")
    chart.resize(320, 150)
    chart.show_series(many)
    first = chart.grab().toImage()
    chart.show_series(many)
    assert chart.grab().toImage() == first


@pytest.mark.parametrize(("highest", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (9, 5), (21, 10), (60, 20), (130, 50)])
def test_the_grid_has_few_round_steps(highest: float, step: float) -> None:
    assert _step(highest) == step


def test_an_hour_without_a_value_has_no_mark() -> None:
    assert by_hour([(9, None), (10, 2.5)]) == {10: 2.5}
