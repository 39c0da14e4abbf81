"""查进度 of an application for a stall: found by its serial and the end of a number or telephone, or by its form."""

from datetime import date
from typing import cast

from sqlalchemy import func, select

from hall.clock import business_date
from hall.rules.progress import Progress
from hall.rules.stall_progress import CertificateTold, StallProgressFacts, told_of_stall
from hall.rules.stalls import ApplicationState
from hall.services.progress_found import Found, ProgressView, Question, is_of, masked
from hall.services.receipts import VerifiedReceipt
from hall.store import Work
from hall.store.schema.stalls import Stall, StallApplication, StallGrant, StallSite
from hall.store.schema.subjects import LotDraw


def fitting(work: Work, question: Question) -> Found | None:
    """The application with this serial, if the characters end the applicant's number or telephone."""
    application = _numbered(work, question.numbers("摊申"))
    if application is None or not is_of(work, application.person_id, question.last_four, by_phone=True):
        return None
    return _found(work, application)


def of_paper(work: Work, paper: VerifiedReceipt) -> Found | None:
    """The application whose 登记表 it is, with its number. A certificate hangs at the stall and tells nothing."""
    application = _numbered(work, (paper.number,)) if paper.kind == "stall_application" else None
    return _found(work, application) if application is not None else None


def _numbered(work: Work, numbers: tuple[str, ...]) -> StallApplication | None:
    query = select(StallApplication).where(
        StallApplication.hall_id == work.hall_id, StallApplication.number.in_(numbers)
    )
    return work.session.scalars(query).one_or_none()


def _found(work: Work, application: StallApplication) -> Found:
    site = work.session.get_one(StallSite, application.site_id)
    view = ProgressView(
        number=application.number,
        matter_name=f"摊位申请（{site.name}）",
        applicant_masked=masked(work.session, application.person_id),
        received_on=business_date(application.applied_at),
        told=_told(work, application),
    )
    return Found(f"stall_application:{application.id}", view)


def _told(work: Work, application: StallApplication) -> Progress:
    facts = StallProgressFacts(
        state=cast(ApplicationState, application.state),
        today=business_date(work.now),
        draw_on=_draw_day(work, application),
        place=application.waiting_place,
        before=_before(work, application),
        stall=_stall_number(work, application.offered_stall_id),
        answer_by=application.offered_until,
        certificate=_certificate(work, application),
    )
    return told_of_stall(facts)


def _draw_day(work: Work, application: StallApplication) -> date | None:
    query = select(LotDraw.draw_on).where(LotDraw.id == application.draw_id)
    return work.session.scalar(query)


def _before(work: Work, application: StallApplication) -> int:
    """How many wait at the site with a better place."""
    if application.waiting_place is None:
        return 0
    query = select(func.count()).where(
        StallApplication.site_id == application.site_id,
        StallApplication.state == "waiting",
        StallApplication.waiting_place < application.waiting_place,
    )
    return work.session.scalars(query).one()


def _stall_number(work: Work, stall_id: int | None) -> str:
    return work.session.get_one(Stall, stall_id).number if stall_id is not None else ""


def _certificate(work: Work, application: StallApplication) -> CertificateTold | None:
    """The newest: it may have been renewed or exchanged."""
    query = select(StallGrant).where(StallGrant.application_id == application.id).order_by(StallGrant.id.desc())
    grant = work.session.scalars(query.limit(1)).one_or_none()
    if grant is None:
        return None
    stall = _stall_number(work, grant.stall_id)
    return CertificateTold(grant.number, stall, grant.valid_from, grant.valid_to, grant.ended_on)
