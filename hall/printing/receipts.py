"""The receipt for handed-in materials: what was taken, when, and by when the hall must answer."""

from dataclasses import dataclass
from datetime import date, datetime

from hall.clock import hall_time
from hall.printing.slip import Slip, SlipFeed, SlipPair, SlipPart, SlipQr, SlipRule, SlipText
from hall.printing.tickets import MINUTE, Reprint, reprint_parts

Due = date | str
"""A day, or the reason why it cannot be told yet (2027年放假安排未录入)."""


@dataclass(frozen=True, slots=True)
class ReceiptMaterial:
    """One material that was handed in; `returned` says that the originals were checked and given back."""

    name: str
    originals: int = 0
    copies: int = 0
    pages: int | None = None
    returned: bool = False


@dataclass(frozen=True, slots=True)
class CheckPending:
    """Received, not yet accepted: the day by which missing materials must be named (行政许可法 32(1)(4))."""

    due: Due


@dataclass(frozen=True, slots=True)
class Accepted:
    """Accepted at once: the statutory day of decision (行政许可法 42) and the hall's own promise.

    None where none is laid down.
    """

    statutory: Due | None
    promised: Due | None = None


@dataclass(frozen=True, slots=True)
class ReceiptSlip:
    """What stands on a receipt. The applicant is masked already; `payload` is the signed receipt code."""

    hall: str
    address: str
    phone: str
    number: str
    masked_applicant: str
    matter: str
    channel: str
    received_at: datetime
    materials: tuple[ReceiptMaterial, ...]
    answer: CheckPending | Accepted
    clerk: str
    enquiry: str
    payload: str
    masked_agent: str = ""
    reprint: Reprint | None = None


def receipt_slip(receipt: ReceiptSlip) -> Slip:
    """The receipt as a slip, for 58 and 80 mm paper alike."""
    parts = (
        *reprint_parts(receipt.reprint),
        SlipText(receipt.hall, bold=True, align="centre"),
        SlipText("申请材料接收凭证", size=(2, 2), bold=True, align="centre"),
        SlipText(receipt.number, align="centre"),
        SlipRule(),
        *_who_and_what(receipt),
        SlipRule(),
        *_materials(receipt.materials),
        SlipRule(),
        *_answer(receipt.answer),
        SlipRule(),
        *_signatures(receipt),
        SlipQr(receipt.payload),
        SlipText("到窗口扫码，查验真伪与办理进度", align="centre"),
        SlipText(receipt.enquiry),
        SlipText(f"地址：{receipt.address}"),
        SlipText(f"电话：{receipt.phone}"),
    )
    return Slip(f"收件凭证 {receipt.number}", parts)


def _who_and_what(receipt: ReceiptSlip) -> list[SlipPart]:
    parts: list[SlipPart] = [SlipPair("申 请 人", receipt.masked_applicant)]
    if receipt.masked_agent:
        parts.append(SlipPair("代 理 人", receipt.masked_agent))
    return [
        *parts,
        SlipPair("申请事项", receipt.matter),
        SlipPair("收件方式", receipt.channel),
        SlipPair("收件时间", hall_time(receipt.received_at).strftime(MINUTE)),
    ]


def _materials(materials: tuple[ReceiptMaterial, ...]) -> list[SlipPart]:
    parts: list[SlipPart] = [SlipText(f"收到材料 {len(materials)} 种：", bold=True)]
    for order, material in enumerate(materials, start=1):
        parts.append(SlipPair(f"{order}. {material.name}", _counts(material)))
    return parts


def _counts(material: ReceiptMaterial) -> str:
    counts = []
    if material.originals:
        counts.append(f"原件{material.originals}份" + ("（已退还）" if material.returned else ""))
    if material.copies:
        counts.append(f"复印件{material.copies}份")
    if material.pages is not None:
        counts.append(f"共{material.pages}页")
    return " ".join(counts) or "未计份数"


def _answer(answer: CheckPending | Accepted) -> list[SlipPart]:
    match answer:
        case CheckPending(due):
            return [
                SlipPair("核对期限至", _day(due)),
                SlipText("材料不齐的，将在核对期限内一次告知全部补正内容；逾期不告知的，自收到材料之日起即为受理。"),
            ]
        case Accepted(statutory, promised):
            parts: list[SlipPart] = [SlipText("申请已受理", bold=True)]
            if statutory is not None:
                parts.append(SlipPair("法定期限至", _day(statutory)))
            if promised is not None:
                parts.append(SlipPair("承诺期限至", _day(promised)))
            return [*parts, SlipText("听证、检验、检测、鉴定、专家评审等依法不计入。")]


def _day(due: Due) -> str:
    if isinstance(due, str):
        return f"待定（{due}）"
    return f"{due.year}年{due.month}月{due.day}日"


def _signatures(receipt: ReceiptSlip) -> list[SlipPart]:
    return [
        SlipPair("经办人", receipt.clerk),
        SlipFeed(),
        SlipPair("申请人签收", "________________"),
        SlipFeed(2),
        SlipText("（行政许可专用章）", align="right"),
    ]
