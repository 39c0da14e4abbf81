"""Eight processes take numbers at once: never one over the quota, never one over a person's limit, none withheld."""

from itertools import chain
from pathlib import Path

import pytest

from hall.services.queue_policy import queue_policy
from hall.store.secrets import KeyRing
from tests.forked import crowd_of

QUOTA = 20


@pytest.mark.both
@pytest.mark.e2e
def test_eight_processes_take_exactly_what_the_limits_allow(database_url: str, home: Path) -> None:
    KeyRing.create(home)
    with crowd_of("tests.services.taker", database_url, str(home), str(QUOTA)) as told:
        taken = told("go")
    by_quota = sorted(chain.from_iterable(each["quota"] for each in taken))
    assert by_quota == [f"B{number:03d}" for number in range(1, QUOTA + 1)]
    by_person = sorted(chain.from_iterable(each["person"] for each in taken))
    assert by_person == [f"A{number:03d}" for number in range(1, queue_policy(home).taking.per_person + 1)]
