"""The bank's file: each line credited once, or left for the cashier; a file that cannot be true changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select

from hall.rules.authority import NotAuthorised
from hall.rules.imports import BadRows
from hall.services import fines, payment_notices, payments, reconciling
from hall.services.payment_notices import NewNotice
from hall.services.penalty_records import duties_of
from hall.store import Store
from hall.store.schema.payments import PaymentFile, PaymentLine
from tests.services.penalties.bank import file_of, lines_of, paid, report
from tests.services.penalties.office import FINE, Office

CODE = "61000026A0000000123X"
TODAY = date(2026, 11, 23)


def number_of(office: Office, case_id: int) -> str:
    return office.decision_of(case_id).number


def balance(office: Office, case_id: int) -> tuple[int, int]:
    """What is owed and what was paid too much, today."""
    with office.store.read() as session:
        found = fines.position_of(session, office.case(case_id), on=office.today, home=office.home)
    assert found is not None
    return found.balance_fen, found.over_fen


def test_every_line_of_a_file_finds_its_outcome(office: Office) -> None:
    exact, partial, over, unserved = office.served(), office.served(), office.served(), office.decided()
    done = report(
        office,
        paid("B1", "3000", number=number_of(office, exact)),
        paid("B2", "1000", number=number_of(office, partial)),
        paid("B3", "3500", number=number_of(office, over)),
        paid("B4", "3000", number=number_of(office, unserved)),
        paid("B5", "70", number="外地罚决〔2026〕9号"),
        paid("B1", "3000", number=number_of(office, exact)),
        total="13570",
    )
    assert done.outcomes == {"exact": 1, "partial": 1, "over": 1, "unknown": 2, "duplicate": 1}
    assert [balance(office, case_id) for case_id in (exact, partial, over)] == [(0, 0), (200_000, 0), (0, 50_000)]
    by_reference = {(line.bank_reference, line.outcome): line for line in lines_of(office)}
    waiting = sorted(reference for (reference, _), line in by_reference.items() if line.settled_on is None)
    assert waiting == ["B3", "B4", "B5"]
    assert by_reference["B3", "over"].excess_fen == 50_000
    assert "送达登记后" in by_reference["B4", "unknown"].note
    assert by_reference["B4", "unknown"].case_id == unserved
    assert "没有这个文号的决定" in by_reference["B5", "unknown"].note


@pytest.mark.both
def test_a_line_pays_what_was_owed_on_its_day_in_the_order_of_the_days(office: Office) -> None:
    case_id = office.served(on=date(2026, 10, 20), served_on=date(2026, 10, 23), due_on=date(2026, 11, 9))
    number = number_of(office, case_id)
    report(
        office,
        paid("B2", "90", number=number, on="2026-11-12"),
        paid("B1", "3000", number=number, on="2026-11-10"),
        total="3090",
    )
    assert [(line.bank_reference, line.outcome) for line in lines_of(office)] == [("B1", "partial"), ("B2", "exact")]
    assert balance(office, case_id) == (0, 0)


def test_the_same_file_again_and_the_same_line_in_another_file_change_nothing(office: Office) -> None:
    case_id = office.served()
    row = paid("B1", "1000", number=number_of(office, case_id))
    first, again = report(office, row, total="1000"), report(office, row, total="1000", login="cashier2")
    assert (again.known, again.file_id, len(lines_of(office))) == (True, first.file_id, 1)
    other = report(office, row, paid("B2", "500", number=number_of(office, case_id)), total="1500")
    assert other.outcomes == {"duplicate": 1, "partial": 1}
    assert balance(office, case_id) == (150_000, 0)
    assert [line.settled_on for line in lines_of(office)] == [TODAY] * 3


@pytest.mark.both
def test_payments_leave_the_same_balance_in_whichever_order_their_files_come(office: Office) -> None:
    days = {"on": date(2026, 10, 20), "served_on": date(2026, 10, 23), "due_on": date(2026, 11, 9)}
    cases = [office.served(**days) for _ in range(2)]  # type: ignore[arg-type]
    for case_id, order in zip(cases, ((0, 1, 2), (2, 0, 1)), strict=True):
        rows = [
            paid(f"C{case_id}-{each}", "1000", number=number_of(office, case_id), on=f"2026-11-{day}")
            for each, day in enumerate((10, 14, 20))
        ]
        for each in order:
            report(office, rows[each], total="1000")
    assert balance(office, cases[0]) == balance(office, cases[1])
    assert balance(office, cases[0])[0] == 9_000 + 4 * 6_000 + 6 * 3_000


def test_another_payment_under_a_known_reference_waits(office: Office) -> None:
    number = number_of(office, office.served())
    report(office, paid("B1", "1000", number=number), total="1000")
    report(office, paid("B1", "900", number=number), total="900")
    doubtful = lines_of(office)[-1]
    assert (doubtful.outcome, doubtful.entry_id, doubtful.settled_on) == ("duplicate", None, None)
    assert "内容不同" in doubtful.note


def test_a_code_finds_its_notice_and_must_not_disagree_with_the_number(office: Office) -> None:
    mine, other = office.served(), office.served()
    payment_notices.issue_notice(
        office.store, office.actor("clerk"), case_id=mine, notice=NewNotice(CODE, FINE), home=office.home
    )
    done = report(
        office,
        paid("B1", "3000", code=CODE, number=number_of(office, other)),
        paid("B2", "3000", code=CODE),
        total="6000",
    )
    assert done.outcomes == {"unknown": 1, "exact": 1}
    assert balance(office, mine) == (0, 0)
    assert "不是同一件案件" in lines_of(office)[0].note


def test_a_file_that_cannot_be_true_is_refused_line_by_line_and_nothing_is_kept(office: Office) -> None:
    case_id = office.served()
    number = number_of(office, case_id)
    with pytest.raises(BadRows) as refused:
        report(
            office,
            paid("B1", "3000", number=number),
            paid("B2", "10", number=number, on="2026-11-15"),
            paid("B3", "10", number=number, on="2026-11-24"),
            total="3020",
        )
    assert [(row.line, row.reason[:17]) for row in refused.value.rows] == [
        (3, "缴款日期2026-11-15早于作"),
        (4, "缴款日期2026-11-24还没有"),
    ]
    for content in (
        b"\xff\xfe",
        "流水号,金额\n".encode("gb18030"),
        file_of(paid("B1", "3000", number=number), total="1"),
    ):
        with pytest.raises(BadRows):
            payments.import_payments(office.store, office.actor("cashier"), content=content, home=office.home)
    with office.store.read() as session:
        kept = [session.scalar(select(func.count()).select_from(table)) for table in (PaymentFile, PaymentLine)]
        assert kept == [0, 0]
        assert "cash" not in duties_of(session, case_id).values()
    assert balance(office, case_id) == (FINE, 0)


@pytest.mark.both
def test_who_has_another_duty_in_a_case_leaves_its_line_to_another_cashier(office: Office) -> None:
    case_id, other = office.served(), office.served()
    with office.store.work("test.duty", office.actor("everything")) as work:
        office._duty(work, case_id, "everything", "legal")
        work.audit("test")
    rows = (paid(f"B{each}", "3000", number=number_of(office, each)) for each in (case_id, other))
    assert report(office, *rows, total="6000", login="everything").outcomes == {"exact": 1, "unknown": 1}
    assert balance(office, case_id) == (FINE, 0)
    waiting = next(each for each in lines_of(office) if each.settled_on is None)
    assert waiting.case_id == case_id
    assert "另一位财务人员指认案件入账" in waiting.note
    cashier = office.actor("cashier")
    number = number_of(office, case_id)
    outcome = reconciling.settle_line(
        office.store, cashier, line_id=waiting.id, number=number, note="核对无误", home=office.home
    )
    assert outcome == "exact"


def test_only_the_cashier_imports_what_the_bank_reports(office: Office) -> None:
    row = paid("B1", "3000", number=number_of(office, office.served()))
    with pytest.raises(NotAuthorised):
        report(office, row, total="3000", login="approver")


def test_two_cashiers_who_import_the_same_line_at_once_credit_it_once(office: Office, other_station: Store) -> None:
    case_id = office.served()
    row = paid("B1", "1000", number=number_of(office, case_id))
    contents = [file_of(row, total="1000"), file_of(row, paid("B9", "1", number="别处〔2026〕1号"), total="1001")]
    stations = [(office.store, "cashier", contents[0]), (other_station, "cashier2", contents[1])]
    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                lambda each: payments.import_payments(
                    each[0], office.actor(each[1]), content=each[2], home=office.home
                ),
                stations,
            )
        )
    assert balance(office, case_id) == (200_000, 0)
    assert sorted(line.outcome for line in lines_of(office)) == ["duplicate", "partial", "unknown"]


def test_what_the_bank_reported_stands_in_the_case_without_anything_personal(office: Office) -> None:
    case_id = office.served()
    report(office, paid("B1", "3000", number=number_of(office, case_id)), total="3000")
    event = office.events(case_id)[-1]
    assert (event.kind, event.day, event.document_id) == ("pay", date(2026, 11, 20), None)
    assert '"outcome": "exact"' in event.detail
    assert office.entries(case_id)[-1].reference == "B1"
