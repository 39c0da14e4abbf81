"""Due days of the staff: what a check found is corrected, a qualification or an enforcement certificate runs out."""

from collections.abc import Iterator

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from hall.services.dues import TO_MANAGER, Due, Looking
from hall.services.standard_rules import qualification_rules
from hall.services.subject_notices import Addressee
from hall.store.schema.penalties import EnforcementCertificate
from hall.store.schema.ratings import Rating, RatingFollowUp
from hall.store.schema.standards import Qualification, SpotCheck
from hall.words import SPOT_CHECK_WAYS


def spot_check_dues(looking: Looking) -> Iterator[Due]:
    """Faults that are not corrected yet, with who was checked."""
    query = select(SpotCheck).where(
        SpotCheck.hall_id == looking.hall_id,
        looking.only(SpotCheck.id),
        SpotCheck.met.is_(False),
        SpotCheck.voided_on.is_(None),
        SpotCheck.corrected_on.is_(None),
        SpotCheck.voided_on.is_(None),
        SpotCheck.correct_by.between(*looking.days("correct")),
    )
    for record in looking.session.scalars(query.order_by(SpotCheck.id)):
        assert record.correct_by is not None, "it lies between two days"
        yield Due(
            subject="spot_check",
            subject_id=record.id,
            due="correct",
            due_on=record.correct_by,
            name=f"{record.checked_on.isoformat()} {SPOT_CHECK_WAYS[record.way]}抽查",
            holders=(Addressee(record.about_account_id),),
        )


def follow_up_dues(looking: Looking) -> Iterator[Due]:
    """Bad ratings that are followed up by the manager, never by who was rated."""
    query = (
        select(RatingFollowUp, Rating.account_id)
        .join(Rating, Rating.id == RatingFollowUp.rating_id)
        .where(RatingFollowUp.hall_id == looking.hall_id, looking.only(RatingFollowUp.id))
        .where(RatingFollowUp.closed_at.is_(None), RatingFollowUp.due_on.between(*looking.days("follow_up")))
        .order_by(RatingFollowUp.id)
    )
    for record, rated_id in looking.session.execute(query).tuples():
        assert record.due_on is not None, "it lies between two days"
        yield Due(
            subject="rating_follow_up",
            subject_id=record.id,
            due="follow_up",
            due_on=record.due_on,
            name=f"{record.opened_on.isoformat()} 的差评",
            holders=(TO_MANAGER,),
            apart=frozenset() if rated_id is None else frozenset({rated_id}),
        )


def qualification_dues(looking: Looking) -> Iterator[Due]:
    """Qualifications that run out and that no later one of the kind replaces, of who works here."""
    rule = qualification_rules(looking.home).in_force(looking.today)
    later = aliased(Qualification)
    replaced = exists().where(
        later.account_id == Qualification.account_id,
        later.kind == Qualification.kind,
        later.ended_on.is_(None),
        or_(later.valid_to.is_(None), later.valid_to > Qualification.valid_to),
    )
    query = select(Qualification).where(
        Qualification.hall_id == looking.hall_id,
        looking.only(Qualification.id),
        Qualification.ended_on.is_(None),
        Qualification.valid_to.between(*looking.days("expiry", warning_days=rule.warning_days)),
        ~replaced,
    )
    for record in looking.session.scalars(query.order_by(Qualification.id)):
        assert record.valid_to is not None, "it lies between two days"
        if record.account_id in looking.colleagues.roles:
            yield Due(
                subject="qualification",
                subject_id=record.id,
                due="expiry",
                due_on=record.valid_to,
                name=f"{rule.words_of(record.kind)} {record.number}",
                holders=(Addressee(record.account_id),),
                warning_days=rule.warning_days,
            )


def certificate_dues(looking: Looking) -> Iterator[Due]:
    """Enforcement certificates and cards of auxiliaries: as early as qualifications (`qualifications.toml`).

    Of an officer who does not sign in here the manager hears.
    """
    warning_days = qualification_rules(looking.home).in_force(looking.today).warning_days
    later = aliased(EnforcementCertificate)
    replaced = exists().where(
        later.account_id == EnforcementCertificate.account_id,
        later.helper == EnforcementCertificate.helper,
        later.valid_to > EnforcementCertificate.valid_to,
    )
    query = select(EnforcementCertificate).where(
        EnforcementCertificate.hall_id == looking.hall_id,
        looking.only(EnforcementCertificate.id),
        EnforcementCertificate.valid_to.between(*looking.days("expiry", warning_days=warning_days)),
        ~replaced,
    )
    for record in looking.session.scalars(query.order_by(EnforcementCertificate.id)):
        holder = TO_MANAGER if record.account_id is None else Addressee(record.account_id)
        if record.account_id is None or record.account_id in looking.colleagues.roles:
            yield Due(
                subject="enforcement_certificate",
                subject_id=record.id,
                due="expiry",
                due_on=record.valid_to,
                name=f"{'协管证' if record.helper else '执法证'} {record.number}",
                holders=(holder,),
                warning_days=warning_days,
            )
