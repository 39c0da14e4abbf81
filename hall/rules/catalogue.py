"""What a matter of the hall's catalogue is, and which values the law lets it have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.words import LIMIT_UNITS

LimitUnit = Literal["workday", "day", "hour"]
ApplicantKind = Literal["natural", "individual_business", "legal", "other"]
Handling = Literal["immediate", "promised"]
CaseStep = Literal["accepted", "reviewing", "examining", "legal_review", "approving"]
STEP_ORDER: tuple[CaseStep, ...] = ("accepted", "reviewing", "examining", "legal_review", "approving")

SAMPLE_MARK = "样例，须经本局核定"
"""How the note of a shipped sample row begins: such a matter is not yet the bureau's own."""

_LONGEST_PERMIT_WORKDAYS = 20  # 行政许可法 42(1)
_PREFIXES = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class BadMatter(Refused):
    """A matter that the law or its own figures forbid; `reasons` holds one sentence for each fault."""

    def __init__(self, code: str, reasons: tuple[str, ...]) -> None:
        self.code = code
        self.reasons = reasons
        super().__init__(f"事项{code}不能采用：{'；'.join(reasons)}。")


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time: `days` counts working days, natural days or, for `hour`, clock hours.

    Zero working days means decided on the spot (即办, 行政许可法 34).
    """

    days: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.days < 0 or (self.days == 0 and self.unit != "workday"):
            raise ValueError("a limit is positive, or zero working days")

    def __str__(self) -> str:
        return f"{self.days}{LIMIT_UNITS[self.unit]}" if self.days else "即办"


@dataclass(frozen=True, slots=True)
class MaterialRule:
    """One material the applicant hands in: how many originals and copies; `position` counts from 1."""

    position: int
    name: str
    originals: int = 1
    copies: int = 0
    required: bool = True
    note: str = ""
    secondary: bool = False
    """Whether 容缺受理 may let it follow (次要材料)."""

    def __post_init__(self) -> None:
        if not self.name or min(self.originals, self.copies) < 0 or self.originals + self.copies == 0:
            raise ValueError("a material has a name and at least one original or copy")


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step (环节) of a matter, and the workdays it may take."""

    step: CaseStep
    days: int

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("a step takes at least one workday")


@dataclass(frozen=True, slots=True)
class ProcedureRule:
    """A special procedure (特别程序) that the matter publishes: whether it stops the promise, and for how long at most.

    Whether it stops the limit of law is not the matter's to say (行政许可法 45). `granted` None: without limit.
    """

    procedure: str
    stops_promised: bool
    granted: Limit | None
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One dated version of a matter: the version of the day of receipt stays with a case for ever.

    `statutory` and `promised` are None where no limit is laid down. `limit_basis` names the law or
    regulation that allows a statutory limit other than 行政许可法 42. `validity_months` is the longest
    validity, None where `validity` says it in words. Fees are in fen and need `fee_basis` (58–59).
    `lacking_allowed` 容缺受理, `informed_allowed` 告知承诺, `default_allowed` 超时默认: none of the last two where
    public safety is touched. `warning_days` overrides the hall's rule; `extension_days` are of the promise.
    Raises BadMatter with every fault found.
    """

    code: str
    name: str
    department: str
    prefix: str
    basis: str
    statutory: Limit | None
    promised: Limit | None
    materials: tuple[MaterialRule, ...]
    site_visit: bool
    effective_from: date
    applicant_kinds: frozenset[ApplicantKind]
    limit_basis: str = ""
    site_visit_note: str = ""
    validity: str = ""
    validity_months: int | None = None
    fee_fen: int = 0
    fee_basis: str = ""
    lacking_allowed: bool = False
    informed_allowed: bool = False
    default_allowed: bool = False
    safety: bool = False
    legal_review: bool = False
    refusal_report: bool = False
    warning_days: int | None = None
    extension_days: int = 0
    certificate_name: str = ""
    steps: tuple[StepRule, ...] = ()
    procedures: tuple[ProcedureRule, ...] = ()
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        reasons = (
            *_identity_faults(self),
            *_limit_faults(self.statutory, self.promised, limit_basis=self.limit_basis),
            *_material_faults(self.materials),
            *_fee_faults(self.fee_fen, self.fee_basis),
            *_handling_faults(self),
        )
        if reasons:
            raise BadMatter(self.code, reasons)

    @property
    def sample(self) -> bool:
        """Whether this is shipped sample data that the bureau has not confirmed."""
        return self.note.startswith(SAMPLE_MARK)

    @property
    def handling(self) -> Handling:
        """即办件 where the promise is to decide on the spot, else 承诺件."""
        return "immediate" if self.promised is not None and self.promised.days == 0 else "promised"


def _identity_faults(matter: Matter) -> list[str]:
    named = (
        ("事项编码", matter.code, 20),
        ("事项名称", matter.name, 120),
        ("承办部门", matter.department, 40),
        ("设定依据", matter.basis, 1000),
    )
    faults = [f"{title}不能为空" for title, value, _ in named if not value]
    faults.extend(
        f"{title}有{len(value)}字，请缩短到{longest}字以内" for title, value, longest in named if len(value) > longest
    )
    if matter.prefix not in _PREFIXES:
        faults.append("取号前缀应是一个大写字母A–Z")
    if not matter.applicant_kinds:
        faults.append("至少要有一种申请人类型")
    return faults


def _limit_faults(statutory: Limit | None, promised: Limit | None, *, limit_basis: str) -> list[str]:
    """行政许可法 42 (20 working days unless a law or regulation says otherwise) and 82 (working days);
    优化营商环境条例 36: a promise may be shorter than the statutory limit, never longer."""
    faults = []
    if statutory is not None and statutory.days == 0:
        faults.append("法定时限不能是即办，即办只能写在承诺时限")
    if statutory is not None and not limit_basis:
        faults.extend(_statutory_faults(statutory))
    if statutory is not None and promised is not None:
        faults.extend(_promise_faults(statutory, promised))
    return faults


def _statutory_faults(statutory: Limit) -> list[str]:
    if statutory.unit == "workday" and statutory.days > _LONGEST_PERMIT_WORKDAYS:
        return [
            f"法定时限{statutory}超过行政许可法第四十二条的20个工作日，"
            "请改为20工作日以内；法律、法规另有规定的，在“法定时限依据”中写明条款"
        ]
    if statutory.unit == "day":
        return [
            f"法定时限{statutory}按自然日计，而许可期限以工作日计（行政许可法第八十二条），"
            "请改为工作日；法律、法规另有规定的，在“法定时限依据”中写明条款"
        ]
    return []


def _promise_faults(statutory: Limit, promised: Limit) -> list[str]:
    if promised.days == 0:
        return []
    if promised.unit != statutory.unit:
        return [f"承诺时限{promised}与法定时限{statutory}单位不同，不能比较，请改用同一单位"]
    if promised.days > statutory.days:
        return [f"承诺时限{promised}长于法定时限{statutory}，请改短承诺时限"]
    return []


def _material_faults(materials: tuple[MaterialRule, ...]) -> list[str]:
    faults = []
    if [rule.position for rule in materials] != list(range(1, len(materials) + 1)):
        faults.append("申请材料的序号应从1起连续")
    names = [rule.name for rule in materials]
    repeated = sorted({name for name in names if names.count(name) > 1})
    faults.extend(f"申请材料“{name}”重复，请合并为一项" for name in repeated)
    return faults


def _fee_faults(fee_fen: int, fee_basis: str) -> list[str]:
    if fee_fen < 0:
        return ["收费不能是负数"]
    if fee_fen > 0 and not fee_basis:
        return ["收费须有法律、行政法规依据（行政许可法第五十八、五十九条），请在“收费依据”中写明条款"]
    return []


def _handling_faults(matter: Matter) -> list[str]:
    """告知承诺 and 超时默认 are for what touches no public safety; warnings stay inside the limit."""
    faults = []
    if matter.safety and (matter.informed_allowed or matter.default_allowed):
        faults.append("涉及公共安全的事项不能实行告知承诺或超时默认")
    if matter.lacking_allowed and not any(rule.secondary for rule in matter.materials):
        faults.append("允许容缺受理的事项，至少要有一项材料标为次要")
    budget = matter.promised or matter.statutory
    if matter.warning_days is not None and not _warns_inside(matter.warning_days, budget):
        faults.append("预警天数应小于承诺时限")
    if matter.extension_days < 0:
        faults.append("承诺时限的延长天数不能是负数")
    faults.extend(_repeated("环节", [each.step for each in matter.steps]))
    faults.extend(_repeated("特别程序", [each.procedure for each in matter.procedures]))
    return faults


def _repeated(what: str, names: Sequence[str]) -> list[str]:
    return [f"{what}“{name}”重复，请合并为一项" for name in sorted({each for each in names if names.count(each) > 1})]


def _warns_inside(days: int, budget: Limit | None) -> bool:
    return days >= 0 and (budget is None or budget.days < 2 or days < budget.days)
