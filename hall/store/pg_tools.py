"""PostgreSQL's own pg_dump and pg_restore: a copy of one state of the data, and one transaction back."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from hall.errors import Unavailable
from hall.store.engine import libpq_parameters

_REVISION = re.compile(r"COPY \S*alembic_version \(version_num\) FROM stdin;\n(\S+)\n")


class ToolMissing(Unavailable):
    """PostgreSQL's client programs are not installed on this computer."""

    def __init__(self, program: str) -> None:
        super().__init__(f"本机没有 {program}，不能备份和恢复 PostgreSQL。请安装 PostgreSQL 客户端程序再试。")


class ToolFailed(Unavailable):
    """pg_dump or pg_restore gave up; `report` is its last line, which never holds a password."""

    def __init__(self, program: str, report: str) -> None:
        super().__init__(f"{program} 没有完成，数据库没有改动。它报告：{report}")


def dump(url: str, target: Path) -> None:
    """Write the database into a file of pg_dump's custom format."""
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(url: str, source: Path) -> None:
    """Replace every table by the file's, in one transaction."""
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
    _run("pg_restore", url, *options, "--exit-on-error", str(source))


def dumped_revision(source: Path) -> str | None:
    """The schema revision in a dump; None if the file is not a dump of ours."""
    listing = subprocess.run(
        [_program("pg_restore"), "--data-only", "--table=alembic_version", "--file=-", str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = _REVISION.search(listing.stdout)
    return found[1] if found and listing.returncode == 0 else None


def other_connections(url: str) -> int:
    """How many clients are connected to the database besides this question."""
    with psycopg.connect(make_conninfo("", **libpq_parameters(url))) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert row is not None
    return int(row[0])


def _run(program: str, url: str, *options: str) -> None:
    """Run with the password in the environment: everybody can read a program's arguments."""
    parameters = libpq_parameters(url)
    password = parameters.pop("password", None)
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    command = [_program(program), f"--dbname={make_conninfo('', **parameters)}", *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise ToolFailed(program, lines[-1] if lines else f"退出码 {done.returncode}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ToolMissing(name)
    return found
