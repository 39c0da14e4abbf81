"""What the papers of an acceptance say: one set of frozen fields for receipt slip, receipt form and notice."""

from collections.abc import Mapping
from datetime import date, datetime

from hall.clock import hall_time
from hall.printing.receipts import Accepted, ReceiptMaterial, ReceiptSlip
from hall.printing.tickets import Reprint
from hall.rules.catalogue import Matter
from hall.rules.identity import mask_id_number, mask_name
from hall.rules.permits import ClockStart, HandedIn
from hall.store.schema.halls import Hall
from hall.words import CASE_CHANNELS, LIMIT_UNITS

Row = dict[str, str | int]
Field = str | int | list[Row]
Content = Mapping[str, Field]

NO_LIMIT = "未作承诺"


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
    issued_on: date,
) -> dict[str, Field]:
    """Every field of both templates but the number and the picture of the code; the ID number is masked."""
    by_kind = {clock.kind: clock for clock in clocks}
    statutory, promised = by_kind.get("statutory"), by_kind.get("promised")
    return {
        "hall_name": hall.name,
        "hall_address": hall.address,
        "hall_phone": hall.phone,
        "complaint_phone": hall.complaint_phone,
        "applicant_name": applicant_name,
        "applicant_name_masked": mask_name(applicant_name),
        "applicant_id_masked": mask_id_number(applicant_id),
        "agent_name": "无",
        "matter_name": matter.name,
        "legal_basis": matter.basis,
        "channel": CASE_CHANNELS[channel],
        "received_at": _minute(received_at),
        "received_instant": received_at.isoformat(),
        "accepted_on": chinese_date(issued_on),
        "statutory_days": _length(statutory),
        "statutory_due": _due(statutory),
        "promised_days": _length(promised),
        "promised_due": _due(promised),
        "pending_reason": next((clock.pending for clock in clocks if clock.pending), ""),
        "materials": _material_rows(matter, materials),
        "clerk_name": clerk_name,
        "issued_on": chinese_date(issued_on),
    }


def receipt_slip_of(content: Content, *, number: str, payload: str, reprint: Reprint | None) -> ReceiptSlip:
    """The receipt as a slip, from frozen content."""
    rows = content["materials"]
    assert isinstance(rows, list)
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
        answer=Accepted(str(content["statutory_due"]), str(content["promised_due"])),
        clerk=str(content["clerk_name"]),
        enquiry=f"凭编号或二维码到任一窗口查询，电话 {content['hall_phone']}",
        payload=payload,
        reprint=reprint,
    )


def chinese_date(day: date) -> str:
    """2026年11月21日: Arabic digits, no leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _minute(instant: datetime) -> str:
    local = hall_time(instant)
    return f"{chinese_date(local.date())}{local.hour}时{local.minute:02d}分"


def _length(clock: ClockStart | None) -> str:
    return f"{clock.limit.days}个{LIMIT_UNITS[clock.limit.unit]}" if clock else NO_LIMIT


def _due(clock: ClockStart | None) -> str:
    if clock is None:
        return NO_LIMIT
    return chinese_date(clock.due_on) if clock.due_on else f"待定（{clock.pending}）"


def _material_rows(matter: Matter, materials: tuple[HandedIn, ...]) -> list[Row]:
    names = {rule.position: rule.name for rule in matter.materials}
    handed = [each for each in materials if each.originals or each.copies]
    return [
        {"position": place, "name": names[each.position], "originals": each.originals, "copies": each.copies}
        for place, each in enumerate(handed, start=1)
    ]
