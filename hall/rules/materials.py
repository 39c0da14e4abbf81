"""Materials of an application (申请材料): what was handed in, what is missing, what may not be taken."""

from collections.abc import Iterable
from dataclasses import dataclass

from hall.errors import Refused
from hall.rules.catalogue import MaterialRule, Matter


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What the applicant handed in of one material of the catalogue, by the rule's position."""

    position: int
    originals: int
    copies: int


class MaterialsMissing(Refused):
    """Acceptance needs every required material (行政许可法 32(1)(5))."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(
            f"还缺 {len(missing)} 项材料：{'、'.join(missing)}。材料不齐不能受理，"
            "请当场或在五个工作日内一次性告知补正（行政许可法第三十二条）。"
        )


class ForeignMaterial(Refused):
    """Only materials of the published list may be asked for or taken (行政许可法 31)."""

    def __init__(self) -> None:
        super().__init__("登记的材料不在本事项公布的清单里，不得要求申请人提交无关材料（行政许可法第三十一条）。")


class MaterialTwice(Refused):
    """One material was registered in two lines."""

    def __init__(self, name: str) -> None:
        super().__init__(f"材料“{name}”登记了两次，请合并为一行，写明总份数。")


def missing_materials(rules: Iterable[MaterialRule], handed: Iterable[HandedIn]) -> tuple[str, ...]:
    """Names of required materials that are not there in the full number, with how many are lacking."""
    present = {each.position: each for each in handed}
    return tuple(
        lack
        for rule in rules
        if rule.required and (lack := _lack(rule, present.get(rule.position, HandedIn(rule.position, 0, 0))))
    )


def missing_positions(rules: Iterable[MaterialRule], handed: Iterable[HandedIn]) -> frozenset[int]:
    """Which required materials are not there in the full number."""
    present = tuple(handed)
    return frozenset(rule.position for rule in rules if missing_materials((rule,), present))


def _lack(rule: MaterialRule, handed: HandedIn) -> str:
    originals = max(rule.originals - handed.originals, 0)
    copies = max(rule.copies - handed.copies, 0)
    parts = [f"{word}{count}份" for word, count in (("原件", originals), ("复印件", copies)) if count]
    return f"{rule.name}（{'、'.join(parts)}）" if parts else ""


def check_handed(matter: Matter, handed: tuple[HandedIn, ...]) -> None:
    """Refuse what may not be taken: materials off the published list or registered twice."""
    known = {rule.position: rule.name for rule in matter.materials}
    if any(each.position not in known or min(each.originals, each.copies) < 0 for each in handed):
        raise ForeignMaterial
    positions = [each.position for each in handed]
    if twice := next((known[each] for each in positions if positions.count(each) > 1), ""):
        raise MaterialTwice(twice)


def check_acceptance(matter: Matter, handed: tuple[HandedIn, ...]) -> None:
    """Refuse what may not be accepted: what may not be taken, and required materials that are missing."""
    check_handed(matter, handed)
    if missing := missing_materials(matter.materials, handed):
        raise MaterialsMissing(missing)
