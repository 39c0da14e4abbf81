"""Words of the queue: tickets, counters, appointments, ratings."""

TICKET_STATES = {
    "reserved": "待打印",
    "unprinted": "未打印",
    "waiting": "等候",
    "chosen": "待呼叫",
    "called": "已呼叫",
    "arrived": "已到窗口",
    "serving": "办理中",
    "held": "挂起",
    "skipped": "过号",
    "finished": "办结",
    "cancelled": "作废",
    "unfinished": "未办结",
}

TICKET_ACTIONS = {
    "reserve": "取号",
    "live": "生效",
    "misprint": "标为未打印",
    "choose": "预览",
    "call": "呼叫",
    "recall": "重呼",
    "arrive": "确认到窗口",
    "start": "开始办理",
    "hold": "挂起",
    "resume": "恢复办理",
    "return": "退回排队",
    "transfer": "转移",
    "skip": "过号",
    "requeue": "过号重排",
    "finish": "办结",
    "proceed": "转入下一事项",
    "continue": "接着办下一事项",
    "serve": "直接办理",
    "cancel": "作废",
    "release": "释放",
    "unfinished": "日终未办结",
}

TICKET_CHANNELS = {
    "kiosk": "自助取号",
    "card": "刷证取号",
    "appointment": "预约取号",
    "staff": "导办取号",
    "counter": "窗口直接办理",
    "command": "命令行取号",
}

PRIORITY_KINDS = {
    "ordinary": "普通",
    "appointment": "预约",
    "elder": "老年",
    "soldier": "军人",
    "disabled": "残疾",
    "pregnant": "孕妇",
    "honoured": "优抚",
}

COUNTER_STATES = {"closed": "未登录", "open": "开放", "paused": "暂停服务"}

COUNTER_EVENTS = {
    "open": "开放",
    "pause": "暂停",
    "resume": "恢复",
    "close": "关闭",
    "emergency": "紧急求助",
    "calm": "解除求助",
    "matters": "调整事项",
}

APPOINTMENT_STATES = {"booked": "已预约", "checked_in": "已签到", "missed": "爽约", "cancelled": "已取消"}

# GB/T 39735-2020: the five levels of 好差评
RATING_LEVELS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}

RATING_CHANNELS = {"evaluator": "评价器", "counter": "窗口屏"}
