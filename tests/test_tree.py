"""The tree keeps its own rules: what no linter checks about files, functions, names and addresses."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = sorted((ROOT / "hall").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TOOLS = sorted((ROOT / "tools").rglob("*.py"))
# Written by tools/new_migration.py, one statement a table.
WRITTEN_BY_HAND = [path for path in PROGRAM if "versions" not in path.parts]
INSTALLERS = [
    *(ROOT / "tools").glob("*.sh"),
    ROOT / "Makefile",
    ROOT / ".ci" / "run",
    ROOT / "pyproject.toml",
    ROOT / "requirements.lock",
]

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
"""Lines; a call that names one argument a line is long without being hard."""
MOST_STATEMENTS = 25
MOST_PLAIN_STATEMENTS = 40
"""A widget's layout and a demo's script are many plain statements in one place, without branches."""
_PLAIN = ("windows", "demo")
MOST_POSITIONAL = 4

_MARKS = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X])\b")
_VAGUE_NAMES = re.compile(r"(helper|util|manager|misc|common)s?")
_ADDRESS = re.compile(r"[a-z]+://|index-url = ")
# These write to the person who ran them.
_MAY_PRINT = ("commands", "bench", "demo")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    names = [argument.arg for argument in chain(function.args.posonlyargs, function.args.args)]
    return [name for name in names if name not in {"self", "cls"}]


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


def test_no_file_of_the_program_is_too_long_to_read() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in WRITTEN_BY_HAND}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_module_says_on_its_first_line_what_it_is_for() -> None:
    silent = [
        _name(path)
        for path in (*PROGRAM, *TESTS, *TOOLS)
        if not path.read_text(encoding="utf-8").lstrip().startswith('"""') or not ast.get_docstring(_parsed(path))
    ]
    assert silent == []


def test_no_function_is_too_long_to_read() -> None:
    too_long = []
    for path in WRITTEN_BY_HAND:
        most = MOST_PLAIN_STATEMENTS if path.relative_to(ROOT).parts[1] in _PLAIN else MOST_STATEMENTS
        for function in _functions(path):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > LONGEST_FUNCTION or _statements(function) > most:
                too_long.append(f"{_name(path)}: {function.name}")
    assert too_long == []


def test_use_cases_take_store_and_actor_and_name_everything_else() -> None:
    loose = [
        f"{_name(path)}: {function.name}"
        for path in PROGRAM
        if "services" in path.parts
        for function in _functions(path)
        if _positional(function)[:1] == ["store"] and not function.name.startswith("_")
        if len(_positional(function)) > 2
    ]
    assert loose == []


def test_public_functions_do_not_take_long_rows_of_unnamed_arguments() -> None:
    loose = [
        f"{_name(path)}: {function.name}"
        for path in WRITTEN_BY_HAND
        for function in _functions(path)
        if not function.name.startswith("_") and len(_positional(function)) > MOST_POSITIONAL
    ]
    assert loose == []


def test_names_of_modules_say_what_is_in_them() -> None:
    vague = [_name(path) for path in [*PROGRAM, *TOOLS] if _VAGUE_NAMES.fullmatch(path.stem)]
    assert vague == []


def test_nothing_is_left_for_later_in_the_tree() -> None:
    documents = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", *(ROOT / "tools").glob("*.sh")]
    marked = [
        _name(path)
        for path in [*PROGRAM, *TESTS, *TOOLS, *documents]
        if _MARKS.search(path.read_text(encoding="utf-8"))
    ]
    assert marked == []


def test_only_commands_and_the_like_print() -> None:
    printing = [
        f"{_name(path)}:{node.lineno}"
        for path in PROGRAM
        if path.relative_to(ROOT).parts[1] not in _MAY_PRINT
        for node in ast.walk(_parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


@pytest.mark.parametrize("path", INSTALLERS, ids=_name)
def test_what_installs_names_no_address(path: Path) -> None:
    assert not _ADDRESS.search(path.read_text(encoding="utf-8"))


def test_the_lock_file_has_a_hash_for_every_version() -> None:
    assert not (ROOT / "uv.lock").exists()
    entries = re.split(r"(?m)^(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    pinned = [entry for entry in entries if "==" in entry]
    assert pinned
    assert [entry.split("==")[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_names_of_tests_are_sentences_and_given_once() -> None:
    no_sentences, twice = [], []
    for path in (path for path in TESTS if path.name.startswith("test_")):
        tests = Counter(function.name for function in _functions(path) if function.name.startswith("test_"))
        no_sentences += [f"{_name(path)}: {name}" for name in tests if len(name.removeprefix("test_").split("_")) < 3]
        twice += [f"{_name(path)}: {name}" for name, times in tests.items() if times > 1]
    assert no_sentences == []
    assert twice == []
