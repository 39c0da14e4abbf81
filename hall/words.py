"""Chinese names of every state, matter kind and reason: one vocabulary for screen, paper and voice."""

TICKET_STATES = {
    "waiting": "等候",
    "called": "已呼叫",
    "serving": "办理中",
    "held": "挂起",
    "skipped": "过号",
    "finished": "办结",
    "cancelled": "作废",
    "unfinished": "未办结",
}

TICKET_ACTIONS = {
    "call": "呼叫",
    "recall": "重呼",
    "skip": "过号",
    "start": "开始办理",
    "finish": "办结",
    "cancel": "作废",
}

TICKET_CHANNELS = {"kiosk": "自助取号", "card": "刷证取号", "staff": "导办取号", "command": "命令行取号"}

PRIORITY_KINDS = {
    "ordinary": "普通",
    "elder": "老年",
    "soldier": "军人",
    "disabled": "残疾",
    "pregnant": "孕",
    "honoured": "优抚",
}

LIMIT_UNITS = {"workday": "工作日", "day": "自然日", "hour": "小时"}

APPLICANT_KINDS = {
    "natural": "自然人",
    "individual_business": "个体工商户",
    "legal": "法人",
    "other": "其他组织",
}

HANDLING_KINDS = {"immediate": "即办件", "promised": "承诺件"}
