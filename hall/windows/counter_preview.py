"""先看后呼: what the clerk may know of the next ticket before it is announced. No name, no number of a card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from hall.services.ticket_records import Called
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.style import set_role
from hall.windows.phrases import errand_words, waited_words
from hall.words import PRIORITY_KINDS


class PreviewPanel(DeedPanel):
    """Enter announces the ticket; Esc puts it back where it was."""

    given_back = Signal()

    def __init__(self) -> None:
        super().__init__("先看后呼", main="呼叫", keys="Enter 或 F2 呼叫　Esc 放回", escape="放回")
        self._code = self.say("")
        set_role(self._code, "title")
        self._facts = self.say("")
        self._errand = self.say("")
        self._why = self.say("")
        set_role(self._why, "muted")
        self.say("还没有广播，大屏也没有显示。姓名和证件在呼叫以后才看得到。")
        self.back_button = QPushButton("放回  Esc")
        self.back_button.clicked.connect(self.given_back)
        self.back_button.installEventFilter(self)
        self.add(self.back_button)

    @property
    def words(self) -> str:
        """What is shown of the ticket."""
        return " ".join(label.text() for label in (self._code, self._facts, self._errand, self._why))

    def show_ticket(self, ticket: Called) -> None:
        """The ticket that was chosen."""
        self._code.setText(ticket.code)
        kind = f"{PRIORITY_KINDS[ticket.priority]}号"
        self._facts.setText(f"{ticket.matter_name}\n{kind}　{waited_words(ticket.waited)}")
        self._errand.setText(errand_words(ticket))
        self._errand.setVisible(bool(self._errand.text()))
        self._why.setText(ticket.reason)
        self._why.setVisible(bool(ticket.reason))
