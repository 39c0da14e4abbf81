"""The sheet of what is made public (双公示)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.services.case_paper import Row
from hall.services.papers_addressee import Addressee
from hall.services.papers_common import Due, Fields, day_text, due_text, numbered

PublishedKind = Literal["permit", "penalty", "promise"]

_PUBLISHED: dict[PublishedKind, str] = {"permit": "行政许可", "penalty": "行政处罚", "promise": "信用承诺"}


@dataclass(frozen=True, slots=True)
class Published:
    """A decision that is made public; `publish_by` is the last day (seven workdays)."""

    kind: PublishedKind
    matter: str
    party: Addressee
    number: str
    result: str
    decided_on: date
    publish_by: Due


@dataclass(frozen=True, slots=True)
class PublicityWithdrawal:
    """A penalty that was overturned and is taken down again, by `due` (three workdays, 行政处罚法 48(2))."""

    number: str
    reason: str
    overturned_on: date
    due: Due
    withdrawn_on: date | None


def publicity(
    common: Fields,
    *,
    shown_from: date,
    shown_until: date | None,
    entries: tuple[Published, ...],
    withdrawals: tuple[PublicityWithdrawal, ...] = (),
) -> Fields:
    """`publicity` 公示表: rows `entries` and `withdrawals`. A person is masked; an organisation shows its code."""
    return {
        **common,
        "shown_from": day_text(shown_from),
        "shown_until": day_text(shown_until, without="长期"),
        "entries": numbered(_published(each) for each in entries),
        "withdrawals": numbered(_withdrawn(each) for each in withdrawals),
    }


def _published(each: Published) -> Row:
    return {
        "kind": _PUBLISHED[each.kind],
        "matter": each.matter,
        "party": each.party.public_name,
        "identity": each.party.identity,
        "number": each.number,
        "result": each.result,
        "decided_on": day_text(each.decided_on),
        "publish_by": due_text(each.publish_by),
    }


def _withdrawn(each: PublicityWithdrawal) -> Row:
    return {
        "number": each.number,
        "reason": each.reason,
        "overturned_on": day_text(each.overturned_on),
        "due": due_text(each.due),
        "withdrawn_on": day_text(each.withdrawn_on),
    }
