"""Papers on paying a fine: the notice to pay, deferral and its refusal, the agreement on what is added when late."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from hall.rules.money_words import money_figures, money_words
from hall.rules.pay_codes import is_pay_code
from hall.rules.surcharge import SurchargeTerms
from hall.services.case_paper import Row, chinese_date
from hall.services.papers_common import Fields, day_text, numbered, sentence

DeferralKind = Literal["deferral", "instalments"]

NOTHING = Decimal(0)

_DEFERRALS: dict[DeferralKind, str] = {"deferral": "暂缓", "instalments": "分期"}


@dataclass(frozen=True, slots=True)
class PenaltyDecision:
    """The decision a fine was imposed by."""

    number: str
    decided_on: date
    fine: Decimal


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of a sum and the last day to pay it."""

    due_on: date
    amount: Decimal


def payment_notice(
    common: Fields,
    *,
    decision: PenaltyDecision,
    item_code: str,
    item_name: str,
    office_code: str,
    pay_code: str,
    amount: Decimal,
    instalment: bool,
    added: Decimal,
    added_until: date,
    due_on: date,
    rolled_from: date | None,
    bank: str,
    channels: str,
    surcharge: SurchargeTerms | None,
) -> Fields:
    """`payment_notice` 罚款缴款通知书: payer, decision, item, amount in figures and words, `due_on` after roll-over.

    `pay_code` is printed as the treasury's platform gave it, never made here; `rolled_from` is the day that fell on a
    holiday. `instalment`: the amount is a part of a plan; `added` of it came to the fine until `added_until`. Raises
    ValueError for what cannot be a code of the platform.
    """
    if not is_pay_code(pay_code):
        raise ValueError("a payment code has 20 digits and capital letters")
    return {
        **common,
        **decision_fields(decision),
        "item_code": item_code,
        "item_name": item_name,
        "office_code": office_code,
        "pay_code": pay_code,
        "amount": money_figures(amount),
        "amount_words": money_words(amount),
        "made_of": _made_of(amount, instalment=instalment, added=added, added_until=added_until),
        "due_on": day_text(due_on),
        "rolled_from": day_text(rolled_from),
        "bank": bank,
        "channels": channels,
        "surcharge": surcharge_sentence(surcharge),
    }


def deferral(
    common: Fields,
    *,
    kind: DeferralKind,
    decision: PenaltyDecision,
    hardship: str,
    plan: tuple[Instalment, ...],
    approver_name: str,
    paid: Decimal = NOTHING,
    added: Decimal = NOTHING,
) -> Fields:
    """`deferral` 暂缓（分期）缴纳罚款批准书 (行政处罚法 66): proof of hardship, rows `plan`, who approved.

    `paid` of the fine before, `added` to it before because it was late. Raises ValueError unless the plan adds up to
    what is left of the fine.
    """
    if sum(each.amount for each in plan) != decision.fine - paid:
        raise ValueError("a plan adds up to what is left of the fine")
    return {
        **common,
        **decision_fields(decision),
        "deferral_word": _DEFERRALS[kind],
        "amount": money_figures(decision.fine),
        "amount_words": money_words(decision.fine),
        "hardship": sentence(hardship),
        "plan": _plan_rows(plan),
        "paid": money_figures(paid) if paid else "",
        "added": money_figures(added) if added else "",
        "ends_on": day_text(plan[-1].due_on),
        "approver_name": approver_name,
    }


def deferral_refusal(
    common: Fields,
    *,
    kind: DeferralKind,
    decision: PenaltyDecision,
    applied_on: date,
    reasons: str,
    due_on: date,
    surcharge: SurchargeTerms | None,
    held: bool = False,
) -> Fields:
    """`deferral_refusal` 不予暂缓（分期）缴纳罚款决定书: `reasons`, and that the fine is still due on `due_on`.

    `held`: nothing was added from the application to this answer.
    """
    return {
        **common,
        **decision_fields(decision),
        "deferral_word": _DEFERRALS[kind],
        "amount": money_figures(decision.fine),
        "amount_words": money_words(decision.fine),
        "applied_on": day_text(applied_on),
        "reasons": sentence(reasons),
        "due_on": day_text(due_on),
        "surcharge": surcharge_sentence(surcharge),
        "held": "是" if held else "",
    }


def execution_agreement(
    common: Fields,
    *,
    decision: PenaltyDecision,
    principal: Decimal,
    added: Decimal,
    added_until: date,
    waived: Decimal,
    remedies_taken: str,
    plan: tuple[Instalment, ...],
    breach_revives: bool,
) -> Fields:
    """`execution_agreement` 行政强制执行协议 (行政强制法 42): what is owed and what is waived of it, rows `plan`.

    `principal` is what is left of the fine, which nobody can waive; `added` what came to it until `added_until`.
    `breach_revives`: what is waived is owed again after a breach. Raises ValueError unless the plan adds up to what
    stays owed.
    """
    owed = principal + added - waived
    if not 0 < waived <= added or sum(each.amount for each in plan) != owed:
        raise ValueError("only what was added can be waived, and a plan adds up to the rest")
    return {
        **common,
        **decision_fields(decision),
        "principal": money_figures(principal),
        "added": money_figures(added),
        "added_until": day_text(added_until),
        "waived": money_figures(waived),
        "waived_words": money_words(waived),
        "owed": money_figures(owed),
        "owed_words": money_words(owed),
        "remedies_taken": sentence(remedies_taken),
        "revival": "减免不再有效，" if breach_revives else "",
        "plan": _plan_rows(plan),
    }


def surcharge_sentence(terms: SurchargeTerms | None) -> str:
    """Whether a fine grows when it is late, and how (分离办法 7 wants either to be told)."""
    if terms is None:
        return "到期不缴纳的，不加处罚款。"
    most = f"{_percent(terms.cap)}" if terms.cap != 1 else "数额"
    rate = _percent(terms.daily_rate)
    return f"到期不缴纳的，每日按罚款数额的{rate}加处罚款，加处罚款的总额不超过罚款的{most}。"


def _made_of(amount: Decimal, *, instalment: bool, added: Decimal, added_until: date) -> str:
    """What an amount consists of, where it is not simply the fine."""
    told = ["按计划缴纳的本期数额"] if instalment else []
    if added:
        until = chinese_date(added_until)
        told.append(f"其中罚款{money_figures(amount - added)}，加处罚款{money_figures(added)}，计至{until}")
    return "，".join(told)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


def decision_fields(decision: PenaltyDecision) -> Fields:
    """The decision that a paper refers to; its number is what the window asks for."""
    return {
        "decision_number": decision.number,
        "decided_on": chinese_date(decision.decided_on),
        "enquiry_code": decision.number,
    }


def _plan_rows(plan: tuple[Instalment, ...]) -> list[Row]:
    return numbered(
        {"due_on": day_text(each.due_on), "amount": money_figures(each.amount), "words": money_words(each.amount)}
        for each in plan
    )
