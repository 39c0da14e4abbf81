"""What somebody is told at the kiosk of an application for a stall: every state, the day that matters, the place."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from hall.rules.stall_progress import CertificateTold, StallProgressFacts, told_of_stall
from hall.rules.stalls import ApplicationState

TODAY = date(2026, 12, 3)
CERTIFICATE = CertificateTold("莲城管摊证〔2026〕1号", "A2", date(2026, 12, 1), date(2027, 11, 30))
FACTS = StallProgressFacts(
    state="applied",
    today=TODAY,
    draw_on=date(2026, 12, 7),
    place=3,
    before=1,
    stall="A2",
    answer_by=TODAY,
    certificate=CERTIFICATE,
)


@pytest.mark.parametrize("state", get_args(ApplicationState))
def test_every_state_has_its_words_and_only_its_own_day(state: ApplicationState) -> None:
    told = told_of_stall(replace(FACTS, state=state))
    assert told.headline
    assert told.words.endswith("。")
    labels = {"drawing": ["抽签日期"], "offered": ["答复期限"], "granted": ["摊位证有效期"]}
    assert [label for label, _ in told.dues] == labels.get(state, [])
    assert bool(told.where) == (state in {"offered", "granted", "refused"})
    assert bool(told.next_steps) == (state in {"applied", "admitted", "drawing", "waiting", "offered", "accepted"})


def test_a_place_is_told_with_how_many_still_wait_before() -> None:
    waiting = replace(FACTS, state="waiting")
    assert told_of_stall(waiting).words == "抽签排定候补第3位，前面还有1人。"
    assert told_of_stall(replace(waiting, before=0)).words == "抽签排定候补第3位，前面没有人了。"


def test_an_offer_names_the_stall_and_its_last_day() -> None:
    offered = replace(FACTS, state="offered")
    assert told_of_stall(offered).words == "为您保留了A2号摊位。"
    assert told_of_stall(offered).dues == (("答复期限", "2026年12月3日"),)
    late = told_of_stall(replace(offered, today=date(2026, 12, 4)))
    assert late.dues == (("答复期限", "2026年12月3日（已过）"),)
    assert "A2号摊位" in told_of_stall(replace(FACTS, state="accepted")).words


def test_a_certificate_is_told_with_its_days_until_it_has_ended() -> None:
    told = told_of_stall(replace(FACTS, state="granted"))
    assert (told.headline, told.words) == ("已发证", "A2号摊位，摊位证莲城管摊证〔2026〕1号。")
    assert told.dues == (("摊位证有效期", "2026年12月1日至2027年11月30日"),)
    over = told_of_stall(replace(FACTS, state="granted", certificate=replace(CERTIFICATE, ended_on=TODAY)))
    assert (over.headline, over.dues, over.where) == ("摊位证已终止", (), "")
    assert over.words.endswith("2026年12月3日终止。")


@pytest.mark.parametrize("state", ["drawing", "offered"])
def test_a_day_that_is_not_known_is_not_told(state: ApplicationState) -> None:
    assert told_of_stall(StallProgressFacts(state=state, today=TODAY)).dues == ()


def test_a_certificate_that_is_not_there_yet_is_told_without_its_number() -> None:
    assert told_of_stall(StallProgressFacts(state="granted", today=TODAY)).words == "摊位证已经核发。"
