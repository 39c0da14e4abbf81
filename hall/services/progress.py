"""查进度: who knows a serial and the end of a number, or has the paper, is told how what was asked for stands."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date, hall_time
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.identity import normalise
from hall.rules.people import Actor
from hall.rules.progress import LAST, locked_until
from hall.services import permit_progress, receipts, relief_progress, request_progress, stall_progress
from hall.services.progress_found import Found, ProgressView, Question
from hall.services.progress_rule import progress_rules
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.trail import AuditRow

_ACTION = "case.progress"
_FITTING = (permit_progress.fitting, request_progress.fitting, stall_progress.fitting, relief_progress.fitting)
_OF_PAPER = (permit_progress.of_paper, request_progress.of_paper, stall_progress.of_paper, relief_progress.of_paper)


class NothingFits(Missing):
    """There is no such case, or the digits are not its applicant's: the sentence does not say which."""

    def __init__(self) -> None:
        super().__init__(
            "没有查到。请核对凭证上的编号，和本人、代理人或者单位证件号码的后四位（诉求、摊位和救助申请也可以用电话后四位）；"
            "也可以到窗口查询。"
        )


class AskedTooOften(Refused):
    """Too many answers at this station did not fit."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"几次没有查到，这里到 {hall_time(until):%H:%M} 以前不能按编号查询。"
            "可以扫收件凭证上的二维码，或者到窗口查询。"
        )


class NotThisPaper(Missing):
    """A genuine code that tells nothing here: of another hall, or of a paper that others have, too."""

    def __init__(self) -> None:
        super().__init__(
            "这张凭证在这里查不到进度。请扫本大厅的收件凭证、受理通知书、补正告知书、诉求受理单、摊位申请登记表"
            "或救助申请审批表，或者到窗口查询。"
        )


@retried
def progress(
    store: Store, actor: Actor, *, home: Path, year: int, serial: int, last_four: str
) -> tuple[ProgressView, ...]:
    """By the serial of a year and the last four characters of a number: all that they fit.

    Every series counts from 1: somebody may have an application and a request of one serial. A wrong
    answer is kept, and counted at this station. Raises NothingFits or AskedTooOften.
    """
    require(actor, _ACTION)
    with store.work(_ACTION, actor) as work:
        wrong = f"progress:{work.station_id}"
        work.lock(wrong)
        _refuse_after_wrong_answers(work, wrong, home)
        found = _fitting(work, year, serial, normalise(last_four))
        named = [each.named for each in found] or [f"{wrong}:{business_date(work.now)}"]
        work.audit(named[0], way="number", **({"also": named[1:]} if named[1:] else {}))
    if not found:
        raise NothingFits
    return tuple(each.view for each in found)


@retried
def progress_by_code(store: Store, actor: Actor, *, payload: str) -> ProgressView:
    """By the code on the paper, which proves that somebody has it: nothing can be guessed, nothing is counted.

    Raises BadReceiptCode, ForgedReceipt or NotThisPaper.
    """
    require(actor, _ACTION)
    with store.work(_ACTION, actor) as work:
        found = _of_paper(work, payload)
        work.audit(found.named, way="code")
        return found.view


def _refuse_after_wrong_answers(work: Work, wrong: str, home: Path) -> None:
    """Counted from the audit of today and yesterday, which nobody at a station can clear."""
    today = business_date(work.now)
    rule = progress_rules(home).in_force(today)
    answers = select(AuditRow.at).where(
        AuditRow.hall_id == work.hall_id,
        AuditRow.subject.in_([f"{wrong}:{day}" for day in (today - timedelta(days=1), today)]),
        AuditRow.action == _ACTION,
    )
    until = locked_until(work.session.scalars(answers).all(), rule)
    if until is not None and work.now < until:
        raise AskedTooOften(until)


def _fitting(work: Work, year: int, serial: int, last_four: str) -> list[Found]:
    """Whatever has the serial and is of somebody whose number the characters end."""
    if serial < 1 or len(last_four) != LAST:
        return []
    question = Question(work.session.get_one(Hall, work.hall_id).short_name, year, serial, last_four)
    return [each for fitting in _FITTING if (each := fitting(work, question)) is not None]


def _of_paper(work: Work, payload: str) -> Found:
    """What a paper of this hall is about that whoever asked for it holds."""
    paper = receipts.check(work.session, payload, hall_id=work.hall_id)
    for of_paper in _OF_PAPER:
        if (found := of_paper(work, paper)) is not None:
            return found
    raise NotThisPaper
