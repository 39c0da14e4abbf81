"""Issues the papers of stall sites within an act: records in, paper out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.draws import Drawn, rank
from hall.rules.stalls import Ground
from hall.services import issuing, papers_stall
from hall.services.documents import DocumentKind
from hall.services.issuing import Issued
from hall.services.lot_draws import numbers
from hall.services.papers_common import Due, Fields, hall_block
from hall.services.papers_stall import DrawnLine, DrawPaper, StallPlace
from hall.services.penalty_head import party_head
from hall.services.stall_text import season_words
from hall.store import Work
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.stalls import Stall, StallApplication, StallGrant, StallSite, StallWithdrawal
from hall.store.schema.subjects import LotDraw
from hall.words import STALL_OUTCOMES, VENDOR_CATEGORIES


def issue_application(
    work: Work, site: StallSite, application: StallApplication, *, admission: str, home: Path
) -> Issued:
    """摊位申请登记表, by the number that the application bears."""
    content = papers_stall.stall_application(
        party_head(work, application.person_id),
        place=_place(site, category=application.category),
        goods=application.goods,
        farmer_proof=application.farmer_proof,
        hardship=application.hardship,
        admission=admission,
        applied_on=business_date(application.applied_at),
    )
    return _issue(work, "stall_application", content, home=home, number=application.number)


def issue_refusal(
    work: Work, site: StallSite, application: StallApplication, *, faults: Sequence[str], reason: str, home: Path
) -> Issued:
    """不予进入便民服务点决定书."""
    content = papers_stall.stall_refusal(
        party_head(work, application.person_id),
        place=_place(site, category=application.category),
        application=application.number,
        applied_on=business_date(application.applied_at),
        faults=faults,
        reason=reason,
    )
    return _issue(work, "stall_refusal", content, home=home)


def issue_draw_notice(work: Work, site: StallSite, draw: LotDraw, *, home: Path) -> Issued:
    """摊位抽签公告."""
    content = papers_stall.stall_draw_notice(_hall(work), place=_place(site), draw=_draw(work, draw))
    return _issue(work, "stall_draw_notice", content, home=home)


def issue_draw_result(work: Work, site: StallSite, draw: LotDraw, *, drawn: Drawn, home: Path) -> Issued:
    """摊位抽签结果."""
    paper = _draw(work, draw)
    names = dict(paper.entrants)
    outcomes = {
        **{number: f"{stall}号摊位" for number, stall in drawn.won},
        **{number: f"候补第{place}位" for place, number in enumerate(drawn.waiting, start=1)},
    }
    content = papers_stall.stall_draw_result(
        _hall(work),
        place=_place(site),
        draw=paper,
        seed=draw.seed,
        witness=draw.witness,
        drawn_at=work.now,
        lines=[
            DrawnLine(number, names[number], outcome, rank(number, seed=draw.seed, frozen=draw.digest))
            for number, outcome in outcomes.items()
        ],
    )
    return _issue(work, "stall_draw_result", content, home=home)


def issue_certificate(work: Work, site: StallSite, grant: StallGrant, *, home: Path) -> Issued:
    """摊位证, by the number that the grant bears."""
    stall = work.session.get_one(Stall, grant.stall_id)
    application = work.session.get_one(StallApplication, grant.application_id)
    months = site.rotation_months
    content = papers_stall.stall_certificate(
        party_head(work, grant.person_id),
        place=_place(site, stall=stall.number, category=grant.category),
        goods=application.goods,
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
        rotation=f"本点位摊位每{months}个月轮换一次，由摊主重新抽签" if months else "",
        rules=site.rules,
    )
    return _issue(work, "stall_certificate", content, home=home, number=grant.number)


def issue_notice(
    work: Work, site: StallSite, grant: StallGrant, asked: StallWithdrawal, *, ground: Ground, home: Path
) -> Issued:
    """收回摊位事先告知书."""
    due: Due = asked.answer_by or "待定"
    content = papers_stall.stall_notice(
        party_head(work, grant.person_id),
        place=_of_grant(work, site, grant),
        certificate=grant.number,
        ground=ground,
        facts=asked.facts,
        evidence=asked.evidence,
        answer_by=due,
    )
    return _issue(work, "stall_notice", content, home=home)


def issue_hearing(
    work: Work, site: StallSite, grant: StallGrant, *, ground: Ground, hearing_on: date, where: str, home: Path
) -> Issued:
    """收回摊位听证通知书; who is signed in presides."""
    content = papers_stall.stall_hearing(
        party_head(work, grant.person_id),
        place=_of_grant(work, site, grant),
        certificate=grant.number,
        ground=ground,
        hearing_on=hearing_on,
        where=where,
        chair=work.actor.name,
    )
    return _issue(work, "stall_hearing", content, home=home)


def issue_decision(
    work: Work,
    site: StallSite,
    grant: StallGrant,
    asked: StallWithdrawal,
    *,
    ground: Ground,
    vacate_by: date | None,
    home: Path,
) -> Issued:
    """摊位处理决定书; the withdrawal says already what was decided and why."""
    heard = [f"陈述申辩：{asked.statement}" if asked.statement else "在期限内没有提出陈述申辩"]
    heard += [f"听证：{asked.hearing_record}"] if asked.hearing_record else []
    content = papers_stall.stall_decision(
        party_head(work, grant.person_id),
        place=_of_grant(work, site, grant),
        certificate=grant.number,
        ground=ground,
        facts=asked.facts,
        evidence=asked.evidence,
        heard="；".join(heard),
        outcome=STALL_OUTCOMES[asked.outcome],
        reasons=asked.reasons,
        vacate_by=vacate_by,
    )
    return _issue(work, "stall_decision", content, home=home)


def _issue(work: Work, kind: DocumentKind, content: Fields, *, home: Path, number: str | None = None) -> Issued:
    return issuing.issue(work, case_id=None, kind=kind, content=content, home=home, number=number)


def _hall(work: Work) -> Fields:
    return hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name)


def _place(site: StallSite, *, stall: str = "", category: str = "") -> StallPlace:
    return StallPlace(
        site=site.name,
        place=site.place,
        hours=site.hours.replace(",", "、"),
        season=season_words(site),
        stall=stall,
        category=VENDOR_CATEGORIES[category] if category else "",
    )


def _of_grant(work: Work, site: StallSite, grant: StallGrant) -> StallPlace:
    stall = work.session.get_one(Stall, grant.stall_id)
    return _place(site, stall=stall.number, category=grant.category)


def _draw(work: Work, draw: LotDraw) -> DrawPaper:
    entrants = numbers(draw.entrants)
    names = _names(work, entrants)
    return DrawPaper(
        title=draw.title,
        entrants=tuple((number, names[number]) for number in entrants),
        prizes=numbers(draw.prizes),
        digest=draw.digest,
        draw_on=draw.draw_on,
        seed_source=draw.seed_source,
    )


def _names(work: Work, entrants: Sequence[str]) -> dict[str, str]:
    """By the number of an application or, in a rotation, of a certificate."""
    found: dict[str, str] = {}
    for kind in (StallApplication, StallGrant):
        query = (
            select(kind.number, Person.name)
            .join(Person, Person.id == kind.person_id)
            .where(kind.hall_id == work.hall_id, kind.number.in_(entrants))
        )
        found |= dict(work.session.execute(query).tuples().all())
    return found
