"""Papers of dossier reviews with fictitious content, short and long."""

from collections.abc import Callable
from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.rules.dossier_review import draw_round, entrant, subject_of
from hall.rules.draws import digest, rank
from hall.services import papers_round as rounds
from hall.services.papers_common import Fields
from hall.services.papers_round import DrawnDossier, FoundFault, ReviewedDossier, RoundPaper, SecondReview

SEED = "3 5 2"
REVIEWERS = (("7", "李示例"), ("9", "张𬭚䶮"), ("12", "王示例"))
ROUND = "2026年下半年行政许可、行政处罚案卷评查"


def round_papers(common: Fields, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    """The six papers from the announcement to the report."""
    dossiers = tuple(
        entrant("permit_case" if number % 2 else "penalty_case", f"示城管许卷〔2026〕第{number:04d}号")
        for number in range(1, rows + 2)
    )
    keys = tuple(key for key, _ in REVIEWERS)
    plan = RoundPaper(
        name=ROUND,
        from_day=date(2026, 7, 1),
        until_day=date(2026, 11, 30),
        wanted=(("许可案卷", rows), ("处罚案卷", 1)),
        dossiers=dossiers,
        reviewers=REVIEWERS,
        digest=digest(dossiers, keys),
        draw_on=date(2026, 12, 7),
        seed_source="当天中国福利彩票“双色球”开奖号码",
    )
    drawn = draw_round(dossiers, keys, wanted={"permit_case": rows, "penalty_case": 1}, seed=SEED, barred={})
    names = dict(REVIEWERS)
    faults = (
        FoundFault("现场核查记录、听证笔录缺少签名或者页码", 5, False, "第12页见证人没有签名"),
        FoundFault("卷内顺序、目录或者页码有误", 2, False, text("目录第3项与卷内不符")[:100]),
    )
    illegal = FoundFault("违反法定程序（应听证未听证、现场核查少于两人等）", 100, True, "第8页现场核查只有一人")
    dossier = ReviewedDossier(
        "许可案卷", "示城管许卷〔2026〕第0001号", 93, "优秀", False, text("整体规范")[:100], faults
    )
    bad = ReviewedDossier("处罚案卷", "示城管罚〔2026〕第0002号", 0, "不合格", True, "", (illegal, *faults))
    day = date(2026, 12, 10)
    return {
        "review_notice": rounds.review_notice(common, plan=plan),
        "review_result": rounds.review_result(
            common,
            plan=plan,
            seed=SEED,
            witness="何示例",
            drawn_at=datetime(2026, 12, 7, 10, 30, tzinfo=HALL_ZONE),
            lines=[
                DrawnDossier(*subject_of(each), key, names[key], rank(each, seed=SEED, frozen=plan.digest), ("7", "9"))
                for each, key in drawn.assigned
            ],
            passed=drawn.passed,
            in_turn=[(key, names[key]) for key in drawn.reviewers],
        ),
        "review_sheet": rounds.review_sheet(common, round_name=ROUND, dossier=dossier, scored_on=day),
        "review_recheck": rounds.review_recheck(
            common,
            round_name=ROUND,
            dossier=dossier,
            second=SecondReview(
                first_score=0,
                first_grade="不合格",
                first_reviewer="李示例",
                objection=text("现场核查的第二名人员在第9页签名")[:1000],
                confirmed=False,
                reason=text("第9页有第二名核查人员的签名，程序没有问题")[:1000],
                done_on=day,
                correct_by=date(2026, 12, 25),
            ),
        ),
        "review_correction": rounds.review_correction(
            common, round_name=ROUND, dossier=bad, responsible="张𬭚䶮", correct_by=date(2026, 12, 25)
        ),
        "review_report": rounds.review_report(
            common,
            round_name=ROUND,
            period=(plan.from_day, plan.until_day),
            dossiers=[dossier, bad] * (rows // 2),
            faults=[*faults, *faults, illegal],
            rescored=1,
            replaces="示城管评卷〔2026〕第0011号",
        ),
    }
