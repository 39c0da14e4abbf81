"""The credit platform gets what stands, once, and what was set right as a withdrawal; nobody unmasked."""

import csv
from datetime import date
from pathlib import Path

import pytest

from hall.errors import HallError
from hall.rules.authority import NotAuthorised
from hall.services import vendor_events, vendor_export
from hall.services.parameters import BadParameters
from hall.services.tables_export import NotWritten
from hall.services.vendor_export import NothingToReport, Reported
from hall.services.vendor_rules import credit_rules
from tests.services.vendors.market import Market
from tests.services.vendors.test_vendor_events import write_rules


@pytest.mark.both
def test_what_stands_is_reported_once_and_withdrawn_when_it_was_set_right(market: Market, tmp_path: Path) -> None:
    person = market.office.resident()
    entered = market.enter(person)
    event_id = market.told(entered.vendor_id)
    path = tmp_path / "platform.csv"
    with pytest.raises(NothingToReport):
        export(market, path)
    market.office.on(date(2026, 12, 9))
    assert export(market, path) == Reported(1, 0)
    (row,) = rows_of(path)
    assert (row["报送类型"], row["主体名称"], row["事项代码"], row["分值"], row["有效期至"]) == (
        "归集",
        "张*明",
        "K04",
        "-20",
        "2028-11-19",
    )
    assert row["统一社会信用代码或证件号码"] != person.id_number
    assert person.id_number[6:14] not in path.read_text(encoding="utf-8")
    with pytest.raises(NothingToReport):
        export(market, path)
    vendor_events.void(market.store, market.office.actor("lawyer"), event_id=event_id, reason="认定有误")
    assert [
        row.act for row in vendor_export.to_report(market.store, market.office.actor("boss"), home=market.home)
    ] == ["withdraw"]
    assert export(market, path) == Reported(0, 1)
    (row,) = rows_of(path)
    assert (row["报送类型"], row["撤回原因"]) == ("撤回", "已作废，不计")
    with pytest.raises(NothingToReport):
        export(market, path)


def test_what_is_doubted_after_it_was_reported_is_withdrawn_and_reported_again(market: Market, tmp_path: Path) -> None:
    entered = market.enter()
    event_id = market.told(entered.vendor_id)
    market.office.on(date(2026, 12, 9))
    export(market, tmp_path / "1.csv")
    clerk, lawyer = market.office.actor("clerk"), market.office.actor("lawyer")
    vendor_events.object_to(market.store, clerk, event_id=event_id, objection="没有这回事")
    assert export(market, tmp_path / "2.csv") == Reported(0, 1)
    vendor_events.answer(market.store, lawyer, event_id=event_id, upheld=False, reasons="属实", home=market.home)
    assert export(market, tmp_path / "3.csv") == Reported(1, 0)


def test_the_answer_to_an_objection_says_that_the_platform_is_asked_to_withdraw(market: Market, tmp_path: Path) -> None:
    entered = market.enter()
    event_id = market.told(entered.vendor_id)
    market.office.on(date(2026, 12, 9))
    export(market, tmp_path / "1.csv")
    clerk, lawyer = market.office.actor("clerk"), market.office.actor("lawyer")
    vendor_events.object_to(market.store, clerk, event_id=event_id, objection="没有这回事")
    issued = vendor_events.answer(
        market.store, lawyer, event_id=event_id, upheld=True, reasons="证据不足", home=market.home
    )
    assert market.office.content(issued.document_id)["reported"] == "是"


def test_a_file_that_cannot_be_written_is_not_remembered(market: Market, tmp_path: Path) -> None:
    entered = market.enter()
    market.told(entered.vendor_id)
    market.office.on(date(2026, 12, 9))
    with pytest.raises(NotWritten):
        export(market, tmp_path / "nowhere" / "platform.csv")
    assert export(market, tmp_path / "platform.csv") == Reported(1, 0)


def test_only_the_manager_exports(market: Market, tmp_path: Path) -> None:
    with pytest.raises(NotAuthorised):
        vendor_export.export(
            market.store, market.office.actor("clerk"), path=tmp_path / "platform.csv", home=market.home
        )


@pytest.mark.parametrize(
    ("shipped", "own", "fault"),
    [
        ("base = 100", 'base = "viel"', "base"),
        ("objection_days = 15", "objection_days = 0", "至少 1 日"),
        ("counts_while_objected = false", "counts_while_objected = 0", "true 或 false"),
        ('refusal_basis = ""', "refusal_basis = 1", "应是文字"),
        ('content = "platform_act"', 'content = "phone"', "读不懂这一列"),
        ('code = "A", words = "A级（优秀）"', 'code = "A"', "读不懂这个等级"),
        ('code = "K04", words = "转让、出租、出借摊位证"', 'code = "K04"', "读不懂这个事项"),
        ("months = 24, evidence", "months = 99, evidence", "60 个月"),
        ("lines = [", "rows = [", "缺少 lines"),
    ],
)
def test_a_fault_in_the_rule_table_is_named(home: Path, shipped: str, own: str, fault: str) -> None:
    write_rules(home, shipped, own)
    with pytest.raises(BadParameters, match=fault):
        credit_rules(home)


def export(market: Market, path: Path) -> Reported:
    """By the manager."""
    try:
        return vendor_export.export(market.store, market.office.actor("boss"), path=path, home=market.home)
    except HallError:
        assert not path.is_file() or path.stat().st_size
        raise


def rows_of(path: Path) -> list[dict[str, str]]:
    """The lines of the file by the titles of their columns."""
    text = path.read_text(encoding="utf-8-sig").splitlines()
    first = next(place for place, line in enumerate(text) if line.startswith("报送类型"))
    return list(csv.DictReader(text[first:]))
