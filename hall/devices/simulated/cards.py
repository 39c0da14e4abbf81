"""Fictitious cards for demo and tests: numbers of nobody (area 999999, country 999) that pass the check."""

from datetime import date

from hall.rules.cards import Card

ZHANG_SHILI = Card(
    kind="resident",
    name="张示例",
    sex="男",
    ethnicity="汉",
    birth=date(1985, 6, 12),
    address="示例省虚构市样本区测试路１号２栋３０４室",
    id_number="999999198506120013",
    issuer="虚构市公安局样本分局",
    valid_from=date(2018, 5, 1),
    valid_to=date(2038, 5, 1),
)

# The second character lies outside the BMP: two UTF-16 units on the card, one character on the screen.
LI_RARE = Card(
    kind="resident",
    name="李𬭚样",
    sex="女",
    ethnicity="维吾尔",
    birth=date(1972, 11, 3),
    address="示例省虚构市样本区虚拟街８８号",
    newest_address="示例省虚构市新样本区搬迁路２号",
    id_number="999999197211030024",
    issuer="虚构市公安局样本分局",
    valid_from=date(2020, 2, 29),
    valid_to=date(2040, 2, 28),
)

# An ethnic code that GB/T 3304 does not list, and a card without an end.
WANG_LONG_TERM = Card(
    kind="resident",
    name="王测",
    sex="女",
    ethnicity="81",
    birth=date(1966, 1, 20),
    address="示例省虚构县样本乡测试村",
    id_number="999999196601200047",
    issuer="虚构县公安局",
    valid_from=date(2016, 1, 1),
    valid_to=None,
)

FOREIGNER_2017 = Card(
    kind="foreigner",
    name="样本",
    sex="男",
    birth=date(1985, 6, 12),
    id_number="XXA999985061201",
    valid_from=date(2018, 3, 1),
    valid_to=date(2028, 2, 29),
    english_name="EXAMPLE, PERSON OF NOWHERE",
    country="XXA",
)

FOREIGNER_2023 = Card(
    kind="foreigner",
    name="FICTITIOUS-SPECIMEN, ALEXANDRINA MARGUERITE",
    sex="女",
    birth=date(1981, 8, 3),
    id_number="911999198108030029",
    valid_from=date(2023, 12, 1),
    valid_to=date(2033, 12, 1),
    english_name="FICTITIOUS-SPECIMEN, ALEXANDRINA MARGUERITE",
    country="XXA",
    issue_count="01",
)

HMT = Card(
    kind="hmt",
    name="陈虚构",
    sex="男",
    birth=date(1994, 8, 23),
    address="示例省虚构市样本区海峡路３号",
    id_number="830000199408239994",
    issuer="虚构市公安局",
    valid_from=date(2021, 9, 1),
    valid_to=date(2026, 9, 1),
    permit_number="T99999999",
    issue_count="02",
)

ALL_CARDS = (ZHANG_SHILI, LI_RARE, WANG_LONG_TERM, FOREIGNER_2017, FOREIGNER_2023, HMT)
