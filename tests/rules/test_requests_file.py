"""The file of another system's requests: who reports, photos by name, every fault with its line."""

from datetime import date

import pytest

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.imports import BadRows
from hall.rules.requests_file import COLUMNS, FILE_TITLE, OutsideRequest, parse_requests

TODAY = date(2026, 11, 23)
CATEGORIES = {"stall": "占道经营", "rubble": "建筑垃圾和渣土"}
HEADING = ",".join(column.titles[0] for column in COLUMNS)


def parsed(*rows: str, heading: str = HEADING) -> tuple[OutsideRequest, ...]:
    return parse_requests("\n".join((heading, *rows)), categories=CATEGORIES, today=TODAY)


def faults(*rows: str) -> list[str]:
    with pytest.raises(BadRows) as bad:
        parsed(*rows)
    return [row.reason for row in bad.value.rows]


def test_a_row_tells_whose_it_is_and_which_photos_go_with_it() -> None:
    (one,) = parsed("12345,RX-1,投诉,占道经营,夜市,内容。,路口,街道,,2026-11-20,张测明,13900001234,1.jpg；2.jpg")
    assert (one.channel, one.kind, one.category, one.phone) == ("hotline", "complaint", "stall", "13900001234")
    assert one.photos == ("1.jpg", "2.jpg")
    assert "张测明" not in repr(one)


def test_without_a_name_it_is_anonymous_and_columns_may_be_left_out() -> None:
    (one,) = parsed(
        "网格,WG-1,举报,rubble,渣土,内容。,2026-11-23", heading="来源,外部编号,类型,类别,标题,内容,转来日期"
    )
    assert (one.name, one.phone, one.photos, one.grid_code) == ("", "", (), "")


def test_every_fault_of_a_row_is_named() -> None:
    found = faults("微博,R X,咨询,无此类,,,,,,昨天,张测明,12,../a.jpg")
    assert len(found) == 9
    assert any("只写文件名" in each for each in found)


@pytest.mark.parametrize("name", ["a/b.jpg", "a\\b.jpg", "..", "."])
def test_a_photo_never_leads_out_of_the_folder(name: str) -> None:
    assert "只写文件名" in faults(f"网格,WG-1,举报,占道经营,标题,内容。,,,,2026-11-20,,,{name}")[0]


def test_a_telephone_without_a_name_and_a_day_to_come_are_refused() -> None:
    found = faults("网格,WG-1,举报,占道经营,标题,内容。,,,,2026-11-24,,13900001234,")
    assert len(found) == 2


def test_a_number_stands_once_for_each_system() -> None:
    row = "网格,WG-1,举报,占道经营,标题,内容。,,,,2026-11-20,,,"
    assert "与第2行重复" in faults(row, row)[0]
    assert len(parsed(row, row.replace("网格", "12345"))) == 2
    assert faults("网格,坏了") != []


def test_the_shipped_sample_can_be_read() -> None:
    text = decode((resource("requests") / "sample.csv").read_bytes(), FILE_TITLE)
    assert [each.channel for each in parse_requests(text, categories=CATEGORIES, today=TODAY)] == ["hotline", "grid"]
