"""The principal of a lawful decision is reduced nowhere: whatever people do after it, in whatever order."""

import random
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import hall
from hall.errors import Refused
from hall.rules.fine_entries import plan_total, waivable
from hall.rules.fines import AGREEMENT, FinePosition, Part
from hall.services import agreements, deferrals, fines, penalty_corrections, penalty_remedies
from hall.services.agreements import NewAgreement
from hall.services.deferrals import NewDeferral
from hall.services.penalty_corrections import Correction
from hall.services.penalty_remedies import NewRemedy, RemedyEnd
from tests.services.penalties.office import FINE, Office
from tests.services.penalties.test_fines import owed, pay

WALKS, DEEDS = 3, 22
SERVICES = Path(hall.__file__).parent


class Walk:
    """Somebody who tries everything that the window has, with amounts and days as they come."""

    def __init__(self, office: Office, case_id: int, seed: int) -> None:
        self.office, self.case_id, self.draw = office, case_id, random.Random(seed)
        self.done: set[str] = set()
        self.deeds: dict[str, Callable[[FinePosition], object]] = {
            "pay": self.pay,
            "defer": self.defer,
            "grant": self.grant,
            "refuse": self.refuse,
            "agree": self.agree,
            "approve": lambda _: agreements.approve(self.store, self.approver, case_id=case_id, home=office.home),
            "breach": self.breach,
            "review": self.review,
            "result": self.result,
            "correct": self.correct,
            "vary": self.vary,
        }
        self.store, self.approver = office.store, office.actor("approver")

    def step(self) -> None:
        """One deed on a day that may be later; what is refused is refused."""
        self.office.on(self.office.today + timedelta(days=self.draw.choice((0, 0, 1, 3, 9))))
        name = self.draw.choice(sorted(self.deeds))
        try:
            self.deeds[name](owed(self.office, self.case_id))
            self.done.add(name)
        except Refused:
            return

    def parts(self, total: int) -> tuple[Part, ...]:
        first = self.draw.randint(0, total)
        days = sorted(self.draw.sample(range(1, 30), 2))
        both = zip(days, (first, total - first), strict=True)
        return tuple(Part(self.office.today + timedelta(days=day), fen) for day, fen in both)

    def pay(self, now: FinePosition) -> object:
        return pay(self.office, self.case_id, self.draw.randint(1, now.balance_fen // 4 + 1))

    def defer(self, now: FinePosition) -> object:
        new = NewDeferral("instalments", "困难", "证明", self.parts(now.principal_left_fen))
        return deferrals.apply(
            self.store, self.office.actor("clerk"), case_id=self.case_id, new=new, home=self.office.home
        )

    def grant(self, now: FinePosition) -> object:
        self.defer(now)
        return deferrals.grant(self.store, self.approver, case_id=self.case_id, home=self.office.home)

    def refuse(self, _: FinePosition) -> object:
        return deferrals.refuse(
            self.store, self.approver, case_id=self.case_id, reasons="不符合条件", home=self.office.home
        )

    def agree(self, _: FinePosition) -> object:
        with self.store.read() as session:
            entries = fines.entries_of(session, self.case_id)
        growth = fines.growth_of(entries, self.office.home)
        most = waivable(entries, self.office.today, growth)
        waived = self.draw.randint(0, most + most // 9)
        left = plan_total(entries, self.office.today, AGREEMENT, growth) - waived
        new = NewAgreement("恢复原状", waived, self.parts(max(left, 0)))
        reviewer = self.office.actor("reviewer")
        return agreements.propose(self.store, reviewer, case_id=self.case_id, new=new, home=self.office.home)

    def breach(self, _: FinePosition) -> object:
        reviewer = self.office.actor("reviewer")
        return agreements.breach(self.store, reviewer, case_id=self.case_id, note="未缴", home=self.office.home)

    def review(self, _: FinePosition) -> object:
        new = NewRemedy("review", self.office.today, "莲城区人民政府", "7号")
        lawyer = self.office.actor("lawyer")
        return penalty_remedies.begin(self.store, lawyer, case_id=self.case_id, new=new, home=self.office.home)

    def result(self, _: FinePosition) -> object:
        how = RemedyEnd(self.draw.choice(("upheld", "withdrawn", "confirmed")), self.office.today, "3号")
        lawyer = self.office.actor("lawyer")
        return penalty_remedies.end(self.store, lawyer, case_id=self.case_id, how=how, home=self.office.home)

    def correct(self, _: FinePosition) -> object:
        new = Correction("100号", "108号", "笔误")
        return penalty_corrections.correct(
            self.store, self.approver, case_id=self.case_id, new=new, home=self.office.home
        )

    def vary(self, now: FinePosition) -> object:
        lower = self.draw.randint(1, now.principal_fen)
        return penalty_corrections.vary(
            self.store, self.approver, case_id=self.case_id, fine_fen=lower, reasons="从宽", home=self.office.home
        )


def test_whatever_people_do_after_a_lawful_decision_its_fine_stays(office: Office) -> None:
    cases = [office.served() for _ in range(WALKS)]
    done: set[str] = set()
    for seed, case_id in enumerate(cases):
        walk = Walk(office, case_id, seed)
        for _ in range(DEEDS):
            walk.step()
            now = owed(office, case_id)
            assert now.principal_fen == now.imposed_fen == FINE
            assert now.added_fen <= FINE
            assert now.balance_fen >= 0
            paid = sum(entry.fen for entry in office.entries(case_id) if entry.kind == "pay")
            assert paid == now.paid_fen + now.added_paid_fen + now.over_fen
        done |= walk.done
        assert office.decision_of(case_id).fine_fen == FINE
    assert done >= {"pay", "defer", "grant", "refuse", "agree", "approve", "review", "result", "correct"}
    assert "vary" not in done


def test_only_the_ledger_writes_entries_and_each_kind_has_its_one_owner() -> None:
    """What no walk can find: a second writer, or another way to a smaller fine."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in (SERVICES / "services").glob("*.py")}
    assert {name for name, text in sources.items() if "FineEntry(" in text} == {"fines"}
    owners: dict[str, set[str]] = {}
    for name, text in sources.items():
        for kind in re.findall(r'Entry\(\s*0,\s*"(\w+)"', text):
            owners.setdefault(kind, set()).add(name)
    assert owners == {
        **{kind: {"fines"} for kind in ("impose", "pay", "reverse", "refund")},
        "pause": {"deferrals", "penalty_remedies"},
        "resume": {"deferrals", "penalty_remedies"},
        "plan": {"deferrals", "agreements"},
        "waive": {"agreements"},
        "breach": {"agreements"},
        "vary": {"penalty_corrections"},
        "revoke": {"penalty_corrections"},
    }
