"""Chinese names of every state, matter kind and reason: one vocabulary for screen, paper and voice."""

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

EVALUATOR_SHOWS = {
    "idle": "欢迎光临",
    "welcome": "请到窗口",
    "busy": "正在办理",
    "rate": "请评价",
    "pause": "暂停服务",
}

EVALUATOR_STATES = {"absent": "无评价器", "ready": "就绪", "silent": "没有应答"}

LIMIT_UNITS = {"workday": "工作日", "day": "自然日", "hour": "小时"}

APPLICANT_KINDS = {
    "natural": "自然人",
    "individual_business": "个体工商户",
    "legal": "法人",
    "other": "其他组织",
}

HANDLING_KINDS = {"immediate": "即办件", "promised": "承诺件"}

ROLES = {
    "guide": "导办",
    "clerk": "窗口人员",
    "reviewer": "审查人员",
    "legal_reviewer": "法制审核人员",
    "approver": "批准人",
    "manager": "大厅主任",
    "administrator": "系统管理员",
    "kiosk": "自助取号机",
    "display": "显示屏",
}

ACTIONS = {
    "queue.read": "查看排队",
    "queue.issue": "取号",
    "queue.cancel": "作废号票",
    "queue.call": "叫号",
    "queue.recall": "重呼",
    "queue.arrive": "确认到窗口",
    "queue.start": "开始办理",
    "queue.hold": "挂起号票",
    "queue.return": "退回排队",
    "queue.transfer": "转移号票",
    "queue.skip": "过号",
    "queue.requeue": "过号重排",
    "queue.finish": "办结号票",
    "queue.release": "释放卡住的号票",
    "queue.print": "补打或作废未打印的号票",
    "counter.open": "开放或关闭窗口",
    "counter.pause": "暂停窗口",
    "counter.emergency": "紧急求助",
    "counter.matters": "调整窗口事项",
    "appointment.import": "导入预约",
    "appointment.read": "查看预约",
    "paper.refill": "登记换纸",
    "rating.give": "提交评价",
    "rating.read": "查看评价",
    "rating.follow_up": "办理差评回访",
    "statistics.read": "查看排队统计",
    "person.unmask": "查看完整个人信息",
    "case.read": "查看办件",
    "case.accept": "受理办件",
    "document.print": "打印文书",
    "ticket.print": "打印号票",
    "guide.print": "打印办事指南",
    "receipt.verify": "核验收件凭证",
    "board.read": "查看时限看板",
    "catalogue.import": "导入事项目录",
    "calendar.import": "导入放假安排",
    "account.read": "查看账号",
    "account.create": "新建账号",
    "account.roles": "调整岗位",
    "account.disable": "停用账号",
    "account.reset": "重置密码",
    "settings.change": "修改设置",
}

# GB/T 2261.1
SEXES = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}

# GB/T 3304; other codes (81, …) occur on real cards and are shown as they are.
_ETHNIC_CODES = (
    "01汉 02蒙古 03回 04藏 05维吾尔 06苗 07彝 08壮 09布依 10朝鲜 "
    "11满 12侗 13瑶 14白 15土家 16哈尼 17哈萨克 18傣 19黎 20傈僳 "
    "21佤 22畲 23高山 24拉祜 25水 26东乡 27纳西 28景颇 29柯尔克孜 30土 "
    "31达斡尔 32仫佬 33羌 34布朗 35撒拉 36毛南 37仡佬 38锡伯 39阿昌 40普米 "
    "41塔吉克 42怒 43乌孜别克 44俄罗斯 45鄂温克 46德昂 47保安 48裕固 49京 50塔塔尔 "
    "51独龙 52鄂伦春 53赫哲 54门巴 55珞巴 56基诺 97其他 98外国血统中国籍人士"
)
ETHNIC_GROUPS = {word[:2]: word[2:] for word in _ETHNIC_CODES.split()}

CARD_KINDS = {
    "resident": "居民身份证",
    "foreigner": "外国人永久居留身份证",
    "hmt": "港澳台居民居住证",
}

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

LIGHTS = {
    "normal": "正常",
    "warning": "预警",
    "today": "今日到期",
    "over_promised": "超承诺",
    "over_statutory": "超法定",
    "pending": "待定",
    "paused": "暂停",
}

DEVICE_STATES = {"ok": "正常", "trouble": "需处理", "away": "连不上", "absent": "未接"}

DOCUMENT_KINDS = {
    "receipt": "收件凭证",
    "acceptance": "受理通知书",
    "correction": "补正告知书",
    "refusal": "不予受理决定书",
    "lacking_promise": "容缺受理承诺书",
    "informed_promise": "告知承诺书",
    "handover": "窗口与审查交接单",
    "withdrawal": "撤回（终止）通知书",
    "extension": "延期决定通知书",
    "procedure": "特别程序告知书",
    "procedure_end": "特别程序结束告知书",
    "hearing_right": "听证告知书",
    "hearing_notice": "听证通知书",
    "hearing_record": "听证笔录",
    "site_record": "现场核查记录",
    "consultation": "征求意见函",
    "denial_report": "否定报备表",
    "grant": "准予行政许可决定书",
    "denial": "不予行政许可决定书",
    "change_decision": "准予变更（延续）决定书",
    "ending": "撤销、注销、撤回许可决定书",
    "certificate": "许可证",
    "default_notice": "超时默认通知单",
    "service_record": "送达回证",
    "dossier_list": "卷内目录",
    "yellow_card": "督办通知单（黄牌）",
    "red_card": "督办通知单（红牌）",
    "accountability": "责任追究登记表",
    "monthly_report": "统计月报",
}

CLOCK_KINDS = {"statutory": "法定时限", "promised": "承诺时限"}

CASE_STATES = {"received": "已收件", "accepted": "已受理"}

CASE_CHANNELS = {"counter": "窗口", "post": "邮寄", "online": "网上"}
