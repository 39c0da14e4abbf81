"""Papers after the decision: the record of service (送达回证) and the list of a dossier (卷内目录)."""

from dataclasses import dataclass
from datetime import date, datetime

from hall.services.case_paper import Row
from hall.services.papers_common import Fields, day_text, minute_text, numbered


@dataclass(frozen=True, slots=True)
class ServedPaper:
    """A document that is served: its name and number."""

    name: str
    number: str
    copies: int = 1


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One item of a dossier, in its order."""

    number: str
    author: str
    title: str
    day: date | None
    pages: str
    remark: str = ""


def service_record(
    common: Fields,
    *,
    papers: tuple[ServedPaper, ...],
    addressee: str,
    method: str,
    place: str = "",
    served_at: datetime | None = None,
    recipient_name: str = "",
    capacity: str = "",
    refusal_reason: str = "",
    witness: str = "",
    postal_number: str = "",
    server_names: tuple[str, ...] = (),
    remark: str = "",
) -> Fields:
    """`service_record` 送达回证: rows `papers` (name, number, copies); what is empty is written by hand."""
    rows: list[Row] = [{"name": each.name, "number": each.number, "copies": each.copies} for each in papers]
    return {
        **common,
        "papers": numbered(rows),
        "addressee": addressee,
        "method": method,
        "place": place,
        "served_at": minute_text(served_at),
        "recipient_name": recipient_name,
        "capacity": capacity,
        "refusal_reason": refusal_reason,
        "witness": witness,
        "postal_number": postal_number,
        "server_names": "、".join(server_names),
        "remark": remark,
    }


def dossier_list(
    common: Fields, *, title: str, retention: str, items: tuple[DossierRow, ...], pages: int, archived_on: date
) -> Fields:
    """`dossier_list` 卷内目录: rows `items` (number, author, title, day, pages, remark), `page_total`, retention."""
    rows: list[Row] = [
        {
            "number": each.number,
            "author": each.author,
            "title": each.title,
            "day": each.day.strftime("%Y%m%d") if each.day else "",
            "pages": each.pages,
            "remark": each.remark,
        }
        for each in items
    ]
    return {
        **common,
        "dossier_title": title,
        "dossier_retention": retention,
        "items": numbered(rows),
        "item_total": str(len(items)),
        "page_total": str(pages),
        "archived_on": day_text(archived_on),
    }
