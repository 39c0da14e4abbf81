"""Two counters register the same act at the same moment: it becomes one case."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from hall.rules.cards import TypedCard
from hall.rules.penalties import FinedTwice
from hall.services.penalty_cases import NewPenalty, register
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase
from tests.services.penalties.office import Office


def test_the_same_act_at_two_counters_is_one_case(office: Office, other_station: Store) -> None:
    party = office.resident()
    new = NewPenalty(
        party=TypedCard(party.name, party.id_number, ""),
        object_kind="citizen",
        violation_id=office.violation_id,
        act="占用人行道堆放建筑材料",
        place="莲城区向阳路20号门前",
        acted_on=office.today,
        found_on=office.today,
        filed_on=office.today,
        officers=(office.certificates["reviewer"], office.certificates["other"]),
    )
    together = Barrier(2)

    def at_counter(store: Store, login: str) -> bool:
        together.wait(20)
        try:
            register(store, office.actor(login), new=new, home=office.home)
        except FinedTwice:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(at_counter, (office.store, other_station), ("clerk", "clerk2")))
    assert sorted(done) == [False, True]
    with office.store.read() as session:
        assert session.scalar(select(func.count()).select_from(PenaltyCase)) == 1
