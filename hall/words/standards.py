"""Words of the service standards: instructions, spot checks, training, qualifications."""

# What an instruction is about, where it is not one matter. "permit": every matter without an instruction of its own.
INSTRUCTION_SUBJECTS = {
    "permit": "许可办理",
    "enquiry": "咨询",
    "guiding": "疏导",
    "visit_help": "上门帮扶",
    "complaint": "投诉举报",
    "leniency": "减免",
    "payment": "缴款",
    "penalty": "行政处罚",
}

INSTRUCTION_SCREENS = {
    "guide": "导办",
    "intake": "受理",
    "review": "审查",
    "examine": "审核",
    "legal": "法制审核",
    "decide": "批准",
    "certify": "制证送达",
    "enquiry": "咨询",
    "site": "现场",
}

SPOT_CHECK_WAYS = {"on_site": "现场查看", "recording": "调看录像", "dossier": "查阅案卷", "mystery": "暗访"}

SPOT_CHECK_STATES = {
    "met": "合格",
    "to_correct": "待整改",
    "late": "逾期未整改",
    "corrected": "待核验",
    "verified": "已整改",
    "voided": "已作废",
}

TRAINING_KINDS = {
    "course": "集中授课",
    "camp": "年度轮训",
    "friday": "学习日",
    "exchange": "月交流",
    "examination": "季考",
    "online": "网络学习",
}

TRAINING_WANTS = {
    "hours": "全年学时",
    "camp": "年度轮训",
    "friday": "学习日",
    "exchange": "月交流",
    "examination": "季考",
}

QUALIFICATION_STATES = {"valid": "有效", "soon": "将到期", "future": "未生效", "expired": "已过期", "ended": "已终止"}
