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
