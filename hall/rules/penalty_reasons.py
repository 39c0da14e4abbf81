"""The reasons of a penalty: written from the facts as a proposal with gaps, and finished by a person."""

from dataclasses import dataclass

from hall.errors import Refused
from hall.rules.leniency_limbs import LIMBS, Limb, Result
from hall.words import PENALTY_RESULTS

GAP = "【"
"""What a gap begins with; no finished text has one."""

_SHORTEST = 20


class ReasonsUnfinished(Refused):
    """The reasons are as the program proposed them, with gaps, or hardly there: no person stands behind them."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"{sentence}理由应当由承办人结合本案写明（行政处罚法第四十四条、第五十九条）。")


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """What the records know of a case and a penalty, beyond what the papers say of norms and limb by themselves.

    `row` is the benchmark's tier, `penalty` what is imposed, `harm` what came of the act; empty: not known.
    """

    act: str
    row: str
    result: Result
    limb: Limb | None
    penalty: str
    corrected: bool
    harm: str


def proposed_reasons(facts: ReasonFacts) -> str:
    """The paragraph as the program proposes it: what the records know, and a gap where a person has to weigh."""
    return "".join((_act(facts), _weighing(facts), _outcome(facts)))


def finished_reasons(written: str, *, proposed: str, what: str = "处罚理由") -> str:
    """The text as it is kept; raises ReasonsUnfinished where it is empty, left as proposed or still has gaps."""
    text = written.strip()
    if len(text) < _SHORTEST:
        raise ReasonsUnfinished(f"{what}太短，至少写{_SHORTEST}个字。")
    if "".join(text.split()) == "".join(proposed.split()):
        raise ReasonsUnfinished(f"{what}还是程序拟的原文。")
    if GAP in text:
        raise ReasonsUnfinished(f"{what}里还有【】没有填写。")
    return text


def _act(facts: ReasonFacts) -> str:
    corrected = "当事人已经改正。" if facts.corrected else ""
    harm = facts.harm or "危害后果是【写明危害后果】"
    return f"当事人{facts.act.strip().rstrip('。；，')}，{harm}。{corrected}"


def _weighing(facts: ReasonFacts) -> str:
    if facts.limb is None:
        tier = f"，与裁量基准“{facts.row}”一档相符" if facts.row else ""
        return f"本案的情节是【写明数量、时间、次数、影响等】{tier}，因为【写明理由】。"
    must = "应当" if LIMBS[facts.limb].binding == "shall" else "可以"
    return f"经查，【写明这一情形的具体事实和证据】，{must}{PENALTY_RESULTS[facts.result]}，因为【写明理由】。"


def _outcome(facts: ReasonFacts) -> str:
    if facts.result == "none":
        return ""
    return f"综合违法行为的事实、性质、情节以及社会危害程度，{facts.penalty}，过罚相当（行政处罚法第五条第二款）。"
