"""Papers outside permits with fictitious content: leniency, payment, complaints, publicity, relief."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hall.clock import HALL_ZONE
from hall.printing.tickets import TicketSlip
from hall.rules.seizures import ListedItem
from hall.rules.surcharge import SurchargeTerms
from hall.services import papers_complaint as complaint
from hall.services import papers_correction as correction
from hall.services import papers_leniency as leniency
from hall.services import papers_on_spot as on_spot
from hall.services import papers_payment as payment
from hall.services import papers_penalty as penalties
from hall.services import papers_publicity as publicity
from hall.services import papers_relief as relief
from hall.services import papers_seizure as seizure
from hall.services import papers_vendor as vendor
from hall.services.paper import HINTS
from hall.services.papers_addressee import Addressee, addressee_block
from hall.services.papers_closing import ServedPaper
from hall.services.papers_common import Fields, hall_block
from hall.services.papers_penalty_service import penalty_served
from hall.services.papers_register import register_sheet
from hall.services.papers_ticket import ticket_sheet
from hall.store.schema.halls import Hall

TERMS = SurchargeTerms(
    name="fine.surcharge",
    title="加处罚款",
    daily_rate=Decimal("0.03"),
    cap=Decimal(1),
    payment_day_counts=True,
    law="行政处罚法72(1)",
    effective_from=date(2021, 7, 15),
    source="行政处罚法",
    note="",
)
PERSON = Addressee(
    "person",
    name="张𬭚䶮",
    number="999999194912310020",
    address="示例市示例区示例路200号1号楼2单元301室",
    phone="13900000000",
)
COMPANY = Addressee(
    "organisation",
    name="示例市示例区示例餐饮服务有限公司",
    number="91350100M000100Y43",
    representative="李㐂",
    address="示例市示例区示例路100号",
    phone="029-00000002",
)
OFFICERS = (leniency.CaseOfficer("王示例", "SL-0001"), leniency.CaseOfficer("李示例", "SL-0002"))
BENCHMARK = leniency.Benchmark(
    "擅自占用城市道路—较轻", "2026年1月1日起施行的裁量基准", lowest=Decimal(500), highest=Decimal(5000)
)
DECISION = payment.PenaltyDecision("示城管罚决〔2026〕31号", date(2026, 11, 10), Decimal(3000))
BANK = "示例银行示例支行（示例区示例路1号，账户名称示例区财政局，账号0000 0000 0000 0000）"
CASE = "示城管罚立〔2026〕18号"


def day(number: int) -> date:
    return date(2026, 12, number)


def in_rows(text: Callable[[str], str], rows: int, wording: str) -> tuple[str, ...]:
    """A wording for each row with its number; only the last row is as long as it may be."""
    return tuple(text(wording.format(each)) if each == rows else wording.format(each) for each in range(1, rows + 1))


def plan(parts: int) -> tuple[payment.Instalment, ...]:
    """The fine in equal parts, the last with what is left."""
    each = DECISION.fine // parts
    last = DECISION.fine - each * (parts - 1)
    return tuple(
        payment.Instalment(date(2027 + number // 12, number % 12 + 1, 28), each if number < parts - 1 else last)
        for number in range(parts)
    )


def ticket(text: Callable[[str], str], rows: int) -> TicketSlip:
    booked = datetime(2026, 12, 3, 10, tzinfo=HALL_ZONE)
    return TicketSlip(
        hall="示例区城市管理执法服务大厅",
        code="A017",
        matters=in_rows(text, rows // 3, "第{}个事项：临时占用城市道路审批"),
        place="1 至 4 号窗口",
        waiting_ahead=6,
        minutes=(20, 35),
        issued_at=datetime(2026, 12, 3, 9, 20, tzinfo=HALL_ZONE),
        priority="老年优先",
        masked_name="张*䶮",
        appointment=(booked, booked + timedelta(minutes=30)),
        hints=HINTS,
    )


def leniency_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = addressee_block(hall, COMPANY if rows > 3 else PERSON, clerk_name="王示例")
    act = text("在示例路100号门前人行道上擅自摆放桌椅经营")
    fine = leniency.Fine(Decimal(200), "示例银行示例支行", TERMS)
    return {
        "leniency_application": leniency.leniency_application(
            block,
            case_number=CASE,
            stage="announced",
            act=act,
            result="none",
            limbs=("first_time",),
            facts=text("当日即收回全部桌椅并清理地面，未影响通行"),
            evidence=tuple(leniency.Evidence(f"整改照片{each + 1}", 2) for each in range(rows)),
            correction=text("已于2026年11月8日改正"),
            first_time=True,
            searched=text("2024年11月3日至2026年11月3日没有查到同一种违法"),
        ),
        "leniency_answer": leniency.leniency_answer(
            block,
            case_number=CASE,
            application_number="示城管罚免申〔2026〕第0001号",
            applied_on=day(1),
            wanted="none",
            limbs=("first_time", "slight"),
            found=text("“危害后果轻微”具备（现场照片）；“及时改正”不具备（责令改正的期限已过，没有改正）"),
            reasons=text("责令改正的期限届满后仍占用人行道，经两次复查没有清理，不符合及时改正的条件"),
        ),
        "leniency_review": leniency.leniency_review(
            block,
            case_number=CASE,
            application_number="示城管罚免申〔2026〕第0001号",
            act=act,
            limb="removed",
            result="reduced",
            facts=text("当事人主动清理场地，消除影响"),
            searched="本机关2024年11月21日以来的全部处罚案件",
            found=text("未发现同类违法记录"),
            benchmark=BENCHMARK,
            proposed=Decimal(200),
            officers=OFFICERS,
            proposal=text("建议减轻处罚"),
            legal_opinion=text("事实清楚，适用法律正确，同意减轻"),
            minutes="2026年第9次案件集体讨论记录",
        ),
        "no_penalty": leniency.no_penalty(
            block,
            case_number=CASE,
            facts=act,
            evidence=text("现场检查笔录一份、现场照片四张、当事人陈述笔录一份"),
            violated="《城市道路管理条例》第二十七条",
            heard=text("已听取当事人的陈述和申辩"),
            limb="first_time",
            reasons=text("占用时间短，当日即收回并清理，经查询没有同类违法记录"),
            education=text("已当面说明占用人行道的危害和有关规定，当事人接受教育并作出承诺"),
            correction=text("自收到本决定书之日起不得再次占用"),
        ),
        "mitigated_penalty": leniency.mitigated_penalty(
            block,
            case_number=CASE,
            result="reduced",
            facts=act,
            evidence=text("现场检查笔录一份、现场照片四张"),
            violated="《城市道路管理条例》第二十七条",
            basis="《城市道路管理条例》第四十二条",
            limb="removed",
            reasons=text("当事人在本机关发现前已经清理场地，恢复通行"),
            benchmark=BENCHMARK,
            penalty="警告",
            fine=fine,
            education=text("已当面说明占用人行道的危害"),
            heard=text("已听取当事人的陈述和申辩，采纳"),
            below_lowest=text("按最低额的百分之四十计算"),
        ),
        "education_record": leniency.education_record(
            block,
            case_number=CASE,
            act=act,
            result="不予行政处罚",
            place="示例区城市管理执法服务大厅",
            explained=in_rows(text, rows, "第{}项规定：不得擅自占用城市道路"),
            promises=in_rows(text, rows, "第{}项承诺：不再占用人行道经营"),
            officers=OFFICERS,
        ),
    }


def decision_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = addressee_block(hall, COMPANY if rows > 3 else PERSON, clerk_name="王示例")
    findings = penalties.Findings(
        case_number=CASE,
        facts=text("在示例路100号门前人行道上擅自摆放桌椅经营，占用面积12平方米"),
        evidence=text("现场检查笔录一份、现场照片四张、当事人陈述笔录一份"),
        violated="《城市道路管理条例》第二十七条",
        basis="《城市道路管理条例》第四十二条",
    )
    fine = leniency.Fine(Decimal(3000), BANK, TERMS)
    reasons = text("占用面积十二平方米、持续三日，与“较轻”一档相符，没有从轻、减轻情形")
    return {
        "penalty_notice": penalties.penalty_notice(
            block,
            findings=findings,
            benchmark=BENCHMARK,
            penalty="警告",
            fine=fine,
            reasons=reasons,
            defence_days=5,
            defend_by=day(10),
            ask_by=day(10),
            hearing=True,
        ),
        "penalty_hearing": penalties.penalty_hearing(
            block,
            case_number=CASE,
            subject=text("拟对擅自占用城市道路作出的罚款"),
            held_at=datetime(2026, 12, 22, 9, 30, tzinfo=HALL_ZONE),
            place="示例区城市管理执法服务大厅二层会议室",
            public=True,
            chair_name="孙示例",
            recorder_name="吴示例",
            officers="王示例（SL-0001）、李示例（SL-0002）",
        ),
        "penalty_served": penalty_served(
            block,
            case_number=CASE,
            violation_name=text("擅自占用城市道路"),
            paper=ServedPaper("行政处罚决定书", DECISION.number),
            method="直接送达",
            served_at=datetime(2026, 12, 3, 10, 5, tzinfo=HALL_ZONE),
            place="示例市示例区示例路100号",
            recipient_name="张𬭚䶮",
            capacity="本人",
            server_names=("王示例", "李示例"),
        ),
        "penalty": penalties.penalty(
            block,
            findings=findings,
            benchmark=BENCHMARK,
            penalty="警告",
            fine=fine,
            reasons=reasons,
            heard=text("本机关于2026年12月3日告知拟作出处罚的内容，当事人在期限内没有提出陈述、申辩"),
            correction=text("责令于收到本决定书之日起三日内清理占用的人行道"),
        ),
    }


def payment_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = addressee_block(hall, COMPANY, clerk_name="王示例")
    return {
        "deferral": payment.deferral(
            block,
            kind="instalments",
            decision=DECISION,
            hardship=text("社区居民委员会出具的家庭收入证明、低保证"),
            plan=plan(rows),
            approver_name="赵示例",
            added=Decimal(270),
        ),
        "deferral_refusal": payment.deferral_refusal(
            block,
            kind="deferral",
            decision=DECISION,
            applied_on=day(1),
            reasons=text("申请人没有提供经济确有困难的证明，经核对其经营收入正常"),
            due_on=day(15),
            surcharge=TERMS,
            held=True,
        ),
        "execution_agreement": payment.execution_agreement(
            block,
            decision=DECISION,
            principal=Decimal(3000),
            added=Decimal(900),
            added_until=day(2),
            waived=Decimal(900),
            remedies_taken=text("恢复人行道原状，每日收摊后清理地面"),
            plan=plan(rows),
            breach_revives=True,
        ),
        "penalty_correction": correction.penalty_correction(
            block,
            decision=DECISION,
            wrong=text("违法地点为示例路100号门前人行道"),
            right=text("违法地点为示例路108号门前人行道"),
            reasons=text("与现场检查笔录、照片不一致，系打印差错"),
        ),
        "penalty_revocation": correction.penalty_revocation(
            block,
            decision=DECISION,
            ground="主要证据不足",
            reasons=text("经复核现场照片，占道物品属于相邻商户，不能证明由当事人堆放"),
            paid=Decimal(1000),
            published=True,
        ),
        "payment_notice": payment.payment_notice(
            block,
            decision=DECISION,
            item_code="103050199",
            item_name="其他一般罚没收入",
            office_code="610000000001",
            pay_code="61000026A0000000123X",
            amount=Decimal("3000"),
            instalment=rows > 3,
            added=Decimal(0) if rows > 3 else Decimal(90),
            added_until=day(2),
            due_on=day(28),
            rolled_from=day(26),
            bank=text(BANK),
            channels=text("示例市非税收入缴款平台、银联云闪付、微信、支付宝"),
            surcharge=TERMS,
        ),
        "on_spot_penalty": on_spot.on_spot_penalty(
            block,
            act=text("在人行道上堆放经营物品，影响通行"),
            done_at=datetime(2026, 12, 3, 9, 20, tzinfo=HALL_ZONE),
            place="示例路100号门前人行道",
            violated="《示例市市容和环境卫生管理条例》第二十条",
            basis="《示例市市容和环境卫生管理条例》第四十条",
            warning=True,
            fine=on_spot.SpotFine(Decimal(200), BANK, None, TERMS),
            officers=OFFICERS,
            refused_to_sign=text("执法人员已注明情况，见证人吴示例在场"),
        ),
    }


def seizure_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = addressee_block(hall, PERSON, clerk_name="王示例")
    goods = tuple(
        ListedItem(name, "2", "件", "完好" if each % 2 else "")
        for each, name in enumerate(in_rows(text, rows, "第{}样财物：折叠桌椅"))
    )
    decision = seizure.SeizureDecision("示城管扣〔2026〕8号", "seize", date(2026, 11, 10), "示例路100号门前", goods)
    return {
        "seizure_extension": seizure.seizure_extension(
            block,
            decision=decision,
            first_until=date(2026, 12, 14),
            until=date(2027, 1, 13),
            tested=(seizure.ExcludedDays("appraise", date(2026, 11, 12), date(2026, 11, 15)),),
            reason=text("财物的来源需要向外地经营者核实"),
            approver_name="赵示例",
        ),
        "seizure_release": seizure.seizure_release(
            block, decision=decision, limb="unrelated", reason=text("经核对进货凭证，所扣财物与占道经营无关")
        ),
        "goods_return": seizure.goods_return(
            block,
            decision=decision,
            release_number="示城管强解〔2026〕1号",
            released_on=day(1),
            items=goods,
            receiver=seizure.Receiver("张𬭚䶮", "本人", text("第2项外包装有轻微擦痕，当事人无异议")),
            returned_on=day(3),
        ),
        "emergency_report": seizure.emergency_report(
            hall_block(hall, clerk_name="王示例"),
            taken=seizure.EmergencyTaken(
                "当场扣押",
                "示例路100号门前",
                text("当事人正在转移占道经营的工具，不当场扣押将无法查清"),
                datetime(2026, 12, 2, 20, 30, tzinfo=HALL_ZONE),
                "王示例（SL-0001）、李示例（SL-0002）",
                "示城管扣〔2026〕8号",
            ),
            party="张*䶮",
            due_at=datetime(2026, 12, 3, 20, 30, tzinfo=HALL_ZONE),
            reported_at=datetime(2026, 12, 3, 9, 20, tzinfo=HALL_ZONE),
        ),
    }


def complaint_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = hall_block(hall, clerk_name="王示例")
    return {
        "complaint_acceptance": complaint.complaint_acceptance(
            block,
            complainant=PERSON,
            received_at=datetime(2026, 12, 3, 9, 20, tzinfo=HALL_ZONE),
            channel="来访",
            subject="夜间占道经营噪声",
            content=text("示例路夜间占道经营，噪声影响休息"),
            dues=complaint.ComplaintDues(day(18), date(2027, 2, 1), day(14)),
            handler_name="孙示例",
            handler_department="市容管理科",
            evidence="现场录像一份",
        ),
        "dispatch_sheet": complaint.dispatch_sheet(
            block,
            request_number="示城管诉〔2026〕第0001号",
            kind="投诉",
            category="占道经营",
            subject="夜间占道经营噪声",
            content=text("示例路夜间占道经营，噪声影响休息"),
            place="示例街道　示例路12号门前",
            person=f"{PERSON.public_name}　139****0000",
            unit="示例街道中队",
            why_unit="责任区：占道经营—示例街道（2026-01-01起）",
            order=text("当晚到场查看"),
            times=2,
            joined=rows,
            due=day(10),
            return_by=day(10),
            finish_by=date(2027, 2, 1),
        ),
        "complaint_reply": complaint.complaint_reply(
            block,
            complainant=PERSON.public_name,
            acceptance_number="示城管诉〔2026〕第0001号",
            received_on=day(3),
            subject="夜间占道经营噪声",
            findings=text("经12月4日、5日两次夜间检查，反映情况属实"),
            reply=text("已责令改正，并安排夜间巡查"),
            basis="《示例市市容和环境卫生管理条例》第二十条",
            handler_name="孙示例",
        ),
        "rating_sheet": complaint.rating_sheet(
            block,
            matter_name="临时占用城市道路摆设摊点审批",
            counter="3号窗口",
            served_on=day(3),
            level=2,
            reasons=tuple((reason, "第1项" in reason) for reason in in_rows(text, rows, "第{}项：等候时间长")),
            remark=text("希望增加窗口"),
            contact="13900000000",
            follow_up_by=day(24),
        ),
    }


def public_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = addressee_block(hall, PERSON, clerk_name="王示例")
    return {
        "publicity": publicity.publicity(
            hall_block(hall, clerk_name="王示例"),
            shown_from=day(3),
            shown_until=date(2027, 12, 2),
            entries=tuple(
                publicity.Published(
                    "penalty" if each % 2 else "permit",
                    "临时占用城市道路审批",
                    PERSON if each % 2 else COMPANY,
                    f"示城管许准〔2026〕{each + 1}号",
                    result,
                    day(1),
                    day(10),
                )
                for each, result in enumerate(in_rows(text, rows, "准予许可"))
            ),
            withdrawals=tuple(
                publicity.PublicityWithdrawal(f"示城管罚决〔2026〕{each + 1}号", reason, day(1), day(4), day(2))
                for each, reason in enumerate(in_rows(text, rows // 3, "处罚决定被复议决定撤销"))
            ),
        ),
        "relief": relief.relief(
            block,
            charity_name="示例区慈善协会",
            household=tuple(
                relief.HouseholdMember("张示例", "子女", each + 1, "无收入") for each in range(max(rows // 2, 2))
            ),
            reason=text("因病停业三个月，家庭收入中断，希望恢复经营"),
            evidence="医院诊断证明、收入证明各一份",
            kind="tools",
            asked=Decimal("2500"),
            means=text("核对机构核对家庭月人均收入800元，没有车辆和第二套住房"),
            visited=text("12月2日入户，情况属实"),
            hall_opinion=text("同意上报"),
            vote=relief.ReliefVote(for_it=5, against=0, abstained=1),
            charity_number="示慈救〔2026〕7号",
            amount=Decimal("2000"),
            award_goods=text("三轮餐车一辆"),
            refused="",
            shown_from=day(5),
            shown_until=day(11),
        ),
        "relief_receipt": relief.relief_receipt(
            block,
            charity_name="示例区慈善协会",
            application_number="示城管救〔2026〕第0012号",
            charity_number="示慈救〔2026〕7号",
            awarded=relief.Awarded("tools", Decimal("2000"), text("三轮餐车一辆")),
            reference="ZZ20261214-08",
        ),
        "relief_publicity": relief.relief_publicity(
            hall_block(hall, clerk_name="王示例"),
            charity_name="示例区慈善协会",
            shown_from=day(5),
            shown_until=day(12),
            where="政务服务中心一楼公示栏、慈善协会网站",
            awards=tuple(
                ("张*䶮", f"示慈救〔2026〕{each + 7}号", relief.Awarded("tools", Decimal("2000"), goods))
                for each, goods in enumerate(in_rows(text, rows, "三轮餐车一辆"))
            ),
        ),
    }


def vendor_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = addressee_block(hall, PERSON, clerk_name="王示例")
    told = vendor.CreditEvent(
        code="K04",
        words="转让、出租、出借摊位证",
        happened_on=day(1),
        place="示例路临时疏导点",
        facts=text("你将摊位证交由他人使用，经营三日"),
        evidence="现场检查笔录和本人陈述",
        basis="便民服务点管理办法（样例）、入场承诺书",
        points=-20,
        last_day=date(2028, 11, 30),
        standing="2026年12月4日当面交付；异议期未满，不计",
    )
    return {
        "credit_record": vendor.credit_record(
            block,
            vendor="L202600012（餐饮小吃）",
            events=tuple(replace(told, words=words) for words in in_rows(text, rows, told.words)),
            base=100,
            balance=91,
            level="B级（良好）",
            effect=text("正常申请摊位"),
            source="流动经营者信用管理办法（样例）",
            objection=text("12月5日提出异议，经核查维持原记录"),
        ),
        "credit_notice": vendor.credit_notice(
            block,
            vendor_number="L202600012",
            event=told,
            decision_number="",
            objection_days=15,
            answer_days=20,
            counts_at_once=False,
            corrects="",
        ),
        "credit_reply": vendor.credit_reply(
            block,
            vendor_number="L202600012",
            event=told,
            notice_number="示城管信告〔2026〕1号",
            objected_on=day(5),
            objection=text("当日是亲属代为看摊，没有转让"),
            upheld=False,
            reasons=text("经询问相邻摊主和调取巡查照片，连续三日均由他人收款经营，异议不成立"),
            reported=False,
        ),
    }


def penalty_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    """Every kind of this file, as its fields."""
    return {
        **leniency_papers(hall, text, rows),
        **decision_papers(hall, text, rows),
        **payment_papers(hall, text, rows),
        **seizure_papers(hall, text, rows),
        **complaint_papers(hall, text, rows),
        **public_papers(hall, text, rows),
        **vendor_papers(hall, text, rows),
        "ticket_sheet": ticket_sheet(hall_block(hall, clerk_name="取号机"), ticket(text, rows)),
        "register_sheet": register_sheet(
            hall_block(hall, clerk_name="周玉兰"),
            title="轻微违法警示单",
            entry_number="莲城管警示〔2026〕1号",
            rows=[
                ("登记日期", "2026年12月1日"),
                ("当事人", "张示例"),
                ("证件", "居民身份证999999********0019"),
                *((f"提示内容{each + 1}", text("店外堆放货物，已当场清理")) for each in range(rows)),
            ],
            signs=("当事人", "执法人员"),
            says=text("本单是行政指导，由当事人自愿采纳，不采纳不因此受到不利处理"),
        ),
    }
