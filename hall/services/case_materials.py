"""The materials of a case as records: what is there, what 容缺受理 lets follow."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hall.rules.catalogue import Matter
from hall.rules.materials import HandedIn, check_handed
from hall.store import Work
from hall.store.schema.permits import CaseMaterial, PermitCase


def handed_in(session: Session, case_id: int) -> tuple[HandedIn, ...]:
    """What is there of every material, by position; of one that may follow only what has come."""
    found = session.scalars(select(CaseMaterial).where(CaseMaterial.case_id == case_id).order_by(CaseMaterial.position))
    return tuple(HandedIn(each.position, each.originals, each.copies) for each in found)


def put_materials(
    work: Work, case: PermitCase, matter: Matter, handed: tuple[HandedIn, ...], *, lacking: frozenset[int] = frozenset()
) -> None:
    """Keep the materials as they are now; those in `lacking` are there although nothing of them may have come.

    Raises ForeignMaterial or MaterialTwice.
    """
    check_handed(matter, handed)
    names = {rule.position: rule.name for rule in matter.materials}
    present = {each.position: each for each in handed if each.originals or each.copies}
    work.session.execute(delete(CaseMaterial).where(CaseMaterial.case_id == case.id))
    work.session.add_all(
        CaseMaterial(
            hall_id=work.hall_id,
            case_id=case.id,
            position=position,
            name=names[position],
            originals=present[position].originals if position in present else 0,
            copies=present[position].copies if position in present else 0,
            lacking=position in lacking,
        )
        for position in sorted(present.keys() | lacking)
    )
    work.session.flush()


def lacking_positions(session: Session, case_id: int) -> frozenset[int]:
    """Those materials that were to follow and have not come."""
    found = select(CaseMaterial.position).where(CaseMaterial.case_id == case_id, CaseMaterial.lacking)
    return frozenset(session.scalars(found))
