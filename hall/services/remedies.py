"""Where remedies are sought, for the paragraph that decisions end with (行政复议法 24, 行政诉讼法 18)."""

import re
from dataclasses import dataclass
from pathlib import Path

from hall.printing.declarations import Remedy
from hall.services.case_paper import Field
from hall.services.parameters import Parameters, parameters

# 复议法 24: a bureau's acts are reviewed by the people's government of the same level.
_DISTRICT = re.compile(r"^.+?[区县市旗](?=城市管理|城管|综合|行政|执法|市容|住房|自然)")

# 信访工作条例 35: a bureau's reply is rechecked by the next higher authority, which is the same government.
_NAMED: dict[Remedy, tuple[str, ...]] = {
    "none": (),
    "required": ("review_government", "court_name"),
    "review_first": ("review_government", "court_name"),
    "recheck": ("review_government",),
    "objection": (),
}


@dataclass(frozen=True, slots=True)
class Remedies:
    """The government that reviews the bureau's decisions, and the court."""

    government: str
    court: str


def remedies(authority: str, home: Path) -> Remedies:
    """From `remedies.toml`; what is left empty there follows from the bureau's own name."""
    told = parameters(home, "remedies.toml", _told)
    found = _DISTRICT.match(authority)
    place = found.group() if found else ""
    return Remedies(
        government=told.government or (f"{place}人民政府" if place else "本级人民政府"),
        court=told.court or (f"{place}人民法院" if place else "有管辖权的人民法院"),
    )


def remedy_fields(authority: str, home: Path, *, remedy: Remedy) -> dict[str, Field]:
    """Those whom a kind of remedy is sought with, as a template's fields; the government is also who rechecks."""
    if not _NAMED[remedy]:
        return {}
    found = remedies(authority, home)
    told: dict[str, Field] = {"review_government": found.government, "court_name": found.court}
    return {name: told[name] for name in _NAMED[remedy]}


def _told(table: Parameters) -> Remedies:
    return Remedies(_text(table, "government"), _text(table, "court"))


def _text(table: Parameters, key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} 应是文字，可以是空的")
    return value.strip()
