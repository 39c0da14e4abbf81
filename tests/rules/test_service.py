"""Service of papers: each of the six ways with its own proof, its dates, and the day that counts for the limit."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.service import Delivery, NotServed, ServiceRule, Way, check_sent, check_served, done_on

RULE = ServiceRule(date(2024, 1, 1), "测试", ("本人", "代理人"), True)
DAY = date(2026, 11, 23)

PROVED: dict[Way, Delivery] = {
    "direct": Delivery(
        way="direct", issued_on=DAY, sent_on=DAY, today=DAY, served_on=DAY, recipient="张测明", capacity="本人"
    ),
    "left": Delivery(
        way="left", issued_on=DAY, sent_on=DAY, today=DAY, served_on=DAY, refusal="拒收", witness="李见证", servers=2
    ),
    "electronic": Delivery(way="electronic", issued_on=DAY, sent_on=DAY, today=DAY, served_on=DAY, consent=True),
    "post": Delivery(way="post", issued_on=DAY, sent_on=DAY, today=DAY, served_on=DAY, postal_number="EA123"),
    "transfer": Delivery(way="transfer", issued_on=DAY, sent_on=DAY, today=DAY, served_on=DAY, recipient="某部队"),
    "public": Delivery(
        way="public",
        issued_on=DAY,
        sent_on=DAY,
        today=DAY,
        served_on=date(2026, 12, 23),
        proof=True,
        failed_ways=frozenset({"post"}),
    ),
}


@pytest.mark.parametrize("way", PROVED)
def test_each_way_is_proved_in_its_own_manner(way: Way) -> None:
    check_served(PROVED[way], RULE)


@pytest.mark.parametrize("way", ["direct", "electronic", "post", "transfer", "public", "left"])
def test_what_is_under_way_needs_no_day_of_arrival(way: Way) -> None:
    sent = replace(PROVED[way], served_on=None)
    check_sent(sent, RULE)
    with pytest.raises(NotServed, match="没有填送达日期"):
        check_served(sent, RULE)


@pytest.mark.parametrize(
    ("way", "change", "fault"),
    [
        ("direct", {"recipient": " "}, "签收人"),
        ("direct", {"capacity": "邻居"}, "本人、代理人之一"),
        ("left", {"refusal": ""}, "拒收"),
        ("left", {"witness": ""}, "见证人"),
        ("left", {"servers": 1}, "两名"),
        ("electronic", {"consent": False}, "同意书"),
        ("post", {"postal_number": " "}, "邮件号码"),
        ("transfer", {"recipient": ""}, "签收人"),
        ("public", {"proof": False}, "公告的存档"),
        ("public", {"failed_ways": frozenset()}, "下落不明"),
        ("direct", {"sent_on": date(2026, 11, 24)}, "今天之后"),
        ("direct", {"sent_on": date(2026, 11, 20), "served_on": DAY}, "早于文书"),
        ("direct", {"issued_on": date(2026, 11, 20), "served_on": date(2026, 11, 22)}, "早于送出"),
        ("post", {"served_on": date(2026, 11, 24)}, "今天之后"),
    ],
)
def test_what_is_lacking_is_named(way: Way, change: dict[str, object], fault: str) -> None:
    with pytest.raises(NotServed, match=fault):
        check_served(replace(PROVED[way], **change), RULE)  # type: ignore[arg-type]  # fields of a Delivery


def test_all_that_is_lacking_is_named_at_once() -> None:
    with pytest.raises(NotServed) as caught:
        check_served(replace(PROVED["left"], refusal="", witness="", servers=1), RULE)
    assert len(caught.value.reasons) == 3


def test_a_film_replaces_the_witness() -> None:
    check_served(replace(PROVED["left"], witness="", proof=True), RULE)


def test_nobody_knows_where_the_addressee_is_so_the_notice_comes_first() -> None:
    check_sent(replace(PROVED["public"], failed_ways=frozenset(), whereabouts_unknown=True), RULE)


@pytest.mark.parametrize(
    ("way", "day"),
    [("direct", 25), ("left", 25), ("electronic", 25), ("post", 23), ("transfer", 23), ("public", 23)],
)
def test_time_on_the_way_is_not_the_authoritys(way: Way, day: int) -> None:
    assert done_on(way, sent_on=DAY, served_on=date(2026, 11, 25)) == date(2026, 11, day)


def test_a_rule_without_recipients_is_no_rule() -> None:
    with pytest.raises(ValueError, match="capacities"):
        ServiceRule(DAY, "测试", (), True)
