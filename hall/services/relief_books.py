"""The only writer of the relief fund's books: one posting after the other, under one lock, never below nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast
from unicodedata import normalize

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules import relief as books
from hall.rules.authority import require
from hall.rules.identity import mask_name
from hall.rules.people import Actor
from hall.rules.relief import BadPosting, Balance, Book, Line, PostingKind
from hall.services.persons import NameMissing, refuse_numbers
from hall.services.reasons import reason_for, short_text
from hall.services.relief_records import (
    BOOKS,
    TOPIC,
    Happening,
    note_relief,
    relief_locked,
)
from hall.services.subject_records import settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.relief import ReliefApplication, ReliefLine, ReliefPosting

Wish = Literal["masked", "full", "hidden"]
DONOR = "relief_posting.donor"
ANONYMOUS = "爱心人士"
LONGEST_REFERENCE = 60


class NoSuchPosting(Missing):
    """No posting of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有找到这笔账，可能属于别的大厅。请刷新列表后重新选择。")


class ReferenceTaken(Refused):
    """A voucher is booked once."""

    def __init__(self, reference: str, serial: int) -> None:
        super().__init__(f"凭证 {reference} 已经记在第 {serial} 笔账上，没有重复记账。请核对凭证号。")


class ReferenceNeeded(Refused):
    """Nothing is booked without a voucher."""

    def __init__(self) -> None:
        super().__init__(f"请写明凭证号（捐赠票据号、发票号或者转账流水号），不超过 {LONGEST_REFERENCE} 个字。")


class DayToCome(Refused):
    """What has not happened yet is not booked."""

    def __init__(self, day: date) -> None:
        super().__init__(f"记账日期 {day} 还没有到。请写款物实际收付的日期。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What was given to the fund: money, or goods of a value in fen, with the charity's receipt number.

    `wish` is how the donor wants to be named in public; `purpose` what it is wanted to be used for.
    """

    day: date
    donor_name: str = field(repr=False)
    reference: str
    organisation: bool = False
    wish: Wish = "masked"
    money_fen: int = 0
    goods_fen: int = 0
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPosting:
    """A posting before it has its serial and its balances."""

    kind: PostingKind
    lines: tuple[Line, ...]
    day: date
    reference: str = ""
    memo: str = ""
    donor_sealed: str | None = None
    donor_shown: str = ""
    application_id: int | None = None
    reverses_id: int | None = None
    document_id: int | None = None


@retried
def donate(store: Store, actor: Actor, *, gift: Gift) -> int:
    """登记捐赠; gives the serial of its posting.

    Raises ReferenceTaken, ReferenceNeeded, BadPosting, DayToCome, ReasonHoldsNumber.
    """
    require(actor, "relief.book")
    name, purpose = gift.donor_name.strip(), short_text(gift.purpose)
    refuse_numbers(name)
    if not name and gift.wish != "hidden":
        raise NameMissing
    lines = books.donation(money=gift.money_fen, goods=gift.goods_fen)
    with store.work("relief.book", actor) as work:
        work.lock(BOOKS)
        record = post(
            work,
            NewPosting(
                kind="donation",
                lines=lines,
                day=gift.day,
                reference=_checked_reference(gift.reference),
                memo=purpose,
                donor_sealed=work.key_ring.seal(name, DONOR) if name else None,
                donor_shown=shown_donor(name, gift),
            ),
        )
        return _settled(work, record)


@retried
def buy(store: Store, actor: Actor, *, cost_fen: int, goods: str, reference: str, day: date) -> int:
    """登记购置物资 with the fund's money; gives the serial. Raises NotEnough, ReferenceTaken."""
    require(actor, "relief.book")
    memo = reason_for("购置物资", goods)
    lines = books.purchase(cost_fen)
    with store.work("relief.book", actor) as work:
        work.lock(BOOKS)
        new = NewPosting(kind="purchase", lines=lines, day=day, reference=_checked_reference(reference), memo=memo)
        return _settled(work, post(work, new))


@retried
def take_back(store: Store, actor: Actor, *, posting_id: int, fen: int, reason: str, reference: str) -> int:
    """登记退回 of money or goods that an award's posting gave, all or a part; gives the serial.

    Raises BadPosting where more comes back than was given.
    """
    require(actor, "relief.book")
    why = reason_for("退回", reason)
    with store.work("relief.book", actor) as work:
        given = _posting(work, posting_id)
        if given.kind != "award" or given.application_id is None:
            raise BadPosting("只有发放救助的一笔才有退回。捐赠、购置记错的，请用冲正。")
        application = relief_locked(work, given.application_id, BOOKS)
        _refuse_reversed(work.session, given)
        in_goods = any(line.book == "goods" for line in lines_of(work.session, given.id))
        lines = books.returned(goods=fen) if in_goods else books.returned(money=fen)
        _check_awarded(work.session, application.id, lines)
        record = post(
            work,
            NewPosting(
                kind="return",
                lines=lines,
                day=business_date(work.now),
                reference=_checked_reference(reference),
                memo=why,
                application_id=application.id,
            ),
        )
        note_relief(work, application, Happening("returned", why, {"serial": record.serial, "fen": fen}))
        return _settled(work, record)


@retried
def reverse(store: Store, actor: Actor, *, posting_id: int, reason: str) -> int:
    """冲正 a posting that was entered wrongly; gives the serial. An award that never arrived waits to be given again.

    Raises BadPosting for one that is reversed already, NotEnough where the fund has spent what it would lose.
    """
    require(actor, "relief.book")
    why = reason_for("冲正", reason)
    with store.work("relief.book", actor) as work:
        wrong = _posting(work, posting_id)
        application = _application_locked(work, wrong)
        if wrong.kind == "reversal":
            raise BadPosting("冲正本身不能再冲正。原来那笔账确实发生过的，请重新记一笔。")
        _refuse_reversed(work.session, wrong)
        lines = books.reversed_lines(lines_of(work.session, wrong.id))
        if application is not None:
            _check_awarded(work.session, application.id, lines)
        record = post(
            work,
            NewPosting(
                kind="reversal",
                lines=lines,
                day=business_date(work.now),
                memo=why,
                application_id=wrong.application_id,
                reverses_id=wrong.id,
            ),
        )
        if application is not None:
            if wrong.kind == "award":
                application.state, application.given_on, application.closed_on = "shown", None, None
            note_relief(work, application, Happening("reversed", why, {"serial": wrong.serial}))
        return _settled(work, record)


def post(work: Work, new: NewPosting) -> ReliefPosting:
    """Within the caller's work, which holds the lock `BOOKS`: write it with the balances after it.

    Raises NotEnough, BadPosting, ReferenceTaken, DayToCome.
    """
    if new.day > business_date(work.now):
        raise DayToCome(new.day)
    _refuse_taken(work, new.reference)
    balance = books.after(balance_of(work.session, work.hall_id), new.lines)
    own = select(func.coalesce(func.max(ReliefPosting.serial), 0)).where(ReliefPosting.hall_id == work.hall_id)
    record = ReliefPosting(
        hall_id=work.hall_id,
        serial=work.session.scalars(own).one() + 1,
        kind=new.kind,
        day=new.day,
        at=work.now,
        account_id=work.actor.account_id,
        donor_sealed=new.donor_sealed,
        donor_shown=new.donor_shown,
        application_id=new.application_id,
        reverses_id=new.reverses_id,
        reference=new.reference,
        memo=new.memo,
        money_after=balance.money,
        goods_after=balance.goods,
        document_id=new.document_id,
    )
    work.session.add(record)
    work.session.flush()
    work.session.add_all(
        ReliefLine(hall_id=work.hall_id, posting_id=record.id, book=line.book, fen=line.fen) for line in new.lines
    )
    work.session.flush()
    return record


def balance_of(session: Session, hall_id: int) -> Balance:
    """What the fund has now, by all its lines."""
    query = select(ReliefLine.book, func.sum(ReliefLine.fen)).where(ReliefLine.hall_id == hall_id)
    sums = {book: int(fen) for book, fen in session.execute(query.group_by(ReliefLine.book))}
    return Balance(**sums)


def lines_of(session: Session, posting_id: int) -> tuple[Line, ...]:
    """The sides of a posting."""
    query = select(ReliefLine.book, ReliefLine.fen).where(ReliefLine.posting_id == posting_id)
    return tuple(Line(cast(Book, book), fen) for book, fen in session.execute(query.order_by(ReliefLine.book)))


def shown_donor(name: str, gift: Gift) -> str:
    """The donor as it wants to be published."""
    if gift.wish == "hidden":
        return ANONYMOUS
    return name if gift.organisation or gift.wish == "full" else mask_name(name)


def checked_award_reference(work: Work, reference: str) -> str:
    """The voucher of an award before its paper is issued; raises ReferenceNeeded, ReferenceTaken."""
    checked = _checked_reference(reference)
    _refuse_taken(work, checked)
    return checked


def _settled(work: Work, record: ReliefPosting) -> int:
    settle_subject(work, TOPIC, "relief_posting", record.id, serial=record.serial, kind=record.kind)
    return record.serial


def _posting(work: Work, posting_id: int) -> ReliefPosting:
    record = work.session.get(ReliefPosting, posting_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchPosting
    return record


def _application_locked(work: Work, posting: ReliefPosting) -> ReliefApplication | None:
    if posting.application_id is None:
        work.lock(BOOKS)
        return None
    return relief_locked(work, posting.application_id, BOOKS)


def _checked_reference(text: str) -> str:
    """In one way of writing: full and half width, capitals and small letters are one voucher."""
    reference = " ".join(normalize("NFKC", text).upper().split())
    if not reference or len(reference) > LONGEST_REFERENCE:
        raise ReferenceNeeded
    return reference


def _refuse_taken(work: Work, reference: str) -> None:
    query = select(ReliefPosting.serial).where(
        ReliefPosting.hall_id == work.hall_id, ReliefPosting.reference == reference
    )
    if reference and (serial := work.session.scalar(query)) is not None:
        raise ReferenceTaken(reference, serial)


def _refuse_reversed(session: Session, posting: ReliefPosting) -> None:
    serial = session.scalar(select(ReliefPosting.serial).where(ReliefPosting.reverses_id == posting.id))
    if serial is not None:
        raise BadPosting(f"第 {posting.serial} 笔已由第 {serial} 笔冲正，不能再办。请刷新后核对。")


def _check_awarded(session: Session, application_id: int, lines: Sequence[Line]) -> None:
    """Of one application no more comes back than went to it."""
    query = (
        select(func.coalesce(func.sum(ReliefLine.fen), 0))
        .join(ReliefPosting, ReliefPosting.id == ReliefLine.posting_id)
        .where(ReliefPosting.application_id == application_id, ReliefLine.book == "awarded")
    )
    went = session.scalars(query).one()
    if went + sum(line.fen for line in lines if line.book == "awarded") < 0:
        raise BadPosting("退回的数额超过了这件申请实际发放的数额（退回过的已经扣除），没有记账。请核对。")
