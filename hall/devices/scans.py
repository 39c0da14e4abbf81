"""Scans in what a code scanner's line brings: each is one text, ended by CR or LF or, without them, by a silence."""

LONGEST_SCAN = 300
"""Characters; a receipt's code has at most 180."""

_ENDS = b"\r\n"


class ScanParser:
    """Cuts what a line brings into scans: printable ASCII, at most 300 characters, in whatever portions.

    `garbled` counts what was no such text: noise, a wrong baud rate, a scan that was torn. A scanner that has once
    ended a scan with CR or LF always does, so from then on a silence ends a torn scan, not a whole one.
    """

    def __init__(self) -> None:
        self.garbled = 0
        self._begun = b""
        self._ended_by_line = False
        self._overlong = False

    def feed(self, portion: bytes) -> list[str]:
        """Add received bytes; gives the scans now complete, in order."""
        scans = []
        for byte in portion:
            if byte in _ENDS:
                self._ended_by_line = self._ended_by_line or bool(self._begun)
                scans += self._finish()
            elif len(self._begun) < LONGEST_SCAN:
                self._begun += bytes([byte])
            else:
                self._overlong = True
        return scans

    def hear_silence(self) -> list[str]:
        """Nothing came for SILENCE_SECONDS: the scan that was begun is over."""
        self._overlong = self._overlong or (self._ended_by_line and bool(self._begun))
        return self._finish()

    def _finish(self) -> list[str]:
        begun, self._begun = self._begun, b""
        sound = not self._overlong and all(0x20 <= byte < 0x7F for byte in begun)
        self._overlong = False
        text = begun.decode("ascii", errors="replace").strip()
        self.garbled += not sound
        return [text] if sound and text else []
