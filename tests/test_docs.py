"""What is written agrees with what is built: links, commands, settings, keys, names of code."""

import dataclasses
import importlib
import re
import shlex
import tomllib
import typing
from pathlib import Path

import pytest

from hall import settings
from hall.commands.line import COMMANDS, build_parser
from hall.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MANUAL = ROOT / "docs" / "manual.md"
DOCUMENTS = [README, *sorted((ROOT / "docs").glob("*.md"))]
PACKAGES = sorted(path.parent.name for path in (ROOT / "hall").glob("*/__init__.py"))

_LINK = re.compile(r"\[[^\]]*\]\(([^)]+)\)")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_COMMAND = re.compile(r"(?:^|[|;&]\s*|\s)(?:\.venv/bin/)?hall(?=\s|$)([^|;&<>]*)")
_SETTING_ROW = re.compile(r"^\| `([a-z_.]+)` \| (.+?) \| .+ \|$", re.MULTILINE)
_PATH = re.compile(r"(?:hall|tests|tools|resources|templates|docs)/[\w./-]+")
_DOTTED = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+)+")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def _anchors(path: Path) -> set[str]:
    return {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", _text(path), re.MULTILINE)}


def _links() -> list[tuple[Path, str]]:
    return [(path, link) for path in DOCUMENTS for link in _LINK.findall(_text(path)) if "://" not in link]


def _commands_in(lines: list[str]) -> list[str]:
    """The words after `hall`, without what is piped into it or noted behind it."""
    return [match[1].strip() for line in lines for match in _COMMAND.finditer(line.split("#")[0])]


def _examples() -> list[str]:
    """Every command in a shell block."""
    blocks = [body for path in DOCUMENTS for language, body in _FENCE.findall(_text(path)) if language == "sh"]
    return sorted(set(_commands_in([line for body in blocks for line in body.splitlines()])))


def _mentions() -> list[str]:
    """Every command in a sentence, where arguments may be left out."""
    codes = [code for path in DOCUMENTS for code in _CODE.findall(_FENCE.sub("", _text(path)))]
    return sorted(set(_commands_in([code for code in codes if re.match(r"(\.venv/bin/)?hall( |$)", code)])))


def _keys_of(kind: type, prefix: str = "") -> dict[str, object]:
    """Each settings key with its default; HALL_HOME is no key."""
    keys: dict[str, object] = {}
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        if dataclasses.is_dataclass(hints[field.name]):
            keys |= _keys_of(hints[field.name], f"{prefix}{field.name}.")
        elif field.name != "home":
            keys[prefix + field.name] = field.default
    return keys


def _default(text: str) -> object:
    """What the table gives as default: a TOML value, or that the key is left out."""
    return None if text == "（不写）" else tomllib.loads(f"value = {text.strip('`')}")["value"]


@pytest.mark.parametrize(("path", "link"), _links(), ids=lambda value: getattr(value, "name", value))
def test_every_link_leads_to_something(path: Path, link: str) -> None:
    target, _, anchor = link.partition("#")
    file = path.parent / target if target else path
    assert file.exists()
    assert not anchor or anchor in _anchors(file)


@pytest.mark.parametrize("line", _examples())
def test_every_example_of_a_command_parses(line: str) -> None:
    words = shlex.split(line) or ["open"]
    assert words[0] in COMMANDS
    build_parser(words[0]).parse_args(words)


@pytest.mark.parametrize("line", _mentions())
def test_every_command_that_is_mentioned_exists(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(line) or ["open"]
    assert words[0] in COMMANDS
    try:
        build_parser(words[0]).parse_args(words)
    except SystemExit:
        assert "用法不对：还缺 " in capsys.readouterr().err


def test_every_command_has_an_example() -> None:
    assert {line.split()[0] for line in _examples() if line} == set(COMMANDS)


def test_readme_and_program_know_the_same_settings() -> None:
    table = dict(_SETTING_ROW.findall(_text(README).split("\n## 配置\n")[1].split("\n## ")[0]))
    assert {key: _default(text) for key, text in table.items()} == _keys_of(Settings)


@pytest.mark.parametrize("example", [body for language, body in _FENCE.findall(_text(README)) if language == "toml"])
def test_every_example_of_settings_can_be_used(example: str, tmp_path: Path) -> None:
    (tmp_path / settings.SETTINGS_FILE).write_text(example, encoding="utf-8")
    assert settings.load({"HALL_HOME": str(tmp_path)}) != Settings(home=tmp_path)


def test_keys_in_the_readme_do_what_the_counter_says() -> None:
    from hall.windows.kit.hotkeys import WINDOWS, key_text

    known = {key_text(hotkey): hotkey.words for hotkey in WINDOWS["counter"]}
    written = dict(re.findall(r"\| `((?:(?:Ctrl|Alt|Shift)\+)*\w+)` \| ([^|]+?) (?=\|)", _text(README)))
    keys = {key: words for key, words in written.items() if key in known or re.match(r"F\d|Ctrl|Alt", key)}
    assert keys
    assert keys == {key: known[key] for key in keys}


def test_keys_in_the_manual_do_what_the_desk_says() -> None:
    from hall.windows.desk_acts import ACT_KEYS
    from hall.windows.kit.hotkeys import WINDOWS, key_text

    section = _text(MANUAL).split("\n## 办件：")[1].split("\n## ")[0]
    rows = "\n".join(line for line in section.splitlines() if line.startswith("|"))
    written = {
        (key, word) for key, words in re.findall(r"`([^`]+)` ([^，|]+)", rows) for word in words.strip().split("、")
    }
    acts = {(key_text(hotkey), hotkey.words) for hotkey in ACT_KEYS.values()}
    assert acts <= written
    assert written - acts <= {(key_text(hotkey), hotkey.words) for hotkey in WINDOWS["desk"]}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document: Path) -> None:
    named = {code for code in _CODE.findall(_FENCE.sub("", _text(document))) if _PATH.fullmatch(code)}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_function_that_is_named_exists(document: Path) -> None:
    named = {code for code in _CODE.findall(_FENCE.sub("", _text(document))) if _DOTTED.fullmatch(code)}
    assert sorted(name for name in named if not _exists(name)) == []


def _exists(dotted: str) -> bool:
    """Whether hall.<dotted> is a module, or something in one."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(["hall", *parts[:cut]]))
        except ModuleNotFoundError:
            continue
        return _holds(found, parts[cut:])
    return False


def _holds(owner: object, names: list[str]) -> bool:
    for name in names:
        if not hasattr(owner, name) and name not in getattr(owner, "__annotations__", {}):
            return False
        owner = getattr(owner, name, None)
    return True
