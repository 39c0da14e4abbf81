"""Violations: imported as dated versions, published by an act, used only if published, in force, not superseded."""

from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest
from sqlalchemy import func, select

from hall.errors import Missing
from hall.rules.authority import KIOSK, NotAuthorised, station_actor
from hall.rules.imports import BadRows
from hall.rules.violations import Exemption, Tier, ViolationEntry
from hall.services.violation_records import version_numbered
from hall.services.violations import (
    BadPublication,
    Benchmark,
    UnusableBenchmark,
    ViolationsImported,
    ViolationView,
    benchmark_for,
    exemptions_of,
    import_violations,
    list_violations,
    public_violations,
    publish,
)
from hall.store import Store
from hall.store.schema.trail import ChangeRow
from hall.store.schema.violations import BenchmarkTier, ViolationVersion
from tests.services.penalties.office import Office

CITIZEN = Tier("citizen", "公民", "一般", "2处以上", 5_000, 20_000, "yuan", "元")
UNIT = Tier("organisation", "单位", "一般", "2处以上", 50_000, 300_000, "yuan", "元")
EXEMPT = Exemption("first_time", "初次违法，危害后果轻微并及时改正", "莲城管规〔2025〕1号", first_time_months=24)
ENTRY = ViolationEntry(
    code="TS01",
    name="在测试街道乱堆物料",
    legal_basis="测试市容条例第12条",
    penalty_article="测试市容条例第48条",
    correction="may",
    tiers=(CITIZEN, UNIT),
    source="测试局公布的裁量基准",
    valid_from=date(2025, 1, 1),
    exemptions=(EXEMPT,),
    line=2,
)
PUBLISHED = replace(ENTRY, published_on=date(2024, 12, 20), published_as="莲城管规〔2024〕9号")
ACTED, DECIDED = date(2026, 11, 2), date(2026, 11, 23)


class Load(Protocol):
    def __call__(self, *entries: ViolationEntry) -> ViolationsImported: ...


@pytest.fixture
def load(office: Office) -> Load:
    """`load(ENTRY)` as the administrator."""

    def run(*entries: ViolationEntry) -> ViolationsImported:
        return import_violations(office.store, office.actor("admin"), violations=entries)

    return run


def shown(office: Office) -> ViolationView:
    listed = list_violations(office.store, office.actor("clerk"))
    return next(each for each in listed if each.entry.code == ENTRY.code)


def judged(office: Office, *, acted_on: date = ACTED, decided_on: date = DECIDED) -> Benchmark:
    violation_id = shown(office).violation_id
    with office.store.read() as session:
        return benchmark_for(
            session, violation_id=violation_id, object_kind="citizen", acted_on=acted_on, decided_on=decided_on
        )


def count(store: Store, record: type[BenchmarkTier | ViolationVersion]) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(record)) or 0


@pytest.mark.both
def test_what_is_read_back_is_what_was_imported_and_the_screens_are_told(office: Office, load: Load) -> None:
    assert load(ENTRY) == ViolationsImported(("TS01",), (), (), ())
    assert shown(office).entry == ENTRY
    with office.store.read() as session:
        assert session.scalar(select(ChangeRow.topic).order_by(ChangeRow.seq.desc()).limit(1)) == "violation"


def test_the_same_file_again_changes_nothing(office: Office, load: Load) -> None:
    undated = replace(ENTRY, code="TS02", valid_from=None)
    load(ENTRY, undated)
    before = count(office.store, ViolationVersion), count(office.store, BenchmarkTier)
    office.on(date(2026, 12, 1))
    assert load(ENTRY, undated) == ViolationsImported((), (), ("TS01", "TS02"), ())
    assert (count(office.store, ViolationVersion), count(office.store, BenchmarkTier)) == before


def test_what_names_no_day_begins_on_the_day_of_the_import_and_is_named(office: Office, load: Load) -> None:
    assert load(replace(ENTRY, valid_from=None)).undated == ("TS01",)
    assert shown(office).entry.valid_from == office.today


def test_a_new_day_makes_a_new_version_and_the_old_one_stands(office: Office, load: Load) -> None:
    load(PUBLISHED)
    milder = replace(PUBLISHED, valid_from=date(2026, 11, 10), tiers=(replace(CITIZEN, high=10_000), UNIT))
    assert load(milder).renewed == ("TS01",)
    assert (shown(office).entry, shown(office).others) == (milder, (PUBLISHED,))
    coming = replace(PUBLISHED, valid_from=date(2027, 1, 1))
    load(coming)
    assert (shown(office).entry, shown(office).others) == (milder, (coming, PUBLISHED))


@pytest.mark.both
def test_a_draft_may_be_mended_but_what_was_published_only_gets_a_new_version(office: Office, load: Load) -> None:
    load(ENTRY)
    mended = replace(ENTRY, name="在测试街道乱堆放物料", tiers=(CITIZEN,), exemptions=())
    assert load(mended).renewed == ("TS01",)
    assert shown(office).entry == mended
    publish(
        office.store,
        office.actor("lawyer"),
        version_ids=[shown(office).version_id],
        published_on=office.today,
        published_as="莲城管规〔2026〕3号",
    )
    with pytest.raises(BadRows, match="第2行：案由TS01从2025-01-01起的版本已于2026-11-23公布，内容不能再改"):
        load(replace(ENTRY, code="TS02"), ENTRY)
    assert [each.entry.code for each in list_violations(office.store, office.actor("clerk"))] == ["CFT01", "TS01"]


@pytest.mark.both
def test_a_published_version_still_learns_its_end_and_what_supersedes_it_but_forgets_neither(
    office: Office, load: Load
) -> None:
    load(PUBLISHED)
    ended = replace(PUBLISHED, valid_to=date(2026, 12, 31), superseded_by="固体废物污染环境防治法第111条")
    assert load(ended).renewed == ("TS01",)
    assert load(PUBLISHED).unchanged == ("TS01",)
    assert shown(office).entry == ended


def test_a_publication_that_the_file_names_is_taken_over_for_a_draft_with_its_lists(office: Office, load: Load) -> None:
    load(ENTRY)
    told = replace(PUBLISHED, exemptions=(replace(EXEMPT, published_on=PUBLISHED.published_on),))
    assert load(told).renewed == ("TS01",)
    assert (shown(office).usable, shown(office).entry) == (True, told)


def test_a_file_that_learns_of_a_publication_after_legal_review_entered_it_changes_nothing(
    office: Office, load: Load
) -> None:
    load(ENTRY)
    ids, lawyer = [shown(office).version_id], office.actor("lawyer")
    publish(office.store, lawyer, version_ids=ids, published_on=office.today, published_as="3号")
    told = replace(PUBLISHED, exemptions=(replace(EXEMPT, published_on=PUBLISHED.published_on),))
    assert load(told).unchanged == ("TS01",)
    assert shown(office).entry.published_as == "3号"


@pytest.mark.both
def test_publishing_is_the_act_of_legal_review_and_lets_version_and_lists_be_used(office: Office, load: Load) -> None:
    load(ENTRY)
    version_id, violation_id = shown(office).version_id, shown(office).violation_id
    assert shown(office).hindrances == ("案由TS01的裁量基准未公布，不得作为处罚依据（行政处罚法第五条、第三十四条）。",)
    with office.store.read() as session:
        assert exemptions_of(session, violation_id, on=DECIDED) == {}
    publish(
        office.store,
        office.actor("lawyer"),
        version_ids=[version_id],
        published_on=date(2026, 11, 20),
        published_as=" 莲城管规〔2026〕3号 ",
    )
    assert (shown(office).entry.published_as, shown(office).hindrances) == ("莲城管规〔2026〕3号", ())
    with office.store.read() as session:
        lists = exemptions_of(session, violation_id, on=DECIDED)
        assert list(lists.values()) == [replace(EXEMPT, published_on=date(2026, 11, 20))]
        assert exemptions_of(session, violation_id, on=date(2026, 11, 19)) == {}
        assert exemptions_of(session, violation_id, on=date(2024, 1, 1)) == {}
    load(replace(ENTRY, valid_to=date(2026, 11, 22)))
    with office.store.read() as session:
        assert exemptions_of(session, violation_id, on=DECIDED) == {}


def test_a_publication_to_come_or_without_number_or_a_second_one_is_refused(office: Office, load: Load) -> None:
    load(ENTRY)
    lawyer, ids = office.actor("lawyer"), [shown(office).version_id]
    with pytest.raises(BadPublication, match="还没有到"):
        publish(office.store, lawyer, version_ids=ids, published_on=date(2026, 11, 24), published_as="1号")
    with pytest.raises(BadPublication, match="文号或者网址"):
        publish(office.store, lawyer, version_ids=ids, published_on=office.today, published_as=" ")
    with pytest.raises(Missing, match="没有这个案由"):
        publish(office.store, lawyer, version_ids=[9999], published_on=office.today, published_as="1号")
    publish(office.store, lawyer, version_ids=ids, published_on=office.today, published_as="1号")
    with pytest.raises(BadPublication, match="已于2026-11-23以1号公布"):
        publish(office.store, lawyer, version_ids=ids, published_on=office.today, published_as="2号")


@pytest.mark.parametrize(("who", "deed"), [("lawyer", "import"), ("admin", "publish"), ("boss", "publish")])
def test_who_imports_does_not_publish_and_the_other_way_round(office: Office, load: Load, who: str, deed: str) -> None:
    load(ENTRY)
    with pytest.raises(NotAuthorised):
        if deed == "import":
            import_violations(office.store, office.actor(who), violations=(ENTRY,))
        else:
            publish(
                office.store,
                office.actor(who),
                version_ids=[shown(office).version_id],
                published_on=office.today,
                published_as="1号",
            )


def test_one_version_at_act_and_decision_governs_with_the_tiers_for_the_party(office: Office, load: Load) -> None:
    load(PUBLISHED)
    benchmark = judged(office)
    assert list(benchmark.tiers.values()) == [CITIZEN]
    assert benchmark.why == "违法行为发生时与作出决定时是同一版本。"
    with office.store.read() as session:
        assert version_numbered(session, benchmark.version_id).entry == PUBLISHED


def test_the_old_norm_governs_unless_the_new_one_is_lighter(office: Office, load: Load) -> None:
    load(PUBLISHED)
    load(replace(PUBLISHED, valid_from=date(2026, 11, 10), tiers=(replace(CITIZEN, high=10_000),)))
    assert judged(office).entry.valid_from == date(2026, 11, 10)
    load(replace(PUBLISHED, valid_from=date(2026, 11, 20), tiers=(replace(CITIZEN, high=50_000),)))
    assert judged(office).entry.valid_from == date(2025, 1, 1)
    assert judged(office, acted_on=date(2026, 11, 21)).entry.valid_from == date(2026, 11, 20)


def test_an_old_norm_that_has_ended_still_judges_its_days_and_both_are_offered_where_only_the_case_tells(
    office: Office, load: Load
) -> None:
    load(replace(PUBLISHED, valid_to=date(2026, 11, 9)))
    by_area = replace(CITIZEN, unit="m2", unit_words="元/平方米")
    load(replace(PUBLISHED, valid_from=date(2026, 11, 10), tiers=(by_area,)))
    benchmark = judged(office)
    assert benchmark.entry.valid_from == date(2025, 1, 1)
    assert benchmark.alternative is not None
    assert list(benchmark.alternative.tiers.values()) == [by_area]


@pytest.mark.parametrize(
    ("entry", "acted_on", "reason"),
    [
        (ENTRY, ACTED, "未公布"),
        (replace(PUBLISHED, valid_to=date(2026, 10, 31)), ACTED, "已于2026-10-31失效"),
        (
            replace(PUBLISHED, superseded_by="固体废物污染环境防治法第111条"),
            ACTED,
            "应当适用固体废物污染环境防治法第111条",
        ),
        (replace(PUBLISHED, published_on=date(2026, 11, 24)), ACTED, "未公布"),
        (PUBLISHED, date(2024, 12, 31), "不得以之后的规定处罚此前的行为"),
        (replace(PUBLISHED, tiers=(UNIT,)), ACTED, "没有对公民的档次"),
    ],
)
def test_what_may_not_be_used_is_refused_with_the_reason(
    office: Office, load: Load, entry: ViolationEntry, acted_on: date, reason: str
) -> None:
    load(entry)
    with pytest.raises(UnusableBenchmark, match=reason):
        judged(office, acted_on=acted_on)


@pytest.mark.both
def test_the_public_sees_only_what_may_be_used_and_only_lists_that_are_published(office: Office, load: Load) -> None:
    bare = replace(PUBLISHED, exemptions=(EXEMPT, replace(EXEMPT, limb="slight", published_on=date(2024, 12, 20))))
    load(bare, replace(ENTRY, code="TS02"), replace(PUBLISHED, code="TS03", superseded_by="某法"))
    kiosk = station_actor(KIOSK, name="取号机", hall_id=office.store.hall_id)
    seen = {view.entry.code: view.entry for view in public_violations(office.store, kiosk)}
    assert set(seen) == {"CFT01", "TS01"}
    assert [each.limb for each in seen["TS01"].exemptions] == ["slight"]


def test_an_unknown_violation_exempts_nothing_and_an_unknown_version_is_missing(office: Office) -> None:
    with office.store.read() as session:
        assert exemptions_of(session, 9999, on=DECIDED) == {}
        with pytest.raises(Missing):
            version_numbered(session, 9999)
