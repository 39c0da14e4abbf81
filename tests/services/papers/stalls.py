"""Papers of stall sites with fictitious content, short and long."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypedDict

from hall.clock import HALL_ZONE
from hall.rules.draws import digest, draw, rank
from hall.rules.stalls import Ground
from hall.services import papers_stall as stall
from hall.services.papers_addressee import Addressee, addressee_block
from hall.services.papers_common import Fields, hall_block
from hall.services.papers_stall import DrawnLine, DrawPaper, StallPlace
from hall.store.schema.halls import Hall

PLACE = StallPlace(
    "示例路便民疏导点", "示例区示例路与测试街交叉口东北角", "06:00-09:00、17:00-22:00", "全年", "A12", "农副产品"
)
GROUND = Ground("idle", "连续三十日不使用摊位，经通知仍不使用", "便民服务点管理办法（样例）")
NUMBER = "示城管摊证〔2026〕8号"
SEED = "3 5 2"


class _Told(TypedDict):
    place: StallPlace
    certificate: str
    ground: Ground


def _draw(rows: int) -> tuple[DrawPaper, list[DrawnLine]]:
    entrants = tuple(f"示城管摊申〔2026〕第{number:04d}号" for number in range(1, rows + 1))
    prizes = tuple(f"A{number}" for number in range(1, rows // 2 + 2))
    frozen = digest(entrants, prizes)
    drawn = draw(entrants, prizes, seed=SEED)
    outcomes = {
        **{number: f"{each}号摊位" for number, each in drawn.won},
        **{number: f"候补第{place}位" for place, number in enumerate(drawn.waiting, 1)},
    }
    paper = DrawPaper(
        title=f"{PLACE.site}抽签（农副产品）",
        entrants=tuple((number, "张𬭚䶮") for number in entrants),
        prizes=prizes,
        digest=frozen,
        draw_on=date(2026, 12, 7),
        seed_source="当天三位申请人代表各掷一次骰子的点数，按掷出的先后",
    )
    lines = [
        DrawnLine(number, "张𬭚䶮", outcome, rank(number, seed=SEED, frozen=frozen))
        for number, outcome in outcomes.items()
    ]
    return paper, lines


def stall_papers(hall: Hall, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    person = Addressee("person", "张𬭚䶮", "999999194912310020", address="示例市示例区示例路18号", phone="13900001234")
    block, paper = addressee_block(hall, person, clerk_name="王示例"), hall_block(hall, clerk_name="王示例")
    drawing, lines = _draw(rows)
    told: _Told = {"place": PLACE, "certificate": NUMBER, "ground": GROUND}
    facts, evidence = text("自2026年10月20日起摊位一直空置"), "巡查照片六张、通知一份"
    return {
        "stall_application": stall.stall_application(
            block,
            place=PLACE,
            goods="自家种的蔬菜、红薯",
            farmer_proof="村民委员会证明",
            hardship=True,
            admission="2026-12-03征信100分，B级（良好）：正常申请摊位。",
            applied_on=date(2026, 12, 3),
        ),
        "stall_refusal": stall.stall_refusal(
            block,
            place=PLACE,
            application="示城管摊申〔2026〕第0003号",
            applied_on=date(2026, 12, 3),
            faults=("申请人在这个点位已经有摊位，一人一摊。",),
            reason=text("经核查，申请人以家庭成员名义重复申请"),
        ),
        "stall_draw_notice": stall.stall_draw_notice(paper, place=PLACE, draw=drawing),
        "stall_draw_result": stall.stall_draw_result(
            paper,
            place=PLACE,
            draw=drawing,
            seed=SEED,
            witness="李示例（社区居委会）",
            drawn_at=datetime(2026, 12, 7, 10, 5, tzinfo=HALL_ZONE),
            lines=lines,
        ),
        "stall_certificate": stall.stall_certificate(
            block,
            place=PLACE,
            goods="自家种的蔬菜、红薯",
            valid_from=date(2026, 12, 10),
            valid_to=date(2027, 6, 9),
            rotation="本点位摊位每6个月轮换一次，由摊主重新抽签",
            rules="垃圾不落地，油烟不外排",
        ),
        "stall_notice": stall.stall_notice(block, **told, facts=facts, evidence=evidence, answer_by=date(2026, 12, 10)),
        "stall_hearing": stall.stall_hearing(
            block, **told, hearing_on=date(2026, 12, 21), where="示例区城市管理执法服务大厅二层听证室", chair="陈示例"
        ),
        "stall_decision": stall.stall_decision(
            block,
            **told,
            facts=facts,
            evidence=evidence,
            heard="陈述申辩：" + text("家里老人生病住院，没有顾上"),
            outcome="收回摊位",
            reasons=text("两次书面通知后仍未恢复使用，候补的人正在等候"),
            vacate_by=date(2026, 12, 30),
        ),
    }
