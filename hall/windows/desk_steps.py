"""A panel whose questions depend on what is to be done now: a choice on top shows the fields of that step."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Slot

from hall.services.board_choices import Choices
from hall.services.desk_file import DeskFile
from hall.windows.desk_acts import Deed, DeskTools, FormPanel
from hall.windows.kit.forms import Form


class StepsPanel(FormPanel):
    """`fields` of each step by key; `do` gives the sentence. Fields that no chosen step wants are hidden."""

    def __init__(self, tools: DeskTools, act: str, *, words: str = "") -> None:
        super().__init__(tools, act, main="确定")
        if words:
            self.say(words)
        self.told = self.say("")
        self.step = self.form.add_choice("step", "要做什么", {})
        self.build(self.form)
        self.step.currentIndexChanged.connect(self._step_changed)
        self.add(self.form)
        self.case_id = 0
        self._shown: tuple[str, ...] = ()

    def build(self, form: Form) -> None:
        """Add every field of every step."""
        raise NotImplementedError

    def steps(self, file: DeskFile) -> Mapping[str, str]:
        """The steps that are open for this case now, the likeliest first; a key may carry an id: record:17."""
        raise NotImplementedError

    def fields(self, step: str) -> Sequence[str]:
        """The keys of a step's fields."""
        raise NotImplementedError

    def explain(self, file: DeskFile, step: str) -> str:
        """What the step is about."""
        return ""

    def do(self, step: str, told: Mapping[str, str]) -> Callable[[], str]:
        """The use case of a step with what was entered."""
        raise NotImplementedError

    def show_file(self, file: DeskFile) -> None:
        """Offer the steps of this case."""
        self.case_id = file.case_id
        self._file = file
        self.form.clear()
        self.form.set_choices("step", self.steps(file))
        self.step.setCurrentIndex(0)
        self._step_changed()

    def begin(self) -> None:
        """At the choice where there is one, else at the first field."""
        chosen = self._shown[0] if self.step.count() == 1 and self._shown else "step"
        self.form.focus(chosen)

    def deed(self) -> Deed:
        """The step as it stands."""
        return self.do(self.form.text("step"), {key: self.form.text(key) for key in self._shown})

    def all_fields(self) -> Sequence[str]:
        """Every key but the choice's own."""
        return [key for key in self.form.keys if key != "step"]

    @Slot()
    def _step_changed(self) -> None:
        step = self.form.text("step")
        if not step:
            return
        self._shown = tuple(self.fields(step))
        for key in self.all_fields():
            self.form.show_field(key, key in self._shown)
        self.told.setText(self.explain(self._file, step))
        self.told.setVisible(bool(self.told.text()))


def key_of(step: str) -> int:
    """The id that a step carries."""
    return int(step.partition(":")[2])


def offer_staff(tools: DeskTools, form: Form, keys: Sequence[str]) -> None:
    """Fill choices with the staff of the hall; the first one is nobody."""

    def show(choices: Choices) -> None:
        for key in keys:
            form.set_choices(key, {"": "请选择", **{str(each): name for each, name in choices.officers.items()}})

    tools.work.read(tools.front.board_desk.choices, show, words="正在查人员…")


def chosen_staff(form: Form, keys: Sequence[str], names: Mapping[str, str]) -> bool:
    """Whether somebody is chosen in each; says so below the first that is empty."""
    for key in keys:
        if not form.text(key):
            form.refuse(key, f"请选择{names[key]}。")
            return False
    return True
