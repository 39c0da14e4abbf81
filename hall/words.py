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
    "head": "科室负责人",
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
    "case.receive": "收件",
    "case.supplement": "告知补正",
    "case.refuse": "决定不予受理",
    "case.hand_over": "移交材料",
    "case.take": "签收材料",
    "case.assign": "转派办件",
    "case.claim": "领取办件",
    "case.review": "审查办件",
    "case.suspend": "启动或结束特别程序",
    "case.examine": "审核办件",
    "case.legal": "法制审核",
    "case.decide": "批准办件",
    "case.extend": "批准延期",
    "case.certify": "制作证件",
    "case.serve": "登记送达",
    "case.finish": "办结",
    "case.withdraw": "登记撤回申请",
    "case.terminate": "终止办理",
    "case.archive": "归档",
    "case.reopen": "重开办件",
    "dossier.review": "评查案卷",
    "case.urge": "催办",
    "case.progress": "查进度",
    "certificate.read": "查看证件",
    "certificate.end": "撤回、撤销或注销证件",
    "file.add": "存入扫描件和照片",
    "file.read": "查看扫描件和照片",
    "absence.enter": "登记外出和替岗",
    "enquiry.enter": "登记咨询",
    "supervision.read": "查看督办",
    "supervision.issue": "签发督办单",
    "supervision.reply": "答复督办",
    "supervision.judge": "核销督办",
    "accountability.open": "登记责任追究",
    "accountability.plea": "陈述申辩",
    "accountability.decide": "决定责任追究",
    "anomaly.review": "核查异常",
    "report.read": "查看月报",
    "report.issue": "出具月报",
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
    "clock.accept": "确认本机时间",
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

CLOCK_KINDS = {
    "acceptance": "受理时限",
    "statutory": "法定时限",
    "promised": "承诺时限",
    "step": "环节时限",
    "procedure": "特别程序",
    "supplement": "补正时限",
    "delivery": "送达时限",
    "joint": "联办时限",
    "supervision": "督办时限",
}

CLOCK_STATES = {"running": "计时中", "paused": "暂停", "stopped": "已停止"}

CASE_STATES = {
    "received": "已收件",
    "supplementing": "待补正",
    "refused": "不予受理",
    "accepted": "已受理",
    "reviewing": "审查中",
    "suspended": "特别程序",
    "examining": "待审核",
    "legal_review": "法制审核",
    "approving": "待批准",
    "decided": "已决定",
    "finished": "办结",
    "archived": "已归档",
    "withdrawn": "已撤回",
    "terminated": "已终止",
}

CASE_ACTS = {
    "receive": "收件",
    "correct": "当场更正",
    "supplement": "告知补正",
    "resubmit": "收补正材料",
    "refuse": "不予受理",
    "accept": "受理",
    "accept_lacking": "容缺受理",
    "accept_informed": "告知承诺受理",
    "accept_deemed": "视为受理",
    "complete": "补齐容缺材料",
    "hand_over": "移交材料",
    "take": "签收材料",
    "send_back": "退回上一步",
    "assign": "转派",
    "claim": "领取",
    "release": "退回科室",
    "suspend": "启动特别程序",
    "resume": "结束特别程序",
    "ask": "审查中补正",
    "answer": "收审查补正材料",
    "visit": "现场勘查",
    "hearing": "听证",
    "chair": "主持听证",
    "consult": "征求意见",
    "consult_answer": "登记征求意见答复",
    "propose": "提出拟办意见",
    "examine": "审核",
    "legal": "法制审核",
    "report": "否定报备",
    "extend": "延期",
    "decide": "作出决定",
    "default": "超时默认",
    "certify": "制作证件",
    "tell": "通知领取",
    "serve": "送达",
    "finish": "办结",
    "withdraw": "撤回申请",
    "terminate": "终止办理",
    "archive": "归档",
    "reopen": "重开",
    "recount": "到期日重算",
}

CASE_OUTCOMES = {"": "未决定", "granted": "准予", "denied": "不予", "default": "超时默认"}

# 行政许可法 32(1)(1), 32(1)(2), 78 and 79.
REFUSAL_LIMBS = {
    "not_needed": "依法不需要取得行政许可",
    "not_competent": "依法不属于本机关职权范围",
    "barred": "在依法不得再次申请的期间内",
}

CASE_PURPOSES = {"new": "新办", "change": "变更", "renewal": "延续", "cancel": "注销"}

CASE_HANDLING = {"immediate": "即办件", "promised": "承诺件", "joint": "联办件"}

# 行政许可法 32(1)(1), 32(1)(2), 78 and 79
REFUSAL_LIMBS = {
    "not_needed": "依法不需要取得行政许可",
    "not_competent": "不属于本机关职权范围",
    "barred": "尚在不得再次申请的期间",
}

ACCEPTED_HOW = {
    "": "未受理",
    "complete": "材料齐全",
    "lacking": "容缺受理",
    "informed": "告知承诺",
    "deemed": "视为受理",
}

DESK_LISTS = {
    "to_examine": "待审核",
    "to_review_by_law": "待法制审核",
    "to_decide": "待批准",
    "on_the_spot": "即办待决定",
    "mine": "我的",
    "to_take": "待签收",
    "received": "已收件",
    "supplementing": "待补正",
    "decided": "待送达",
    "to_archive": "待归档",
    "department": "本科室",
    "all": "全部",
}

# 行政许可法 45: the closed list stops the limit of law; the others stop the promise at most.
CASE_PROCEDURES = {
    "hearing": "听证",
    "tender": "招标",
    "auction": "拍卖",
    "inspection": "检验",
    "testing": "检测",
    "quarantine": "检疫",
    "appraisal": "鉴定",
    "expert_review": "专家评审",
    "visit": "现场勘查",
    "consultation": "征求意见",
    "publicity": "公示",
    "supplement": "审查中补正",
}

CERTIFICATE_STATES = {
    "valid": "有效",
    "expired": "已过期",
    "replaced": "已换发",
    "recalled": "已撤回",
    "revoked": "已撤销",
    "cancelled": "已注销",
}

# 行政许可法 8, 69, 70
LICENCE_ENDINGS = {"recall": "撤回许可", "revoke": "撤销许可", "cancel": "注销许可"}

# What happens to a certificate after it was made stands in the events of its case, beside CASE_ACTS.
CERTIFICATE_ACTS = {
    **LICENCE_ENDINGS,
    "remind": "提醒延续",
    "prolong": "视为准予延续",
    "expire": "有效期届满",
    "replace": "换发",
}

# What happens to the archived file of a case stands in its events, too.
DOSSIER_ACTS = {"volume": "补充立卷", "file_review": "案卷评查"}

CASE_EVENTS = {**CASE_ACTS, **CERTIFICATE_ACTS, **DOSSIER_ACTS}

# What can be done at the desk: acts on the case, and what follows from it.
DESK_ACTS = {**CASE_ACTS, **DOSSIER_ACTS, "bar": "登记禁止申请", "countersign": "会签"}

FILE_PURPOSES = {
    "material": "申请材料",
    "visit": "现场照片",
    "service": "送达证明",
    "consent": "电子送达同意书",
    "hearing": "听证材料",
    "promise": "承诺书",
    "other": "其他",
}

# 民事诉讼法 87–95
SERVICE_WAYS = {
    "direct": "直接送达",
    "left": "留置送达",
    "electronic": "电子送达",
    "post": "邮寄送达",
    "transfer": "转交送达",
    "public": "公告送达",
}

CARD_COLOURS = {"yellow": "黄牌", "red": "红牌"}

CASE_CHANNELS = {"counter": "窗口", "post": "邮寄", "fax": "传真", "online": "网上"}
