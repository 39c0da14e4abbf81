"""The monthly report counts requests, agreements and publicity of penalties; it holds no sum of fines anywhere."""

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest

from hall.rules.case_facts import Period
from hall.rules.people import Actor
from hall.services.case_report_paper import report_content
from hall.services.case_report_tables import report_tables, report_values
from hall.services.front import Front
from hall.services.penalty_counts import NAMES, PenaltyCounts, penalty_counts, penalty_lines
from hall.services.schedules import calendar_in_force
from hall.store import Store
from hall.store.schema.base import Base
from hall.store.schema.fines import DeferralRequest, ExecutionAgreement
from hall.store.schema.leniency import LeniencyRequest
from hall.store.schema.publicity import Publication
from tests.services.penalties.office import FINE, Office

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def write(office: Office, *records: Base) -> None:
    with office.store.work("penalty.enter", office.actor("clerk")) as work:
        work.session.add_all(records)
        work.audit("penalty")


def request(office: Office, case_id: int, state: str, *, ended_on: date | None) -> LeniencyRequest:
    number = next(office.serials)
    return LeniencyRequest(
        hall_id=office.store.hall_id,
        case_id=case_id,
        number=f"减〔2026〕{number}号",
        stage="investigation",
        wanted="none",
        facts="已经改正",
        applied_at=datetime(2026, 11, 3, 9, tzinfo=office.clock.instant.tzinfo),
        applied_on=date(2026, 11, 3),
        account_id=1,
        state=state,
        ended_on=ended_on,
    )


def deferral(office: Office, case_id: int, *, granted: bool | None) -> DeferralRequest:
    return DeferralRequest(
        hall_id=office.store.hall_id,
        case_id=case_id,
        kind="deferral",
        applied_on=date(2026, 11, 19),
        account_id=1,
        hardship="住院",
        proof="住院证明",
        granted=granted,
        decided_on=None if granted is None else date(2026, 11, 20),
    )


def agreement(office: Office, case_id: int, state: str, *, ended_on: date | None) -> ExecutionAgreement:
    return ExecutionAgreement(
        hall_id=office.store.hall_id,
        case_id=case_id,
        proposed_on=date(2026, 11, 1),
        proposed_by=1,
        remedies="已恢复原状",
        principal_fen=FINE,
        added_fen=100,
        waived_fen=50,
        state=state,
        agreed_on=None if state == "refused" else date(2026, 11, 2),
        ended_on=ended_on,
    )


def publication(office: Office, decided_on: date, **columns: object) -> Publication:
    case_id = office.decided(on=decided_on)
    return Publication(
        hall_id=office.store.hall_id,
        case_id=case_id,
        decision_id=office.decision_of(case_id).id,
        decided_on=decided_on,
        **columns,
    )


def counted(office: Office, period: Period = NOVEMBER) -> PenaltyCounts:
    with office.store.read() as session:
        calendar = calendar_in_force(session, office.store.hall_id)
        return penalty_counts(session, office.store.hall_id, period, calendar=calendar)


@pytest.mark.both
def test_requests_count_when_they_are_asked_and_when_they_end(office: Office) -> None:
    case_id = office.registered()
    october, november = date(2026, 10, 31), date(2026, 11, 30)
    write(
        office,
        request(office, case_id, "granted", ended_on=november),
        request(office, case_id, "refused", ended_on=november),
        request(office, case_id, "withdrawn", ended_on=november),
        request(office, case_id, "granted", ended_on=date(2026, 12, 1)),
        request(office, case_id, "refused", ended_on=october),
        request(office, case_id, "open", ended_on=None),
        deferral(office, case_id, granted=True),
        deferral(office, case_id, granted=False),
        deferral(office, case_id, granted=None),
        agreement(office, case_id, "active", ended_on=None),
        agreement(office, case_id, "breached", ended_on=november),
        agreement(office, case_id, "kept", ended_on=november),
        agreement(office, case_id, "refused", ended_on=november),
    )
    assert counted(office) == PenaltyCounts(6, 1, 1, 1, 3, 1, 1, 3, 1, 0, 0)
    assert counted(office, Period(date(2026, 12, 1), date(2026, 12, 31))) == PenaltyCounts(leniency_granted=1)


@pytest.mark.both
def test_a_decision_counts_in_the_month_of_its_seventh_workday(office: Office) -> None:
    write(
        office,
        publication(office, date(2026, 10, 27), published_on=date(2026, 11, 5)),  # due on 5 November
        publication(office, date(2026, 11, 2), published_on=date(2026, 11, 12)),  # due on the 11th: late
        publication(office, date(2026, 11, 3)),  # never published
        publication(office, date(2026, 11, 3), withheld="当事人不满十四周岁"),
        publication(office, date(2026, 11, 3), overturned_on=date(2026, 11, 9)),
        publication(office, date(2026, 11, 3), overturned_on=date(2026, 11, 20)),  # after its day
        publication(office, date(2026, 11, 26), published_on=date(2026, 11, 27)),  # due in December
        publication(office, date(2026, 11, 19), published_on=date(2026, 11, 30)),  # due on the 30th
    )
    found = counted(office)
    assert (found.publicity_due, found.publicity_in_time) == (5, 2)


def test_while_the_month_is_running_what_is_due_today_is_not_late(office: Office) -> None:
    write(office, publication(office, date(2026, 11, 12)))  # due on the 23rd
    running = Period(date(2026, 11, 1), date(2026, 11, 23), over=False)
    assert counted(office, running).publicity_due == 0
    assert counted(office).publicity_due == 1


def test_the_report_tells_the_counts_and_no_sum_of_money(
    office: Office, front_of: Callable[[Store, Actor], Front]
) -> None:
    assert penalty_lines(PenaltyCounts()) == ()
    write(office, request(office, office.served(), "granted", ended_on=date(2026, 11, 20)))
    report = front_of(office.store, office.actor("boss")).reports.month(2026, 11)
    tables = {table.title: table for table in report_tables(report)}
    assert (NAMES["leniency_granted"], 1) in tables["处罚减免与公示"].rows
    assert report_values(report)["penalties"]["leniency_asked"] == 1  # type: ignore[index]  # a dictionary
    paper = report_content(report, {}, prepared_by="卫建平")
    assert "减免申请收到 1 件，同意 1 件，不同意 0 件，撤回 0 件" in str(paper["notes"])
    said = json.dumps([*map(str, tables.values()), report_values(report), str(paper)], ensure_ascii=False, default=str)
    assert not any(word in said for word in ("罚款", "金额", "fen", "3000", "3,000", "300000", "¥"))
