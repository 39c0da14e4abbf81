"""Slips as they leave a hall on a day: every kind, ordinary and full."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hall.printing.guides import GuideSheet, guide_slip
from hall.printing.receipts import Accepted, CheckPending, ReceiptMaterial, ReceiptSlip, receipt_slip
from hall.printing.slip import Slip
from hall.printing.tickets import Reprint, TicketSlip, ticket_slip
from hall.rules.guides import GuideSection
from hall.rules.receipt_code import compose
from hall.services.paper import APPOINTMENT_HINT, FURTHER_HINT, HINTS

NOW = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
NUMBER = "莲城管许收〔2026〕118号"
HALL = "莲城区城市管理综合服务大厅"

TICKET = TicketSlip(
    hall=HALL,
    code="A017",
    matters=("占用城市道路、广场等公共场所举办活动许可",),
    place="1 至 4 号窗口",
    waiting_ahead=12,
    minutes=(15, 25),
    issued_at=NOW,
    hints=HINTS,
)
FULL_TICKET = replace(
    TICKET,
    code="L003",
    matters=("设置大型户外广告审批", "城市建筑垃圾处置核准", "临时占用城市道路许可"),
    priority="老年人优先",
    masked_name="欧阳*明",
    appointment=(NOW + timedelta(minutes=18), NOW + timedelta(minutes=48)),
    hints=(FURTHER_HINT, APPOINTMENT_HINT, *HINTS),
    reprint=Reprint(2, NOW + timedelta(minutes=3)),
)

MATERIALS = (
    "申请表",
    "营业执照",
    "法定代表人身份证明",
    "授权委托书",
    "设计图纸及效果图",
    "场地使用证明",
    "安全责任承诺书",
)

RECEIPT = ReceiptSlip(
    hall=HALL,
    address="莲城区示范路 1 号城市管理服务大厅一楼",
    phone="029-00000000",
    number=NUMBER,
    masked_applicant="张*明",
    matter="城市建筑垃圾处置核准",
    channel="窗口",
    received_at=NOW,
    materials=(
        ReceiptMaterial("申请表", originals=1, pages=3),
        ReceiptMaterial("营业执照", originals=1, copies=2, returned=True),
        ReceiptMaterial("建筑垃圾处置方案（含运输路线图）", copies=1, pages=12),
    ),
    answer=CheckPending(date(2026, 11, 30)),
    clerk="李某某（0012）",
    enquiry="凭本凭证编号和证件号后四位，可在自助机或窗口查询办理进度。",
    payload=compose(NUMBER, date(2026, 11, 23), key_id="k12", signature=bytes(range(64))),
)
FULL_RECEIPT = replace(
    RECEIPT,
    masked_applicant="莲城区测试建设工程有限责任公司第三分公司",
    masked_agent="王*",
    materials=tuple(
        ReceiptMaterial(name, originals=1, copies=2, pages=number + 1, returned=True)
        for number, name in enumerate(
            (
                "申请表",
                "营业执照",
                "法定代表人身份证明",
                "授权委托书",
                "设计图纸及效果图",
                "场地使用证明",
                "安全责任承诺书",
            )
        )
    ),
    answer=Accepted(date(2026, 12, 21), date(2026, 12, 7)),
    reprint=Reprint(1, NOW),
)
RARE_RECEIPT = replace(RECEIPT, masked_applicant="张*𬭚")

GUIDE = GuideSheet(
    hall=HALL,
    address="莲城区示范路 1 号",
    phone="029-00000000",
    code="XK05",
    matter="临时占用城市道路许可",
    sections=(
        GuideSection("谁可以申请", ("自然人、法人、其他组织",)),
        GuideSection(
            "申请材料",
            (
                "1. 申请表（原件 1 份）",
                "2. 营业执照或身份证（复印件 1 份，交验原件）",
                "3. 占道范围和时间说明（原件 1 份）",
                "4. 场地平面图（原件 1 份）",
            ),
        ),
        GuideSection("时限", ("受理之日起 20 个工作日；承诺 3 个工作日。",)),
        GuideSection("收费", ("不收费",)),
        GuideSection("在哪里办", ("1 至 4 号窗口，工作日 9:00 至 17:00。",)),
    ),
    printed_at=NOW,
)

SLIPS: dict[str, Slip] = {
    "ticket": ticket_slip(TICKET),
    "ticket-full": ticket_slip(FULL_TICKET),
    "receipt": receipt_slip(RECEIPT),
    "receipt-full": receipt_slip(FULL_RECEIPT),
    "receipt-rare": receipt_slip(RARE_RECEIPT),
    "guide": guide_slip(GUIDE),
}
