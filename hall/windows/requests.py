"""诉求派单: what waits for dispatch, what is mine, what is open, call-backs, the map of responsibilities, figures."""

from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.request_map import ResponsibilityPage
from hall.windows.request_pages import all_open, mine, to_call_back, to_dispatch
from hall.windows.request_rates import RatesPage

PAGES = PagesOf(
    "诉求派单",
    (
        PageOf("待派单", "request.dispatch", to_dispatch),
        PageOf("我办的", "request.read", mine),
        PageOf("在办", "request.read", all_open),
        PageOf("回访", "request.call_back", to_call_back),
        PageOf("责任区", "request.read", ResponsibilityPage),
        PageOf("统计", "request.read", RatesPage),
    ),
    frozenset({"request", "enquiry", "calendar"}),
)
