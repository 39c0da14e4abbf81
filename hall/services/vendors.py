"""Vendors (流动经营者) are entered once, by card or number; they leave and come back, and ask for their own record."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.issuing import Issued
from hall.services.persons import PersonDetails, record_details
from hall.services.reasons import reason_for, short_text
from hall.services.subject_records import add_event, lock_subject, settle_subject
from hall.services.vendor_papers import issue_record
from hall.services.vendor_records import TOPIC, vendor_locked
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.vendors import Vendor

Category = Literal["food", "produce", "goods", "repair", "other"]


class NumberNeeded(Refused):
    """Without a number nobody can be recognised, and points would hit somebody else."""

    def __init__(self) -> None:
        super().__init__("登记流动经营者要有证件号码：请刷身份证，或者录入证件号码、统一社会信用代码。")


class VendorKnown(Refused):
    """A person is one vendor."""

    def __init__(self, number: str) -> None:
        super().__init__(f"这位经营者已经登记，编号 {number}。请在列表里查找，不要重复登记。")


class NoCategory(Refused):
    """A trade that is none of ours."""

    def __init__(self) -> None:
        super().__init__("请选择经营类别。")


class LeftAlready(Refused):
    """Somebody leaves once."""

    def __init__(self) -> None:
        super().__init__("这位经营者已经登记离开，不用再登记。")


@dataclass(frozen=True, slots=True)
class NewVendor:
    """Somebody who trades without a shop. `farmer`: sells what the household grew itself."""

    person: PersonDetails = field(repr=False)
    category: Category
    farmer: bool = False
    usual_place: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered; `returned`: had left and comes back, with the record that was there."""

    vendor_id: int
    person_id: int
    number: str
    returned: bool


@retried
def enter(store: Store, actor: Actor, *, new: NewVendor) -> Entered:
    """登记流动经营者, or take up again who had left. Raises NumberNeeded, VendorKnown, NoCategory and bad numbers."""
    require(actor, "vendor.enter")
    if new.category not in get_args(Category):
        raise NoCategory
    if not new.person.id_number.strip():
        raise NumberNeeded
    place = short_text(new.usual_place)
    with store.work("vendor.enter", actor) as work:
        person_id = record_details(work, new.person)
        work.lock(f"vendor-person/{person_id}")
        known = work.session.scalar(select(Vendor).where(Vendor.hall_id == work.hall_id, Vendor.person_id == person_id))
        if known is not None and known.left_on is None:
            raise VendorKnown(known.number)
        vendor = known or _new(work, person_id)
        vendor.category, vendor.farmer, vendor.usual_place = new.category, new.farmer, place
        vendor.left_on, vendor.left_why = None, ""
        work.session.add(vendor)
        work.session.flush()
        lock_subject(work, "vendor", vendor.id)
        _settle(work, vendor, "enter" if known is None else "return")
        return Entered(vendor.id, person_id, vendor.number, known is not None)


@retried
def leave(store: Store, actor: Actor, *, vendor_id: int, reason: str) -> None:
    """登记离开: trades no more; the record stays and ends by itself. Raises LeftAlready, NoSuchVendor."""
    require(actor, "vendor.enter")
    why = reason_for("登记离开", reason)
    with store.work("vendor.enter", actor) as work:
        vendor = vendor_locked(work, vendor_id)
        if vendor.left_on is not None:
            raise LeftAlready
        vendor.left_on, vendor.left_why = business_date(work.now), why
        _settle(work, vendor, "leave", note=why)


@retried
def give_record(store: Store, actor: Actor, *, vendor_id: int, home: Path) -> Issued:
    """征信记录表 for the person: everything that is kept, what counts and why the rest does not (个人信息保护法 45)."""
    require(actor, "vendor.tell")
    with store.work("vendor.tell", actor) as work:
        vendor = vendor_locked(work, vendor_id)
        issued = issue_record(work, vendor, home=home)
        _settle(work, vendor, "record", document_id=issued.document_id)
        return issued


def _new(work: Work, person_id: int) -> Vendor:
    today = business_date(work.now)
    serial = work.next_number("vendor", str(today.year))
    return Vendor(
        hall_id=work.hall_id,
        number=f"L{today.year}{serial:05d}",
        person_id=person_id,
        registered_on=today,
        account_id=work.actor.account_id,
    )


def _settle(work: Work, vendor: Vendor, kind: str, *, note: str = "", document_id: int | None = None) -> None:
    state = "left" if vendor.left_on else "open"
    add_event(work, "vendor", vendor.id, kind, state=state, note=note, document_id=document_id)
    settle_subject(work, TOPIC, "vendor", vendor.id, act=kind, number=vendor.number)
