"""Records of documents: frozen contents, the templates they were made from, produced files, signing keys."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord


class DocumentTemplate(HallRecord, Base):
    """A template as it was when a document was issued, found by the SHA-256 of its bytes."""

    __tablename__ = "document_template"
    __table_args__ = (UniqueConstraint("hall_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Document(HallRecord, Base):
    """An issued document. Its content is frozen and sealed; its number is never used again."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_document_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("permit_case.id"))
    """NULL: a document of the hall, such as the monthly report."""
    template_id: Mapped[int] = mapped_column(ForeignKey("document_template.id"))
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(60))
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    account_id: Mapped[int]
    content_sealed: Mapped[str]
    code_payload: Mapped[str] = mapped_column(default="")


class DocumentFile(HallRecord, Base):
    """A produced file (docx or pdf) of a document, sealed."""

    __tablename__ = "document_file"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(4), primary_key=True)
    content_sealed: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    produced_at: Mapped[datetime]


class SigningKey(HallRecord, Base):
    """An Ed25519 key pair of the hall for receipts; a retired key still verifies what it signed."""

    __tablename__ = "signing_key"
    __table_args__ = (UniqueConstraint("hall_id", "key_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(String(8))
    public_key: Mapped[str] = mapped_column(String(64))
    private_key_wrapped: Mapped[str]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
