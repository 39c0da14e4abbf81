"""The words of supervision: what codes of orders, anomalies and accountability are called on screen and paper."""

from hall.words import CARD_COLOURS

ORDER_COLOURS = {"blue": "督办提醒", **CARD_COLOURS}

ORDER_STATES = {
    "issued": "待回复",
    "replied": "已回复，待核销",
    "pleaded": "申辩待审",
    "heard": "申辩不成立，待回复",
    "settled": "已核销",
    "escalated": "已升级",
    "withdrawn": "已撤销",
}

ORDER_ACTS = {
    "issue": "签发督办单",
    "reply": "回复督办",
    "plead": "申辩",
    "find": "审理申辩",
    "return": "退回重报",
    "settle": "核销",
    "escalate": "升级",
    "withdraw": "撤销",
}

# Why an order was issued: a clock of the same name ran out, or something that no clock sees.
ORDER_CAUSES = {
    "acceptance": "逾期未告知，视为受理",
    "statutory": "超过法定时限",
    "promised": "超过承诺时限",
    "step": "超过环节时限",
    "joint": "联办部门超时",
    "delivery": "超时未送达",
    "supervision": "逾期未回复督办",
    "slow": "办理迟缓",
    "refusal": "无正当理由不予受理",
    "no_reason": "不说明理由",
    "outside": "不在系统内办理",
    "fee": "违规收费",
    "forwarding": "迟延转办",
    "other": "其他",
}

PLEA_FINDINGS = {"upheld": "申辩成立", "rejected": "申辩不成立"}

ORDER_PARTS = {"handler": "承办人", "examiner": "审核人", "approver": "批准人", "receiver": "窗口受理人"}

NOTICE_KINDS = {
    "warning": "时限预警",
    "card": "督办单",
    "supplement": "补正期限",
    "procedure": "特别程序",
    "order": "督办办理",
    "urging": "催办",
    "accountability": "责任追究",
    "anomaly": "异常",
    "renewal": "证件到期",
    "renewed_silent": "视为延续",
    "due": "到期提醒",
    "missed": "已逾期",
}

URGED_BY = {"applicant": "申请人", "leader": "领导"}

ANOMALY_KINDS = {
    "second_supplement": "二次补正",
    "suspension_abuse": "特别程序过多",
    "back_dated": "补录",
    "instant": "秒办",
    "entered_late": "先办后录",
}

ANOMALY_VERDICTS = {"proper": "情况正常", "improper": "属实，已纠正"}

RECORD_SOURCES = {"system": "系统督办", "default": "超时默认", "complaint": "投诉", "inspection": "检查"}

RECORD_STATES = {
    "opened": "待决定",
    "decided": "已决定，待送达",
    "delivered": "已送达",
    "appealed": "申诉待复核",
    "closed": "已结",
}

RECORD_FINDINGS = {"upheld": "成立", "rejected": "不成立", "exempt": "免责"}

EXEMPTIONS = {"system_fault": "系统故障", "force_majeure": "不可抗力", "applicant": "申请人原因"}

DEGREES = {"ordinary": "一般", "serious": "严重", "grave": "特别严重"}

MEASURES = {
    "admonition": "训诫",
    "talk": "负责人约谈",
    "self_criticism": "书面检查，当年不得评优",
    "no_bonus": "扣发奖金，限期改正",
    "transfer": "停职或者调离岗位",
    "office": "移交效能办处理",
    "resignation": "责令辞职",
    "discipline": "依法给予处分",
}
