"""Where fines are paid and under which codes, as dated data."""

from dataclasses import dataclass
from datetime import date

from hall.rules.versions import Versions


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """One version of `payment.toml`; the file says what each means."""

    effective_from: date
    source: str
    bank: str
    channels: str
    item_code: str
    item_name: str
    office_code: str


PaymentTermsVersions = Versions[PaymentTerms]
