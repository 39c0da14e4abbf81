"""Words of people: roles, actions, and what stands on their cards."""

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
    "document.reprint_certificate": "补打许可证",
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
    "keys.change": "查看和更换密钥",
    "settings.change": "更改工作站的设备设置",
    "spool.read": "查看打印任务",
    "spool.hall": "查看全厅的打印任务",
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
