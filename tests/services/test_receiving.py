"""Receipt: who may apply, by whom, for what; the clock of acceptance starts, and the hall's silence accepts."""

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import Missing
from hall.rules.authority import NotAuthorised
from hall.rules.cards import Card, TypedCard
from hall.rules.identity import BadNumber
from hall.rules.intake import CertificateNeeded, NoCertificateMeant, WrongKind
from hall.rules.materials import ForeignMaterial, HandedIn
from hall.rules.people import Actor, system_actor
from hall.rules.permits import NotNow
from hall.services.accepting import StillTime, deem_accepted
from hall.services.applications import (
    Agent,
    Application,
    AuthorityMissing,
    Barred,
    CardExpired,
    Organisation,
    OwnAgent,
    RepresentativeMissing,
    WrongCertificate,
)
from hall.services.catalogue import version_on
from hall.services.documents import frozen
from hall.services.duplicates import DuplicateSuspected
from hall.services.front import Front
from hall.services.joint_cases import SameDepartment
from hall.services.print_answers import PrintedBefore
from hall.services.receiving import PartOfJointCase, PastTelling
from hall.store import Store
from hall.store.schema.base import Base
from hall.store.schema.certificates import Certificate, LicenceBar
from hall.store.schema.clocks import CaseClock
from hall.store.schema.people import Person
from hall.store.schema.permits import CaseEvent, PermitCase
from hall.store.schema.reviewing import CasePossession

Applications = Callable[..., Application]
Cards = Callable[..., Card]

CREDIT_CODE = "91350100M000100Y43"  # published example of GB 32100
SHOP = Organisation("individual_business", "莲城区测试小吃店", CREDIT_CODE, "李试芳", "莲城区向阳路18号")


def events_of(store: Store, case_id: int) -> list[tuple[str, str, date]]:
    query = select(CaseEvent.kind, CaseEvent.state, CaseEvent.day).where(CaseEvent.case_id == case_id)
    with store.read() as session:
        return list(session.execute(query.order_by(CaseEvent.id)).tuples())


def detail_of(store: Store, case_id: int, kind: str) -> dict[str, object]:
    query = select(CaseEvent.detail).where(CaseEvent.case_id == case_id, CaseEvent.kind == kind)
    with store.read() as session:
        found: dict[str, object] = json.loads(session.scalars(query).one())
    return found


def case_of(store: Store, case_id: int) -> PermitCase:
    with store.read() as session:
        return session.get_one(PermitCase, case_id)


def add(store: Store, actor: Actor, record: Base) -> None:
    with store.work("x", actor) as work:
        work.session.add(record)
        work.audit("x:1")


@pytest.fixture
def at(clock: FixedClock) -> Callable[[int, int], None]:
    """Moves the clock to ten o'clock of a day of 2026."""

    def move(month: int, day: int) -> None:
        clock.instant = datetime(2026, month, day, 10, 0, tzinfo=HALL_ZONE)

    return move


# Receipt


def test_a_received_case_has_a_receipt_and_five_workdays(
    front: Front, store: Store, make_application: Applications
) -> None:
    received = front.intake.receive(make_application("XK05", materials=(HandedIn(1, 1, 0),)))
    assert (received.receipt_number, received.check_due) == ("莲城管许收〔2026〕1号", date(2026, 11, 30))
    case = front.case(received.case_id)
    assert (case.state, case.acceptance_number) == ("received", "")
    assert [(each.kind, each.due_on, each.state) for each in case.clocks] == [
        ("acceptance", date(2026, 11, 30), "running")
    ]
    assert events_of(store, received.case_id) == [("receive", "received", date(2026, 11, 23))]
    kept = case_of(store, received.case_id)
    assert (kept.standing, kept.statutory_ordinal == kept.urgency, kept.officer_id) == ("running", True, 7)
    content = frozen(store, received.receipt_document).content
    assert (content["check_due"], content["accepted_on"]) == ("2026年11月30日", "")


def test_the_receiving_clerk_has_the_case_first(front: Front, store: Store, make_application: Applications) -> None:
    received = front.intake.receive(make_application("XK05"))
    front.intake.accept(received.case_id)
    query = select(CasePossession).where(CasePossession.case_id == received.case_id).order_by(CasePossession.id)
    with store.read() as session:
        hands = [(each.step, each.account_id, each.until_at is None) for each in session.scalars(query)]
    assert hands == [("received", 7, False), ("accepted", 7, True)]  # until it is handed over


@pytest.mark.both
def test_a_received_case_is_accepted_when_the_rest_has_come(
    front: Front, make_application: Applications, at: Callable[[int, int], None]
) -> None:
    full = make_application("XK05")
    received = front.intake.receive(make_application("XK05", materials=full.materials[1:]))
    at(11, 25)
    accepted = front.intake.accept(received.case_id, full.materials)
    assert (accepted.receipt_number, accepted.receipt_document) == (received.receipt_number, received.receipt_document)
    assert [(each.kind, each.started_on) for each in accepted.clocks] == [
        ("statutory", date(2026, 11, 25)),
        ("promised", date(2026, 11, 25)),
    ]
    assert [each.state for each in front.case(received.case_id).clocks] == ["stopped", "running", "running"]
    with pytest.raises(NotNow, match="现在不能受理（办件已受理）"):
        front.intake.accept(received.case_id)


def test_the_acceptance_tells_all_that_a_month_is_counted_from(
    front: Front, store: Store, make_application: Applications
) -> None:
    accepted = front.intake.accept(make_application("XK05"))
    detail = detail_of(store, accepted.case_id, "accept")
    assert (detail["matter"], detail["handling"], detail["how"]) == ("XK05", "promised", "complete")
    assert (detail["received"], detail["accepted"]) == ("2026-11-23", "2026-11-23")
    statutory = detail["statutory"]
    assert isinstance(statutory, dict)
    assert (statutory["days"], statutory["unit"], statutory["due"]) == (20, "workday", "2026-12-21")


def test_a_guide_receives_nothing(
    front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor], make_application: Applications
) -> None:
    with pytest.raises(NotAuthorised):
        front_of(store, actor_with("guide")).intake.receive(make_application())


# Who applies


def test_a_shop_applies_by_its_owner_and_stands_on_paper_with_its_code(
    front: Front, store: Store, make_application: Applications
) -> None:
    accepted = front.intake.accept(make_application("XK05", card=SHOP))
    content = frozen(store, accepted.acceptance_document).content
    assert content["applicant_name"] == "莲城区测试小吃店"
    assert content["applicant_id_masked"] == CREDIT_CODE
    applicant = front.case(accepted.case_id).applicant
    assert (applicant.organisation_kind, applicant.representative_masked) == ("individual_business", "李*芳")
    assert [each.case_id for each in front.history(CREDIT_CODE)] == [accepted.case_id]


def test_an_applicant_of_another_kind_is_refused_by_name(
    front: Front, store: Store, make_application: Applications
) -> None:
    with pytest.raises(WrongKind, match="只受理自然人的申请，申请人是法人"):
        front.intake.receive(make_application("XK24-2", card=Organisation("legal", "测试公司", CREDIT_CODE, "李试芳")))


@pytest.mark.parametrize(
    ("organisation", "error"),
    [
        (Organisation("legal", "测试公司", CREDIT_CODE, " "), RepresentativeMissing),
        (Organisation("legal", "测试公司", "91350100M000100Y44", "李试芳"), BadNumber),
    ],
)
def test_an_organisation_has_a_representative_and_a_right_code(
    front: Front, make_application: Applications, organisation: Organisation, error: type[Exception]
) -> None:
    with pytest.raises(error):
        front.intake.receive(make_application("XK05", card=organisation))


def test_an_agent_shows_what_he_may_do_and_stands_on_the_receipt(
    front: Front, store: Store, make_application: Applications, make_card: Cards
) -> None:
    agent = Agent(make_card(name="赵代理"), "代为申请并领取许可证，期限三个月")
    accepted = front.intake.accept(make_application("XK05", card=SHOP, agent=agent))
    kept = case_of(store, accepted.case_id)
    assert kept.agent_authority == "代为申请并领取许可证，期限三个月"
    assert frozen(store, accepted.receipt_document).content["agent_name"] == "赵代理"


def test_an_agent_without_authority_or_for_himself_is_refused(
    front: Front, make_application: Applications, make_card: Cards
) -> None:
    card = make_card()
    with pytest.raises(AuthorityMissing):
        front.intake.receive(make_application(agent=Agent(make_card(), "  ")))
    with pytest.raises(OwnAgent):
        front.intake.receive(make_application(card=card, agent=Agent(card, "代为申请")))
    with pytest.raises(CardExpired, match="代理人的证件已过有效期"):
        expired = make_card(valid_to=date(2026, 11, 22))
        front.intake.receive(make_application(agent=Agent(expired, "代为申请")))
    with pytest.raises(BadNumber):
        front.intake.receive(make_application(agent=Agent(TypedCard("李试芳", "123"), "代为申请")))


# What it is about


def test_a_renewal_is_about_a_valid_certificate_of_the_applicant(
    front: Front, store: Store, make_application: Applications, make_card: Cards, at: Callable[[int, int], None]
) -> None:
    card = make_card()
    granted = front.intake.accept(make_application("XK05", card=card))
    holder = case_of(store, granted.case_id)
    for number, state, valid_to in (
        ("证1", "valid", None),
        ("证2", "revoked", None),
        ("证3", "valid", date(2026, 11, 22)),
    ):
        certificate = Certificate(
            hall_id=store.hall_id,
            number=number,
            case_id=holder.id,
            matter_version_id=holder.matter_version_id,
            holder_id=holder.applicant_id,
            scope="门前三平方米",
            valid_from=date(2026, 1, 1),
            valid_to=valid_to,
            state=state,
            state_on=date(2026, 1, 1),
        )
        add(store, front.actor, certificate)
    renewal = make_application("XK05", card=card, purpose="renewal", certificate_id=1)
    case = front.intake.receive(renewal)
    assert (case_of(store, case.case_id).purpose, case_of(store, case.case_id).certificate_id) == ("renewal", 1)
    with pytest.raises(WrongCertificate, match="没有这份证件"):
        front.intake.receive(make_application("XK05", card=card, purpose="change", certificate_id=9))
    for invalid in (2, 3):
        with pytest.raises(WrongCertificate, match="证件已经失效"):
            front.intake.receive(make_application("XK05", card=card, purpose="change", certificate_id=invalid))
    with pytest.raises(WrongCertificate, match="持证人不是"):
        front.intake.receive(make_application("XK05", purpose="cancel", certificate_id=1))
    with pytest.raises(WrongCertificate, match="属于另一事项"):
        front.intake.receive(make_application("XK02", card=card, purpose="change", certificate_id=1))


def test_a_change_names_its_certificate_and_a_new_application_none(
    front: Front, make_application: Applications
) -> None:
    with pytest.raises(CertificateNeeded, match="变更要写明是哪一份证件"):
        front.intake.receive(make_application(purpose="change"))
    with pytest.raises(NoCertificateMeant):
        front.intake.receive(make_application(certificate_id=1))


def test_a_bar_is_told_with_its_day_and_article_and_can_only_be_refused_in_writing(
    front: Front, store: Store, make_application: Applications, make_card: Cards, at: Callable[[int, int], None]
) -> None:
    card = make_card()
    first = front.intake.accept(make_application("XK05", card=card))
    case = case_of(store, first.case_id)
    bar = LicenceBar(
        hall_id=store.hall_id,
        person_id=case.applicant_id,
        matter_id=case.matter_id,
        case_id=case.id,
        article="78",
        from_day=date(2026, 11, 23),
        until_day=date(2026, 12, 31),
        reason="提供虚假材料",
    )
    add(store, front.actor, bar)
    again = make_application("XK05", card=card)
    for act in (front.intake.receive, front.intake.accept):
        with pytest.raises(Barred, match="2026-12-31以前不得再次申请本事项（行政许可法第78条）"):
            act(again)
    front.intake.receive(make_application("XK02", card=card))
    refused = front.intake.refuse(again, "barred", "在不得再次申请的期间内")
    assert front.case(refused.case_id).state == "refused"


def test_materials_off_the_list_are_not_received(front: Front, make_application: Applications) -> None:
    with pytest.raises(ForeignMaterial):
        front.intake.receive(make_application("XK05", materials=(HandedIn(99, 1, 0),)))


# Duplicates


def test_a_like_application_of_the_same_person_wants_a_reason(
    front: Front, store: Store, make_application: Applications, make_card: Cards
) -> None:
    card = make_card()
    first = front.intake.receive(make_application("XK05", card=card, subject="向阳路18号门前占道三平方米"))
    again = make_application("XK05", card=card, subject="向阳路18号门前，占道 5 平方米", duplicate_reason="")
    with pytest.raises(DuplicateSuspected, match=first.receipt_number) as caught:
        front.intake.receive(again)
    assert [each.case_id for each in caught.value.found] == [first.case_id]
    seen = front.intake.duplicates(card.id_number, "XK05", subject=again.subject)
    assert seen == caught.value.found
    confirmed = make_application("XK05", card=card, subject=again.subject, duplicate_reason="另一时段使用")
    second = front.intake.receive(confirmed)
    detail = detail_of(store, second.case_id, "receive")
    assert (detail["duplicates"], detail["duplicate_reason"]) == ([first.case_id], "另一时段使用")


def test_another_place_person_matter_or_purpose_is_no_duplicate(
    front: Front, make_application: Applications, make_card: Cards
) -> None:
    card = make_card()
    front.intake.receive(make_application("XK05", card=card, subject="向阳路18号门前占道"))
    number = card.id_number
    assert front.intake.duplicates(number, "XK05", subject="和平里小区北门摆摊") == ()
    assert front.intake.duplicates(number, "XK02", subject="向阳路18号门前占道") == ()
    assert front.intake.duplicates(number, "XK05", purpose="change", subject="向阳路18号门前占道") == ()
    assert front.intake.duplicates(make_card().id_number, "XK05") == ()
    assert len(front.intake.duplicates(number, "XK05")) == 1


@pytest.mark.both
def test_what_was_refused_or_is_long_past_doubles_nothing(
    front: Front, make_application: Applications, make_card: Cards, at: Callable[[int, int], None]
) -> None:
    card = make_card()
    front.intake.refuse(make_application("XK05", card=card), "not_needed", "门店内摆放不需要许可")
    assert front.intake.duplicates(card.id_number, "XK05") == ()


# Joint cases


@pytest.mark.both
def test_a_joint_case_has_a_part_for_each_other_department_inside_its_promise(
    front: Front, store: Store, make_application: Applications
) -> None:
    received = front.intake.receive(make_application("XK05", joint_parts=("XK01-3",)))
    assert case_of(store, received.case_id).handling == "joint"
    front.intake.accept(received.case_id)
    with store.read() as session:
        (part,) = session.scalars(select(PermitCase).where(PermitCase.parent_id == received.case_id))
        clocks = session.execute(
            select(CaseClock.kind, CaseClock.budget, CaseClock.started_on)
            .where(CaseClock.case_id == part.id)
            .order_by(CaseClock.id)
        ).tuples()
        assert list(clocks) == [("statutory", 20, date(2026, 11, 23)), ("joint", 3, date(2026, 11, 23))]
    assert (part.state, part.receipt_number) == ("accepted", "莲城管许收〔2026〕1号-1")
    assert detail_of(store, part.id, "accept")["parent"] == received.case_id
    with pytest.raises(PartOfJointCase):
        front.intake.accept(part.id)


def test_the_own_department_takes_no_part(front: Front, make_application: Applications) -> None:
    with pytest.raises(SameDepartment, match="市政科已经在办"):
        front.intake.receive(make_application("XK05", joint_parts=("XK06",)))
    with pytest.raises(SameDepartment):
        front.intake.receive(make_application("XK05", joint_parts=("XK01-3", "XK02")))


# Silence (行政许可法 32(1)(4))


@pytest.mark.both
def test_on_the_fifth_workday_the_hall_may_still_speak_and_on_the_sixth_silence_has_accepted(
    front: Front, store: Store, make_application: Applications, at: Callable[[int, int], None]
) -> None:
    full = make_application("XK05")
    received = front.intake.receive(make_application("XK05", materials=full.materials[1:]))
    system = system_actor(store.hall_id)
    at(11, 30)
    with pytest.raises(StillTime):
        deem_accepted(store, system, case_id=received.case_id, home=front.home)
    at(12, 1)
    for act in (
        lambda: front.intake.accept(received.case_id, full.materials),
        lambda: front.intake.refuse(received.case_id, "not_needed", "不需要许可"),
        lambda: front.intake.correct(received.case_id, "改了日期"),
    ):
        with pytest.raises(PastTelling, match="自收到之日起即为受理"):
            act()
    accepted = deem_accepted(store, system, case_id=received.case_id, home=front.home)
    assert [(each.kind, each.started_on, each.due_on) for each in accepted.clocks] == [
        ("statutory", date(2026, 11, 23), date(2026, 12, 21)),
        ("promised", date(2026, 11, 23), date(2026, 11, 26)),
    ]
    assert events_of(store, received.case_id)[-1] == ("accept_deemed", "accepted", date(2026, 11, 23))
    case = case_of(store, received.case_id)
    assert (case.accepted_on, case.accepted_how) == (date(2026, 11, 23), "deemed")
    content = frozen(store, accepted.acceptance_document).content
    assert (content["accepted_on"], content["issued_on"]) == ("2026年11月23日", "2026年12月1日")
    assert not front.was_printed(accepted.acceptance_document)
    front.print_first(accepted.acceptance_document)
    assert front.last_job(accepted.acceptance_document).state == "queued"
    with pytest.raises(PrintedBefore):
        front.print_first(accepted.acceptance_document)
    with pytest.raises(Missing, match="没有文书 99"):
        front.print_first(99)
    with pytest.raises(NotNow):
        deem_accepted(store, system, case_id=received.case_id, home=front.home)


def test_people_deem_only_with_the_right_to_accept(
    front: Front, store: Store, manager: Actor, make_application: Applications, at: Callable[[int, int], None]
) -> None:
    received = front.intake.receive(make_application("XK05"))
    at(12, 1)
    with pytest.raises(NotAuthorised):
        deem_accepted(store, manager, case_id=received.case_id, home=front.home)


@pytest.mark.both
def test_nothing_personal_of_a_received_case_stands_in_its_trail(
    front: Front, store: Store, make_application: Applications, make_card: Cards
) -> None:
    card = make_card(name="张测明")
    agent = Agent(make_card(name="赵代理"), "代为申请")
    received = front.intake.receive(make_application("XK05", card=card, agent=agent))
    with store.read() as session:
        traces = [*session.scalars(select(CaseEvent.detail)), *session.scalars(select(CaseEvent.note))]
        person = session.get_one(Person, case_of(store, received.case_id).agent_id)
    assert person.name == "赵代理"
    for secret in ("张测明", "赵代理", card.id_number, "13900001234"):
        assert not any(secret in trace for trace in traces)


def test_the_version_of_the_day_of_receipt_stays(front: Front, store: Store, make_application: Applications) -> None:
    received = front.intake.receive(make_application("XK05"))
    with store.read() as session:
        version = version_on(session, store.hall_id, "XK05", date(2026, 11, 23))
    assert version is not None
    assert case_of(store, received.case_id).matter_version_id == version.version_id
