"""Every hotkey of every window, in one file: two actions with one key would silently disable both."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hotkey:
    """A key and what it does, in the words of its button."""

    keys: str
    words: str


# Everywhere staff work.
LOCK = Hotkey("Ctrl+L", "锁屏")
STEPS = Hotkey("Ctrl+H", "作业标准")

# Counter: the queue.
CALL_NEXT = Hotkey("F2", "叫下一号")
RECALL = Hotkey("F3", "重呼")
SKIP = Hotkey("F4", "过号")
TRANSFER = Hotkey("F5", "转移")
READ_CARD = Hotkey("F6", "读卡")
HOLD = Hotkey("F7", "挂起")
FINISH = Hotkey("F8", "办结")
PAUSE = Hotkey("F9", "暂停")
UNPAUSE = Hotkey("F9", "恢复服务")  # on the page that covers the window while it is paused
START = Hotkey("F10", "开始办理")
ARRIVE = Hotkey("F11", "到窗口")
MORE = Hotkey("F12", "更多")
WHY_FIRST = Hotkey("F1", "为什么先叫")
SEND_BACK = Hotkey("Shift+F5", "送回")
LOOK_FIRST = Hotkey("Shift+F2", "先看后呼")
EMERGENCY = Hotkey("Ctrl+Shift+E", "紧急求助")

# Counter: what F12 lists; these letters answer only there.
CALL_GIVEN = Hotkey("D", "点呼指定的号")
HELD = Hotkey("G", "挂起的号")
SKIPPED = Hotkey("H", "过号的号")
GIVE_BACK = Hotkey("T", "退回排队")
CANCEL = Hotkey("Z", "作废")
RESUME = Hotkey("Return", "恢复办理")
WITHOUT_TICKET = Hotkey("W", "无号办理")
LEAVE = Hotkey("L", "离开窗口")
CANCEL_LISTED = Hotkey("Delete", "作废这个号")

# Counter: the task.
FIND = Hotkey("Ctrl+K", "找人、找件、找号")
TASK_RECEIVE = Hotkey("Alt+1", "受理")
TASK_LENIENCY = Hotkey("Alt+2", "减免")
TASK_PAY = Hotkey("Alt+3", "缴款")
TASK_REQUEST = Hotkey("Alt+4", "诉求")
TASK_QUERY = Hotkey("Alt+5", "查询")
ACCEPT = Hotkey("Ctrl+Return", "受理并打印")
KIND = Hotkey("Ctrl+T", "申请人类型")
PARTICULARS = Hotkey("Ctrl+D", "申请情况")
SUPPLEMENT = Hotkey("Ctrl+B", "补正")
ACCEPT_LACKING = Hotkey("Ctrl+Q", "容缺受理")
WAYS = Hotkey("Ctrl+O", "其他办理")
GO_ON = Hotkey("Ctrl+J", "接着办理")
GUIDE = Hotkey("Ctrl+G", "办事指南")
WHY = Hotkey("Ctrl+Y", "为什么")
PREVIEW = Hotkey("Ctrl+P", "预览")
REPRINT = Hotkey("Ctrl+R", "补打")
URGE = Hotkey("Ctrl+I", "催办")

# Counter: the supplement notice and the requests, each a page of its own.
TELL = Hotkey("Ctrl+Return", "告知并打印")
REQUEST_KEYS = {
    "consultation": Hotkey("Ctrl+1", "咨询"),
    "complaint": Hotkey("Ctrl+2", "投诉"),
    "report": Hotkey("Ctrl+3", "举报"),
    "help": Hotkey("Ctrl+4", "求助"),
    "suggestion": Hotkey("Ctrl+5", "建议"),
    "application": Hotkey("Ctrl+6", "申请"),
}
OPEN_ENQUIRIES = Hotkey("Ctrl+7", "等答复的咨询")
REGISTER_REQUEST = Hotkey("Ctrl+Return", "登记并打印")
ATTACH_FILES = Hotkey("Ctrl+D", "附照片录音")
SAME_MATTER = Hotkey("Ctrl+J", "同一件事")
ANSWER_ENQUIRY = Hotkey("Ctrl+B", "答复")
HAND_OVER_ENQUIRY = Hotkey("Ctrl+Q", "转办")

# Guide desk.
PICK = Hotkey("Ctrl+K", "选事项")
TAKE = Hotkey("F2", "取号")
ADD_MATTER = Hotkey("F3", "再加一件")
DROP_MATTER = Hotkey("Shift+F3", "去掉一件")
VOID = Hotkey("F4", "作废")
DROP_CARD = Hotkey("F6", "不用证件")
REQUEUE = Hotkey("F7", "过号重排")
CHECK_IN = Hotkey("F8", "签到")
PRINT_GUIDE = Hotkey("F9", "打印指南")
CAME_OUT = Hotkey("F11", "已打出")
REFILL = Hotkey("F12", "登记换纸")
KIND_KEYS = {
    "ordinary": Hotkey("Ctrl+0", "普通"),
    "elder": Hotkey("Ctrl+1", "老年"),
    "soldier": Hotkey("Ctrl+2", "军人"),
    "disabled": Hotkey("Ctrl+3", "残疾"),
    "pregnant": Hotkey("Ctrl+4", "孕妇"),
    "honoured": Hotkey("Ctrl+5", "优抚"),
}
LIST_WAITING = Hotkey("Alt+1", "排队")
LIST_BOOKED = Hotkey("Alt+2", "预约")
LIST_UNPRINTED = Hotkey("Alt+3", "未打印")
LIST_SKIPPED = Hotkey("Alt+4", "过号")
LIST_PAPER = Hotkey("Alt+5", "号纸")
GUIDE_REQUESTS = Hotkey("Alt+6", "诉求")

# Monitor.
MONITOR_NOW = Hotkey("Alt+1", "实况")
MONITOR_DAY = Hotkey("Alt+2", "统计")
MONITOR_FOLLOW_UPS = Hotkey("Alt+3", "差评回访")
MONITOR_RANKING = Hotkey("Alt+4", "排名")
MONITOR_SCORES = Hotkey("Alt+5", "外部评议")
CHANGE_MATTERS = Hotkey("F6", "调整事项")
RELEASE = Hotkey("F7", "释放号票")
CALM = Hotkey("F8", "解除求助")
LET_HELP = Hotkey("F10", "兼办")
BY_HOUR = Hotkey("Ctrl+1", "按时段")
BY_COUNTER = Hotkey("Ctrl+2", "按窗口")
BY_CLERK = Hotkey("Ctrl+3", "按人员")
BY_MATTER = Hotkey("Ctrl+4", "按事项")
DAY_BEFORE = Hotkey("Alt+Left", "前一天")
DAY_AFTER = Hotkey("Alt+Right", "后一天")
EXPORT = Hotkey("Ctrl+E", "导出")

# Monthly report.
MONTH_OVERVIEW = Hotkey("Alt+1", "总览")
MONTH_FIGURES = Hotkey("Alt+2", "指标")
MONTH_MATTERS = Hotkey("Alt+3", "按事项")
MONTH_DEPARTMENTS = Hotkey("Alt+4", "按科室")
MONTH_WORK = Hotkey("Alt+5", "各项工作")
MONTH_BEFORE = Hotkey("Alt+Left", "上一月")
MONTH_AFTER = Hotkey("Alt+Right", "下一月")
ISSUE_REPORT = Hotkey("F9", "出具并打印")

# Desk; the keys of its acts are in desk_acts.
DESK_LISTS = tuple(Hotkey(f"Alt+{key}", "列表") for key in "1234567890-=")
ADD_FILE = Hotkey("F11", "存入扫描件")
VOID_FILE = Hotkey("Shift+F11", "作废扫描件")
UNMASK = Hotkey("Ctrl+U", "查看完整信息")
ADD_LINE = Hotkey("Ctrl+J", "加入这一项")
PAGE_DOWN = Hotkey("Ctrl+PgDown", "看下一屏")
PAGE_UP = Hotkey("Ctrl+PgUp", "看上一屏")
NEXT_SHEET = Hotkey("Ctrl+PgDown", "下一页")
PREVIOUS_SHEET = Hotkey("Ctrl+PgUp", "上一页")
FIRST_SHEET = Hotkey("Home", "第一页")
LAST_SHEET = Hotkey("End", "最后一页")
LARGER = Hotkey("Ctrl+=", "放大")
SMALLER = Hotkey("Ctrl+-", "缩小")
FIT_WIDTH = Hotkey("Ctrl+0", "适合宽度")

# Penalties: what the first page does; acts are chosen in their list.
REGISTER_PENALTY = Hotkey("Ctrl+M", "登记案件")
OPEN_PENALTY = Hotkey("F2", "打开案件")  # on the pages of lists
LINES_WAITING = Hotkey("Ctrl+1", "待处理")
LINES_DONE = Hotkey("Ctrl+2", "已处理")
NOTICES_OPEN = Hotkey("Ctrl+3", "缴款通知")
CASH_UNDER_WAY = Hotkey("Ctrl+4", "当场收缴")
SETTLE_LINE = Hotkey("F3", "指认案件")
SET_LINE_ASIDE = Hotkey("F4", "不入账")
IMPORT_PAYMENTS = Hotkey("F6", "导入缴款文件")
TAKE_LINE_BACK = Hotkey("F8", "冲正缴款")
SHOW_CLOSED = Hotkey("Alt+0", "看已了结的")  # on the pages of lists
ENTER_SEIZURE = Hotkey("F3", "登记查封扣押")
ENTER_EMERGENCY = Hotkey("F4", "登记紧急措施")
TEST_GOODS = Hotkey("F6", "检测鉴定")
FINISH_TEST = Hotkey("F7", "检测结束")
EXTEND_SEIZURE = Hotkey("F8", "延长")
END_SEIZURE = Hotkey("F9", "解除或处理")
GIVE_GOODS_BACK = Hotkey("F10", "退还")
REPORT_EMERGENCY = Hotkey("F11", "报告负责人")
DECIDE_EMERGENCY = Hotkey("F12", "负责人决定")
PUBLISH_DECISION = Hotkey("F3", "登记公示")
WITHHOLD_DECISION = Hotkey("F4", "不予公示")
TAKE_DOWN_DECISION = Hotkey("F6", "撤回公示")
EXPORT_PUBLICITY = Hotkey("F7", "导出公示数据")
PRINT_PUBLICITY = Hotkey("F8", "出公示表")
ENTER_CERTIFICATE = Hotkey("F3", "登记证件")
ENTER_CONFLICT = Hotkey("F4", "登记回避")
CHANGE_VALIDITY = Hotkey("F6", "改有效期")
END_CONFLICT = Hotkey("F7", "终止回避")

# Board.
RELOAD = Hotkey("F5", "重新载入")
SHOW_URGENT = Hotkey("1", "最紧迫")
SHOW_MINE = Hotkey("2", "我的")
SHOW_TODAY = Hotkey("3", "今日到期")
SHOW_WEEK = Hotkey("4", "本周")
SHOW_PAUSED = Hotkey("5", "暂停")
SHOW_ALL = Hotkey("6", "全部")
FILTER = Hotkey("Ctrl+F", "筛选")
SUPERVISE = Hotkey("F8", "督办")
REASSIGN = Hotkey("F9", "转派")
ABSENCES = Hotkey("F10", "外出替岗")
WALL = Hotkey("F11", "大屏")
MONTHLY_REPORT = Hotkey("Ctrl+M", "月报")
CLOSE_WALL = Hotkey("Escape", "关闭大屏")  # on the wallboard, a window of its own

# Supervision.
SUPERVISED_ORDERS = Hotkey("Alt+1", "督办单")
SUPERVISED_ANOMALIES = Hotkey("Alt+2", "异常")
SUPERVISED_RECORDS = Hotkey("Alt+3", "责任追究")
SUPERVISED_NOTICES = Hotkey("Alt+4", "提醒")
SHOW_ENDED = Hotkey("Alt+5", "看已结的")
REPLY_ORDER = Hotkey("F2", "回复")
PLEAD_ORDER = Hotkey("F3", "申辩")
FIND_PLEA = Hotkey("F4", "审理申辩")
RETURN_REPLY = Hotkey("F6", "退回重报")
REVIEW_ANOMALY = Hotkey("F7", "核查")
SETTLE_ORDER = Hotkey("F8", "核销")
ESCALATE_ORDER = Hotkey("F9", "升级")
HOLD_TO_ACCOUNT = Hotkey("F10", "登记追究")
WITHDRAW_ORDER = Hotkey("F11", "撤销")
PLEAD_RECORD = Hotkey("Shift+F3", "陈述申辩")
DECIDE_RECORD = Hotkey("Shift+F4", "作出决定")
DELIVER_RECORD = Hotkey("Shift+F6", "登记送达")
APPEAL_RECORD = Hotkey("Shift+F2", "申诉")
REVIEW_APPEAL = Hotkey("Shift+F7", "复核申诉")
CORRECT_RECORD = Hotkey("Shift+F9", "登记整改")
CLOSE_RECORD = Hotkey("Shift+F8", "结案")
SHOW_NOTICES = Hotkey("Ctrl+N", "提醒")  # in the header of every window of the staff
OPEN_SUPERVISION = Hotkey("F8", "去督办")  # in the box of the messages
SEE_NOTICE = Hotkey("Ctrl+D", "已阅")
SEE_ALL_NOTICES = Hotkey("Ctrl+Shift+D", "全部已阅")

# 后台: devices and print jobs.
ADMIN_DEVICES = Hotkey("Alt+1", "设备")
ADMIN_JOBS = Hotkey("Alt+2", "打印任务")
SHOW_PRINTED = Hotkey("Alt+3", "看今天打完的")
TRY_DEVICE = Hotkey("F2", "测试")
SET_PORT = Hotkey("F3", "设置端口")
PAUSE_LOG = Hotkey("F7", "暂停记录")
COPY_LOG = Hotkey("Ctrl+Shift+C", "复制记录")
IS_PRINTED = Hotkey("F8", "已打印")
GIVE_UP_JOB = Hotkey("F9", "作废")

# Windows of list pages (deed_list, pages_window): by position; what stands there gives the words.
PAGE_KEYS = tuple(Hotkey(f"Alt+{key}", "换页") for key in "123456789")
NEW_KEYS = tuple(Hotkey(f"{held}F2", "新建") for held in ("", "Shift+", "Ctrl+", "Ctrl+Shift+"))
DEED_KEYS = tuple(
    Hotkey(f"{held}F{number}", "办理") for held in ("", "Shift+") for number in (3, 4, 6, 7, 8, 9, 10, 11, 12)
)
CHOOSE = Hotkey("Ctrl+F", "筛选")
SEARCH = Hotkey("Ctrl+K", "查找")
