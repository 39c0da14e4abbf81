"""Entry point of the `hall` console script."""

import sys

from hall.commands.last_words import last_words
from hall.commands.line import run


def main() -> int:
    """Run the command line; the return value is the exit status."""
    sys.excepthook = last_words
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
