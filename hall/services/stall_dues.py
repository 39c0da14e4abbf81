"""Due days of stalls: the answer to an offer, a certificate that runs out, the days to be heard before a withdrawal."""

from collections.abc import Iterator

from sqlalchemy import select

from hall.services.dues import Due, Looking
from hall.services.stall_rules import stall_rules
from hall.services.subject_notices import Addressee
from hall.store.schema.stalls import StallApplication, StallGrant, StallWithdrawal


def offer_dues(looking: Looking) -> Iterator[Due]:
    """Offers that nobody answered, with who took the application: the applicant can be asked."""
    query = select(StallApplication).where(
        StallApplication.hall_id == looking.hall_id,
        looking.only(StallApplication.id),
        StallApplication.state == "offered",
        StallApplication.offered_until.between(*looking.days("offer")),
    )
    for record in looking.session.scalars(query.order_by(StallApplication.id)):
        assert record.offered_until is not None, "it lies between two days"
        yield Due(
            subject="stall_application",
            subject_id=record.id,
            due="offer",
            due_on=record.offered_until,
            name=f"便民服务点申请 {record.number}",
            holders=(Addressee(record.account_id),),
        )


def grant_dues(looking: Looking) -> Iterator[Due]:
    """Certificates near their end, from the day on which they may be renewed, with who took the application."""
    warning_days = stall_rules(looking.home).in_force(looking.today).renewal_days
    query = (
        select(StallGrant.id, StallGrant.number, StallGrant.valid_to, StallApplication.account_id)
        .join(StallApplication, StallApplication.id == StallGrant.application_id)
        .where(StallGrant.hall_id == looking.hall_id, looking.only(StallGrant.id), StallGrant.ended_on.is_(None))
        .where(StallGrant.valid_to.between(*looking.days("expiry", warning_days=warning_days)))
        .order_by(StallGrant.id)
    )
    for grant_id, number, valid_to, account_id in looking.session.execute(query).tuples():
        yield Due(
            subject="stall_grant",
            subject_id=grant_id,
            due="expiry",
            due_on=valid_to,
            name=f"摊位证 {number}",
            holders=(Addressee(account_id),),
            warning_days=warning_days,
        )


def withdrawal_dues(looking: Looking) -> Iterator[Due]:
    """Withdrawals whose days to be heard are over, with who proposed them; one that waits for its hearing waits."""
    query = (
        select(StallWithdrawal, StallGrant.number)
        .join(StallGrant, StallGrant.id == StallWithdrawal.grant_id)
        .where(StallWithdrawal.hall_id == looking.hall_id, looking.only(StallWithdrawal.id))
        .where(StallWithdrawal.decided_on.is_(None), StallWithdrawal.hearing_asked_on.is_(None))
        .where(StallWithdrawal.answer_by.between(*looking.days("statement")))
        .order_by(StallWithdrawal.id)
    )
    for record, number in looking.session.execute(query).tuples():
        assert record.answer_by is not None, "it lies between two days"
        yield Due(
            subject="stall_withdrawal",
            subject_id=record.id,
            due="statement",
            due_on=record.answer_by,
            name=f"收回摊位 {number}",
            holders=(),
            then=(Addressee(record.proposed_by),),
        )
