"""Issues the papers of relief within an act: the form, the receipt of what was given, the sheet that shows awards."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import cast

from sqlalchemy import func, select

from hall.clock import business_date
from hall.rules.identity import mask_name
from hall.rules.money import yuan
from hall.rules.money_words import money_figures
from hall.rules.relief_cases import ReliefKind
from hall.services import issuing, papers_relief
from hall.services.issuing import Issued
from hall.services.papers_common import day_text, hall_block
from hall.services.papers_relief import Awarded, HouseholdMember, ReliefVote
from hall.services.penalty_head import party_head
from hall.services.relief_records import SUBJECT, household_of
from hall.services.relief_terms import relief_terms
from hall.store import Work
from hall.store.schema.documents import Document
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.relief import ReliefApplication
from hall.store.schema.subjects import SubjectEvent

_AGAIN = ("", "", "二", "三", "四", "五", "六", "七", "八", "九")


def issue_form(work: Work, record: ReliefApplication, *, home: Path) -> Issued:
    """救助申请审批表 as far as it is filled by now; the first has the application's number, later ones 之二, 之三 …"""
    household = tuple(
        HouseholdMember(each.name, each.relation, each.age, _income(each.income_fen))
        for each in household_of(work.key_ring, record)
    )
    content = papers_relief.relief(
        party_head(work, record.person_id),
        charity_name=relief_terms(home, business_date(work.now)).charity_name,
        household=household,
        reason=record.reason,
        evidence=record.evidence,
        kind=cast(ReliefKind, record.kind),
        asked=yuan(record.asked_fen),
        means=_means(record),
        visited=f"{day_text(record.visited_on)}入户，走访人：{record.visitors}" if record.visited_on else "",
        hall_opinion=record.opinion,
        vote=_vote(record),
        charity_number=record.charity_number,
        amount=_amount(record),
        award_goods=record.award_goods,
        refused=record.refused_why,
        shown_from=record.shown_from,
        shown_until=record.shown_until,
    )
    number = _form_number(work, record)
    return issuing.issue(work, case_id=None, kind="relief", content=content, home=home, number=number)


def issue_receipt(work: Work, record: ReliefApplication, *, reference: str, home: Path) -> Issued:
    """救助领取单, signed by whoever receives money or goods."""
    content = papers_relief.relief_receipt(
        party_head(work, record.person_id),
        charity_name=relief_terms(home, business_date(work.now)).charity_name,
        application_number=record.number,
        charity_number=record.charity_number,
        awarded=_awarded(record),
        reference=reference,
    )
    return issuing.issue(work, case_id=None, kind="relief_receipt", content=content, home=home)


def issue_publicity(work: Work, records: Sequence[ReliefApplication], *, home: Path) -> Issued:
    """救助公示 of awards that are shown from today on, the applicants by masked names."""
    first = records[0]
    rows = tuple(
        (mask_name(work.session.get_one(Person, each.person_id).name), each.charity_number, _awarded(each))
        for each in records
    )
    content = papers_relief.relief_publicity(
        hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name),
        charity_name=relief_terms(home, business_date(work.now)).charity_name,
        shown_from=first.shown_from,
        shown_until=first.shown_until,
        where=first.shown_where,
        awards=rows,
    )
    return issuing.issue(work, case_id=None, kind="relief_publicity", content=content, home=home)


def _income(in_fen: int) -> str:
    return money_figures(yuan(in_fen)) if in_fen else "无收入"


def _form_number(work: Work, record: ReliefApplication) -> str:
    """A number is never used twice: each further form of the application says so."""
    query = (
        select(func.count())
        .select_from(SubjectEvent)
        .join(Document, Document.id == SubjectEvent.document_id)
        .where(SubjectEvent.subject == SUBJECT, SubjectEvent.subject_id == record.id, Document.kind == "relief")
    )
    earlier = work.session.scalars(query).one()
    if not earlier:
        return record.number
    place = earlier + 1
    return f"{record.number}之{_AGAIN[place] if place < len(_AGAIN) else place}"


def _means(record: ReliefApplication) -> str:
    if record.income_fen is None:
        return ""
    within = "没有超过" if record.meets else "超过"
    return f"家庭月人均收入{money_figures(yuan(record.income_fen))}，{within}规定数额。{record.means}"


def _vote(record: ReliefApplication) -> ReliefVote | None:
    if record.votes_for is None or record.votes_against is None or record.votes_abstained is None:
        return None
    return ReliefVote(record.votes_for, record.votes_against, record.votes_abstained)


def _amount(record: ReliefApplication) -> Decimal | None:
    return yuan(record.award_fen) if record.award_fen is not None else None


def _awarded(record: ReliefApplication) -> Awarded:
    assert record.award_fen is not None
    return Awarded(cast(ReliefKind, record.kind), yuan(record.award_fen), record.award_goods)
