"""Records of what a decision leads to: certificates, service of documents, the archived dossier, bars."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class Certificate(HallRecord, Base):
    """A certificate (许可证件) with its validity; `state` says how it ended, if it did (行政许可法 8, 69, 70)."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_certificate_case", "case_id"),
        Index("ix_certificate_holder", "holder_id"),
        partial_index("ix_certificate_valid_to", "hall_id", "valid_to", where="state = 'valid'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    """The case that granted it."""
    matter_version_id: Mapped[int] = mapped_column(ForeignKey("matter_version.id"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    scope: Mapped[str]
    conditions: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10))
    state_on: Mapped[date]
    state_reason: Mapped[str] = mapped_column(default="")
    reminded_days: Mapped[int | None]
    """The last renewal reminder that went out: days before expiry."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class ServiceRecord(HallRecord, Base):
    """The service (送达) of one document, by one of the six ways of 民事诉讼法 87–95, with its proof."""

    __tablename__ = "service_record"
    __table_args__ = (Index("ix_service_record_case", "case_id"), Index("ix_service_record_document", "document_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    way: Mapped[str] = mapped_column(String(10))
    sent_on: Mapped[date]
    served_on: Mapped[date | None]
    """The day it counts as served; for a public notice the day its 30 days end."""
    recipient: Mapped[str] = mapped_column(default="")
    capacity: Mapped[str] = mapped_column(default="")
    refusal: Mapped[str] = mapped_column(default="")
    witness: Mapped[str] = mapped_column(default="")
    postal_number: Mapped[str] = mapped_column(default="")
    place_sealed: Mapped[str | None]
    server_id: Mapped[int]
    second_server_id: Mapped[int | None]
    failed_on: Mapped[date | None]
    failure: Mapped[str] = mapped_column(default="")
    consent_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    proof_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    proof_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class StoredFile(HallRecord, Base):
    """A file kept by the SHA-256 of its content: sealed, never changed; the same content is kept once."""

    __tablename__ = "stored_file"
    __table_args__ = (UniqueConstraint("hall_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    content_sealed: Mapped[str]
    kept_at: Mapped[datetime]


class CaseFile(HallRecord, Base):
    """A scan or a photo in a case: what it shows and what it belongs to."""

    __tablename__ = "case_file"
    __table_args__ = (Index("ix_case_file_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    purpose: Mapped[str] = mapped_column(String(10))
    title: Mapped[str]
    material: Mapped[int | None]
    """Position of the material it is a scan of."""
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("case_visit.id"))
    added_at: Mapped[datetime]
    added_by: Mapped[int]
    voided_at: Mapped[datetime | None]
    voided_why: Mapped[str] = mapped_column(default="")


class Dossier(HallRecord, Base):
    """The archived file of one case (一案一卷)."""

    __tablename__ = "dossier"
    __table_args__ = (UniqueConstraint("case_id", "volume"), UniqueConstraint("hall_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    volume: Mapped[int]
    number: Mapped[str] = mapped_column(String(60))
    retention: Mapped[str]
    archived_at: Mapped[datetime]
    account_id: Mapped[int]
    score: Mapped[int | None]
    """Points of the dossier review (案卷评查), where it was reviewed."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class DossierItem(HallRecord, Base):
    """One piece of a dossier, in the order of the file."""

    __tablename__ = "dossier_item"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    pages: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))


class LicenceBar(HallRecord, Base):
    """A bar to apply for a matter after false materials or a licence won by fraud (行政许可法 78, 79)."""

    __tablename__ = "licence_bar"
    __table_args__ = (Index("ix_licence_bar_person", "person_id", "matter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    article: Mapped[str] = mapped_column(String(20))
    from_day: Mapped[date]
    until_day: Mapped[date]
    reason: Mapped[str]
