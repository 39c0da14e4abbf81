"""Identity numbers and personal data: what a valid number is, what it tells, how a screen masks it."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from hall.errors import Refused

IdKind = Literal["resident", "foreigner", "hmt"]
Sex = Literal["男", "女"]

# GB 11643 (ISO 7064 MOD 11-2): weights of the first 17 digits, check character by remainder.
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
# GB 32100: digits and capitals without I, O, S, V, Z; weights 3^i mod 31.
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_FORM = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")
_RESIDENT_FORM = re.compile(r"[0-9]{17}[0-9X]")
_FOREIGNER_2017_FORM = re.compile(r"[A-Z]{3}[0-9]{12}")
# 2023 form: 9, then a province (11 to 82), then a numeric country.
# 99 is no province: numbers of the fictitious area 999999 stay resident.
_FOREIGNER_2023_START = re.compile(r"9[1-8]")
_HMT_STARTS = ("810000", "820000", "830000")
_MOBILE_FORM = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE_FORM = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([2-9][0-9]{6,7})")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, " \t\r\n\u3000"))

_ID = "身份证号码"
_CREDIT = "统一社会信用代码"


class BadNumber(Refused):
    """A number cannot be right. The sentence says why and never repeats the number."""


class WrongLength(BadNumber):
    """Too short or too long."""

    def __init__(self, what: str, length: int, *, expected: str) -> None:
        super().__init__(f"{what}应为 {expected} 位，现在是 {length} 位，请核对后重新输入。")


class WrongCharacters(BadNumber):
    """A character that the number's form does not allow at its place."""

    def __init__(self, what: str, allowed: str) -> None:
        super().__init__(f"{what}含有不允许的字符：{allowed}。请核对后重新输入。")


class WrongDate(BadNumber):
    """The birth date inside does not exist or has not come yet."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}里的出生日期（第 7 至 14 位）{why}，请核对后重新输入。")


class WrongCheckDigit(BadNumber):
    """The check character does not fit the others: a digit was mistyped or two were swapped."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}校验不符，可能有一位输错或两位颠倒，请逐位核对。")


class OldNumber(BadNumber):
    """A 15-digit number of the first generation (out of use since 2013-01-01, 居民身份证法 23)."""

    def __init__(self) -> None:
        super().__init__("第一代身份证号码已停用，请使用18位公民身份号码。")


class BadPhone(Refused):
    """Not a telephone number of the mainland."""

    def __init__(self) -> None:
        super().__init__("电话号码不对：手机号为 11 位，固定电话请带区号，例如 010 开头。请核对后重新输入。")


class NotYetBorn(Refused):
    """An age was asked for a day before the birth."""

    def __init__(self) -> None:
        super().__init__("出生日期晚于计算日期，请核对出生日期。")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A checked number in its normal form, with what it tells; None where it does not."""

    kind: IdKind
    number: str = field(repr=False)
    birth: date | None = field(repr=False)
    sex: Sex | None = field(repr=False)


def parse_id_number(text: str, *, today: date | None = None) -> IdNumber:
    """Check a number of any card form: resident, HMT (GB 11643), foreigner 2017 and 2023.

    With `today`, a birth after that day is refused too. Raises a BadNumber.
    """
    number = normalise(text)
    if len(number) == 15:
        return _fifteen(number)
    if len(number) != 18:
        raise WrongLength(_ID, len(number), expected="18")
    if not _RESIDENT_FORM.fullmatch(number):
        raise WrongCharacters(_ID, "前 17 位只能是数字，最后一位是数字或 X")
    birth = _birth(number, today)
    if id_check_digit(number[:17]) != number[17]:
        raise WrongCheckDigit(_ID)
    if _FOREIGNER_2023_START.match(number):
        return IdNumber("foreigner", number, birth, None)
    sex: Sex = "男" if int(number[16]) % 2 else "女"
    return IdNumber("hmt" if number.startswith(_HMT_STARTS) else "resident", number, birth, sex)


def _fifteen(number: str) -> IdNumber:
    if _FOREIGNER_2017_FORM.fullmatch(number):
        return IdNumber("foreigner", number, None, None)
    if number.isdigit():
        raise OldNumber
    raise WrongCharacters("15 位的永久居留身份证号码", "应为 3 个字母加 12 位数字")


def _birth(number: str, today: date | None) -> date:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise WrongDate(_ID, "不存在") from None
    if today is not None and birth > today:
        raise WrongDate(_ID, "晚于今天")
    return birth


def id_check_digit(digits: str) -> str:
    """The 18th character for 17 digits (GB 11643 §4.2.4)."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=True))
    return _ID_CHECKS[total % 11]


def parse_credit_code(text: str) -> str:
    """Check a unified social credit code (GB 32100) and give its normal form. Raises a BadNumber."""
    code = normalise(text)
    if len(code) != 18:
        raise WrongLength(_CREDIT, len(code), expected="18")
    if not _CREDIT_FORM.fullmatch(code):
        raise WrongCharacters(_CREDIT, "只能是数字和大写字母（不含 I、O、S、V、Z），第 3 至 8 位是数字")
    total = sum(pow(3, place, 31) * _CREDIT_ALPHABET.index(sign) for place, sign in enumerate(code[:17]))
    if _CREDIT_ALPHABET[-total % 31] != code[17]:
        raise WrongCheckDigit(_CREDIT)
    return code


def parse_phone(text: str) -> str:
    """A mobile number as 11 digits or a landline as `area-number`; +86 is dropped. Raises BadPhone."""
    number = normalise(text)
    if _MOBILE_FORM.fullmatch(number.replace("-", "").removeprefix("+86")):
        return number.replace("-", "").removeprefix("+86")
    if landline := _LANDLINE_FORM.fullmatch(number):
        return f"{landline[1]}-{landline[2]}"
    raise BadPhone


def normalise(text: str) -> str:
    """Half-width, upper-case, without blanks: how a typed or scanned number is compared."""
    return text.translate(_NARROW).upper()


def age_on(birth: date, day: date) -> int:
    """Full years (周岁) on a day; a birthday on 29 February is 1 March in a common year."""
    if day < birth:
        raise NotYetBorn
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def mask_id_number(number: str) -> str:
    """First 6 and last 4 of 18 characters; of any other length at most a quarter at each end."""
    number = normalise(number)
    if len(number) == 18:
        return _hide(number, 6, 4)
    quarter = len(number) // 4
    return _hide(number, min(3, quarter), min(4, quarter))


def mask_name(name: str) -> str:
    """张* for two characters, 张*明 for three or more; one character is hidden altogether."""
    name = name.strip()
    return _hide(name, 1 if len(name) > 1 else 0, 1 if len(name) > 2 else 0)


def mask_phone(phone: str) -> str:
    """First 3 and last 4 of a mobile number or landline; shorter texts show at most a quarter at each end."""
    phone = normalise(phone)
    if len(phone) >= 10:
        return _hide(phone, 3, 4)
    quarter = len(phone) // 4
    return _hide(phone, quarter, quarter)


def _hide(text: str, head: int, tail: int) -> str:
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


# A place name of at most 8 characters; after its first character no street, number, village or township,
# so that 镇江市, 新乡市 and 路南区 are places and 幸福路小区 is not.
_PLACE = r"[^\W\d](?:(?![镇乡](?![市县区]))[^\W\d路街道巷弄号村]){0,7}?"
_REGION = re.compile(
    rf"(?P<province>{_PLACE}(?:省|自治区|特别行政区))?"
    rf"(?P<city>{_PLACE}(?:市|自治州|地区|盟))?"
    rf"(?P<district>{_PLACE}(?:(?<![小社园厂校库住治])区|县|旗(?!区)|市))?"
)


def mask_address(address: str) -> str:
    """The address down to its district; what follows, always something, becomes ****."""
    address = address.strip()
    if not address:
        return ""
    found = next(_REGION.finditer(address))  # every part is optional: there is always a match
    ends = [found.end(name) for name in ("district", "city", "province")]
    kept = next((end for end in ends if 0 < end < len(address)), 0)
    return address[:kept] + "****"
