"""Training: entered by another, corrected by new records, imported whole; where everybody stands; the statement."""

from collections.abc import Callable
from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.imports import BadRows
from hall.rules.training import BadTraining
from hall.rules.training_file import parse_training
from hall.services.documents import frozen
from hall.services.parameters import BadParameters
from hall.services.staff import NoSuchStaff, OwnRecord
from hall.services.standards_counts import counts_of
from hall.services.training import (
    CorrectedAlready,
    NewTraining,
    NoSuchTraining,
    TrainingImported,
    correct,
    import_training,
)
from hall.store import Store
from tests.services.standards_story import Story

RULE = "minutes_an_hour = 45\nmost_hours_a_day = 8\npass_score = 60\nwarning_days = 15"
HEADING = "工号,姓名,类别,内容,日期,学时,分数"


def records(story: Story, login: str = "boss", *, closed: bool = False) -> list[tuple[str, str, int]]:
    return [(each.name, each.title, each.half_hours) for each in story.front(login).training(closed=closed)]


def load(story: Story, *rows: str, by: str = "boss") -> TrainingImported:
    rule = story.front("boss").training_rule()
    parsed = parse_training("\n".join((HEADING, *rows)), rule, today=story.office.today)
    return import_training(story.office.store, story.actor(by), rows=parsed, home=story.home)


def hours(story: Story, login: str) -> tuple[int, int]:
    (own,) = [each for each in story.front(login).standings() if each.member.account_id == story.id_of(login)]
    (want,) = [each for each in own.standing.wants if each.kind == "hours"]
    return want.had, want.wanted


@pytest.mark.both
def test_training_is_entered_for_several_and_corrected_by_a_record_that_names_the_old_one(story: Story) -> None:
    story.train("clerk", "clerk2", "clerk")
    assert records(story) == [("秦小秋", "行政许可法专题", 8), ("周玉兰", "行政许可法专题", 8)]
    first = next(each for each in story.front("boss").training() if each.name == "周玉兰")
    new = NewTraining(account_ids=(), kind="course", title="行政许可法", held_on=story.office.today, hours="90分钟")
    story.front("head").correct_training(first.id, new)
    assert ("周玉兰", "行政许可法", 4) in records(story)
    with pytest.raises(CorrectedAlready):
        story.front("head").correct_training(first.id, new)
    corrected = next(each for each in story.front("boss").training() if each.name == "周玉兰")
    story.front("head").void_training(corrected.id, "没有到场")
    assert [each[0] for each in records(story)] == ["秦小秋"]
    assert len(records(story, closed=True)) == 4


@pytest.mark.both
def test_two_who_correct_one_record_leave_one_correction(story: Story, other_station: Store) -> None:
    story.train("clerk")
    (record,) = story.front("boss").training()
    new = NewTraining(account_ids=(), kind="course", title="更正", held_on=story.office.today, hours="3")
    correct(other_station, story.actor("head"), record_id=record.id, new=new, home=story.home)
    with pytest.raises(CorrectedAlready):
        story.front("boss").void_training(record.id, "没有到场")
    assert records(story) == [("周玉兰", "更正", 6)]


def test_nobody_enters_corrects_or_takes_back_his_own_training(story: Story) -> None:
    with pytest.raises(OwnRecord):
        story.train("clerk", "boss")
    assert records(story) == []
    story.train("boss", by="head")
    (own,) = story.front("boss").training()
    with pytest.raises(OwnRecord):
        story.front("boss").void_training(own.id, "重复")
    with pytest.raises(NotAuthorised):
        story.train("clerk2", by="clerk")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"account_ids": ()}, "没有选人员"),
        ({"hours": "半天"}, "学时请写 4 或 4.5"),
        ({"hours": "9"}, "每天最多计 8 学时"),
        ({"kind": "examination", "hours": ""}, "季考要写分数"),
    ],
)
def test_what_cannot_be_counted_is_not_entered(story: Story, told: dict[str, object], words: str) -> None:
    with pytest.raises(BadTraining, match=words):
        story.train("clerk", **told)  # type: ignore[arg-type]  # none of them is `by`


def test_somebody_of_nowhere_is_not_trained_and_no_record_is_nobodys(story: Story) -> None:
    with pytest.raises(NoSuchStaff):
        story.train(account_ids=(999_999,))
    with pytest.raises(NoSuchTraining):
        story.front("boss").void_training(999_999, "重复")


def test_an_examination_is_passed_from_the_points_on_that_the_rule_names(story: Story) -> None:
    story.train("clerk", kind="examination", hours="", score=60)
    story.train("clerk2", kind="examination", hours="", score=59)
    assert {each.name: each.passed for each in story.front("boss").training()} == {"周玉兰": True, "秦小秋": False}


@pytest.mark.both
def test_a_file_is_taken_whole_once_and_never_by_whom_it_is_about(story: Story) -> None:
    story.badges()
    badge, boss = f"{story.id_of('clerk'):04d}", f"{story.id_of('boss'):04d}"
    good = f"{badge},周玉兰,学习日,案例研讨,2026-11-20,2,"
    assert load(story, good) == TrainingImported(1, 0)
    assert load(story, good, f"{badge},周玉兰,季考,第四季度,2026-11-21,,80") == TrainingImported(1, 1)
    with pytest.raises(BadRows) as bad:
        load(
            story,
            f"{badge},周玉兰,学习日,另一次,2026-11-13,2,",
            "9999,无名氏,学习日,案例研讨,2026-11-20,2,",
            f"{badge},秦小秋,学习日,案例研讨,2026-11-20,2,",
            f"{boss},卫建平,学习日,案例研讨,2026-11-20,2,",
            f"{badge},周玉兰,学习日,{'长' * 101},2026-11-13,2,",
            f"{badge},周玉兰,学习日,联系人13900001234,2026-11-13,2,",
        )
    assert [row.line for row in bad.value.rows] == [3, 4, 5, 6, 7]
    assert len(records(story)) == 2


def test_who_came_last_year_is_asked_for_the_whole_year_and_a_guide_for_less(story: Story) -> None:
    story.office.on(date(2027, 4, 5))
    story.train("clerk")
    assert hours(story, "clerk") == (8, 120)
    assert hours(story, "cashier") == (0, 80)
    assert hours(story, "everything") == (0, 120)
    mine = story.front("clerk").standings()
    assert [each.member.name for each in mine] == ["周玉兰"]
    assert {each.kind for each in mine[0].standing.late} == {"friday", "exchange", "examination"}
    everybody = story.front("boss").standings()
    assert len(everybody) == 13
    assert len(everybody[0].standing.late) >= len(everybody[-1].standing.late)


@pytest.mark.both
def test_the_statement_tells_records_wants_and_qualifications(story: Story) -> None:
    story.office.on(date(2027, 4, 5))
    story.badges()
    story.train("lawyer")
    story.qualify("lawyer")
    issued = story.front("lawyer").print_statement(story.id_of("lawyer"))
    content = frozen(story.office.store, issued.document_id).content
    assert (content["staff_name"], content["hours"], content["year"]) == ("陈法正", "4", "2027年")
    rows = content["wants"]
    told = {row["want"]: (row["wanted"], row["had"], row["lacking"]) for row in rows if isinstance(row, dict)}
    assert told["全年学时"] == ("60学时", "4学时", "56学时")
    assert told["学习日"] == ("4次", "0次", "4次（1月、2月、3月、4月）")
    held = content["qualifications"]
    assert [row["state"] for row in held if isinstance(row, dict)] == ["有效"]


def test_a_statement_of_others_is_for_who_oversees(story: Story) -> None:
    with pytest.raises(NotAuthorised):
        story.front("clerk").print_statement(story.id_of("clerk2"))
    with pytest.raises(NoSuchStaff):
        story.front("boss").print_statement(999_999)
    assert [each.name for each in story.front("clerk").staff()] == ["周玉兰"]


def test_the_month_counts_hours_people_and_examinations(story: Story) -> None:
    story.train("clerk", "clerk2")
    story.train("clerk", kind="examination", hours="", score=80)
    story.train("clerk2", kind="examination", hours="", score=10)
    story.qualify("lawyer", valid_to=date(2026, 11, 30))
    story.qualify("approver", kind="post", number="P1")
    store = story.office.store
    with store.read() as session:
        found = counts_of(session, hall_id=store.hall_id, first=date(2026, 11, 1), last=date(2026, 11, 30))
    assert (found.trained_half_hours, found.trained_people, found.examined, found.examined_passed) == (16, 2, 2, 1)
    assert (found.qualifications_held, found.qualifications_run_out) == (2, 1)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("training.toml", RULE, "缺少 everybody"),
        ("training.toml", f"{RULE}\neverybody = {{}}\nroles = {{ cook = {{}} }}", "没有 cook 这个岗位"),
        ("qualifications.toml", "warning_days = 1", "缺少 kinds"),
        ("qualifications.toml", "warning_days = 1\nkinds = { a = 'A' }\nneeds = 1", "needs 应是一个列表"),
        (
            "qualifications.toml",
            "warning_days = 1\nkinds = { a = 'A' }\nneeds = [{ action = 'case.legal', asked_from = 1 }]",
            "asked_from 应是日期",
        ),
    ],
)
def test_a_file_of_the_hall_that_says_nonsense_is_named(story: Story, name: str, text: str, words: str) -> None:
    (story.home / name).write_text(f'[[versions]]\neffective_from = 2026-01-01\nsource = "x"\n{text}\n', "utf-8")
    front = story.front("boss")
    read: Callable[[], object] = front.training_rule if name.startswith("training") else front.qualification_rule
    with pytest.raises(BadParameters, match=words):
        read()
