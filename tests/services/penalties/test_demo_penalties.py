"""The demo's hall has a penalty case in each stage, entered as the people of the hall would."""

from pathlib import Path

from sqlalchemy import select

from hall.demo.house import build_house
from hall.store.schema.leniency import LeniencyRequest
from hall.store.schema.penalties import PenaltyCase, PenaltyProposal


def test_the_demo_has_a_penalty_case_in_each_stage(tmp_path: Path) -> None:
    store = build_house(tmp_path / "house").open_store("试用")
    with store.read() as session:
        states = session.scalars(select(PenaltyCase.state)).all()
        told = session.scalars(select(PenaltyProposal.told_on)).all()
        requests = session.scalars(select(LeniencyRequest.state)).all()
    store.close()
    assert {"filed", "decided", "served", "closed"} <= set(states)
    assert any(told)
    assert "open" in requests
