"""Wrong decisions: a slip of the pen, a fine varied by those who may, one revoked; what was public is taken down."""

from datetime import date

import pytest
from sqlalchemy import select

from hall.rules.authority import NotAuthorised
from hall.rules.fine_acts import NotNow
from hall.rules.fine_entries import BadEntry
from hall.rules.seizures import CannotOnSeizure
from hall.services import penalty_corrections, publicity
from hall.services.fine_facts import open_deferral
from hall.services.penalty_corrections import Correction, GroundNeeded, NoSlipOfThePen
from hall.services.penalty_records import decisions_of
from hall.services.penalty_remedies import RemedyEnd
from hall.services.reasons import TextTooLong
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.publicity import Publication
from tests.services.penalties import test_seizures
from tests.services.penalties.bank import lines_of, paid, report
from tests.services.penalties.office import FINE, Office
from tests.services.penalties.test_agreements import propose, state
from tests.services.penalties.test_deferrals import apply, paper
from tests.services.penalties.test_fines import owed, pay
from tests.services.penalties.test_remedies_of_party import begin, end

TITLE = "莲府复决〔2027〕3号"


def published(office: Office, case_id: int) -> None:
    with office.store.work("t", office.actor("approver")) as work:
        publicity.begin(work, work.session.get_one(PenaltyCase, case_id), decisions_of(work.session, case_id)[0])
        work.audit("t")


def publications(office: Office, case_id: int) -> list[str]:
    """Why each publication of the case ended."""
    with office.store.read() as session:
        query = select(Publication).where(Publication.case_id == case_id).order_by(Publication.id)
        return [row.overturned_why for row in session.scalars(query)]


def decisions(office: Office, case_id: int) -> list[PenaltyDecision]:
    with office.store.read() as session:
        return list(decisions_of(session, case_id))


def test_a_slip_of_the_pen_is_corrected_beside_the_decision_and_never_its_amount(
    office: Office, served_case: int
) -> None:
    approver = office.actor("approver")
    new = Correction("示例路100号门前", "示例路108号门前", "与现场检查笔录不一致，系打印差错")
    for wrong, right in (
        ("罚款3000元", "罚款300元"),
        ("叁仟元", "叁佰元"),
        ("¥3,000", "¥300"),
        ("3000", "300"),
        ("３０００", "300"),
        ("3,000.00", "300.00"),
        ("叁仟", "叁佰"),
    ):
        with pytest.raises(NoSlipOfThePen):
            bad = Correction(wrong, right, "笔误")
            penalty_corrections.correct(office.store, approver, case_id=served_case, new=bad, home=office.home)
    with pytest.raises(NotAuthorised):
        penalty_corrections.correct(
            office.store, office.actor("reviewer"), case_id=served_case, new=new, home=office.home
        )
    issued = penalty_corrections.correct(office.store, approver, case_id=served_case, new=new, home=office.home)
    kind, content = paper(office, issued.document_id)
    assert kind == "penalty_correction"
    assert "示例路108号门前" in content
    first, second = decisions(office, served_case)
    assert (second.kind, second.previous_id, second.fine_fen) == ("correct", first.id, FINE)
    assert owed(office, served_case).principal_fen == FINE


def test_one_judgment_about_two_cases_varies_both(office: Office, served_case: int) -> None:
    other = office.served()
    office.on(date(2027, 1, 20))
    for case_id in (served_case, other):
        begin(office, case_id)
        with pytest.raises(TextTooLong):
            end(office, case_id, RemedyEnd("varied", office.today, "长" * 61))
        end(office, case_id, RemedyEnd("varied", office.today, TITLE))
        penalty_corrections.vary(
            office.store,
            office.actor("approver"),
            case_id=case_id,
            fine_fen=100_000,
            reasons="复议决定把罚款变更为1000元",
            home=office.home,
        )
        assert owed(office, case_id).principal_fen == 100_000
    report(office, paid("J1", "1000", number=TITLE, on="2027-01-20"), total="1000")
    (line,) = lines_of(office)
    assert (line.outcome, line.case_id) == ("unknown", None)


def test_a_fine_is_varied_by_the_review_decision_alone_and_was_never_higher(office: Office, served_case: int) -> None:
    approver = office.actor("approver")

    def vary(fen: int) -> int:
        return penalty_corrections.vary(
            office.store, approver, case_id=served_case, fine_fen=fen, reasons="罚款改为一千元", home=office.home
        )

    published(office, served_case)
    with pytest.raises(NotNow, match="复议决定或者法院判决"):
        vary(100_000)
    office.on(date(2026, 12, 8))
    begin(office, served_case)
    pay(office, served_case, 200_000)
    end(office, served_case, RemedyEnd("varied", date(2026, 12, 8), TITLE))
    with pytest.raises(BadEntry, match="不得加重"):
        vary(FINE + 1)
    vary(100_000)
    now = owed(office, served_case)
    assert (now.imposed_fen, now.principal_fen, now.added_fen, now.added_paid_fen) == (FINE, 100_000, 3_000, 3_000)
    assert now.over_fen == 200_000 - 103_000
    assert (decisions(office, served_case)[-1].kind, decisions(office, served_case)[-1].number) == ("vary", TITLE)
    assert publications(office, served_case) == [f"{TITLE}变更了处罚", ""]
    with pytest.raises(NotNow, match="复议决定或者法院判决"):
        vary(50_000)


@pytest.mark.both
def test_what_is_revoked_is_given_back_and_taken_down(office: Office) -> None:
    own, reviewed = office.served(), office.served()
    approver = office.actor("approver")
    published(office, own)
    apply(office, own)
    pay(office, own, 100_000)
    with pytest.raises(GroundNeeded):
        penalty_corrections.revoke(
            office.store, approver, case_id=own, ground=None, reasons="占道物品不是当事人的", home=office.home
        )
    issued = penalty_corrections.revoke(
        office.store, approver, case_id=own, ground="evidence", reasons="占道物品不是当事人的", home=office.home
    )
    assert issued is not None
    kind, content = paper(office, issued.document_id)
    assert (kind, office.case(own).state) == ("penalty_revocation", "revoked")
    assert all(words in content for words in ("主要证据不足", "¥1,000.00", "人民币叁仟元整"))
    now = owed(office, own)
    assert (now.balance_fen, now.over_fen) == (0, 100_000)
    with office.store.read() as session:
        assert open_deferral(session, own) is None
    assert publications(office, own) == [f"{issued.number}撤销了处罚决定"]
    with pytest.raises(NotNow, match="已经撤销"):
        penalty_corrections.revoke(
            office.store, approver, case_id=own, ground="law", reasons="再撤一次", home=office.home
        )
    office.on(date(2026, 12, 14))
    agreement = propose(office, reviewed)
    begin(office, reviewed)
    end(office, reviewed, RemedyEnd("revoked", date(2026, 12, 14), TITLE))
    assert (
        penalty_corrections.revoke(
            office.store, approver, case_id=reviewed, ground=None, reasons="复议决定撤销", home=office.home
        )
        is None
    )
    assert (decisions(office, reviewed)[-1].ground, decisions(office, reviewed)[-1].number) == ("review", TITLE)
    assert state(office, agreement) == "refused"


def test_goods_go_back_when_the_decision_that_confiscated_them_is_revoked(office: Office, registered_case: int) -> None:
    seizure_id = test_seizures.entered(office, case_id=registered_case, party=None)
    test_seizures.decided(office, registered_case, other="没收折叠桌2张", on=office.today)
    test_seizures.end(office, seizure_id, "confiscated")
    office.on(date(2027, 1, 20))
    penalty_corrections.revoke(
        office.store,
        office.actor("approver"),
        case_id=registered_case,
        ground="evidence",
        reasons="主要证据不足，予以撤销",
        home=office.home,
    )
    assert test_seizures.row(office, seizure_id).light == "over_statutory"
    with pytest.raises(CannotOnSeizure, match="没收是行政处罚"):
        test_seizures.end(office, seizure_id, "confiscated")
    test_seizures.released(office, seizure_id)
    assert test_seizures.give_back(office, seizure_id)
    assert test_seizures.row(office, seizure_id).returned_on == office.today
