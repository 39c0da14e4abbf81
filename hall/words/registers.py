"""Words of the registers (登记簿): how an entry stands, what happened to it."""

REGISTER_STANDINGS = {
    "open": "未办结",
    "kept": "已登记",
    "closed": "已办结",
    "corrected": "已更正",
    "void": "已作废",
}

REGISTER_EVENTS = {
    "enter": "登记",
    "close": "办结",
    "correct": "更正",
    "void": "作废",
    "print": "出登记单",
}
