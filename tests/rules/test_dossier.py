"""Dossiers: the order of the file, what it lacks, and its review."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.dossier import (
    ENDINGS,
    DossierRule,
    Fault,
    Grade,
    NoSuchFault,
    Piece,
    ReviewTerms,
    ending_of,
    faults_for,
    in_order,
    missing_pieces,
    piece_title,
    review_score,
)

DAY = date(2026, 11, 23)
RULE = DossierRule(
    effective_from=DAY,
    source="测试",
    order=("grant", "receipt", "file:material"),
    kept_out=frozenset({"yellow_card"}),
    required=dict.fromkeys(ENDINGS, ("receipt", "grant|change_decision")),
    when=(("visit", "site_record"), ("visit", "receipt")),
    retention=dict.fromkeys(ENDINGS, "30年"),
    faults=(
        Fault("late", "超期", 100, True),
        Fault("service", "回证", 30, False),
        Fault("order", "顺序", 80, False),
        Fault("tier", "裁量", 15, False, "penalty_case"),
    ),
    grades=(Grade(90, "优秀"), Grade(60, "合格"), Grade(0, "不合格")),
    review=ReviewTerms(2, 15, other_department=False),
)


def piece(kind: str, key: int = 1, day: int = 1) -> Piece:
    return Piece(kind, key, kind, date(2026, 11, day))


def test_pieces_lie_in_the_order_of_the_file_and_unnamed_ones_last() -> None:
    given = [
        piece("extension", 9, day=3),
        piece("hearing_notice", 8, day=2),
        piece("file:material", 3),
        piece("yellow_card", 4),
        piece("receipt", 2),
        piece("receipt", 1),
        piece("grant", 7),
    ]
    kinds = [(each.kind, each.key) for each in in_order(given, RULE)]
    assert kinds == [
        ("grant", 7),
        ("receipt", 1),
        ("receipt", 2),
        ("file:material", 3),
        ("hearing_notice", 8),
        ("extension", 9),
    ]


def test_what_lacks_is_named_once() -> None:
    lacks = missing_pieces([piece("extension")], ending="granted", facts=frozenset({"visit"}), rule=RULE)
    assert lacks == ("收件凭证", "准予行政许可决定书或准予变更（延续）决定书", "现场核查记录")


def test_one_of_two_kinds_is_enough() -> None:
    there = [piece("receipt"), piece("change_decision")]
    assert missing_pieces(there, ending="granted", facts=frozenset(), rule=RULE) == ()


def test_a_case_ends_by_its_outcome_or_its_state() -> None:
    assert ending_of("finished", "denied") == "denied"
    assert ending_of("withdrawn", "") == "withdrawn"


@pytest.mark.parametrize(
    ("faults", "points", "grade"),
    [
        ((), 100, "优秀"),
        (("service", "service"), 70, "合格"),
        (("service", "order"), 0, "不合格"),
        (("late",), 0, "不合格"),
    ],
)
def test_a_review_takes_off_points_and_legality_takes_all(faults: tuple[str, ...], points: int, grade: str) -> None:
    score = review_score(faults, RULE, subject="permit_case")
    assert (score.points, score.grade) == (points, grade)


def test_a_review_knows_only_the_faults_of_the_table() -> None:
    with pytest.raises(NoSuchFault, match="taste"):
        review_score(("taste",), RULE, subject="permit_case")


def test_a_fault_of_penalties_is_no_fault_of_a_permit() -> None:
    assert review_score(("tier", "order"), RULE, subject="penalty_case").points == 5
    assert [fault.code for fault in faults_for("permit_case", RULE)] == ["late", "service", "order"]
    with pytest.raises(NoSuchFault, match="tier"):
        review_score(("tier",), RULE, subject="permit_case")


@pytest.mark.parametrize("terms", [(-1, 15), (2, 0)])
def test_terms_of_a_review_that_cannot_be_are_refused(terms: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="correct_days"):
        ReviewTerms(*terms, other_department=True)


def test_scans_are_called_by_their_purpose() -> None:
    assert piece_title("file:visit") == "现场照片"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"order": ("poem",)}, "poem"),
        ({"order": ("file:poem",)}, "file:poem"),
        ({"required": {"granted": ()}}, "required"),
        ({"retention": {}}, "retention"),
        ({"when": (("weather", "receipt"),)}, "weather"),
        ({"faults": (Fault("a", "", 1, False, "poem"),)}, "poem"),
        ({"faults": (Fault("a", "", 1, False), Fault("a", "", 2, False))}, "code"),
        ({"grades": ()}, "grades"),
        ({"grades": (Grade(60, "合格"), Grade(90, "优秀"))}, "grades"),
        ({"grades": (Grade(90, "优秀"),)}, "grades"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(change: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(RULE, **change)  # type: ignore[arg-type]  # fields of a DossierRule
