"""Vendors: entered once, found masked, leaving and coming back, with a record of their own to take away."""

from datetime import date

import pytest
from sqlalchemy import select

from hall.errors import Refused
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services import vendor_lists, vendors
from hall.services.case_paper import Content
from hall.services.persons import PersonDetails
from hall.services.reasons import ReasonNeeded
from hall.services.vendor_records import NoSuchVendor
from hall.services.vendors import LeftAlready, NewVendor, NoCategory, NumberNeeded, VendorKnown
from hall.store import Store
from hall.store.schema.trail import AuditRow
from tests.services.vendors.market import HELPED, Market, lent_on


@pytest.mark.both
def test_a_vendor_is_entered_found_masked_and_takes_the_record_away(market: Market) -> None:
    person = market.office.resident(name="张测明")
    entered = market.enter(person, farmer=True)
    row = market.vendor(entered.vendor_id)
    assert (row.number, row.person.name_masked, row.score.points, row.score.level.code) == (
        "L202600001",
        "张*明",
        100,
        "B",
    )
    assert market.admission(entered.person_id).admitted
    clerk = market.office.actor("clerk")
    for text in ("L20260", "张测", person.id_number, "早市"):
        found = vendor_lists.vendors(market.store, clerk, text=text, home=market.home)
        assert [each.vendor_id for each in found] == [entered.vendor_id], text
    assert vendor_lists.vendors(market.store, clerk, text="李四", home=market.home) == ()
    market.confirmed(entered.vendor_id, HELPED)
    issued = vendors.give_record(market.store, clerk, vendor_id=entered.vendor_id, home=market.home)
    paper = market.office.content(issued.document_id)
    assert str(paper["balance"]).startswith("105分，B级（良好）")
    assert person.id_number not in str(paper)


@pytest.mark.both
def test_somebody_is_one_vendor_and_comes_back_with_the_old_record(market: Market) -> None:
    person = market.office.resident()
    first = market.enter(person)
    with pytest.raises(VendorKnown, match="L202600001"):
        market.enter(person)
    clerk = market.office.actor("clerk")
    market.confirmed(first.vendor_id, HELPED)
    vendors.leave(market.store, clerk, vendor_id=first.vendor_id, reason="回乡")
    with pytest.raises(LeftAlready):
        vendors.leave(market.store, clerk, vendor_id=first.vendor_id, reason="回乡")
    assert vendor_lists.vendors(market.store, clerk, home=market.home) == ()
    again = market.enter(person)
    assert (again.vendor_id, again.returned) == (first.vendor_id, True)
    assert market.vendor(first.vendor_id).score.points == 105


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewVendor(PersonDetails("resident", "张测明"), "food"), NumberNeeded),
        (NewVendor(PersonDetails("resident", "张测明", id_number="x"), "gold"), NoCategory),  # type: ignore[arg-type]
    ],
)
def test_who_cannot_be_recognised_is_not_entered(market: Market, new: NewVendor, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        vendors.enter(market.store, market.office.actor("clerk"), new=new)


def test_vendors_are_entered_at_the_counter_and_leave_with_a_reason(market: Market, actor: Actor) -> None:
    with pytest.raises(NotAuthorised):
        vendors.enter(market.store, market.office.actor("boss"), new=NewVendor(market.office.resident(), "food"))
    with pytest.raises(ReasonNeeded):
        vendors.leave(market.store, market.office.actor("clerk"), vendor_id=1, reason=" ")
    with pytest.raises(NoSuchVendor):
        vendors.leave(market.store, market.office.actor("clerk"), vendor_id=99, reason="回乡")


def test_a_record_lists_what_is_kept_and_says_what_counts(market: Market) -> None:
    entered = market.enter()
    market.noted(entered.vendor_id, lent_on(18))
    market.told(entered.vendor_id, lent_on(19))
    market.objected(entered.vendor_id)
    clerk = market.office.actor("clerk")
    issued = vendors.give_record(market.store, clerk, vendor_id=entered.vendor_id, home=market.home)
    paper = market.office.content(issued.document_id)
    assert standings(paper) == [
        "2026年11月23日当面交付；异议期未满，不计",
        "2026年11月23日当面交付；本人有异议，不计",
    ]
    assert paper["objection"] == "第2项：2026年11月23日提出异议，正在核查。"


def test_no_number_stands_in_the_audit(market: Market, store: Store) -> None:
    person = market.office.resident()
    market.told(market.enter(person).vendor_id)
    with store.read() as session:
        trail = " ".join(str(detail) for detail in session.scalars(select(AuditRow.detail)))
    assert person.id_number not in trail
    assert person.name not in trail


def test_the_rule_of_today_can_be_read(market: Market) -> None:
    rule = vendor_lists.rule_in_force(market.store, market.office.actor("clerk"), home=market.home)
    assert rule.effective_from == date(2026, 1, 1)


def standings(paper: Content) -> list[str]:
    """What the rows of a record say."""
    rows = paper["events"]
    assert isinstance(rows, list)
    return [str(row["standing"]) for row in rows]
