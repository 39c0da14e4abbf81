"""Paying later or in parts: asked for, granted with its paper, refused with remedies; nothing is added meanwhile."""

import json
from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.fine_acts import NotNow
from hall.rules.fine_entries import BadEntry
from hall.rules.fines import Part
from hall.rules.penalty_duties import DutyConflict
from hall.services import deferrals
from hall.services.deferrals import NewDeferral, PlanShape
from hall.services.documents import content_of
from hall.services.reasons import ReasonNeeded
from hall.store.schema.documents import Document
from hall.store.schema.fines import DeferralRequest
from tests.services.penalties.office import FINE, Office
from tests.services.penalties.test_fines import owed, pay

DUE = date(2026, 12, 3)
HALVES = Part(date(2026, 12, 31), FINE // 2), Part(date(2027, 1, 29), FINE // 2)


def asked(*parts: Part, kind: deferrals.DeferralKind = "instalments") -> NewDeferral:
    return NewDeferral(kind, "家里有重病病人，收入只够生活", "社区居民委员会的证明", parts or HALVES)


def apply(office: Office, case_id: int, new: NewDeferral | None = None, *, by: str = "clerk") -> int:
    return deferrals.apply(office.store, office.actor(by), case_id=case_id, new=new or asked(), home=office.home)


def paper(office: Office, document_id: int) -> tuple[str, str]:
    """Kind and frozen content."""
    with office.store.read() as session:
        document = session.get_one(Document, document_id)
        return document.kind, json.dumps(content_of(document, office.store.key_ring), ensure_ascii=False)


def test_instalments_replace_the_last_day_and_are_told_on_paper(office: Office, served_case: int) -> None:
    apply(office, served_case)
    assert owed(office, served_case).paused_by == ("application",)
    office.on(date(2026, 11, 26))
    issued = deferrals.grant(office.store, office.actor("approver"), case_id=served_case, home=office.home)
    granted = owed(office, served_case)
    assert (granted.plan, granted.plan_ends_on, granted.due_on) == ("deferral", HALVES[1].due_on, HALVES[0].due_on)
    assert owed(office, served_case, date(2026, 12, 31)).added_fen == 0
    assert owed(office, served_case, date(2027, 1, 1)).added_fen == 4_500
    assert granted.principal_fen == FINE == sum(part.fen for part in granted.parts)
    kind, content = paper(office, issued.document_id)
    assert kind == "deferral"
    assert "2027年1月29日" in content
    assert "¥1,500.00" in content
    assert office.events(served_case)[-1].document_id == issued.document_id


def test_a_plan_is_granted_for_what_is_left_after_a_payment_and_a_first_day_that_passed(
    office: Office, served_case: int
) -> None:
    apply(office, served_case)
    pay(office, served_case, 50_000)
    office.on(date(2027, 1, 4))
    issued = deferrals.grant(office.store, office.actor("approver"), case_id=served_case, home=office.home)
    granted = owed(office, served_case)
    assert [(part.due_on, part.fen) for part in granted.parts] == [(HALVES[1].due_on, FINE - 50_000)]
    assert granted.added_fen == 0
    assert "¥2,500.00" in paper(office, issued.document_id)[1]


def test_an_application_is_answered_also_after_everything_was_paid(office: Office, served_case: int) -> None:
    apply(office, served_case)
    pay(office, served_case, FINE)
    approver = office.actor("approver")
    with pytest.raises(BadEntry, match="没有未缴的款项"):
        deferrals.grant(office.store, approver, case_id=served_case, home=office.home)
    deferrals.refuse(office.store, approver, case_id=served_case, reasons="罚款已经缴清，不需要分期", home=office.home)
    with office.store.read() as session:
        assert session.query(DeferralRequest).one().decided_on == office.today


@pytest.mark.both
def test_a_refusal_gives_reasons_and_the_days_until_it_are_left_out(office: Office, served_case: int) -> None:
    apply(office, served_case, asked(Part(date(2027, 3, 1), FINE), kind="deferral"))
    office.on(date(2026, 12, 10))
    approver = office.actor("approver")
    with pytest.raises(ReasonNeeded):
        deferrals.refuse(office.store, approver, case_id=served_case, reasons=" ", home=office.home)
    issued = deferrals.refuse(
        office.store, approver, case_id=served_case, reasons="没有证明经济确有困难", home=office.home
    )
    assert owed(office, served_case, date(2026, 12, 10)).added_fen == 0
    assert owed(office, served_case, date(2026, 12, 11)).added_fen == 9_000
    kind, content = paper(office, issued.document_id)
    assert kind == "deferral_refusal"
    assert "没有证明经济确有困难" in content
    assert "2026年12月3日" in content
    assert '"held": "是"' in content
    with office.store.read() as session:
        assert session.query(DeferralRequest).one().granted is False
    with pytest.raises(NotNow, match="没有等待审批"):
        deferrals.grant(office.store, approver, case_id=served_case, home=office.home)


@pytest.mark.both
def test_a_late_application_holds_nothing_and_what_was_added_stays_owed(office: Office, served_case: int) -> None:
    office.on(date(2026, 12, 8))
    pay(office, served_case, 100_000)
    apply(office, served_case, asked(Part(date(2026, 12, 31), 100_000), Part(date(2027, 1, 29), 100_000)))
    office.on(date(2026, 12, 9))
    issued = deferrals.grant(office.store, office.actor("approver"), case_id=served_case, home=office.home)
    later = owed(office, served_case, date(2026, 12, 30))
    assert (later.added_left_fen, later.principal_left_fen) == (5 * 9_000, 200_000)
    _, content = paper(office, issued.document_id)
    assert "¥1,000.00" in content
    assert "¥450.00" in content


def test_what_may_not_be_asked_for_is_refused_and_nothing_is_kept(office: Office) -> None:
    case_id, unserved = office.served(), office.decided()
    with pytest.raises(BadEntry, match=r"比应缴的¥3,000\.00少¥0\.01"):
        apply(office, case_id, asked(HALVES[0], Part(HALVES[1].due_on, FINE // 2 - 1)))
    with pytest.raises(PlanShape):
        apply(office, case_id, asked(HALVES[0], HALVES[1], kind="deferral"))
    with pytest.raises(NotNow, match="还没有登记送达"):
        apply(office, unserved)
    with pytest.raises(NotAuthorised):
        apply(office, case_id, by="approver")
    with pytest.raises(ReasonNeeded):
        apply(office, case_id, NewDeferral("instalments", "", "证明", HALVES))
    with office.store.read() as session:
        assert session.query(DeferralRequest).count() == 0
    apply(office, case_id)
    with pytest.raises(NotNow, match="已有一件暂缓、分期申请"):
        apply(office, case_id)
    with pytest.raises(DutyConflict):
        deferrals.grant(office.store, office.actor("everything"), case_id=_taken_in(office), home=office.home)


def _taken_in(office: Office) -> int:
    """A case whose application was taken in by somebody who holds every role."""
    case_id = office.served()
    apply(office, case_id, by="everything")
    return case_id
