"""Words of devices and printing: what each of them says of itself."""

EVALUATOR_SHOWS = {
    "idle": "欢迎光临",
    "welcome": "请到窗口",
    "busy": "正在办理",
    "rate": "请评价",
    "pause": "暂停服务",
}

EVALUATOR_STATES = {"absent": "无评价器", "ready": "就绪", "silent": "没有应答"}

READER_STATES = {
    "absent": "无读卡器",
    "ready": "就绪",
    "place": "请放卡",
    "reading": "读卡中",
    "done": "读卡完成",
    "again": "请重新放置证件",
    "unsupported": "不是居民身份证类证件",
    "fault": "读卡器故障，联系管理员",
    "line": "通信错误",
}

PRINT_STATES = {
    "queued": "排队等打印机",
    "sending": "正在打印",
    "submitted": "已交打印队列",
    "printed": "已打印",
    "failed": "打印失败",
    "unknown": "不知是否打出",
    "expired": "过期未打印",
    "cancelled": "已作废",
}

PRINTER_STATES = {
    "ready": "就绪",
    "paper_near_end": "纸将用完",
    "paper_out": "缺纸",
    "cover_open": "上盖未合",
    "offline": "脱机",
    "cutter_error": "切刀故障",
    "unknown": "状态不明",
}

DEVICE_STATES = {"ok": "正常", "trouble": "需处理", "away": "连不上", "absent": "未接"}
