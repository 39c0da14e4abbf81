"""What serving papers and serving penalty decisions have in common: who is named, which day, what proves it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from hall.clock import business_date
from hall.rules.service import NOTICE_PERIOD, Delivery, Sending, check_sent, check_served
from hall.rules.timelimits import LimitRequest, compute
from hall.services import clocks
from hall.services.calendar import shipped_limits
from hall.services.persons import refuse_numbers
from hall.services.service_rule import service_rules
from hall.store import Work

Told = TypeVar("Told", bound=Sending)


def refuse_numbers_in(told: Sending) -> None:
    """People are named without telephone and ID numbers; raises what `refuse_numbers` raises."""
    for text in (told.recipient, told.capacity, told.refusal, told.witness):
        refuse_numbers(text)


def with_notice_day(work: Work, told: Told) -> Told:
    """A public notice is served when its days have passed, whatever anybody enters (民事诉讼法 95)."""
    if told.way != "public":
        return told
    rule = shipped_limits().limit(NOTICE_PERIOD, told.sent_on)
    due = compute(clocks.calendar(work), rule, LimitRequest(start=told.sent_on)).strict_due
    return replace(told, served_on=due)


def check_sending(
    work: Work,
    told: Sending,
    *,
    issued_on: date,
    proof: bool,
    consent: bool,
    second_server_id: int | None,
    failed_ways: frozenset[str],
    home: Path,
) -> None:
    """By the rule in force today; raises NotServed with all that is missing."""
    today = business_date(work.now)
    delivery = Delivery(
        way=told.way,
        issued_on=issued_on,
        sent_on=told.sent_on,
        today=today,
        served_on=told.served_on,
        recipient=told.recipient,
        capacity=told.capacity,
        refusal=told.refusal,
        witness=told.witness,
        postal_number=told.postal_number,
        proof=proof,
        consent=consent,
        servers=len({work.actor.account_id, second_server_id} - {None}),
        failed_ways=failed_ways,
        whereabouts_unknown=told.whereabouts_unknown,
    )
    rule = service_rules(home).in_force(today)
    (check_sent if told.served_on is None else check_served)(delivery, rule)
