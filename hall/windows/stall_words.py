"""What the pages of stall sites say of their rows."""

from dataclasses import dataclass

from hall.rules.guides import GuideSection
from hall.services.stall_lists import ApplicationRow, DrawRow, GrantRow, SeatRow, WithdrawalRow
from hall.services.stall_reading import SitePlan, SiteRow, StallRow
from hall.services.stall_text import category_words
from hall.windows.kit.list_page import Facts
from hall.windows.phrases import day_words
from hall.words import (
    STALL_APPLICATION_STATES,
    STALL_DRAW_STATES,
    STALL_GRANT_ENDINGS,
    STALL_OFFICES,
    STALL_SITE_KINDS,
    STALL_STATES,
    STALL_WITHDRAWAL_STATES,
    VENDOR_CATEGORIES,
)

MOST_ENTRANTS = 60
"""Numbers that the facts name; all of them stand on the notice."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A stall with the plan it lies on, and the sites there are (key and name)."""

    stall: StallRow
    plan: SitePlan
    sites: tuple[tuple[int, str], ...]

    @property
    def holder_masked(self) -> str:
        """Who stands there, or is offered it."""
        who = self.stall.holder or self.stall.offered_to
        return who.name_masked if who is not None else ""


def stall_facts(row: PlanRow) -> tuple[str, Facts]:
    """Who stands there until when, and the site."""
    stall, site = row.stall, row.plan.site
    held = f"{stall.holder.name_masked}　{stall.holder.id_masked}　{stall.grant_number}" if stall.holder else ""
    until = f"，{day_words(stall.offered_until)}以前答复" if stall.offered_until else "，已接受，等待发证"
    offered = f"{stall.offered_to.name_masked}　{stall.offered_to.id_masked}{until}" if stall.offered_to else ""
    waiting = f"，候补 {site.waiting} 人" if site.waiting else ""
    return f"{stall.number}　{STALL_STATES[stall.state]}　{stall.kind}", (
        ("摊主", held),
        (
            "有效期",
            f"{stall.valid_from}至{stall.valid_to}　{VENDOR_CATEGORIES[stall.category]}" if stall.valid_to else "",
        ),
        ("留给", offered),
        ("停用", stall.why if stall.state == "closed" else ""),
        ("点位", f"{site.place}{waiting}"),
        ("营业", f"{site.hours}，{site.season}，现在{'营业' if site.now_open else '不营业'}"),
    )


def site_facts(row: SiteRow) -> tuple[str, Facts]:
    """Everything that was laid down of a site."""
    return f"{row.code}　{row.name}", (
        ("种类", STALL_SITE_KINDS[row.kind]),
        ("地点", row.place),
        ("营业时段", row.hours),
        ("开放季节", row.season),
        ("经营类别", category_words(row.categories)),
        ("期限", f"{row.term_months} 个月"),
        ("轮换", f"每 {row.rotation_months} 个月" if row.rotation_months else "不轮换，期满可以续期"),
        ("约定", row.rules),
        ("摊位", f"{row.stalls} 个，空闲 {row.free} 个"),
        ("申请", f"待审查 {row.applied} 人，候补 {row.waiting} 人"),
        ("停用", f"{row.closed_on}　{row.closed_why}" if row.closed_on else ""),
    )


def site_sections(row: SiteRow) -> tuple[GuideSection, ...]:
    """What everybody may read of a site: where and when, what may be sold, how one gets a stall. Nobody's name."""
    rotation = f"，每 {row.rotation_months} 个月重新抽签轮换" if row.rotation_months else ""
    return (
        GuideSection("地点", (row.place,)),
        GuideSection("营业", (f"{row.hours}，{row.season}，现在{'营业' if row.now_open else '不营业'}",)),
        GuideSection("经营类别", (category_words(row.categories),)),
        GuideSection("摊位", (f"共 {row.stalls} 个，空闲 {row.free} 个，候补 {row.waiting} 人",)),
        GuideSection("期限", (f"{row.term_months} 个月{rotation}",)),
        *((GuideSection("约定", (row.rules,)),) if row.rules else ()),
        GuideSection("怎样申请", ("带身份证到窗口登记；卖自家农产品的带自产证明。摊位由公开抽签决定。",)),
    )


def application_facts(row: ApplicationRow) -> tuple[str, Facts]:
    """Who asks for what, what the credit says, how far it is."""
    return f"{STALL_APPLICATION_STATES[row.state]}　{row.number}", (
        ("申请人", f"{row.person.name_masked}　{row.person.id_masked}"),
        ("电话", row.person.phone_masked),
        ("点位", row.site),
        ("经营", f"{VENDOR_CATEGORIES[row.category]}　{row.goods}".strip()),
        ("自产自销", (row.farmer_proof or "没有写明自产证明") if row.farmer else ""),
        ("困难家庭", "是" if row.hardship else ""),
        ("申请", f"{row.applied_on}　{row.entered_by} 登记{f'　{row.ticket} 号' if row.ticket else ''}"),
        ("信用", row.admission_why),
        ("候补", f"第 {row.waiting_place} 位" if row.state == "waiting" else ""),
        ("摊位", row.stall),
        ("最迟答复", day_words(row.offered_until) if row.offered_until else ""),
        ("结果", row.ended_why),
    )


def draw_facts(row: DrawRow) -> tuple[str, Facts]:
    """What was frozen and what came of it."""
    shown = "、".join(row.entrants[:MOST_ENTRANTS]) + ("……" if len(row.entrants) > MOST_ENTRANTS else "")
    return f"{STALL_DRAW_STATES[row.state]}　{row.title}", (
        ("抽签日期", day_words(row.draw_on)),
        ("种子来源", row.seed_source),
        ("种子", row.seed),
        ("见证人", row.witness),
        ("换证", f"还有 {row.to_exchange} 张没有换" if row.to_exchange else ""),
        ("作废", row.voided_why),
        ("摊位", "、".join(row.prizes)),
        ("名单", shown),
        ("校验值", f"{row.digest[:32]}\n{row.digest[32:]}"),
    )


def grant_facts(row: GrantRow) -> tuple[str, Facts]:
    """Whose it is, until when."""
    return f"{row.number}", (
        ("摊主", f"{row.person.name_masked}　{row.person.id_masked}"),
        ("点位", f"{row.site}　{row.stall} 号摊位"),
        ("经营类别", VENDOR_CATEGORIES[row.category]),
        ("有效期", f"{row.valid_from}至{row.valid_to}"),
        ("还有", f"{row.days_left} 天" if row.ended_on is None and row.days_left >= 0 else ""),
        ("终止", f"{row.ended_on}　{STALL_GRANT_ENDINGS[row.ending]}　{row.ended_why}" if row.ended_on else ""),
    )


def withdrawal_facts(row: WithdrawalRow) -> tuple[str, Facts]:
    """What was found, said, heard and decided."""
    return f"{STALL_WITHDRAWAL_STATES[row.state]}　{row.site} {row.stall}", (
        ("摊主", f"{row.person.name_masked}　{row.person.id_masked}"),
        ("摊位证", row.grant_number),
        ("情形", row.ground),
        ("事实", row.facts),
        ("证据", row.evidence),
        ("提出", f"{row.proposed_on}　{row.proposed_by}"),
        ("告知", day_words(row.told_on) if row.told_on else ""),
        ("陈述、听证", f"到 {row.answer_by} 为止" if row.answer_by else ("待定" if row.told_on else "")),
        ("陈述申辩", row.statement),
        ("要求听证", day_words(row.hearing_asked_on) if row.hearing_asked_on else ""),
        ("听证", f"{row.hearing_on}　{row.hearing_record}" if row.hearing_on else ""),
        ("决定", f"{row.decided_on}　{row.reasons}" if row.decided_on else ""),
    )


def seat_facts(row: SeatRow) -> tuple[str, Facts]:
    """By which vote, until when."""
    return f"{STALL_OFFICES[row.office]}　{row.person.name_masked}", (
        ("点位", row.site),
        ("当选", f"{row.elected_on}　到会 {row.votes_present} 人，同意 {row.votes_for} 票"),
        ("任期到", f"{day_words(row.until_day)}{'，已经届满，请换届' if row.over else ''}"),
        ("结束", f"{row.ended_on}　{row.ended_why}" if row.ended_on else ""),
    )
