"""Which panel belongs to which act on a penalty case: every subject's own ones, together."""

from collections.abc import Mapping

from hall.windows.penalty_tools import PanelMaker

PANELS: Mapping[str, PanelMaker] = {}
