"""办事指南: what a matter needs and how long it takes, beside the form."""

from html import escape

from PySide6.QtWidgets import QLabel

from hall.rules.catalogue import Matter
from hall.rules.guides import GuideSection, guide_sections
from hall.windows.kit.side_panel import SidePanel


class MatterGuide(SidePanel):
    """The matter's materials, limits, basis, fee and validity."""

    def __init__(self) -> None:
        super().__init__("办事指南")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.add(self._text)

    @property
    def text(self) -> str:
        """What it says, as rich text."""
        return self._text.text()

    def show_matter(self, matter: Matter) -> None:
        """Show another matter."""
        self._text.setText(guide_html(guide_sections(matter)))


def guide_html(sections: tuple[GuideSection, ...]) -> str:
    """The sections as rich text."""
    return "".join(f"<p><b>{each.title}</b><br>{'<br>'.join(map(escape, each.lines))}</p>" for each in sections)
