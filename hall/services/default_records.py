"""A default (超时默认) is registered for accountability by the program itself: about whoever had the case longest."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Exists, exists, select

from hall.clock import business_date
from hall.rules.people import system_actor
from hall.rules.supervision import NobodyAnswers
from hall.services import clocks
from hall.services.accountability_records import NewRecord, keep_record
from hall.services.case_records import case_locked
from hall.services.possession import answerable
from hall.services.subject_notices import Addressee, notify
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import AccountabilityRecord

FACTS = "期限届满没有作出决定，按超时默认办结"
ARTICLE = "行政许可法第七十四条第（三）项"
LOOK_BACK = timedelta(days=60)
"""A station that was off for longer leaves older defaults to people."""

_BROKEN = ("promised", "statutory")


def unregistered_defaults(store: Store) -> tuple[int, ...]:
    """Cases of the last weeks that were decided by default and are in no record."""
    since = business_date(store.clock.now()) - LOOK_BACK
    with store.read() as session:
        found = session.scalars(
            select(PermitCase.id)
            .where(
                PermitCase.hall_id == store.hall_id,
                PermitCase.decided_on >= since,
                PermitCase.outcome == "default",
                PermitCase.parent_id.is_(None),
                ~_registered(),
            )
            .order_by(PermitCase.id)
        )
        return tuple(found)


@retried
def register_default(store: Store, *, case_id: int, home: Path) -> int:
    """Register it, once; gives how many records it made. Raises NobodyAnswers."""
    with store.work("accountability.open", system_actor(store.hall_id)) as work:
        case = case_locked(work, case_id)
        known = work.session.scalar(select(PermitCase.id).where(PermitCase.id == case_id, _registered()))
        if known is None:
            _register(work, case, home)
        work.audit(f"case:{case_id}", source="default", known=known is not None)
        work.changed("supervision", "default")
    return int(known is None)


def _register(work: Work, case: PermitCase, home: Path) -> None:
    kept = {each.record.kind: each for each in clocks.clocks_of(work.session, case.id)}
    about = next((kept[kind] for kind in _BROKEN if kind in kept), None)
    people = answerable(
        work.session,
        case,
        about.ledger if about else None,
        until=business_date(work.now),
        calendar=clocks.calendar(work),
    )
    if not people:
        raise NobodyAnswers
    subject_id = people[0].account_id
    new = NewRecord(case_id=case.id, subject_id=subject_id, facts=FACTS, article=ARTICLE, source="default")
    record = keep_record(work, case, new, facts=FACTS, article=ARTICLE, home=home)
    text = f"责任追究 {record.number}：{FACTS}。可以陈述申辩。"
    to = [Addressee(subject_id), Addressee(role="manager")]
    notify(work, "permit_case", case.id, kind="accountability", text=text, to=to)


def _registered() -> Exists:
    return exists().where(AccountabilityRecord.case_id == PermitCase.id, AccountabilityRecord.source == "default")
