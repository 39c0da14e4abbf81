"""The four lawful roads to leniency at each stage of a penalty case: which are open now, and in words of law why not.

None of them is a discount: before the decision 行政处罚法 30–33, after it when to pay (66), of what was added the part
that remedial steps earn (行政强制法 42), and the repair of a wrong decision. No road touches the principal of a lawful
decision.
"""

from dataclasses import dataclass
from typing import Literal

from hall.rules.leniency_limbs import Result
from hall.rules.penalty_acts import Road
from hall.words import PENALTY_RESULTS

Stage = Literal[
    "investigation",
    "announced",
    "heard",
    "decided",
    "served",
    "overdue",
    "enforced",
    "paid",
    "unpunished",
    "dropped",
    "revoked",
    "closed",
]
"""How far a case is: three steps before the decision, made, served, not paid in time, before the court, paid …"""

BEFORE = ("investigation", "announced", "heard")
_ENDED: dict[Stage, str] = {
    "dropped": "案件已经撤案，没有处罚",
    "revoked": "决定已经撤销，没有处罚",
    "closed": "案件已经结案",
}
_LAWS: dict[Road, str] = {
    "before": "行政处罚法第三十条至第三十三条",
    "later": "行政处罚法第六十六条",
    "surcharge": "行政强制法第四十二条",
    "wrong": "行政处罚法第七十五条第二款",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFacts:
    """What tells the stage; `punishes`: whether the decision imposes a penalty; amounts in fen."""

    state: str
    told: bool = False
    heard: bool = False
    punishes: bool = True
    owed_fen: int = 0
    overdue: bool = False
    enforced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadFacts:
    """What the roads depend on beside the stage.

    `results`: what law leaves open by what is found so far (`rules.leniency.allowed`); `fits`: the words of the limbs
    that are satisfied. `principal_fen`, `added_fen`: what of the fine and of its addition is owed today. The three
    flags: something of that road waits for its answer.
    """

    stage: Stage
    results: tuple[Result, ...] = ()
    fits: tuple[str, ...] = ()
    principal_fen: int = 0
    added_fen: int = 0
    asked_before: bool = False
    asked_later: bool = False
    asked_surcharge: bool = False


@dataclass(frozen=True, slots=True)
class RoadView:
    """A road: open or closed, why in a whole sentence, and by which law."""

    road: Road
    open: bool
    why: str
    law: str


def stage_of(facts: StageFacts) -> Stage:
    """How far a case is."""
    match facts.state:
        case "filed":
            return "heard" if facts.heard else "announced" if facts.told else "investigation"
        case "dropped":
            return "dropped"
        case "revoked":
            return "revoked"
        case "closed":
            return "closed"
    if not facts.punishes:
        return "unpunished"
    return "decided" if facts.state == "decided" else _collecting(facts)


def roads(facts: RoadFacts) -> tuple[RoadView, ...]:
    """The four roads, in the order in which a case meets them."""
    found: tuple[tuple[Road, bool, str], ...] = (
        ("before", *_before(facts)),
        ("later", *_later(facts)),
        ("surcharge", *_surcharge(facts)),
        ("wrong", *_wrong(facts)),
    )
    return tuple(RoadView(name, is_open, f"{why}（{_LAWS[name]}）。", _LAWS[name]) for name, is_open, why in found)


def road(facts: RoadFacts, name: Road) -> RoadView:
    """One of them."""
    return next(each for each in roads(facts) if each.road == name)


def _collecting(facts: StageFacts) -> Stage:
    if not facts.owed_fen:
        return "paid"
    return "enforced" if facts.enforced else "overdue" if facts.overdue else "served"


def _before(facts: RoadFacts) -> tuple[bool, str]:
    if facts.stage in _ENDED:
        return False, _ENDED[facts.stage]
    if facts.stage not in BEFORE:
        made = "决定不予处罚，没有可以再减的" if facts.stage == "unpunished" else "处罚决定已经作出"
        return False, f"{made}；从轻、减轻、不予处罚只在决定以前，合法决定的罚款本金不能再减"
    if not facts.results:
        return False, "已在期限内改正，没有可以罚款的行为，请撤案，不用申请减免"
    if facts.asked_before:
        return True, "已有一份减免申请在审查，请先答复"
    if not facts.fits:
        return True, "还没有查明的法定情形；当事人可以申请，由两名执法人员逐项审查"
    left = "、".join(PENALTY_RESULTS[each] for each in facts.results)
    return True, f"已查明“{'”“'.join(facts.fits)}”，依法可得出：{left}"


def _later(facts: RoadFacts) -> tuple[bool, str]:
    if closed := _no_fine(facts, "还没有作出决定，没有要缴的罚款"):
        return False, closed
    if facts.stage == "decided":
        return False, "决定书还没有送达，缴款期限没有开始；请先送达，随后即可申请"
    if facts.stage == "enforced":
        return False, "已经申请人民法院强制执行，分期由法院在执行中处理"
    if not facts.principal_fen:
        return False, "罚款本金已经缴清，没有可以暂缓或者分期的"
    if facts.asked_later:
        return True, "已有一份暂缓或者分期的申请等待答复"
    late = "；已经产生的加处罚款不因此免除" if facts.stage == "overdue" else ""
    return True, f"确有经济困难的，可以申请暂缓或者分期缴纳，附困难证明{late}"


def _surcharge(facts: RoadFacts) -> tuple[bool, str]:
    if closed := _no_fine(facts, "还没有作出决定，没有加处罚款"):
        return False, closed
    if facts.stage == "enforced":
        return False, "已经申请人民法院强制执行，由法院处理"
    if not facts.added_fen:
        return False, "没有未缴的加处罚款；罚款本金不能减"
    if facts.asked_surcharge:
        return True, "已有一份执行协议等待批准"
    return True, "当事人采取补救措施的，可以订立执行协议，只减免加处的罚款，本金不减"


def _wrong(facts: RoadFacts) -> tuple[bool, str]:
    if facts.stage in BEFORE:
        return False, "还没有作出决定；处罚意见不当的，重新拟定后再告知"
    if facts.stage in ("dropped", "revoked"):
        return False, _ENDED[facts.stage]
    return True, "决定有错误的，由批准人依法更正、变更或者撤销；当事人也可以申请复议或者起诉"


def _no_fine(facts: RoadFacts, undecided: str) -> str:
    """Why there is no fine to speak of; empty: there is one."""
    if facts.stage in BEFORE:
        return undecided
    if facts.stage in _ENDED:
        return _ENDED[facts.stage]
    return {"unpunished": "决定不予处罚，没有罚款", "paid": "没有未缴的罚款"}.get(facts.stage, "")
