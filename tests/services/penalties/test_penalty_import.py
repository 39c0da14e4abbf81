"""Decisions of the case system are taken over, from CSV and from Excel, wholly or not at all."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from hall.rules.authority import NotAuthorised
from hall.rules.imports import BadRows
from hall.services.penalty_import import DecisionsImported, import_decisions
from hall.services.penalty_records import decisions_of, duties_of
from hall.services.persons import PersonDetails
from hall.store.schema.penalties import PenaltyCase, PenaltyService
from hall.store.schema.publicity import Publication
from tests.services.penalties.office import Office


def line(party: PersonDetails, number: int = 1, **changes: object) -> dict[str, object]:
    return {
        "case_number": f"示城管罚立〔2026〕{number}号",
        "decision_number": f"示城管罚决〔2026〕{number}号",
        "party": party.name,
        "party_kind": "个人",
        "id_number": party.id_number,
        "violation": "CFT01",
        "act": "占用人行道堆放建筑材料",
        "place": f"向阳路{number}号",
        "acted_on": date(2026, 10, 8),
        "found_on": date(2026, 10, 8),
        "filed_on": date(2026, 10, 9),
        "procedure": "普通程序",
        "officers": "LC-0001、LC-0005",
        "decided_on": date(2026, 11, 2),
        "result": "",
        "fine": 3000.5,
        "closed_on": "",
        "served_on": date(2026, 11, 4),
        "paid": 1000,
        "paid_on": date(2026, 11, 10),
        "published_on": date(2026, 11, 5),
        **changes,
    }


def as_csv(lines: Sequence[Mapping[str, object]]) -> bytes:
    written = io.StringIO()
    table = csv.DictWriter(written, list(lines[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(lines)
    return written.getvalue().encode()


def as_workbook(lines: Sequence[Mapping[str, object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(lines[0]))
    for each in lines:
        sheet.append(list(each.values()))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def taken_over(office: Office, content: bytes) -> DecisionsImported:
    return import_decisions(office.store, office.actor("admin"), content=content, home=office.home)


def cases(office: Office) -> list[PenaltyCase]:
    with office.store.read() as session:
        return list(session.scalars(select(PenaltyCase).order_by(PenaltyCase.id)))


@pytest.mark.both
def test_a_decision_comes_with_its_case_officers_service_ledger_and_publication(office: Office) -> None:
    party = office.resident()
    assert taken_over(office, as_csv([line(party)])) == DecisionsImported(1, 0)
    (case,) = cases(office)
    assert (case.origin, case.state, case.number) == ("import", "served", "示城管罚立〔2026〕1号")
    assert [(entry.kind, entry.fen) for entry in office.entries(case.id)] == [("impose", 300_050), ("pay", 100_000)]
    with office.store.read() as session:
        (decision,) = decisions_of(session, case.id)
        assert (decision.decided_by, decision.result, decision.kind) == (0, "ordinary", "penalty")
        assert duties_of(session, case.id) == {office.actor("reviewer").account_id: "investigate"}
        assert session.scalar(select(func.count()).select_from(PenaltyService)) == 1
        shown = session.scalars(select(Publication)).one()
        assert (shown.published_on, shown.shown_until) == (date(2026, 11, 5), date(2027, 11, 5))


def test_a_workbook_says_the_same_as_the_text(office: Office) -> None:
    party = office.resident()
    rows = [line(party), {**line(party, 2), "served_on": None, "paid": None, "paid_on": None}]
    assert taken_over(office, as_workbook(rows)) == DecisionsImported(2, 0)
    assert [case.state for case in cases(office)] == ["served", "decided"]
    assert office.decision_of(cases(office)[0].id).fine_fen == 300_050


def test_the_same_file_again_changes_nothing_and_other_content_is_refused(office: Office) -> None:
    party = office.resident()
    taken_over(office, as_csv([line(party)]))
    assert taken_over(office, as_csv([line(party)])) == DecisionsImported(0, 1)
    with pytest.raises(BadRows, match="更正或者变更决定"):
        taken_over(office, as_csv([line(party, fine=2000)]))
    with pytest.raises(BadRows, match="示城管罚立〔2026〕1号 已经登记"):
        taken_over(office, as_csv([line(party, decision_number="示城管罚决〔2026〕9号", place="别处")]))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"violation": "CF999"}, "没有案由编码 CF999"),
        ({"officers": "LC-0001、LC-9999"}, "没有登记执法证 LC-9999"),
        ({"officers": "LC-0001、LC-0006"}, "吕过期的执法证有效期"),
        ({"officers": "LC-0001、LC-0007"}, "施协管是协管人员"),
        ({"place": "向阳路1号"}, "不得给予两次以上罚款"),
        ({"act": "占道，联系电话13900001234"}, "违法事实：不要写电话或证件号码"),
    ],
)
def test_one_bad_line_keeps_the_whole_file_out(office: Office, changes: dict[str, object], told: str) -> None:
    party = office.resident()
    with pytest.raises(BadRows, match=told) as bad:
        taken_over(office, as_csv([line(party), line(party, 2, **changes)]))
    assert [row.line for row in bad.value.rows] == [3]
    assert cases(office) == []


def test_a_closed_case_counts_as_history_and_a_decision_not_to_punish_is_not_published(office: Office) -> None:
    party = office.resident()
    closed = line(party, paid=3000.5, closed_on=date(2026, 11, 20))
    spared = line(party, 2, result="不予处罚", fine=0, paid="", paid_on="", published_on="", closed_on="")
    taken_over(office, as_csv([closed, spared]))
    first, second = cases(office)
    assert (first.state, first.closed_on, second.state) == ("closed", date(2026, 11, 20), "served")
    with office.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Publication)) == 1


def test_only_who_runs_the_system_takes_decisions_over(office: Office) -> None:
    with pytest.raises(NotAuthorised):
        import_decisions(
            office.store, office.actor("clerk"), content=as_csv([line(office.resident())]), home=office.home
        )


def test_a_spoilt_workbook_is_refused_as_one(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(BadRows, match="工作簿读不出"):
        taken_over(office, packed.getvalue())
    with pytest.raises(BadRows, match="工作簿读不出"):
        taken_over(office, as_workbook([line(office.resident())])[:900])


def test_a_text_in_another_encoding_is_refused(office: Office) -> None:
    with pytest.raises(BadRows, match="GBK"):
        taken_over(office, as_csv([line(office.resident())]).decode().encode("gb18030"))
