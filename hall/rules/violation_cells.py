"""How staff may write amounts, units, objects and the order to correct in one cell of the benchmark file."""

import re
from datetime import date
from typing import NamedTuple

from hall.rules.catalogue_cells import BadCell, day
from hall.rules.money import BadAmount, fen
from hall.rules.violations import Correction, ExemptLimb, TierObject, Unit
from hall.words import TIER_UNITS

_CAP = re.compile(r"[（(](?:总额)?(?:≤|不超过|最高)([0-9.,]+)元?[）)]$")
_CAPPED = re.compile(r"[≤<]|不超过|最高|总额")
_SQUARE = r"(?:平方米|㎡|m2|m²)"
_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"元", "yuan"),
    (rf"元/{_SQUARE}(?:[（(].+[）)])?", "m2"),
    (rf"元/[（(]?{_SQUARE}[·*×][日天][）)]?", "m2_day"),
    (r"元/[株棵]", "tree"),
    (r"元/[只处件个块张条套次户份]", "item"),
    (r"元/(?:车|辆|车次|辆次)", "vehicle"),
    (r"元/吨", "tonne"),
    (r"(?:.+的)?倍数?", "multiple"),
    (r"[%％].+|.+的[%％]", "percent"),
)
_CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_ANYONE = frozenset({"经营者", "个体", "个体工商户", "当事人", "违法行为人", "不限"})
_PERSONS = frozenset({"公民", "个人", "自然人"})
_BODIES = ("单位", "企业", "法人", "组织", "公司", "机构")
_MAY = re.compile(r"可以?(?:罚|并罚|并处|处)")


class UnitCell(NamedTuple):
    """A unit, its words, and the cap of the whole fine in fen."""

    unit: Unit
    words: str
    cap_fen: int | None


def violation_code(cell: str) -> str:
    """Letters and digits, parts joined by hyphens: CF001, CF009-2."""
    if not _CODE.fullmatch(cell):
        raise BadCell(f"“{cell[:30]}”不是案由编码，请用字母、数字，可用连字符分段，如 CF009-2")
    return cell


def amount(cell: str) -> int | None:
    """Hundredths of the row's unit; an empty cell: the published row names no amount."""
    if not cell:
        return None
    try:
        return fen(cell)
    except BadAmount as bad:
        raise BadCell(str(bad).removesuffix("。")) from bad


def unit(cell: str) -> UnitCell:
    """元, 元/平方米, 元/(平方米·日), 元/株, 应缴费的倍数, %建设工程造价 …, with the cap in brackets: (总额≤20000)."""
    plain = cell.replace(" ", "")
    cap = _CAP.search(plain)
    words = plain[: cap.start()] if cap else plain
    if not cap and _CAPPED.search(plain):
        raise BadCell(f"“{cell[:30]}”的总额上限请写成括号里的数字，如 元/平方米(总额≤20000)")
    for pattern, found in _UNITS:
        if re.fullmatch(pattern, words):
            return UnitCell(found, words, amount(cap[1]) if cap else None)
    known = "、".join(TIER_UNITS.values())
    raise BadCell(
        f"不认识计罚单位“{cell[:30]}”，请写：{known}；倍数写如“应缴费的倍数”，百分比写如“%建设工程造价”，"
        "总额上限写在括号里，如 元/平方米(总额≤20000)"
    )


def object_kind(cell: str) -> TierObject:
    """公民, 单位, 公民/单位 …: for whom a row is; 经营者 and 个体工商户 may be either: each case is classed."""
    kinds = {_one_object(word.strip()) for word in re.split(r"[/、；;，,]", cell) if word.strip()}
    if not kinds:
        raise BadCell("不能为空，请写公民、单位，或公民/单位")
    return kinds.pop() if len(kinds) == 1 else "any"


def _one_object(word: str) -> TierObject:
    if word in _ANYONE:
        return "any"
    if word in _PERSONS:
        return "citizen"
    if word.endswith(_BODIES):
        return "organisation"
    raise BadCell(f"不认识处罚对象“{word[:20]}”，请写公民、单位（可写明是什么单位）、经营者，几种之间用顿号或斜线")


def correction(cell: str) -> Correction:
    """否; 责令改正; 责令限期改正,可以罚; 是(逾期不改正才罚): how an order to correct stands to the fine."""
    if cell in {"", "否"}:
        return "none"
    if cell.startswith("是"):
        return "first"
    if cell.startswith("责令"):
        return "may" if _MAY.search(cell) else "with"
    raise BadCell(f"“{cell[:30]}”看不懂，请写：否、责令改正、责令改正可以罚、是(逾期不改正才罚)")


def exempt_limbs(cell: str) -> tuple[ExemptLimb, ...]:
    """What 是(…) says is not punished; 否, nothing, and hearsay about other lists (地方常列) exempt nothing here."""
    if not cell.startswith("是"):
        return ()
    named: list[ExemptLimb] = []
    if "轻微" in cell:
        named.append("slight")
    if "减轻" in cell or "从轻" in cell:
        named.append("removed")
    if "首" in cell or not named:
        named.append("first_time")
    return tuple(named)


def optional_day(cell: str) -> date | None:
    """A day, or none."""
    return day(cell) if cell else None


def whole(cell: str) -> int | None:
    """A whole number from 1 to 9999, or none."""
    if not cell:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,3}", cell):
        raise BadCell(f"“{cell[:20]}”请写1到9999的整数")
    return int(cell)
