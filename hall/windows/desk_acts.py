"""Acts at the desk: the panel each opens, the key it answers to, and in which order they stand at the foot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hall.services.desk_file import DeskFile
from hall.services.front import Front
from hall.windows.kit.deeds import DeedPanel, FormDeed
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.work import Work
from hall.words import DESK_ACTS

Deed = Callable[[], str]
"""The use case, for the database's thread; gives the sentence that says what was done."""

MAIN, CTRL_ENTER = "main", "Ctrl+Return"

ACT_KEYS: Mapping[str, Hotkey] = {
    act: Hotkey(keys, DESK_ACTS[act])
    for act, keys in (
        ("propose", CTRL_ENTER),
        ("examine", CTRL_ENTER),
        ("legal", CTRL_ENTER),
        ("decide", CTRL_ENTER),
        ("finish", CTRL_ENTER),
        ("archive", CTRL_ENTER),
        ("take", "F2"),
        ("certify", "F2"),
        ("claim", "Shift+F2"),
        ("serve", "F3"),
        ("send_back", "F4"),
        ("tell", "F4"),
        ("suspend", "F6"),
        ("resume", "Shift+F6"),
        ("extend", "F7"),
        ("ask", "F8"),
        ("answer", "Shift+F8"),
        ("assign", "F9"),
        ("hand_over", "F10"),
        ("visit", "Ctrl+1"),
        ("hearing", "Ctrl+2"),
        ("consult", "Ctrl+3"),
        ("consult_answer", "Ctrl+4"),
        ("countersign", "Ctrl+1"),
        ("report", "Ctrl+5"),
        ("release", "Ctrl+6"),
        ("default", "Ctrl+7"),
        ("withdraw", "Ctrl+8"),
        ("terminate", "Ctrl+9"),
        ("volume", "F6"),
        ("bar", "F8"),
        ("reopen", "Ctrl+0"),
    )
}
"""What the desk does, in the order of the foot. No two acts of one state share a key; a test says so."""

MAIN_ACTS = frozenset(act for act, hotkey in ACT_KEYS.items() if hotkey.keys == CTRL_ENTER)
"""The act that a state is about: it leads on."""


@dataclass(frozen=True, slots=True)
class DeskTools:
    """What a panel may need to fill itself: the use cases, and the way to run one that looks something up."""

    front: Front
    work: Work


class ActPanel(DeedPanel):
    """One act on one case: what it asks for and the use case it calls. The desk runs it and says what it did.

    `submitted` when every field is filled as it asks; then `ready` is asked, whichever key it was.
    """

    def __init__(self, tools: DeskTools, act: str, *, main: str = "") -> None:
        """`main` is what the main button says; the act's word where it is not given."""
        super().__init__(DESK_ACTS[act], main=main or DESK_ACTS[act])
        self.act = act
        self._tools = tools

    def show_file(self, file: DeskFile) -> None:
        """Take the case up: choices, proposals, what is under way. Called before `begin`, each time it opens."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Whether what was entered can be sent, beyond what each field asks; says what cannot."""
        return True

    def deed(self) -> Deed:
        """The use case with what was entered."""
        raise NotImplementedError


class FormPanel(ActPanel, FormDeed):
    """An act that a form asks for."""

    def __init__(self, tools: DeskTools, act: str, *, main: str = "") -> None:
        super().__init__(tools, act, main=main)
        self._case_id = 0


PanelMaker = Callable[[DeskTools], ActPanel]
