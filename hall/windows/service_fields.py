"""What is asked and told of 送达, of a permit's papers or of a penalty decision: fields, answers, words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from hall.rules.service import Sending
from hall.windows.kit.forms import Form
from hall.windows.phrases import day_fault, day_words, typed_day
from hall.words import SERVICE_WAYS

S = TypeVar("S", bound=Sending)

FAILED = "已登记没有送到，请换一种方式再送。"


def add_dispatch(form: Form) -> None:
    """Of what is sent: when, and by which letter."""
    form.add_text("postal_number", "邮件号码", required=True)
    form.add_text("sent_on", "送出日期", required=True, check=day_fault)


def add_arrival(form: Form, *, named: bool = False) -> None:
    """When it arrived and who took it; `named`: whoever took it has to be named."""
    form.add_text("served_on", "送达日期", required=True, check=day_fault)
    form.add_text("recipient", "签收人", required=named, hint="姓名，不写证件号码")
    form.add_choice("capacity", "签收人身份", {})


def add_leaving(form: Form, *, proof: str) -> None:
    """Of what is left behind, and where anything was served; `proof`: what has to be there without a witness."""
    form.add_text("refusal", "拒收的事由", required=True)
    form.add_text("witness", "见证人", hint=f"没有见证人的，{proof}")
    form.add_choice("second", "第二送达人", {})
    form.add_text("place", "地点、地址", hint="送到哪里、寄往哪里，可不填")


def add_failure(form: Form) -> None:
    """Of what came back."""
    form.add_text("failed_on", "退回日期", required=True, check=day_fault)
    form.add_note("failure", "没有送到的原因", required=True, hint="拒收、查无此人、逾期未领等")


def offer_capacities(form: Form, capacities: Iterable[str]) -> None:
    """Who may take a paper for the addressee, by the rule in force."""
    form.set_choices("capacity", {each: each for each in capacities})


def is_by_two(form: Form, way: str) -> bool:
    """Whether two serve what is left behind; says so where the second one is missing."""
    if way != "left" or form.text("second"):
        return True
    form.refuse("second", "留置送达应有两名送达人，请选择另一名。")
    return False


def sent_day(told: Mapping[str, str]) -> date:
    """When it was sent; what is handed over is sent on the day it arrives."""
    day = typed_day(told.get("sent_on", "")) or typed_day(told.get("served_on", ""))
    assert day is not None  # a form asks for one of them
    return day


def with_told(sending: S, told: Mapping[str, str]) -> S:
    """The sending with what was entered in these fields."""
    return replace(
        sending,
        served_on=typed_day(told.get("served_on", "")),
        recipient=told.get("recipient", ""),
        capacity=told.get("capacity", ""),
        refusal=told.get("refusal", ""),
        witness=told.get("witness", ""),
        postal_number=told.get("postal_number", ""),
        whereabouts_unknown=bool(told.get("unknown")),
    )


def key_of(told: Mapping[str, str], field: str) -> int | None:
    """The key that a choice gives; None where nothing is chosen."""
    text = told.get(field, "")
    return int(text) if text else None


def done_words(way: str, served_on: date) -> str:
    """That it is served, or will be when the days of a public notice have run; the proof is being printed."""
    if way == "public":
        return f"公告已登记，{day_words(served_on)} 期满视为送达，送达回证正在打印。"
    return f"已送达（{day_words(served_on)}），送达回证正在打印。"


def sent_words(way: str, then: str) -> str:
    """That it is under way; `then`: what is done when it has arrived."""
    return f"已登记{SERVICE_WAYS[way]}，正在路上。{then}"
