"""Education and commitment (教育、承诺): what a party was told and what it promised (行政处罚法 33(3))."""

from dataclasses import dataclass
from pathlib import Path

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import issuing
from hall.services.case_paper import chinese_date
from hall.services.issuing import Issued
from hall.services.leniency_papers import officers_named
from hall.services.papers_leniency import education_record
from hall.services.penalty_gate_facts import open_proposal
from hall.services.penalty_head import penalty_head
from hall.services.penalty_records import add_penalty_event, decisions_of, penalty_locked, settle_penalty, take_duty
from hall.services.reasons import short_text
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.penalties import PenaltyCase
from hall.words import PENALTY_RESULTS

EDUCABLE = ("filed", "decided", "served")
"""States of a case in which there is somebody to educate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """What two officers explained, and what the party promises of its own free will, if anything.

    `place`: where, empty for the hall.
    """

    explained: tuple[str, ...]
    promises: tuple[str, ...] = ()
    place: str = ""


class NothingExplained(Refused):
    """The record would be empty."""

    def __init__(self) -> None:
        super().__init__(
            "教育记录至少写一项说明的法律规定、危害或者改正要求（行政处罚法第三十三条第三款），请填写教育内容。"
        )


class NobodyToEducate(Refused):
    """The case has ended."""

    def __init__(self) -> None:
        super().__init__("案件已经撤案、结案或者决定已撤销，不用再登记教育。")


@retried
def educate(store: Store, actor: Actor, *, case_id: int, education: Education, home: Path) -> Issued:
    """登记教育承诺: the record is printed for everybody to sign.

    Raises NothingExplained, NobodyToEducate, NotTwoOfficers, DutyConflict.
    """
    require(actor, "penalty.investigate")
    explained = _lines(education.explained)
    if not explained:
        raise NothingExplained
    with store.work("penalty.educate", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        if case.state not in EDUCABLE:
            raise NobodyToEducate
        content = education_record(
            penalty_head(work, case),
            case_number=case.number,
            act=case.act,
            result=_result(work, case),
            place=short_text(education.place) or work.session.get_one(Hall, work.hall_id).name,
            explained=explained,
            promises=_lines(education.promises),
            officers=officers_named(work, case),
        )
        paper = issuing.issue(work, case_id=None, kind="education_record", content=content, home=home)
        add_penalty_event(
            work,
            case,
            "educate",
            note=_told(education, explained, chinese_date(business_date(work.now))),
            detail={"explained": len(explained), "promised": len(_lines(education.promises))},
            document_id=paper.document_id,
        )
        settle_penalty(work, case, educated=len(explained))
        return paper


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in map(short_text, texts) if line)


def _result(work: Work, case: PenaltyCase) -> str:
    """What came of the case, or is meant."""
    decisions = decisions_of(work.session, case.id)
    if decisions:
        return PENALTY_RESULTS[decisions[-1].result]
    proposal = open_proposal(work.session, case.id)
    return f"拟{PENALTY_RESULTS[proposal.result]}" if proposal else "正在调查"


def _told(education: Education, explained: tuple[str, ...], day: str) -> str:
    """The sentence for the decision: what was explained, and whether the party promised."""
    promised = "，当事人作出书面承诺" if _lines(education.promises) else ""
    return f"{day}已当面教育：{'；'.join(explained)}{promised}"
