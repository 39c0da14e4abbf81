"""Publicity through its services: begun by a decision, put on line in time, withheld, taken down, exported masked."""

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hall.rules.authority import NotAuthorised
from hall.rules.publicity import BadPublicationDay, CannotOnPublication
from hall.services import documents, publicity, publicity_reading
from hall.services.persons import PersonDetails
from hall.services.publicity import NoSuchPublication, NothingToPublish
from hall.services.publicity_acts import publicity_acts
from hall.services.publicity_reading import PublicityRow
from hall.services.tables_export import NotWritten
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.publicity import Publication
from tests.services.penalties.office import Office

COMPANY = PersonDetails(
    "organisation", "示例市莲城区示例餐饮店", id_number="91350100M000100Y43", representative="李示例"
)


def begun(office: Office, **columns: object) -> int:
    """A case decided on 16 November whose publicity has begun; gives its key."""
    case_id = office.decided(**columns)  # type: ignore[arg-type]
    begin(office, case_id)
    return case_id


def begin(office: Office, case_id: int) -> None:
    with office.store.work("penalty.decide", office.actor("approver")) as work:
        decision = work.session.get_one(PenaltyDecision, office.decision_of(case_id).id)
        publicity.begin(work, work.session.get_one(PenaltyCase, case_id), decision)
        work.audit(f"penalty:{case_id}")


def overturn(office: Office, case_id: int) -> None:
    with office.store.work("penalty.correct", office.actor("approver")) as work:
        decision = work.session.get_one(PenaltyDecision, office.decision_of(case_id).id)
        publicity.overturned(work, decision, "莲城复决字〔2026〕3号撤销")
        work.audit(f"penalty:{case_id}")


def rows(office: Office, login: str = "boss") -> tuple[PublicityRow, ...]:
    return publicity_reading.publications(office.store, office.actor(login), listed="all", home=office.home)


def only(office: Office) -> PublicityRow:
    (found,) = rows(office)
    return found


def publish(office: Office, *, on: date = date(2026, 11, 23), login: str = "boss") -> date | None:
    return publicity.publish(
        office.store,
        office.actor(login),
        publication_id=only(office).publication_id,
        published_on=on,
        published_at="局门户网站",
        home=office.home,
    )


def withdraw(office: Office, *, on: date) -> None:
    key = only(office).publication_id
    publicity.withdraw(office.store, office.actor("boss"), publication_id=key, withdrawn_on=on)


def withhold(office: Office) -> None:
    key = only(office).publication_id
    publicity.withhold(
        office.store, office.actor("lawyer"), publication_id=key, ground="privacy", reason="涉及商业秘密"
    )


def test_a_decision_is_to_be_published_within_seven_workdays(office: Office) -> None:
    begun(office)
    row = only(office)
    assert (row.standing, row.publish_by, row.light) == ("waiting", date(2026, 11, 25), "warning")
    assert (row.told.party.name_masked, row.told.matter, row.told.fine_fen) == ("张*明", "擅自占用城市道路", 300_000)
    office.on(date(2026, 11, 26))
    assert only(office).light == "over_statutory"


def test_over_the_spring_festival_make_up_days_count(office: Office) -> None:
    begun(office, on=date(2026, 2, 13))
    assert only(office).publish_by == date(2026, 3, 2)


def test_what_is_not_punished_is_not_published(office: Office) -> None:
    case_id = office.decided()
    with office.store.work("penalty.decide", office.actor("approver")) as work:
        spared = PenaltyDecision(case_id=case_id, kind="none", result="none", decided_on=office.today)
        publicity.begin(work, work.session.get_one(PenaltyCase, case_id), spared)
        work.audit(f"penalty:{case_id}")
    assert rows(office) == ()


def test_who_was_a_minor_at_the_act_is_withheld_for_ever(office: Office) -> None:
    for birth in (date(2008, 11, 2), date(2008, 11, 1)):
        begun(office, party_id=office.person(office.resident(birth=birth)))
    assert [row.standing for row in rows(office)] == ["waiting", "withheld"]


def test_a_company_is_named_in_full(office: Office) -> None:
    begun(office, party_id=office.person(COMPANY), object_kind="organisation")
    row = only(office)
    assert (row.standing, row.told.party.name_masked, row.told.party.id_masked) == (
        "waiting",
        "示例市莲城区示例餐饮店",
        "91350100M000100Y43",
    )


@pytest.mark.both
def test_it_is_published_and_shown_for_as_long_as_the_terms_say(office: Office) -> None:
    case_id = begun(office)
    assert publish(office) == date(2027, 11, 23)
    row = only(office)
    assert (row.standing, row.published_at, row.light) == ("shown", "局门户网站", None)
    assert office.events(case_id)[-1].kind == "publish"
    with pytest.raises(CannotOnPublication, match="已经公示过"):
        publish(office)
    office.on(date(2027, 11, 24))
    assert (only(office).standing, only(office).light) == ("take_down", "over_statutory")


def test_it_is_published_between_its_decision_and_today(office: Office) -> None:
    begun(office)
    for day in (date(2026, 11, 15), date(2026, 11, 24)):
        with pytest.raises(BadPublicationDay):
            publish(office, on=day)
    assert only(office).published_on is None


@pytest.mark.both
def test_what_is_overturned_is_taken_down_within_three_workdays(office: Office) -> None:
    case_id = begun(office)
    publish(office)
    office.on(date(2026, 12, 4))
    overturn(office, case_id)
    row = only(office)
    assert (row.standing, row.withdraw_by, row.light) == ("take_down", date(2026, 12, 9), "normal")
    assert row.overturned_why == "莲城复决字〔2026〕3号撤销"
    with pytest.raises(BadPublicationDay):
        withdraw(office, on=date(2026, 12, 5))
    withdraw(office, on=date(2026, 12, 4))
    assert (only(office).standing, only(office).light) == ("taken_down", None)
    assert office.events(case_id)[-1].kind == "withdraw_publicity"
    with pytest.raises(CannotOnPublication, match="没有在公示"):
        withdraw(office, on=date(2026, 12, 4))


def test_what_is_overturned_before_it_goes_up_never_does(office: Office) -> None:
    case_id = begun(office)
    overturn(office, case_id)
    assert (only(office).standing, only(office).light) == ("dropped", None)
    with pytest.raises(CannotOnPublication, match="不得再公示"):
        publish(office)


def test_it_is_withheld_by_a_ground_of_law(office: Office) -> None:
    case_id = begun(office)
    withhold(office)
    assert only(office).withheld.startswith("涉及商业秘密、个人隐私")
    assert office.events(case_id)[-1].kind == "withhold"
    for act in (publish, withhold):
        with pytest.raises(CannotOnPublication, match="不予公示"):
            act(office)


@pytest.mark.both
def test_what_was_withheld_stays_withheld_when_the_decision_is_varied(office: Office) -> None:
    case_id = begun(office)
    withhold(office)
    overturn(office, case_id)
    with office.store.work("penalty.vary", office.actor("approver")) as work:
        before = work.session.get_one(PenaltyDecision, office.decision_of(case_id).id)
        varied = PenaltyDecision(
            hall_id=work.hall_id,
            case_id=case_id,
            previous_id=before.id,
            kind="vary",
            result="ordinary",
            number="莲城复决字〔2026〕3号",
            decided_on=office.today,
            decided_by=work.actor.account_id,
            fine_fen=100_000,
            at=work.now,
        )
        work.session.add(varied)
        work.session.flush()
        publicity.begin(work, work.session.get_one(PenaltyCase, case_id), varied)
        work.audit(f"penalty:{case_id}")
    assert [(row.told.fine_fen, row.standing) for row in rows(office)] == [(100_000, "withheld"), (300_000, "withheld")]


@pytest.mark.both
def test_a_minors_decision_that_went_on_line_elsewhere_has_to_come_down(office: Office) -> None:
    begun(office, party_id=office.person(office.resident(birth=date(2010, 1, 1))))
    with office.store.work("penalty.import", office.actor("admin")) as work:
        record = work.session.get_one(Publication, only(office).publication_id)
        record.published_on, record.shown_until = date(2026, 11, 18), date(2027, 11, 18)
        work.audit("import")
    (row,) = publicity_reading.publications(office.store, office.actor("boss"), home=office.home)
    assert (row.standing, row.light) == ("take_down", "over_statutory")
    withdraw(office, on=office.today)
    assert only(office).standing == "taken_down"


def test_the_open_list_has_what_wants_something_the_most_pressing_first(office: Office) -> None:
    late, soon, shown = (begun(office, on=day) for day in (date(2026, 11, 9), date(2026, 11, 17), date(2026, 11, 16)))
    done = next(row for row in rows(office) if row.told.case_id == shown)
    publicity.publish(
        office.store,
        office.actor("boss"),
        publication_id=done.publication_id,
        published_on=office.today,
        published_at="局门户网站",
        home=office.home,
    )
    listed = publicity_reading.publications(office.store, office.actor("clerk"), home=office.home)
    assert [(row.told.case_id, row.light) for row in listed] == [(late, "over_statutory"), (soon, "normal")]


@pytest.mark.both
def test_the_export_names_natural_persons_masked(office: Office, tmp_path: Path) -> None:
    details = office.resident()
    begun(office, party_id=office.person(details), act="张测明未经批准占用人行道")
    keys = tuple(row.publication_id for row in rows(office))
    for path, read in ((tmp_path / "公示.csv", read_csv), (tmp_path / "公示.xlsx", read_excel)):
        assert publicity.export(office.store, office.actor("boss"), publication_ids=keys, path=path) == 1
        titles, line = read(path)
        told = dict(zip(titles, line, strict=True))
        assert (told["行政相对人名称"], told["违法事实"]) == ("张*明", "张*明未经批准占用人行道")
        assert (told["罚款金额（元）"], told["状态"]) == ("3000.00", "待公示")
        assert "张测明" not in str(line)
        assert details.id_number not in str(line)
    assert only(office).exported_on == office.today


def read_csv(path: Path) -> list[tuple[object, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [tuple(line) for line in csv.reader(file)]


def read_excel(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_an_export_that_cannot_be_written_marks_nothing(office: Office, tmp_path: Path) -> None:
    begun(office)
    keys = (only(office).publication_id,)
    with pytest.raises(NotWritten):
        publicity.export(office.store, office.actor("boss"), publication_ids=keys, path=tmp_path / "没有" / "公示.csv")
    assert only(office).exported_on is None


def test_nothing_is_exported_and_no_sheet_is_printed_of_nothing(office: Office, tmp_path: Path) -> None:
    begun(office)
    withhold(office)
    keys = (only(office).publication_id,)
    with pytest.raises(NothingToPublish):
        publicity.export(office.store, office.actor("boss"), publication_ids=keys, path=tmp_path / "公示.csv")
    with pytest.raises(NothingToPublish):
        publicity.issue_sheet(office.store, office.actor("boss"), publication_ids=keys, home=office.home)
    assert not (tmp_path / "公示.csv").exists()


def test_the_sheet_for_the_notice_board_has_what_goes_up_and_what_comes_down(office: Office) -> None:
    case_id = begun(office)
    publish(office)
    overturn(office, case_id)
    begun(office)
    keys = tuple(row.publication_id for row in rows(office))
    issued = publicity.issue_sheet(office.store, office.actor("boss"), publication_ids=keys, home=office.home)
    content = documents.frozen(office.store, issued.document_id).content
    entries, withdrawals = content["entries"], content["withdrawals"]
    assert isinstance(entries, list)
    assert isinstance(withdrawals, list)
    assert [each["party"] for each in entries] == ["张*明"]
    assert [each["reason"] for each in withdrawals] == ["莲城复决字〔2026〕3号撤销"]


@pytest.mark.both
def test_the_acts_of_a_case_follow_its_newest_publication(office: Office) -> None:
    case_id = office.decided()
    assert acts(office, case_id) == {}
    begin(office, case_id)
    assert acts(office, case_id) == {"publish": True, "withhold": True, "withdraw_publicity": False}
    publish(office)
    overturn(office, case_id)
    assert acts(office, case_id) == {"publish": False, "withhold": False, "withdraw_publicity": True}


def acts(office: Office, case_id: int) -> dict[str, bool]:
    with office.store.read() as session:
        case = session.get_one(PenaltyCase, case_id)
        found = publicity_acts(session, case, today=office.today, home=office.home)
    return {act.name: not act.reasons for act in found}


def test_a_clerk_publishes_nothing_and_an_unknown_publication_is_missing(office: Office) -> None:
    begun(office)
    with pytest.raises(NotAuthorised):
        publish(office, login="clerk")
    with pytest.raises(NoSuchPublication):
        publicity.withdraw(office.store, office.actor("boss"), publication_id=4711, withdrawn_on=office.today)
