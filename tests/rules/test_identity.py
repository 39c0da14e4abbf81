"""Identity numbers, ages and masks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import Refused
from hall.rules.identity import (
    BadNumber,
    BadPhone,
    IdNumber,
    NotYetBorn,
    OldNumber,
    WrongCharacters,
    WrongCheckDigit,
    WrongDate,
    WrongLength,
    age_on,
    id_check_digit,
    mask_address,
    mask_id_number,
    mask_name,
    mask_phone,
    normalise,
    parse_credit_code,
    parse_id_number,
    parse_phone,
)


@pytest.mark.parametrize(
    ("text", "kind", "birth", "sex"),
    [
        ("11010519491231002X", "resident", date(1949, 12, 31), "女"),
        ("11010519491231002x", "resident", date(1949, 12, 31), "女"),
        ("440524188001010014", "resident", date(1880, 1, 1), "男"),
        (" 999999 19850612 0013 ", "resident", date(1985, 6, 12), "男"),
        ("９９９９９９１９８５０６１２００１３", "resident", date(1985, 6, 12), "男"),
        ("11010519491231002Ｘ", "resident", date(1949, 12, 31), "女"),
        ("830000199408239994", "hmt", date(1994, 8, 23), "男"),
        ("911999198108030029", "foreigner", date(1981, 8, 3), None),
        ("XXA999985061201", "foreigner", None, None),
        ("xxa999985061201", "foreigner", None, None),
    ],
)
def test_a_right_number_tells_kind_birth_and_sex(text: str, kind: str, birth: date | None, sex: str | None) -> None:
    number = parse_id_number(text)
    assert (number.kind, number.number, number.birth, number.sex) == (kind, normalise(text), birth, sex)


@pytest.mark.parametrize(
    ("text", "error", "word"),
    [
        ("", WrongLength, "现在是 0 位"),
        ("99999919850612001", WrongLength, "现在是 17 位"),
        ("9999991985061200133", WrongLength, "现在是 19 位"),
        ("99999919850612001A", WrongCharacters, "前 17 位"),
        ("9999991985061X0013", WrongCharacters, "前 17 位"),
        ("٩99999198506120013", WrongCharacters, "前 17 位"),
        ("999999198502300013", WrongDate, "不存在"),
        ("999999198513010013", WrongDate, "不存在"),
        ("999999000006120013", WrongDate, "不存在"),
        ("999999198506120014", WrongCheckDigit, "校验不符"),
        ("999999198506120031", WrongCheckDigit, "校验不符"),
        ("99999919850612001X", WrongCheckDigit, "校验不符"),
        ("999999850612001", OldNumber, "请使用18位"),
        ("XX9999985061201", WrongCharacters, "3 个字母"),
    ],
)
def test_a_wrong_number_is_refused_with_what_is_wrong(text: str, error: type[BadNumber], word: str) -> None:
    with pytest.raises(error, match=word) as caught:
        parse_id_number(text)
    assert isinstance(caught.value, Refused)
    assert not text or text not in str(caught.value)


def test_a_birth_after_today_is_refused_only_when_today_is_given() -> None:
    assert parse_id_number("999999198506120013", today=date(1985, 6, 12)).birth == date(1985, 6, 12)
    with pytest.raises(WrongDate, match="晚于今天"):
        parse_id_number("999999198506120013", today=date(1985, 6, 11))


def test_a_number_does_not_show_in_its_repr() -> None:
    assert repr(parse_id_number("999999198506120013")) == "IdNumber(kind='resident')"


@given(
    area=st.integers(110000, 659999),
    birth=st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    serial=st.integers(0, 999),
    place=st.integers(0, 16),
    other=st.integers(1, 9),
)
def test_any_single_mistyped_digit_is_noticed(area: int, birth: date, serial: int, place: int, other: int) -> None:
    digits = f"{area}{birth:%Y%m%d}{serial:03d}"
    right = digits + id_check_digit(digits)
    assert parse_id_number(right) == IdNumber("resident", right, birth, "男" if serial % 2 else "女")
    wrong = right[:place] + str((int(right[place]) + other) % 10) + right[place + 1 :]
    with pytest.raises(BadNumber):
        parse_id_number(wrong)


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "9144030071526726XG",
        "914403001922038216",
        "91330100799655058B",
        "11321281014422781F",
        "11371302MB2861293F",
    ],
)
def test_published_credit_codes_are_right(code: str) -> None:
    assert parse_credit_code(code) == code
    assert parse_credit_code(f" {code.lower()}　") == code


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("91350100M000100Y4", WrongLength),
        ("91350100M000100Y44", WrongCheckDigit),
        ("91350100M000100I43", WrongCharacters),
        ("91350A00M000100Y43", WrongCharacters),
    ],
)
def test_a_wrong_credit_code_is_refused_without_being_repeated(code: str, error: type[BadNumber]) -> None:
    with pytest.raises(error, match="统一社会信用代码") as caught:
        parse_credit_code(code)
    assert code not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("19900000001", "19900000001"),
        ("+86 199-0000-0001", "19900000001"),
        ("１９９００００００01", "19900000001"),
        ("010-20000001", "010-20000001"),
        ("09992000001", "0999-2000001"),
    ],
)
def test_a_phone_number_gets_its_normal_form(text: str, phone: str) -> None:
    assert parse_phone(text) == phone


@pytest.mark.parametrize("text", ["", "1990000000", "12900000001", "20000001", "199000000011", "abc"])
def test_what_is_no_phone_number_is_refused(text: str) -> None:
    with pytest.raises(BadPhone, match="区号") as caught:
        parse_phone(text)
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(1985, 6, 12), date(2026, 6, 11), 40),
        (date(1985, 6, 12), date(2026, 6, 12), 41),
        (date(2026, 6, 12), date(2026, 6, 12), 0),
    ],
)
def test_age_is_counted_in_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(NotYetBorn):
        age_on(date(2026, 6, 12), date(2026, 6, 11))


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("999999199003071234", "999999********1234"),
        ("11010519491231002x", "110105********002X"),
        ("XXA999985061201", "XXA*********201"),
        ("E12345678", "E1*****78"),
        ("1234", "1**4"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_an_id_number_is_masked_more_the_shorter_it_is(number: str, masked: str) -> None:
    assert mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张小明", "张*明"),
        ("张明", "张*"),
        ("张", "*"),
        ("", ""),
        ("欧阳样本", "欧**本"),
        ("李𬳚样", "李*样"),
        ("𬳚𬳚", "𬳚*"),
        (" 张明 ", "张*"),
        ("EXAMPLE", "E*****E"),
    ],
)
def test_a_name_keeps_its_ends(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("19900000001", "199****0001"),
        ("010-20000001", "010*****0001"),
        ("20000001", "20****01"),
        ("110", "***"),
    ],
)
def test_a_phone_number_keeps_three_and_four(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("示例省虚构市样本区测试路１号２栋３０４室", "示例省虚构市样本区****"),
        ("北京市朝阳区建国路1号", "北京市朝阳区****"),
        ("江苏省镇江市京口区中山路", "江苏省镇江市京口区****"),
        ("河南省新乡市红旗区平原路", "河南省新乡市红旗区****"),
        ("延边朝鲜族自治州延吉市某路", "延边朝鲜族自治州延吉市****"),
        ("内蒙古自治区呼伦贝尔市鄂温克族自治旗某街", "内蒙古自治区呼伦贝尔市鄂温克族自治旗****"),
        ("湖北省仙桃市幸福小区3号", "湖北省仙桃市****"),
        ("广东省广州市天河区", "广东省广州市****"),
        ("幸福小区3栋", "****"),
        ("示例省", "****"),
        ("1", "****"),
        ("", ""),
    ],
)
def test_an_address_is_masked_below_its_district(address: str, masked: str) -> None:
    assert mask_address(address) == masked


_TEXTS = st.text(alphabet=st.characters(exclude_characters="*"), min_size=1) | st.text(
    alphabet="示例省虚构市样本区县旗小路镇乡1２　 \n", min_size=1
)


@given(text=_TEXTS)
def test_no_mask_ever_shows_the_whole(text: str) -> None:
    for mask in (mask_id_number, mask_name, mask_phone, mask_address):
        if text.strip():
            assert text.strip() not in mask(text), mask.__name__
        assert text not in mask(text)
