"""Who may enforce and who stays away: certificates of officers, cards of auxiliaries, conflicts of interest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from hall.rules.people import Actor
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.penalties import EnforcementCertificate, PenaltyCase


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """A certificate as it is entered; `login` of the officer's account, empty for one who does not sign in here."""

    number: str
    name: str
    valid_from: date
    valid_to: date
    login: str = ""
    helper: bool = False


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate on a list; `valid`: today."""

    id: int
    number: str
    name: str
    account_id: int | None
    helper: bool
    valid_from: date
    valid_to: date
    valid: bool


@retried
def enter_certificate(store: Store, actor: Actor, *, new: NewCertificate) -> int:
    """Enter a certificate, or what changed of it (the number stays); gives its key."""
    raise NotImplementedError


def list_certificates(store: Store, actor: Actor) -> tuple[CertificateView, ...]:
    """Every certificate of the hall, the ones that end first before the others."""
    raise NotImplementedError


def officers_of(session: Session, case: PenaltyCase) -> Sequence[EnforcementCertificate]:
    """The officers of a case, in the order of their certificates' numbers."""
    raise NotImplementedError


def check_officers(session: Session, case: PenaltyCase, *, day: date) -> Sequence[EnforcementCertificate]:
    """The case's officers whose certificates are valid on a day. Raises NotTwoOfficers (行政处罚法 42)."""
    raise NotImplementedError
