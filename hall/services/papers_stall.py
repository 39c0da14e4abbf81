"""Papers of stall sites: application, refusal, notice and result of a draw, certificate, the way to a withdrawal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from hall.rules.identity import mask_name
from hall.rules.stalls import Ground
from hall.services.case_paper import Row
from hall.services.papers_common import Due, Fields, day_text, due_text, minute_text, numbered, sentence, yes

SHOWN_RANK = 16
"""Hexadecimal digits of a rank on paper: enough to compare by eye; the whole is counted again anyway."""


@dataclass(frozen=True, slots=True)
class StallPlace:
    """The site, and the stall once there is one; words as `stall_text` gives them."""

    site: str
    place: str
    hours: str
    season: str
    stall: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class DrawPaper:
    """A draw as it is published: what was frozen, for which day, whose number the seed will be."""

    title: str
    entrants: tuple[tuple[str, str], ...] = field(repr=False)
    """Number and full name, in the frozen order."""
    prizes: tuple[str, ...]
    digest: str
    draw_on: date
    seed_source: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One of those who were drawn, in the order they were: what came of it, and by which rank."""

    number: str
    name: str = field(repr=False)
    outcome: str
    rank: str


def stall_application(
    common: Fields,
    *,
    place: StallPlace,
    goods: str,
    farmer_proof: str,
    hardship: bool,
    admission: str,
    applied_on: date,
) -> Fields:
    """`stall_application` 摊位申请登记表: what is asked for, and what the credit says of it today."""
    return {
        **common,
        **_place(place),
        "goods": goods,
        "farmer_proof": farmer_proof,
        "hardship": yes(hardship),
        "admission": sentence(admission),
        "applied_on": day_text(applied_on),
    }


def stall_refusal(
    common: Fields, *, place: StallPlace, application: str, applied_on: date, faults: Sequence[str], reason: str
) -> Fields:
    """`stall_refusal` 不予进入便民服务点决定书: every fault by the rules, and what the head found."""
    return {
        **common,
        **_place(place),
        "application_number": application,
        "enquiry_code": application,
        "applied_on": day_text(applied_on),
        "faults": "".join(map(sentence, faults)),
        "reason": sentence(reason),
    }


def stall_draw_notice(common: Fields, *, place: StallPlace, draw: DrawPaper) -> Fields:
    """`stall_draw_notice` 摊位抽签公告: both lists as they are frozen, their digest, where the seed will come from."""
    return {
        **common,
        **_place(place),
        **_frozen(draw),
        "entrants": numbered({"number": number, "name": mask_name(name)} for number, name in draw.entrants),
    }


def stall_draw_result(
    common: Fields,
    *,
    place: StallPlace,
    draw: DrawPaper,
    seed: str,
    witness: str,
    drawn_at: datetime,
    lines: Sequence[DrawnLine],
) -> Fields:
    """`stall_draw_result` 摊位抽签结果: seed and witness, everybody in the order drawn, how anyone draws it again."""
    rows: list[Row] = [
        {
            "number": each.number,
            "name": mask_name(each.name),
            "outcome": each.outcome,
            "rank": each.rank[:SHOWN_RANK],
        }
        for each in lines
    ]
    return {
        **common,
        **_place(place),
        **_frozen(draw),
        "seed": seed,
        "witness": witness,
        "drawn_at": minute_text(drawn_at),
        "lines": numbered(rows),
    }


def stall_certificate(
    common: Fields, *, place: StallPlace, goods: str, valid_from: date, valid_to: date, rotation: str, rules: str
) -> Fields:
    """`stall_certificate` 摊位证: who stands where, with what, from when to when; never passed on."""
    return {
        **common,
        **_place(place),
        "goods": goods,
        "valid_from": day_text(valid_from),
        "valid_to": day_text(valid_to),
        "rotation": rotation,
        "rules": sentence(rules),
    }


def stall_notice(
    common: Fields,
    *,
    place: StallPlace,
    certificate: str,
    ground: Ground,
    facts: str,
    evidence: str,
    answer_by: Due,
) -> Fields:
    """`stall_notice` 收回摊位事先告知书: facts, ground, basis; until when to speak and to ask for a hearing."""
    return {
        **common,
        **_place(place),
        "certificate": certificate,
        "enquiry_code": certificate,
        "ground": ground.words,
        "basis": ground.basis,
        "facts": sentence(facts),
        "evidence": sentence(evidence),
        "answer_by": due_text(answer_by),
    }


def stall_hearing(
    common: Fields, *, place: StallPlace, certificate: str, ground: Ground, hearing_on: date, where: str, chair: str
) -> Fields:
    """`stall_hearing` 收回摊位听证通知书: when, where, before whom."""
    return {
        **common,
        **_place(place),
        "certificate": certificate,
        "enquiry_code": certificate,
        "ground": ground.words,
        "hearing_on": day_text(hearing_on),
        "where": where,
        "chair": chair,
    }


def stall_decision(
    common: Fields,
    *,
    place: StallPlace,
    certificate: str,
    ground: Ground,
    facts: str,
    evidence: str,
    heard: str,
    outcome: str,
    reasons: str,
    vacate_by: date | None,
) -> Fields:
    """`stall_decision` 摊位处理决定书: what was found and said, what is decided; `vacate_by`: to leave by."""
    return {
        **common,
        **_place(place),
        "certificate": certificate,
        "enquiry_code": certificate,
        "ground": ground.words,
        "basis": ground.basis,
        "facts": sentence(facts),
        "evidence": sentence(evidence),
        "heard": sentence(heard),
        "outcome": outcome,
        "reasons": sentence(reasons),
        "vacate_by": day_text(vacate_by),
    }


def _place(place: StallPlace) -> Fields:
    return {
        "site_name": place.site,
        "site_place": place.place,
        "hours": place.hours,
        "season": place.season,
        "stall": place.stall,
        "category": place.category,
    }


def _frozen(draw: DrawPaper) -> Fields:
    return {
        "draw_title": draw.title,
        "prizes": "、".join(draw.prizes),
        "entrant_count": str(len(draw.entrants)),
        "prize_count": str(len(draw.prizes)),
        "digest": draw.digest,
        "draw_on": day_text(draw.draw_on),
        "seed_source": sentence(draw.seed_source),
    }
