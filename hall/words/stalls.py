"""Words of stall sites, stalls, applications, draws and certificates."""

STALL_SITE_KINDS = {
    "guidance": "便民疏导点",
    "farmers": "农民自产自销点",
    "night": "夜市",
    "season": "季节性摊点",
}

STALL_STATES = {
    "free": "空闲",
    "drawing": "待抽签",
    "offered": "待答复",
    "held": "在用",
    "ending": "将到期",
    "telling": "收回中",
    "closed": "停用",
}

STALL_MARKS = {
    "free": "空",
    "drawing": "签",
    "offered": "候",
    "held": "用",
    "ending": "期",
    "telling": "收",
    "closed": "停",
}
"""One character of the state, on the plan: colour alone tells nobody anything."""

STALL_PUBLIC_STATES = {
    "free": "空闲",
    "drawing": "待抽签",
    "held": "在用",
    "closed": "停用",
}
"""What everybody may know of a stall."""

STALL_APPLICATION_STATES = {
    "applied": "待审查",
    "admitted": "待抽签",
    "drawing": "抽签中",
    "waiting": "候补",
    "offered": "待答复",
    "accepted": "待发证",
    "granted": "已发证",
    "refused": "不予进入",
    "withdrawn": "已撤回",
    "declined": "已放弃",
    "lapsed": "逾期未答复",
}

STALL_DRAW_STATES = {
    "announced": "已公示",
    "drawn": "已抽签",
    "voided": "已作废",
}

STALL_GRANT_ENDINGS = {
    "expired": "期满",
    "given_up": "本人退出",
    "rotated": "轮换",
    "renewed": "续期",
    "withdrawn": "收回",
    "died": "摊主死亡",
}

STALL_WITHDRAWAL_STATES = {
    "proposed": "待告知",
    "told": "陈述期",
    "hearing": "听证中",
    "ready": "待决定",
    "withdrawn": "已收回",
    "warned": "已告诫",
    "kept": "不收回",
}

STALL_OUTCOMES = {
    "withdrawn": "收回摊位",
    "warned": "不收回，书面告诫",
    "kept": "不收回",
}

STALL_OFFICES = {
    "chair": "主任",
    "deputy": "副主任",
    "member": "委员",
}
