"""Whatever has a due day says it: each subject to whoever has it in hand, as long as it waits."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from hall.rules.people import Actor
from hall.services import penalty_staff, stall_grants, stall_withdrawals, vendor_events
from hall.services.due_notices import SOURCES
from hall.services.front import Front
from hall.services.penalty_staff import NewCertificate
from hall.services.registers import NewEntry
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.publicity import Publication
from hall.store.schema.registers import RegisterEntry
from hall.store.schema.relief import ReliefApplication
from hall.store.schema.stalls import StallApplication, StallGrant, StallWithdrawal
from hall.store.schema.vendors import VendorEvent
from tests.services.notices.bell import Bell
from tests.services.penalties.office import Office
from tests.services.registers.conftest import Desk
from tests.services.relief.fund import Fund
from tests.services.rounds.panel import Panel
from tests.services.stalls.street import SITE, Street
from tests.services.standards_story import Story
from tests.services.vendors.market import Market

DAY = timedelta(days=1)


def heads(told: list[tuple[str, str]]) -> list[str]:
    return [to for to, _ in told]


@pytest.mark.both
def test_an_objection_waits_for_the_lawyer(office: Office, bell: Bell) -> None:
    market = Market(office)
    event_id = market.objected(market.enter().vendor_id)
    with office.store.read() as session:
        answer_by = session.get_one(VendorEvent, event_id).answer_by
    assert answer_by is not None
    ((to, text),) = bell.heard(answer_by)
    assert (to, text.startswith("征信异议 ")) == ("legal_reviewer", True)
    assert f"异议答复 {answer_by} 到期" in text
    vendor_events.answer(
        office.store, office.actor("lawyer"), event_id=event_id, upheld=False, reasons="经核实属实", home=office.home
    )
    assert bell.heard(answer_by) == []


@pytest.mark.both
def test_the_days_of_a_stall_are_told(office: Office, bell: Bell) -> None:
    """Offer, certificate near its end, a withdrawal once its days to speak are over."""
    street = Street(office)
    street.site_id = street.site(SITE)
    application_id = street.admitted()
    street.drawn(street.announced())
    with office.store.read() as session:
        until = session.get_one(StallApplication, application_id).offered_until
    assert until is not None
    ((to, text),) = bell.heard(until)
    assert (to, "摊位答复" in text, "便民服务点申请" in text) == ("clerk", True, True)
    grant_id = street.granted(application_id)
    assert bell.heard(office.today) == []
    stall_withdrawals.propose(
        office.store,
        office.actor("reviewer"),
        grant_id=grant_id,
        ground="idle",
        facts="两次核查都由他人经营",
        evidence="现场照片两张",
        home=office.home,
    )
    stall_withdrawals.tell(office.store, office.actor("reviewer"), withdrawal_id=1, home=office.home)
    with office.store.read() as session:
        answer_by = session.get_one(StallWithdrawal, 1).answer_by
        valid_to = session.get_one(StallGrant, grant_id).valid_to
    assert answer_by is not None
    assert bell.heard(answer_by) == [], "it is the holder's day"
    ((to, text),) = bell.heard(answer_by + DAY)
    assert (to, text.endswith(f"{answer_by} 已经期满，请接着办理")) == ("reviewer", True)
    bell.see("reviewer")
    assert heads(bell.heard(valid_to)) == ["clerk"]
    stall_grants.leave(
        office.store, office.actor("clerk"), grant_id=grant_id, ending="given_up", reason="改行", home=office.home
    )
    assert bell.heard(valid_to) == []


@pytest.mark.both
def test_what_the_fund_has_shown_goes_on_with_the_cashier(office: Office, bell: Bell) -> None:
    fund = Fund(office)
    application_id = fund.shown()
    with office.store.read() as session:
        until = session.get_one(ReliefApplication, application_id).shown_until
    assert until is not None
    assert bell.heard(until) == []
    ((to, text),) = bell.heard(until + DAY)
    assert (to, f"公示 {until} 已经期满" in text) == ("cashier", True)


@pytest.mark.both
def test_a_dossier_is_corrected_by_who_is_responsible(office: Office, bell: Bell) -> None:
    panel = Panel(office, office.home)
    panel.closed()
    row = panel.notified(panel.drawn()[0].assignment_id)
    assert heads(bell.heard(date(2026, 12, 9))) == ["reviewer"]
    assert heads(bell.heard(date(2026, 12, 11))) == ["reviewer", "manager"]
    panel.front("reviewer").correct(row.assignment_id, "已补记送达时间")
    assert bell.heard(date(2026, 12, 11)) == []


@pytest.mark.both
def test_an_entry_of_a_register_is_told_to_whom_it_names(
    office: Office, bell: Bell, front_of: Callable[[Store, Actor], Front]
) -> None:
    desk = Desk(office, front_of)
    entry_id = desk.correction(until="2026-11-30")
    assert bell.heard(date(2026, 11, 26)) == [], "yellow three days before"
    ((to, text),) = bell.heard(date(2026, 11, 27))
    assert (to, text.endswith("：登记结果 2026-11-30 到期，请按时办理")) == ("clerk", True)
    named = {"unit": "向阳路18号便利店", "place": "向阳路18号", "scope": "门前五米", "inspector": "吴文正"}
    told = {**named, "until": "2026-11-30"}
    desk.at("clerk2").enter(NewEntry("front_duties", office.today, told, office.resident()))
    assert heads(bell.heard(date(2026, 11, 27))) == ["clerk", "reviewer"]
    with office.store.work("test.close", office.actor("boss")) as work:
        closed = update(RegisterEntry).where(RegisterEntry.id == entry_id).values(closed_on=date(2026, 11, 27))
        work.session.execute(closed)
        work.audit("test")
    assert heads(bell.heard(date(2026, 11, 27))) == ["reviewer"]


@pytest.mark.both
def test_a_qualification_says_that_it_runs_out_and_is_silent_when_a_later_one_is_there(
    story: Story, bell: Bell
) -> None:
    story.qualify("lawyer", kind="post", number="G001", valid_to=date(2027, 1, 29))
    assert bell.heard(date(2026, 11, 27)) == [], "yellow sixty days before, a Monday"
    ((to, text),) = bell.heard(date(2026, 11, 30))
    assert (to, text) == ("lawyer", "岗位合格证 G001：有效期 2027-01-29 到期，请按时办理")
    assert bell.see("lawyer") == 1
    assert heads(bell.heard(date(2027, 1, 24))) == ["lawyer"], "once more five days before: no schedule is there yet"
    story.qualify("lawyer", kind="post", number="G002", valid_to=date(2030, 1, 29))
    assert bell.heard(date(2027, 1, 24)) == []


@pytest.mark.both
def test_an_enforcement_certificate_says_that_it_runs_out(office: Office, bell: Bell) -> None:
    def enter(number: str, login: str = "", *, helper: bool = False) -> None:
        account_id = office.actor(login).account_id if login else None
        new = NewCertificate(
            number=number,
            name="测试人",
            valid_from=date(2024, 1, 1),
            valid_to=date(2026, 12, 31),
            account_id=account_id,
            helper=helper,
        )
        penalty_staff.enter_certificate(office.store, office.actor("boss"), new=new)

    enter("T-1", "approver")
    enter("T-2")
    enter("T-3", "clerk", helper=True)
    enter("T-4", "reviewer")  # holds another one until 2028
    assert [(to, text.partition("：")[0]) for to, text in bell.heard(date(2026, 12, 31))] == [
        ("approver", "执法证 T-1"),
        ("manager", "执法证 T-2"),
        ("clerk", "协管证 T-3"),
    ]
    with office.store.work("test.left", office.actor("admin")) as work:
        gone = update(Account).where(Account.login == "approver").values(disabled=True)
        work.session.execute(gone)
        work.audit("test")
    assert heads(bell.heard(date(2026, 12, 31))) == ["manager", "clerk"], "of who left nobody needs to hear"


@pytest.mark.both
def test_a_penalty_case_tells_its_officers_the_days_of_the_authority(office: Office, bell: Bell) -> None:
    office.registered()
    due = date(2027, 2, 1)
    found = bell.heard(due - DAY)
    assert {to for to, text in found if "办案期限" in text} == {"reviewer", "other"}
    assert heads(bell.heard(due + 5 * DAY)).count("manager") == 1


@pytest.mark.both
def test_a_decision_is_shown_by_the_manager_and_what_the_party_owes_alarms_nobody(office: Office, bell: Bell) -> None:
    case_id = office.served()
    decision = office.decision_of(case_id)
    with office.store.work("test.publication", office.actor("boss")) as work:
        record = Publication(hall_id=work.hall_id, case_id=case_id, decision_id=decision.id)
        record.decided_on = decision.decided_on
        work.session.add(record)
        work.audit("test")
    found = bell.heard(date(2026, 11, 25))
    told = f"{decision.number}：决定公示 2026-11-25 到期，请按时办理"
    assert [each for each in found if "公示" in each[1]] == [("manager", told)]
    with office.store.work("test.overturned", office.actor("boss")) as work:
        row = work.session.get_one(Publication, 1)
        row.published_on, row.overturned_on = date(2026, 11, 25), date(2026, 11, 27)
        work.audit("test")
    assert [text for _, text in bell.heard(date(2026, 12, 1)) if "公示" in text] == [
        f"{decision.number}：撤回公示 2026-12-02 到期，请按时办理"
    ]
    assert not [text for _, text in found if "缴纳罚款" in text], "the party's own days are not ours to miss"


def test_everything_that_is_due_is_looked_at() -> None:
    assert len(SOURCES) == 14
    assert "permit_case" not in SOURCES, "its chain is the escalation"
