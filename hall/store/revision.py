"""Whether a database's tables are those that this program needs: asked at every start, so without Alembic."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from hall.errors import Damaged, Refused
from hall.store.failures import translated

_VERSIONS = Path(__file__).parent / "migrations" / "versions"


class NotInitialised(Refused):
    """The database is empty or missing."""

    def __init__(self) -> None:
        super().__init__("数据库还没有建立，请先运行 hall db init。")


class SchemaOlder(Refused):
    """The database was made by an older program."""

    def __init__(self) -> None:
        super().__init__("数据库是旧版程序建立的，请先备份，再运行 hall db upgrade。")


class SchemaNewer(Damaged):
    """The database was made by a newer program: writing to it could destroy what this one does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"数据库的版本（{revision}）比本程序新，为免弄坏数据已停止。请升级本机的程序。")


def known_revisions() -> tuple[str, ...]:
    """Every revision this program knows, oldest first: the number that starts a migration's file name."""
    return tuple(sorted(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*_*.py")))


def head_revision() -> str:
    """The revision this program needs."""
    return known_revisions()[-1]


def current_revision(engine: Engine) -> str | None:
    """The revision the database has; None where it has none."""
    with translated(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def check_schema(engine: Engine) -> None:
    """Raise NotInitialised, SchemaOlder or SchemaNewer unless the database fits this program."""
    current = current_revision(engine)
    if current == head_revision():
        return
    if current is None:
        raise NotInitialised
    check_known(current)
    raise SchemaOlder


def check_known(revision: str) -> None:
    """Raise SchemaNewer for a revision that this program has never heard of."""
    if revision not in known_revisions():
        raise SchemaNewer(revision)
