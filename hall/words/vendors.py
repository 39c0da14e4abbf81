"""Words of vendors and their credit."""

VENDOR_CATEGORIES = {
    "food": "餐饮小吃",
    "produce": "农副产品",
    "goods": "日用百货",
    "repair": "修补服务",
    "other": "其他",
}

VENDOR_STATES = {
    "entered": "待复核",
    "confirmed": "已复核",
    "told": "已告知",
    "objected": "异议待答复",
    "standing": "异议不成立",
    "corrected": "已更正",
    "voided": "已作废",
}

VENDOR_NOT_COUNTED = {
    "voided": "已作废，不计",
    "corrected": "已被更正，不计",
    "unconfirmed": "未复核，不计",
    "overturned": "处罚决定已撤销，不计",
    "untold": "未告知本人，不计",
    "objected": "本人有异议，不计",
    "days_run": "异议期未满，不计",
    "not_begun": "未到计入之日，不计",
    "expired": "已到期，不计",
}
"""Why a fact gives or takes no points now."""

VENDOR_TELLING_WAYS = {
    "handed": "当面交付",
    "posted": "邮寄送达",
    "online": "电子送达（本人同意）",
}

VENDOR_ACTS = {
    "confirm": "复核",
    "drop": "退回作废",
    "notify": "出告知书",
    "tell": "登记送达",
    "object": "登记异议",
    "answer": "答复异议",
    "correct": "更正",
    "void": "作废",
}

VENDOR_PLATFORM_ACTS = {"export": "归集", "withdraw": "撤回"}

VENDOR_HAPPENED = {
    "note": "登记事实",
    "keep": "存入证据",
    "confirm": "复核",
    "drop": "退回作废",
    "notify": "出具告知书",
    "tell": "告知本人",
    "object": "本人提出异议",
    "answer": "答复异议",
    "correct": "登记更正",
    "corrected": "被更正",
    "void": "作废",
    "export": "报送信用平台",
    "withdraw": "向信用平台申请撤回",
}
