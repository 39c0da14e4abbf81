"""Separation of duties in a penalty case: intake, investigation, legal review, decision and cash lie in five hands."""

from collections.abc import Mapping, Set
from typing import Literal

from hall.errors import Refused
from hall.words import PENALTY_DUTIES

Duty = Literal["intake", "investigate", "legal", "decide", "cash"]


class DutyConflict(Refused):
    """The actor has another duty in this case already."""

    def __init__(self, held: Duty, wanted: Duty) -> None:
        super().__init__(
            f"您在这件案件里负责{PENALTY_DUTIES[held]}，不能再负责{PENALTY_DUTIES[wanted]}"
            "（调查、审核、决定、收缴相分离，行政处罚法第五十七条、第五十八条、第六十七条）。请交给另一位有权限的人员办理。"
        )


class OwnInterest(Refused):
    """The actor stands on the list of those who stay away from this party."""

    def __init__(self) -> None:
        super().__init__(
            "您与本案当事人有直接利害关系，应当回避（行政处罚法第四十三条）。请交给另一位人员办理，需要改动请找大厅主任。"
        )


class NotTheOfficer(Refused):
    """The actor investigates a case that has other officers."""

    def __init__(self) -> None:
        super().__init__(
            "您不是本案的执法人员，不能承办本案（行政处罚法第四十二条、第五十五条）。请由本案的执法人员办理；"
            "要换人的，请科室负责人或者大厅主任先“调整执法人员”。"
        )


def check_duty(
    account_id: int, wanted: Duty, *, held: Mapping[int, Duty], conflicted: bool, officers: Set[int]
) -> bool:
    """Whether the account takes the duty newly; raises DutyConflict, OwnInterest or NotTheOfficer.

    `held`: account → its duty in the case. One person never has two duties, whatever roles it holds. `officers`: the
    accounts of the case's officers, who alone investigate; empty where none of them signs in here.
    """
    if conflicted:
        raise OwnInterest
    own = held.get(account_id)
    if own is not None and own != wanted:
        raise DutyConflict(own, wanted)
    if wanted == "investigate" and officers and account_id not in officers:
        raise NotTheOfficer
    return own is None
