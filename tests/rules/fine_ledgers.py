"""Ledgers of fines as people would write them, drawn at random: whatever the rule of entries refuses is left out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from hall.rules.fine_entries import BadEntry, Growth, check_entry, numbered_after, plan_total
from hall.rules.fines import AGREEMENT, APPLICATION, DEFERRAL, LITIGATION, REVIEW, UNTOLD, Entry, EntryKind, Part
from hall.services.calendar import shipped_limits
from hall.services.penalty_terms import penalty_terms

DAY = timedelta(days=1)
DUE = date(2026, 3, 24)
TERMS = penalty_terms(Path("nowhere"), DUE)
SURCHARGE = shipped_limits().surcharge("fine.surcharge", DUE)
GROWTH = Growth(TERMS, SURCHARGE)

growths = st.builds(
    lambda base, first, revives, counts: Growth(
        replace(TERMS, surcharge_base=base, credit_first=first, breach_revives=revives),
        replace(SURCHARGE, payment_day_counts=counts),
    ),
    st.sampled_from(["unpaid", "fine"]),
    st.sampled_from(["principal", "surcharge"]),
    st.booleans(),
    st.booleans(),
)
"""Every reading that law leaves open."""

Wish = tuple[EntryKind, int, int, str, int]
"""Kind, days since the wish before, share of what is possible in hundredths, cause, number of parts."""

wishes = st.lists(
    st.tuples(
        st.sampled_from(
            ["pay", "pay", "plan", "pause", "resume", "waive", "breach", "refund", "reverse", "vary", "revoke"]
        ),
        st.integers(0, 30),
        st.integers(0, 120),
        st.sampled_from([REVIEW, LITIGATION, APPLICATION, DEFERRAL, AGREEMENT]),
        st.integers(1, 4),
    ),
    max_size=12,
)


def day(offset: int) -> date:
    return DUE + offset * DAY


def imposed(fen: int = 100_000, *, told: bool = True) -> Entry:
    return Entry(1, "impose", DUE, fen, cause="" if told else UNTOLD)


def ledger(fen: int, told: bool, wished: Sequence[Wish], growth: Growth) -> tuple[list[Entry], date]:
    """The entries that may be written of what was wished, and the day of the last wish."""
    entries, today = [imposed(fen, told=told)], DUE - 10 * DAY
    for wish in wished:
        today += wish[1] * DAY
        new = numbered_after(entries, _entry(entries, wish, today, growth))
        try:
            check_entry(entries, new, today=today, growth=growth)
        except BadEntry:
            continue
        entries.append(new)
    return entries, today


def _entry(entries: Sequence[Entry], wish: Wish, today: date, growth: Growth) -> Entry:
    kind, _, share, cause, parts = wish
    now = growth.position(entries, today)
    plain = Entry(0, kind, today)
    if kind == "plan":
        cause = AGREEMENT if cause == AGREEMENT else DEFERRAL
        return replace(plain, cause=cause, parts=_parts(entries, today, cause, parts, growth))
    if kind in ("pause", "resume"):
        return replace(plain, cause=cause)
    if kind == "reverse":
        paid = [entry for entry in entries if entry.kind == "pay"][-1:]
        return replace(plain, fen=sum(each.fen for each in paid), reverses=paid[0].id if paid else None)
    of = {"pay": now.balance_fen, "waive": now.added_left_fen, "refund": now.over_fen, "vary": now.principal_fen}
    new = replace(plain, fen=of.get(kind, 0) * share // 100)
    return replace(new, day=today - min(share, 9) * DAY) if kind == "pay" else new


def _parts(entries: Sequence[Entry], today: date, cause: str, count: int, growth: Growth) -> tuple[Part, ...]:
    total = plan_total(entries, today, cause, growth)
    each = [total // count] * (count - 1)
    return tuple(Part(today + (number + 1) * 10 * DAY, fen) for number, fen in enumerate([*each, total - sum(each)]))
