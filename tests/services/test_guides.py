"""Printing a guide: one job of this station, made from the version in force when it was asked for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hall.errors import Missing
from hall.printing.slip import SlipText
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.catalogue import Matter
from hall.rules.people import Actor
from hall.services import paper, spool
from hall.services.catalogue import NoSuchMatter, import_matters
from hall.services.front import Front
from hall.services.guides import guide_slip_of
from hall.store import Store


def test_a_kiosk_prints_the_guide_of_the_version_it_was_asked_for(
    store: Store,
    front_of: Callable[[Store, Actor], Front],
    administrator: Actor,
    matter_of: Callable[[str], Matter],
) -> None:
    kiosk = front_of(store, station_actor("kiosk", name="取号机", hall_id=store.hall_id))
    kiosk.print_guide("XK05")
    import_matters(store, administrator, matters=(replace(matter_of("XK05"), name="改了名的事项"),))
    job = spool.claim(store, printer="slip")
    assert job is not None
    assert (job.subject_kind, job.title) == ("guide", "办事指南 XK05")
    words = [part.text for part in paper.slip_of(store, job).parts if isinstance(part, SlipText)]
    assert "临时占用城市道路许可" in words
    assert "申请材料" in words
    assert "电话：0000-1234567" in words


def test_an_unknown_matter_has_no_guide(front: Front) -> None:
    with pytest.raises(NoSuchMatter):
        front.print_guide("XX99")
    with pytest.raises(Missing):
        guide_slip_of(front.store, 9999)


def test_a_display_prints_nothing(store: Store, front_of: Callable[[Store, Actor], Front]) -> None:
    with pytest.raises(NotAuthorised):
        front_of(store, station_actor("display", name="大屏", hall_id=store.hall_id)).print_guide("XK05")
