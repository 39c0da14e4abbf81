"""The card value and its form for other programs."""

from dataclasses import replace
from datetime import date

from hall.rules.cards import Card, card_json

CARD = Card(
    kind="resident",
    name="张示例",
    sex="男",
    ethnicity="汉",
    birth=date(1985, 6, 12),
    address="示例省虚构市样本区测试路１号",
    id_number="999999198506120013",
    issuer="虚构市公安局",
    valid_from=date(2018, 5, 1),
    valid_to=date(2038, 5, 1),
)


def test_the_json_has_the_contracts_names_in_order_and_nothing_the_card_lacks() -> None:
    assert list(card_json(CARD).items()) == [
        ("kind", "resident"),
        ("name", "张示例"),
        ("sex", "男"),
        ("ethnicity", "汉"),
        ("birth", "1985-06-12"),
        ("address", "示例省虚构市样本区测试路１号"),
        ("id_number", "999999198506120013"),
        ("issuer", "虚构市公安局"),
        ("valid_from", "2018-05-01"),
        ("valid_to", "2038-05-01"),
    ]


def test_a_card_without_an_end_says_long_term() -> None:
    assert card_json(replace(CARD, valid_to=None))["valid_to"] == "长期"


def test_a_card_is_valid_through_its_last_day() -> None:
    assert not CARD.expired_on(date(2038, 5, 1))
    assert CARD.expired_on(date(2038, 5, 2))
    assert not replace(CARD, valid_to=None).expired_on(date(9999, 1, 1))


def test_a_card_does_not_show_its_holder_in_the_repr() -> None:
    assert repr(CARD) == "Card(kind='resident')"


def test_home_is_the_newest_address_else_the_printed_one_else_nothing() -> None:
    assert CARD.home_address == CARD.address
    moved = replace(CARD, newest_address="示例省虚构市搬迁路２号")
    assert (moved.home_address, moved.address) == ("示例省虚构市搬迁路２号", CARD.address)
    assert replace(CARD, address=None).home_address == ""
