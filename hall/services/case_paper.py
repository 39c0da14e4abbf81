"""What the papers of an acceptance say: one set of frozen fields for receipt slip, receipt form and notice."""

from collections.abc import Mapping
from datetime import date, datetime

from hall.clock import hall_time
from hall.printing.receipts import Accepted, CheckPending, Due, ReceiptMaterial, ReceiptSlip
from hall.printing.tickets import Reprint
from hall.rules.catalogue import Matter
from hall.rules.citations import in_full
from hall.rules.clocks import ClockKind, ClockStart
from hall.rules.identity import mask_id_number, mask_name
from hall.rules.materials import HandedIn
from hall.rules.permits import AcceptedHow
from hall.store.schema.halls import Hall
from hall.words import CASE_CHANNELS, LIMIT_UNITS

Row = dict[str, str | int]
Field = str | list[Row]
Content = Mapping[str, Field]


def case_content(
    hall: Hall,
    matter: Matter,
    *,
    received_at: datetime,
    applicant_name: str,
    applicant_id: str,
    materials: tuple[HandedIn, ...],
    clocks: tuple[ClockStart, ...],
    channel: str,
    clerk_name: str,
    receipt_number: str,
    check_due: date | None,
    accepted_on: date | None,
    agent_name: str = "",
) -> dict[str, Field]:
    """Every field of both templates but number, day of issue and the picture of the code; the ID number is masked.

    A limit that the matter does not have is the empty text, and so is everything of a case that is only received.
    `…_instant` and `…_day` are ISO 8601, for slips.
    """
    return {
        "authority_name": hall.authority,
        "hall_name": hall.name,
        "hall_address": hall.address,
        "hall_phone": hall.phone,
        "complaint_phone": hall.complaint_phone,
        "applicant_name": applicant_name,
        "applicant_name_masked": mask_name(applicant_name),
        "applicant_id_masked": mask_id_number(applicant_id),
        "agent_name": agent_name or "无",
        "matter_name": matter.name,
        "legal_basis": in_full(matter.basis),
        "channel": CASE_CHANNELS[channel],
        "enquiry_code": receipt_number,
        "received_at": chinese_minute(received_at),
        "received_on": chinese_date(hall_time(received_at).date()),
        "received_instant": received_at.isoformat(),
        "check_due": chinese_date(check_due) if check_due else "待定",
        "check_day": check_due.isoformat() if check_due else "",
        "accepted_on": chinese_date(accepted_on) if accepted_on else "",
        **_clock_fields("statutory", clocks),
        **_clock_fields("promised", clocks),
        "pending_reason": next((clock.pending for clock in clocks if clock.pending), ""),
        "materials": _material_rows(matter, materials),
        "clerk_name": clerk_name,
    }


def how_fields(how: AcceptedHow) -> dict[str, Field]:
    """Which sentence the acceptance notice says: 是 in one of three fields, in none where the set is complete."""
    return {each: "是" if how == each else "" for each in ("lacking", "informed", "deemed")}


def receipt_slip_of(content: Content, *, number: str, payload: str, reprint: Reprint | None) -> ReceiptSlip:
    """The receipt as a slip, from frozen content."""
    rows = content["materials"]
    assert isinstance(rows, list)
    agent = str(content["agent_name"])
    return ReceiptSlip(
        hall=str(content["hall_name"]),
        address=str(content["hall_address"]),
        phone=str(content["hall_phone"]),
        number=number,
        masked_applicant=str(content["applicant_name_masked"]),
        matter=str(content["matter_name"]),
        channel=str(content["channel"]),
        received_at=datetime.fromisoformat(str(content["received_instant"])),
        materials=tuple(
            ReceiptMaterial(str(row["name"]), originals=int(row["originals"]), copies=int(row["copies"]))
            for row in rows
        ),
        answer=_slip_answer(content),
        clerk=str(content["clerk_name"]),
        enquiry="取号机查进度：编号和证件号后四位",
        payload=payload,
        masked_agent="" if agent == "无" else mask_name(agent),
        reprint=reprint,
    )


def chinese_date(day: date) -> str:
    """2026年11月21日: Arabic digits, no leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_minute(instant: datetime) -> str:
    """2026年11月21日9时05分, in the hall's time zone."""
    local = hall_time(instant)
    return f"{chinese_date(local.date())}{local.hour}时{local.minute:02d}分"


def _clock_fields(kind: ClockKind, clocks: tuple[ClockStart, ...]) -> dict[str, Field]:
    clock = next((clock for clock in clocks if clock.kind == kind), None)
    if clock is None:
        return dict.fromkeys((f"{kind}_days", f"{kind}_unit", f"{kind}_due", f"{kind}_day"), "")
    return {
        f"{kind}_days": str(clock.limit.days),
        f"{kind}_unit": LIMIT_UNITS[clock.limit.unit],
        f"{kind}_due": chinese_date(clock.due_on) if clock.due_on else "待定",
        f"{kind}_day": clock.due_on.isoformat() if clock.due_on else "",
    }


def _slip_answer(content: Content) -> Accepted | CheckPending:
    if content["accepted_on"]:
        return Accepted(_slip_due(content, "statutory"), _slip_due(content, "promised"))
    day = str(content["check_day"])
    return CheckPending(date.fromisoformat(day) if day else "放假安排未录入，待定")


def _slip_due(content: Content, kind: ClockKind) -> Due | None:
    """A day, the reason why it cannot be told, or None for a limit that the matter does not have."""
    if not content[f"{kind}_due"]:
        return None
    day = str(content[f"{kind}_day"])
    return date.fromisoformat(day) if day else str(content["pending_reason"])


def _material_rows(matter: Matter, materials: tuple[HandedIn, ...]) -> list[Row]:
    names = {rule.position: rule.name for rule in matter.materials}
    handed = [each for each in materials if each.originals or each.copies]
    return [
        {
            "position": place,
            "name": names[each.position],
            "originals": each.originals,
            "copies": each.copies,
            "pages": "",
            "disposal": "收存",
        }
        for place, each in enumerate(handed, start=1)
    ]
