"""The list of powers and duties (权责清单): imported as dated versions, browsed as of any day, told what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.imports import BadRow, BadRows
from hall.rules.people import Actor
from hall.rules.powers import PowerDifference, PowerLine, differences, in_force
from hall.rules.powers_file import FILE_TITLE
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.powers import Power, PowerVersion


class NoSuchPower(Missing):
    """The list has no such line today."""

    def __init__(self) -> None:
        super().__init__("权责清单里没有这一项，可能刚刚调整过。请重新载入后再选。")


@dataclass(frozen=True, slots=True)
class PowersImported:
    """Codes by what became of them."""

    added: tuple[str, ...]
    renewed: tuple[str, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PowerView:
    """A line as it stands on the day that was asked for, with all its versions, the oldest first."""

    power_id: int
    line: PowerLine
    versions: tuple[PowerLine, ...]


@retried
def import_powers(store: Store, actor: Actor, *, lines: tuple[PowerLine, ...]) -> PowersImported:
    """Store each line as a version of its code unless it stands there already; all or nothing.

    Raises BadRows where a version of the same day says something else or a later one is there already (what is in force
    is changed from a new day on), and where a line takes off what is not on the list.
    """
    require(actor, "power.import")
    done: dict[str, list[str]] = {"added": [], "renewed": [], "unchanged": []}
    bad_rows: list[BadRow] = []
    with store.work("power.import", actor) as work:
        work.lock("powers")
        known = _versions(work.session, work.hall_id)
        for line in sorted(lines, key=lambda each: each.valid_from):
            had = known.setdefault(line.code, [])
            same_day = next((each for each in had if each.valid_from == line.valid_from), None)
            if same_day == line:
                done["unchanged"].append(line.code)
            elif fault := _fault(line, had, same_day):
                bad_rows.append(BadRow(line.line, fault))
            else:
                done["renewed" if had else "added"].append(line.code)
                _add(work, line)
                had.append(line)
        if bad_rows:
            raise BadRows(FILE_TITLE, bad_rows)
        work.audit("powers", **{what: len(codes) for what, codes in done.items()})
        work.changed("power", "all")
    return PowersImported(*(tuple(dict.fromkeys(done[what])) for what in ("added", "renewed", "unchanged")))


def list_powers(store: Store, actor: Actor, *, on: date) -> tuple[PowerView, ...]:
    """The list as it stands on a day, in the order of the codes."""
    require(actor, "power.read")
    with store.read(actor) as session:
        known = _versions(session, store.hall_id)
        keys = dict(session.execute(select(Power.code, Power.id).where(Power.hall_id == store.hall_id)).tuples().all())
    views = []
    for code in sorted(known):
        line = in_force(known[code], on)
        if line is not None:
            views.append(PowerView(keys[code], line, tuple(known[code])))
    return tuple(views)


def changes(store: Store, actor: Actor, *, before: date, after: date) -> tuple[PowerDifference, ...]:
    """What changed on the list between two days (动态调整)."""
    require(actor, "power.read")
    with store.read(actor) as session:
        return tuple(differences(_versions(session, store.hall_id), before=before, after=after))


def version_today(session: Session, hall_id: int, power_id: int, *, on: date) -> tuple[int, PowerLine]:
    """The version of a line of the hall's on a day, with its key; raises NoSuchPower."""
    query = (
        select(PowerVersion, Power.code)
        .join(Power, Power.id == PowerVersion.power_id)
        .where(PowerVersion.hall_id == hall_id, PowerVersion.power_id == power_id, PowerVersion.valid_from <= on)
        .order_by(PowerVersion.valid_from.desc())
    )
    found = session.execute(query.limit(1)).tuples().first()
    if found is None or found[0].removed:
        raise NoSuchPower
    return found[0].id, _line(found[1], found[0])


def line_numbered(session: Session, hall_id: int, version_id: int) -> PowerLine:
    """A version by its key; raises NoSuchPower."""
    version = session.get(PowerVersion, version_id)
    if version is None or version.hall_id != hall_id:
        raise NoSuchPower
    return _line(session.get_one(Power, version.power_id).code, version)


def _fault(line: PowerLine, had: Sequence[PowerLine], same_day: PowerLine | None) -> str:
    """Why a line is no new version of its code: it would change what was in force, or take off what is not there."""
    if same_day is not None:
        return _rewritten(line)
    newest = had[-1] if had else None
    if newest is not None and line.valid_from < newest.valid_from:
        return (
            f"权力{line.code}已有从{newest.valid_from}起的版本，不能再插入更早的版本：那几天的清单已经公布过。"
            "请写新的生效日期"
        )
    if line.removed and (newest is None or newest.removed):
        return f"权力{line.code}在{line.valid_from}以前不在清单上，不能取消。请核对编码"
    return ""


def _rewritten(line: PowerLine) -> str:
    return (
        f"权力{line.code}从{line.valid_from}起的内容与已导入的不同。清单调整要写新的生效日期和调整依据，"
        "旧的版本留作备查，不能改写"
    )


def _add(work: Work, line: PowerLine) -> None:
    power = work.session.scalar(select(Power).where(Power.hall_id == work.hall_id, Power.code == line.code))
    if power is None:
        power = Power(hall_id=work.hall_id, code=line.code)
        work.session.add(power)
        work.session.flush()
    work.session.add(
        PowerVersion(
            hall_id=work.hall_id,
            power_id=power.id,
            valid_from=line.valid_from,
            name=line.name,
            kind=line.kind,
            basis=line.basis,
            duty=line.duty,
            liability=line.liability,
            unit=line.unit,
            matter_code=line.matter_code,
            violation_code=line.violation_code,
            removed=line.removed,
            source=line.source,
            imported_at=work.now,
            account_id=work.actor.account_id,
        )
    )


def _versions(session: Session, hall_id: int) -> dict[str, list[PowerLine]]:
    query = (
        select(Power.code, PowerVersion)
        .join(Power, Power.id == PowerVersion.power_id)
        .where(PowerVersion.hall_id == hall_id)
        .order_by(Power.code, PowerVersion.valid_from)
    )
    found: dict[str, list[PowerLine]] = {}
    for code, version in session.execute(query).tuples():
        found.setdefault(code, []).append(_line(code, version))
    return found


def _line(code: str, version: PowerVersion) -> PowerLine:
    return PowerLine(
        code=code,
        name=version.name,
        kind=version.kind,  # type: ignore[arg-type]  # written from a PowerLine
        basis=version.basis,
        duty=version.duty,
        liability=version.liability,
        unit=version.unit,
        matter_code=version.matter_code,
        violation_code=version.violation_code,
        valid_from=version.valid_from,
        removed=version.removed,
        source=version.source,
    )
