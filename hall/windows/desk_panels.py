"""Which panel belongs to which act of the desk."""

from collections.abc import Mapping

from hall.windows import desk_hand_panels as hands
from hall.windows.desk_acts import PanelMaker

PANELS: Mapping[str, PanelMaker] = {
    "hand_over": hands.hand_over_panel,
    "take": hands.take_panel,
    "claim": hands.claim_panel,
    "release": hands.release_panel,
    "assign": hands.AssignPanel,
    "finish": hands.finish_panel,
}
