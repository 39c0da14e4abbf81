"""Words of cases: states, acts, clocks, lights, documents, service."""

LIMIT_UNITS = {"workday": "工作日", "day": "自然日", "hour": "小时"}

APPLICANT_KINDS = {
    "natural": "自然人",
    "individual_business": "个体工商户",
    "legal": "法人",
    "other": "其他组织",
}

HANDLING_KINDS = {"immediate": "即办件", "promised": "承诺件"}

LIGHTS = {
    "normal": "正常",
    "warning": "预警",
    "today": "今日到期",
    "over_promised": "超承诺",
    "over_statutory": "超法定",
    "pending": "待定",
    "paused": "暂停",
}

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
    "district_report": "工作情况报告",
    "leniency_application": "行政处罚减免申请表",
    "leniency_review": "行政处罚减免审批表",
    "leniency_answer": "减免申请结果告知书",
    "penalty_notice": "行政处罚事先告知书",
    "penalty_hearing": "行政处罚听证通知书",
    "penalty": "行政处罚决定书",
    "penalty_served": "行政处罚文书送达回证",
    "no_penalty": "不予行政处罚决定书",
    "mitigated_penalty": "减轻（从轻）行政处罚决定书",
    "education_record": "教育承诺书",
    "deferral": "暂缓（分期）缴纳罚款批准书",
    "deferral_refusal": "不予暂缓（分期）缴纳罚款决定书",
    "execution_agreement": "行政强制执行协议",
    "penalty_correction": "行政处罚决定更正书",
    "penalty_revocation": "撤销行政处罚决定书",
    "payment_notice": "罚款缴款通知书",
    "on_spot_penalty": "当场行政处罚决定书",
    "seizure_extension": "延长查封扣押期限决定书",
    "seizure_release": "解除查封扣押决定书",
    "goods_return": "财物返还清单",
    "emergency_report": "紧急强制措施报告表",
    "complaint_acceptance": "投诉举报受理单",
    "dispatch_sheet": "诉求派单单",
    "complaint_reply": "投诉举报答复单",
    "rating_sheet": "评价单",
    "publicity": "公示表",
    "relief": "救助申请审批表",
    "relief_receipt": "救助领取单",
    "relief_publicity": "救助公示",
    "credit_record": "征信记录表",
    "credit_notice": "征信事项告知书",
    "credit_reply": "征信异议处理决定书",
    "ticket_sheet": "号单",
    "instruction_sheet": "作业指导书",
    "spot_check": "岗位抽查记录单",
    "review_notice": "案卷评查抽取公告",
    "review_result": "案卷评查抽取结果",
    "review_sheet": "案卷评查评分表",
    "review_recheck": "案卷评查复核表",
    "review_correction": "案卷评查整改通知书",
    "review_report": "案卷评查情况通报",
    "training_statement": "培训情况证明",
    "register_sheet": "登记单",
    "stall_application": "摊位申请登记表",
    "stall_refusal": "不予进入便民服务点决定书",
    "stall_draw_notice": "摊位抽签公告",
    "stall_draw_result": "摊位抽签结果",
    "stall_certificate": "摊位证",
    "stall_notice": "收回摊位事先告知书",
    "stall_hearing": "收回摊位听证通知书",
    "stall_decision": "摊位处理决定书",
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
    "objection": "异议期",
    "unit": "单位反馈期限",
    "register": "登记事项期限",
    "follow_up": "差评回访整改期限",
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
    "publish": "登记公示",
    "withhold": "不予公示",
    "take_down": "撤回公示",
}

CASE_OUTCOMES = {"": "未决定", "granted": "准予", "denied": "不予", "default": "超时默认"}

# 行政许可法 32(1)(1), 32(1)(2), 78 and 79.
REFUSAL_LIMBS = {
    "not_needed": "依法不需要取得行政许可",
    "not_competent": "不属于本机关职权范围",
    "barred": "尚在不得再次申请的期间",
}

CASE_PURPOSES = {"new": "新办", "change": "变更", "renewal": "延续", "cancel": "注销"}

CASE_HANDLING = {"immediate": "即办件", "promised": "承诺件", "joint": "联办件"}

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
DOSSIER_ACTS = {"volume": "补充立卷"}

CASE_EVENTS = {**CASE_ACTS, **CERTIFICATE_ACTS, **DOSSIER_ACTS, "file_review": "案卷评查"}

# What can be done at the desk: acts on the case, and what follows from it.
DESK_ACTS = {**CASE_ACTS, **DOSSIER_ACTS, "bar": "登记禁止申请", "countersign": "会签"}

FILE_PURPOSES = {
    "material": "申请材料",
    "visit": "现场照片",
    "service": "送达证明",
    "consent": "电子送达同意书",
    "hearing": "听证材料",
    "promise": "承诺书",
    "photo": "照片",
    "recording": "录音",
    "plan": "平面图",
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
