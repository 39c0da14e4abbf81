"""Issues the papers of seized goods within an act: extension, release, list of what is given back."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.seizures import ListedItem, SeizureKind, SeizureLimb
from hall.services import issuing, papers_seizure
from hall.services.issuing import Issued
from hall.services.papers_seizure import ExcludedDays, Receiver, SeizureDecision
from hall.services.penalty_head import party_head
from hall.services.seizure_records import held_of, items_of, until_of
from hall.store import Work
from hall.store.schema.documents import Document
from hall.store.schema.seizures import SeizedItem, Seizure, SeizureTesting


def issue_extension(work: Work, seizure: Seizure, *, home: Path) -> Issued:
    """延长查封扣押期限决定书; the seizure says already that it was extended, by whom and why."""
    work.session.flush()
    limit = until_of(work, held_of(work.session, seizure))
    content = papers_seizure.seizure_extension(
        party_head(work, seizure.party_id),
        decision=_decision(work, seizure),
        first_until=limit.first,
        until=limit.strict,
        tested=_tested(work, seizure),
        reason=seizure.extension_reason,
        approver_name=work.actor.name,
    )
    return issuing.issue(work, case_id=None, kind="seizure_extension", content=content, home=home)


def issue_release(work: Work, seizure: Seizure, *, limb: SeizureLimb, reason: str, home: Path) -> Issued:
    """解除查封扣押决定书."""
    head, decision = party_head(work, seizure.party_id), _decision(work, seizure)
    content = papers_seizure.seizure_release(head, decision=decision, limb=limb, reason=reason)
    return issuing.issue(work, case_id=None, kind="seizure_release", content=content, home=home)


def issue_return(
    work: Work, seizure: Seizure, *, items: Sequence[SeizedItem], receiver: Receiver, home: Path
) -> Issued:
    """财物返还清单 of what is handed over today."""
    release = work.session.get_one(Document, seizure.release_document_id)
    content = papers_seizure.goods_return(
        party_head(work, seizure.party_id),
        decision=_decision(work, seizure),
        release_number=release.number,
        released_on=release.issued_on,
        items=_lines(items),
        receiver=receiver,
        returned_on=business_date(work.now),
    )
    return issuing.issue(work, case_id=None, kind="goods_return", content=content, home=home)


def _decision(work: Work, seizure: Seizure) -> SeizureDecision:
    return SeizureDecision(
        number=seizure.number,
        kind=cast(SeizureKind, seizure.kind),
        seized_on=seizure.seized_on,
        place=seizure.place,
        items=_lines(items_of(work.session, seizure.id)),
    )


def _lines(items: Iterable[SeizedItem]) -> tuple[ListedItem, ...]:
    return tuple(ListedItem(each.name, each.quantity, each.unit, each.condition) for each in items)


def _tested(work: Work, seizure: Seizure) -> tuple[ExcludedDays, ...]:
    query = select(SeizureTesting).where(SeizureTesting.seizure_id == seizure.id).order_by(SeizureTesting.id)
    rows = work.session.scalars(query)
    return tuple(ExcludedDays(each.kind, max(each.first_day, each.told_on), each.last_day) for each in rows)
