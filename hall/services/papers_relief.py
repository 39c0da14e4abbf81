"""The charity's papers for relief: the form with household, checks and vote; the receipt; the sheet shown in public."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hall.rules.identity import mask_name
from hall.rules.money_words import money_figures, money_words
from hall.rules.relief_cases import ReliefKind
from hall.services.case_paper import Row
from hall.services.papers_addressee import tick
from hall.services.papers_common import Fields, day_text, numbered, sentence
from hall.words import RELIEF_KINDS


@dataclass(frozen=True, slots=True)
class HouseholdMember:
    """Somebody who lives with the applicant; the name is masked on paper."""

    name: str
    relation: str
    age: int
    income: str


@dataclass(frozen=True, slots=True)
class ReliefVote:
    """How those who decide voted."""

    for_it: int
    against: int
    abstained: int

    @property
    def words(self) -> str:
        """The count in words."""
        present = self.for_it + self.against + self.abstained
        return f"到会{present}人；同意{self.for_it}票，反对{self.against}票，弃权{self.abstained}票"


@dataclass(frozen=True, slots=True)
class Awarded:
    """What an application is given: `amount` in money, or `goods` worth so much."""

    kind: ReliefKind
    amount: Decimal
    goods: str

    @property
    def words(self) -> str:
        """¥2,000.00, or the goods with their value."""
        if self.goods:
            return f"{self.goods}（价值{money_figures(self.amount)}）"
        return money_figures(self.amount)


def relief(
    common: Fields,
    *,
    charity_name: str,
    household: tuple[HouseholdMember, ...],
    reason: str,
    evidence: str,
    kind: ReliefKind,
    asked: Decimal,
    means: str,
    visited: str,
    hall_opinion: str,
    vote: ReliefVote | None,
    charity_number: str,
    amount: Decimal | None,
    award_goods: str,
    refused: str,
    shown_from: date | None,
    shown_until: date | None,
) -> Fields:
    """`relief` 救助申请审批表: rows `household`, `reason`, `evidence`, `kind`, means check, opinions, vote, amount.

    Without `vote` and `amount` it is the application that waits for them; the money is signed for by hand. `refused`
    is why the charity gives nothing; `award_goods` what it gives instead of money, worth `amount`.
    """
    rows: list[Row] = [
        {"name": mask_name(each.name), "relation": each.relation, "age": each.age, "income": each.income}
        for each in household
    ]
    return {
        **common,
        "charity_name": charity_name,
        "household": numbered(rows),
        "reason": sentence(reason),
        "evidence": sentence(evidence),
        "kinds": "　".join(f"{tick(ticked=each == kind)}{word}" for each, word in RELIEF_KINDS.items()),
        "asked": money_figures(asked),
        "means": sentence(means),
        "visited": sentence(visited),
        "hall_opinion": sentence(hall_opinion),
        "vote": vote.words if vote else "",
        "amount": money_figures(amount) if amount is not None else "",
        "amount_words": money_words(amount) if amount is not None else "",
        "award_goods": award_goods,
        "refused": sentence(refused),
        "charity_number": charity_number,
        "shown_from": day_text(shown_from),
        "shown_until": day_text(shown_until),
    }


def relief_receipt(
    common: Fields,
    *,
    charity_name: str,
    application_number: str,
    charity_number: str,
    awarded: Awarded,
    reference: str,
) -> Fields:
    """`relief_receipt` 救助领取单: what is handed over today under which decision and voucher; signed by hand."""
    return {
        **common,
        "charity_name": charity_name,
        "application_number": application_number,
        "charity_number": charity_number,
        "kind": RELIEF_KINDS[awarded.kind],
        "goods": awarded.goods,
        "amount": money_figures(awarded.amount),
        "amount_words": money_words(awarded.amount),
        "reference": reference,
    }


def relief_publicity(
    common: Fields,
    *,
    charity_name: str,
    shown_from: date | None,
    shown_until: date | None,
    where: str,
    awards: tuple[tuple[str, str, Awarded], ...],
) -> Fields:
    """`relief_publicity` 救助公示: rows `awards` of masked name, the charity's number and what is given.

    Need, household and address are nobody's business: they do not stand on it.
    """
    rows: list[Row] = [
        {"name": name, "charity_number": number, "kind": RELIEF_KINDS[each.kind], "award": each.words}
        for name, number, each in awards
    ]
    return {
        **common,
        "charity_name": charity_name,
        "shown_from": day_text(shown_from),
        "shown_until": day_text(shown_until),
        "where": where,
        "awards": numbered(rows),
    }
