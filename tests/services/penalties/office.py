"""An enforcement office with its people and certificates, a published violation, and cases as far as a test wants."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from hall.clock import FixedClock, business_date
from hall.rules.identity import id_check_digit
from hall.rules.people import Actor, system_actor
from hall.services import penalty_officers
from hall.services.case_paper import Content
from hall.services.documents import content_of
from hall.services.front import Front
from hall.services.penalty_records import add_penalty_event, decisions_of
from hall.services.persons import PersonDetails, record_details
from hall.services.queue_policy import queue_policy
from hall.store import Store, Work
from hall.store.schema.documents import Document
from hall.store.schema.fines import FineEntry
from hall.store.schema.penalties import (
    EnforcementCertificate,
    PenaltyCase,
    PenaltyDecision,
    PenaltyDuty,
    PenaltyEvent,
    PenaltyOfficer,
    PenaltyService,
)
from hall.store.schema.people import Account, AccountRole
from hall.store.schema.violations import BenchmarkTier, Violation, ViolationVersion

PEOPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "clerk": ("周玉兰", ("clerk",)),
    "clerk2": ("秦小秋", ("clerk",)),
    "reviewer": ("吴文正", ("reviewer",)),
    "other": ("郑小川", ("reviewer",)),
    "head": ("王立新", ("head",)),
    "lawyer": ("陈法正", ("legal_reviewer",)),
    "approver": ("褚明达", ("approver",)),
    "approver2": ("蒋国平", ("approver",)),
    "cashier": ("钱守信", ("cashier",)),
    "cashier2": ("金复核", ("cashier",)),
    "boss": ("卫建平", ("manager",)),
    "admin": ("王五平", ("administrator",)),
    "everything": (
        "蒋万能",
        ("clerk", "reviewer", "head", "legal_reviewer", "approver", "cashier", "manager"),
    ),
}
"""Who signs in, by login. "everything" holds all roles: whom only separation of duties stops."""

CERTIFIED = ("reviewer", "other", "head", "everything")
WITHOUT_ACCOUNT = {"outside": "何外勤", "expired": "吕过期", "helper": "施协管"}
CODE = "CFT01"
TIERS = (("较轻", 50_000, 500_000), ("一般", 500_000, 2_000_000), ("较重", 2_000_000, 5_000_000))
FINE = 300_000
"""The fine of `decided`, in fen: 3000 yuan, within the tier "较轻" of the office's violation."""


@dataclass
class Office:
    """Today is the clock's day (23 November 2026 at first). The violation "CFT01" is published and governs since 2024.

    Its tiers for anybody: 较轻 500 to 5,000 yuan, 一般 5,000 to 20,000, 较重 20,000 to 50,000.
    Certificates are valid from 2024 to 2028: `certificates[login]`, and "outside" of somebody who does not sign in;
    "expired" ran out on 30 June 2026; "helper" is the card of an auxiliary.
    """

    store: Store
    clock: FixedClock
    home: Path
    people: dict[str, Actor] = field(default_factory=dict)
    certificates: dict[str, int] = field(default_factory=dict)
    violation_id: int = 0
    version_id: int = 0
    tiers: dict[str, int] = field(default_factory=dict)
    serials: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def open(self) -> None:
        """Accounts, certificates, the violation: found where the database has them, else entered."""
        self._find()
        if not self.people:
            self._employ()
            self._certify()
            self._publish()

    def actor(self, login: str) -> Actor:
        """Somebody who is signed in."""
        return self.people[login]

    def front(self, login: str) -> Front:
        """What somebody who is signed in can do."""
        return Front(self.store, self.actor(login), self.home, queue_policy(self.home), slip=False)

    @property
    def today(self) -> date:
        """The clock's day."""
        return business_date(self.clock.now())

    def on(self, day: date, hour: int = 9) -> None:
        """Move the clock."""
        self.clock.instant = datetime(day.year, day.month, day.day, hour, tzinfo=self.clock.instant.tzinfo)

    def resident(self, *, birth: date = date(1990, 3, 7), name: str = "张测明") -> PersonDetails:
        """A new fictitious person, typed."""
        digits = f"999999{birth:%Y%m%d}{next(self.serials):03d}"
        number = digits + id_check_digit(digits)
        return PersonDetails("resident", name, id_number=number, phone="13900001234", address="莲城区向阳路18号")

    def person(self, details: PersonDetails | None = None) -> int:
        """The key of a recorded person, a new one unless given."""
        with self.store.work("person.enter", system_actor(self.store.hall_id)) as work:
            person_id = record_details(work, details or self.resident())
            work.audit(f"person:{person_id}")
        return person_id

    def registered(self, **columns: object) -> int:
        """A general case of a new person, filed on 3 November 2026, investigated by "reviewer" and "other"."""
        with self.store.work("penalty.register", self.actor("clerk")) as work:
            case = PenaltyCase(**self._columns(work, columns))
            work.session.add(case)
            work.session.flush()
            for login in ("reviewer", "other"):
                certificate_id = self.certificates[login]
                work.session.add(PenaltyOfficer(hall_id=work.hall_id, case_id=case.id, certificate_id=certificate_id))
                self._duty(work, case.id, login, "investigate")
            self._duty(work, case.id, "clerk", "intake")
            add_penalty_event(work, case, "register")
            work.audit(f"penalty:{case.id}")
            return case.id

    def decided(self, *, on: date = date(2026, 11, 16), fine_fen: int = FINE, **columns: object) -> int:
        """A case with a decision by "approver", not served yet."""
        case_id = self.registered(**columns)
        with self.store.work("penalty.decide", self.actor("approver")) as work:
            case = work.session.get_one(PenaltyCase, case_id)
            decision = PenaltyDecision(
                hall_id=work.hall_id,
                case_id=case_id,
                kind="penalty",
                number=f"莲城管罚决〔2026〕{case_id}号",
                decided_on=on,
                decided_by=work.actor.account_id,
                fine_fen=fine_fen,
                bank="莲城银行政务中心支行",
                at=work.now,
            )
            work.session.add(decision)
            case.state = "decided"
            self._duty(work, case_id, "approver", "decide")
            add_penalty_event(work, case, "decide", day=on)
            work.audit(f"penalty:{case_id}")
        return case_id

    def served(
        self,
        *,
        on: date = date(2026, 11, 16),
        served_on: date = date(2026, 11, 18),
        due_on: date = date(2026, 12, 3),
        fine_fen: int = FINE,
        **columns: object,
    ) -> int:
        """A case whose decision was handed over by "reviewer"; the fine stands in the ledger."""
        case_id = self.decided(on=on, fine_fen=fine_fen, **columns)
        with self.store.work("penalty.serve", self.actor("reviewer")) as work:
            case = work.session.get_one(PenaltyCase, case_id)
            service = PenaltyService(
                hall_id=work.hall_id,
                case_id=case_id,
                decision_id=self.decision_of(case_id).id,
                way="direct",
                sent_on=served_on,
                served_on=served_on,
                recipient="本人",
                capacity="本人",
                server_id=self.actor("reviewer").account_id,
                second_server_id=self.actor("other").account_id,
            )
            entry = FineEntry(
                hall_id=work.hall_id,
                case_id=case_id,
                kind="impose",
                day=due_on,
                fen=fine_fen,
                at=work.now,
                account_id=work.actor.account_id,
            )
            work.session.add_all([service, entry])
            case.state = "served"
            add_penalty_event(work, case, "serve", day=served_on)
            work.audit(f"penalty:{case_id}")
        return case_id

    def appoint(self, case_id: int, *logins: str) -> None:
        """Other officers of a case."""
        keys = tuple(self.certificates[login] for login in logins)
        penalty_officers.change(
            self.store, self.actor("boss"), case_id=case_id, certificates=keys, reason="原执法人员调离"
        )

    def case(self, case_id: int) -> PenaltyCase:
        """The case as it is stored."""
        with self.store.read() as session:
            return session.get_one(PenaltyCase, case_id)

    def decision_of(self, case_id: int) -> PenaltyDecision:
        """The last decision of a case."""
        with self.store.read() as session:
            return decisions_of(session, case_id)[-1]

    def entries(self, case_id: int) -> list[FineEntry]:
        """The ledger of a case."""
        query = select(FineEntry).where(FineEntry.case_id == case_id).order_by(FineEntry.id)
        with self.store.read() as session:
            return list(session.scalars(query))

    def events(self, case_id: int) -> list[PenaltyEvent]:
        """What happened to a case."""
        query = select(PenaltyEvent).where(PenaltyEvent.case_id == case_id).order_by(PenaltyEvent.id)
        with self.store.read() as session:
            return list(session.scalars(query))

    def content(self, document_id: int | None) -> Content:
        """The frozen fields of an issued document."""
        assert document_id is not None
        with self.store.read() as session:
            return content_of(session.get_one(Document, document_id), self.store.key_ring)

    def _columns(self, work: Work, given: dict[str, object]) -> dict[str, object]:
        number = next(self.serials)
        return {
            "hall_id": work.hall_id,
            "number": f"莲城管罚立〔2026〕T{number}号",
            "origin": "counter",
            "party_id": given.get("party_id") or record_details(work, self.resident()),
            "object_kind": "citizen",
            "violation_id": self.violation_id,
            "act": "未经批准占用人行道堆放建筑材料",
            "place": f"莲城区向阳路{number}号门前",
            "acted_on": date(2026, 11, 2),
            "found_on": date(2026, 11, 2),
            "filed_on": date(2026, 11, 3),
            "procedure": "general",
            "correction_ordered_on": date(2026, 11, 2),
            "correct_by": date(2026, 11, 9),
            "state": "filed",
            "registered_at": work.now,
            "account_id": work.actor.account_id,
            **given,
        }

    def _duty(self, work: Work, case_id: int, login: str, duty: str) -> None:
        account_id = self.actor(login).account_id
        work.session.add(
            PenaltyDuty(hall_id=work.hall_id, case_id=case_id, account_id=account_id, duty=duty, at=work.now)
        )

    def _find(self) -> None:
        with self.store.read() as session:
            for account in session.scalars(select(Account).where(Account.login.in_(PEOPLE))):
                name, roles = PEOPLE[account.login]
                self.people[account.login] = Actor(account.id, name, self.store.hall_id, frozenset(roles))
            numbered = session.scalars(select(EnforcementCertificate.id).order_by(EnforcementCertificate.number))
            self.certificates.update(zip((*CERTIFIED, *WITHOUT_ACCOUNT), numbered, strict=False))
            query = select(ViolationVersion).join(Violation, Violation.id == ViolationVersion.violation_id)
            for version in session.scalars(query.where(Violation.code == CODE)):
                self.violation_id, self.version_id = version.violation_id, version.id
                tiers = session.execute(select(BenchmarkTier.tier, BenchmarkTier.id).filter_by(version_id=version.id))
                self.tiers.update({row.tier: row.id for row in tiers})

    def _employ(self) -> None:
        with self.store.work("account.create", system_actor(self.store.hall_id)) as work:
            for login, (name, roles) in PEOPLE.items():
                account = Account(
                    hall_id=work.hall_id,
                    login=login,
                    display_name=name,
                    badge_number=f"SL-{login}",
                    password_hash="-",
                    created_at=work.now,
                    password_changed_at=work.now,
                )
                work.session.add(account)
                work.session.flush()
                work.session.add_all(
                    AccountRole(account_id=account.id, hall_id=work.hall_id, role=role) for role in roles
                )
                self.people[login] = Actor(account.id, name, work.hall_id, frozenset(roles))
            work.audit("accounts", added=len(PEOPLE))

    def _certify(self) -> None:
        own = {login: (PEOPLE[login][0], self.actor(login).account_id) for login in CERTIFIED}
        others = {key: (name, None) for key, name in WITHOUT_ACCOUNT.items()}
        with self.store.work("penalty.staff", self.actor("boss")) as work:
            for place, (key, (name, account_id)) in enumerate({**own, **others}.items(), start=1):
                certificate = EnforcementCertificate(
                    hall_id=work.hall_id,
                    number=f"LC-{place:04d}",
                    name=name,
                    account_id=account_id,
                    helper=key == "helper",
                    valid_from=date(2024, 1, 1),
                    valid_to=date(2026, 6, 30) if key == "expired" else date(2028, 12, 31),
                    entered_by=work.actor.account_id,
                )
                work.session.add(certificate)
                work.session.flush()
                self.certificates[key] = certificate.id
            work.audit("certificates", added=len(self.certificates))

    def _publish(self) -> None:
        with self.store.work("violation.import", self.actor("admin")) as work:
            violation = Violation(hall_id=work.hall_id, code=CODE)
            work.session.add(violation)
            work.session.flush()
            version = ViolationVersion(
                hall_id=work.hall_id,
                violation_id=violation.id,
                valid_from=date(2024, 1, 1),
                published_on=date(2023, 12, 20),
                published_as="莲城管规〔2023〕4号",
                name="擅自占用城市道路",
                legal_basis="城市道路管理条例第二十七条第（一）项",
                penalty_article="城市道路管理条例第四十二条",
                correction="with",
                source="样例",
                digest="0" * 64,
                imported_at=work.now,
            )
            work.session.add(version)
            work.session.flush()
            for place, (tier, low, high) in enumerate(TIERS, start=1):
                row = BenchmarkTier(
                    hall_id=work.hall_id,
                    version_id=version.id,
                    position=place,
                    object_kind="any",
                    object_words="公民/单位",
                    tier=tier,
                    circumstances=f"占用情节{tier}",
                    low=low,
                    high=high,
                    unit="yuan",
                    unit_words="元",
                )
                work.session.add(row)
                work.session.flush()
                self.tiers[tier] = row.id
            self.violation_id, self.version_id = violation.id, version.id
            work.audit(f"violation:{violation.id}")
