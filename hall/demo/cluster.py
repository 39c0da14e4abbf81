"""A PostgreSQL server of one's own on loopback, gone afterwards: for the demo of a day and for the tests."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from hall.errors import Unavailable

DEBIAN = Path("/usr/lib/postgresql")
PORT_TRIES = 3
_OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off "
    "-c full_page_writes=off -c synchronous_commit=off -c max_connections=200"
)
_ASKS_HOW = 150000
"""The first version that can be told how to copy a database, as libpq writes it."""


class ServerMissing(Unavailable):
    """PostgreSQL's server programs are not installed on this computer."""

    def __init__(self) -> None:
        super().__init__("本机没有 PostgreSQL 服务器程序（initdb、pg_ctl）。请安装 PostgreSQL 服务器软件包后再试。")


class ServerFailed(Unavailable):
    """One of its programs gave up."""

    def __init__(self, program: str, status: int) -> None:
        super().__init__(f"临时 PostgreSQL 没有启动或没有停下（{program} 退出码 {status}）。请检查磁盘空间后再试。")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server, with an administrator's connection to it."""

    folder: Path
    port: int
    admin: psycopg.Connection[TupleRow] = field(repr=False)

    def url(self, database: str, *, role: str = "hall") -> str:
        """The address of one of its databases."""
        return _url(self.port, database, role)

    def execute(self, statement: sql.Composed | sql.SQL) -> None:
        """One statement of an administrator."""
        self.admin.execute(statement)

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database; gives its address. Files are copied: through the log it takes twice as long (measured)."""
        how = " STRATEGY FILE_COPY" if self.admin.info.server_version >= _ASKS_HOW else ""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}" + how)
        self.execute(statement.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected."""
        self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))


def _url(port: int, database: str, role: str = "hall") -> str:
    return f"postgresql://{role}@127.0.0.1:{port}/{database}"


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Made for speed and not to outlive a power cut. Raises ServerMissing or ServerFailed."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="hall-postgresql-"))
    try:
        if user := _server_user():
            shutil.chown(folder, user)
        inside = folder / "data"
        _run([f"{programs}/initdb", "-D", str(inside), "-U", "hall", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])
        control = [f"{programs}/pg_ctl", "-D", str(inside), "-w", "-s"]
        try:
            port = _start([*control, "-l", str(folder / "log")])
            with psycopg.connect(_url(port, "postgres"), autocommit=True) as admin:
                yield Cluster(folder, port, admin)
        finally:
            if (inside / "postmaster.pid").exists():
                _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of the newest server's programs on this computer."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    plain = shutil.which("initdb")
    if not found and not plain:
        raise ServerMissing
    return found[-1].parent if found else Path(str(plain)).parent


def _start(control: list[str]) -> int:
    """Start the server on a free port, which it gives; on another one where somebody else was quicker to take it."""
    for _ in range(PORT_TRIES - 1):
        with suppress(ServerFailed):
            return _start_at(_free_port(), control)
    return _start_at(_free_port(), control)


def _start_at(port: int, control: list[str]) -> int:
    _run([*control, "-o", _OPTIONS.format(port=port), "start"])
    return port


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root; None is whoever runs this program."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd  # not on Windows

    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _run(arguments: list[str]) -> None:
    """Run one of PostgreSQL's programs to its end."""
    user = _server_user()
    group = _group_of(user) if user else None
    done = subprocess.run(
        arguments,
        user=user,
        group=group,
        extra_groups=[] if user else None,
        cwd="/",
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise ServerFailed(Path(arguments[0]).name, done.returncode)


def _group_of(user: str) -> int:
    """The user's own group."""
    import pwd  # not on Windows

    return pwd.getpwnam(user).pw_gid


def _free_port() -> int:
    """A port of the loopback interface that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
