"""Which panel belongs to which act of the desk."""

from collections.abc import Mapping
from functools import partial

from hall.windows import desk_clock_panels as clocks
from hall.windows import desk_hand_panels as hands
from hall.windows import desk_opinion_panels as opinions
from hall.windows.desk_acts import PanelMaker

PANELS: Mapping[str, PanelMaker] = {
    "hand_over": hands.hand_over_panel,
    "take": hands.take_panel,
    "claim": hands.claim_panel,
    "release": hands.release_panel,
    "assign": hands.AssignPanel,
    "propose": opinions.ProposePanel,
    "examine": partial(opinions.ConsentPanel, act="examine"),
    "legal": partial(opinions.ConsentPanel, act="legal"),
    "report": opinions.ReportPanel,
    "send_back": opinions.send_back_panel,
    "suspend": clocks.SuspendPanel,
    "resume": clocks.ResumePanel,
    "extend": clocks.ExtendPanel,
    "finish": hands.finish_panel,
}
