"""The intake (收件): who may apply, what may follow later, which applications are alike, what a notice must say."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.catalogue import ApplicantKind, Limit, Matter
from hall.rules.materials import HandedIn, missing_materials, missing_positions
from hall.rules.versions import Versions
from hall.words import APPLICANT_KINDS, CASE_PURPOSES

Purpose = Literal["new", "change", "renewal", "cancel"]
Limb = Literal["not_needed", "not_competent", "barred"]
"""Why acceptance is refused: 行政许可法 32(1)(1), 32(1)(2), and the bars of 78 and 79."""


@dataclass(frozen=True, slots=True)
class IntakeRule:
    """What the hall lays down for its intake; days are workdays but for `duplicate_days` and `informed_check_days`."""

    effective_from: date
    source: str
    supplement_days: int
    silence: str
    """What a supplement notice says of an applicant who does not come."""
    lacking_margin: int
    lacking_longest: int
    informed_check_days: int
    duplicate_days: int
    duplicate_percent: int
    enquiry_days: int

    def __post_init__(self) -> None:
        if self.supplement_days < 1 or self.lacking_longest < 1:
            raise ValueError("supplement_days 和 lacking_longest 至少是 1")
        if not 0 <= self.duplicate_percent <= 100:
            raise ValueError("duplicate_percent 应在 0 到 100 之间")


IntakeRules = Versions[IntakeRule]


class WrongKind(Refused):
    """The matter is not for applicants of this kind."""

    def __init__(self, matter: Matter, kind: ApplicantKind) -> None:
        self.kind = kind
        allowed = "、".join(word for each, word in APPLICANT_KINDS.items() if each in matter.applicant_kinds)
        super().__init__(
            f"“{matter.name}”只受理{allowed}的申请，申请人是{APPLICANT_KINDS[kind]}。请核对申请人类型或事项。"
        )


class CertificateNeeded(Refused):
    """A change, a renewal or a cancellation is about a certificate."""

    def __init__(self, purpose: Purpose) -> None:
        super().__init__(f"{CASE_PURPOSES[purpose]}要写明是哪一份证件，请选择申请人的有效证件。")


class NoCertificateMeant(Refused):
    """A new application is about no certificate."""

    def __init__(self) -> None:
        super().__init__("新办不涉及已有的证件。要变更、延续或注销，请先改申请类型。")


class NotLackable(Refused):
    """容缺受理 is not for this application; the sentence says why."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能容缺受理：{why}。可以一次性告知补正。")


class BadNotice(Refused):
    """A supplement notice that does not say everything at once, or not clearly (行政许可法 32(1)(4))."""

    def __init__(self, why: str) -> None:
        super().__init__(f"补正告知书还不能发出：{why}。")


class NoAuthority(Refused):
    """A refusal for want of competence must name who is competent (行政许可法 32(1)(2))."""

    def __init__(self) -> None:
        super().__init__(
            "不属于本机关职权范围的，须告知申请人向哪个机关申请，请写明有权机关（行政许可法第三十二条第一款第二项）。"
        )


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """One line of a supplement notice: a material of the matter, what is wrong with it, what is wanted."""

    position: int
    defect: str
    requirement: str


def check_applicant(matter: Matter, kind: ApplicantKind) -> None:
    """Raise WrongKind unless the matter is for applicants of this kind."""
    if kind not in matter.applicant_kinds:
        raise WrongKind(matter, kind)


def check_purpose(purpose: Purpose, *, has_certificate: bool) -> None:
    """A certificate for what is about one, none for a new application. Raises CertificateNeeded, NoCertificateMeant."""
    if purpose == "new" and has_certificate:
        raise NoCertificateMeant
    if purpose != "new" and not has_certificate:
        raise CertificateNeeded(purpose)


def lacking_limit(matter: Matter, rule: IntakeRule) -> Limit:
    """How long what lacks may follow: up to the margin before the promise, and never longer than the rule.

    Where nothing is promised, the limit of law stands in its place. Raises NotLackable where no day is left.
    """
    days = _days_to_supply(matter, rule)
    if days < 1:
        raise NotLackable(_no_time(rule))
    return Limit(days, "workday")


def lacking_fault(matter: Matter, handed: Iterable[HandedIn], rule: IntakeRule) -> str:
    """Why 容缺受理 is not possible; empty if it is: the matter allows it and only secondary materials lack."""
    if not matter.lacking_allowed:
        return "本事项没有公布容缺受理"
    missing = missing_positions(matter.materials, handed)
    if not missing:
        return "材料已经齐全，直接受理"
    main = [each.name for each in matter.materials if each.position in missing and not each.secondary]
    if main:
        return f"缺的{'、'.join(main)}是主要材料"
    return _no_time(rule) if _days_to_supply(matter, rule) < 1 else ""


def informed_fault(matter: Matter) -> str:
    """Why 告知承诺 is not possible; empty if it is."""
    if matter.safety:
        return "本事项涉及公共安全"
    return "" if matter.informed_allowed else "本事项没有公布告知承诺"


def check_notice(matter: Matter, lines: tuple[SupplementLine, ...], handed: tuple[HandedIn, ...]) -> None:
    """Everything at once: every missing material has its line, no line asks for more than is published (31, 32).

    Raises BadNotice.
    """
    names = {rule.position: rule.name for rule in matter.materials}
    if not lines:
        raise BadNotice("还没有写明要补正什么")
    positions = [line.position for line in lines]
    if any(each not in names for each in positions):
        raise BadNotice("要求的材料不在本事项公布的清单里（行政许可法第三十一条）")
    if twice := [names[each] for each in dict.fromkeys(positions) if positions.count(each) > 1]:
        raise BadNotice(f"“{twice[0]}”写了两行，请合并为一行")
    if empty := [names[line.position] for line in lines if not (line.defect.strip() and line.requirement.strip())]:
        raise BadNotice(f"“{empty[0]}”没有写清缺陷或补正要求")
    untold = [
        lack
        for rule, lack in zip(matter.materials, _lacks(matter, handed), strict=True)
        if lack and rule.position not in positions
    ]
    if untold:
        raise BadNotice(f"须一次告知全部内容，还没有写{'、'.join(untold)}（行政许可法第三十二条第一款第四项）")


def proposed_lines(matter: Matter, handed: tuple[HandedIn, ...]) -> tuple[SupplementLine, ...]:
    """A line for everything that is missing: what a notice begins with, and the clerk may add to."""
    every = zip(matter.materials, _lacks(matter, handed), strict=True)
    lacks = ((rule, lack.removeprefix(rule.name).strip("（）")) for rule, lack in every)
    return tuple(SupplementLine(rule.position, f"缺{lack}", f"补交{lack}") for rule, lack in lacks if lack)


def check_limb(limb: Limb, competent_authority: str) -> None:
    """Raise NoAuthority where a refusal for want of competence does not name the competent authority."""
    if limb == "not_competent" and not competent_authority.strip():
        raise NoAuthority


def similarity(first: str, second: str) -> int:
    """How alike two descriptions are, in percent: the share of neighbouring pairs of characters they have in common.

    Width, case, blanks and punctuation make no difference. Where one of them says nothing they cannot be told apart.
    """
    one, other = _pairs(first), _pairs(second)
    if not one or not other:
        return 100
    shared = sum(min(count, other.get(pair, 0)) for pair, count in one.items())
    return 200 * shared // (sum(one.values()) + sum(other.values()))


def looks_alike(first: str, second: str, rule: IntakeRule) -> bool:
    """Whether two applications of one person for one matter may be the same one."""
    return similarity(first, second) >= rule.duplicate_percent


def faults_of_acceptance(matter: Matter, handed: tuple[HandedIn, ...], rule: IntakeRule) -> Mapping[str, str]:
    """For every way to accept: what stands against it; empty where nothing does."""
    missing = missing_materials(matter.materials, handed)
    return {
        "accept": f"还缺{'、'.join(missing)}" if missing else "",
        "accept_lacking": lacking_fault(matter, handed, rule),
        "accept_informed": informed_fault(matter),
    }


def _days_to_supply(matter: Matter, rule: IntakeRule) -> int:
    basis = matter.promised or matter.statutory
    if basis is None or basis.unit == "hour":
        return rule.lacking_longest
    return min(basis.days - rule.lacking_margin, rule.lacking_longest)


def _no_time(rule: IntakeRule) -> str:
    return f"办理时限太短，材料须在期满前{rule.lacking_margin}个工作日补齐，已没有时间"


def _lacks(matter: Matter, handed: tuple[HandedIn, ...]) -> tuple[str, ...]:
    """For each material of the matter what is missing of it; empty where nothing is."""
    return tuple("".join(missing_materials((rule,), handed)) for rule in matter.materials)


def _pairs(text: str) -> Mapping[str, int]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
    found: dict[str, int] = {}
    for place in range(len(plain) - 1 if len(plain) > 1 else len(plain)):
        pair = plain[place : place + 2]
        found[pair] = found.get(pair, 0) + 1
    return found
