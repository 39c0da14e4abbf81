"""Awards of relief are shown in public by masked names before they are given; objections are answered by others."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import relief_papers
from hall.services.issuing import Issued
from hall.services.reasons import reason_for, statement_for
from hall.services.relief_records import Happening, note_relief, relief_locked, reliefs_locked, settle_relief, take_act
from hall.services.relief_terms import relief_terms
from hall.services.subject_records import settle_subject
from hall.store import Store
from hall.store.retrying import retried


class NothingToShow(Refused):
    """A sheet of nobody."""

    def __init__(self) -> None:
        super().__init__("没有等待公示的救助，不用出公示。表决通过的申请才公示。")


@retried
def show(store: Store, actor: Actor, *, application_ids: Sequence[int], where: str, home: Path) -> Issued:
    """公示 of awards on one sheet, from today for the days of the terms; what was awarded is given after the last.

    Raises NothingToShow, CannotOnRelief.
    """
    require(actor, "relief.publish")
    place = reason_for("公示的地点", where)
    if not application_ids:
        raise NothingToShow
    with store.work("relief.publish", actor) as work:
        today = business_date(work.now)
        records = reliefs_locked(work, application_ids)
        until = today + timedelta(days=relief_terms(home, today).shown_days)
        for record in records:
            take_act(work, record, "show")
            record.shown_from, record.shown_until, record.shown_where = today, until, place
            record.objection = record.objection_answer = ""
            record.state = "shown"
        issued = relief_papers.issue_publicity(work, records, home=home)
        for record in records:
            record.document_id = issued.document_id
            note_relief(work, record, Happening("show", place, {"until": until.isoformat()}, issued.document_id))
        settle_subject(work, "relief", "relief_application", records[0].id, shown=len(records), until=until.isoformat())
        return issued


@retried
def object_to(store: Store, actor: Actor, *, application_id: int, objection: str) -> None:
    """登记异议 against an award that is shown, by whoever; who objects is not named. Raises CannotOnRelief."""
    require(actor, "relief.apply")
    words = statement_for("异议", objection)
    with store.work("relief.apply", actor) as work:
        record = relief_locked(work, application_id)
        take_act(work, record, "object")
        record.objection, record.objection_answer = words, ""
        settle_relief(work, record, Happening("object", words))


@retried
def answer(store: Store, actor: Actor, *, application_id: int, upheld: bool, reply: str) -> None:
    """答复异议 by somebody who neither visited nor opined; where it is upheld, the charity votes anew.

    Raises CannotOnRelief, SameHandInRelief.
    """
    require(actor, "relief.publish")
    words = statement_for("答复异议", reply)
    with store.work("relief.publish", actor) as work:
        record = relief_locked(work, application_id)
        take_act(work, record, "answer")
        record.objection_answer = words
        if upheld:
            record.state = "opined"
            record.award_fen, record.award_goods = None, ""
            record.shown_from = record.shown_until = None
            record.shown_where = ""
        settle_relief(work, record, Happening("answer", words, {"upheld": upheld}))
