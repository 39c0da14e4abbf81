"""Printing a guide (办事指南) or a line of the list of powers: a job of the version in force when it was asked for."""

from hall.clock import business_date
from hall.errors import Missing
from hall.printing.guides import GuideSheet, guide_slip
from hall.printing.slip import Slip
from hall.rules.authority import require
from hall.rules.guides import guide_sections
from hall.rules.people import Actor
from hall.rules.power_words import power_sections
from hall.services import spool
from hall.services.catalogue import matter_in_force, version_numbered
from hall.services.powers import line_numbered, version_today
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.halls import Hall


@retried
def print_guide(store: Store, actor: Actor, *, matter_code: str) -> int:
    """Have the slip printer of this station print the guide; gives the print job's key."""
    require(actor, "guide.print")
    with store.work("guide.print", actor) as work:
        matter = matter_in_force(work.session, work.hall_id, matter_code, business_date(work.now))
        work.audit(f"matter_version:{matter.version_id}", matter=matter_code)
        return spool.enqueue(
            work,
            printer="slip",
            subject_kind="guide",
            subject_id=matter.version_id,
            title=f"办事指南 {matter_code}",
        )


@retried
def print_power(store: Store, actor: Actor, *, power_id: int) -> int:
    """Have the slip printer of this station print a line of the list as it stands today; gives the print job's key."""
    require(actor, "guide.print")
    with store.work("guide.print", actor) as work:
        version_id, line = version_today(work.session, work.hall_id, power_id, on=business_date(work.now))
        work.audit(f"power_version:{version_id}", power=line.code)
        return spool.enqueue(
            work, printer="slip", subject_kind="power", subject_id=version_id, title=f"权责清单 {line.code}"
        )


def power_slip_of(store: Store, version_id: int) -> Slip:
    """One version of a line of the list as a slip; raises Missing."""
    with store.read() as session:
        line = line_numbered(session, store.hall_id, version_id)
        hall = session.get_one(Hall, store.hall_id)
        return guide_slip(
            GuideSheet(
                hall=hall.name,
                address=hall.address,
                phone=hall.phone,
                code=line.code,
                matter=line.name,
                sections=power_sections(line),
                printed_at=store.clock.now(),
                title="权责清单",
            )
        )


def guide_slip_of(store: Store, version_id: int) -> Slip:
    """The guide of one version of a matter as a slip; raises Missing."""
    with store.read() as session:
        version = session.get(MatterVersion, version_id)
        if version is None or version.hall_id != store.hall_id:
            raise Missing(f"没有事项版本 {version_id}。")
        matter = version_numbered(session, version_id).matter
        hall = session.get_one(Hall, store.hall_id)
        return guide_slip(
            GuideSheet(
                hall=hall.name,
                address=hall.address,
                phone=hall.phone,
                code=matter.code,
                matter=matter.name,
                sections=guide_sections(matter)[1:],
                printed_at=store.clock.now(),
            )
        )
