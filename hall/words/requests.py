"""Words of requests (诉求): kinds, channels, states, acts, ways of solving, units."""

REQUEST_KINDS = {
    "consultation": "咨询",
    "complaint": "投诉",
    "report": "举报",
    "help": "求助",
    "suggestion": "建议",
}

REQUEST_CHANNELS = {
    "counter": "窗口",
    "phone": "电话",
    "letter": "来信",
    "online": "网上",
    "hotline": "12345热线",
    "grid": "网格系统",
}

REQUEST_STATES = {
    "asked": "待答复",
    "registered": "待派单",
    "joined": "并案",
    "dispatched": "已派单",
    "fed_back": "待审反馈",
    "verified": "待办结",
    "closed": "已办结",
    "refused": "不予受理",
    "redirected": "已转介",
    "withdrawn": "已撤回",
}

DISPATCH_STATES = {
    "sent": "待接单",
    "taken": "办理中",
    "fed_back": "已反馈",
    "sent_back": "退回补办",
    "accepted": "反馈通过",
    "returned": "已退单",
    "recalled": "已收回",
}

REQUEST_ACTS = {
    "register": "登记",
    "join": "并案",
    "tell": "告知受理",
    "dispatch": "派单",
    "take": "接单",
    "return": "退单",
    "recall": "收回重派",
    "feed_back": "反馈",
    "send_back": "退回补办",
    "accept": "审核通过",
    "reply": "答复办结",
    "extend": "延期",
    "refuse": "不予受理",
    "redirect": "转介",
    "withdraw": "撤回",
    "call_back": "回访",
}

REQUEST_EVENTS = {**REQUEST_ACTS, "answer": "答复咨询", "lead": "接续并案", "recount": "到期日重算"}

# 721工作法: most is solved by serving, some by guiding, the least by penalties.
REQUEST_WAYS = {"service": "服务", "guidance": "管理", "penalty": "执法"}

UNIT_KINDS = {"department": "科室", "squad": "中队", "street": "街道", "grid": "网格", "outside": "外单位"}

REQUEST_LISTS = {
    "to_dispatch": "待派单",
    "mine": "我办的",
    "to_judge": "待审反馈",
    "due_soon": "快到期",
    "open": "在办",
    "to_call_back": "待回访",
    "closed": "已办结",
}
