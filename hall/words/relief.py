"""Words of the relief fund (救助基金): kinds, states, acts, postings, what the books keep apart."""

RELIEF_KINDS = {"capital": "启动资金", "tools": "经营工具", "support": "生活帮扶"}

RELIEF_STATES = {
    "applied": "待入户核查",
    "checked": "待出具意见",
    "opined": "待慈善组织表决",
    "voted": "待公示",
    "shown": "公示中",
    "given": "已发放",
    "refused": "不予救助",
    "withdrawn": "已撤回",
}

RELIEF_ACTS = {
    "apply": "登记申请",
    "visit": "入户核查",
    "opine": "出具意见",
    "vote": "登记表决",
    "show": "公示",
    "object": "登记异议",
    "answer": "答复异议",
    "give": "发放",
    "withdraw": "撤回申请",
}

RELIEF_HAPPENED = {
    **RELIEF_ACTS,
    "reversed": "发放冲正",
    "returned": "退回款物",
    "keep": "存入材料",
    "void_file": "作废材料",
}
"""What stands in the history of an application."""

RELIEF_BOOKS = {"money": "资金", "goods": "物资", "donated": "受赠", "awarded": "救助支出"}

RELIEF_POSTINGS = {
    "donation": "捐赠",
    "purchase": "购置物资",
    "award": "发放救助",
    "return": "退回",
    "reversal": "冲正",
}

RELIEF_WISHES = {"masked": "隐去部分姓名", "full": "公开全名", "hidden": "不公开姓名"}
"""How a donor wants to be named in public."""
