"""Papers outside permits: what the law wants on them, what they refuse to say, and that every kind can be issued."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from hall.clock import HALL_ZONE
from hall.printing.declarations import read_declarations
from hall.resources import template
from hall.rules.leniency_limbs import CLAIMABLE, NO_PENALTY_LIMBS, Limb
from hall.rules.money_words import money_words
from hall.services import papers_complaint as complaint
from hall.services import papers_leniency as leniency
from hall.services import papers_on_spot as on_spot
from hall.services import papers_payment as payment
from hall.services import papers_relief as relief
from hall.services import papers_vendor as vendor
from hall.services.papers_common import Fields
from tests.services.papers.penalties import BANK, BENCHMARK, COMPANY, DECISION, OFFICERS, PERSON, TERMS, plan

DECLARED = read_declarations(template("fields.toml", Path("nowhere")))


def day(number: int) -> date:
    return date(2026, 12, number)


def mitigated(**changed: object) -> Fields:
    given: dict[str, object] = {
        "case_number": "1号",
        "result": "reduced",
        "facts": "事实",
        "evidence": "证据",
        "violated": "规定",
        "basis": "依据",
        "limb": "removed",
        "reasons": "理由",
        "benchmark": BENCHMARK,
        "penalty": "",
        "fine": leniency.Fine(Decimal(200), BANK, TERMS),
        "education": "教育",
        "below_lowest": "低于最低额",
        **changed,
    }
    return leniency.mitigated_penalty({}, **given)  # type: ignore[arg-type]


def test_every_limb_of_the_law_stands_on_the_application_and_one_is_ticked(short_papers: dict[str, Fields]) -> None:
    limbs = str(short_papers["leniency_application"]["limbs"]).splitlines()
    assert len(limbs) == len(CLAIMABLE)
    assert [line[1:] for line in limbs if line.startswith("■")] == [
        "初次违法且危害后果轻微并及时改正（第三十三条第一款）"
    ]


@pytest.mark.parametrize("limb", CLAIMABLE)
def test_a_limb_leads_to_no_penalty_or_to_a_milder_one(limb: Limb) -> None:
    def spared() -> Fields:
        return leniency.no_penalty(
            {},
            case_number="1号",
            facts="事实",
            evidence="证据",
            violated="规定",
            limb=limb,
            reasons="理由",
            education="教育",
        )

    if limb in NO_PENALTY_LIMBS:
        assert spared()["limb_article"]
        with pytest.raises(leniency.LimbMismatch):
            mitigated(limb=limb)
    else:
        assert mitigated(limb=limb)["limb_article"]
        with pytest.raises(leniency.LimbMismatch):
            spared()


@pytest.mark.parametrize(
    ("result", "amount", "below_lowest"),
    [
        ("reduced", 500, "低于最低额"),
        ("reduced", 499, ""),
        ("lighter", 499, ""),
        ("lighter", 5001, ""),
        ("lighter", 500, "低于最低额"),
    ],
)
def test_a_fine_that_does_not_fit_its_range_is_no_decision(result: str, amount: int, below_lowest: str) -> None:
    with pytest.raises(ValueError, match="range"):
        mitigated(result=result, fine=leniency.Fine(Decimal(amount), BANK, TERMS), below_lowest=below_lowest)


def test_a_lighter_fine_lies_within_the_range_and_both_ends_belong_to_it() -> None:
    for amount in (500, 5000):
        built = mitigated(result="lighter", fine=leniency.Fine(Decimal(amount), BANK, TERMS), below_lowest="")
        assert built["mitigation_word"] == "从轻"
        assert built["amount_words"] == money_words(Decimal(amount))


def test_a_warning_without_a_fine_asks_for_no_payment() -> None:
    built = mitigated(result="lighter", fine=None, penalty="警告", below_lowest="")
    assert (built["penalty"], built["bank"], built["surcharge"], built["amount_words"]) == ("警告", "", "", "")


def test_a_fine_is_told_in_figures_and_in_words(short_papers: dict[str, Fields]) -> None:
    notice = short_papers["payment_notice"]
    assert (notice["amount"], notice["amount_words"]) == ("¥3,000.00", "人民币叁仟元整")
    assert "罚款人民币贰佰元整（¥200.00）" in str(short_papers["on_spot_penalty"]["penalty"])


@pytest.mark.parametrize("pay_code", ["", "6100002600000001234", "61000026a0000000123x", "61000026A0000000123X4"])
def test_what_the_platform_cannot_have_given_is_no_payment_code(pay_code: str) -> None:
    with pytest.raises(ValueError, match="payment code"):
        payment.payment_notice(
            {},
            decision=DECISION,
            item_code="1",
            item_name="罚没收入",
            office_code="1",
            pay_code=pay_code,
            amount=Decimal(200),
            instalment=False,
            added=Decimal(0),
            added_until=day(2),
            due_on=day(28),
            rolled_from=None,
            bank=BANK,
            channels="银联",
            surcharge=TERMS,
        )


def test_whether_a_late_fine_grows_is_always_told() -> None:
    assert payment.surcharge_sentence(None) == "到期不缴纳的，不加处罚款。"
    assert "每日按罚款数额的3%加处罚款，加处罚款的总额不超过罚款的数额" in payment.surcharge_sentence(TERMS)
    milder = replace(TERMS, daily_rate=Decimal("0.005"), cap=Decimal("0.5"))
    assert "每日按罚款数额的0.5%加处罚款，加处罚款的总额不超过罚款的50%" in payment.surcharge_sentence(milder)


def test_a_plan_of_instalments_adds_up_to_the_fine() -> None:
    def deferred(parts: tuple[payment.Instalment, ...]) -> Fields:
        return payment.deferral(
            {}, kind="instalments", decision=DECISION, hardship="困难", plan=parts, approver_name="赵示例"
        )

    assert deferred(plan(7))["ends_on"] == "2027年7月28日"
    with pytest.raises(ValueError, match="adds up"):
        deferred(plan(7)[:-1])


@pytest.mark.parametrize(("waived", "parts"), [(0, 3), (901, 3), (400, 3)])
def test_an_agreement_waives_nothing_but_what_was_added(waived: int, parts: int) -> None:
    with pytest.raises(ValueError, match="waived"):
        payment.execution_agreement(
            {},
            decision=DECISION,
            principal=Decimal(3000),
            added=Decimal(900),
            added_until=day(2),
            waived=Decimal(waived),
            remedies_taken="恢复原状",
            plan=plan(parts),
            breach_revives=False,
        )


def spot(**changed: object) -> Fields:
    given: dict[str, object] = {
        "act": "堆放物品",
        "done_at": datetime(2026, 12, 3, 9, 20, tzinfo=HALL_ZONE),
        "place": "示例路",
        "violated": "规定",
        "basis": "依据",
        "warning": False,
        "fine": on_spot.SpotFine(Decimal(50), BANK, "small", TERMS),
        "officers": OFFICERS,
        **changed,
    }
    return on_spot.on_spot_penalty({}, **given)  # type: ignore[arg-type]


def test_money_taken_on_the_spot_is_taken_for_a_reason_of_the_law() -> None:
    built = spot()
    assert "第六十八条第一项" in str(built["collected"])
    assert (built["bank"], built["surcharge"]) == ("", "")
    with pytest.raises(ValueError, match="warning or a fine"):
        spot(fine=None)
    assert spot(fine=None, warning=True)["penalty"] == "警告"


def test_an_anonymous_complaint_names_and_reaches_nobody() -> None:
    built = complaint.complaint_acceptance(
        {},
        complainant=None,
        received_at=datetime(2026, 12, 3, 9, 20, tzinfo=HALL_ZONE),
        channel="来信",
        subject="噪声",
        content="内容",
        dues=complaint.ComplaintDues(day(18), "待定", None),
        handler_name="孙示例",
        handler_department="市容管理科",
    )
    assert (built["complainant"], built["phone"], built["anonymous"]) == ("匿名", "", "■是　□否")
    assert (built["finished_by"], built["promised_by"]) == ("待定", "")


@pytest.mark.parametrize(("level", "told"), [(None, ""), (3, ""), (2, "2026年12月24日"), (1, "2026年12月24日")])
def test_only_the_last_two_levels_are_followed_up(level: int | None, told: str) -> None:
    built = complaint.rating_sheet(
        {}, matter_name="事项", counter="3号窗口", served_on=day(3), level=level, follow_up_by=day(24)
    )
    assert built["follow_up_by"] == told
    assert str(built["levels"]).count("■") == (0 if level is None else 1)


def test_persons_are_masked_in_public_and_organisations_are_not(short_papers: dict[str, Fields]) -> None:
    rows = short_papers["publicity"]["entries"]
    assert isinstance(rows, list)
    assert (rows[1]["party"], rows[1]["identity"]) == ("张*䶮", "居民身份证999999********0020")
    assert (rows[0]["party"], rows[0]["identity"]) == (COMPANY.name, f"统一社会信用代码{COMPANY.number}")


def test_no_paper_tells_an_id_number_in_full(short_papers: dict[str, Fields], long_papers: dict[str, Fields]) -> None:
    for papers in (short_papers, long_papers):
        assert all(PERSON.number not in str(fields) for fields in papers.values())
    assert PERSON.number not in repr(PERSON)


def test_relief_that_is_still_asked_for_has_room_for_vote_and_amount() -> None:
    built = relief.relief(
        {},
        charity_name="示例区慈善协会",
        household=(),
        reason="理由",
        evidence="证明",
        kind="capital",
        asked=Decimal("3000"),
        means="核对",
        visited="走访",
        hall_opinion="",
        vote=None,
        charity_number="",
        amount=None,
        award_goods="",
        refused="",
        shown_from=None,
        shown_until=None,
    )
    assert (built["vote"], built["amount"], built["amount_words"], built["shown_from"]) == ("", "", "", "")


def test_points_of_credit_carry_their_sign() -> None:
    event = vendor.CreditEvent("J02", "志愿服务", day(1), "", "参加巡查", "证明", "办法", 2, day(30))
    built = vendor.credit_record(
        {}, vendor="L1", events=(event,), base=100, balance=102, level="B级", effect="无", source="样例"
    )
    rows = built["events"]
    assert isinstance(rows, list)
    assert (rows[0]["points"], rows[0]["last_day"]) == ("+2", "2026年12月30日")


@pytest.mark.parametrize("kind", sorted(DECLARED))
def test_a_template_has_the_page_that_its_tray_holds(kind: str) -> None:
    declared = DECLARED[kind]
    page = docx.Document(str(template(declared.file, Path("nowhere")))).sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    sides = sorted((round(page.page_width.mm), round(page.page_height.mm)))
    assert sides == {"A4": [210, 297], "A5": [148, 210]}[declared.paper]


def test_kinds_that_share_a_series_write_their_numbers_alike() -> None:
    styles: dict[str, set[str]] = {}
    for declared in DECLARED.values():
        styles.setdefault(declared.series, set()).add(declared.style)
    assert all(len(each) == 1 for each in styles.values())


def test_a_form_for_law_enforcement_is_numbered_as_forms_are() -> None:
    assert {DECLARED[kind].style for kind in ("on_spot_penalty", "leniency_application", "relief")} == {"文书式"}
    assert {DECLARED[kind].style for kind in ("grant", "no_penalty", "deferral")} == {"公文式"}
