"""What law leaves to the province, the bureau or practice about penalties, as dated data."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.rules.versions import Versions

ObjectKind = Literal["citizen", "organisation"]


@dataclass(frozen=True, slots=True)
class Line:
    """An amount in fen that differs between citizens and organisations (行政处罚法 51, 58, 63)."""

    citizen_fen: int
    organisation_fen: int

    def of(self, kind: ObjectKind) -> int:
        """The amount for one kind of party, in fen."""
        return self.citizen_fen if kind == "citizen" else self.organisation_fen


@dataclass(frozen=True, slots=True)
class PenaltyTerms:
    """One version of `penalties.toml`; the file says what each means and where it comes from."""

    effective_from: date
    source: str
    simple: Line
    hearing: Line
    legal: Line
    legal_for_reduced: bool
    collective: Line
    defence_days: int
    first_time_months: int
    first_time_scope: Literal["same", "any"]
    first_time_slight_counts: bool
    bar_years: int
    bar_years_grave: int
    cash_small_fen: int
    surcharge_base: Literal["unpaid", "fine"]
    credit_first: Literal["principal", "surcharge"]
    application_pauses: bool
    breach_revives: bool
    shown_months: int


PenaltyTermsVersions = Versions[PenaltyTerms]
