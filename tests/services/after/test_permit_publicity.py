"""Granted licences are made public within seven workdays, and taken down once they are revoked."""

import csv
from datetime import date
from pathlib import Path

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.publicity import CannotOnPublication
from hall.services import publicity, publicity_reading
from hall.services.certificate_endings import Ending
from hall.services.publicity_reading import PublicityRow
from hall.services.reasons import ReasonNeeded
from tests.services.after.aftermath import Aftermath
from tests.services.review.bureau import DENIAL

REVOKED = Ending("procedure", "审查时没有现场核查", date(2026, 11, 23), compensation="没有造成损失")


def rows(bureau: Aftermath) -> tuple[PublicityRow, ...]:
    return publicity_reading.publications(bureau.store, bureau.people["boss"], listed="all", home=bureau.home)


def publish(bureau: Aftermath, login: str = "boss") -> date | None:
    (row,) = rows(bureau)
    return publicity.publish(
        bureau.store,
        bureau.people[login],
        publication_id=row.publication_id,
        published_on=bureau.today,
        published_at="局门户网站",
        home=bureau.home,
    )


@pytest.mark.both
def test_a_grant_is_to_be_published_within_seven_workdays_a_denial_is_not(bureau: Aftermath) -> None:
    granted = bureau.decided(bureau.licence())
    denied = bureau.examined(bureau.publish("XK98"), verdict="denied")
    bureau.desk("approver").decide(denied, DENIAL)
    (row,) = rows(bureau)
    assert (row.told.about, row.told.case_id, row.told.licence) == ("permit", granted, None)
    assert (row.standing, row.publish_by, row.light) == ("waiting", date(2026, 12, 2), "normal")
    assert row.told.decision_number == bureau.documents(granted)[-1].number
    assert "*" in row.told.party.name_masked


@pytest.mark.both
def test_a_licence_is_shown_until_it_ends_and_the_history_says_so(bureau: Aftermath) -> None:
    case_id, made = bureau.certified(bureau.licence())
    with pytest.raises(NotAuthorised):
        publish(bureau, "clerk")
    assert publish(bureau) == bureau.certificate(made.certificate_id).valid_to
    (row,) = rows(bureau)
    assert (row.standing, row.told.licence and row.told.licence.number) == ("shown", made.number)
    assert bureau.events(case_id)[-1].kind == "publish"


def test_a_revoked_licence_is_taken_down_within_three_workdays(bureau: Aftermath) -> None:
    case_id, made = bureau.certified(bureau.licence())
    publish(bureau)
    bureau.certificates("approver").end(made.certificate_id, REVOKED)
    (row,) = rows(bureau)
    assert (row.standing, row.withdraw_by) == ("take_down", date(2026, 11, 26))
    key = row.publication_id
    publicity.withdraw(bureau.store, bureau.people["boss"], publication_id=key, withdrawn_on=bureau.today)
    assert (rows(bureau)[0].standing, bureau.events(case_id)[-1].kind) == ("taken_down", "take_down")


def test_a_licence_that_was_only_cancelled_needs_no_taking_down(bureau: Aftermath) -> None:
    _, made = bureau.certified(bureau.licence())
    publish(bureau)
    bureau.certificates("approver").end(made.certificate_id, Ending("death", "持证人死亡", bureau.today))
    assert rows(bureau)[0].standing == "shown"


def test_what_was_revoked_before_it_was_published_never_is(bureau: Aftermath) -> None:
    _, made = bureau.certified(bureau.licence())
    bureau.certificates("approver").end(made.certificate_id, REVOKED)
    assert rows(bureau)[0].standing == "dropped"
    with pytest.raises(CannotOnPublication, match="不得再公示"):
        publish(bureau)


def test_the_file_for_the_platform_has_a_part_of_its_own_for_licences(bureau: Aftermath, tmp_path: Path) -> None:
    bureau.certified(bureau.licence())
    (row,) = rows(bureau)
    path = tmp_path / "双公示.csv"
    assert publicity.export(bureau.store, bureau.people["boss"], publication_ids=(row.publication_id,), path=path) == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["行政许可决定书文号"], line["许可事项"]) == (row.told.decision_number, row.told.matter)
    assert line["行政相对人名称"] == row.told.party.name_masked
    issued = publicity.issue_sheet(
        bureau.store, bureau.people["boss"], publication_ids=(row.publication_id,), home=bureau.home
    )
    assert "示" in issued.number


def test_a_decision_that_stands_is_not_taken_down_without_a_reason(bureau: Aftermath) -> None:
    case_id, _ = bureau.certified(bureau.licence())
    publish(bureau)
    given = {"publication_id": rows(bureau)[0].publication_id, "withdrawn_on": bureau.today}
    with pytest.raises(ReasonNeeded, match="仍然有效"):
        publicity.withdraw(bureau.store, bureau.people["boss"], **given)  # type: ignore[arg-type]
    publicity.withdraw(bureau.store, bureau.people["boss"], reason="公示了商业秘密", **given)  # type: ignore[arg-type]
    assert bureau.events(case_id)[-1].note == "公示了商业秘密"
