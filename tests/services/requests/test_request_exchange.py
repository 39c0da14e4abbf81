"""Files of other systems come in whole or not at all; what became of their requests goes back; the map comes in."""

from datetime import date
from pathlib import Path

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.imports import BadRows
from hall.services.call_backs import CallBackMade
from hall.services.request_replies import Answer
from tests.services.requests.desk import FOUND, RequestDesk

HEADING = "来源,外部编号,类型,类别,标题,内容,地点,区域,网格编码,转来日期,反映人,电话,照片"
NIGHT = (
    "12345,RX-1,投诉,占道经营,夜市占道,每晚占道。,向阳路口东侧,向阳街道,,2026-11-20,张测明,13900001234,"
    "夜市1.jpg;夜市2.jpg"
)
DUST = "网格,WG-1,举报,停车秩序,违停,人行道违停。,莲湖路,,LH-03,2026-11-23,,,"
MAP = "类别,区域,单位编码,单位名称,单位类型,科室名称,生效日期,失效日期,来源"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("夜市1.jpg", "夜市2.jpg"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff" + name.encode())
    return tmp_path


def file(folder: Path, *rows: str, heading: str = HEADING) -> Path:
    path = folder / "转办.csv"
    path.write_text("\n".join((heading, *rows)), encoding="utf-8")
    return path


def faults(bad: BadRows) -> list[str]:
    return [row.reason for row in bad.rows]


@pytest.mark.both
def test_requests_of_other_systems_come_in_once_with_their_photos(desk: RequestDesk, folder: Path) -> None:
    boss = desk.front("boss")
    done = boss.import_requests(file(folder, NIGHT, DUST))
    assert (len(done.added), done.unchanged) == (2, 0)
    hotline = boss.one(boss.numbered("RX-1"))
    assert [each.title for each in hotline.files] == ["来件照片1", "来件照片2"]
    assert (hotline.row.received_on, hotline.row.told_by) == (date(2026, 11, 20), date(2026, 12, 5))
    assert (hotline.row.person_masked, hotline.row.document) == ("张*明", None)
    assert boss.one(boss.numbered("WG-1")).row.person_masked == "匿名"
    again = boss.import_requests(file(folder, NIGHT, DUST))
    assert (again.added, again.unchanged) == ((), 2)


def test_a_matter_that_is_under_way_holds_no_file_up_and_is_joined_by_the_dispatcher(
    desk: RequestDesk, folder: Path
) -> None:
    first = desk.dispatched(place="向阳路口东侧")
    desk.front("boss").import_requests(file(folder, NIGHT))
    came = desk.front("boss").numbered("RX-1")
    assert [each.request_id for each in desk.front("clerk").one(came).same] == [first]
    desk.front("clerk").join(came, first)
    assert desk.request(came).same_as_id == first


@pytest.mark.both
def test_one_fault_keeps_the_whole_file_out(desk: RequestDesk, folder: Path) -> None:
    told = DUST.replace("人行道违停。", "联系13900001234")
    with pytest.raises(BadRows) as bad:
        desk.front("boss").import_requests(file(folder, NIGHT, told))
    assert [row.line for row in bad.value.rows] == [3]
    assert desk.front("boss").listed("open") == ()


def test_a_photo_that_is_missing_or_is_none_is_named(desk: RequestDesk, folder: Path) -> None:
    (folder / "夜市2.jpg").unlink()
    with pytest.raises(BadRows) as bad:
        desk.front("boss").import_requests(file(folder, NIGHT))
    assert "夜市2.jpg" in faults(bad.value)[0]
    (folder / "夜市2.jpg").write_text("不是照片")
    with pytest.raises(BadRows) as bad:
        desk.front("boss").import_requests(file(folder, NIGHT))
    assert "JPEG" in faults(bad.value)[0]


@pytest.mark.both
def test_the_return_receipt_tells_what_was_done_and_names_nobody(desk: RequestDesk, folder: Path) -> None:
    boss, clerk = desk.front("boss"), desk.front("clerk")
    boss.import_requests(file(folder, NIGHT, DUST))
    request_id = boss.numbered("RX-1")
    clerk.dispatch(request_id)
    desk.front("squad").take(request_id)
    desk.front("squad").feed_back(request_id, FOUND)
    clerk.accept(request_id)
    clerk.reply(request_id, Answer("已划定夜市区域"))
    desk.front("guide").call_back(request_id, CallBackMade(reached=True, level=5, words="很好"))
    desk.registered()
    sheet = boss.return_receipts(date(2026, 11, 1), date(2026, 11, 30))
    waiting, done = (dict(zip(sheet.columns, row, strict=True)) for row in reversed(sheet.rows))
    if waiting["外部编号"] == "RX-1":
        waiting, done = done, waiting
    assert (waiting["外部编号"], waiting["状态"], waiting["承办单位"]) == ("WG-1", "待派单", "")
    assert (done["承办单位"], done["状态"], done["解决方式"]) == ("向阳中队", "已办结", "管理")
    assert (done["答复"], done["回访满意程度"]) == ("已划定夜市区域", "非常满意")
    assert "张" not in str(sheet.rows)
    assert boss.return_receipts(date(2026, 10, 1), date(2026, 10, 31)).rows == ()


def test_only_the_manager_exchanges(desk: RequestDesk, folder: Path) -> None:
    with pytest.raises(NotAuthorised):
        desk.front("clerk").import_requests(file(folder, NIGHT))
    with pytest.raises(NotAuthorised):
        desk.front("clerk").return_receipts(desk.today, desk.today)
    with pytest.raises(NotAuthorised):
        desk.front("clerk").import_responsibilities(file(folder, heading=MAP))


@pytest.mark.both
def test_the_map_comes_in_by_a_file_and_a_newer_line_goes_before(desk: RequestDesk, folder: Path) -> None:
    boss = desk.front("boss")
    rows = (
        "施工和经营噪声,全区,ZT,渣土办,科室,渣土办,2026-11-01,,测试",
        "占道经营,向阳街道,HW,环卫科,科室,环卫科,2026-11-23,,测试",
    )
    done = boss.import_responsibilities(file(folder, *rows, heading=MAP))
    assert (done.added, done.unchanged, done.new_units) == (2, 0, ("ZT",))
    suggested = boss.suggest("stall", "向阳街道")
    assert suggested is not None
    assert suggested.unit.code == "HW"
    again = boss.import_responsibilities(file(folder, *rows, heading=MAP))
    assert (again.added, again.unchanged, again.new_units) == (0, 2, ())
    ended = rows[1].replace("2026-11-23,,", "2026-11-23,2026-11-22,")
    with pytest.raises(BadRows):
        boss.import_responsibilities(file(folder, ended, heading=MAP))
    boss.import_responsibilities(file(folder, rows[1].replace("2026-11-23,,", "2026-11-23,2026-11-23,"), heading=MAP))
    desk.on(date(2026, 11, 24))
    suggested = boss.suggest("stall", "向阳街道")
    assert suggested is not None
    assert suggested.unit.code == "XY"


def test_a_line_that_is_known_is_not_given_to_another_unit(desk: RequestDesk, folder: Path) -> None:
    row = "占道经营,向阳街道,HW,环卫科,科室,环卫科,2026-01-01,,测试"
    with pytest.raises(BadRows) as bad:
        desk.front("boss").import_responsibilities(file(folder, row, heading=MAP))
    assert "已经登记由向阳中队承办" in faults(bad.value)[0]
