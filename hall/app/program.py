"""The windows of one station: launcher, sign-in, and the screens with what each of them needs."""

import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from hall.app.counter_side import CounterSide
from hall.app.ending import ends_on_signals
from hall.app.log import start_log
from hall.app.page_windows import PAGE_WINDOWS, PageWindow, make_window
from hall.app.station import Station
from hall.app.subject_windows import place_of
from hall.rules.authority import DISPLAY, KIOSK, may
from hall.rules.people import Actor
from hall.services.halls import HallView
from hall.settings import Settings
from hall.store import Store
from hall.windows import launcher
from hall.windows.kit.application import create_application, guard
from hall.windows.kit.dialogs import show_bug
from hall.windows.kit.frame import Frame
from hall.windows.kit.wedge import Wedge
from hall.windows.launcher import Launcher, Screen
from hall.workers.bugs import Bug

if TYPE_CHECKING:  # a station shows one of the screens: each is loaded when it is opened
    from hall.services.signing_in import SignedIn
    from hall.services.subject_notices import NoticeView
    from hall.windows.admin import Admin
    from hall.windows.board import Board
    from hall.windows.counter import Counter
    from hall.windows.counter_display import CounterDisplay
    from hall.windows.desk import Desk
    from hall.windows.display import Display
    from hall.windows.guide_desk import GuideDesk
    from hall.windows.kiosk import Kiosk
    from hall.windows.monitor import Monitor
    from hall.windows.month_report import MonthReportWindow
    from hall.windows.pages_window import PagesWindow
    from hall.windows.sign_in import SignIn
    from hall.windows.supervision import Supervision

W = TypeVar("W", bound=QWidget)
F = TypeVar("F", bound=Frame)

SCREENS = (
    launcher.KIOSK,
    launcher.COUNTER,
    launcher.GUIDE_DESK,
    launcher.DESK,
    launcher.DISPLAY,
    launcher.MONITOR,
    launcher.BOARD,
    launcher.REPORT,
    launcher.SUPERVISION,
    *(Screen(each.code, each.title, each.words) for each in PAGE_WINDOWS),
    launcher.ADMIN,
)
MINUTE_MS = 60_000
# The window first: devices and the collector have time until it shows its first data.
DEVICES_AFTER_MS = 300
COLLECTOR_AFTER_MS = 2000


class Program(QObject):
    """Opens windows and keeps them; screens of the staff ask for a sign-in first."""

    def __init__(self, application: QApplication, station: Station, hall: HallView) -> None:
        super().__init__(application)
        self._application = application
        self._station = station
        self._hall = hall
        self.windows: list[QWidget] = []
        self._kept: dict[tuple[str, int], Frame] = {}
        self._counter_side = CounterSide(station, self)
        Wedge(application, self).scanned.connect(station.scans.take)

    def start_soon(self) -> None:
        """Start the station's devices and the garbage collector, which `hall open` holds back, after the window."""
        QTimer.singleShot(DEVICES_AFTER_MS, self, self._station.start)
        own = self._station.settings.station.counter
        if own is not None:  # also while nobody has signed in there: 未登录
            self._counter_side.serve_display(own)
        QTimer.singleShot(COLLECTOR_AFTER_MS, self, _collect_again)

    def choose(self) -> Launcher:
        """Ask which screen this computer shows."""
        chooser = Launcher(self._hall.name, SCREENS)
        chooser.chosen.connect(partial(self._open_and_close, chooser))
        return self._show(chooser)

    def open(self, code: str, *, wall: bool = False) -> QWidget:
        """Open a screen by its code; `wall` is for the board."""
        openers: dict[str, Callable[[], QWidget]] = {
            launcher.KIOSK.code: self.open_kiosk,
            launcher.DISPLAY.code: self.open_display,
            launcher.COUNTER.code: partial(self._sign_in, self._choose_counter),
            launcher.GUIDE_DESK.code: partial(self._sign_in, self.open_guide_desk),
            launcher.DESK.code: partial(self._sign_in, self.open_desk),
            launcher.MONITOR.code: partial(self._sign_in, self.open_monitor),
            launcher.BOARD.code: partial(self._sign_in, partial(self.open_board, wall=wall)),
            launcher.REPORT.code: partial(self._sign_in, self.open_report),
            launcher.SUPERVISION.code: partial(self._sign_in, self.open_supervision),
            launcher.ADMIN.code: partial(self._sign_in, self.open_admin),
            **{each.code: partial(self._sign_in, partial(self.open_pages, each)) for each in PAGE_WINDOWS},
        }
        return openers[code]()

    def open_kiosk(self) -> "Kiosk":
        """取号, without a person signed in."""
        from hall.windows.kiosk import Kiosk

        station = self._station
        front = station.station_front(KIOSK)
        kiosk = Kiosk(front, station.tasks, changes=station.changes, cards=station.cards, lamps=station.lamps)
        station.scans.scanned.connect(kiosk.progress.take_scan)
        return self._show(kiosk, full=True)

    def open_display(self) -> QWidget:
        """综合屏, or the counter's own display where the station belongs to a counter."""
        number = self._station.settings.station.counter
        return self.open_hall_display() if number is None else self.open_counter_display(number)

    def open_hall_display(self) -> "Display":
        """综合屏."""
        from hall.windows.display import Display

        station = self._station
        front = station.station_front(DISPLAY)
        return self._show(Display(front, station.tasks, changes=station.changes), full=True)

    def open_counter_display(self, number: int) -> "CounterDisplay":
        """窗口屏."""
        from hall.windows.counter_display import CounterDisplay

        station = self._station
        asks = station.settings.counter_display.rating
        display = CounterDisplay(
            station.station_front(DISPLAY),
            station.tasks,
            counter=number,
            changes=station.changes,
            evaluation=self._counter_side.evaluation(number, "counter") if asks else None,
        )
        self._counter_side.serve(number)
        return self._show(display, full=True)

    def open_counter(self, actor: Actor, login: str, *, number: int) -> "Counter":
        """窗口, for a signed-in clerk."""
        from hall.windows.counter import Counter

        station = self._station
        counter = Counter(
            station.front(actor),
            station.tasks,
            counter=number,
            changes=station.changes,
            cards=station.cards,
            lamps=station.lamps,
        )
        station.scans.scanned.connect(counter.paper.take_scan)
        self._counter_side.serve(number)
        self._lock_when_idle(counter, login)
        self._tell_notices(counter, actor, login)
        return self._show(counter)

    def open_guide_desk(self, actor: Actor, login: str) -> "GuideDesk":
        """导办台, for a signed-in guide or clerk."""
        from hall.windows.guide_desk import GuideDesk

        station = self._station
        desk = GuideDesk(
            station.front(actor),
            station.tasks,
            changes=station.changes,
            cards=station.cards,
            lamps=station.lamps,
        )
        station.scans.scanned.connect(desk.take_scan)
        self._lock_when_idle(desk, login)
        self._tell_notices(desk, actor, login)
        return self._show(desk)

    def open_desk(self, actor: Actor, login: str) -> "Desk":
        """办件, for whoever reviews, decides, issues or serves."""
        from hall.windows.desk import Desk

        station = self._station
        desk = Desk(station.front(actor), station.tasks, changes=station.changes, lamps=station.lamps)
        station.scans.scanned.connect(desk.take_scan)
        self._lock_when_idle(desk, login)
        self._tell_notices(desk, actor, login)
        return self._keep(launcher.DESK.code, actor, desk)

    def open_monitor(self, actor: Actor, login: str) -> "Monitor":
        """排队监控, for the signed-in manager."""
        from hall.windows.monitor import Monitor

        station = self._station
        monitor = Monitor(station.front(actor), station.tasks, changes=station.changes, lamps=station.lamps)
        self._lock_when_idle(monitor, login)
        self._tell_notices(monitor, actor, login)
        return self._keep(launcher.MONITOR.code, actor, monitor)

    def open_board(self, actor: Actor, login: str, *, wall: bool = False) -> "Board":
        """时限看板, for a signed-in manager or officer; `wall`: with the wallboard over it."""
        from hall.windows.board import Board

        station = self._station
        board = Board(station.front(actor), station.tasks, changes=station.changes, lamps=station.lamps)
        self._lock_when_idle(board, login)
        self._tell_notices(board, actor, login)
        if may(actor, "report.read"):
            board.report_wanted.connect(partial(self.open_report, actor, login))
        self._show(board)
        if wall:
            board.wall.open()
        return board

    def open_report(self, actor: Actor, login: str) -> "MonthReportWindow":
        """统计月报, for the signed-in manager or whoever decides."""
        from hall.windows.month_report import MonthReportWindow

        station = self._station
        report = MonthReportWindow(station.front(actor), station.tasks, lamps=station.lamps)
        self._lock_when_idle(report, login)
        self._tell_notices(report, actor, login)
        return self._show(report)

    def open_supervision(self, actor: Actor, login: str) -> "Supervision":
        """督办, for whoever is answerable for cases or judges."""
        from hall.windows.supervision import Supervision

        station = self._station
        supervision = Supervision(station.front(actor), station.tasks, changes=station.changes, lamps=station.lamps)
        self._lock_when_idle(supervision, login)
        supervision.notices.chosen.connect(partial(self.show_subject, actor, login))
        return self._show(supervision)

    def open_pages(self, window: PageWindow, actor: Actor, login: str) -> "PagesWindow":
        """A window of list pages, for whoever may see one of them."""
        shown = make_window(window, self._station, actor)
        self._lock_when_idle(shown, login)
        self._tell_notices(shown, actor, login)
        return self._keep(window.code, actor, shown)

    def open_admin(self, actor: Actor, login: str) -> "Admin":
        """后台, for the administrator, or whoever looks after printing."""
        from hall.windows.admin import Admin

        station = self._station
        admin = Admin(
            station.front(actor), station.tasks, desk=station.desk, changes=station.changes, lamps=station.lamps
        )
        self._lock_when_idle(admin, login)
        return self._show(admin)

    def show_subject(self, actor: Actor, login: str, notice: "NoticeView") -> None:
        """What a message is about, in the window where it is worked on."""
        if notice.subject == "permit_case":
            desk = self._kept_or(launcher.DESK.code, actor, partial(self.open_desk, actor, login))
            desk.open_case(notice.subject_id)
        elif notice.subject == "rating_follow_up":
            monitor = self._kept_or(launcher.MONITOR.code, actor, partial(self.open_monitor, actor, login))
            monitor.show_follow_up(notice.subject_id)
        else:
            window, words = place_of(notice)
            pages = self._kept_or(window.code, actor, partial(self.open_pages, window, actor, login))
            pages.show_thing(words, notice.subject_id)

    def _tell_notices(self, frame: Frame, actor: Actor, login: str) -> None:
        """The messages that wait for whoever works here."""
        from hall.windows.notices_bell import NoticesBell

        if may(actor, "notice.read"):
            station = self._station
            bell = NoticesBell(station.front(actor).supervision, station.tasks, frame, changes=station.changes)
            bell.supervision_wanted.connect(partial(self.open_supervision, actor, login))
            bell.chosen.connect(partial(self.show_subject, actor, login))

    def _keep(self, code: str, actor: Actor, frame: F) -> F:
        """Show it; a message that is about something there opens no second one."""
        self._kept[code, actor.account_id] = frame
        return self._show(frame)

    def _kept_or(self, code: str, actor: Actor, opened: Callable[[], F]) -> F:
        kept = self._kept.get((code, actor.account_id))
        if kept is None or kept.locked or not kept.isVisible():
            return opened()
        kept.activateWindow()
        return cast(F, kept)

    def _sign_in(self, on_signed_in: Callable[[Actor, str], object]) -> "SignIn":
        from hall.windows.sign_in import SignIn, SignInCalls

        calls = SignInCalls(self._check_password, self._change_password)
        page = SignIn(calls, self._station.tasks, hall=self._hall.name)

        def go_on(actor: Actor) -> None:
            login = page.login_form.text("login")
            page.close()
            on_signed_in(actor, login)

        page.signed_in.connect(go_on)
        page.begin()
        return self._show(page)

    def _choose_counter(self, actor: Actor, login: str) -> QWidget:
        """The station's own counter, or a question where it has none."""
        own = self._station.settings.station.counter
        if own is not None:
            return self.open_counter(actor, login, number=own)
        counters = tuple(
            Screen(str(number), f"{number}号窗口", f"到 {number} 号窗口叫号、受理") for number in self._hall.counters
        )
        chooser = Launcher(self._hall.name, counters, question="您今天在几号窗口？")

        def go_on(code: str) -> None:
            chooser.close()
            self.open_counter(actor, login, number=int(code))

        chooser.chosen.connect(go_on)
        return self._show(chooser)

    def _open_and_close(self, chooser: Launcher, code: str) -> None:
        """A demo keeps the chooser: its one computer plays the whole hall."""
        self.open(code)
        if self._station.settings.mode != "demo":
            chooser.close()

    def _lock_when_idle(self, frame: Frame, login: str) -> None:
        def unlock(password: str) -> None:
            self._station.tasks.write(
                partial(self._check_password, login, password), unlocked, on_failed=frame.refuse_unlock, owner=frame
            )

        def unlocked(_signed_in: "SignedIn") -> None:
            frame.unlock()

        minutes = self._station.settings.security.idle_lock_minutes
        frame.lock_when_idle(self._application, minutes * MINUTE_MS, unlock)

    def _check_password(self, login: str, password: str) -> "SignedIn":
        from hall.services import signing_in

        return signing_in.sign_in(self._station.store, login, password=password)

    def _change_password(self, login: str, present: str, new: str) -> "SignedIn":
        from hall.services import signing_in

        return signing_in.change_password(self._station.store, login, present=present, new=new)

    def _show(self, window: W, *, full: bool = False) -> W:
        self.windows.append(window)
        if full and self._station.settings.mode == "production":
            window.showFullScreen()
        else:
            window.show()
        return window


def run_program(settings: Settings, store: Store, *, screen: str | None, wall: bool = False) -> int:
    """Run the station until its last window closes; gives Qt's exit status."""
    start_log(settings)
    application = create_application(["hall"])
    station = Station(settings, store)
    guard(partial(_show_bug, application))
    try:
        hall = station.station_front(DISPLAY).hall()
        program = Program(application, station, hall)
        program.open(screen, wall=wall) if screen else program.choose()
        program.start_soon()
        with ends_on_signals(application):
            return application.exec()
    finally:
        station.stop()


def _collect_again() -> None:
    """What the start has made stays for good: the collector need not look at it ever again."""
    gc.freeze()
    gc.enable()


def _show_bug(application: QApplication, bug: Bug) -> None:
    window = application.activeWindow()
    if window is not None:
        show_bug(window, bug)
