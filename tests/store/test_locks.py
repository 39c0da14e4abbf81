"""SQLite's locks on the file hold whatever else this process does with it."""

import sqlite3
import subprocess
import sys
from contextlib import closing

from sqlalchemy import text
from sqlalchemy.engine import make_url

from hall.store.engine import open_engine

_OTHER_PROCESS = """
import sys
from sqlalchemy import text
from hall.store.engine import open_engine
engine = open_engine(sys.argv[1])
with engine.begin() as connection:
    connection.execute(text("CREATE TABLE IF NOT EXISTS note (n integer)"))
    connection.execute(text("INSERT INTO note VALUES (1)"))
engine.dispose()
"""


def test_a_second_opening_drops_no_lock_so_that_another_process_leaves_the_log_alone(sqlite_url: str) -> None:
    first = open_engine(sqlite_url)
    with first.begin() as connection:
        connection.execute(text("CREATE TABLE mine (n integer)"))
    second = open_engine(sqlite_url)
    for number in range(3):
        subprocess.run([sys.executable, "-c", _OTHER_PROCESS, sqlite_url], check=True, timeout=60)
        with first.begin() as connection:
            connection.execute(text("INSERT INTO mine VALUES (:n)"), {"n": number})
    with closing(sqlite3.connect(str(make_url(sqlite_url).database))) as outside:
        assert outside.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert outside.execute("SELECT count(*) FROM note").fetchone() == (3,)
        assert outside.execute("SELECT count(*) FROM mine").fetchone() == (3,)
    first.dispose()
    second.dispose()
