"""The way of a case to its decision as tests go it: each step by whom the office has for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.leniency import Finding
from hall.rules.leniency_limbs import LIMBS, Limb
from hall.rules.penalty_duties import Duty
from hall.services import (
    documents,
    leniency,
    penalty_decisions,
    penalty_hearings,
    penalty_proposals,
    penalty_reviews,
    penalty_telling,
)
from hall.services.issuing import Issued
from hall.services.leniency import Examination
from hall.services.penalty_decisions import NewDecision
from hall.services.penalty_hearings import NewHearing
from hall.services.penalty_proposals import NewProposal
from hall.services.penalty_records import add_penalty_event, penalty_locked
from hall.services.penalty_reviews import Minutes
from hall.services.penalty_telling import Defence
from hall.store.schema.penalties import PenaltyDuty
from hall.store.schema.trail import AuditRow
from hall.store.schema.violations import BenchmarkTier
from tests.services.penalties.office import FINE, Office

REASONS = "占用人行道十二平方米、持续二日，经责令没有改正，与“较轻”一档的情形相符，没有从轻或者减轻处罚的情形。"


def proposal(office: Office, *, tier: str = "较轻", **changed: object) -> NewProposal:
    """An ordinary fine of 3000 yuan in the tier 较轻."""
    given: dict[str, object] = {
        "result": "ordinary",
        "fine_fen": FINE,
        "facts": "2026年11月2日起在向阳路人行道堆放建筑材料十二平方米",
        "evidence": "现场检查笔录一份、现场照片四张",
        "reasons": REASONS,
        "tier_id": office.tiers[tier],
        **changed,
    }
    return NewProposal(**given)  # type: ignore[arg-type]  # the fields of a proposal


@dataclass
class Deciding:
    """Steps on a case of the office."""

    office: Office

    def propose(self, case_id: int, *, login: str = "reviewer", tier: str = "较轻", **changed: object) -> int:
        """By the reviewer; fields as `proposal` takes them."""
        new = proposal(self.office, tier=tier, **changed)
        return penalty_proposals.propose(
            self.office.store, self.office.actor(login), case_id=case_id, proposal=new, home=self.office.home
        )

    def propose_grave(self, case_id: int) -> int:
        """A citizen's fine that opens hearing, legal review and discussion."""
        return self.propose(case_id, tier="一般", fine_fen=1_000_000)

    def tell(self, case_id: int, *, handed_over: bool = True) -> Issued:
        """By the reviewer, today."""
        return penalty_telling.tell(
            self.office.store,
            self.office.actor("reviewer"),
            case_id=case_id,
            handed_over=handed_over,
            home=self.office.home,
        )

    def defend(self, case_id: int, *, text: str = "当天已经开始清理", answer: str = "经核实不影响认定") -> None:
        """Said today, and answered."""
        self._defend(case_id, Defence(said_on=self._today(), text=text, answer=answer))

    def waive(self, case_id: int) -> None:
        """The party has nothing to say."""
        self._defend(case_id, Defence(said_on=self._today(), waived=True))

    def ask_hearing(self, case_id: int, *, on: date | None = None) -> None:
        """By the reviewer."""
        penalty_hearings.ask_hearing(
            self.office.store,
            self.office.actor("reviewer"),
            case_id=case_id,
            asked_on=on or self._today(),
            home=self.office.home,
        )

    def notice_hearing(self, case_id: int, *, days: int = 14, login: str = "lawyer") -> Issued:
        """By the lawyer, who presides."""
        hearing = NewHearing(
            held_at=self.office.clock.now() + timedelta(days=days), place="大厅二层会议室", recorder="吴记录"
        )
        return penalty_hearings.notice_hearing(
            self.office.store, self.office.actor(login), case_id=case_id, hearing=hearing, home=self.office.home
        )

    def hear(self, case_id: int) -> None:
        """By the lawyer."""
        penalty_hearings.hear(
            self.office.store,
            self.office.actor("lawyer"),
            case_id=case_id,
            record="当事人到场陈述，双方质证，笔录经核对签名",
            home=self.office.home,
        )

    def review(self, case_id: int, *, agrees: bool = True, login: str = "lawyer") -> None:
        """By the lawyer."""
        penalty_reviews.review(
            self.office.store,
            self.office.actor(login),
            case_id=case_id,
            agrees=agrees,
            opinion="事实清楚，程序合法" if agrees else "证据不足，补充调查",
            home=self.office.home,
        )

    def discuss(self, case_id: int, *, on: date | None = None) -> None:
        """By the approver."""
        minutes = Minutes(number="2026年第9次", held_on=on or self._today(), text="一致同意拟处罚意见")
        penalty_reviews.discuss(
            self.office.store, self.office.actor("approver"), case_id=case_id, minutes=minutes, home=self.office.home
        )

    def decide(self, case_id: int, *, login: str = "approver", **given: object) -> Issued:
        """By the approver; fields as `NewDecision` takes them."""
        decision = NewDecision(**given)  # type: ignore[arg-type]  # the fields of a decision
        return penalty_decisions.decide(
            self.office.store, self.office.actor(login), case_id=case_id, decision=decision, home=self.office.home
        )

    def examine(self, case_id: int, limb: Limb) -> None:
        """Two officers find every element of a limb, of their own accord."""
        findings = {
            each.code: Finding("satisfied", "现场照片、复查记录")
            for each in LIMBS[limb].elements
            if each.source == "officers"
        }
        examination = Examination(findings=findings, opinion="经两名执法人员逐项核实，情形成立，证据充分")
        leniency.examine(
            self.office.store,
            self.office.actor("reviewer"),
            case_id=case_id,
            examination=examination,
            home=self.office.home,
        )

    def educate(self, case_id: int) -> None:
        """The party was educated."""
        with self.office.store.work("penalty.educate", self.office.actor("reviewer")) as work:
            case = penalty_locked(work, case_id)
            add_penalty_event(work, case, "educate", note="已说明占用人行道的危害和有关规定")
            work.audit(f"penalty:{case_id}")

    def mild_tier(self, *, low: int = 5_000) -> int:
        """The tier 较轻 from 50 yuan on (`low` in fen), so that a citizen can be fined on the spot; its key."""
        tier_id = self.office.tiers["较轻"]
        with self.office.store.work("violation.import", self.office.actor("admin")) as work:
            work.session.get_one(BenchmarkTier, tier_id).low = low
            work.audit("violations")
        return tier_id

    def content(self, issued: Issued) -> dict[str, str]:
        """The fields of a paper."""
        frozen = documents.frozen(self.office.store, issued.document_id)
        return {name: value for name, value in frozen.content.items() if isinstance(value, str)}

    def duty(self, case_id: int, login: str, duty: Duty) -> None:
        """Give somebody a duty in the case."""
        with self.office.store.work("penalty.duty", self.office.actor("boss")) as work:
            account_id = self.office.actor(login).account_id
            work.session.add(
                PenaltyDuty(hall_id=work.hall_id, case_id=case_id, account_id=account_id, duty=duty, at=work.now)
            )
            work.audit(f"penalty:{case_id}")

    def audit(self) -> str:
        """Everything that the audit holds."""
        with self.office.store.read() as session:
            return "\n".join(str(each) for each in session.scalars(select(AuditRow.detail)))

    def pass_days(self, days: int) -> None:
        """Move the clock."""
        self.office.clock.instant = self.office.clock.instant + timedelta(days=days)

    def _today(self) -> date:
        return business_date(self.office.clock.now())

    def _defend(self, case_id: int, defence: Defence) -> None:
        penalty_telling.defend(
            self.office.store, self.office.actor("reviewer"), case_id=case_id, defence=defence, home=self.office.home
        )
