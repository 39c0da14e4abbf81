"""The special procedures of the law and of the hall: `procedures.csv`, the hall's own file if there is one."""

from pathlib import Path

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.procedures import FILE_TITLE, ProcedureTable, parse_procedures

_FILE = "procedures.csv"


def procedures(home: Path) -> ProcedureTable:
    """The table in force; raises BadRows for a spoilt file."""
    own = home / _FILE
    path = own if own.is_file() else resource(_FILE)
    return parse_procedures(decode(path.read_bytes(), FILE_TITLE))
