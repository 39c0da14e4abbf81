"""Sites are opened, get their plan picture and their stalls, and are closed; nobody loses a stall by it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.csv_table import decode
from hall.rules.files import media_type_of
from hall.rules.people import Actor
from hall.rules.pictures import NoPicture, size_of
from hall.rules.stall_file import FILE_TITLE, PlacedStall, parse_stalls
from hall.rules.stalls import BadSite, check_hours, season
from hall.services.case_files import file_rules, keep_content
from hall.services.reasons import reason_for, short_text
from hall.services.stall_records import TOPIC, free_stalls, live_grants, locked, move_up, site_locked, stalls_of
from hall.services.stall_text import categories_kept, categories_of
from hall.services.subject_records import add_event, settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.stalls import Stall, StallSite
from hall.words import STALL_SITE_KINDS, VENDOR_CATEGORIES

PLAN_SIZE = (1200, 600)
"""Of a site without a picture, in the units that stalls are placed by."""
LONGEST_TERM = 120


class SiteCodeTaken(Refused):
    """A code stands for one site."""

    def __init__(self, code: str) -> None:
        super().__init__(f"点位编号 {code} 已经用过，请换一个编号。")


class StallInUse(Refused):
    """A stall that somebody holds or was offered does not disappear under them."""

    def __init__(self, number: str) -> None:
        super().__init__(f"摊位 {number} 有人使用、待答复或者正在抽签，不能停用或者改变类别。请先办结。")


class StallsMissing(Refused):
    """The file is the whole layout: a stall is closed by an act of its own, not by leaving it out."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"文件里没有已有的摊位 {missing}。摊位表要写全部摊位；不再用的摊位请用“停用摊位”。")


class PlanShape(Refused):
    """The stalls were placed on a picture of another shape."""

    def __init__(self, size: tuple[int, int], wanted: tuple[int, int]) -> None:
        super().__init__(
            f"新图片 {size[0]}×{size[1]}，摊位是按 {wanted[0]}×{wanted[1]} 摆放的，长宽比例不同，会画歪。"
            "请换一张同样比例的图片。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """A site as it is laid down. `season_from`, `season_to`: MM-DD, both empty for all the year."""

    code: str
    name: str
    kind: str
    place: str
    area: str = ""
    hours: str
    season_from: str = ""
    season_to: str = ""
    categories: tuple[str, ...]
    term_months: int
    rotation_months: int | None = None
    rules: str = ""


@retried
def open_site(store: Store, actor: Actor, *, new: NewSite) -> int:
    """设置便民服务点; gives its key. Raises BadSite, SiteCodeTaken, ReasonNeeded."""
    require(actor, "stall.site")
    season(new.season_from, new.season_to)
    _check(new)
    with store.work("stall.site", actor) as work:
        code = reason_for("设置点位时编号", new.code)
        work.lock(f"stall-site/{code}")
        if work.session.scalar(select(StallSite.id).where(StallSite.hall_id == work.hall_id, StallSite.code == code)):
            raise SiteCodeTaken(code)
        site = _record(work, new, code)
        work.session.add(site)
        work.session.flush()
        add_event(work, "stall_site", site.id, "open", state="open")
        settle_subject(work, TOPIC, "stall_site", site.id, code=code)
        return site.id


@retried
def set_plan(store: Store, actor: Actor, *, site_id: int, content: bytes, home: Path) -> None:
    """Give the site its picture (PNG or JPEG). Once stalls are placed, only another of the same shape.

    Raises NoPicture, PlanShape, FileTooLarge.
    """
    require(actor, "stall.site")
    size = size_of(content)
    with store.work("stall.site", actor) as work:
        site = site_locked(work, site_id)
        placed = (site.plan_width, site.plan_height)
        if not stalls_of(work.session, site_id):
            site.plan_width, site.plan_height = size
        elif abs(size[0] * placed[1] - size[1] * placed[0]) * 100 > size[0] * placed[1] * 2:
            raise PlanShape(size, placed)
        media_type = media_type_of(content, file_rules(home).in_force(business_date(work.now)))
        if not media_type.startswith("image/"):
            raise NoPicture
        site.plan_file_id = keep_content(work, content, media_type)
        add_event(work, "stall_site", site_id, "plan", state="open", detail={"file": site.plan_file_id})
        settle_subject(work, TOPIC, "stall_site", site_id, file=site.plan_file_id)


@retried
def place_stalls(store: Store, actor: Actor, *, site_id: int, content: bytes, home: Path) -> int:
    """Take the whole layout from a file, or nothing; gives how many stalls there are. New stalls go to who waits.

    Raises BadRows, StallsMissing, StallInUse.
    """
    require(actor, "stall.site")
    text = decode(content, FILE_TITLE)
    with store.work("stall.site", actor) as work:
        site = site_locked(work, site_id)
        plan = (site.plan_width, site.plan_height)
        placed = parse_stalls(text, plan=plan, categories=VENDOR_CATEGORIES, allowed=categories_of(site))
        _place(work, site, placed)
        add_event(work, "stall_site", site_id, "place", state="open", detail={"stalls": len(placed)})
        moved = move_up(work, site, home=home)
        settle_subject(work, TOPIC, "stall_site", site_id, stalls=len(placed), offered=moved)
        return len(placed)


@retried
def close_stall(store: Store, actor: Actor, *, stall_id: int, reason: str) -> None:
    """停用摊位 that nobody uses. Raises StallInUse, ReasonNeeded."""
    require(actor, "stall.site")
    why = reason_for("停用摊位", reason)
    with store.work("stall.site", actor) as work:
        site, stall = locked(work, Stall, stall_id)
        if stall.closed_on is None and stall not in free_stalls(work.session, site.id):
            raise StallInUse(stall.number)
        stall.closed_on, stall.closed_why = stall.closed_on or business_date(work.now), why
        add_event(work, "stall_site", site.id, "close_stall", state="open", note=why, detail={"stall": stall.number})
        settle_subject(work, TOPIC, "stall_site", site.id, stall=stall.number, closed=True)


@retried
def reopen_stall(store: Store, actor: Actor, *, stall_id: int, home: Path) -> None:
    """恢复使用: who waits for such a stall is offered it."""
    require(actor, "stall.site")
    with store.work("stall.site", actor) as work:
        site, stall = locked(work, Stall, stall_id)
        stall.closed_on, stall.closed_why = None, ""
        add_event(work, "stall_site", site.id, "reopen_stall", state="open", detail={"stall": stall.number})
        move_up(work, site, home=home)
        settle_subject(work, TOPIC, "stall_site", site.id, stall=stall.number, closed=False)


@retried
def close_site(store: Store, actor: Actor, *, site_id: int, reason: str) -> date:
    """停用点位: nobody comes in any more, every certificate runs to its end; gives the last of these days.

    Who was offered a stall still gets it. Raises BadSite where it is closed already, ReasonNeeded.
    """
    require(actor, "stall.site")
    why = reason_for("停用点位", reason)
    with store.work("stall.site", actor) as work:
        site = site_locked(work, site_id)
        if site.closed_on is not None:
            raise BadSite("这个点位已经停用。")
        site.closed_on, site.closed_why = business_date(work.now), why
        add_event(work, "stall_site", site_id, "close", state="closed", note=why)
        settle_subject(work, TOPIC, "stall_site", site_id, closed=True)
        return max((grant.valid_to for grant in live_grants(work.session, site_id)), default=site.closed_on)


def _check(new: NewSite) -> None:
    if new.kind not in STALL_SITE_KINDS:
        raise BadSite("请选择点位的种类。")
    if not new.categories or not set(new.categories) <= set(VENDOR_CATEGORIES):
        raise BadSite("请至少选一种经营类别。")
    for months in (new.term_months, new.rotation_months):
        if months is not None and not 1 <= months <= LONGEST_TERM:
            raise BadSite(f"期限写月数，1 到 {LONGEST_TERM}。")


def _record(work: Work, new: NewSite, code: str) -> StallSite:
    return StallSite(
        hall_id=work.hall_id,
        code=code,
        name=reason_for("设置点位时名称", new.name),
        kind=new.kind,
        place=reason_for("设置点位时地点", new.place),
        area=short_text(new.area),
        hours=check_hours(new.hours),
        season_from=new.season_from,
        season_to=new.season_to,
        categories=categories_kept(new.categories),
        rotation_months=new.rotation_months,
        term_months=new.term_months,
        rules=short_text(new.rules),
        plan_width=PLAN_SIZE[0],
        plan_height=PLAN_SIZE[1],
        opened_on=business_date(work.now),
    )


def _place(work: Work, site: StallSite, placed: tuple[PlacedStall, ...]) -> None:
    known = {stall.number: stall for stall in stalls_of(work.session, site.id)}
    if missing := set(known).difference(each.number for each in placed):
        raise StallsMissing("、".join(sorted(missing)))
    free = {stall.number for stall in free_stalls(work.session, site.id)}
    for each in placed:
        stall = known.get(each.number)
        if stall is None:
            stall = Stall(hall_id=work.hall_id, site_id=site.id, number=each.number)
            work.session.add(stall)
        elif each.number not in free and (stall.category, stall.farmers_only) != (each.category, each.farmers_only):
            raise StallInUse(each.number)
        stall.x, stall.y, stall.width, stall.height = each.x, each.y, each.width, each.height
        stall.category, stall.farmers_only = each.category, each.farmers_only
    work.session.flush()
