"""A matter's guide, or a line of the list of powers, on the narrow paper: for whoever asks at the counter."""

from dataclasses import dataclass
from datetime import datetime

from hall.clock import hall_time
from hall.printing.slip import Slip, SlipPart, SlipRule, SlipText
from hall.printing.tickets import MINUTE
from hall.rules.guides import GuideSection


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """What stands on the sheet; `matter` is the matter or the power. No person in it: whoever asks may have it."""

    hall: str
    address: str
    phone: str
    code: str
    matter: str
    sections: tuple[GuideSection, ...]
    printed_at: datetime
    title: str = "办事指南"


def guide_slip(sheet: GuideSheet) -> Slip:
    """The guide as a long slip, for 58 and 80 mm paper alike."""
    parts: list[SlipPart] = [
        SlipText(sheet.hall, bold=True, align="centre"),
        SlipText(sheet.title, size=(2, 2), bold=True, align="centre"),
        SlipText(sheet.matter, bold=True, align="centre"),
    ]
    for section in sheet.sections:
        parts += [SlipRule(), SlipText(section.title, bold=True), *(SlipText(line) for line in section.lines)]
    parts += [
        SlipRule(),
        SlipText(f"地址：{sheet.address}"),
        SlipText(f"电话：{sheet.phone}"),
        SlipText(f"打印时间 {hall_time(sheet.printed_at).strftime(MINUTE)}，以当日公布的为准。"),
    ]
    return Slip(f"{sheet.title} {sheet.code}", tuple(parts))
