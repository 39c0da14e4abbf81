"""Documents: content frozen with its template when issued, files produced from it whenever paper is wanted."""

import hashlib
import json
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.errors import Damaged, Missing, Unavailable
from hall.printing.content import DocumentContent, FieldValue, PictureContent
from hall.printing.declarations import Declaration, declaration
from hall.printing.missing import noted_in
from hall.resources import template
from hall.rules.authority import require
from hall.rules.people import Actor, system_actor
from hall.services.case_paper import Content, Field
from hall.services.paper_secrecy import check_paper
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.documents import Document, DocumentFile, DocumentTemplate
from hall.store.secrets import KeyRing
from hall.words import DOCUMENT_KINDS

if TYPE_CHECKING:
    from hall.printing.documents import ProducedDocument

DocumentKind = Literal[
    "receipt",
    "acceptance",
    "correction",
    "refusal",
    "lacking_promise",
    "informed_promise",
    "handover",
    "withdrawal",
    "extension",
    "procedure",
    "procedure_end",
    "hearing_right",
    "hearing_notice",
    "hearing_record",
    "site_record",
    "consultation",
    "denial_report",
    "grant",
    "denial",
    "change_decision",
    "ending",
    "certificate",
    "default_notice",
    "service_record",
    "dossier_list",
    "yellow_card",
    "red_card",
    "accountability",
    "monthly_report",
    "district_report",
    "leniency_application",
    "leniency_review",
    "leniency_answer",
    "penalty_notice",
    "penalty_hearing",
    "penalty",
    "penalty_served",
    "no_penalty",
    "mitigated_penalty",
    "education_record",
    "deferral",
    "deferral_refusal",
    "execution_agreement",
    "penalty_correction",
    "penalty_revocation",
    "payment_notice",
    "on_spot_penalty",
    "seizure_extension",
    "seizure_release",
    "goods_return",
    "emergency_report",
    "complaint_acceptance",
    "dispatch_sheet",
    "complaint_reply",
    "rating_sheet",
    "publicity",
    "relief",
    "relief_receipt",
    "relief_publicity",
    "credit_record",
    "credit_notice",
    "credit_reply",
    "ticket_sheet",
    "instruction_sheet",
    "spot_check",
    "review_notice",
    "review_result",
    "review_sheet",
    "review_recheck",
    "review_correction",
    "review_report",
    "training_statement",
    "register_sheet",
    "stall_application",
    "stall_refusal",
    "stall_draw_notice",
    "stall_draw_result",
    "stall_certificate",
    "stall_notice",
    "stall_hearing",
    "stall_decision",
]

_CONTENT = "document.content"
_FILE = "document_file.content"

_QR_MM = 25.0


@dataclass(frozen=True, slots=True)
class FrozenDocument:
    """An issued document as it was frozen; `content` are the template's fields, kept out of the repr."""

    document_id: int
    case_id: int | None
    kind: str
    number: str
    issued_on: date
    issued_at: datetime
    content: Content = field(repr=False)
    code_payload: str
    template_name: str
    template: bytes = field(repr=False)
    template_digest: str


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """Both forms of a document as they are kept; `missing` are characters the PDF shows as 〓."""

    docx: bytes = field(repr=False)
    pdf: bytes = field(repr=False)
    missing: tuple[str, ...] = field(repr=False)


def freeze(
    work: Work,
    *,
    case_id: int | None,
    kind: DocumentKind,
    number: str,
    issued_on: date,
    content: Content,
    code_payload: str,
    home: Path,
) -> int:
    """Within the caller's transaction: keep the content sealed, with the template that is in force now."""
    record = Document(
        hall_id=work.hall_id,
        case_id=case_id,
        template_id=_keep_template(work, kind, home),
        kind=kind,
        number=number,
        issued_on=issued_on,
        issued_at=work.now,
        account_id=work.actor.account_id,
        content_sealed=work.key_ring.seal(json.dumps(content, ensure_ascii=False), _CONTENT),
        code_payload=code_payload,
    )
    work.session.add(record)
    work.session.flush()
    work.frozen.append(record.id)
    return record.id


def frozen_in(work: Work) -> tuple[FrozenDocument, ...]:
    """What has been frozen in the caller's transaction, in its order."""
    return tuple(_frozen(work.session, work.key_ring, work.hall_id, each) for each in work.frozen)


def frozen(store: Store, document_id: int) -> FrozenDocument:
    """Read one issued document of this hall."""
    with store.read() as session:
        return _frozen(session, store.key_ring, store.hall_id, document_id)


def content_of(record: Document, ring: KeyRing) -> Content:
    """What an issued document says: for the work that follows from it."""
    content: Content = json.loads(ring.unseal(record.content_sealed, _CONTENT))
    return content


def document_numbered(store: Store, actor: Actor, *, number: str) -> FrozenDocument:
    """The document with a number, e.g. 莲城管许受〔2026〕1号; raises what `check_seen` raises."""
    require(actor, "document.print")
    with store.read(actor) as session:
        found = session.scalar(select(Document.id).where(Document.hall_id == store.hall_id, Document.number == number))
        if found is None:
            raise Missing(f"没有文号为“{number}”的文书，请核对文号。")
        check_seen(session, store.key_ring, actor, found)
        return _frozen(session, store.key_ring, store.hall_id, found)


def check_seen(session: Session, ring: KeyRing, actor: Actor, document_id: int) -> None:
    """Every way to a paper asks it, beside the right to print. Raises ReporterKept, Missing."""
    record = session.get(Document, document_id)
    if record is not None:
        check_paper(session, actor, record, content=lambda: content_of(record, ring))


def declared(store: Store, *, document_id: int, home: Path) -> Declaration:
    """What is declared of an issued document's kind: who gets a copy, on which paper."""
    with store.read() as session:
        kind = session.scalars(select(Document.kind).where(Document.id == document_id)).one()
    return declaration(template("fields.toml", home), kind)


@retried
def produced(store: Store, actor: Actor, *, document_id: int) -> DocumentFiles:
    """The document's .docx and PDF: made at the first call and kept sealed, the same bytes ever after.

    Raises NotAuthorised (the printers' own system actor may), what `check_seen` raises, TemplateProblem and
    UnsupportedFormatting.
    """
    if actor != system_actor(store.hall_id):
        require(actor, "document.print")
        with store.read(actor) as session:
            check_seen(session, store.key_ring, actor, document_id)
    document = frozen(store, document_id)
    kept = _kept(store, document)
    if kept is not None:
        return kept
    made = typeset(document)
    with store.work("document.produce", actor) as work:
        work.lock(f"document/{document_id}")
        first = work.session.get(DocumentFile, (document_id, "pdf")) is None
        if first:
            _keep(work, document_id, "docx", made.docx)
            _keep(work, document_id, "pdf", made.pdf)
        work.audit(
            f"document:{document_id}",
            template=document.template_digest,
            first=first,
            missing_glyphs=len(made.missing),
        )
    return _kept(store, document) or DocumentFiles(made.docx, made.pdf, made.missing)


def typeset(document: FrozenDocument) -> "ProducedDocument":
    """Both forms, from the template as it was at issue, under its own name, so that a fault in it is named right."""
    from hall.printing.documents import produce  # takes a third of a start; few starts print at once
    from hall.printing.fonts import FontSet

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / document.template_name
        path.write_bytes(document.template)
        return produce(path, _content(document), fonts=FontSet.shipped())


def _content(document: FrozenDocument) -> DocumentContent:
    from hall.printing.qr import qr_png

    return DocumentContent(
        title=f"{document.content.get('matter_name', DOCUMENT_KINDS[document.kind])} {document.number}",
        author=str(document.content["authority_name"]),
        made_at=document.issued_at,
        fields={name: _field_value(value) for name, value in document.content.items()},
        pictures={"qr": PictureContent(qr_png(document.code_payload), _QR_MM)},
    )


def _field_value(value: Field) -> FieldValue:
    return value if isinstance(value, str) else tuple(value)


def _frozen(session: Session, ring: KeyRing, hall_id: int, document_id: int) -> FrozenDocument:
    record = session.get(Document, document_id)
    if record is None or record.hall_id != hall_id:
        raise Missing(f"没有文书 {document_id}。")
    kept = session.get_one(DocumentTemplate, record.template_id)
    return FrozenDocument(
        document_id=record.id,
        case_id=record.case_id,
        kind=record.kind,
        number=record.number,
        issued_on=record.issued_on,
        issued_at=record.issued_at,
        content=content_of(record, ring),
        code_payload=record.code_payload,
        template_name=kept.file_name,
        template=kept.content,
        template_digest=kept.digest,
    )


def _keep(work: Work, document_id: int, form: str, content: bytes) -> None:
    work.session.add(
        DocumentFile(
            hall_id=work.hall_id,
            document_id=document_id,
            form=form,
            content_sealed=work.key_ring.wrap(content, _FILE),
            sha256=hashlib.sha256(content).hexdigest(),
            produced_at=work.now,
        )
    )
    work.session.flush()


def _kept(store: Store, document: FrozenDocument) -> DocumentFiles | None:
    with store.read() as session:
        files = {form: session.get(DocumentFile, (document.document_id, form)) for form in ("docx", "pdf")}
    docx, pdf = files["docx"], files["pdf"]
    if docx is None or pdf is None:
        return None
    content = _unsealed(store.key_ring, pdf)
    return DocumentFiles(_unsealed(store.key_ring, docx), content, noted_in(content))


def _unsealed(ring: KeyRing, record: DocumentFile) -> bytes:
    content = ring.unwrap(record.content_sealed, _FILE)
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise Damaged("存档的文书文件校验不符，请运行 hall verify data 核查。")
    return content


def _keep_template(work: Work, kind: DocumentKind, home: Path) -> int:
    path = template(declaration(template("fields.toml", home), kind).file, home)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unavailable(f"文书模板 {path} 读不到，请恢复该文件后再办理。") from error
    digest = hashlib.sha256(content).hexdigest()
    found = work.session.scalar(
        select(DocumentTemplate.id).where(DocumentTemplate.hall_id == work.hall_id, DocumentTemplate.digest == digest)
    )
    if found is not None:
        return found
    record = DocumentTemplate(hall_id=work.hall_id, digest=digest, file_name=path.name, content=content)
    work.session.add(record)
    work.session.flush()
    return record.id
