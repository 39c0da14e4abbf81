"""Tables whose rows are never changed or removed: the database itself refuses it."""

from sqlalchemy import Connection

# Every table named here is guarded by the migration that creates it; a test compares.
APPEND_ONLY = (
    "audit_row",
    "audit_seal",
    "case_event",
    "case_opinion",
    "counter_event",
    "document",
    "fine_entry",
    "fine_part",
    "penalty_decision",
    "penalty_duty",
    "penalty_event",
    "rating",
    "relief_line",
    "relief_posting",
    "subject_event",
    "ticket_event",
)

_FUNCTION = """
CREATE OR REPLACE FUNCTION hall_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def guard(connection: Connection, table: str) -> None:
    """Refuse UPDATE and DELETE on the table from now on, and on PostgreSQL TRUNCATE."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_FUNCTION.replace("%", "%%"))
        connection.exec_driver_sql(
            f"CREATE TRIGGER {guard_name(table)} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hall_refuse_change()"
        )
        return
    for deed in ("update", "delete"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {guard_name(table)}_{deed} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def guard_name(table: str) -> str:
    """The trigger's name (SQLite appends _update and _delete)."""
    return f"{table}_append_only"
