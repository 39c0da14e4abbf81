"""The whole examination, one finding after the other."""

from collections.abc import Iterator, Mapping

from hall import settings
from hall.app.doctor.computer import computer_checks
from hall.app.doctor.database import database_checks
from hall.app.doctor.devices import device_checks
from hall.app.doctor.finding import Finding
from hall.clock import Clock


def examine(environment: Mapping[str, str], clock: Clock) -> Iterator[Finding]:
    """Every check in turn; with unusable settings the rest is examined under the usual values."""
    trouble: settings.BadSettings | None = None
    try:
        chosen = settings.load(environment)
    except settings.BadSettings as error:
        trouble = error
        chosen = settings.Settings(home=settings.home_from(environment))
    for check in computer_checks(chosen, trouble):
        yield check()
    for check in database_checks(chosen, clock):
        yield check()
    for check in device_checks(chosen):
        yield check()
