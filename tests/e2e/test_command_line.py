"""The command line from outside: a hall from nothing to a restored copy, and every exit status of the contract."""

import json
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hall.printing.fonts import FontSet
from hall.printing.raster import LineRasteriser
from hall.printing.slip_image import slip_paper
from hall.resources import resource

Completed = subprocess.CompletedProcess[str]
Hall = Callable[..., Completed]

MATTER = "XK05"
CLERK = ("--user", "clerk")
GUARDS = ("audit_row_append_only_update", "audit_row_append_only_delete")

pytestmark = pytest.mark.e2e


def out_of(done: Completed, status: int = 0) -> str:
    """The output of a command that has to end so; nothing on standard error where it is 0."""
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def refusal_of(done: Completed, status: int = 1) -> str:
    """The sentence of a command that has to be refused: nothing on standard output."""
    assert out_of(done, status) == ""
    assert done.stderr.strip()
    return done.stderr


def change(database: Path, *statements: str) -> None:
    """What somebody does who has the file and knows SQL."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def issue(hall: Hall) -> str:
    """A number is taken; gives its code."""
    return str(json.loads(out_of(hall("ticket", "issue", "--matter", MATTER, "--json", *CLERK)))["code"])


def test_a_hall_from_nothing_to_its_first_ticket(run_hall: Hall, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "hall db init" in refusal_of(run_hall(home, "db", "check"))
    made = json.loads(out_of(run_hall(home, "db", "init", "--json")))
    assert stat.S_IMODE((home / "hall.key").stat().st_mode) == 0o600
    assert "已经建立过" in refusal_of(run_hall(home, "db", "init"))
    one_time = {"HALL_PASSWORD": made["one_time_password"]}
    create = ("account", "create", "clerk", "--name", "王测甲", "--role", "clerk", "--user", "admin")
    assert "首次登录要先改密码" in refusal_of(run_hall(home, *create, environment=one_time))
    new = {"HALL_PASSWORD": "the-first-real-password", "HALL_NEW_PASSWORD": "of-the-one-who-works-here"}
    first = one_time | {"HALL_NEW_PASSWORD": new["HALL_PASSWORD"]}
    assert out_of(run_hall(home, "account", "password", "--user", "admin", environment=first)) == "密码已修改。\n"
    assert "账号或密码不对" in refusal_of(run_hall(home, *create, environment=one_time))
    said = out_of(run_hall(home, *create, environment=new))
    clerk = {"HALL_PASSWORD": said.strip().rpartition("：")[2], "HALL_NEW_PASSWORD": new["HALL_NEW_PASSWORD"]}
    out_of(run_hall(home, "account", "password", *CLERK, environment=clerk))
    catalogue = ("import", "catalogue", str(resource("catalogue/sample.csv")))
    working = {"HALL_PASSWORD": new["HALL_NEW_PASSWORD"]}
    assert "不能导入" in refusal_of(run_hall(home, *catalogue, *CLERK, environment=working))
    assert "新增 31 项" in out_of(run_hall(home, *catalogue, "--user", "admin", environment=new))
    ticket = run_hall(home, "ticket", "issue", "--matter", MATTER, *CLERK, environment=working)
    assert out_of(ticket).startswith("B001 号，")


def test_a_queue_without_a_screen(hall: Hall, home: Path) -> None:
    codes = [issue(hall), issue(hall)]
    assert codes == ["B001", "B002"]
    waiting = json.loads(out_of(hall("ticket", "list", "--json", *CLERK)))
    assert [each["code"] for each in waiting["waiting"]] == codes
    called = json.loads(out_of(hall("ticket", "call", "--counter", "3", "--json", *CLERK)))
    assert (called["code"], called["counter"], called["matter"]) == ("B001", 3, MATTER)
    after = json.loads(out_of(hall("ticket", "list", "--json", *CLERK)))
    assert [each["code"] for each in after["waiting"]] == ["B002"]
    assert [(each["code"], each["counter"]) for each in after["calls"]] == [("B001", 3)]
    assert "窗口" in refusal_of(hall("ticket", "call", "--counter", "99", *CLERK))
    assert "事项" in refusal_of(hall("ticket", "issue", "--matter", "NO", *CLERK))
    slip = home / "B002.bin"
    out_of(hall("print", "ticket", "B002", "--file", str(slip), *CLERK))
    paper = slip_paper(slip.read_bytes(), dots=576, raster=LineRasteriser(FontSet.shipped()))
    assert "B002" in paper.text
    for kind in ("audit", "data"):
        assert json.loads(out_of(hall("verify", kind, "--json"))) == {"ok": True, "problems": []}


def test_a_copy_brings_back_what_was_there_and_no_more(hall: Hall, home: Path, tmp_path: Path) -> None:
    issue(hall)
    copy = tmp_path / "copy.db"
    out_of(hall("db", "backup", str(copy)))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "已经存在" in refusal_of(hall("db", "backup", str(copy)))
    issue(hall)
    assert "已从" in out_of(hall("db", "restore", str(copy)))
    codes = [each["code"] for each in json.loads(out_of(hall("ticket", "list", "--json", *CLERK)))["waiting"]]
    assert codes == ["B001"]
    for kind in ("audit", "data"):
        out_of(hall("verify", kind))
    assert issue(hall) == "B002"
    assert len(list(home.glob("hall.db.before-restore-*"))) == 1


def test_what_is_typed_wrong_is_status_2_with_the_usage(hall: Hall) -> None:
    for words in (("ticket",), ("nonsense",), ("ticket", "call", *CLERK), ("open", "garden"), ("card", "read")):
        said = refusal_of(hall(*words), 2)
        assert "用法： hall" in said
        assert "用法不对" in said


def test_a_port_that_is_not_there_is_status_3(hall: Hall) -> None:
    assert "/dev/ttyNONE" in refusal_of(hall("card", "read", "--port", "/dev/ttyNONE"), 3)
    issue(hall)
    assert "/dev/ttyNONE" in refusal_of(hall("print", "ticket", "B001", "--port", "/dev/ttyNONE", *CLERK), 3)


EDITS = {
    "被改动": ("UPDATE audit_row SET actor_name = '他人' WHERE sequence = 4",),
    "缺失": ("DELETE FROM audit_row WHERE sequence = 4",),
    # The table forbids two rows in one place, so whoever wants that builds it anew.
    "插入": (
        "CREATE TABLE forged AS SELECT * FROM audit_row",
        "INSERT INTO forged SELECT * FROM audit_row WHERE sequence = 4",
        "UPDATE forged SET id = 9999, subject = 'ticket:99' WHERE rowid = (SELECT max(rowid) FROM forged)",
        "DROP TABLE audit_row",
        "ALTER TABLE forged RENAME TO audit_row",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_whoever_edits_the_trail_is_found_out_by_station_and_sequence(hall: Hall, home: Path, edit: str) -> None:
    database = home / "hall.db"
    for statement in EDITS["被改动"] + EDITS["缺失"]:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            change(database, statement)
    change(database, *(f"DROP TRIGGER {name}" for name in GUARDS), *EDITS[edit])
    problem = json.loads(out_of(hall("verify", "audit", "--json"), 4))["problems"][0]
    assert (problem["station"], problem["sequence"], problem["kind"]) == ("main/station-1", 4, edit)
    assert f"工作站 main/station-1：第 4 条记录{edit}" in refusal_of(hall("verify", "audit"), 4)
