"""The limbs of leniency before a decision (行政处罚法 30–33, 36, 37): what each is made of, where it leads."""

from dataclasses import dataclass
from typing import Literal

Result = Literal["ordinary", "lighter", "reduced", "none"]
"""What may come of a case; the words are `words.PENALTY_RESULTS`."""

Limb = Literal[
    "under_fourteen",
    "incapable",
    "expired",
    "abolished",
    "slight",
    "no_fault",
    "first_time",
    "minor",
    "impaired",
    "removed",
    "coerced",
    "confessed",
    "merit",
    "other",
    "milder_law",
]

Source = Literal["record", "officers"]
"""Who tells whether an element is there: the records by themselves, or officers by evidence."""


@dataclass(frozen=True, slots=True)
class Element:
    """One condition of a limb; all of them are needed. `evidence`: what shows it."""

    code: str
    words: str
    evidence: str
    source: Source = "officers"


@dataclass(frozen=True, slots=True)
class LimbRule:
    """A limb: `binding` says shall (应当) or may (可以); `results` is empty where it only changes the norm."""

    code: Limb
    words: str
    article: str
    binding: Literal["shall", "may"]
    results: tuple[Result, ...]
    elements: tuple[Element, ...]


_CORRECTED = Element("corrected", "及时改正", "改正前后的照片、复查记录；有责令改正通知书的，在所定期限内改正")

LIMBS: dict[Limb, LimbRule] = {
    rule.code: rule
    for rule in (
        LimbRule(
            "under_fourteen",
            "不满十四周岁的未成年人有违法行为",
            "第三十条",
            "shall",
            ("none",),
            (Element("under_fourteen", "行为时不满十四周岁", "身份证、户口簿上的出生日期", "record"),),
        ),
        LimbRule(
            "incapable",
            "精神病人、智力残疾人在不能辨认或者不能控制自己行为时违法",
            "第三十一条",
            "shall",
            ("none",),
            (Element("incapable", "行为时不能辨认或者不能控制自己的行为", "司法鉴定意见、残疾人证、病历，监护人陈述"),),
        ),
        LimbRule(
            "expired",
            "违法行为在法定期限（二年或者五年）内未被发现",
            "第三十六条",
            "shall",
            ("none",),
            (
                Element(
                    "expired",
                    "自行为发生或者终了之日起满二年（涉及生命健康、金融安全且有危害后果的五年）未被发现",
                    "行为时间和发现时间的证据",
                    "record",
                ),
            ),
        ),
        LimbRule(
            "abolished",
            "作出决定时的新规定不认为是违法",
            "第三十七条",
            "shall",
            ("none",),
            (Element("abolished", "新规定不认为是违法", "修改或者废止后的法律、法规、规章条文"),),
        ),
        LimbRule(
            "slight",
            "违法行为轻微并及时改正，没有造成危害后果",
            "第三十三条第一款",
            "shall",
            ("none",),
            (
                Element("slight", "违法行为轻微", "现场检查笔录、照片：数量、面积、持续时间、是否主动"),
                _CORRECTED,
                Element("no_harm", "没有造成危害后果", "现场照片、周边询问笔录、未接投诉的记录"),
            ),
        ),
        LimbRule(
            "no_fault",
            "当事人有证据足以证明没有主观过错",
            "第三十三条第二款",
            "shall",
            ("none",),
            (
                Element("no_fault", "当事人的证据足以证明没有主观过错", "当事人提交的合同、许可、查验记录等"),
                Element("no_special_rule", "法律、行政法规没有另行规定", "所适用的法律、行政法规条文"),
            ),
        ),
        LimbRule(
            "first_time",
            "初次违法且危害后果轻微并及时改正",
            "第三十三条第一款",
            "may",
            ("none",),
            (
                Element("first_time", "初次违法", "本机关以往处罚案件的查询结果、当事人声明", "record"),
                Element("slight_harm", "危害后果轻微", "现场照片、恢复费用、周边询问笔录"),
                _CORRECTED,
                Element(
                    "not_excluded",
                    "没有排除适用的情形",
                    "核对记录：不涉及应当没收的财物、古树名木、超量建筑垃圾、拒不改正、燃气桥梁等公共安全",
                ),
            ),
        ),
        LimbRule(
            "minor",
            "已满十四周岁不满十八周岁的未成年人有违法行为",
            "第三十条",
            "shall",
            ("lighter", "reduced"),
            (Element("minor", "行为时已满十四周岁不满十八周岁", "身份证、户口簿上的出生日期", "record"),),
        ),
        LimbRule(
            "impaired",
            "尚未完全丧失辨认或者控制能力的精神病人、智力残疾人违法",
            "第三十一条",
            "may",
            ("lighter", "reduced"),
            (Element("impaired", "行为时尚未完全丧失辨认或者控制能力", "司法鉴定意见、残疾人证、病历"),),
        ),
        LimbRule(
            "removed",
            "主动消除或者减轻违法行为危害后果",
            "第三十二条第一项",
            "shall",
            ("lighter", "reduced"),
            (
                Element("voluntary", "主动（不是被强制执行的结果）", "当事人陈述、现场记录的时间先后"),
                Element("removed", "危害后果已消除或者减轻", "清理、恢复、补种的照片和复查记录"),
            ),
        ),
        LimbRule(
            "coerced",
            "受他人胁迫或者诱骗实施违法行为",
            "第三十二条第二项",
            "shall",
            ("lighter", "reduced"),
            (Element("coerced", "受他人胁迫或者诱骗", "当事人陈述、聊天记录、证人证言"),),
        ),
        LimbRule(
            "confessed",
            "主动供述行政机关尚未掌握的违法行为",
            "第三十二条第三项",
            "shall",
            ("lighter", "reduced"),
            (
                Element("confessed", "主动供述", "询问笔录"),
                Element("not_known", "供述时行政机关尚未掌握", "投诉、巡查记录的时间"),
            ),
        ),
        LimbRule(
            "merit",
            "配合行政机关查处违法行为有立功表现",
            "第三十二条第四项",
            "shall",
            ("lighter", "reduced"),
            (
                Element("cooperated", "配合查处", "案件办理记录"),
                Element("merit", "有立功表现", "据其线索查实的其他违法行为的案号"),
            ),
        ),
        LimbRule(
            "other",
            "法律、法规、规章规定的其他应当从轻或者减轻的情形",
            "第三十二条第五项",
            "shall",
            ("lighter", "reduced"),
            (
                Element("named_rule", "有法律、法规、规章的明文规定", "规定的名称和条款"),
                Element("rule_met", "本案符合该规定", "该规定所要求的证据"),
            ),
        ),
        LimbRule(
            "milder_law",
            "作出决定时的新规定处罚较轻",
            "第三十七条",
            "shall",
            (),
            (Element("milder_law", "新规定处罚较轻", "行为时和决定时两个版本的裁量基准", "record"),),
        ),
    )
}
"""In the order of law: age and capacity, the time bar and a norm that is gone precede what officers weigh, and 不予
precedes 减轻 and 从轻. 行政处罚法 as amended in 2021."""

NO_PENALTY_LIMBS = frozenset(code for code, rule in LIMBS.items() if rule.results == ("none",))
"""What leads to no penalty."""

CLAIMABLE = tuple(code for code, rule in LIMBS.items() if rule.results)
"""What an application may tick; which version of a norm governs is found by the authority itself (37)."""


def elements_of(limbs: tuple[LimbRule, ...]) -> dict[str, Element]:
    """Every element of some limbs once: 及时改正 belongs to two."""
    return {element.code: element for rule in limbs for element in rule.elements}
