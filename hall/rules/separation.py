"""Separation of duties within one case: who did one act may not do another, by what the law keeps apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from hall.errors import Refused
from hall.words import CASE_ACTS


@dataclass(frozen=True, slots=True)
class Apart:
    """Two acts of one case that one person may not do both, and why."""

    first: str
    second: str
    why: str


_REASON_STEPS = "审查、审核、批准应由不同人员负责"

APART: tuple[Apart, ...] = (
    Apart("accept", "decide", "受理与审批相分离"),
    Apart("propose", "examine", _REASON_STEPS),
    Apart("propose", "decide", _REASON_STEPS),
    Apart("examine", "decide", _REASON_STEPS),
    Apart("legal", "propose", "法制审核由不承办本办件的人员负责"),
    Apart("legal", "examine", "法制审核由不承办本办件的人员负责"),
    Apart("legal", "decide", "法制审核与决定相分离"),
    Apart("chair", "propose", "听证由审查该申请的人员以外的人员主持（行政许可法第四十八条）"),
    Apart("chair", "visit", "听证由审查该申请的人员以外的人员主持（行政许可法第四十八条）"),
)


class SamePerson(Refused):
    """The actor did an act of this case that this one must be kept apart from."""

    def __init__(self, act: str, before: str, why: str) -> None:
        self.why = why
        super().__init__(
            f"您在这件办件里已经{CASE_ACTS[before]}，不能再{CASE_ACTS[act]}：{why}。请交给另一位有权限的人员办理。"
        )


def check_separation(act: str, account_id: int, *, done: Mapping[str, frozenset[int]]) -> None:
    """Raise SamePerson if the account did, in this case, an act that `act` is kept apart from.

    `done`: act → the accounts that did it, since the case last came to the step.
    """
    for apart in APART:
        other = {apart.first: apart.second, apart.second: apart.first}.get(act)
        if other is not None and account_id in done.get(other, frozenset()):
            raise SamePerson(act, other, apart.why)
