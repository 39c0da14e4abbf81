"""Special procedures: which clocks they stop, for how long, and what a matter may say of them."""

from dataclasses import replace
from datetime import date

import pytest

from hall.resources import resource
from hall.rules.catalogue import Limit, MaterialRule, Matter, ProcedureRule
from hall.rules.imports import BadRows
from hall.rules.procedures import COLUMNS, CannotSuspend, ProcedureTerms, parse_procedures

TABLE = parse_procedures(resource("procedures.csv").read_text(encoding="utf-8"))
DAY = date(2026, 3, 9)
MATTER = Matter(
    code="T1",
    name="测试事项",
    department="市容科",
    prefix="A",
    basis="测试条例第1条",
    statutory=Limit(20, "workday"),
    promised=Limit(5, "workday"),
    materials=(MaterialRule(1, "申请表"),),
    site_visit=False,
    effective_from=date(2026, 1, 1),
    applicant_kinds=frozenset({"natural"}),
)


def terms(code: str, *published: ProcedureRule) -> ProcedureTerms:
    found = TABLE.of_matter(replace(MATTER, procedures=published), DAY)
    return next(each for each in found if each.code == code)


def test_the_law_knows_eight_procedures_and_no_more() -> None:
    by_law = {row.code for row in TABLE.rows if row.stops_statutory}
    assert by_law == {
        "hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert_review",
    }  # fmt: skip
    assert all(row.law and row.source and row.stops_promised for row in TABLE.rows if row.stops_statutory)


def test_every_matter_may_need_the_procedures_of_the_law_and_only_the_promise_waits_for_a_supplement() -> None:
    found = {each.code: each for each in TABLE.of_matter(MATTER, DAY)}
    assert set(found) == {row.code for row in TABLE.rows if row.stops_statutory} | {"supplement"}
    assert (found["supplement"].stops_statutory, found["supplement"].stops_promised) == (False, True)


def test_a_site_visit_stops_nothing_unless_the_matter_publishes_it_and_then_only_the_promise() -> None:
    with pytest.raises(StopIteration):
        terms("visit")
    published = terms("visit", ProcedureRule("visit", True, Limit(3, "day"), "某市限时办结规则第九条"))
    assert (published.stops_statutory, published.stops_promised) == (False, True)
    assert (published.longest, published.unit) == (Limit(3, "day"), "day")
    assert published.law == "行政许可法第三十四条第三款；某市限时办结规则第九条"


def test_a_matter_may_let_its_promise_run_and_never_touches_the_limit_of_law() -> None:
    own = terms("testing", ProcedureRule("testing", False, None, "行政许可法第四十五条"))
    assert (own.stops_statutory, own.stops_promised, own.longest) == (True, False, None)
    assert own.law == "行政许可法第四十五条、第五十五条"


def test_a_version_counts_from_its_day_and_there_is_none_before_the_first() -> None:
    assert TABLE.in_force("hearing", date(2004, 6, 30)) is None
    assert TABLE.of_matter(MATTER, date(2004, 6, 30)) == ()
    newer = replace(terms("hearing"), effective_from=DAY, law="新法")
    table = replace(TABLE, rows=(newer, *TABLE.rows))
    assert table.in_force("hearing", DAY) == newer


def test_a_procedure_makes_a_pause_of_its_terms() -> None:
    pause = terms("hearing").pause(DAY, Limit(20, "workday"))
    assert (pause.procedure, pause.title, pause.first_day) == ("hearing", "听证", DAY)
    assert (pause.basis, pause.stops_statutory) == ("行政许可法第四十五条、第四十七条", True)
    assert terms("tender").pause(DAY, None).granted is None
    assert terms("tender").pause(DAY, Limit(90, "workday")).limited


@pytest.mark.parametrize(
    ("code", "granted", "reason"),
    [
        ("hearing", None, "不能启动听证：要给定所需时间并书面告知申请人"),
        ("hearing", Limit(21, "workday"), "所需时间最长20工作日，给了21工作日"),
        ("testing", Limit(5, "day"), "所需时间按工作日给定，至少1天"),
        ("testing", Limit(0, "workday"), "所需时间按工作日给定，至少1天"),
    ],
)
def test_a_time_that_is_not_allowed_is_refused(code: str, granted: Limit | None, reason: str) -> None:
    with pytest.raises(CannotSuspend, match=reason):
        terms(code).pause(DAY, granted)


def test_what_stops_nothing_cannot_be_begun() -> None:
    visit = TABLE.in_force("visit", DAY)
    assert visit is not None
    with pytest.raises(CannotSuspend, match="它不在可以扣除的时间之列"):
        visit.pause(DAY, None)


ROW = {
    "code": "hearing", "name": "听证", "stops_statutory": "yes", "stops_promised": "yes", "limited": "no",
    "max_days": "", "unit": "workday", "law": "法1", "effective_from": "2024-01-01", "source": "法", "note": "",
}  # fmt: skip


def file_of(*rows: dict[str, str]) -> str:
    heading = ",".join(column.key for column in COLUMNS)
    return "\n".join([heading, *(",".join(row[column.key] for column in COLUMNS) for row in rows)])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "dance"}, "“dance”不是特别程序，应为 hearing、tender"),
        ({"unit": "hour"}, "单位应为 workday、day"),
        ({"max_days": "x"}, "“x”应为 1 至 999 的整数，没有上限的留空"),
        ({"max_days": "0"}, "“0”应为 1 至 999"),
        ({"max_days": "1000"}, "“1000”应为 1 至 999"),
        ({"limited": "是"}, "“是”应为 yes 或 no"),
        ({"law": ""}, "不能为空"),
        ({"effective_from": "soon"}, "soon"),
    ],
)
def test_a_bad_row_is_named_with_its_line(change: dict[str, str], reason: str) -> None:
    with pytest.raises(BadRows, match=reason) as caught:
        parse_procedures(file_of(ROW, {**ROW, **change}))
    assert caught.value.rows[0].line == 3


def test_a_version_twice_and_a_row_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(BadRows, match="hearing 在2024-01-01生效的版本重复"):
        parse_procedures(file_of(ROW, ROW))
    with pytest.raises(BadRows, match="格"):
        parse_procedures(file_of(ROW) + "\nhearing,听证")
