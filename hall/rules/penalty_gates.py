"""What must have been done before a penalty is told, heard, reviewed or decided, and what is missing of it."""

from dataclasses import dataclass
from datetime import date

from hall.errors import Refused
from hall.rules.leniency_limbs import Limb, Result

NEEDED_OFFICERS = 2
"""行政处罚法 42, 55."""


class GateClosed(Refused):
    """Something that law wants first has not been done; all of it at once."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A proposal and what came of it.

    `ask_by`: the last day to ask for a hearing; `notice_by`: the last day on which the notice of the hearing that was
    fixed was in time (行政处罚法 64); None after its beginning: the schedule to count it is lacking.
    """

    result: Result
    fine_fen: int
    limb: Limb | None = None
    told_on: date | None = None
    defend_by: date | None = None
    defended_on: date | None = None
    defence: str = ""
    defence_answer: str = ""
    hearing_due: bool = False
    ask_by: date | None = None
    hearing_asked_on: date | None = None
    hearing_noticed_on: date | None = None
    hearing_on: date | None = None
    notice_by: date | None = None
    hearing_record: str = ""
    legal_due: bool = False
    legal_on: date | None = None
    legal_agrees: bool | None = None
    collective_due: bool = False
    minutes_number: str = ""

    @property
    def waived(self) -> bool:
        """The party said that it has nothing to say: a defence without words."""
        return self.defended_on is not None and not self.defence


@dataclass(frozen=True, slots=True)
class GateFacts:
    """A case as its gates see it on a day.

    `officers`: how many certificates of the case are valid today and no helper's; `bar`: why its time has run out, or
    nothing (行政处罚法 36); `benchmark`: why the proposal's benchmark cannot be used today; `correction_first`: the
    norm fines only what was ordered to be corrected and was not; `strict_due`: the ninetieth day (60).
    `locked_fen`: what was announced before a defence, above which nothing may go (45(2)).
    """

    today: date
    state: str
    procedure: str
    officers: int
    bar: str = ""
    benchmark: tuple[str, ...] = ()
    correction_first: bool = False
    correction_ordered_on: date | None = None
    correct_by: date | None = None
    corrected_on: date | None = None
    strict_due: date | None = None
    locked_fen: int | None = None
    proposal: ProposalFacts | None = None


_NO_PROPOSAL = "还没有拟定处罚意见，请先由两名执法人员拟定（行政处罚法第五十五条、第五十七条）。"
_NOT_TOLD = "还没有告知当事人拟作出的处罚内容及事实、理由、依据和权利（行政处罚法第四十四条），请先告知。"


def require_open(reasons: tuple[str, ...]) -> None:
    """Raise GateClosed unless nothing is missing."""
    if reasons:
        raise GateClosed(reasons)


def before_proposing(facts: GateFacts) -> tuple[str, ...]:
    """Why nothing can be proposed now (55); what is out of time can still end as not punished (36)."""
    return _all(_filed(facts), _general(facts), _officers(facts))


def before_telling(facts: GateFacts) -> tuple[str, ...]:
    """Why the party cannot be told now (44); whoever is not punished is told by the decision itself."""
    proposal = facts.proposal
    if proposal is None:
        return _all(_filed(facts), _NO_PROPOSAL)
    if proposal.result == "none":
        return _all(_filed(facts), "拟不予处罚的，不需要事先告知，可以直接报批决定。")
    told = f"已于{_day(proposal.told_on)}告知，内容有变的请重新拟定处罚意见再告知。" if proposal.told_on else ""
    return _all(_filed(facts), _officers(facts), *facts.benchmark, told)


def before_defending(facts: GateFacts) -> tuple[str, ...]:
    """Why no defence can be registered now; one that comes late is still heard (45)."""
    return _all(_filed(facts), _told(facts))


def before_asking_hearing(facts: GateFacts, asked_on: date) -> tuple[str, ...]:
    """Why no hearing can be asked for on a day (63, 64(1))."""
    proposal = facts.proposal
    if proposal is None or proposal.told_on is None:
        return _all(_filed(facts), _told(facts))
    early = "申请日不能晚于今天，请核对。" if asked_on > facts.today else ""
    return _all(_filed(facts), _hearing_not_due(proposal), _asked(proposal, asked_on), early)


def before_noticing_hearing(facts: GateFacts) -> tuple[str, ...]:
    """Why no hearing can be fixed (64(2))."""
    proposal = facts.proposal
    if proposal is None or proposal.told_on is None:
        return _all(_filed(facts), _told(facts))
    held = "听证已经举行，笔录已登记。" if proposal.hearing_record else ""
    asked = "" if proposal.hearing_asked_on else "当事人没有申请听证，不需要通知听证（行政处罚法第六十四条第一项）。"
    return _all(_filed(facts), asked, held)


def before_hearing(facts: GateFacts) -> tuple[str, ...]:
    """Why the record of the hearing cannot be entered (64)."""
    proposal = facts.proposal
    if proposal is None or proposal.hearing_on is None:
        return _all(_filed(facts), "还没有发出听证通知，请先通知（行政处罚法第六十四条第二项）。")
    held = "听证笔录已经登记。" if proposal.hearing_record else ""
    early = f"听证定在{_day(proposal.hearing_on)}，当天以后才能登记笔录。" if facts.today < proposal.hearing_on else ""
    return _all(_filed(facts), held, early)


def before_legal(facts: GateFacts) -> tuple[str, ...]:
    """Why the legal review cannot be done now (58): it comes after the party was heard."""
    proposal = facts.proposal
    if proposal is None:
        return _all(_filed(facts), _NO_PROPOSAL)
    unneeded = "" if proposal.legal_due else "本案不属于应当法制审核的情形（行政处罚法第五十八条），不需要审核。"
    done = "法制审核已经完成。" if proposal.legal_on is not None else ""
    return _all(_filed(facts), unneeded, done, *_heard(facts, proposal))


def before_discussing(facts: GateFacts) -> tuple[str, ...]:
    """Why the minutes of the heads cannot be entered now (57(2)): they follow the legal review."""
    proposal = facts.proposal
    if proposal is None:
        return _all(_filed(facts), _NO_PROPOSAL)
    unneeded = "" if proposal.collective_due else "本案不属于应当集体讨论的情形（行政处罚法第五十七条第二款）。"
    done = "集体讨论已经登记。" if proposal.minutes_number else ""
    return _all(_filed(facts), unneeded, done, *_heard(facts, proposal), _legal(proposal))


def before_decision(facts: GateFacts) -> tuple[str, ...]:
    """Everything that is missing before the decision (28, 36, 44, 45, 55, 57, 58, 62–64)."""
    proposal = facts.proposal
    if proposal is None:
        return _all(_filed(facts), _general(facts), _NO_PROPOSAL)
    return _all(
        _filed(facts),
        _bar(facts, proposal),
        _officers(facts),
        *facts.benchmark,
        *_heard(facts, proposal),
        _legal(proposal),
        _minutes(proposal),
        *(_correction(facts) if proposal.result != "none" else ()),
        _lock(facts, proposal.fine_fen),
    )


def before_on_spot(facts: GateFacts) -> tuple[str, ...]:
    """Why nothing can be imposed on the spot (28, 36, 42, 51)."""
    simple = "" if facts.procedure == "simple" else "本案按普通程序立案，不能当场处罚（行政处罚法第五十一条）。"
    ordered = facts.correction_ordered_on is not None or facts.corrected_on is not None
    order = "" if ordered else "实施处罚应当责令改正（行政处罚法第二十八条），请先登记责令改正。"
    return _all(_filed(facts), simple, facts.bar, _officers(facts), order, *_correction(facts))


def alerts(facts: GateFacts) -> tuple[str, ...]:
    """What does not stop the decision but must be known: the ninety days (60)."""
    if facts.strict_due is None:
        return ()
    left = (facts.strict_due - facts.today).days
    if left < 0:
        return (
            f"立案已超过九十日（{_day(facts.strict_due)}届满，行政处罚法第六十条）：决定不因此无效，"
            "但属程序违法，请立即决定并书面说明原因。",
        )
    return (f"应当在{_day(facts.strict_due)}前作出决定，还有{left}日（行政处罚法第六十条）。",)


def _heard(facts: GateFacts, proposal: ProposalFacts) -> tuple[str, ...]:
    """What is missing of telling and hearing the party (44, 45, 62 to 64).

    Whoever is not punished need not be told before; what was said is answered all the same.
    """
    if proposal.told_on is None:
        return (_NOT_TOLD,) if proposal.result != "none" else ()
    return _all(_defence(facts, proposal), *_hearing(facts, proposal))


def lock_fault(locked_fen: int | None, fine_fen: int) -> str:
    """Why an amount is above what was announced before the party defended itself (45(2)); empty: it is not."""
    if locked_fen is None or fine_fen <= locked_fen:
        return ""
    return "当事人已经陈述申辩，处罚不得重于告知的数额（行政处罚法第四十五条第二款），请核对数额。"


def _lock(facts: GateFacts, fine_fen: int) -> str:
    return lock_fault(facts.locked_fen, fine_fen)


def _defence(facts: GateFacts, proposal: ProposalFacts) -> str:
    if proposal.defence and not proposal.defence_answer:
        return "当事人的陈述申辩还没有复核答复（行政处罚法第四十五条第一款），请先写明复核意见。"
    if proposal.defended_on is not None or proposal.result == "none":
        return ""
    if proposal.defend_by is None:
        return "放假安排未录入，陈述申辩的期限待定，请先录入放假安排。"
    if facts.today <= proposal.defend_by:
        return (
            f"陈述申辩的期限到{_day(proposal.defend_by)}，当事人没有表示放弃，"
            "期限过后才能决定（行政处罚法第四十五条、第六十二条）。"
        )
    return ""


def _hearing(facts: GateFacts, proposal: ProposalFacts) -> tuple[str, ...]:
    if not proposal.hearing_due:
        return ()
    if proposal.hearing_asked_on is None:
        return _all(_may_still_ask(facts, proposal))
    if proposal.hearing_on is None:
        return ("当事人申请了听证，还没有通知听证的时间、地点（行政处罚法第六十四条第二项）。",)
    if not proposal.hearing_record:
        return (f"听证定在{_day(proposal.hearing_on)}，笔录还没有登记；应当根据听证笔录决定（行政处罚法第六十五条）。",)
    return _all(_notice_fault(proposal))


def _may_still_ask(facts: GateFacts, proposal: ProposalFacts) -> str:
    if proposal.ask_by is None:
        return "放假安排未录入，申请听证的期限待定，请先录入放假安排。"
    if facts.today <= proposal.ask_by:
        return f"当事人到{_day(proposal.ask_by)}前可以申请听证（行政处罚法第六十四条第一项），期限过后才能决定。"
    return ""


def _notice_fault(proposal: ProposalFacts) -> str:
    late = proposal.notice_by is None or proposal.hearing_noticed_on is None
    if late or (proposal.hearing_noticed_on or date.max) > (proposal.notice_by or date.min):
        return "听证通知没有在听证七个工作日前送达（行政处罚法第六十四条第二项），请重新通知并举行听证。"
    return ""


def _asked(proposal: ProposalFacts, asked_on: date) -> str:
    if proposal.hearing_asked_on is not None:
        return f"已于{_day(proposal.hearing_asked_on)}登记听证申请。"
    if proposal.told_on is not None and asked_on < proposal.told_on:
        return f"申请日不能早于告知日{_day(proposal.told_on)}，请核对。"
    if proposal.ask_by is not None and asked_on > proposal.ask_by:
        return (
            f"申请听证的期限到{_day(proposal.ask_by)}（告知后五个工作日，行政处罚法第六十四条第一项），"
            "已经过期；当事人的意见请作为陈述申辩登记。"
        )
    return ""


def _hearing_not_due(proposal: ProposalFacts) -> str:
    if proposal.hearing_due:
        return ""
    return "拟作出的处罚不在听证范围内（行政处罚法第六十三条），请把当事人的意见作为陈述申辩登记。"


def _legal(proposal: ProposalFacts) -> str:
    if not proposal.legal_due:
        return ""
    if proposal.legal_on is None:
        return "应当法制审核，未经审核不得作出决定（行政处罚法第五十八条），请交法制审核人员。"
    if not proposal.legal_agrees:
        return "法制审核没有通过（行政处罚法第五十八条），请按审核意见重新拟定处罚意见。"
    return ""


def _minutes(proposal: ProposalFacts) -> str:
    if proposal.collective_due and not proposal.minutes_number:
        return "情节复杂或者重大，应当由负责人集体讨论决定（行政处罚法第五十七条第二款），请先登记讨论记录。"
    return ""


def _correction(facts: GateFacts) -> tuple[str, ...]:
    """Where the norm fines only after 逾期不改正: ordered, the time over, not corrected in it (28 and the norm)."""
    if not facts.correction_first:
        return ()
    if facts.correction_ordered_on is None or facts.correct_by is None:
        return ("该条规定责令改正、逾期不改正才处罚款，还没有登记责令改正和改正期限（行政处罚法第二十八条）。",)
    if facts.corrected_on is not None and facts.corrected_on <= facts.correct_by:
        return (
            f"当事人已于{_day(facts.corrected_on)}在期限内改正；该条只处罚逾期不改正的，没有可处的罚款，"
            "请按撤案结案（行政处罚法第二十八条）。",
        )
    if facts.corrected_on is None and facts.today <= facts.correct_by:
        return (f"责令改正的期限到{_day(facts.correct_by)}，期限过后仍不改正的才能处罚（行政处罚法第二十八条）。",)
    return ()


def _told(facts: GateFacts) -> str:
    if facts.proposal is None:
        return _NO_PROPOSAL
    return "" if facts.proposal.told_on is not None else _NOT_TOLD


def _filed(facts: GateFacts) -> str:
    return "" if facts.state == "filed" else "案件不在立案调查阶段，不能再办理决定前的事项。"


def _general(facts: GateFacts) -> str:
    if facts.procedure == "general":
        return ""
    return "本案适用简易程序，请用“当场处罚”办理；不能当场处罚的，先转为普通程序（行政处罚法第五十一条、第五十四条）。"


def _bar(facts: GateFacts, proposal: ProposalFacts) -> str:
    return facts.bar if proposal.result != "none" else ""


def _officers(facts: GateFacts) -> str:
    if facts.officers >= NEEDED_OFFICERS:
        return ""
    return (
        f"本案只有{facts.officers}名持有效执法证的执法人员，不得少于两名，协管人员不算"
        "（行政处罚法第四十二条、第五十五条）。请先登记执法人员。"
    )


def _all(*found: str) -> tuple[str, ...]:
    return tuple(filter(None, found))


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""
