"""An entry of a register as it is stored: its declaration, its values, its state, the case that it names."""

import json
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.register_declarations import registers_of
from hall.rules.registers import Register, Registers, Standing, standing_of
from hall.services.parameters import parameters
from hall.services.persons import refuse_numbers
from hall.services.subject_records import Subject
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.registers import RegisterEntry
from hall.store.secrets import KeyRing

SUBJECT: Subject = "register_entry"
TOPIC = "register"
FILE = "registers.toml"
_SEALED = "register_entry.sealed"


class NoSuchEntry(Missing):
    """No entry of this hall has the key, or it stands in a register that the actor does not see."""

    def __init__(self) -> None:
        super().__init__("没有这一条登记，请刷新列表后重新选择。")


class NoSuchCaseNumber(Missing):
    """The number that an entry names is no case's."""

    def __init__(self, number: str) -> None:
        super().__init__(f"没有案号、受理号或者决定书文号为 {number} 的案件，请核对后再试。")


class NoSuchColleague(Refused):
    """The name that an entry gives is nobody's who works here."""

    def __init__(self, label: str, name: str) -> None:
        super().__init__(f"{label}“{name}”不是本大厅在用账号的姓名，请从名单里选。")


class OwnCase(Refused):
    """Whoever had a part in the case does not ask how it was handled."""

    def __init__(self) -> None:
        super().__init__("您承办过这个案件，结果要由没有参与本案的人登记。请交同事办理。")


def registers(home: Path) -> Registers:
    """The registers in use: the hall's own registers.toml, or the shipped one."""
    return parameters(home, FILE, registers_of)


def register_of(declared: Registers, entry: RegisterEntry) -> Register:
    """The register as it was declared on the day of the entry. Raises NoSuchRegister where it is no longer there."""
    return declared.in_force(entry.register, business_date(entry.entered_at))


def stored_values(register: Register, values: Mapping[str, str], ring: KeyRing) -> tuple[str, str | None]:
    """What is stored of checked values: the public ones, and the personal ones sealed."""
    personal = {each.key for each in register.fields if each.personal}
    sealed = {key: text for key, text in values.items() if key in personal}
    public = {key: text for key, text in values.items() if key not in personal}
    return _written(public), ring.seal(_written(sealed), _SEALED) if sealed else None


def public_values(entry: RegisterEntry) -> dict[str, str]:
    """The values that are nobody's personal data."""
    return {str(key): str(text) for key, text in json.loads(entry.fields).items()}


def personal_values(entry: RegisterEntry, ring: KeyRing) -> dict[str, str]:
    """The personal values in clear: for the paper, or to be masked."""
    if entry.sealed is None:
        return {}
    return {str(key): str(text) for key, text in json.loads(ring.unseal(entry.sealed, _SEALED)).items()}


def standing_in(register: Register, entry: RegisterEntry, *, corrected: bool) -> Standing:
    """How it stands."""
    return standing_of(register, closed=entry.closed_on is not None, voided=bool(entry.voided_why), corrected=corrected)


def corrected_by(session: Session, entry_id: int) -> RegisterEntry | None:
    """The entry that stands in its place."""
    return session.scalars(select(RegisterEntry).where(RegisterEntry.corrects_id == entry_id)).one_or_none()


def case_numbered(session: Session, hall_id: int, number: str) -> tuple[Subject, int, int]:
    """The case with this number on any of its papers, and its party. Raises NoSuchCaseNumber."""
    decided = select(PenaltyDecision.case_id).where(
        PenaltyDecision.hall_id == hall_id, PenaltyDecision.number == number
    )
    penalty = session.scalars(
        select(PenaltyCase).where(
            PenaltyCase.hall_id == hall_id, or_(PenaltyCase.number == number, PenaltyCase.id.in_(decided))
        )
    ).first()
    if penalty is not None:
        return "penalty_case", penalty.id, penalty.party_id
    permit = session.scalars(
        select(PermitCase).where(
            PermitCase.hall_id == hall_id,
            or_(PermitCase.receipt_number == number, PermitCase.acceptance_number == number),
        )
    ).one_or_none()
    if permit is None:
        raise NoSuchCaseNumber(number)
    return "permit_case", permit.id, permit.applicant_id


def party_of(session: Session, entry: RegisterEntry) -> int | None:
    """The party of the case that an entry names."""
    if entry.case_subject == "penalty_case":
        return session.scalar(select(PenaltyCase.party_id).where(PenaltyCase.id == entry.case_id))
    return session.scalar(select(PermitCase.applicant_id).where(PermitCase.id == entry.case_id))


def colleagues(session: Session, hall_id: int) -> tuple[str, ...]:
    """Who works here, as a field names them; the login tells namesakes apart."""
    rows = session.execute(
        select(Account.display_name, Account.login)
        .where(Account.hall_id == hall_id, Account.disabled.is_(False))
        .order_by(Account.display_name, Account.login)
    ).all()
    names = [name for name, _ in rows]
    return tuple(name if names.count(name) == 1 else f"{name}（{login}）" for name, login in rows)


def check_texts(session: Session, register: Register, values: Mapping[str, str], *, hall_id: int) -> None:
    """No telephone or ID number where it would lie open, and colleagues who are there.

    Raises ReasonHoldsNumber or NoSuchColleague.
    """
    known: tuple[str, ...] | None = None
    for each in register.fields:
        text = values.get(each.key, "")
        if each.kind in {"text", "note", "unit"} and not each.personal:
            refuse_numbers(text)
        if each.kind == "staff" and text:
            known = known if known is not None else colleagues(session, hall_id)
            if text not in known:
                raise NoSuchColleague(each.label, text)


def _written(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
