"""Words of what others say of the hall: scores from outside, follow-ups of bad ratings, what is ranked."""

SCORE_KINDS = {"third_party": "第三方评价", "deputies": "两代表一委员", "residents": "群众评议"}

RANKED_GROUPS = {"counters": "窗口", "matters": "事项"}

FOLLOW_UP_ACTS = {"call_back": "回访", "correct": "整改", "close": "办结"}

FOLLOW_UP_RESULTS = {"corrected": "已整改", "explained": "已向评价人说明", "unfounded": "核查后情况不属实"}
"""How a follow-up of a bad rating ends."""
