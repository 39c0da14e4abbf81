"""Papers that the right to print is not enough for: whoever reports is told to the counter only, not to the accused."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.authority import may
from hall.rules.people import Actor
from hall.services.case_paper import Content
from hall.store.schema.documents import Document
from hall.store.schema.requests import Request

FOR_THE_UNIT = "dispatch_sheet"
"""The paper that tells those who look into a report nothing of who made it."""
_REQUEST_IN: Mapping[str, str] = {"complaint_reply": "acceptance_number", FOR_THE_UNIT: "request_number"}
"""Kinds whose content names their request, and the field; a 受理单 has its request's own number."""


class ReporterKept(Refused):
    """The paper names whoever reported."""

    def __init__(self) -> None:
        super().__init__(
            "这份文书写有举报人，对承办人员保密，只有登记、答复诉求的人员可以查看和打印。请交窗口人员办理。"
        )


def hides_reporter(kind: str, actor: Actor) -> bool:
    """Whoever reported is not named to those who only look into it."""
    return kind == "report" and not (may(actor, "request.enter") or may(actor, "request.reply"))


def check_paper(session: Session, actor: Actor, record: Document, *, content: Callable[[], Content]) -> None:
    """Raise ReporterKept; Missing to whom the request complains of, as where there is no such paper.

    `content` is asked only of the kinds that need it. 信访工作条例 30: 检举、控告材料 are not passed on to the accused.
    """
    number = record.number if record.kind == "complaint_acceptance" else None
    if field := _REQUEST_IN.get(record.kind):
        number = str(content()[field])
    if number is None:
        return
    query = select(Request).where(Request.hall_id == record.hall_id, Request.number == number)
    request = session.scalars(query).one_or_none()
    if request is None:
        return
    if request.about_account_id == actor.account_id:
        raise Missing("没有这份文书，请核对后再试。")
    if record.kind != FOR_THE_UNIT and hides_reporter(request.kind, actor):
        raise ReporterKept
