"""Which panel belongs to which act on a penalty case: every subject's own ones, together."""

from collections.abc import Mapping

from hall.windows import penalty_case_panels as cases
from hall.windows import penalty_decision_panels as decisions
from hall.windows import penalty_fine_panels as fines
from hall.windows import penalty_leniency_panels as leniency
from hall.windows import penalty_payment_panels as payments
from hall.windows import penalty_publicity_panels as publicity
from hall.windows.penalty_tools import PanelMaker

PANELS: Mapping[str, PanelMaker] = {
    **cases.PANELS,
    **decisions.PANELS,
    **fines.PANELS,
    **leniency.PANELS,
    **payments.PANELS,
    **publicity.PANELS,
}
