"""A run ends: pytest and pytest-timeout give up their limits where a test fails, and know none for what is left behind.

Both do it for those who look into a failure with a debugger; a failed test that hangs while its fixtures are taken down
would never end, nor would a run whose last thread waits for ever.
"""

import faulthandler
import sys
from typing import Final

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

TAKEN_DOWN_S: Final = 60.0
"""So long the fixtures of a failed test may take to be taken down, a shared server's among them."""


class Ending:
    """Says where every thread waits and ends the process, which makes the run red."""

    @pytest.hookimpl(trylast=True)  # after those who give up their limits
    def pytest_exception_interact(self, node: pytest.Item | pytest.Collector) -> None:
        """A test has failed; its fixtures are yet to be taken down. pytest's own hook drops this limit at their end."""
        if isinstance(node, pytest.Item):
            said_to = node.config.stash[fault_handler_stderr_fd_key]
            faulthandler.dump_traceback_later(TAKEN_DOWN_S, file=said_to, exit=True)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """All is told; a process of xdist is ended by the one that collects, any other waits for its threads."""
        if not hasattr(config, "workerinput") and sys.__stderr__ is not None:
            faulthandler.dump_traceback_later(TAKEN_DOWN_S, file=sys.__stderr__, exit=True)
