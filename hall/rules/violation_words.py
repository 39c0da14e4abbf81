"""How a benchmark is told to people: amounts of a tier in words, a violation as the public reads it."""

import re

from hall.rules.guides import GuideSection
from hall.rules.money import yuan
from hall.rules.penalty_terms import Line
from hall.rules.violations import Exemption, Tier, TierObject, ViolationEntry
from hall.words import CORRECTIONS, EXEMPT_LIMBS

PUBLIC_LADDER = (
    "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。",
    "初次违法且危害后果轻微并及时改正的，可以不予行政处罚。",
    "有证据足以证明没有主观过错的，不予行政处罚。",
    "主动消除或者减轻危害后果等情形，应当从轻或者减轻处罚。（行政处罚法第三十二条、第三十三条）",
)
"""What law itself says for every violation, beside any list."""

UNPUBLISHED = "尚未公布，不得作为处罚依据"
_ARTICLE = re.compile(r"第[0-9一二三四五六七八九十百、]+条")


def tier_amount(tier: Tier) -> str:
    """50–200 元, 500 元/平方米，总额不超过 20,000 元, 3 倍以下（应缴费）, 5–10%（建设工程造价）, 不予罚款."""
    if tier.low is None or tier.high is None:
        return "公布时没有金额"
    if not tier.high:
        return "不予罚款"
    cap = "" if tier.cap_fen is None else f"，总额不超过 {_plain(tier.cap_fen)} 元"
    return f"{_span(tier)}{cap}"


def _span(tier: Tier) -> str:
    low, high = _plain(tier.low or 0), _plain(tier.high or 0)
    if tier.unit == "percent":
        base = tier.unit_words.strip("%％").removesuffix("的")
        return f"{_between(low, high, '%')}（{base}）"
    if tier.unit == "multiple":
        base = tier.unit_words.removesuffix("数").removesuffix("倍").removesuffix("的")
        return _between(low, high, " 倍") + (f"（{base}）" if base else "")
    return _between(low, high, f" {tier.unit_words}")


def _between(low: str, high: str, unit: str) -> str:
    if low == high:
        return f"{high}{unit}"
    return f"{high}{unit}以下" if low == "0" else f"{low}–{high}{unit}"


def _plain(hundredths: int) -> str:
    """1,234.50 without what is nothing: 1,234.5, 20,000."""
    return f"{yuan(hundredths):,.2f}".rstrip("0").rstrip(".")


def simple_words(tier: Tier, simple: Line) -> str:
    """Whether a fine of the tier may be decided on the spot: 可以, 不可以, 200 元以下 (行政处罚法 51)."""
    if tier.low is None or tier.high is None or not tier.high:
        return ""
    if tier.unit != "yuan":
        return "看算出的金额"
    kinds: dict[TierObject, tuple[tuple[str, int], ...]] = {
        "citizen": (("公民", simple.citizen_fen),),
        "organisation": (("单位", simple.organisation_fen),),
        "any": (("公民", simple.citizen_fen), ("单位", simple.organisation_fen)),
    }
    told = {who: _below(tier.low, tier.high, limit) for who, limit in kinds[tier.object_kind]}
    if len(set(told.values())) == 1:
        return next(iter(told.values())).strip()
    return "，".join(f"{who}{words}" for who, words in told.items())


def _below(low: int, high: int, limit: int) -> str:
    if high <= limit:
        return "可以"
    return "不可以" if low > limit else f" {_plain(limit)} 元以下"


def exemption_words(exemption: Exemption) -> tuple[str, ...]:
    """A rule of a list: what it lets happen, on which conditions, from which list."""
    limits = (
        ("范围：", exemption.quantity_limit),
        ("初次：", f"{exemption.first_time_months} 个月内没有同样的违法行为" if exemption.first_time_months else ""),
        ("改正：", f"{exemption.correct_within_hours} 小时内" if exemption.correct_within_hours else ""),
        ("证据：", _listed(exemption.evidence)),
        ("不适用：", _listed(exemption.excluded_if)),
        ("清单：", exemption.list_number),
    )
    head = f"{EXEMPT_LIMBS[exemption.limb]}：{exemption.conditions}"
    return (head, *(f"{label}{words}" for label, words in limits if words))


def norm_title(entry: ViolationEntry) -> str:
    """The law that punishes, without number and article: 城市道路管理条例. The public looks by it."""
    for cited in (entry.penalty_article, entry.legal_basis):
        title = re.split(r"[（(;；]", _ARTICLE.split(cited)[0])[0].strip()
        if title and not title.startswith("同"):
            return title
    return "其他规定"


def violation_sections(entry: ViolationEntry) -> tuple[GuideSection, ...]:
    """What the public reads: how much, after which order, what is not punished, by which law, where published."""
    lists = tuple(line for exemption in entry.exemptions for line in exemption_words(exemption))
    published = f"{entry.published_on} 公布，{entry.published_as}" if entry.published_on else UNPUBLISHED
    every = (
        GuideSection("裁量基准", tuple(map(_tier_line, entry.tiers))),
        GuideSection("责令改正", (CORRECTIONS[entry.correction],)),
        GuideSection("本局清单", lists),
        GuideSection("法律规定的不予、从轻、减轻处罚", PUBLIC_LADDER),
        GuideSection("违反的规定", (entry.legal_basis,)),
        GuideSection("处罚的依据", (entry.penalty_article,)),
        GuideSection("公布", (published, f"{entry.valid_from} 起施行" if entry.valid_from else "")),
        GuideSection("案由", (f"{entry.code} {entry.name}",)),
    )
    return tuple(GuideSection(each.title, tuple(filter(None, each.lines))) for each in every if any(each.lines))


def _tier_line(tier: Tier) -> str:
    circumstances = f"（{tier.circumstances}）" if tier.circumstances else ""
    return f"{tier.object_words}　{tier.tier}{circumstances}：{tier_amount(tier)}"


def _listed(words: str) -> str:
    return "、".join(part.strip() for part in re.split(r"[;；]", words) if part.strip())
