"""Issues a document within the caller's transaction: number, signed code, frozen content, print job."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hall.clock import business_date
from hall.printing.declarations import BadDeclaration, Declaration, declaration
from hall.resources import template
from hall.rules.numbering import document_number
from hall.services import documents, receipts, spool
from hall.services.case_paper import Content, Field, chinese_date
from hall.services.documents import DocumentKind
from hall.services.remedies import remedy_fields
from hall.store import Work
from hall.store.schema.halls import Hall
from hall.words import DOCUMENT_KINDS


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued document: its id, its number and the signed text of its code."""

    document_id: int
    number: str
    payload: str


def issue(
    work: Work,
    *,
    case_id: int | None,
    kind: DocumentKind,
    content: Content,
    home: Path,
    printer: spool.Printer | None = "page",
    number: str | None = None,
    expires_at: datetime | None = None,
) -> Issued:
    """Freeze a document of today and put it into the spool (`printer=None`: it is not printed now).

    From `expires_at` on nobody waits for its paper any more.

    `content` comes from the kind's builder in `services.papers_*`; `number`, `issued_on` and the remedies' addressees
    are filled in here. A number drawn before with `draw_number` may be given. Raises NoSigningKey, and BadDeclaration
    where a declared field has no content: on paper it would be missed only when nobody can do anything about it.
    """
    declared = declaration(template("fields.toml", home), kind)
    own = number or draw_number(work, kind=kind, home=home)
    today = business_date(work.now)
    full = {**content, **_filled_in(work, declared, home), "number": own, "issued_on": chinese_date(today)}
    if lacking := sorted(declared.names.difference(full, declared.pictures)):
        raise BadDeclaration(f"{declared.title}的字段 {'、'.join(lacking)} 没有内容")
    payload = receipts.sign(work, own, today)
    document_id = documents.freeze(
        work,
        case_id=case_id,
        kind=kind,
        number=own,
        issued_on=today,
        content=full,
        code_payload=payload,
        home=home,
    )
    if printer is not None:
        title = f"{DOCUMENT_KINDS[kind]} {own}"
        spool.enqueue(
            work,
            printer=printer,
            subject_kind="document",
            subject_id=document_id,
            title=title,
            expires_at=expires_at,
        )
    return Issued(document_id, own, payload)


def draw_number(work: Work, *, kind: DocumentKind, home: Path) -> str:
    """The next number of the kind's series this year; once drawn it is never used again.

    Who waits for it gets it in turn: the series' row alone goes to whoever is quickest when it comes free.
    """
    declared = declaration(template("fields.toml", home), kind)
    hall = work.session.get_one(Hall, work.hall_id)
    year = business_date(work.now).year
    series = f"document/{declared.series}"
    work.lock(f"{series}/{year}")
    serial = work.next_number(series, str(year))
    return document_number(hall.short_name, declared.series, year=year, serial=serial, style=declared.style)


def _filled_in(work: Work, declared: Declaration, home: Path) -> dict[str, Field]:
    return remedy_fields(work.session.get_one(Hall, work.hall_id).authority, home, remedy=declared.remedy)
