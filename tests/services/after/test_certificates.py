"""Certificates: made after a grant, prolonged by silence, expired, reminded of."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from hall.rules.authority import NotAuthorised
from hall.rules.certificates import NotRenewable
from hall.rules.materials import HandedIn
from hall.rules.permits import NotNow
from hall.services import certificates
from hall.services.certifying import BadTerm, NoCertificateHere, NoTerm, NothingDecided, Terms
from hall.services.deciding import Decision
from hall.services.documents import content_of
from hall.services.reviewing import Proposal
from hall.store import Store
from hall.store.schema.subjects import SubjectNotice
from tests.services.after.aftermath import Aftermath

PROPOSAL = Proposal("granted", "符合条件，拟同意延续")


def test_a_certificate_says_what_was_decided(bureau: Aftermath) -> None:
    decision = Decision(
        "granted", "同意", conditions="不超过划定范围", valid_from=date(2026, 11, 23), valid_until=date(2027, 5, 31)
    )
    case_id = bureau.decided(bureau.licence(), decision=decision)
    made = bureau.certificates().certify(case_id, Terms(extent="12平方米"))
    kept = bureau.certificate(made.certificate_id)
    assert (kept.valid_from, kept.valid_to, kept.state) == (date(2026, 11, 23), date(2027, 5, 31), "valid")
    assert (kept.scope, kept.conditions) == ("向阳路18号门前", "不超过划定范围。")
    paper = next(each for each in bureau.documents(case_id) if each.kind == "certificate")
    content = content_of(paper, bureau.store.key_ring)
    assert paper.number == made.number == kept.number
    assert content["validity"] == "自2026年11月23日起至2027年5月31日止"
    assert content["renew_before"] == "2027年5月1日"


@pytest.mark.parametrize(
    ("today", "months", "last"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_validity_over_leap_days_and_years(bureau: Aftermath, today: date, months: int, last: date) -> None:
    case_id = bureau.decided(bureau.licence(validity_months=months))
    bureau.on_day(today)
    made = bureau.certificates().certify(case_id, Terms(valid_from=today))
    assert made.valid_to == last


def test_a_matter_without_a_term_wants_the_day_or_none(bureau: Aftermath) -> None:
    case_id = bureau.decided(bureau.licence(validity_months=None, validity="批准文件载明"))
    with pytest.raises(NoTerm, match="批准文件载明"):
        bureau.certificates().certify(case_id, Terms())
    with pytest.raises(BadTerm, match="2026-11-23之后"):
        bureau.certificates().certify(case_id, Terms(valid_to=date(2026, 11, 1)))
    made = bureau.certificates().certify(case_id, Terms(unlimited=True))
    assert made.valid_to is None
    assert bureau.certificates().one(made.certificate_id).ask_by is None
    with pytest.raises(NotRenewable, match="长期有效"):
        bureau.certificates().renewal(made.certificate_id)


@pytest.mark.both
def test_nothing_is_certified_too_long_twice_or_before_the_decision(bureau: Aftermath) -> None:
    code = bureau.licence()
    early = bureau.examined(code)
    with pytest.raises(NothingDecided):
        bureau.certificates().certify(early, Terms())
    case_id = bureau.decided(code)
    with pytest.raises(BadTerm, match="2027-11-23"):
        bureau.certificates().certify(case_id, Terms(valid_to=date(2027, 11, 24)))
    bureau.certificates().certify(case_id, Terms())
    with pytest.raises(NotNow, match="已经制作"):
        bureau.certificates().certify(case_id, Terms())
    with pytest.raises(NotAuthorised):
        bureau.certificates("approver").certify(case_id, Terms())


def test_a_matter_without_a_certificate_gives_none(bureau: Aftermath) -> None:
    with pytest.raises(NoCertificateHere):
        bureau.certificates().certify(bureau.decided(bureau.publish("K1", certificate_name="")), Terms())


@pytest.mark.both
def test_reminders_come_at_60_45_and_30_days_each_once(bureau: Aftermath) -> None:
    _, made = bureau.certified(bureau.licence())
    steps = []
    for day in (date(2027, 9, 23), date(2027, 9, 24), date(2027, 9, 25), date(2027, 10, 9), date(2027, 10, 24)):
        bureau.on_day(day)
        if certificates.remind(bureau.store, home=bureau.home):
            steps.append((day, bureau.certificate(made.certificate_id).reminded_days))
    assert steps == [(date(2027, 9, 24), 60), (date(2027, 10, 9), 45), (date(2027, 10, 24), 30)]
    with bureau.store.read() as session:
        texts = session.scalars(select(SubjectNotice.text).where(SubjectNotice.kind == "renewal")).all()
    assert len(texts) == 3
    assert "还有 60 天到期" in texts[0]
    (row,) = bureau.certificates().listed("due")
    assert (row.days_left, row.reminder, row.ask_by) == (30, 30, date(2027, 10, 24))


def test_a_certificate_is_valid_on_its_last_day_and_expires_after_it(bureau: Aftermath) -> None:
    case_id, made = bureau.certified(bureau.licence())
    bureau.on_day(date(2027, 11, 23))
    assert certificates.expire(bureau.store, home=bureau.home) == certificates.Expired((), ())
    bureau.on_day(date(2027, 12, 24))
    assert certificates.expire(bureau.store, home=bureau.home).expired == (made.certificate_id,)
    kept = bureau.certificate(made.certificate_id)
    assert (kept.state, kept.state_on) == ("expired", date(2027, 11, 24))
    assert certificates.expire(bureau.store, home=bureau.home) == certificates.Expired((), ())
    assert bureau.events(case_id)[-1].kind == "expire"


@pytest.mark.both
def test_a_renewal_left_undecided_prolongs_for_the_same_length(bureau: Aftermath) -> None:
    _, made = bureau.certified(bureau.licence())
    bureau.on_day(date(2027, 10, 24))  # the last day to ask for it
    renewal_id = bureau.renewal_of(made.certificate_id)
    assert bureau.certificates().one(made.certificate_id).renewal_case == bureau.case(renewal_id).receipt_number
    bureau.on_day(date(2027, 11, 24))
    assert certificates.expire(bureau.store, home=bureau.home).prolonged == (made.certificate_id,)
    kept, renewal = bureau.certificate(made.certificate_id), bureau.case(renewal_id)
    assert (kept.state, kept.valid_to) == ("valid", date(2028, 11, 23))
    assert (renewal.state, renewal.outcome, renewal.decided_on) == ("decided", "default", date(2027, 11, 23))
    assert bureau.documents(renewal_id)[-1].kind == "default_notice"
    running = bureau.running(renewal_id)
    assert (running["statutory"].state, running["delivery"].state) == ("stopped", "running")
    again = bureau.certificates().certify(renewal_id, Terms())
    assert (again.valid_from, again.valid_to) == (date(2027, 11, 23), date(2028, 11, 23))
    assert bureau.certificate(made.certificate_id).state == "replaced"


def test_of_several_stations_one_settles_what_has_expired(bureau: Aftermath, other_station: Store) -> None:
    code = bureau.licence()
    _, made = bureau.certified(code)
    bureau.on_day(date(2027, 10, 1))
    renewal_id = bureau.renewal_of(made.certificate_id)
    bureau.on_day(date(2027, 11, 24))
    with ThreadPoolExecutor(2) as pool:
        settled = list(
            pool.map(lambda store: certificates.expire(store, home=bureau.home), [bureau.store, other_station])
        )
    assert made.certificate_id in {key for each in settled for key in each.prolonged}
    assert bureau.certificate(made.certificate_id).valid_to == date(2028, 11, 23)
    assert [event.kind for event in bureau.events(renewal_id)].count("default") == 1


def test_silence_helps_nobody_who_asked_too_late(bureau: Aftermath) -> None:
    _, made = bureau.certified(bureau.licence())
    bureau.on_day(date(2027, 10, 25))
    assert not bureau.certificates().renewal(made.certificate_id).in_time
    bureau.renewal_of(made.certificate_id)
    bureau.on_day(date(2027, 11, 24))
    assert certificates.expire(bureau.store, home=bureau.home).expired == (made.certificate_id,)


@pytest.mark.both
def test_a_renewal_granted_in_time_goes_on_from_the_old_end(bureau: Aftermath) -> None:
    _, made = bureau.certified(bureau.licence())
    bureau.on_day(date(2027, 10, 11))
    renewal_id = bureau.renewal_of(made.certificate_id)
    bureau.desk("reviewer").propose(renewal_id, PROPOSAL)
    bureau.desk("head").examine(renewal_id, agree=True, text="同意")
    bureau.desk("approver").decide(renewal_id, Decision("granted", "同意延续"))
    again = bureau.certificates().certify(renewal_id, Terms())
    assert (again.valid_from, again.valid_to) == (date(2027, 10, 11), date(2028, 11, 23))
    old = bureau.certificate(made.certificate_id)
    assert (old.state, old.state_reason) == ("replaced", f"换发{again.number}")
    assert [row.number for row in bureau.certificates().listed("valid")] == [again.number]


@pytest.mark.both
def test_certificates_are_found_by_number_name_and_id_number(bureau: Aftermath) -> None:
    code = bureau.licence()
    case_id, first = bureau.certified(code)
    holder = bureau.last
    bureau.certified(code)
    front = bureau.certificates()
    assert holder is not None
    assert [row.number for row in front.listed("all", holder.id_number)] == [first.number]
    assert [row.number for row in front.listed("all", first.number)] == [first.number]
    assert len(front.listed("valid", "张测")) == 2
    assert front.listed("ended") == ()
    assert front.of_case(case_id)[0].holder.name_masked == "张*明"
    assert "fraud" in {limb.code for limb in front.limbs()}


@pytest.mark.both
def test_a_draft_says_what_was_decided_and_how_long_at_most(bureau: Aftermath) -> None:
    decision = Decision(
        "granted", "同意", conditions="不超过划定范围", valid_from=date(2026, 11, 23), valid_until=date(2027, 5, 31)
    )
    case_id = bureau.decided(bureau.licence(), decision=decision)
    draft = bureau.certificates().draft(case_id)
    assert (draft.name, draft.terms.scope, draft.terms.conditions) == (
        "临时占道许可证",
        "向阳路18号门前",
        "不超过划定范围。",
    )
    assert (draft.terms.valid_from, draft.terms.valid_to) == (date(2026, 11, 23), date(2027, 5, 31))
    assert (draft.longest, draft.given) == (date(2027, 11, 23), False)
    made = bureau.certificates().certify(case_id, draft.terms)
    assert made.valid_to == date(2027, 5, 31)
    open_ended = bureau.decided(bureau.licence("K2", validity_months=None, validity="批准文件载明"))
    assert bureau.certificates().draft(open_ended).longest is None
    with pytest.raises(NoCertificateHere):
        bureau.certificates().draft(bureau.decided(bureau.publish("K3", certificate_name="")))
    with pytest.raises(NothingDecided):
        bureau.certificates().draft(bureau.examined("K1"))


def test_a_draft_of_a_change_keeps_the_end_of_the_certificate_before(bureau: Aftermath) -> None:
    code = bureau.licence()
    _, made = bureau.certified(code)
    bureau.days_on(30)
    bureau.holder = bureau.last
    changed = bureau.decided(code, purpose="change", certificate_id=made.certificate_id, duplicate_reason="变更")
    draft = bureau.certificates().draft(changed)
    assert (draft.given, draft.longest, draft.terms.valid_to) == (True, made.valid_to, made.valid_to)


def test_no_certificate_is_made_while_promised_materials_are_lacking(bureau: Aftermath) -> None:
    case_id = bureau.lacking()
    bureau.desk("clerk").hand_over(case_id)
    bureau.desk("reviewer").take(case_id)
    bureau.desk("reviewer").propose(case_id, PROPOSAL)
    bureau.desk("head").examine(case_id, agree=True, text="同意")
    bureau.desk("approver").decide(case_id, Decision("granted", "同意，容缺准予"))
    with pytest.raises(NotNow, match="容缺的材料还没有补齐：平面图"):
        bureau.certificates().certify(case_id, Terms(unlimited=True))
    with pytest.raises(NotNow, match="平面图"):
        bureau.closing().finish(case_id)
    bureau.intake().complete(case_id, (HandedIn(1, 1, 0), HandedIn(2, 1, 0)))
    assert bureau.certificates().certify(case_id, Terms(unlimited=True)).valid_to is None
