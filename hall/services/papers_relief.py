"""The charity's form for relief (救助申请审批表): a household, its need, the checks, the vote, what was given."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from hall.rules.identity import mask_name
from hall.rules.money_words import money_figures, money_words
from hall.services.case_paper import Row
from hall.services.papers_addressee import tick
from hall.services.papers_common import Fields, day_text, numbered, sentence

ReliefKind = Literal["capital", "tools", "support"]

_KINDS: dict[ReliefKind, str] = {"capital": "启动资金", "tools": "经营工具", "support": "生活帮扶"}


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


def relief(
    common: Fields,
    *,
    charity_name: str,
    household: tuple[HouseholdMember, ...],
    reason: str,
    evidence: str,
    kind: ReliefKind,
    means: str,
    visited: str,
    hall_opinion: str,
    vote: ReliefVote | None,
    amount: Decimal | None,
    shown_from: date | None,
    shown_until: date | None,
) -> Fields:
    """`relief` 救助申请审批表: rows `household`, `reason`, `evidence`, `kind`, means check, opinions, vote, amount.

    Without `vote` and `amount` it is the application that waits for them; the money is signed for by hand.
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
        "kinds": "　".join(f"{tick(ticked=each == kind)}{_KINDS[each]}" for each in get_args(ReliefKind)),
        "means": sentence(means),
        "visited": sentence(visited),
        "hall_opinion": sentence(hall_opinion),
        "vote": vote.words if vote else "",
        "amount": money_figures(amount) if amount is not None else "",
        "amount_words": money_words(amount) if amount is not None else "",
        "shown_from": day_text(shown_from),
        "shown_until": day_text(shown_until),
    }
