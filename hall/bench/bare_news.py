"""How soon another connection knows of a commit: LISTEN on PostgreSQL, data_version every 250 ms on SQLite."""

import sqlite3
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

from hall.store.changes import SQLITE_POLL_S
from hall.store.engine import libpq_parameters

_CHANNEL = "hall_bench_news"


def bare_news(url: str, *, count: int, pause: float) -> list[float]:
    """Milliseconds from the beginning of each of so many commits until the other connection knows."""
    if url.startswith("sqlite"):
        with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
            return _of_file(Path(folder) / "news.db", count, pause)
    return _of_server(url, count, pause)


def _of_server(url: str, count: int, pause: float) -> list[float]:
    import psycopg
    from psycopg.conninfo import make_conninfo

    info = make_conninfo(**libpq_parameters(url))
    heard: SimpleQueue[float] = SimpleQueue()
    with psycopg.connect(info, autocommit=True) as listener, psycopg.connect(info, autocommit=True) as speaker:
        listener.execute(f"LISTEN {_CHANNEL}")

        def listen() -> None:
            for _ in listener.notifies(stop_after=count):
                heard.put(time.monotonic())

        thread = threading.Thread(target=listen)
        thread.start()
        took = []
        for _ in range(count):
            time.sleep(pause)
            spoken = time.monotonic()  # before: the listener may hear it before the speaker has the server's answer
            speaker.execute(f"NOTIFY {_CHANNEL}")
            took.append((heard.get() - spoken) * 1000)
        thread.join()
    return took


def _of_file(path: Path, count: int, pause: float) -> list[float]:
    heard: SimpleQueue[float] = SimpleQueue()
    over = threading.Event()
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL").fetchall()
        writer.execute("CREATE TABLE news (n integer)")

        def listen() -> None:
            with closing(sqlite3.connect(path)) as listener:
                last = listener.execute("PRAGMA data_version").fetchone()
                while not over.wait(SQLITE_POLL_S):
                    version = listener.execute("PRAGMA data_version").fetchone()
                    if version != last:
                        last = version
                        heard.put(time.monotonic())

        thread = threading.Thread(target=listen)
        thread.start()
        took = []
        for number in range(count):
            time.sleep(pause)
            written = time.monotonic()
            writer.execute("INSERT INTO news VALUES (?)", (number,))
            took.append((heard.get() - written) * 1000)
        over.set()
        thread.join()
    return took
