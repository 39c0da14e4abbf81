"""The demo's penalty cases: one in each stage, so that every road of the penalty window can be tried."""

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from hall.devices.simulated.cards import LI_RARE, WANG_LONG_TERM, ZHANG_SHILI
from hall.resources import resource
from hall.rules.cards import Card
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.rules.violations_file import FILE_TITLE, parse_violations
from hall.services import (
    leniency,
    penalty_cases,
    penalty_import,
    penalty_proposals,
    penalty_staff,
    penalty_telling,
    signing_in,
    violations,
)
from hall.services.leniency import NewLeniency
from hall.services.papers_leniency import Evidence
from hall.services.penalty_cases import NewPenalty
from hall.services.penalty_proposals import NewProposal
from hall.services.penalty_staff import NewCertificate
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase

PUBLISHED_AS = "莲城管规〔2026〕1号（样例）"
# A road, a bridge, a street: what the cases are about.
HANGING, WASHING = "CF005", "CF032"
_SHOP = {
    "party": "虚构市样本餐饮有限公司",
    "party_kind": "法人",
    "id_number": "91350100M000100Y43",
    "representative": "样经理",
}
OFFICERS = ("shirong", "shirongke", "shizheng", "shizhengke")


class DemoPenalties:
    """Enters them as the people of the house would, all on `today`; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, today: date, password: str) -> None:
        self._store, self._home, self._today, self._password = store, home, today, password
        self._certificates: dict[str, int] = {}
        self._violations: dict[str, int] = {}

    def enter(self) -> None:
        """Benchmarks, certificates, decisions of the case system, cases of the counter."""
        self._publish()
        self._certify()
        self._take_over()
        self._register()

    def enter_closed(self) -> None:
        """Benchmarks, certificates, and one decision of the case system that is paid and closed: number 0."""
        self._publish()
        self._certify()
        self._import(self._imported(0, _person(LI_RARE), acted=300, decided=270, fine="200", served=268, closed=260))

    def enter_fines(self, many: int) -> None:
        """Decisions of the case system alone, after `enter_closed`: served, numbered from 1, not paid yet."""
        numbers = range(1, many + 1)
        self._import(
            *(self._imported(each, _person(LI_RARE), acted=50, decided=12, fine="300", served=9) for each in numbers)
        )

    def _actor(self, login: str) -> Actor:
        return signing_in.sign_in(self._store, login, password=self._password).actor

    def _day(self, back: int) -> date:
        return self._today - timedelta(days=back)

    def _publish(self) -> None:
        """The sample's benchmarks, published so that they may be used."""
        entries = parse_violations(decode(resource("violations/sample.csv").read_bytes(), FILE_TITLE))
        violations.import_violations(self._store, self._actor("admin"), violations=entries)
        lawyer = self._actor("fazhi")
        views = violations.list_violations(self._store, lawyer)
        self._violations = {each.entry.code: each.violation_id for each in views}
        wanted = [each.version_id for each in views if each.entry.code in (HANGING, WASHING)]
        violations.publish(
            self._store, lawyer, version_ids=wanted, published_on=date(2026, 1, 5), published_as=PUBLISHED_AS
        )

    def _certify(self) -> None:
        """Four officers, and an auxiliary who is none."""
        manager = self._actor("zhuren")
        for place, login in enumerate(OFFICERS, start=1):
            actor = self._actor(login)
            self._certificates[login] = self._certificate(manager, f"LC-{place:04d}", actor.name, actor.account_id)
        self._certificate(manager, "LC-XG-0001", "冯协管", None, helper=True)

    def _certificate(
        self, manager: Actor, number: str, name: str, account_id: int | None, *, helper: bool = False
    ) -> int:
        new = NewCertificate(
            number=number,
            name=name,
            valid_from=date(2024, 1, 1),
            valid_to=date(2028, 12, 31),
            account_id=account_id,
            helper=helper,
        )
        return penalty_staff.enter_certificate(self._store, manager, new=new)

    def _take_over(self) -> None:
        """Decided and not served; due soon; overdue; one that is paid and closed."""
        self._import(
            self._imported(1, _SHOP, acted=40, decided=5, fine="6000"),
            self._imported(2, _person(LI_RARE), acted=50, decided=12, fine="3000", served=9),
            self._imported(3, _person(WANG_LONG_TERM), acted=90, decided=50, fine="5000", served=47),
            self._imported(4, _person(LI_RARE), acted=300, decided=270, fine="200", served=268, closed=260),
        )

    def _import(self, *rows: dict[str, str]) -> None:
        written = io.StringIO()
        table = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
        penalty_import.import_decisions(
            self._store, self._actor("admin"), content=written.getvalue().encode(), home=self._home
        )

    def _imported(
        self,
        number: int,
        party: Mapping[str, str],
        *,
        acted: int,
        decided: int,
        fine: str,
        served: int | None = None,
        closed: int | None = None,
    ) -> dict[str, str]:
        """A line of the case system; days count back from today. What was closed had been paid and shown."""
        paid = closed is not None
        return {
            "case_number": f"莲城管罚立〔2026〕案{number}号",
            "decision_number": f"莲城管罚决〔2026〕案{number}号",
            "representative": "",
            **party,
            "violation": HANGING,
            "act": "未经批准在桥梁上悬挂广告横幅",
            "place": f"莲城区人民桥第{number}跨",
            "acted_on": self._day(acted).isoformat(),
            "found_on": self._day(acted).isoformat(),
            "filed_on": self._day(acted - 1).isoformat(),
            "procedure": "普通程序",
            "officers": "LC-0001、LC-0002",
            "decided_on": self._day(decided).isoformat(),
            "fine": fine,
            "bank": "莲城银行政务中心支行",
            "served_on": self._day(served).isoformat() if served else "",
            "recipient": "本人" if served else "",
            "paid": fine if paid else "",
            "paid_on": self._day(closed).isoformat() if closed else "",
            "published_on": self._day(decided - 3).isoformat() if served else "",
            "closed_on": self._day(closed).isoformat() if closed else "",
        }

    def _register(self) -> None:
        """At the counter: ordered to correct, asking for leniency, told what is meant."""
        clerk = self._actor("chuangkou")
        self._case(clerk, WANG_LONG_TERM, WASHING, place="莲城区向阳路与解放路口", filed=3, correct_by=3)
        asking = self._case(clerk, ZHANG_SHILI, HANGING, place="莲城区人民桥北端", filed=6, correct_by=-3)
        request = NewLeniency(
            wanted="none",
            limbs=("first_time",),
            facts="第一次悬挂横幅，接到责令改正当天已经拆除",
            evidence=(Evidence("拆除后的现场照片", 2),),
            correction="已拆除横幅、恢复原状",
            first_time=True,
        )
        leniency.apply(self._store, clerk, case_id=asking, new=request, home=self._home)
        self._tell(self._case(clerk, LI_RARE, HANGING, place="莲城区东风桥", filed=12, correct_by=-7))

    def _tell(self, case_id: int) -> None:
        """Two officers propose a fine and tell the party."""
        officer = self._actor("shirong")
        with self._store.read() as session:
            case = session.get_one(PenaltyCase, case_id)
            benchmark = violations.benchmark_for(
                session,
                violation_id=case.violation_id,
                object_kind="citizen",
                acted_on=case.acted_on,
                decided_on=self._today,
            )
        tier_id = next(key for key, tier in benchmark.tiers.items() if tier.tier == "一般")
        new = NewProposal(
            result="ordinary",
            fine_fen=600_000,
            tier_id=tier_id,
            facts="在东风桥两侧护栏悬挂横幅四处，经责令改正逾期没有拆除",
            evidence="现场检查笔录一份、照片六张、责令改正通知书一份",
            reasons="横幅四处、面积八平方米，经责令改正逾期没有拆除，与“一般”一档相符，没有从轻、减轻情形。",
        )
        penalty_proposals.propose(self._store, officer, case_id=case_id, proposal=new, home=self._home)
        penalty_telling.tell(self._store, officer, case_id=case_id, handed_over=True, home=self._home)

    def _case(self, clerk: Actor, card: Card, code: str, *, place: str, filed: int, correct_by: int) -> int:
        new = NewPenalty(
            party=card,
            object_kind="citizen",
            violation_id=self._violations[code],
            act="占用道路冲洗车辆" if code == WASHING else "未经批准在桥梁上悬挂横幅",
            place=place,
            acted_on=self._day(filed + 1),
            found_on=self._day(filed + 1),
            filed_on=self._day(filed),
            officers=(self._certificates["shirong"], self._certificates["shirongke"]),
            harm="slight",
            correction_ordered_on=self._day(filed),
            correct_by=self._day(-correct_by),
        )
        return penalty_cases.register(self._store, clerk, new=new, home=self._home)


def _person(card: Card) -> dict[str, str]:
    return {"party": card.name, "party_kind": "个人", "id_number": card.id_number}
