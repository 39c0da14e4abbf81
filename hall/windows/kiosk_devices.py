"""What the kiosk makes of the lamps of its devices."""

from hall.words import PRINTER_STATES

PRINTER, READER = "小票打印机", "读卡器"
# What a slip printer says of itself when it cannot print; all else may still give a slip.
_STOPPED = tuple(PRINTER_STATES[state] for state in ("paper_out", "cover_open", "offline", "cutter_error"))


def what_stops(state: str, words: str) -> str:
    """Why the printer cannot give a slip, in a word; empty while it may."""
    return next((word for word in _STOPPED if state != "ok" and word in words), "")
