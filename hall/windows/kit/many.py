"""Many like deeds one after the other: how far it is, stopped between two of them, at the end what was refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Signal, Slot

from hall.errors import HallError, Missing, Refused
from hall.windows.kit.deeds import DeedPanel, Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.messages import Tone
from hall.windows.kit.work import Work

OK, GO_ON = "知道了", "继续"


@dataclass(frozen=True, slots=True)
class Deed:
    """One of many: how it is named, and what does it; False where it had been done before."""

    title: str
    do: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class RunWords:
    """What is being done, what then has been done, and what is said of those done before."""

    doing: str
    done: str
    before: str


PRINTING = RunWords("正在补打", "已交给打印机", "今天已为同一原因补打过")
ISSUING = RunWords("正在签发督办单", "已签发督办单", "先前已签发，等待回复")


@dataclass(slots=True)
class _Run:
    """Where a run is: deeds before `place` are over."""

    words: RunWords
    deeds: tuple[Deed, ...]
    place: int = 0
    done: int = 0
    before: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    stopping: bool = False

    @property
    def left(self) -> int:
        return len(self.deeds) - self.place

    @property
    def progress(self) -> str:
        last = "，做完这份就停" if self.stopping else "（Esc 停下）"
        return f"{self.words.doing}：第{self.place + 1}份，共{len(self.deeds)}份{last}"

    @property
    def told(self) -> str:
        """How it ended."""
        parts = [f"{self.words.done} {self.done} 份"]
        parts += [f"{self.before} 份{self.words.before}"] * bool(self.before)
        parts += [f"{len(self.refused)} 份没有办成"] * bool(self.refused)
        parts += [f"还有 {self.left} 份没有办"] * bool(self.left)
        return "，".join(parts)


class Many(QObject):
    """Runs deeds one at a time, each a task of its own, so that other work of the window comes between.

    Nothing is asked when it is stopped: the deed that has begun is finished, the rest is untouched and can be gone
    on with. A refusal is kept and told at the end; what concerns them all (the database is away) stops the run.
    """

    ended = Signal()

    def __init__(self, frame: Frame, side: Side, work: Work) -> None:
        super().__init__(frame)
        self._frame, self._side, self._work = frame, side, work
        self._run: _Run | None = None
        self._number = 0
        self.panel = ManyPanel()
        self.panel.submitted.connect(self._answered)
        frame.installEventFilter(self)

    @property
    def running(self) -> bool:
        """Whether deeds are being done."""
        return bool(self._number)

    def start(self, words: RunWords, deeds: Sequence[Deed], *, refused: Sequence[tuple[str, str]] = ()) -> None:
        """Do them all; one run at a time. `refused`: title and reason of what cannot even be begun."""
        if self.running:
            self._frame.message.say("上一批还没有做完，请等它结束，或者按 Esc 停下。", "refusal")
        else:
            self._begin(_Run(words, tuple(deeds), refused=list(refused)))

    def stop(self) -> bool:
        """After the one that has begun; whether there was anything to stop."""
        run = self._run
        if run is None or not self.running or run.stopping:
            return False
        run.stopping = True
        self._frame.progress.say(self._number, run.progress)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that is closed begins nothing more."""
        if event.type() == QEvent.Type.Close:
            self.stop()
        return super().eventFilter(watched, event)

    def _begin(self, run: _Run) -> None:
        self._run = run
        run.stopping = False
        self._number = self._frame.progress.begin(run.progress, self._cancel)
        self._next(run)

    def _cancel(self) -> None:
        self.stop()

    def _next(self, run: _Run) -> None:
        if run.stopping or not run.left:
            self._end(run)
            return
        self._frame.progress.say(self._number, run.progress)
        self._work.one_of_many(run.deeds[run.place].do, self._done, on_failed=self._failed)

    def _done(self, newly: bool) -> None:
        run = self._run
        if run is not None:
            run.done += newly
            run.before += not newly
            run.place += 1
            self._next(run)

    def _failed(self, failure: HallError) -> None:
        run = self._run
        if run is None:
            return
        if isinstance(failure, Refused | Missing):
            run.refused.append((run.deeds[run.place].title, failure.sentence))
            run.place += 1
            self._next(run)
        else:
            self._end(run)
            self._frame.show_failure(failure)

    def _end(self, run: _Run) -> None:
        self._frame.progress.end(self._number)
        self._number = 0
        stopped: Tone = "info" if run.left else "success"
        self._frame.message.say(f"{run.told}。", "refusal" if run.refused else stopped)
        if run.refused or run.left or run.before:
            self.panel.show_end(run.told, run.refused, left=run.left)
            self._side.open(self.panel)
        self.ended.emit()

    @Slot()
    def _answered(self) -> None:
        """Enter: on with the rest where there is one."""
        self._side.close_panel(self.panel)
        if self._run is not None and self._run.left and not self.running:
            self._begin(self._run)


class ManyPanel(DeedPanel):
    """What became of many deeds: those that were refused are named, each with its reason."""

    def __init__(self) -> None:
        super().__init__("办理结果", main=OK)
        self._words: tuple[str, ...] = ()

    def show_end(self, told: str, refusals: Sequence[tuple[str, str]], *, left: int = 0) -> None:
        """How it ended, number and reason of each refusal; `left`: what can be gone on with."""
        self.clear()
        lines = (f"{told}。", *(f"{title}\n{sentence}" for title, sentence in refusals))
        self._words = tuple(self.say(line).text() for line in lines)
        self.main_button.setText(f"{GO_ON}（{left} 份）  Enter" if left else f"{OK}  Enter")
        self.keys = f"Enter {GO_ON if left else OK}　Esc 关闭"

    @property
    def words(self) -> tuple[str, ...]:
        """What is shown."""
        return self._words
