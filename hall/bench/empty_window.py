"""The reference of `hall bench start`: an empty PySide6 window in a process of its own, and when it was there."""

import sys
import time

from PySide6.QtWidgets import QApplication, QWidget

from hall.bench.exposed import wait_until


def main() -> None:
    """Say the monotonic instant (seconds) at which the window is exposed."""
    application = QApplication(sys.argv)
    window = QWidget()
    window.show()
    wait_until(application, lambda: window.windowHandle().isExposed())
    sys.stdout.write(f"{time.monotonic()}\n")


if __name__ == "__main__":
    main()
