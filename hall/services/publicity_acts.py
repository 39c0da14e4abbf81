"""What may be done about the publicity of a penalty case's decision now, and in words of law why the rest may not."""

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.penalty_acts import PenaltyAct
from hall.rules.publicity import PublicityAct, reasons
from hall.services.calendar import shipped_limits
from hall.services.publicity_reading import shown_of
from hall.services.schedules import calendar_in_force
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.publicity import Publication

_LAWS: dict[PublicityAct, str] = {
    "publish": "行政处罚法第四十八条第一款；国办发〔2018〕118号",
    "withhold": "未成年人保护法第一百零三条；政府信息公开条例第十四条、第十五条",
    "withdraw_publicity": "行政处罚法第四十八条第二款",
}


def publicity_acts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """登记公示, 不予公示, 撤回公示 of the newest decision that is one; nothing where there is none yet."""
    row = newest_publication(session, case.id)
    if row is None:
        return ()
    shown = shown_of(row, days=calendar_in_force(session, case.hall_id), limits=shipped_limits())
    acts = ((act, reasons(act, shown, today)) for act in _LAWS)
    return tuple(PenaltyAct(act, "decision.publish", why, law=_LAWS[act]) for act, why in acts)


def newest_publication(session: Session, case_id: int) -> Publication | None:
    """What is acted on: one that has to be taken down before any other, else the newest."""
    rows = session.scalars(select(Publication).where(Publication.case_id == case_id).order_by(Publication.id)).all()
    over = [row for row in rows if row.overturned_on and row.published_on and row.withdrawn_on is None]
    return over[0] if over else rows[-1] if rows else None
