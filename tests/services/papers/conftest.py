"""Every paper of a case with fictitious content, short and long."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from hall.clock import HALL_ZONE
from hall.services import papers_closing as closing
from hall.services import papers_decision as decision
from hall.services import papers_hearing as hearing
from hall.services import papers_intake as intake
from hall.services import papers_month as month
from hall.services import papers_review as review
from hall.services import papers_supervision as supervision
from hall.services.papers_common import Fields, case_block, hall_block
from hall.store.schema.halls import Hall
from tests.services.papers.penalties import penalty_papers
from tests.services.papers.rounds import round_papers
from tests.services.papers.stalls import stall_papers
from tests.services.papers.standards import standards_papers

LONG = "经核对申请材料、现场情况和有关规划图件，拟占用的路段属于学校门口限制摆设的范围，"
BASIS = "《城市市容和环境卫生管理条例》第十四条"


def day(number: int) -> date:
    return date(2026, 12, number)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 3, hour, minute, tzinfo=HALL_ZONE)


def hall() -> Hall:
    return Hall(
        code="shili",
        name="示例区城市管理执法服务大厅",
        short_name="示城管",
        authority="示例市示例区城市管理和综合执法局",
        address="示例市示例区示例路100号一层",
        phone="029-00000000",
        complaint_phone="029-00000001",
    )


def common() -> Fields:
    return case_block(
        hall(),
        applicant_name="张𬭚䶮",
        applicant_id="999999194912310020",
        matter_name="临时占用城市道路摆设摊点审批",
        receipt_number="示城管许收〔2026〕12号",
        received_on=date(2026, 11, 20),
        clerk_name="王示例",
        accepted_on=date(2026, 11, 23),
    )


def intake_papers(text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = common()
    return {
        "correction": intake.correction(
            block,
            defects=tuple(
                intake.Defect(f"示例材料{each}", text("缺少签名"), "补签后重新提交。") for each in range(rows)
            ),
            submit_by=day(20),
            consequence="逾期不补正的，本次申请材料退还，可以重新申请",
        ),
        "refusal": intake.refusal(
            block,
            limb="not_competent",
            reason=text("该路段由交通运输主管部门管理"),
            competent_authority="示例区交通运输局",
        ),
        "lacking_promise": intake.lacking_promise(
            block,
            materials=tuple(intake.PromisedMaterial(f"示例材料{each}", day(8)) for each in range(rows)),
            supply_by=day(8),
        ),
        "informed_promise": intake.informed_promise(
            block,
            basis=BASIS,
            conditions=tuple(text(f"第{each + 1}项条件：设施统一、场地整洁") for each in range(rows)),
            check_by=day(31),
            consequence="承诺不实的，记入信用记录",
        ),
        "handover": intake.handover(
            block,
            from_department="综合窗口",
            to_department="市容管理科",
            sender_name="王示例",
            receiver_name="李示例",
            handed_at=at(16, 5),
            materials=tuple(intake.HandedMaterial(f"示例材料{each}", 1, 2) for each in range(rows)),
            statutory_due=day(18),
            promised_due="待定",
            note=text("申请人要求电话告知"),
        ),
        "withdrawal": intake.withdrawal(
            block,
            kind="withdrawn",
            reason=text("申请人改变了经营地点"),
            ended_on=day(2),
            returned="申请表一份、身份证复印件一份",
        ),
    }


def review_papers(text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = common()
    return {
        "extension": review.extension(
            block,
            original_due=day(18),
            days=10,
            new_due=date(2027, 1, 4),
            reason=text("需要核实占道范围"),
            approver_name="赵示例",
            approved_on=day(16),
        ),
        "procedure": review.procedure(
            block,
            procedure_name="专家评审",
            body_name="示例区城市管理专家库评审组",
            basis="《中华人民共和国行政许可法》第四十五条",
            started_on=day(2),
            expected_days=10,
            stops_statutory=True,
            stops_promised=True,
            reason=text("该路段涉及大型户外设施"),
        ),
        "procedure_end": review.procedure_end(
            block,
            procedure_name="专家评审",
            notice_number="示城管许特〔2026〕1号",
            started_on=day(2),
            ended_on=day(9),
            excluded_days=6,
            result=text("同意通过"),
            statutory_due=day(28),
            promised_due=day(11),
        ),
        "site_record": review.site_record(
            block,
            began_at=at(9, 30),
            ended_at=at(10, 10),
            place="示例路100号门前人行道",
            officers=tuple(review.Officer(f"示例{each}", f"SL-{each:04d}") for each in range(max(rows // 4, 2))),
            present="申请人本人",
            purpose="核实占用位置、面积和对通行的影响",
            findings=text("拟占用人行道3平方米，剩余通行宽度2.4米"),
            conclusion=text("符合设置条件"),
            photos=tuple(f"现场照片{each + 1}" for each in range(rows)),
        ),
        "consultation": review.consultation(
            block,
            unit_name="示例区交通警察大队",
            question=text("该点位是否影响交通安全"),
            answer_by=day(7),
            attachments="点位图一份",
        ),
        "denial_report": review.denial_report(
            block,
            report_to="示例市城市管理局",
            facts=text("拟占用路段为学校门口"),
            unmet=text("不符合摊点设置规划"),
            basis=BASIS,
            reviewer_name="李示例",
            examiner_name="周示例",
            legal_opinion=text("同意，依据充分"),
            attempts=text("已向申请人推荐附近疏导点"),
        ),
    }


def hearing_papers(text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = common()
    subject = text("该许可涉及相邻商户的通行和经营")
    return {
        "hearing_right": hearing.hearing_right(block, addressee="李㐂", subject=subject, ask_by=day(9)),
        "hearing_notice": hearing.hearing_notice(
            block,
            addressee="李㐂",
            subject=subject,
            held_at=at(14, 30),
            place="示例区城市管理执法服务大厅二层会议室",
            chair_name="孙示例",
            chair_post="法规科科长",
            recorder_name="吴示例",
            reviewer_name="李示例",
        ),
        "hearing_record": hearing.hearing_record(
            block,
            subject=subject,
            began_at=at(14, 30),
            ended_at=at(16),
            place="示例区城市管理执法服务大厅二层会议室",
            chair_name="孙示例",
            recorder_name="吴示例",
            participants=tuple(
                hearing.Participant(role, "示例某", "本人到场") for role in ("申请人", "利害关系人", "审查人员")
            ),
            statements=tuple(hearing.Statement("申请人", text(f"第{each + 1}次陈述")) for each in range(rows)),
            notice_number="示城管许听〔2026〕2号",
        ),
    }


def decision_papers(text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = common()
    conditions = "\n".join(text(f"{each + 1}．保持场地整洁，收摊后清理干净") for each in range(rows))
    licence = {"certificate_name": "临时占道经营许可证", "certificate_number": "示城管许证〔2026〕1号"}
    return {
        "grant": decision.grant(
            block,
            scope=text("示例路100号门前人行道3平方米，摊位编号SL-012"),
            basis=BASIS,
            valid_from=day(5),
            valid_until=date(2027, 12, 4),
            conditions=conditions,
            deliver_by=day(17),
            **licence,
        ),
        "denial": decision.denial(
            block,
            facts=text("拟占用路段为学校门口"),
            unmet=text("不符合摊点设置规划"),
            basis=BASIS,
            reasons=text("影响学生通行安全"),
            heard=text("已听取申请人的陈述和申辩"),
        ),
        "change_decision": decision.change_decision(
            block,
            kind="change",
            before=text("经营时段18时至22时"),
            after=text("经营时段17时至23时"),
            basis=BASIS,
            valid_from=day(5),
            valid_until=date(2027, 12, 4),
            **licence,
        ),
        "ending": decision.ending(
            block,
            kind="revoke",
            limb="以欺骗手段取得行政许可",
            facts=text("申请时提供的场地证明系伪造"),
            effective_on=day(5),
            return_by=day(15),
            compensation=text("因被许可人自身原因，不予补偿"),
            **licence,
        ),
        "certificate": decision.certificate(
            block,
            certificate_name="临时占道经营许可证",
            place=text("示例路100号门前人行道（地图编码SL-012）"),
            extent="3平方米（1.5米×2米）",
            time_band="每日18时至22时",
            goods="瓜果蔬菜",
            conditions=text("统一设备，收摊清理；不得转让"),
            valid_from=day(5),
            valid_until=date(2027, 12, 4),
            renew_before=date(2027, 11, 4),
            decision_number="示城管许准〔2026〕1号",
        ),
        "default_notice": decision.default_notice(
            block,
            department="市容管理科",
            responsible_name="李示例",
            due_on=day(1),
            defaulted_on=day(2),
            effect=text("视为同意，自即日起制发证件"),
            basis="本机关公布的超时默认事项目录",
            deliver_by=day(3),
        ),
    }


def other_papers(text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    block = common()
    responsible = tuple(
        supervision.Responsible(role, name, "市容管理科", 5)
        for role, name in (("承办人", "李示例"), ("审核人", "周示例"), ("批准人", "赵示例"))
    )
    return {
        "service_record": closing.service_record(
            block,
            papers=tuple(closing.ServedPaper(f"示例决定书{each}", "示城管许准〔2026〕1号") for each in range(rows)),
            addressee="张𬭚䶮",
            method="直接送达",
            place="示例市示例区示例路100号",
            server_names=("王示例", "李示例"),
        ),
        "dossier_list": closing.dossier_list(
            block,
            title="张某某临时占用城市道路摆设摊点审批",
            retention="长期",
            items=tuple(
                closing.DossierRow(
                    "示城管许受〔2026〕1号", "示例区城市管理和综合执法局", text("受理通知书"), day(1), "1—2"
                )
                for _ in range(rows)
            ),
            pages=18,
            archived_on=day(30),
        ),
        "yellow_card": supervision.yellow_card(
            block,
            node="审核",
            due_on=day(1),
            overdue_days=2,
            responsible=responsible,
            finding=text("审核环节超过承诺时限2个工作日未提出意见"),
            order=text("立即办理并说明原因"),
            new_due=day(4),
            reply_by=day(8),
            issuer_name="钱示例",
        ),
        "red_card": supervision.red_card(
            block,
            node="审核",
            due_on=day(1),
            overdue_days=5,
            responsible=responsible,
            yellow_number="示城管督办〔2026〕1号",
            finding=text("黄牌规定的期限届满仍未办结"),
            order=text("当日办结"),
            recommendation=text("完善审核环节的代岗制度"),
            new_due=day(9),
            reply_by=day(11),
            issuer_name="钱示例",
        ),
        "accountability": supervision.accountability(
            block,
            subject_name="周示例",
            subject_post="审核人",
            department="市容管理科",
            breach=text("超过承诺期限未办结"),
            finding=text("案件在其手中停留7个工作日"),
            basis="《中华人民共和国行政许可法》第七十四条",
            ledger=tuple(
                supervision.LedgerRow("承诺时限", date(2026, 11, 23), day(1), None, "定额7日，已用9日，停算0日")
                for _ in range(rows)
            ),
            held_days=7,
            points="-5",
            times_in_year=1,
            level="一般",
            decision=text("书面告诫"),
            decider_name="钱示例",
            decided_on=day(15),
            appeal_by=day(30),
            statement=text("本人说明：当周代岗"),
        ),
        "district_report": month.district_report(
            hall_block(hall(), clerk_name="王示例"),
            month="2026年11月",
            government="示例区人民政府",
            population="本月收到、办结和发生的全部事项。",
            sections=tuple((f"{place}、示例工作", text("收到诉求12件，办结率83.3%（10/12）。")) for place in "一二三"),
        ),
        "monthly_report": month.monthly_report(
            hall_block(hall(), clerk_name="王示例"),
            month="2026年11月",
            population="本月收件的全部行政许可申请",
            matters=tuple(month.MatterMonth(f"示例事项名称{each}审批", 120, 18, 96, 2) for each in range(rows)),
            rates=tuple(
                month.RateRow(name, 940, 963, "97.6%", "96.1%") for name in ("按期办结率", "提前办结率", "一次受理率")
            ),
            figures=(("现场办结件数", "31"), ("平均办理时长（工作日）", "4.2"), ("评价满意率", "99.1%")),
            balance="期初在办143件＋本期受理1,200件－本期办结963件＝期末在办380件，相符",
            prepared_by="王示例",
            notes=text("自11月起启用新目录"),
        ),
    }


def papers(*, long: bool = False) -> dict[str, Fields]:
    """Every kind with a builder of its own, as its fields."""

    def text(short: str) -> str:
        return LONG * 4 + short if long else short

    rows = 24 if long else 3
    return {
        **intake_papers(text, rows),
        **review_papers(text, rows),
        **hearing_papers(text, rows),
        **decision_papers(text, rows),
        **other_papers(text, rows),
        **penalty_papers(hall(), text, rows),
        **stall_papers(hall(), text, rows),
        **round_papers(hall_block(hall(), clerk_name="王示例"), text, rows),
        **standards_papers(hall_block(hall(), clerk_name="王示例"), text, rows),
    }


@pytest.fixture(scope="session")
def short_papers() -> dict[str, Fields]:
    return papers()


@pytest.fixture(scope="session")
def long_papers() -> dict[str, Fields]:
    return papers(long=True)
