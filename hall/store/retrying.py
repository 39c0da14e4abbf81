"""Does a use case again after a lost connection, when it is known that nothing was saved."""

import functools
import logging
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from hall.store.failures import ConnectionLost

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

# Waits before the second and later tries, in seconds: a failover to another host takes a few.
PAUSES_S = (0.2, 1.0, 2.0)


def retried(function: Callable[P, T]) -> Callable[P, T]:
    """Decorate a use case that is one `store.work()` and nothing else: at most four tries.

    Only ConnectionLost is tried again: there the database does not hold the work. OutcomeUnknown never is.
    """

    @functools.wraps(function)
    def tried(*arguments: P.args, **named: P.kwargs) -> T:
        for pause in PAUSES_S:
            try:
                return function(*arguments, **named)
            except ConnectionLost:
                log.warning("connection lost in %s, trying again", function.__qualname__)
                time.sleep(pause)
        return function(*arguments, **named)

    return tried
