"""What may be written into the ledger of a fine: every entry that would make it untrue is refused here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from hall.errors import Refused
from hall.rules.fine_replay import fitted
from hall.rules.fines import AGREEMENT, APPLICATION, LITIGATION, REVIEW, Entry, FinePosition, Part, position
from hall.rules.money import LARGEST_FEN, yuan
from hall.rules.money_words import money_figures
from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.surcharge import SurchargeTerms

_DAY = timedelta(days=1)
_FARTHEST = timedelta(days=3653)
"""No party is put off for more than ten years: such a day is a slip of the hand."""
REMEDIES = (REVIEW, LITIGATION)
"""Nobody is before the review body and the court at once (行政复议法 29)."""


class BadEntry(Refused):
    """An entry that contradicts the ledger or law; the sentence says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Growth:
    """By which terms a fine grows: the bureau's (`penalties.toml`) and law's (`timelimits.csv`)."""

    terms: PenaltyTerms
    surcharge: SurchargeTerms

    def position(self, entries: Sequence[Entry], on: date) -> FinePosition:
        """What is owed `on` a day; raises BadEntry where no fine was imposed."""
        found = position(entries, on=on, terms=self.terms, surcharge=self.surcharge)
        if found is None:
            raise BadEntry("处罚决定尚未登记送达，应缴数额和期限还没有确定，请先登记送达。")
        return found


def check_entry(entries: Sequence[Entry], new: Entry, *, today: date, growth: Growth) -> None:
    """Raise BadEntry unless `new` may be written `today` after `entries`.

    Nothing is of a day to come, but that a pause begins or ends tomorrow.
    """
    if new.kind == "impose":
        _check_impose(entries, new)
        return
    now = growth.position(entries, today)
    if new.day > (today + _DAY if new.kind in ("pause", "resume") else today):
        raise BadEntry(f"{new.day}还没有到，请核对日期。")
    match new.kind:
        case "pay":
            check_sum(new.fen)
        case "plan":
            check_parts(new.parts, total=plan_total(entries, new.day, new.cause, growth), first=new.day)
            _check_not_agreed(now)
        case "waive":
            _check_waive(new, waivable(entries, new.day, growth))
        case "pause" | "resume":
            _check_pause(entries, new)
        case "breach":
            _check_breach(growth.position(entries, new.day))
        case "refund":
            _check_refund(new, min(now.over_fen, growth.position(entries, new.day).over_fen))
        case "reverse":
            _check_reverse(entries, new)
            _check_not_given_back(now, growth.position([*entries, new], today))
        case _:
            _check_change(new, now)


def check_sum(fen: int) -> None:
    """Raise BadEntry unless it is a positive amount that a fine comes near."""
    if not 0 < fen <= LARGEST_FEN:
        raise BadEntry(f"金额应大于0、不超过{money_figures(yuan(LARGEST_FEN))}，请核对。")


def check_parts(parts: Sequence[Part], *, total: int, first: date) -> None:
    """Raise BadEntry unless the parts come one after the other from `first` on and add up to `total`."""
    if not total:
        raise BadEntry("已经没有未缴的款项，不需要再约定缴款计划。")
    if not parts or any(part.fen <= 0 for part in parts):
        raise BadEntry("缴款计划每一期都要写金额，且大于0。")
    if parts[0].due_on < first:
        raise BadEntry(f"第1期的期限{parts[0].due_on}早于{first}，请写以后的日期。")
    for number, (before, after) in enumerate(pairwise(parts), 2):
        if after.due_on <= before.due_on:
            raise BadEntry(f"第{number}期的期限{after.due_on}不在上一期{before.due_on}之后，请按先后填写。")
    if parts[-1].due_on - first > _FARTHEST:
        raise BadEntry(f"第{len(parts)}期的期限{parts[-1].due_on}在十年以后，请核对年份。")
    planned = sum(part.fen for part in parts)
    if planned != total:
        more = "多" if planned > total else "少"
        raise BadEntry(
            f"各期合计{money_figures(yuan(planned))}，比应缴的{money_figures(yuan(total))}"
            f"{more}{money_figures(yuan(abs(planned - total)))}，请改到相等。"
        )


def parts_left(parts: Sequence[Part], *, total: int, first: date) -> tuple[Part, ...]:
    """A plan that was asked for as it stands on the day `first` on which it is granted, adding up to `total`.

    What was paid meanwhile comes off the earliest parts; what fell due while the answer was waited for is due with the
    next part, in favour of the party. Without a part to come it is what was asked for.
    """
    fitting = fitted([(part.due_on.toordinal(), part.fen) for part in parts], total)
    left = [Part(date.fromordinal(part.due), part.fen) for part in fitting if part.fen]
    coming = [part for part in left if part.due_on >= first]
    if not coming:
        return tuple(parts)
    passed = sum(part.fen for part in left if part.due_on < first)
    return replace(coming[0], fen=coming[0].fen + passed), *coming[1:]


def plan_total(entries: Sequence[Entry], day: date, cause: str, growth: Growth) -> int:
    """What a plan that counts from `day` has to add up to: the unpaid fine, under an agreement also what was added."""
    trial = Entry(_next_id(entries), "plan", day, cause=cause, parts=(Part(day, 1),))
    return sum(part.fen for part in growth.position([*entries, trial], day).parts)


def waivable(entries: Sequence[Entry], day: date, growth: Growth) -> int:
    """How much was added before `day` and is neither waived nor paid: nothing else can be waived (强制法 42(1))."""
    held = [entry for entry in entries if entry.day <= day or entry.kind == "impose"]
    trial = Entry(_next_id(entries), "waive", day, fen=LARGEST_FEN)
    return growth.position([*held, trial], day).waived_fen - growth.position(held, day).waived_fen


def numbered_after(entries: Sequence[Entry], new: Entry) -> Entry:
    """The entry with the number it gets in the ledger's order."""
    return replace(new, id=_next_id(entries))


def _next_id(entries: Sequence[Entry]) -> int:
    return max((entry.id for entry in entries), default=0) + 1


def _check_impose(entries: Sequence[Entry], new: Entry) -> None:
    if entries:
        raise BadEntry("这件案件的罚款已经登记送达并起算，不能再次起算。")
    check_sum(new.fen)


def _check_not_agreed(now: FinePosition) -> None:
    if now.plan == AGREEMENT:
        raise BadEntry("执行协议正在履行，不能再订新的计划。当事人违约的，请先登记违约。")


def _check_waive(new: Entry, most: int) -> None:
    if not 0 < new.fen <= most:
        raise BadEntry(
            f"只能减免已经加处的罚款，最多{money_figures(yuan(most))}；罚款本金依法不能减免（行政强制法第四十二条）。"
        )


def _check_pause(entries: Sequence[Entry], new: Entry) -> None:
    group = REMEDIES if new.cause in REMEDIES else (APPLICATION,)
    same = [entry for entry in entries if entry.kind in ("pause", "resume") and entry.cause in group]
    last = same[-1] if same else None
    open_ = last is not None and last.kind == "pause"
    if new.kind == "pause" and open_:
        raise BadEntry(f"已经从{same[-1].day}起停止计算加处罚款，不能重叠登记。请先登记上一次的结果。")
    if new.kind == "resume" and not (open_ and same[-1].cause == new.cause):
        raise BadEntry("没有正在停止计算的同一事由，请核对是复议还是诉讼。")
    if last is not None and new.day < last.day:
        raise BadEntry(f"{new.day}早于上一次登记的{last.day}，起止先后不对，请核对。")


def _check_breach(now: FinePosition) -> None:
    if now.plan != AGREEMENT:
        raise BadEntry("没有正在履行的执行协议。")
    if not now.overdue:
        raise BadEntry("到期的各期都已缴清，没有违约。")


def _check_refund(new: Entry, over_fen: int) -> None:
    if not 0 < new.fen <= over_fen:
        raise BadEntry(f"只能退还多缴的部分，{new.day}多缴{money_figures(yuan(over_fen))}，请核对日期和金额。")


def _check_reverse(entries: Sequence[Entry], new: Entry) -> None:
    paid = next((entry for entry in entries if entry.kind == "pay" and entry.id == new.reverses), None)
    if paid is None or any(entry.reverses == paid.id for entry in entries):
        raise BadEntry("没有可以冲正的这笔缴款，或者已经冲正过，请核对流水。")
    if new.fen != paid.fen or new.day < paid.day:
        raise BadEntry(f"冲正应与原缴款{money_figures(yuan(paid.fen))}数额相同、日期不早于{paid.day}，请核对。")


def _check_not_given_back(now: FinePosition, then: FinePosition) -> None:
    """What was refunded because of a payment is gone; without the payment the ledger would forget it."""
    if then.refunded_fen < now.refunded_fen:
        given = money_figures(yuan(now.refunded_fen - then.refunded_fen))
        raise BadEntry(f"这件案件多缴的款项已经退还，冲正以后有{given}成为多退。请先追回多退的款项并入账，再冲正。")


def _check_change(new: Entry, now: FinePosition) -> None:
    if not now.principal_fen:
        raise BadEntry("这件案件的罚款已经撤销，不能再变更。")
    if new.kind == "vary" and not 0 < new.fen < now.principal_fen:
        raise BadEntry(
            f"变更后的罚款应大于0、低于现在的{money_figures(yuan(now.principal_fen))}："
            "复议和诉讼不得加重（行政复议法第六十三条、行政诉讼法第七十七条）；全部不罚的请用撤销。"
        )
