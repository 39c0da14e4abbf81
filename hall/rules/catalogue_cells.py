"""How staff may write limits, materials, fees and the like in one cell of the catalogue file."""

import re
from datetime import date
from typing import NamedTuple

from hall.errors import Refused
from hall.rules.catalogue import ApplicantKind, Limit, LimitUnit, MaterialRule

_NOTHING = frozenset({"", "—", "-", "－", "无"})
_REPEATS = frozenset({"同上", "同左", "同前"})

_LIMIT = re.compile(r"(\d{1,3})(个?工作日|个?自然日|个?小时)?")
_RANGE = re.compile(r"\d+\D{0,4}[-–—~～至]\D{0,4}\d+.*")
_BRACKET = re.compile(r"[（(](.*)[）)]")
_UNITS: dict[str, LimitUnit] = {"工作日": "workday", "自然日": "day", "小时": "hour"}

_MATERIAL_COUNT = re.compile(r"(原件|复印件)(\d{1,2})份?")
_COUNT_IN_NAME = re.compile(r"\d+份$")
_MATERIAL_SHAPE = "请写成“名称|原件1|复印件2|必要”，可以容缺后补的加写“|次要”，各项材料用分号隔开"

_VALIDITY = re.compile(r"(?:最长|不超过)?(\d{1,2})(年|个月)")
_FEE = re.compile(r"(\d{1,7})(?:\.(\d{1,2}))?元")
_FREE = frozenset({"不收费", "免费", "0", "无"})
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")

_APPLICANTS: dict[str, frozenset[ApplicantKind]] = {
    "自然人": frozenset({"natural"}),
    "公民": frozenset({"natural"}),
    "个人": frozenset({"natural"}),
    "个体工商户": frozenset({"individual_business"}),
    "法人": frozenset({"legal"}),
    "企业法人": frozenset({"legal"}),
    "其他组织": frozenset({"other"}),
    "非法人组织": frozenset({"other"}),
    "企业": frozenset({"legal", "other"}),
    "单位": frozenset({"legal", "other"}),
    "不限": frozenset({"natural", "individual_business", "legal", "other"}),
}


class Validity(NamedTuple):
    """How long a licence holds: in words, and in months where it is one plain length of time."""

    text: str
    months: int | None


class BadCell(Refused):
    """A cell that cannot be taken as it is written; the sentence says how to write it."""


def plain(cell: str) -> str:
    """Text of any length, as written."""
    return cell


def filled(cell: str) -> str:
    """One line of text that stands on its own: staff sort rows in Excel, so 同上 would lose its meaning."""
    if not cell:
        raise BadCell("不能为空，请填写")
    if cell in _REPEATS:
        raise BadCell(f"不能写“{cell}”（排序后就不知指哪一行），请写出完整内容")
    if "\n" in cell or "\r" in cell:
        raise BadCell("格内不能换行，请写成一行")
    return cell


def matter_code(cell: str) -> str:
    """Letters and digits, parts joined by hyphens: XK01-2, 000117025000."""
    if not _CODE.fullmatch(cell):
        raise BadCell(f"“{_short(cell)}”不是事项编码，请用字母、数字，可用连字符分段，如 XK01-2")
    return cell


def limit(cell: str) -> Limit | None:
    """A limit, or None where none is laid down. A bare number means working days (行政许可法 82);
    「日」 alone is refused, because a local rule may mean natural days by it."""
    if cell in _NOTHING:
        return None
    if cell in {"即办", "即办件", "当场办结"}:
        return Limit(0, "workday")
    match = _LIMIT.fullmatch(cell)
    if match is None or int(match[1]) == 0:
        raise BadCell(_limit_fault(cell))
    return Limit(int(match[1]), _UNITS[(match[2] or "工作日").removeprefix("个")])


def _limit_fault(cell: str) -> str:
    quoted = f"“{_short(cell)}”"
    if cell in _REPEATS:
        return f"不能写{quoted}，请写出时限"
    if ";" in cell or "；" in cell:
        return f"{quoted}一格有两个时限，请按情形拆成两个事项（编码各异），每格只写一个"
    if _RANGE.fullmatch(cell):
        return f"{quoted}是区间，请写一个确定的时限（承诺给申请人的最长时限）"
    if bracket := _BRACKET.search(cell):
        return f"{quoted}{_bracket_fault(bracket[1])}"
    if re.fullmatch(r"\d+[日天]", cell):
        return f"{quoted}未写明是工作日还是自然日：许可期限写“工作日”（行政许可法第八十二条），确属自然日的写“自然日”"
    return f"{quoted}不是时限，请写如 20、20工作日、30自然日、24小时，没有时限的留空"


def _bracket_fault(content: str) -> str:
    if "勘" in content:
        return "把现场勘验另计：勘验不在行政许可法第四十五条可扣除之列，请写含勘验的总时限，勘验写在“现场勘验”列"
    if "批准" in content or "延长" in content:
        return "把延期并入时限：延长10日须逐件批准并告知理由（行政许可法第四十二条），请只写未延期的时限"
    return "带有括号说明，请只写时限，说明移到“备注”列"


def materials(cell: str) -> tuple[MaterialRule, ...]:
    """Items separated by ; or line breaks; a name alone means one original, required."""
    if cell in _NOTHING:
        return ()
    items = [item.strip() for item in re.split(r"[;；\n]", cell)]
    return tuple(_material(item, position) for position, item in enumerate(filter(None, items), 1))


def _material(item: str, position: int) -> MaterialRule:
    name, *parts = (part.strip() for part in re.split(r"[|｜]", item))
    if not name or name in _REPEATS:
        raise BadCell(f"申请材料“{_short(item)}”没有名称，{_MATERIAL_SHAPE}")
    if _COUNT_IN_NAME.search(name):
        raise BadCell(f"申请材料“{_short(name)}”的份数写在了名称里，{_MATERIAL_SHAPE}")
    counts: dict[str, int] = {}
    required, secondary, note = True, False, ""
    for part in parts:
        if match := _MATERIAL_COUNT.fullmatch(part):
            counts[match[1]] = int(match[2])
        elif part in {"必要", "非必要"}:
            required = part == "必要"
        elif part == "次要":
            secondary = True
        elif part.startswith("说明："):
            note = part.removeprefix("说明：")
        else:
            raise BadCell(f"申请材料“{_short(name)}”的“{_short(part)}”看不懂，{_MATERIAL_SHAPE}")
    originals, copies = _counts(name, counts)
    return MaterialRule(position, name, originals, copies, required, note, secondary)


def _counts(name: str, counts: dict[str, int]) -> tuple[int, int]:
    if not counts:
        return 1, 0
    if not any(counts.values()):
        raise BadCell(f"申请材料“{_short(name)}”的原件、复印件都是0份，请写份数或删去这一项")
    return counts.get("原件", 0), counts.get("复印件", 0)


def site_visit(cell: str) -> tuple[bool, str]:
    """Whether somebody goes to look, and a remark in brackets. The visit never stops a clock
    (行政许可法 45 is a closed list), so remarks that set time aside are refused."""
    match = re.fullmatch(r"([是否])(?:[（(](.*)[）)])?", cell, re.DOTALL)
    if match is None:
        raise BadCell(f"“{_short(cell)}”请写“是”或“否”，说明写在括号里，如 是(视情况)")
    note = match[2] or ""
    if re.search(r"另计|不计|不含|法定|承诺", note):
        raise BadCell(f"“{_short(cell)}”把勘验时间另计：勘验不在行政许可法第四十五条可扣除之列，请删去该说明")
    return match[1] == "是", note


def validity(cell: str) -> Validity:
    """2年, 最长3年, 6个月 give months (the longest); anything else stays words."""
    if cell in _NOTHING:
        return Validity("", None)
    match = _VALIDITY.fullmatch(cell)
    if match is None:
        return Validity(filled(cell), None)
    return Validity(cell, int(match[1]) * (12 if match[2] == "年" else 1))


def fee(cell: str) -> int:
    """The fee of the licence itself in fen; charges for occupation or repair belong in the note."""
    if cell in _FREE:
        return 0
    match = _FEE.fullmatch(cell)
    if match is None:
        raise BadCell(f"“{_short(cell)}”请写“不收费”，或固定金额如 10.00元；按面积等另行计收的写在“备注”列")
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def applicant_kinds(cell: str) -> frozenset[ApplicantKind]:
    """The kinds named, separated by ; or 、"""
    kinds: frozenset[ApplicantKind] = frozenset()
    for word in re.split(r"[;；、]", cell):
        if word.strip() not in _APPLICANTS:
            raise BadCell(f"“{_short(word)}”不是申请人类型，请用：{'、'.join(_APPLICANTS)}（多个用分号隔开）")
        kinds |= _APPLICANTS[word.strip()]
    return kinds


def day(cell: str) -> date:
    """2026-01-01, or 2026/1/1 as Excel writes it back."""
    match = _DATE.fullmatch(cell)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise BadCell(f"“{_short(cell)}”不是日期，请写如 2026-01-01")


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
