"""A paper is looked at before it is issued: as it would be, without a number, and nothing is left of the rehearsal."""

import io
from collections.abc import Callable
from functools import partial

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from hall.errors import Refused
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.rehearsing import UNNUMBERED, NothingToPreview
from hall.store import Store
from hall.store.schema.base import Base
from hall.store.store import RehearsalMisuse

Applications = Callable[..., Application]


def everything(store: Store) -> dict[str, int]:
    """How many rows every table has."""
    with store.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_an_acceptance_is_rehearsed_with_both_its_papers_and_leaves_nothing(
    store: Store, front: Front, make_application: Applications
) -> None:
    application, before = make_application(), everything(store)
    drafts = front.rehearse(partial(front.intake.accept, application))
    assert everything(store) == before
    assert [(each.kind, each.title) for each in drafts] == [
        ("receipt", "收件凭证"),
        ("acceptance", "受理通知书"),
    ]
    for each in drafts:
        assert UNNUMBERED in words(each.pdf)
        assert "〔2026〕" not in words(each.pdf)
        assert each.missing == ()
    accepted = front.intake.accept(application)
    assert accepted.receipt_number == "莲城管许收〔2026〕1号"
    issued = front.document(accepted.acceptance_document)
    told = words(issued.pdf).replace(accepted.acceptance_number, UNNUMBERED)
    assert told.replace(accepted.receipt_number, UNNUMBERED) == words(drafts[1].pdf)


@pytest.mark.both
def test_a_rehearsal_refuses_what_the_deed_refuses(
    store: Store, front: Front, make_application: Applications, front_of: Callable[..., Front], manager: Actor
) -> None:
    application, before = make_application(), everything(store)
    with pytest.raises(NotAuthorised):
        front.rehearse(partial(front_of(store, manager).intake.accept, application))
    with pytest.raises(Refused):
        front.rehearse(partial(front.intake.accept, make_application(materials=())))
    with pytest.raises(NothingToPreview, match="不出具文书"):
        front.rehearse(front.matters)
    assert everything(store) == before
    assert front.intake.accept(application).receipt_number.endswith("〕1号")  # the next deed is done again


def test_a_name_that_no_font_has_is_named_before_the_paper_is_issued(
    front: Front, make_application: Applications, make_card: Callable[..., object]
) -> None:
    drafts = front.rehearse(partial(front.intake.accept, make_application(card=make_card(name="张\U0003fffd"))))
    assert {each.missing for each in drafts} == {("\U0003fffd",)}


def test_what_speaks_sql_itself_cannot_be_rehearsed(store: Store, actor: Actor) -> None:
    with store.rehearsing(lambda _: None), pytest.raises(RehearsalMisuse), store.quick("x", actor):
        pass
