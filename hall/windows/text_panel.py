"""A panel that asks for one text about a row: a reason, a statement, what was done."""

from functools import partial
from typing import TypeVar

from hall.windows.deed_list import RowPanel
from hall.windows.pages import Deed

R = TypeVar("R")


class TextPanel(RowPanel[R]):
    """The subclass says what is done with the row and the text (`do`)."""

    first = "text"

    def __init__(
        self, title: str, *, main: str, label: str = "原因", hint: str = "", required: bool = True, note: bool = False
    ) -> None:
        """`note`: some lines rather than one."""
        super().__init__(title, main=main)
        add = self.form.add_note if note else self.form.add_text
        add(self.first, label, required=required, hint=hint)
        self.add(self.form)

    def do(self, row: R, text: str) -> str:
        """The use case, in the database's thread: only `front` may be used, no widget. Gives what was done, said."""
        raise NotImplementedError

    def deed(self) -> Deed:
        """With this row and what was entered."""
        return partial(self.do, self.row, self.form.text(self.first))
