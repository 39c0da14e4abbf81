"""Monthly figures of quality: supplements, pauses, steps, cards and pleas, ratings, requests."""

from collections.abc import Callable

from hall.rules.case_facts import CardFact, MonthFacts, PauseFact, RequestFacts
from hall.rules.case_figures import (
    Indicator,
    Number,
    all_due_work,
    all_new,
    count_if,
    of_new,
    simple_count,
)
from hall.rules.case_populations import DUE_WORK, NEW, Populations


def _supplemented(times: int) -> Number:
    return of_new(lambda case: len(case.supplements) >= times)


def _pauses(month: MonthFacts, found: Populations) -> list[PauseFact]:
    """Special procedures that ended in the period, or are open at its end."""
    return [
        each
        for case in found.due_work
        for each in case.pauses
        if not each.for_material and (each.resumed_on is None or month.period.has(each.resumed_on))
    ]


def _ended_pauses(month: MonthFacts, found: Populations) -> list[int]:
    return [
        each.workdays for each in _pauses(month, found) if each.resumed_on is not None and each.workdays is not None
    ]


def _limited(month: MonthFacts, found: Populations) -> list[PauseFact]:
    return [each for each in _pauses(month, found) if each.due is not None]


def _paused_cases(month: MonthFacts, found: Populations) -> int:
    first = month.period.first

    def in_period(pause: PauseFact) -> bool:
        return not pause.for_material and (pause.resumed_on is None or pause.resumed_on >= first)

    return count_if(found.due_work, lambda case: any(in_period(each) for each in case.pauses))


def _steps(month: MonthFacts, *, overrun: bool) -> int:
    of_period = (each for case in month.cases for each in case.steps if month.period.has(each.left_on))
    return sum(each.overrun or not overrun for each in of_period)


def _visits(month: MonthFacts, found: Populations) -> int:
    return sum(found.period.has(day) for case in month.cases for day in case.visits)


def _archived(month: MonthFacts, _: Populations) -> int:
    return len(month.scores)


def _reviewed(month: MonthFacts, _: Populations) -> int:
    return sum(score is not None for score in month.scores)


def _points(month: MonthFacts, _: Populations) -> int:
    return sum(score for score in month.scores if score is not None)


QUALITY = (
    Indicator("supplement_rate", "quality", "补正率", "告知过补正", _supplemented(1), NEW, all_new),
    Indicator("second_supplement_rate", "quality", "二次补正率", "告知补正两次及以上", _supplemented(2), NEW, all_new),
    Indicator("pause_rate", "quality", "挂起率", "本期内中止过", _paused_cases, DUE_WORK, all_due_work),
    Indicator(
        "mean_pause_days",
        "quality",
        "平均挂起天数",
        "中止的工作日合计",
        lambda month, found: sum(_ended_pauses(month, found)),
        "本期结束的中止",
        lambda month, found: len(_ended_pauses(month, found)),
        "days",
    ),
    Indicator(
        "pause_overrun_rate",
        "quality",
        "挂起超期率",
        "超过准许期限",
        lambda month, found: sum(each.overran(month.period) for each in _limited(month, found)),
        "本期结束和期末未结束的有限期中止",
        lambda month, found: len(_limited(month, found)),
    ),
    Indicator(
        "step_overrun_rate",
        "quality",
        "环节超时率",
        "其中超时",
        lambda month, _: _steps(month, overrun=True),
        "本期办完的环节",
        lambda month, _: _steps(month, overrun=False),
    ),
    simple_count("visits", "quality", "现场勘查次数", _visits, population="本期进行的现场勘查"),
    Indicator("reviewed_rate", "quality", "案卷评查率", "其中已评查", _reviewed, "本期归档的案卷", _archived),
    Indicator(
        "dossier_points",
        "quality",
        "案卷评查平均分",
        "得分合计",
        _points,
        "本期归档、已评查的案卷",
        _reviewed,
        "points",
    ),
)


def _issued(month: MonthFacts) -> list[CardFact]:
    return [card for card in month.cards if month.period.has(card.issued_on)]


def _cards(kind: str) -> Number:
    return lambda month, _: sum(card.kind == kind for card in _issued(month))


def _all_cards(month: MonthFacts, _: Populations) -> int:
    return len(_issued(month))


def _cleared(month: MonthFacts, _: Populations) -> int:
    return sum(card.cleared_on is not None and card.cleared_on <= month.period.last for card in _issued(month))


def _pleas(*findings: str) -> Number:
    return lambda month, _: sum(card.plea in findings for card in _issued(month))


SUPERVISION = (
    simple_count("warnings", "supervision", "预警", lambda month, _: month.warnings, population="本期发出的时限预警"),
    simple_count("blue_cards", "supervision", "蓝色督办单", _cards("blue"), population="本期签发的蓝色督办单"),
    simple_count("yellow_cards", "supervision", "黄牌", _cards("yellow"), population="本期签发的黄牌"),
    simple_count("red_cards", "supervision", "红牌", _cards("red"), population="本期签发的红牌"),
    Indicator(
        "cleared_rate", "supervision", "督办核销率", "其中期末前已核销", _cleared, "本期签发的督办单", _all_cards
    ),
    Indicator(
        "plea_rate",
        "supervision",
        "申辩成立率",
        "其中申辩成立",
        _pleas("upheld"),
        "本期签发的督办单中申辩已有结论的",
        _pleas("upheld", "rejected"),
    ),
)


def _rated(month: MonthFacts, _: Populations) -> int:
    return sum(month.ratings.levels)


def _satisfied(month: MonthFacts, _: Populations) -> int:
    return sum(month.ratings.levels[2:])


def _bad(month: MonthFacts, _: Populations) -> int:
    return len(month.ratings.follow_ups)


def _rectified(month: MonthFacts, _: Populations) -> int:
    return sum(each.closed_on is not None for each in month.ratings.follow_ups)


def _due_follow_ups(month: MonthFacts, *, in_time: bool) -> int:
    """Those that are closed or should have been; of them those closed by their day."""
    due = [
        each
        for each in month.ratings.follow_ups
        if each.due_on is not None and (each.closed_on is not None or month.period.past(each.due_on))
    ]
    closed_in_time = [
        each for each in due if each.due_on is not None and each.closed_on is not None and each.closed_on <= each.due_on
    ]
    return len(closed_in_time if in_time else due)


RATING = (
    Indicator(
        "rated_rate",
        "rating",
        "评价率",
        "收到的评价",
        _rated,
        "本期窗口办完的事项",
        lambda month, _: month.ratings.visits,
    ),
    Indicator(
        "active_rate", "rating", "主动评价率", "申请人自己按下的评价", _rated, "本期评价（没有默认评价）", _rated
    ),
    Indicator("satisfied_rate", "rating", "满意率", "非常满意＋满意＋基本满意", _satisfied, "本期有效评价", _rated),
    Indicator("rectified_rate", "rating", "差评整改率", "已回访整改", _rectified, "本期差评", _bad),
    Indicator(
        "rectified_in_time_rate",
        "rating",
        "差评按时整改率",
        "期限内整改",
        lambda month, _: _due_follow_ups(month, in_time=True),
        "本期差评中已整改或已到期的",
        lambda month, _: _due_follow_ups(month, in_time=False),
    ),
)


def _asked(count: Callable[[RequestFacts], int]) -> Number:
    return lambda month, _: count(month.requests)


_RECEIVED = "本期收到的诉求（咨询、投诉、举报、求助、建议）"
_received, _closed = _asked(lambda all_: all_.received), _asked(lambda all_: all_.closed)
_answerable, _answered = _asked(lambda all_: all_.answerable), _asked(lambda all_: all_.replied)
_given, _content = _asked(lambda all_: all_.rated), _asked(lambda all_: all_.content)
_in_time, _joined = _asked(lambda all_: all_.closed_in_time), _asked(lambda all_: all_.joined)

REQUEST = (
    Indicator("request_done_rate", "request", "诉求办结率", "办结", _closed, _RECEIVED, _received),
    Indicator(
        "request_in_time_rate",
        "request",
        "诉求按期办结率",
        "在承诺期限和法定期限内办结",
        _in_time,
        "其中已办结的",
        _closed,
    ),
    Indicator(
        "request_reply_rate", "request", "诉求回复率", "已答复", _answered, "其中可以回复的（不含匿名）", _answerable
    ),
    Indicator("request_repeat_rate", "request", "诉求重复率", "并入同一诉求", _joined, _RECEIVED, _received),
    Indicator(
        "request_content_rate",
        "request",
        "诉求回访满意率",
        "非常满意、满意、基本满意",
        _content,
        "回访中给出评价的",
        _given,
    ),
)
