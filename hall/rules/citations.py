"""Laws as an official paper cites them, also where the catalogue writes 城市道路管理条例第42条(6)."""

import re

_ORDER = re.compile(r"[;；]")
_KINDS = "法|条例|规定|办法|规则|细则|决定"
_NAME = rf"(?P<name>(?!同|本|该|参照|依据|地方)[^《》()（）、，,\d]+(?:{_KINDS}))"
_LAW = re.compile(rf"{_NAME}(?P<note>[(（][^()（）]*[)）])?")
_FIRST_ARTICLE = re.compile(r"第(?=[\d一二三四五六七八九十百])")
_ARTICLES = re.compile(r"第(\d[\d、\-–—至]*)条")
_SPAN = re.compile(r"[\-–—至]")
_PART = re.compile(r"第(\d+)([款项])")
_ITEMS = re.compile(r"(?:[(（]\d+[)）])+")
_LEFT_OVER = re.compile(r"[\d()\-–—]|（(?![一二三四五六七八九十]+）)")
_DIGITS = "零一二三四五六七八九"


def in_full(citation: str) -> str:
    """The citation with book-title marks and Chinese numerals; a part that is not understood stays as it is.

    Items are written without brackets, as the courts' rules for judgments have it (人民法院民事裁判文书制作规范).
    """
    return "；".join(_part_in_full(part.strip()) for part in _ORDER.split(citation))


def _part_in_full(part: str) -> str:
    place = _FIRST_ARTICLE.search(part)
    name, rest = (part[: place.start()], part[place.start() :]) if place else (part, "")
    law = _LAW.fullmatch(name)
    articles = _articles_in_full(rest)
    if law is None or (law["note"] and not place) or _LEFT_OVER.search(articles):
        return part
    note = law["note"] or ""
    return f"《{law['name']}》{_widened(note)}{articles}"


def _articles_in_full(rest: str) -> str:
    """第29条(2)(3) as 第二十九条第二项、第三项."""
    rest = _ARTICLES.sub(lambda found: _several(found[1]), rest)
    rest = _PART.sub(lambda found: f"第{numeral(int(found[1]))}{found[2]}", rest)
    return _ITEMS.sub(
        lambda found: "、".join(f"第{numeral(int(number))}项" for number in re.findall(r"\d+", found[0])), rest
    )


def _several(numbers: str) -> str:
    """11、17 or 29-33 as articles, each named."""
    spans = (_SPAN.split(each) for each in numbers.split("、"))
    return "、".join("至".join(f"第{numeral(int(number))}条" for number in span if number) for span in spans)


def _widened(note: str) -> str:
    return note.translate(str.maketrans("(),", "（），"))


def numeral(number: int) -> str:
    """一, 十, 一十一 only after a hundred (一百一十一), 二十; the number itself from a thousand on."""
    if number >= 1000:
        return str(number)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{_DIGITS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones or not words else "")
