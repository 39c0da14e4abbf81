"""Writes the next migration: the difference between the records and a database made by the migrations so far.

    .venv/bin/python tools/new_migration.py "what changes"          the next revision
    .venv/bin/python tools/new_migration.py --first "all tables"    0001 anew, while nothing is released

Read what it wrote: a renamed column comes out as one dropped and one added.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateTableOp, DowngradeOps, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from hall.store import migrate
from hall.store.append_only import APPEND_ONLY
from hall.store.engine import open_engine
from hall.store.schema import load_records
from hall.store.schema.base import BIG, Base, UtcDateTime

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"

FRAME = '''"""{message}."""

import sqlalchemy as sa
from alembic import op

from hall.store.append_only import guard

revision = "{number:04}"
down_revision = {previous}

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """To this revision."""
    {upgrades}{guards}


def downgrade() -> None:
    """Back to the revision before."""
    {downgrades}
'''


def main() -> int:
    """Write the file, format it, and say its name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("message")
    parser.add_argument("--first", action="store_true")
    arguments = parser.parse_args()
    if arguments.first:
        for old in VERSIONS.glob("0*.py"):
            old.unlink()
    written = _write(arguments.message)
    for step in (["format", "-q"], ["check", "-q", "--fix"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, str(written)], check=True)
    sys.stdout.write(f"{written}\n")
    return 0


def _write(message: str) -> Path:
    number = len(list(VERSIONS.glob("0*.py"))) + 1
    load_records()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/hall.db")
        if number > 1:
            migrate.initialise(engine)
        text = _text(engine, message, number)
        engine.dispose()
    slug = re.sub(r"\W+", "_", message.lower()).strip("_")
    path = VERSIONS / f"{number:04}_{slug}.py"
    path.write_text(text, encoding="utf-8")
    return path


def _text(engine: Engine, message: str, number: int) -> str:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": Base.metadata})
        script = produce_migrations(context, Base.metadata)
        assert script.upgrade_ops is not None
        assert script.downgrade_ops is not None
        created = [item.table_name for item in script.upgrade_ops.ops if isinstance(item, CreateTableOp)]
        guards = "".join(f'\n    guard(op.get_bind(), "{name}")' for name in created if name in APPEND_ONLY)
        return FRAME.format(
            message=message[:1].upper() + message[1:],
            number=number,
            previous=f'"{number - 1:04}"' if number > 1 else None,
            upgrades=_code(script.upgrade_ops, context, batch=number > 1),
            guards=guards,
            downgrades=_code(script.downgrade_ops, context, batch=number > 1),
        )


def _code(operations: UpgradeOps | DowngradeOps, context: MigrationContext, *, batch: bool) -> str:
    """The operations as Python; in batches, where SQLite may have to build a table anew."""
    code = render_python_code(operations, render_as_batch=batch, render_item=_render, migration_context=context)
    return "\n".join(line for line in code.splitlines() if "commands auto generated" not in line).lstrip()


def _render(_kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return "BIG" if item is BIG else False


if __name__ == "__main__":
    raise SystemExit(main())
