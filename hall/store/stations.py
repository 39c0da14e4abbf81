"""Which hall and which station a store belongs to; a new station starts its own audit chain."""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hall.errors import Missing
from hall.rules.people import system_actor
from hall.store.chain import GENESIS
from hall.store.schema.halls import Hall, Station
from hall.store.schema.trail import AuditHead
from hall.store.secrets import KeyRing
from hall.store.work import ThisStation, Work


class HallUnknown(Missing):
    """The settings name a hall that the database does not know."""

    def __init__(self, code: str) -> None:
        super().__init__(f"数据库里没有代码为 {code} 的大厅。请核对配置里的 station.hall，或运行 hall db init 建立。")


def find_station(engine: Engine, *, hall_code: str, name: str) -> ThisStation | None:
    """The station of that name in the hall, if it is entered; raises HallUnknown."""
    with Session(engine) as session:
        return _find(session, hall_code, name)


def register_station(engine: Engine, *, hall_code: str, name: str, now: datetime, key_ring: KeyRing) -> ThisStation:
    """Enter a station that starts for the first time; its chain begins with this very entry."""
    try:
        with Session(engine) as session:
            station = _register(session, hall_code, name, now=now, key_ring=key_ring)
            session.commit()
            return station
    except IntegrityError:  # another process of the same station was faster
        found = find_station(engine, hall_code=hall_code, name=name)
        if found is None:
            raise
        return found


def _find(session: Session, hall_code: str, name: str) -> ThisStation | None:
    hall_id = session.scalar(select(Hall.id).where(Hall.code == hall_code))
    if hall_id is None:
        raise HallUnknown(hall_code)
    station_id = session.scalar(select(Station.id).where(Station.hall_id == hall_id, Station.name == name))
    return None if station_id is None else ThisStation(hall_id, station_id, name)


def _register(session: Session, hall_code: str, name: str, *, now: datetime, key_ring: KeyRing) -> ThisStation:
    hall_id = session.scalars(select(Hall.id).where(Hall.code == hall_code)).one()
    row = Station(hall_id=hall_id, name=name)
    session.add(row)
    session.flush()
    session.add(AuditHead(station_id=row.id, sequence=0, hash=GENESIS))
    station = ThisStation(hall_id, row.id, name)
    work = Work(
        session,
        system_actor(hall_id),
        action="station.register",
        now=now,
        station=station,
        key_ring=key_ring,
    )
    work.audit(f"station:{row.id}", name=name)
    work.finish()
    return station
