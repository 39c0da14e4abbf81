"""Words of the messages within the hall: what is due."""

from hall.words.penalties import PENALTY_CLOCKS

DUE_WORDS = {
    **PENALTY_CLOCKS,
    "told": "告知受理",
    "feedback": "单位反馈",
    "promise": "承诺答复",
    "finish": "法定办结",
    "call_back": "回访",
    "answer": "异议答复",
    "correct": "整改",
    "result": "登记结果",
    "follow_up": "差评回访整改",
    "expiry": "有效期",
    "offer": "摊位答复",
    "statement": "陈述和要求听证的期限",
    "shown": "公示",
    "publicity": "决定公示",
}
