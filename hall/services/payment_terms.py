"""Where fines are paid: `payment.toml`, as agreed with the collecting bank and the treasury."""

from datetime import date
from pathlib import Path

from hall.rules.payment_terms import PaymentTerms, PaymentTermsVersions
from hall.services.parameters import Parameters, dated_versions, parameters


def payment_terms(home: Path, day: date) -> PaymentTerms:
    """What is in force on a day; raises BadParameters."""
    return _versions(home).in_force(day)


def _versions(home: Path) -> PaymentTermsVersions:
    return parameters(home, "payment.toml", lambda table: dated_versions(table, _terms))


def _terms(day: date, source: str, row: Parameters) -> PaymentTerms:
    return PaymentTerms(
        effective_from=day,
        source=source,
        bank=_told(row, "bank"),
        channels=_told(row, "channels"),
        item_code=_told(row, "item_code"),
        item_name=_told(row, "item_name"),
        office_code=_told(row, "office_code"),
    )


def _told(row: Parameters, key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} 应是文字，不能空着")
    return value.strip()
