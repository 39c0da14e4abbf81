"""What a penalty is measured by: quantities, tables without amounts, the lighter of two versions by the count."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from hall.rules.penalty_amounts import AmountRefused
from hall.rules.violations import BadQuantity, Span
from hall.services.penalty_measures import Chosen, HarderVersion, Measured, measured
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.violations import BenchmarkTier, ViolationVersion
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office


@dataclass(frozen=True)
class Row:
    """A tier as a test writes it; amounts in hundredths of the unit."""

    tier: str
    low: int | None
    high: int | None
    unit: str


def renew(office: Office, rows: tuple[Row, ...], *, since: date | None = None) -> list[int]:
    """Rows in place of the office's own, or of a new version of the violation since a day; their keys."""
    with office.store.work("violation.import", office.actor("admin")) as work:
        version_id = office.version_id if since is None else _version(work.session, office, since)
        if since is None:
            for tier_id in office.tiers.values():
                work.session.delete(work.session.get_one(BenchmarkTier, tier_id))
            work.session.flush()
        kept = []
        for place, row in enumerate(rows, start=1):
            record = BenchmarkTier(
                hall_id=work.hall_id,
                version_id=version_id,
                position=place,
                object_kind="any",
                object_words="公民/单位",
                tier=row.tier,
                circumstances="",
                low=row.low,
                high=row.high,
                unit=row.unit,
                unit_words=row.unit,
            )
            work.session.add(record)
            work.session.flush()
            kept.append(record.id)
        work.audit("violations")
        return kept


def _version(session: Session, office: Office, since: date) -> int:
    old = session.get_one(ViolationVersion, office.version_id)
    version = ViolationVersion(
        hall_id=old.hall_id,
        violation_id=old.violation_id,
        valid_from=since,
        published_on=since,
        published_as="莲城管规〔2026〕9号",
        name=old.name,
        legal_basis=old.legal_basis,
        penalty_article=old.penalty_article,
        correction=old.correction,
        source=old.source,
        digest="1" * 64,
        imported_at=old.imported_at,
    )
    session.add(version)
    session.flush()
    return version.id


def measure(office: Office, case_id: int, tier_id: int, quantity: str = "") -> Measured:
    with office.store.read() as session:
        case = session.get_one(PenaltyCase, case_id)
        return measured(session, case, Chosen("ordinary", tier_id, quantity), day=office.today)


def test_a_tier_by_area_is_multiplied_and_kept_with_its_quantity(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    light, heavy = renew(office, (Row("较轻", 2_000, 5_000, "m2"), Row("较重", 5_000, 10_000, "m2")))
    found = measure(office, registered_case, light, "12.5")
    assert found.measures.tier == Span(25_000, 62_500)
    assert found.measures.statutory == Span(25_000, 125_000)
    with pytest.raises(BadQuantity):
        deciding.propose(registered_case, tier_id=heavy, fine_fen=62_500)
    deciding.propose(registered_case, tier_id=heavy, quantity="12.5", fine_fen=62_500)


def test_where_the_table_names_no_amount_only_a_warning_is_left(
    office: Office, registered_case: int, deciding: Deciding
) -> None:
    (bare,) = renew(office, (Row("警告", None, None, "yuan"),))
    for tier_id in (bare, None):
        with pytest.raises(AmountRefused):
            deciding.propose(registered_case, tier_id=tier_id, fine_fen=10_000)
        deciding.propose(registered_case, tier_id=tier_id, fine_fen=0, other="警告")


@pytest.mark.both
def test_where_only_the_count_tells_which_version_is_lighter_the_harder_one_is_refused(
    office: Office, registered_case: int
) -> None:
    (old,) = renew(office, (Row("一般", 100, 30_000, "m2"),))
    (new,) = renew(office, (Row("一般", 200, 20_000, "m2"),), since=date(2026, 11, 10))
    with pytest.raises(HarderVersion):
        measure(office, registered_case, old, "10")
    assert measure(office, registered_case, new, "10").measures.tier == Span(2_000, 200_000)
