"""The sheet of an entry of a register (登记单): its fields one below the other, and who signs."""

from collections.abc import Sequence

from hall.services.case_paper import Row
from hall.services.papers_common import Fields, sentence


def register_sheet(
    common: Fields, *, title: str, entry_number: str, rows: Sequence[tuple[str, str]], signs: Sequence[str], says: str
) -> Fields:
    """`register_sheet` 登记单: rows `rows` (label, value) and `signs` (who); `says` stands below, and may be empty."""
    told: list[Row] = [{"label": label, "value": value} for label, value in rows]
    signed: list[Row] = [{"who": who} for who in signs]
    return {
        **common,
        "sheet_title": title,
        "entry_number": entry_number,
        "rows": told,
        "signs": signed,
        "says": sentence(says),
    }
