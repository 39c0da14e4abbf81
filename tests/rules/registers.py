"""A register and a calendar to try the rules with."""

from dataclasses import replace
from datetime import date

from hall.resources import resource
from hall.rules.calendar import WorkCalendar
from hall.rules.calendar_file import FILE_TITLE, parse_calendar
from hall.rules.csv_table import decode
from hall.rules.registers import Register, RegisterField, Sheet

SHOPS = Register(
    code="shops",
    name="店铺",
    group="市容",
    mark="店铺",
    effective_from=date(2026, 1, 1),
    source="样例",
    basis="样例规定",
    title="shop",
    fields=(
        RegisterField("shop", "店名", "unit", required=True),
        RegisterField("facts", "事实", "note"),
        RegisterField("until", "到期", "day"),
        RegisterField("count", "数量", "number"),
        RegisterField("kind", "种类", "choice", choices=("甲", "乙")),
        RegisterField("owner", "店主", "person"),
        RegisterField("staff", "联系人", "staff"),
    ),
    sheet=Sheet("店铺登记单", ("经办人",)),
)


def register(**changes: object) -> Register:
    """The register of shops with something changed."""
    return replace(SHOPS, **changes)  # type: ignore[arg-type]  # the fields of a register


def calendar_2026() -> WorkCalendar:
    """The shipped schedule of 2026 alone."""
    text = decode(resource("calendar/2026.csv").read_bytes(), FILE_TITLE)
    return WorkCalendar(parse_calendar(text))
