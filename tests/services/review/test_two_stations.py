"""Two stations act on one case at the same moment: one of them does it, the other is told what has changed."""

from dataclasses import replace
from itertools import pairwise

from hall.rules.permits import NotNow
from hall.services.hands import InOtherHands
from hall.services.review_front import ReviewFront
from hall.store import Store
from tests.services.review.bureau import GRANT, Bureau
from tests.services.together import at_once


def _at(store: Store, bureau: Bureau, login: str) -> ReviewFront:
    return replace(bureau.desk(login), store=store)


def test_one_of_two_takes_a_file_and_one_of_two_decides(bureau: Bureau, other_station: Store) -> None:
    case_id = bureau.accepted(bureau.publish("R1"))
    bureau.desk("clerk").hand_over(case_id)
    here, there = bureau.desk("reviewer"), _at(other_station, bureau, "other")
    told = at_once(lambda: here.take(case_id), lambda: there.take(case_id))
    assert sorted(error is None for error in told) == [False, True]
    assert isinstance(next(error for error in told if error is not None), InOtherHands | NotNow)
    holder = "reviewer" if told[0] is None else "other"
    bureau.propose(case_id, holder)
    bureau.desk("head").examine(case_id, agree=True, text="同意")
    both = (bureau.desk("approver"), _at(other_station, bureau, "approver"))
    told = at_once(*(lambda front=front: front.decide(case_id, GRANT) for front in both))
    assert sorted(error is None for error in told) == [False, True]
    assert [each.kind for each in bureau.events(case_id)].count("decide") == 1
    assert [each.until_at is None for each in bureau.hands(case_id)].count(True) == 1
    assert all(before.until_at == after.from_at for before, after in pairwise(bureau.hands(case_id)))
