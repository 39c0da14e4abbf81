"""Checks the data against itself: the database's own pages and references, the guards, what must always hold."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from hall.store.append_only import APPEND_ONLY, guard_name

# What messages within the hall are about, each by the table's name: no foreign key can hold a key of several tables.
_TOLD_OF = (
    "permit_case",
    "penalty_case",
    "request",
    "vendor_event",
    "stall_application",
    "stall_grant",
    "stall_withdrawal",
    "relief_application",
    "spot_check",
    "review_assignment",
    "register_entry",
    "rating_follow_up",
    "qualification",
    "enforcement_certificate",
    "publication",
)
_THINGS = " UNION ALL ".join(f"SELECT '{table}' AS subject, id, hall_id FROM {table}" for table in _TOLD_OF)

# Table, what is wrong, and a query for the number of rows (or groups) that are so; plain SQL for both databases.
INVARIANTS: tuple[tuple[str, str, str], ...] = (
    (
        "ticket",
        "组号票的流水号有断号",
        "SELECT count(*) FROM (SELECT 1 FROM ticket GROUP BY hall_id, business_date, prefix"
        " HAVING count(*) <> max(sequence) OR min(sequence) <> 1) AS broken",
    ),
    (
        "ticket",
        "张号票已呼叫或办理中，却没有窗口",
        "SELECT count(*) FROM ticket WHERE state IN ('chosen', 'called', 'arrived', 'serving') AND counter_id IS NULL",
    ),
    (
        "appointment",
        "个预约已签到，却没有号票",
        "SELECT count(*) FROM appointment WHERE state = 'checked_in'"
        " AND NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.appointment_id = appointment.id)",
    ),
    (
        "appointment",
        "个预约有不止一张有效号票",
        "SELECT count(*) FROM (SELECT 1 FROM ticket WHERE appointment_id IS NOT NULL AND state <> 'cancelled'"
        " GROUP BY appointment_id HAVING count(*) > 1) AS doubled",
    ),
    (
        "number_series",
        "个编号系列的末号不是正数",
        "SELECT count(*) FROM number_series WHERE last < 1",
    ),
    (
        "audit_head",
        "个工作站没有审计链头",
        "SELECT count(*) FROM station LEFT JOIN audit_head ON audit_head.station_id = station.id"
        " WHERE audit_head.station_id IS NULL",
    ),
    (
        "document",
        "份文书属于另一个大厅的办件",
        "SELECT count(*) FROM document JOIN permit_case ON permit_case.id = document.case_id"
        " WHERE permit_case.hall_id <> document.hall_id",
    ),
    (
        "payment_line",
        "笔银行流水已入账，台账里却没有这笔缴款，或者已经冲正",
        "SELECT count(*) FROM payment_line AS line WHERE line.entry_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM fine_entry AS paid WHERE paid.id = line.entry_id AND paid.case_id = line.case_id"
        " AND paid.kind = 'pay' AND paid.fen = line.fen"
        " AND NOT EXISTS (SELECT 1 FROM fine_entry AS back WHERE back.reverses_id = paid.id))",
    ),
    (
        "fine_entry",
        "笔银行缴款入了账，却没有流水，也没有冲正",
        "SELECT count(*) FROM fine_entry AS paid WHERE paid.kind = 'pay' AND paid.cause = 'bank' AND NOT EXISTS"
        " (SELECT 1 FROM payment_line WHERE payment_line.entry_id = paid.id) AND NOT EXISTS"
        " (SELECT 1 FROM fine_entry AS back WHERE back.reverses_id = paid.id)",
    ),
    (
        "cash_collection",
        "笔当场收缴的罚款没有入账",
        "SELECT count(*) FROM cash_collection AS cash WHERE NOT EXISTS (SELECT 1 FROM fine_entry AS paid WHERE"
        " paid.id = cash.entry_id AND paid.case_id = cash.case_id AND paid.kind = 'pay' AND paid.fen = cash.fen)",
    ),
    (
        "payment_file",
        "个缴款文件的合计与它的流水对不上",
        "SELECT count(*) FROM payment_file AS file WHERE file.line_count <> (SELECT count(*) FROM payment_line"
        " WHERE payment_line.file_id = file.id) OR file.total_fen <> (SELECT coalesce(sum(payment_line.fen), 0)"
        " FROM payment_line WHERE payment_line.file_id = file.id)",
    ),
    (
        "subject_notice",
        "条提醒说的事项不存在，或者属于另一个大厅",
        f"SELECT count(*) FROM subject_notice AS notice WHERE NOT EXISTS (SELECT 1 FROM ({_THINGS}) AS thing WHERE"
        " thing.subject = notice.subject AND thing.id = notice.subject_id AND thing.hall_id = notice.hall_id)",
    ),
)


@dataclass(frozen=True, slots=True)
class DataProblem:
    """Something in a table that cannot be."""

    table: str
    sentence: str


def verify_data(session: Session) -> list[DataProblem]:
    """Everything wrong with the data itself; the audit trail has its own check (`verify_audit`)."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    return [
        *(_sqlite_problems(session) if sqlite else _postgresql_problems(session)),
        *_missing_guards(session),
        *(
            DataProblem(table, f"表 {table}：{count} {what}。")
            for table, what, query in INVARIANTS
            if (count := session.scalar(text(query)))
        ),
    ]


def _sqlite_problems(session: Session) -> list[DataProblem]:
    pages = [str(line) for line in session.scalars(text("PRAGMA integrity_check(20)"))]
    stray = session.execute(text("PRAGMA foreign_key_check")).all()
    return [
        *(DataProblem("", f"数据库文件损坏：{line}。") for line in pages if line != "ok"),
        *(
            DataProblem(str(table), f"表 {table}：第 {row} 行引用的 {parent} 不存在。")
            for table, row, parent, _ in stray
        ),
    ]


def _postgresql_problems(session: Session) -> list[DataProblem]:
    """PostgreSQL keeps its references itself, as long as nobody switched a constraint or an index off."""
    off = session.execute(
        text(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated"
            " UNION ALL SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
        )
    )
    return [DataProblem(table, f"表 {table}：约束 {name} 没有生效。") for table, name in off.tuples()]


def _missing_guards(session: Session) -> list[DataProblem]:
    if session.get_bind().dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        endings: tuple[str, ...] = ("_update", "_delete")
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        endings = ("",)
    present = set(session.scalars(text(query)))
    return [
        DataProblem(table, f"表 {table}：防改动的触发器被去掉了，记录可能被改过。")
        for table in APPEND_ONLY
        if not {f"{guard_name(table)}{ending}" for ending in endings} <= present
    ]
