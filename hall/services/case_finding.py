"""Finds cases by whatever a clerk has at hand: a number, its serial, a ticket's code, an ID number."""

import re

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.identity import BadNumber, normalise, parse_id_number
from hall.rules.numbering import Series, document_number
from hall.rules.people import Actor
from hall.services import case_reading
from hall.services.case_reading import CaseView
from hall.store import Store
from hall.store.schema.halls import Hall
from hall.store.schema.permits import PermitCase
from hall.store.schema.queueing import Ticket

_SERIAL = re.compile(r"[0-9]{1,6}")
_TICKET = re.compile(r"[A-Z][0-9]{3,5}")
_SERIES: tuple[Series, ...] = ("许收", "许受")
_MOST = 20


class NothingFound(Missing):
    """No case fits what was asked for."""

    def __init__(self, what: str) -> None:
        super().__init__(f"没有找到{what}的办件，请核对后重新输入。")


class NotUnderstood(Refused):
    """The text is nothing that cases are found by."""

    def __init__(self) -> None:
        super().__init__("看不懂要找什么：请输入编号、今年的序号、号票号或身份证号，或扫描凭证上的二维码。")


def find_cases(store: Store, actor: Actor, *, text: str) -> tuple[CaseView, ...]:
    """Cases for a receipt or acceptance number, this year's serial of either, a ticket's code (newest day first)
    or an ID number. Raises NothingFound, NotUnderstood or BadNumber; none repeats an ID number."""
    require(actor, "case.read")
    wanted = normalise(text)
    if "〔" in text or "号" in text:
        return (case_reading.case_numbered(store, actor, number="".join(text.split())),)
    if _SERIAL.fullmatch(wanted):
        return _found(f"今年编号为 {int(wanted)} 号", _of_serial(store, actor, int(wanted)))
    if _TICKET.fullmatch(wanted):
        return _found(f"号票 {wanted} ", _of_ticket(store, actor, wanted))
    try:
        number = parse_id_number(wanted).number
    except BadNumber as error:
        if len(wanted) in (15, 18):
            raise
        raise NotUnderstood from error
    return _found("这个证件号码", case_reading.history(store, actor, id_number=number))


def _found(what: str, cases: tuple[CaseView, ...]) -> tuple[CaseView, ...]:
    if not cases:
        raise NothingFound(what)
    return cases


def _of_serial(store: Store, actor: Actor, serial: int) -> tuple[CaseView, ...]:
    year = business_date(store.clock.now()).year
    with store.read(actor) as session:
        short_name = session.get_one(Hall, store.hall_id).short_name
        numbers = [document_number(short_name, series, year=year, serial=serial) for series in _SERIES]
        ids = session.scalars(
            select(PermitCase.id)
            .where(
                PermitCase.hall_id == store.hall_id,
                PermitCase.receipt_number.in_(numbers) | PermitCase.acceptance_number.in_(numbers),
            )
            .order_by(PermitCase.id)
        ).all()
    return tuple(case_reading.case_of(store, actor, case_id=each) for each in ids)


def _of_ticket(store: Store, actor: Actor, code: str) -> tuple[CaseView, ...]:
    with store.read(actor) as session:
        ids = session.scalars(
            select(PermitCase.id)
            .join(Ticket, Ticket.id == PermitCase.ticket_id)
            .where(PermitCase.hall_id == store.hall_id, Ticket.code == code)
            .order_by(PermitCase.id.desc())
            .limit(_MOST)
        ).all()
    return tuple(case_reading.case_of(store, actor, case_id=each) for each in ids)
