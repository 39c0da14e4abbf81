"""What papers on a fine say of it: the decision it comes from, its plan, whether it grows."""

from collections.abc import Iterable
from pathlib import Path

from hall.rules.fines import FinePosition, Part
from hall.rules.money import yuan
from hall.rules.surcharge import SurchargeTerms
from hall.services import fines
from hall.services.papers_payment import Instalment, PenaltyDecision
from hall.services.penalty_records import decisions_of
from hall.store import Work
from hall.store.schema.penalties import PenaltyCase


def decision_told(work: Work, case: PenaltyCase, position: FinePosition) -> PenaltyDecision:
    """The decision that imposed the fine, with the fine as it stands now."""
    first = decisions_of(work.session, case.id)[0]
    return PenaltyDecision(first.number, first.decided_on, yuan(position.principal_fen))


def instalments(parts: Iterable[Part]) -> tuple[Instalment, ...]:
    """The parts of a plan as papers list them."""
    return tuple(Instalment(part.due_on, yuan(part.fen)) for part in parts)


def surcharge_told(work: Work, case: PenaltyCase, position: FinePosition, *, home: Path) -> SurchargeTerms | None:
    """By what the fine grows, None where the decision told of no addition."""
    if not position.told:
        return None
    return fines.growth_of(fines.entries_of(work.session, case.id), home).surcharge
