"""Words of penalties: violations, cases and their states, duties, roads to leniency, fines, payments, seized goods."""

# 行政处罚法 51, 72: what a limit depends on.
OBJECT_KINDS = {"citizen": "公民", "organisation": "法人或者其他组织", "any": "公民、法人或者其他组织"}

# Whether an order to correct comes before a fine.
CORRECTIONS = {
    "none": "不以责令改正为前提",
    "with": "责令改正，并处罚款",
    "may": "责令改正，可以处罚款",
    "first": "责令改正，逾期不改正才处罚款",
}

# What a tier's amounts are counted by, and what a person enters for it.
TIER_UNITS = {
    "yuan": "元",
    "m2": "元/平方米",
    "m2_day": "元/（平方米·日）",
    "tree": "元/株",
    "item": "元/件",
    "vehicle": "元/车",
    "tonne": "元/吨",
    "multiple": "倍",
    "percent": "%",
}
TIER_QUANTITIES = {
    "yuan": "数量",
    "m2": "面积（平方米）",
    "m2_day": "面积乘以天数（平方米·日）",
    "tree": "株数",
    "item": "件数",
    "vehicle": "车数",
    "tonne": "吨数",
    "multiple": "倍数的基数（元）",
    "percent": "工程造价（元）",
}

# Whether a benchmark may be used today.
BENCHMARK_STANDINGS = {
    "usable": "可以使用",
    "unpublished": "未公布",
    "coming": "尚未施行",
    "ended": "已失效",
    "superseded": "上位法优先",
}

# What a published list of exemptions lets happen.
EXEMPT_LIMBS = {"slight": "轻微不罚", "first_time": "首违不罚", "removed": "减轻或者从轻"}

PENALTY_STATES = {
    "filed": "立案调查",
    "decided": "已作出决定",
    "served": "已送达",
    "closed": "结案",
    "dropped": "不予立案或撤案",
    "revoked": "决定已撤销",
}

PENALTY_PROCEDURES = {"simple": "简易程序", "general": "普通程序"}

# Why a case ends without a decision (撤案).
PENALTY_DROPS = {
    "not_established": "违法事实不能成立",
    "barred": "已过追责期限（行政处罚法第三十六条）",
    "corrected": "在责令改正的期限内改正，依法没有可处罚的",
    "fined": "同一违法行为已经罚款（行政处罚法第二十九条）",
    "transferred": "移送有管辖权的机关",
    "wrong_case": "登记有误",
}

PENALTY_CLOCKS = {
    "correction": "责令改正期限",
    "evidence": "先行登记保存处理",
    "closing": "办案期限",
    "seizure": "查封、扣押期限",
    "defence": "陈述申辩期限",
    "hearing_request": "申请听证期限",
    "filing": "当场处罚备案",
    "service": "决定书送达",
    "publicity": "处罚决定公示",
    "withdrawal": "撤回公示",
    "payment": "缴纳罚款",
    "enforcement": "加处罚款满三十日",
    "reminder": "催告期满",
    "review": "申请行政复议",
    "litigation": "提起行政诉讼",
    "court": "申请法院强制执行",
    "cash_office": "当场收缴款交回机关",
    "cash_bank": "当场收缴款交存银行",
}

PENALTY_HARMS = {"unknown": "未查明", "none": "没有危害后果", "slight": "危害后果轻微", "grave": "造成危害后果"}

# What one account may be in one case; nobody is two of these.
PENALTY_DUTIES = {
    "intake": "窗口受理",
    "investigate": "调查承办",
    "legal": "法制审核",
    "decide": "批准决定",
    "cash": "收款对账",
}

PENALTY_RESULTS = {
    "ordinary": "按裁量基准处罚",
    "lighter": "从轻处罚",
    "reduced": "减轻处罚",
    "none": "不予处罚",
}

PENALTY_DECISIONS = {
    "penalty": "行政处罚决定",
    "none": "不予行政处罚决定",
    "vary": "变更决定",
    "revoke": "撤销决定",
    "correct": "更正决定",
}

FINE_ENTRIES = {
    "impose": "处以罚款",
    "plan": "暂缓或分期",
    "pay": "缴款",
    "pause": "停止计算加处罚款",
    "resume": "恢复计算加处罚款",
    "waive": "减免加处罚款",
    "breach": "违反执行协议",
    "refund": "退款",
    "reverse": "冲正缴款",
    "vary": "变更罚款数额",
    "revoke": "撤销罚款",
}

PAYMENT_OUTCOMES = {
    "exact": "金额相符",
    "partial": "部分缴纳",
    "over": "多缴",
    "unknown": "未对上",
    "duplicate": "重复流水",
}

# 行政处罚法 68, 69
CASH_GROUNDS = {
    "small": "一百元以下罚款（第六十八条第一项）",
    "hard_later": "不当场收缴事后难以执行（第六十八条第二项）",
    "remote": "边远、水上、交通不便地区，当事人到银行缴款确有困难并经其提出（第六十九条）",
}

# Why a day adds nothing to a fine.
FINE_PAUSES = {
    "review": "行政复议期间不计（行政处罚法第七十三条第三款）",
    "litigation": "行政诉讼期间不计（行政处罚法第七十三条第三款）",
    "application": "暂缓、分期申请审批期间不计（本局口径）",
    "agreement": "执行协议履行期间不计（行政强制法第四十二条）",
    "untold": "决定没有告知加处罚款，不加处（罚款决定与罚款收缴分离实施办法第七条）",
    "capped": "已达罚款数额，不再增加（行政处罚法第七十二条第一款第一项）",
}

DEFERRALS = {"deferral": "暂缓缴纳", "instalments": "分期缴纳"}

REMEDIES = {"review": "行政复议", "litigation": "行政诉讼"}

REMEDY_OUTCOMES = {
    "upheld": "维持决定、驳回请求",
    "withdrawn": "撤回申请、撤诉",
    "varied": "变更处罚",
    "revoked": "撤销决定",
    "confirmed": "确认违法，不撤销决定",
}

# Why a decision is revoked by the authority itself (行政处罚法 38, 75; the grounds of 行政诉讼法 70).
REVOCATION_GROUNDS = {
    "evidence": "主要证据不足",
    "law": "适用法律、法规、规章错误",
    "procedure": "违反法定程序",
    "power": "超越职权或者没有法定依据",
    "abuse": "滥用职权",
    "improper": "处罚明显不当",
}

SEIZURE_KINDS = {"seize": "扣押", "seal": "查封"}

SEIZURE_ENDINGS = {
    "released": "解除",
    "confiscated": "依法没收",
    "destroyed": "依法销毁",
    "transferred": "移送有关机关",
}

# 行政强制法 28(1): when what is held has to be given back at once.
SEIZURE_LIMBS = {
    "no_violation": "当事人没有违法行为",
    "unrelated": "查封、扣押的场所、设施或者财物与违法行为无关",
    "decided": "对违法行为已经作出处理决定，不再需要查封、扣押",
    "expired": "查封、扣押期限已经届满",
    "no_need": "其他不再需要采取查封、扣押措施的情形",
}

# 行政强制法 25(3): what the period leaves out.
SEIZURE_TESTS = {"test": "检测", "inspect": "检验", "quarantine": "检疫", "appraise": "技术鉴定"}

# What happens to seized goods, as events of their case.
SEIZURE_EVENTS = {
    "seize": "查封、扣押",
    "seize_test": "检测、检验、检疫、技术鉴定",
    "seize_extend": "延长查封、扣押",
    "seize_end": "查封、扣押的处理",
    "give_back": "退还财物",
}

# Why a decision is not made public.
PUBLICITY_GROUNDS = {
    "minor": "当事人行为时未满十八周岁（未成年人保护法第一百零三条）",
    "secret": "涉及国家秘密（政府信息公开条例第十四条）",
    "security": "公开可能危及国家安全、公共安全、经济安全、社会稳定（政府信息公开条例第十四条）",
    "privacy": "涉及商业秘密、个人隐私，公开会损害第三方合法权益（政府信息公开条例第十五条）",
    "simple": "简易程序作出，没有一定社会影响（行政处罚法第四十八条第一款）",
}

PUBLISHED_ABOUT = {"permit": "许可", "penalty": "处罚"}

PUBLICITY_STANDINGS = {
    "waiting": "待公示",
    "shown": "公示中",
    "take_down": "应撤回",
    "withheld": "不予公示",
    "dropped": "不再公示",
    "taken_down": "已撤回",
}

FINDINGS = {"satisfied": "具备", "not": "不具备", "unknown": "尚不清楚"}

# The four lawful roads at the window; none of them is a discount.
PENALTY_ROADS = {
    "before": "决定前：不予、减轻、从轻处罚",
    "later": "决定后：暂缓或者分期缴纳",
    "surcharge": "加处罚款：按执行协议减免",
    "wrong": "决定有错：更正、变更或者撤销",
}

PENALTY_ACTS = {
    "note_correction": "登记改正",
    "officers": "调整执法人员",
    "hold_evidence": "先行登记保存",
    "end_evidence": "处理登记保存",
    "propose": "拟定处罚意见",
    "tell": "告知当事人",
    "defend": "登记陈述申辩",
    "ask_hearing": "登记听证申请",
    "notice_hearing": "听证通知",
    "hear": "登记听证",
    "legal": "法制审核",
    "discuss": "登记集体讨论",
    "decide": "作出决定",
    "on_spot": "当场处罚",
    "to_general": "转为普通程序",
    "file_on_spot": "当场处罚备案",
    "drop": "撤案",
    "serve": "登记送达",
    "serve_arrive": "登记送到",
    "serve_fail": "登记送达不成",
    "leniency_apply": "收减免申请",
    "examine": "审查减免",
    "leniency_refuse": "答复不予减免",
    "leniency_review": "填写减免审批表",
    "leniency_answer": "告知减免结果",
    "leniency_withdraw": "撤回减免申请",
    "educate": "教育承诺",
    "defer": "收暂缓分期申请",
    "defer_decide": "审批暂缓分期",
    "remedy_begin": "登记复议诉讼",
    "remedy_end": "登记复议诉讼结果",
    "remind": "登记催告",
    "court": "登记申请强制执行",
    "agree": "拟定执行协议",
    "agree_decide": "审批执行协议",
    "breach": "登记违约",
    "correct": "更正决定",
    "vary": "变更决定",
    "revoke": "撤销决定",
    "notice": "开缴款通知",
    "notice_void": "作废缴款通知",
    "cash": "当场收缴",
    "cash_hand_in": "交回机关",
    "cash_bank": "交存银行",
    "pay": "缴款入账",
    "reverse": "冲正缴款",
    "refund": "退款",
    "close": "结案",
    "publish": "登记公示",
    "withhold": "不予公示",
    "withdraw_publicity": "撤回公示",
}
