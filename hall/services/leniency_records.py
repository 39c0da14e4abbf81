"""Requests for leniency as other acts meet them: whether one is open, what it allows, how a decision ends it."""

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.leniency_limbs import Limb, Result
from hall.store import Work
from hall.store.schema.leniency import LeniencyRequest
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyProposal


def open_request(session: Session, case_id: int) -> LeniencyRequest | None:
    """The request of a case that nobody has answered or withdrawn; there is at most one."""
    query = select(LeniencyRequest).where(LeniencyRequest.case_id == case_id, LeniencyRequest.state == "open")
    return session.scalars(query).one_or_none()


def check_proposed(
    work: Work, case: PenaltyCase, *, result: Result, limb: Limb | None, leniency_id: int | None, home: Path
) -> None:
    """Called by whoever proposes, with or without a request: law may leave no choice (行政处罚法 30–33).

    Raises MustNotPenalise where a limb that shall lead to no penalty is satisfied and the result is another
    (不予减半), MustMitigate where 30 or 32 is satisfied and the result is ordinary, LimbNotMet where the limb that the
    result rests on is not found satisfied, NotExamined where the open request was not examined or is left out.
    """


def decided(work: Work, proposal: PenaltyProposal, decision: PenaltyDecision, *, home: Path) -> None:
    """Called by whoever decides, in the same work: end the request that led to the proposal and issue its papers.

    The request is granted where the result is none, reduced or lighter, else refused. Issues the review sheet
    (减免审批表) wherever the result is not ordinary, and the answer (结果告知书) where somebody had asked.
    """


def education_given(session: Session, case_id: int) -> str:
    """What was explained to the party (行政处罚法 33(3)), for the text of the decision; empty: nothing yet.

    No decision not to punish goes out without it.
    """
    return ""


def education_day(session: Session, case_id: int) -> date | None:
    """The day on which the party was educated last."""
    return None
