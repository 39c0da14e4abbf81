"""What the hall lays down for its intake: `intake.toml`."""

from datetime import date
from pathlib import Path

from hall.rules.intake import IntakeRule, IntakeRules
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def intake_rules(home: Path) -> IntakeRules:
    """All versions; raises BadParameters."""
    return parameters(home, "intake.toml", lambda table: dated_versions(table, _version))


def _version(effective_from: date, source: str, row: Parameters) -> IntakeRule:
    silence = row.get("silence")
    if not isinstance(silence, str):
        raise ValueError("silence 应是一句话")
    return IntakeRule(
        effective_from=effective_from,
        source=source,
        supplement_days=whole(row, "supplement_days"),
        silence=silence,
        lacking_margin=whole(row, "lacking_margin"),
        lacking_longest=whole(row, "lacking_longest"),
        informed_check_days=whole(row, "informed_check_days"),
        duplicate_days=whole(row, "duplicate_days"),
        duplicate_percent=whole(row, "duplicate_percent"),
        enquiry_days=whole(row, "enquiry_days"),
    )
