"""Who sits at a hearing: the chair has no part in the review of the case (行政许可法 48(1)(3))."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.services.case_facts import acts_done
from hall.services.hands import actor_of
from hall.store import Work
from hall.store.schema.permits import CaseEvent, PermitCase
from hall.store.schema.reviewing import CaseVisit, CaseVisitOfficer
from hall.words import ROLES

_REVIEWING = ("take", "claim", "ask", "propose", "visit")


class ChairReviews(Refused):
    """The chair is one of those who review the case."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}参与了这件办件的审查，不能主持听证（行政许可法第四十八条第一款第三项）。请指定审查人员以外的人员主持。"
        )


class NoSuchSeat(Refused):
    """Chair and recorder are two persons of the hall."""

    def __init__(self) -> None:
        super().__init__("听证主持人和记录人应是本大厅在用的两个账号，请重新选择。")


@dataclass(frozen=True, slots=True)
class Seats:
    """Where a hearing is held, by whom, and whether in public."""

    place: str
    chair_id: int
    recorder_id: int
    public: bool = True


def check_chair(work: Work, case: PermitCase, seats: Seats) -> None:
    """Raise ChairReviews or NoSuchSeat."""
    chair = actor_of(work.session, seats.chair_id, work.hall_id)
    recorder = actor_of(work.session, seats.recorder_id, work.hall_id)
    if chair is None or recorder is None or seats.chair_id == seats.recorder_id or not seats.place.strip():
        raise NoSuchSeat
    done = acts_done(work.session, case.id)
    reviewed = seats.chair_id == case.officer_id or any(seats.chair_id in done.get(act, ()) for act in _REVIEWING)
    if reviewed or seats.chair_id in _visitors(work.session, case.id):
        raise ChairReviews(chair.name)


def record_chair(work: Work, case: PermitCase, chair_id: int) -> None:
    """Who held the hearing, whoever writes it down: the chair may not propose on the case later."""
    work.session.add(
        CaseEvent(
            hall_id=work.hall_id,
            case_id=case.id,
            at=work.now,
            day=business_date(work.now),
            kind="chair",
            state=case.state,
            account_id=chair_id,
        )
    )
    work.session.flush()


def post_of(session: Session, account_id: int, hall_id: int) -> str:
    """The post of somebody, for the notice."""
    actor = actor_of(session, account_id, hall_id)
    return "、".join(word for role, word in ROLES.items() if actor is not None and role in actor.roles)


def _visitors(session: Session, case_id: int) -> set[int]:
    query = select(CaseVisitOfficer.account_id).join(CaseVisit, CaseVisit.id == CaseVisitOfficer.visit_id)
    return set(session.scalars(query.where(CaseVisit.case_id == case_id)))
