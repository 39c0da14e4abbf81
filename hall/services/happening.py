"""What the history of a case keeps of anything that happens to it, whichever kind of case it is."""

import json
from collections.abc import Mapping
from datetime import date

from hall.clock import business_date
from hall.store import Work
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.permits import PermitCase


def happening(
    work: Work,
    case: PermitCase | PenaltyCase,
    kind: str,
    *,
    note: str,
    detail: Mapping[str, object] | None,
    day: date | None,
    document_id: int | None,
) -> dict[str, object]:
    """The columns of an event, with the state as it is now; of today unless another `day` is meant."""
    return {
        "hall_id": work.hall_id,
        "case_id": case.id,
        "at": work.now,
        "day": day or business_date(work.now),
        "kind": kind,
        "state": case.state,
        "account_id": work.actor.account_id,
        "note": note,
        "detail": json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
        "document_id": document_id,
    }
