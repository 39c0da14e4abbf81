"""A simulated code scanner: sends scans through a pseudo-terminal."""

from hall.devices.simulated.line import SimulatedLine


class SimulatedScanner(SimulatedLine):
    """Sends what it is told to have scanned."""

    def scan(self, text: str, *, ending: str = "\r\n") -> None:
        """One scan with what this scanner ends each by; empty for one that only falls silent."""
        self.send((text + ending).encode("ascii"))
