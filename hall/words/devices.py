"""Words of devices and printing: what each of them says of itself."""

EVALUATOR_SHOWS = {
    "idle": "欢迎光临",
    "welcome": "请到窗口",
    "busy": "正在办理",
    "rate": "请评价",
    "pause": "暂停服务",
}

EVALUATOR_STATES = {"absent": "无评价器", "ready": "就绪", "silent": "没有应答"}

COUNTER_DISPLAY_STATES = {"absent": "无窗口屏", "ready": "就绪", "silent": "没有应答"}

SCANNER_STATES = {"absent": "无扫码枪", "ready": "就绪", "garbled": "读不懂，请查波特率"}

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

PAPER_STOCKS = {"plain": "普通纸", "certificate": "证件纸", "form": "预印的票据和决定书"}

# What holds a print queue up, and what to do about it: {queue} is its name.
QUEUE_TROUBLES = {
    "paper_out": "打印机 {queue} 缺纸，请加纸，加好后会接着打。",
    "jam": "打印机 {queue} 卡纸，请取出卡住的纸，合好盖后会接着打；打完请核对页数。",
    "cover_open": "打印机 {queue} 的盖子没有合好，请合上，合好后会接着打。",
    "toner_out": "打印机 {queue} 墨粉或墨水用完，请更换，换好后会接着打。",
    "offline": "打印机 {queue} 连不上，请检查电源和连线，接通后会接着打。",
    "disabled": "打印队列 {queue} 已停用，请排除打印机故障后运行 cupsenable {queue}（要管理权限），任务会接着打。",
    "paused": "打印队列 {queue} 已暂停，请在系统的打印机设置里继续打印。",
    "refusing": "打印队列 {queue} 不接收任务，请运行 cupsaccept {queue}（要管理权限）。",
    "login": "打印队列 {queue} 要求登录，请管理员在打印系统里为它填写用户名和密码，或改为不用登录。",
    "retrying": "打印机 {queue} 没有打成，打印系统过一会儿再试；请看打印机面板上的提示。",
    "held": "打印队列 {queue} 里的任务被扣住，请在打印系统里放行或取消。",
    "fault": "打印机 {queue} 有故障，请看打印机面板上的提示。",
    "silent": "打印机 {queue} 很久没有打完，请看它是否开机、连好，面板上有没有提示。",
}

# What stands in the log of a device's line: the reader's commands and states, letters of small devices, ESC/POS.
READER_COMMANDS = {
    "10 FF": "复位",
    "11 FF": "查询状态",
    "12 FF": "查询模块号",
    "20 01": "寻找证件",
    "20 02": "选取证件",
    "30 01": "读文字和照片",
    "30 03": "读追加地址",
    "30 10": "读文字、照片和指纹",
}
READER_STATUSES = {
    "90": "操作成功",
    "91": "证件中没有这一项",
    "9F": "找到证件",
    "10": "命令校验和错",
    "11": "命令长度错",
    "21": "命令错误",
    "23": "越权操作",
    "24": "无法识别的错误",
    "31": "证件认证模块失败",
    "32": "模块认证证件失败",
    "33": "信息验证错误",
    "40": "无法识别的卡类型",
    "41": "读证件失败",
    "47": "取随机数失败",
    "60": "模块自检失败",
    "66": "模块没有授权",
    "80": "没有证件",
    "81": "选取证件失败",
}
COUNTER_COMMANDS = {
    "I": "显示欢迎光临",
    "W": "显示请到窗口",
    "B": "显示正在办理",
    "R": "显示请评价",
    "P": "显示暂停服务",
    "H": "在线应答",
    "L": "按下评价键",
    "S": "窗口屏显示文字",
    "A": "窗口屏已显示",
}
SLIP_COMMANDS = {
    "1B 40": "初始化",
    "1B 61": "对齐",
    "1B 45": "加粗",
    "1B 33": "行距",
    "1B 32": "默认行距",
    "1B 64": "走纸",
    "1B 4A": "走纸",
    "1C 26": "进入汉字模式",
    "1C 2E": "退出汉字模式",
    "1C 21": "汉字字号",
    "1D 21": "字号",
    "1D 56": "切纸",
    "1D 76": "图",
    "1D 28": "二维码",
    "1D 72": "问是否打完",
    "1D 61": "自动报告状态的开关",
    "10 04": "查询状态",
}

FONT_ROLES = {"fang": "仿宋", "song": "宋体", "song_bold": "小标宋", "hei": "黑体", "kai": "楷体"}
