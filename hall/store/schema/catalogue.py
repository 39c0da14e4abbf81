"""Records of the catalogue: departments, matters and their dated versions with materials."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord


class Department(HallRecord, Base):
    """A department (科室) of the bureau."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("hall_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))


class Matter(HallRecord, Base):
    """A matter (事项); everything about it that may change is in its versions."""

    __tablename__ = "matter"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))


class MatterVersion(HallRecord, Base):
    """One version of a matter, in force from a date. A case keeps the version it was accepted under."""

    __tablename__ = "matter_version"
    __table_args__ = (UniqueConstraint("matter_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    version: Mapped[int]
    effective_from: Mapped[date]
    imported_at: Mapped[datetime]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    name: Mapped[str] = mapped_column(String(120))
    prefix: Mapped[str] = mapped_column(String(4))
    basis: Mapped[str]
    statutory_days: Mapped[int | None]
    statutory_unit: Mapped[str | None] = mapped_column(String(8))
    promised_days: Mapped[int | None]
    promised_unit: Mapped[str | None] = mapped_column(String(8))
    limit_basis: Mapped[str]
    site_visit: Mapped[bool]
    site_visit_note: Mapped[str]
    validity: Mapped[str]
    validity_months: Mapped[int | None]
    fee_fen: Mapped[int]
    fee_basis: Mapped[str]
    applicant_kinds: Mapped[str]
    lacking_allowed: Mapped[bool] = mapped_column(default=False)
    informed_allowed: Mapped[bool] = mapped_column(default=False)
    default_allowed: Mapped[bool] = mapped_column(default=False)
    safety: Mapped[bool] = mapped_column(default=False)
    legal_review: Mapped[bool] = mapped_column(default=False)
    refusal_report: Mapped[bool] = mapped_column(default=False)
    warning_days: Mapped[int | None]
    extension_days: Mapped[int] = mapped_column(default=0)
    certificate_name: Mapped[str] = mapped_column(default="")
    note: Mapped[str]
    source: Mapped[str]


class MatterMaterial(HallRecord, Base):
    """A material (申请材料) that a version of a matter asks for."""

    __tablename__ = "matter_material"

    matter_version_id: Mapped[int] = mapped_column(ForeignKey("matter_version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    originals: Mapped[int]
    copies: Mapped[int]
    required: Mapped[bool]
    secondary: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str]


class MatterStep(HallRecord, Base):
    """A step (环节) of a matter with the workdays it may take."""

    __tablename__ = "matter_step"

    matter_version_id: Mapped[int] = mapped_column(ForeignKey("matter_version.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(16), primary_key=True)
    days: Mapped[int]


class MatterProcedure(HallRecord, Base):
    """A special procedure (特别程序) that a version of a matter allows, as it is published."""

    __tablename__ = "matter_procedure"

    matter_version_id: Mapped[int] = mapped_column(ForeignKey("matter_version.id"), primary_key=True)
    procedure: Mapped[str] = mapped_column(String(16), primary_key=True)
    stops_promised: Mapped[bool]
    granted_days: Mapped[int | None]
    granted_unit: Mapped[str | None] = mapped_column(String(8))
    basis: Mapped[str]
