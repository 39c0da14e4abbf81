"""Anomalies are found in the records of a case and judged by somebody they are not about."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hall.clock import business_date
from hall.rules.authority import NotAuthorised
from hall.rules.catalogue import Limit
from hall.rules.clocks import Pause
from hall.services import clocks
from hall.services.anomalies import NoSuchAnomaly, OwnAnomaly, UnknownVerdict, cases_since, inspect
from hall.services.case_records import add_event, case_locked
from hall.services.reasons import ReasonNeeded
from hall.services.supervision_front import SupervisionFront
from hall.store import Store
from hall.store.schema.certificates import Certificate
from hall.store.schema.permits import CaseSupplement
from hall.store.schema.reviewing import CaseVisit
from tests.services.supervision.bureau import APPROVER, HEAD, MANAGER, REVIEWER, Bureau

Front = Callable[[int], SupervisionFront]


@pytest.fixture
def front(bureau: Bureau) -> Front:
    return lambda account_id: SupervisionFront(bureau.store, bureau.as_role(account_id), bureau.home)


@pytest.fixture
def strange_case(bureau: Bureau) -> int:
    """A case with something of every kind: two notices, a long pause, a visit before receipt, an instant decision."""
    case_id = bureau.open_case(promised=2)
    with bureau.store.work("test.strange", bureau.as_role(HEAD)) as work:
        case, today = case_locked(work, case_id), business_date(work.now)
        for number in (1, 2):
            work.session.add(
                CaseSupplement(hall_id=work.hall_id, case_id=case_id, phase="intake", round=number, told_at=work.now)
            )
        terms = Pause("testing", today - timedelta(days=20), granted=Limit(30, "workday"), basis="第45条")
        clocks.pause(work, case, terms=terms, reason="检测")
        work.session.add(
            CaseVisit(
                hall_id=work.hall_id,
                case_id=case_id,
                booked_for=work.now,
                booked_by=HEAD,
                place="现场",
                state="made",
                made_at=work.now - timedelta(days=3),
            )
        )
        case.accepted_at, case.decided_at = work.now, work.now + timedelta(minutes=3)
        case.decided_on, case.decided_by = today, APPROVER
        work.session.add(
            Certificate(
                hall_id=work.hall_id,
                number="证1",
                case_id=case_id,
                matter_version_id=case.matter_version_id,
                holder_id=case.applicant_id,
                scope="占道",
                valid_from=today - timedelta(days=1),
                valid_to=today,
                state="valid",
                state_on=today,
            )
        )
        work.audit("test")
    return case_id


def test_every_kind_is_found_in_the_records_and_found_once(
    bureau: Bureau, front: Front, strange_case: int, other_station: Store
) -> None:
    assert inspect(bureau.store, case_id=strange_case, policy=bureau.policy) == 5
    assert inspect(other_station, case_id=strange_case, policy=bureau.policy) == 0
    found = [(each.kind, each.about, each.text) for each in front(MANAGER).anomalies()]
    assert found == [
        ("second_supplement", "", "同一办件第2次告知补正"),
        ("suspension_abuse", "周科远", "特别程序累计扣除15个工作日，承诺时限只有2日"),
        ("instant", "吴局方", "承诺件受理后3分钟即作出决定"),
        ("entered_late", "周科远", "现场勘查日期11月20日早于11月23日，先办理后录入"),
        ("entered_late", "吴局方", "证件有效期起始日期11月22日早于11月23日，先办理后录入"),
    ]
    assert inspect(bureau.store, case_id=999, policy=bureau.policy) == 0


@pytest.mark.both
def test_an_anomaly_is_judged_once_by_somebody_else(bureau: Bureau, front: Front, strange_case: int) -> None:
    inspect(bureau.store, case_id=strange_case, policy=bureau.policy)
    instant = next(each for each in front(APPROVER).anomalies() if each.kind == "instant")
    assert instant.mine
    with pytest.raises(OwnAnomaly):
        front(APPROVER).review_anomaly(instant.anomaly_id, "proper", "简单")
    with pytest.raises(UnknownVerdict):
        front(MANAGER).review_anomaly(instant.anomaly_id, "maybe", "说不清")
    with pytest.raises(ReasonNeeded):
        front(MANAGER).review_anomaly(instant.anomaly_id, "proper", "")
    with pytest.raises(NotAuthorised):
        front(REVIEWER).review_anomaly(instant.anomaly_id, "proper", "简单")
    front(MANAGER).review_anomaly(instant.anomaly_id, "improper", "已约谈，补充审查记录")
    for anomaly_id in (instant.anomaly_id, 999):
        with pytest.raises(NoSuchAnomaly):
            front(MANAGER).review_anomaly(anomaly_id, "proper", "再看")
    assert len(front(MANAGER).anomalies()) == 4
    (judged,) = front(MANAGER).anomalies(reviewed=True)
    assert (judged.verdict, judged.explanation) == ("improper", "已约谈，补充审查记录")


def test_a_station_looks_at_what_was_done_since_it_last_looked(bureau: Bureau) -> None:
    assert cases_since(bureau.store, None) == ((), 0, False)
    case_id = bureau.open_case()
    with bureau.store.work("test.event", bureau.as_role(REVIEWER)) as work:
        add_event(work, case_locked(work, case_id), "visit")
        work.audit("test")
    seen = cases_since(bureau.store, None)
    assert (seen.cases, seen.more) == ((case_id,), False)
    assert cases_since(bureau.store, seen.reached + 100).cases == ()
