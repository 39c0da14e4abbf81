"""设备: every device of this station with its state, its port, its trial by one key and what goes over its line."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.devices.line_hints import LineHint
from hall.services.front import Front
from hall.services.tables_export import SheetTable
from hall.settings import Settings
from hall.windows.device_log import DeviceLog
from hall.windows.device_panels import PortPanel
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.deeds import Side
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.messages import Tone
from hall.windows.kit.tables import Column, Table
from hall.windows.kit.work import Work
from hall.workers.device_desk import DeviceDesk, RoleView
from hall.workers.device_roles import ROLES, Role
from hall.workers.device_trials import Trial
from hall.workers.found_ports import FoundPorts

LIST_SHARE, LOG_SHARE = 3, 2
SHARES = (5, 3)
# Lamps tell at once; a port that was set elsewhere does not.
LOOK_MS = 1000
DEEDS = ((hotkeys.TRY_DEVICE, "try"), (hotkeys.SET_PORT, "assign"))
FAILOVERS = {"slip_failover", "page_failover"}
FAILOVER_WORDS = "备用：首选的 30 秒不能打印时改用它"
TRIAL_WORDS = {"ok": "✓ 正常", "look": "? 请看结果", "trouble": "✕ 不正常"}
TRIAL_TONES: dict[str, Tone] = {"ok": "success", "look": "info", "trouble": "refusal"}
STARTS_ANEW = "；已打开的窗口重新打开后，才按有没有小票打印机办理"
KEYS = "F2 测试　F3 设置端口　F5 重新查找　F7 暂停记录　Ctrl+Shift+C 复制记录"


@dataclass(frozen=True, slots=True)
class TrialView:
    """What came of the last trial of a role, and when."""

    trial: Trial
    at: str


class DevicesPage(QWidget):
    """The administrator's page. `said` carries a sentence for the frame and its tone."""

    said = Signal(str, str)

    def __init__(self, front: Front, work: Work, desk: DeviceDesk) -> None:
        super().__init__()
        self._front, self._work, self._desk = front, work, desk
        self._found = FoundPorts(())
        self._trials: dict[str, TrialView] = {}
        self._hints: dict[str, tuple[LineHint, ...]] = {}
        self._trying: Role | None = None
        self.list = ListPage[RoleView](
            _table(), deeds=DEEDS, facts=self._facts, allowed=self._allowed, nothing="还没有设备。", shares=SHARES
        )
        self.list.setAccessibleName("设备")
        self.log = DeviceLog(desk.log)
        self.side = Side(self, window="admin")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SNUG)
        column.addWidget(self.list, LIST_SHARE)
        column.addWidget(self.log, LOG_SHARE)
        self.list.deed_wanted.connect(self._deed)
        self.list.table.current.connect(self._show_log)
        desk.told.connect(self._tell)
        timer = QTimer(self)
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(self.show_roles)
        timer.start()
        self.show_roles()

    @property
    def keys(self) -> str:
        """Which keys do what here."""
        return KEYS

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.list.begin()
        self.log.look()

    def sheets(self) -> tuple[SheetTable, ...]:
        """The devices and the log that is shown."""
        return (*self.list.sheets(), self.log.table.as_sheet("通信记录"))

    @Slot()
    def reload(self) -> None:
        """Look for ports again."""
        self._work.read(self._look, self._show_found, words="正在查找端口…")

    @Slot()
    def show_roles(self) -> None:
        """Every device as it is now."""
        self.list.show_rows(self._desk.roles(), _key)

    def back(self) -> bool:
        """Esc: end a trial that waits for somebody, or close the panel."""
        if self._trying is not None:
            self._desk.give_up()
            return True
        return self.side.close_panel()

    def _look(self) -> tuple[FoundPorts, dict[str, tuple[LineHint, ...]]]:
        hints = {view.role.code: self._desk.hints(view.role) for view in self._desk.roles() if view.address}
        return self._desk.ports(), hints

    def _show_found(self, looked: tuple[FoundPorts, dict[str, tuple[LineHint, ...]]]) -> None:
        self._found, self._hints = looked
        self.show_roles()

    @Slot(object)
    def _show_log(self, view: RoleView | None) -> None:
        if view is not None:
            self.log.show_device(view.role.device, view.role.name.removeprefix("备用"))

    def _facts(self, view: RoleView) -> tuple[str, Facts]:
        last = self._trials.get(view.role.code)
        hints = self._hints.get(view.role.code, ())
        facts = [
            ("状态", FAILOVER_WORDS if view.role.code in FAILOVERS and view.address else view.words),
            ("端口", view.address or "没有设置，按 F3 选择"),
            ("参数", view.details if view.address else ""),
            (
                "测试",
                f"{TRIAL_WORDS[last.trial.verdict]}（{last.at}）{last.trial.words}" if last else "还没有测试，按 F2",
            ),
            *(("请注意", f"{hint.words}{hint.advice}") for hint in hints),
        ]
        return view.role.name, facts

    def _allowed(self, view: RoleView) -> tuple[str, ...]:
        can_try = view.address or view.role.code == "page"
        return ("try", "assign") if can_try else ("assign",)

    @Slot(str, object)
    def _deed(self, act: str, view: RoleView) -> None:
        deeds: dict[str, Callable[[RoleView], None]] = {"try": self.try_out, "assign": self.assign}
        if self._trying is not None:
            self.said.emit(f"正在测试{self._trying.name}，请等它完成，或按 Esc 不等了。", "info")
        else:
            deeds[act](view)

    # A trial.

    def try_out(self, view: RoleView) -> None:
        """One key: the device shows that it works."""
        self._trying = view.role
        self.said.emit(f"正在测试{view.role.name}…", "info")
        self._work.read(partial(self._desk.try_out, view.role), partial(self._tried, view.role), words="正在测试…")
        self.show_roles()

    def _tried(self, role: Role, trial: Trial) -> None:
        self._trying = None
        self._trials[role.code] = TrialView(trial, f"{hall_time(self._front.clock.now()):%H:%M}")
        self.said.emit(f"{role.name}：{trial.words}", TRIAL_TONES[trial.verdict])
        self.show_roles()

    @Slot(str)
    def _tell(self, words: str) -> None:
        self.said.emit(words, "info")

    # Another port.

    def assign(self, view: RoleView) -> None:
        """Which port, how fast, what paper."""
        panel = PortPanel(view, self._found, self._desk.settings)
        panel.submitted.connect(partial(self._save, panel))
        self.side.open(panel)

    def _save(self, panel: PortPanel) -> None:
        front, desk, running, changes = self._front.admin, self._desk, self._desk.settings, panel.changes

        def save() -> Settings:
            changed = front.change_devices(running, changes)
            desk.adopt(changed)
            return changed

        saved = partial(self._saved, panel, running)
        self._work.write(save, saved, words="正在保存设置…", button=panel.main_button)

    def _saved(self, panel: PortPanel, before: Settings, after: Settings) -> None:
        self.side.close_panel(panel)
        slips = bool(before.slip_printer.port) != bool(after.slip_printer.port)
        self.said.emit(f"{panel.role.name}的设置已保存，马上生效{STARTS_ANEW if slips else ''}。", "success")
        self._trials.pop(panel.role.code, None)
        self.show_roles()
        self.reload()


def _key(view: RoleView) -> int:
    return ROLES.index(view.role)


def _table() -> Table[RoleView]:
    return Table[RoleView](
        [
            Column("设备", lambda view: view.role.name, width=125),
            Column("状态", lambda view: view.words, width=185, light=lambda view: view.state),
            Column("端口", lambda view: view.address or "—"),
            Column("参数", lambda view: view.details if view.address else "", width=235),
        ],
        _key,
        empty="还没有设备。",
        sortable=False,
    )
