"""A million permit cases of a hall that does not exist, put in by SQL alone: what the board is measured on.

24 departments, 30 matters, 60 officers; the last numbers are open, with due days as they are spread in a busy hall:
some late, some for today, most with time left, some paused, some pending. Numbers and names belong to nobody.
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Column, Connection, Date, Integer, MetaData, String, Table, insert, select, text

from hall.clock import HALL_ZONE, business_date
from hall.rules.calendar import WorkCalendar
from hall.rules.identity import id_check_digit
from hall.services.schedules import calendar_in_force
from hall.store import Store
from hall.store.schema.base import UtcDateTime
from hall.store.schema.catalogue import Department, Matter, MatterVersion
from hall.store.schema.people import Account, Person

DEPARTMENTS, MATTERS, OFFICERS, PERSONS = 24, 30, 60, 20_000
BEYOND_DAYS = 120
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN = "测试样例演示安平宁和清明远志文武德仁义礼智信正直方圆江河湖海山川"

_days = MetaData()
DAY = Table(
    "bench_day",
    _days,
    Column("k", Integer, primary_key=True),
    Column("day", Date, unique=True),
    Column("at", UtcDateTime),
    Column("year", String),
    Column("ordinal", Integer),
    prefixes=["TEMPORARY"],
)
WORKDAY = Table(
    "bench_workday",
    _days,
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("day", Date),
    Column("at", UtcDateTime),
    prefixes=["TEMPORARY"],
)
CAST = Table(
    "bench_cast",
    _days,
    Column("part", String, primary_key=True),
    Column("k", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer),
    Column("other_id", Integer),
    Column("third_id", Integer),
    prefixes=["TEMPORARY"],
)

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT CAST(:first AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
_CASE = """
INSERT INTO permit_case (hall_id, receipt_number, acceptance_number, matter_version_id, matter_id, applicant_id,
    agent_authority, department_id, account_id, officer_id, channel, purpose, handling, subject, state, state_before,
    received_at, accepted_at, accepted_on, accepted_how, proposal, outcome, decided_at, decided_on, closed_at,
    standing, statutory_ordinal, promised_ordinal, urgency, warning_days)
SELECT :hall, '测速许收〔' || d.year || '〕' || n.i || '号', '测速许受〔' || d.year || '〕' || n.i || '号',
    m.other_id, m.id, p.id, '', m.third_id, o.id, {officer}, 'counter', 'new',
    CASE WHEN n.i % 5 = 0 THEN 'immediate' ELSE 'promised' END, '', {state}, '',
    d.at, d.at, d.day, 'complete', '', {outcome}, {decided}, {standing}, {urgency}, 1 + m.k % 3
FROM n JOIN bench_day d ON d.k = {day}
JOIN bench_cast m ON m.part = 'matter' AND m.k = n.i * 7 % :matters
JOIN bench_cast p ON p.part = 'person' AND p.k = n.i * 13 % (SELECT count(*) FROM bench_cast WHERE part = 'person')
JOIN bench_cast o ON o.part = 'officer' AND o.k = n.i * 11 % :officers
{further}ORDER BY n.i
"""
_CLOSED = _CASE.format(
    officer="NULL",
    state="'finished'",
    outcome="'granted'",
    decided="w.at, w.day, w.at",
    standing="'stopped', NULL, NULL",
    urgency="1000000001",
    day="5 + n.i * (:days - 20) / :last",
    further="JOIN bench_workday w ON w.ordinal = d.ordinal + n.i * 17 % 101 % 6 + (n.i % 61) / 60 * 3\n",
)
_SPREAD = "n.i * 7919 % 1000"
# From the first numbers of the spread on: over by law, over, today, yellow, paused, pending, the rest.
_PROMISED = f"""CASE WHEN {_SPREAD} < 10 THEN :today - 9 - {_SPREAD} WHEN {_SPREAD} < 50 THEN :today - 1 - {_SPREAD} % 8
    WHEN {_SPREAD} < 80 THEN :today WHEN {_SPREAD} < 160 THEN :today + 1 + {_SPREAD} % 2 WHEN {_SPREAD} < 230 THEN NULL
    ELSE :today + 3 + n.i % 18 END"""
_STATUTORY = f"""CASE WHEN {_SPREAD} < 10 THEN :today - 1 - {_SPREAD}
    WHEN {_SPREAD} < 50 THEN :today + 4 + {_SPREAD} % 8
    WHEN {_SPREAD} < 160 THEN :today + 12 WHEN {_SPREAD} < 210 THEN :today + 20 WHEN {_SPREAD} < 230 THEN NULL
    ELSE :today + 8 + n.i % 18 + m.k % 16 END"""
_OPEN = _CASE.format(
    officer="CASE WHEN n.i % 10 = 0 THEN NULL ELSE o.id END",
    state=f"CASE WHEN {_SPREAD} BETWEEN 160 AND 209 THEN 'suspended' WHEN n.i % 10 = 0 THEN 'accepted' "
    "WHEN n.i % 10 = 1 THEN 'examining' ELSE 'reviewing' END",
    outcome="''",
    decided="NULL, NULL, NULL",
    standing=f"CASE WHEN {_SPREAD} BETWEEN 160 AND 209 THEN 'paused' ELSE 'running' END, {_STATUTORY}, {_PROMISED}",
    urgency=f"CASE WHEN {_SPREAD} BETWEEN 160 AND 209 THEN 1000000001 WHEN {_SPREAD} BETWEEN 210 AND 229 "
    f"THEN 1000000000 ELSE {_PROMISED} END",
    day=":days - n.i % 30",
    further="",
)
_CLOCKS = """
INSERT INTO case_clock (hall_id, case_id, kind, round, subject, unit, budget, extension, started_on, due_on,
    due_ordinal, pending, state, stopped_on, stopped_how)
SELECT c.hall_id, c.id, :kind, 1, '', 'workday', :budget, 0, c.accepted_on, w.day, w.ordinal, '',
    CASE WHEN c.closed_at IS NULL THEN c.standing ELSE 'stopped' END, c.decided_on,
    CASE WHEN c.closed_at IS NULL THEN '' ELSE 'decided' END
FROM permit_case c JOIN bench_day d ON d.day = c.accepted_on
LEFT JOIN bench_workday w ON w.ordinal = CASE WHEN c.closed_at IS NOT NULL THEN d.ordinal + :budget
    WHEN :kind = 'statutory' THEN c.statutory_ordinal ELSE c.promised_ordinal END
WHERE c.hall_id = :hall ORDER BY c.id
"""
_POSSESSION = """
INSERT INTO case_possession (hall_id, case_id, department_id, account_id, step, from_at)
SELECT c.hall_id, c.id, c.department_id, c.officer_id, c.state, w.at
FROM permit_case c JOIN bench_workday w ON w.ordinal = :today - c.id % 12
WHERE c.hall_id = :hall AND c.closed_at IS NULL ORDER BY c.id
"""
_CERTIFICATES = """
INSERT INTO certificate (hall_id, number, case_id, matter_version_id, holder_id, scope, conditions, valid_from, state,
    state_on, state_reason)
SELECT c.hall_id, replace(c.receipt_number, '许收', '许证'), c.id, c.matter_version_id, c.applicant_id, '', '',
    c.decided_on, 'valid', c.decided_on, ''
FROM permit_case c WHERE c.hall_id = :hall AND c.closed_at IS NOT NULL AND c.id % 10 = 0 ORDER BY c.id
"""
_TICKETS = """
INSERT INTO ticket (hall_id, business_date, prefix, sequence, code, matter_id, priority, channel, state, issued_at,
    waits_from, rank_at, must_call_by, favoured, note, skips, ahead, minutes_low, minutes_high, calls)
SELECT c.hall_id, c.accepted_on, 'Z', 10000 + c.id % 90000, 'Z' || (10000 + c.id % 90000), c.matter_id, 'ordinary',
    'kiosk', 'finished', c.received_at, c.received_at, c.received_at, c.received_at, false, '', 0, 0, 0, 1, 1
FROM permit_case c WHERE c.hall_id = :hall AND c.closed_at IS NULL ORDER BY c.id
"""
_GIVE_TICKETS = """
UPDATE permit_case SET ticket_id = (SELECT t.id FROM ticket t WHERE t.hall_id = permit_case.hall_id
    AND t.business_date = permit_case.accepted_on AND t.prefix = 'Z' AND t.sequence = 10000 + permit_case.id % 90000)
WHERE hall_id = :hall AND closed_at IS NULL
"""


def fill_cases(store: Store, *, cases: int, open_cases: int, persons: int = PERSONS) -> None:
    """Put them into an empty hall, in one transaction, and let the database look at what it has."""
    with store.read() as session:
        calendar = calendar_in_force(session, store.hall_id)
    today = min(business_date(store.clock.now()), date(calendar.years[-1], 12, 31))
    with store.engine.begin() as connection:
        _days.create_all(connection)
        days = _write_days(connection, calendar, today)
        _write_cast(connection, store, persons=persons)
        closed, ordinal = cases - open_cases, calendar.ordinal(today)
        _write_cases(connection, store, closed=closed, cases=cases, days=days, today=ordinal)
        _days.drop_all(connection)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE")


def _write_days(connection: Connection, calendar: WorkCalendar, today: date) -> int:
    """Every day up to today, and every workday with some beyond the calendar; gives the last day's number."""
    first = date(calendar.years[0], 1, 1)
    days = [first + timedelta(days=k) for k in range((today - first).days + 1)]
    connection.execute(
        insert(DAY),
        [
            {"k": k, "day": day, "at": _morning(day), "year": str(day.year), "ordinal": calendar.ordinal(day)}
            for k, day in enumerate(days)
        ],
    )
    end = date(calendar.years[-1], 12, 31)
    workdays = [each for k in range((end - first).days + 1) if calendar.is_workday(each := first + timedelta(days=k))]
    beyond = [end + timedelta(days=k + 1) for k in range(BEYOND_DAYS)]
    workdays += [each for each in beyond if each.weekday() < 5]
    start = calendar.ordinal(workdays[0])
    connection.execute(
        insert(WORKDAY),
        [{"ordinal": start + k, "day": day, "at": _morning(day)} for k, day in enumerate(workdays)],
    )
    return len(days) - 1


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), HALL_ZONE).astimezone(UTC)


def _write_cast(connection: Connection, store: Store, *, persons: int) -> None:
    """Departments, matters, officers and persons, each with a number to be drawn by."""
    hall, now = store.hall_id, store.clock.now()
    names = [{"hall_id": hall, "name": f"测速{k + 1:02d}科"} for k in range(DEPARTMENTS)]
    departments = connection.scalars(insert(Department).returning(Department.id, sort_by_parameter_order=True), names)
    of_matters = [*departments]
    codes = [{"hall_id": hall, "code": f"BM{k + 1:02d}"} for k in range(MATTERS)]
    matters = [*connection.scalars(insert(Matter).returning(Matter.id, sort_by_parameter_order=True), codes)]
    versions = [_version(hall, matter, of_matters[k % DEPARTMENTS], k, now) for k, matter in enumerate(matters)]
    version_ids = connection.scalars(
        insert(MatterVersion).returning(MatterVersion.id, sort_by_parameter_order=True), versions
    )
    cast = [
        {"part": "matter", "k": k, "id": matter, "other_id": version, "third_id": of_matters[k % DEPARTMENTS]}
        for k, (matter, version) in enumerate(zip(matters, version_ids, strict=True))
    ]
    accounts = [_account(hall, of_matters[k % DEPARTMENTS], k, now) for k in range(OFFICERS)]
    officers = connection.scalars(insert(Account).returning(Account.id, sort_by_parameter_order=True), accounts)
    cast += [{"part": "officer", "k": k, "id": key, "other_id": 0, "third_id": 0} for k, key in enumerate(officers)]
    connection.execute(insert(Person), [_person(store, k, now) for k in range(persons)])
    known = connection.scalars(select(Person.id).where(Person.hall_id == hall).order_by(Person.id))
    cast += [{"part": "person", "k": k, "id": key, "other_id": 0, "third_id": 0} for k, key in enumerate(known)]
    connection.execute(insert(CAST), cast)


def _version(hall: int, matter: int, department: int, k: int, now: datetime) -> dict[str, object]:
    return {
        "hall_id": hall,
        "matter_id": matter,
        "version": 1,
        "effective_from": date(2024, 1, 1),
        "imported_at": now,
        "department_id": department,
        "name": f"测速事项{k + 1:02d}",
        "prefix": "Z",
        "basis": "",
        "statutory_days": 20,
        "statutory_unit": "workday",
        "promised_days": 5,
        "promised_unit": "workday",
        "limit_basis": "",
        "site_visit": False,
        "site_visit_note": "",
        "validity": "",
        "fee_fen": 0,
        "fee_basis": "",
        "applicant_kinds": "natural",
        "note": "",
        "source": "",
    }


def _account(hall: int, department: int, k: int, now: datetime) -> dict[str, object]:
    return {
        "hall_id": hall,
        "login": f"bench-{hall}-{k + 1:02d}",
        "display_name": f"{SURNAMES[k % len(SURNAMES)]}测速",
        "department_id": department,
        "password_hash": "",
        "disabled": True,
        "created_at": now,
        "password_changed_at": now,
    }


def _person(store: Store, k: int, now: datetime) -> dict[str, object]:
    digits = f"999999{date(1950, 1, 1) + timedelta(days=k):%Y%m%d}{k % 999 + 1:03d}"
    number, phone, ring = digits + id_check_digit(digits), f"139{k:08d}", store.key_ring
    given = GIVEN[k // len(SURNAMES) % len(GIVEN)] + GIVEN[k // (len(SURNAMES) * len(GIVEN)) % len(GIVEN)]
    return {
        "hall_id": store.hall_id,
        "kind": "resident",
        "name": SURNAMES[k % len(SURNAMES)] + given,
        "id_number_sealed": ring.seal(number, "person.id_number"),
        "id_number_index": ring.blind_index("person.id_number", number),
        "phone_sealed": ring.seal(phone, "person.phone"),
        "phone_index": ring.blind_index("person.phone", phone),
        "created_at": now,
        "changed_at": now,
    }


def _write_cases(connection: Connection, store: Store, *, closed: int, cases: int, days: int, today: int) -> None:
    """The cases that have ended, then those in hand, then what belongs to them."""
    drawn = {"hall": store.hall_id, "matters": MATTERS, "officers": OFFICERS, "days": days}
    parts: list[tuple[str, dict[str, object]]] = [
        (_NUMBERS + _CLOSED, {**drawn, "first": 1, "last": closed}),
        (_NUMBERS + _OPEN, {**drawn, "first": closed + 1, "last": cases, "today": today}),
        (_CLOCKS, {"hall": store.hall_id, "kind": "statutory", "budget": 20}),
        (_CLOCKS, {"hall": store.hall_id, "kind": "promised", "budget": 5}),
        (_POSSESSION, {"hall": store.hall_id, "today": today}),
        (_CERTIFICATES, {"hall": store.hall_id}),
        (_TICKETS, {"hall": store.hall_id}),
        (_GIVE_TICKETS, {"hall": store.hall_id}),
    ]
    for statement, given in parts:
        wanted = {name: value for name, value in given.items() if f":{name}" in statement}
        connection.execute(text(statement), wanted)
