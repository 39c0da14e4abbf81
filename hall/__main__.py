"""Entry point of the `hall` console script."""

from hall.commands.line import run


def main() -> int:
    """Run the command line; the return value is the exit status."""
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
