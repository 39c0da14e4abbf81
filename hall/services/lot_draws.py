"""Draws by lot as records: lists frozen with their digest, the seed entered later, replayed for ever."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.draws import digest
from hall.services.reasons import short_text
from hall.services.subject_records import Detail, Subject
from hall.store import Work
from hall.store.integrity import DataProblem
from hall.store.schema.people import Account
from hall.store.schema.subjects import LotDraw, SubjectEvent

LONGEST_SEED = 120
_BETWEEN_NAMES = re.compile(r"[\s、，,；;（）()]+")


class SeedMissing(Refused):
    """Without a seed there is no draw."""

    def __init__(self) -> None:
        super().__init__(f"请照公告写下种子（最多 {LONGEST_SEED} 个字符），例如三位申请人掷出的点数“3 5 2”。")


class NoWitness(Refused):
    """Whoever announced a draw or enters its seed cannot also say that it came out like that."""

    def __init__(self) -> None:
        super().__init__("请写下当场见证的人的姓名。公布抽签的人、登记种子的人不能自己见证，请另请一位见证人。")


class DrawNotTried(Refused):
    """Whoever saw what a seed leads to before it is entered could choose among seeds."""

    def __init__(self) -> None:
        super().__init__("抽签没有预览：先看结果，就成了挑选种子。请照当场产生的种子登记，抽签只有一次。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLotDraw:
    """What is published before the seed is known."""

    title: str
    entrants: Sequence[str]
    prizes: Sequence[str]
    draw_on: date
    seed_source: str


def freeze(work: Work, subject: Subject, subject_id: int, *, new: NewLotDraw) -> LotDraw:
    """Both lists with their digest: from now on nothing is added. Raises NothingToDraw, TwiceInTheDraw."""
    record = LotDraw(
        hall_id=work.hall_id,
        subject=subject,
        subject_id=subject_id,
        title=new.title,
        entrants=json.dumps(new.entrants, ensure_ascii=False),
        prizes=json.dumps(new.prizes, ensure_ascii=False),
        digest=digest(new.entrants, new.prizes),
        announced_at=work.now,
        announced_by=work.actor.account_id,
        draw_on=new.draw_on,
        seed_source=new.seed_source,
    )
    work.session.add(record)
    work.session.flush()
    return record


def checked_seed(seed: str) -> str:
    """The seed as it is kept; raises SeedMissing."""
    own = seed.strip()
    if not own or len(own) > LONGEST_SEED:
        raise SeedMissing
    return own


def witness_of(work: Work, record: LotDraw, witness: str) -> str:
    """The name of who saw the seed come out: neither who announced the draw nor who enters it. Raises NoWitness,
    TextTooLong, ReasonHoldsNumber."""
    told = short_text(witness)
    announcer = work.session.get_one(Account, record.announced_by).display_name
    if not told or not {work.actor.name, announcer}.isdisjoint(_BETWEEN_NAMES.split(told)):
        raise NoWitness
    return told


def write_result(work: Work, record: LotDraw, *, seed: str, witness: str, result: str) -> None:
    """The draw is over: what came out, with which seed, seen by whom. Raises DrawNotTried in a rehearsal."""
    if work.rehearsed:
        raise DrawNotTried
    record.seed, record.witness, record.result = seed, witness, result
    record.drawn_at, record.drawn_by = work.now, work.actor.account_id
    work.session.flush()


def why_not_drawn(work: Work, record: LotDraw) -> str:
    """What keeps a draw from being held today: it was held or voided, or its day has not come."""
    if why := why_not_voided(record):
        return why
    return "" if business_date(work.now) >= record.draw_on else f"公告的抽签日期是 {record.draw_on}，到那天再抽签。"


def why_not_voided(record: LotDraw) -> str:
    """A draw is voided before its seed is known, once."""
    if record.drawn_at is not None:
        return "已经抽过签，结果不能改动，也不能作废。"
    return f"这次抽签已经作废（{record.voided_why}）。" if record.voided_why else ""


def told_of(record: LotDraw) -> Detail:
    """What the history of a draw's subject is told of it, when it is announced and when it is drawn."""
    return {"draw": record.id, "digest": record.digest, "seed": record.seed, "result": _fingerprint(record.result)}


def numbers(text: str) -> tuple[str, ...]:
    """A list of a draw as it is kept."""
    return tuple(str(number) for number in json.loads(text))


def false_draws_of(session: Session, subject: Subject, *, replayed: Callable[[LotDraw], str]) -> list[DataProblem]:
    """Draws of a subject whose digest or result does not follow from what was frozen and the seed, or whose digest,
    seed or result is another than what its history (append-only) was told when it was announced and drawn."""
    problems = []
    told = _told(session, subject)
    for record in session.scalars(select(LotDraw).where(LotDraw.subject == subject).order_by(LotDraw.id)):
        if fault := _fault(record, replayed) or _other_than_told(record, told.get(record.id, ())):
            problems.append(DataProblem("lot_draw", f"表 lot_draw：第 {record.id} 行，{fault}。"))
    return problems


def _fault(record: LotDraw, replayed: Callable[[LotDraw], str]) -> str:
    try:
        if digest(numbers(record.entrants), numbers(record.prizes)) != record.digest:
            return "名单与公布的校验值不符"
        if record.drawn_at is not None and replayed(record) != record.result:
            return "按公布的名单和种子重新抽签，结果不同"
    except (Refused, ValueError, LookupError):
        return "名单读不懂"
    return ""


def _told(session: Session, subject: Subject) -> Mapping[int, Sequence[Mapping[str, object]]]:
    """What the histories say of draws, by draw."""
    query = select(SubjectEvent.detail).where(SubjectEvent.subject == subject, SubjectEvent.detail.contains('"digest"'))
    found: dict[int, list[Mapping[str, object]]] = {}
    for text in session.scalars(query.order_by(SubjectEvent.id)):
        detail = json.loads(text)
        if "draw" in detail:
            found.setdefault(int(detail["draw"]), []).append(detail)
    return found


def _other_than_told(record: LotDraw, told: Sequence[Mapping[str, object]]) -> str:
    for detail in told:
        if (
            detail["digest"] != record.digest
            or detail.get("seed", "") not in {"", record.seed}
            or detail.get("result", "") not in {"", _fingerprint(record.result)}
        ):
            return "校验值、种子或者结果与当时的经过记录不同"
    return ""


def _fingerprint(result: str) -> str:
    """SHA-256 of a result (hexadecimal); empty before the draw."""
    return hashlib.sha256(result.encode()).hexdigest() if result else ""
