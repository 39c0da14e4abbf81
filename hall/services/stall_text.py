"""What is said of a site and its stalls, the same on screens, papers and exports."""

import json
from collections.abc import Iterable

from hall.rules.stalls import natural
from hall.store.schema.stalls import Stall, StallSite
from hall.words import VENDOR_CATEGORIES

ALL_YEAR = "全年"


def categories_of(site: StallSite) -> tuple[str, ...]:
    """The codes of what may be sold at a site."""
    return tuple(str(code) for code in json.loads(site.categories))


def categories_kept(codes: Iterable[str]) -> str:
    """The same as they are stored, in the order of the words."""
    wanted = set(codes)
    return json.dumps([code for code in VENDOR_CATEGORIES if code in wanted])


def category_words(codes: Iterable[str]) -> str:
    """蔬菜瓜果、日用百货."""
    return "、".join(VENDOR_CATEGORIES[code] for code in codes)


def season_words(site: StallSite) -> str:
    """全年, or 11月15日至次年2月28日."""
    if not site.season_from:
        return ALL_YEAR
    over = "次年" if site.season_from > site.season_to else ""
    return f"{_day(site.season_from)}至{over}{_day(site.season_to)}"


def kind_words(category: str, *, farmers_only: bool) -> str:
    """What a stall is for: 不限类别, 农副产品（农民自产自销）."""
    words = VENDOR_CATEGORIES[category] if category else "不限类别"
    return f"{words}（农民自产自销）" if farmers_only else words


def stall_words(stall: Stall) -> str:
    """The same of a stall."""
    return kind_words(stall.category, farmers_only=stall.farmers_only)


def list_words(numbers: Iterable[str]) -> str:
    """A1、A2、A10."""
    return "、".join(sorted(numbers, key=natural))


def _day(text: str) -> str:
    month, day = text.split("-")
    return f"{int(month)}月{int(day)}日"
