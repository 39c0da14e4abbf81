"""Papers are served (送达): sent, arrived, failed, or told of; each with its proof; the limit of delivery ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.service import Sending, Way, done_on
from hall.services import clocks, issuing, papers_closing
from hall.services.case_facts import facts_of, to_serve
from hall.services.case_files import check_file
from hall.services.case_records import Detail, advance, case_locked
from hall.services.paper_head import name_of, paper_head
from hall.services.papers_closing import ServedPaper
from hall.services.papers_common import Fields, day_text
from hall.services.reasons import reason_for
from hall.services.sending import check_sending, refuse_numbers_in, with_notice_day
from hall.services.service_rule import service_rules
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import ServiceRecord
from hall.store.schema.documents import Document
from hall.store.schema.permits import PermitCase
from hall.words import DOCUMENT_KINDS, SERVICE_WAYS

_PLACE = "service_record.place"


class NoSuchPaper(Missing):
    """A document is not of this case, or nothing was sent that could arrive."""

    def __init__(self) -> None:
        super().__init__("所选的文书不是本办件的，或者没有正在送达。请重新打开办件查看。")


class ServedAlready(Refused):
    """A paper is served once, and sent once at a time."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} 已经送达或正在送达。送达失败的，请先登记失败再换一种方式。")


class ToldCountsNot(Refused):
    """By the rule in force only service itself ends the limit."""

    def __init__(self) -> None:
        super().__init__("按现行规则，通知领取不算送达。请直接送达或改用其他方式。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Sending):
    """How papers are served; for a public notice the day follows from the law. `second_server_id`: who went along."""

    place: str = ""
    second_server_id: int | None = None
    consent_file_id: int | None = None
    proof_file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """What was registered; `proof_document` is the 送达回证, None while the papers are under way."""

    record_ids: tuple[int, ...]
    served_on: date | None
    proof_document: int | None
    still_unserved: tuple[str, ...]


@retried
def serve(
    store: Store, actor: Actor, *, case_id: int, document_ids: tuple[int, ...], service: Service, home: Path
) -> Served:
    """Send or hand over papers of a case. Raises NotServed with all that is missing, ServedAlready, NoSuchPaper."""
    require(actor, "case.serve")
    refuse_numbers_in(service)
    with store.work("case.serve", actor) as work:
        case = case_locked(work, case_id)
        papers = _papers(work, case, document_ids)
        service = with_notice_day(work, service)
        _check(work, case, papers, service, home=home)
        records = [_record(work, case, paper, service) for paper in papers]
        work.session.add_all(records)
        work.session.flush()
        return _registered(work, case, papers, records, service=service, home=home)


@retried
def arrived(
    store: Store, actor: Actor, *, case_id: int, document_ids: tuple[int, ...], service: Service, home: Path
) -> Served:
    """Register that papers under way have arrived: `service` as it is known now, by the way they were sent."""
    require(actor, "case.serve")
    refuse_numbers_in(service)
    with store.work("case.serve", actor) as work:
        case = case_locked(work, case_id)
        records = _under_way(work, case, document_ids)
        sent = replace(service, way=_way(records), sent_on=records[0].sent_on)
        papers = [work.session.get_one(Document, record.document_id) for record in records]
        _check(work, case, papers, _known(sent, records[0]), home=home)
        for record in records:
            _complete(record, sent)
        work.session.flush()
        return _registered(work, case, papers, records, service=_known(sent, records[0]), home=home)


@retried
def failed(
    store: Store, actor: Actor, *, case_id: int, document_ids: tuple[int, ...], failed_on: date, failure: str
) -> None:
    """Register that an attempt failed; it is kept, and another way may follow. Raises NoSuchPaper."""
    require(actor, "case.serve")
    why = reason_for("登记送达失败", failure)
    with store.work("case.serve", actor) as work:
        case = case_locked(work, case_id)
        records = _under_way(work, case, document_ids)
        for record in records:
            record.failed_on, record.failure = min(failed_on, business_date(work.now)), why
        detail: Detail = {"way": records[0].way, "failed": [record.document_id for record in records]}
        advance(work, case, "serve", note=why, detail=detail)
        clocks.refresh(work, case)
        work.audit(f"case:{case_id}", **detail, reason=why)
        work.changed("case", str(case_id))


@retried
def tell(store: Store, actor: Actor, *, case_id: int, told_on: date, note: str, home: Path) -> None:
    """The applicant was told that the papers are ready: from that day the limit of delivery runs no longer.

    Raises NotNow before the certificate is made or without papers to collect, ToldCountsNot.
    """
    require(actor, "case.serve")
    how = reason_for("通知领取", note)
    with store.work("case.tell", actor) as work:
        case = case_locked(work, case_id)
        today = business_date(work.now)
        if not service_rules(home).in_force(today).served_when_told:
            raise ToldCountsNot
        newest = max((paper.issued_on for paper in _to_serve(work, case.id)), default=today)
        day = min(max(told_on, newest), today)
        advance(work, case, "tell", note=how, day=day)
        clocks.stop(work, case, "delivery", on=day, how="told")
        clocks.refresh(work, case)
        work.audit(f"case:{case_id}", told_on=day.isoformat(), note=how)
        work.changed("case", str(case_id))


def opened_place(work: Work, record: ServiceRecord) -> str:
    """Where it was served, in clear: for the paper only."""
    return work.key_ring.unseal(record.place_sealed, _PLACE) if record.place_sealed else ""


def _papers(work: Work, case: PermitCase, document_ids: tuple[int, ...]) -> list[Document]:
    papers = [work.session.get(Document, document_id) for document_id in dict.fromkeys(document_ids)]
    own = [paper for paper in papers if paper is not None and paper.case_id == case.id]
    if not own or len(own) != len(papers):
        raise NoSuchPaper
    for paper in own:
        if any(record.failed_on is None for record in _records(work, [paper.id])):
            raise ServedAlready(paper.number)
    return own


def _check(work: Work, case: PermitCase, papers: Sequence[Document], service: Service, *, home: Path) -> None:
    check_file(work.session, case.id, service.consent_file_id)
    check_file(work.session, case.id, service.proof_file_id)
    tried = _records(work, [paper.id for paper in papers])
    check_sending(
        work,
        service,
        issued_on=max(paper.issued_on for paper in papers),
        proof=service.proof_file_id is not None,
        consent=service.consent_file_id is not None,
        second_server_id=service.second_server_id,
        failed_ways=frozenset(record.way for record in tried if record.failed_on is not None),
        home=home,
    )


def _record(work: Work, case: PermitCase, paper: Document, service: Service) -> ServiceRecord:
    return ServiceRecord(
        hall_id=work.hall_id,
        case_id=case.id,
        document_id=paper.id,
        way=service.way,
        sent_on=service.sent_on,
        served_on=service.served_on,
        recipient=service.recipient.strip(),
        capacity=service.capacity,
        refusal=service.refusal.strip(),
        witness=service.witness.strip(),
        postal_number=service.postal_number.strip(),
        place_sealed=work.key_ring.seal(service.place.strip(), _PLACE) if service.place.strip() else None,
        server_id=work.actor.account_id,
        second_server_id=service.second_server_id,
        consent_file_id=service.consent_file_id,
        proof_file_id=service.proof_file_id,
    )


def _under_way(work: Work, case: PermitCase, document_ids: tuple[int, ...]) -> list[ServiceRecord]:
    records = [
        record
        for record in _records(work, list(document_ids))
        if record.case_id == case.id and record.failed_on is None and record.served_on is None
    ]
    if not records or {record.document_id for record in records} != set(document_ids):
        raise NoSuchPaper
    return records


def _way(records: Sequence[ServiceRecord]) -> Way:
    ways = {record.way for record in records}
    if len(ways) != 1:
        raise NoSuchPaper
    way: Way = records[0].way  # type: ignore[assignment]  # written from a Service
    return way


def _known(service: Service, record: ServiceRecord) -> Service:
    """What was known when it was sent, and what is known now."""
    return replace(
        service,
        postal_number=service.postal_number or record.postal_number,
        consent_file_id=service.consent_file_id or record.consent_file_id,
        proof_file_id=service.proof_file_id or record.proof_file_id,
    )


def _complete(record: ServiceRecord, service: Service) -> None:
    record.served_on = service.served_on
    record.recipient, record.capacity = service.recipient.strip(), service.capacity
    record.proof_file_id = service.proof_file_id or record.proof_file_id


def _registered(
    work: Work,
    case: PermitCase,
    papers: Sequence[Document],
    records: Sequence[ServiceRecord],
    *,
    service: Service,
    home: Path,
) -> Served:
    """Proof, event, clock, audit: the same whether it was handed over or came back from the post."""
    proof = None
    if service.served_on is not None:
        content = _paper(work, case, papers, service)
        proof = issuing.issue(work, case_id=case.id, kind="service_record", content=content, home=home).document_id
        for record in records:
            record.proof_document_id = proof
    day = service.served_on if service.served_on and service.served_on <= business_date(work.now) else None
    detail: Detail = {
        "way": service.way,
        "documents": [paper.id for paper in papers],
        "served_on": _iso(service.served_on),
    }
    advance(work, case, "serve", detail=detail, day=day, document_id=proof)
    _end_delivery(work, case)
    clocks.refresh(work, case)
    work.audit(f"case:{case.id}", **detail)
    work.changed("case", str(case.id))
    still = facts_of(work.session, case, day=business_date(work.now)).unserved
    return Served(tuple(record.id for record in records), service.served_on, proof, still)


def _end_delivery(work: Work, case: PermitCase) -> None:
    """K8 ends when every paper has its proof, on the day the authority did the last of its part."""
    days = []
    for paper in _to_serve(work, case.id):
        records = [record for record in _records(work, [paper.id]) if record.served_on is not None]
        if not records:
            return
        days.append(_done(records[-1]))
    if days:
        clocks.stop(work, case, "delivery", on=max(days), how="served")


def _done(record: ServiceRecord) -> date:
    assert record.served_on is not None
    return done_on(record.way, sent_on=record.sent_on, served_on=record.served_on)  # type: ignore[arg-type]


def _to_serve(work: Work, case_id: int) -> Sequence[Document]:
    return work.session.scalars(to_serve(case_id)).all()


def _records(work: Work, document_ids: list[int]) -> Sequence[ServiceRecord]:
    query = select(ServiceRecord).where(ServiceRecord.document_id.in_(document_ids)).order_by(ServiceRecord.id)
    return work.session.scalars(query).all()


def _paper(work: Work, case: PermitCase, papers: Sequence[Document], service: Service) -> Fields:
    head = paper_head(work, case)
    servers = (work.actor.name, name_of(work.session, service.second_server_id))
    public, today = service.way == "public", business_date(work.now)
    fields = papers_closing.service_record(
        head,
        papers=tuple(ServedPaper(DOCUMENT_KINDS[paper.kind], paper.number) for paper in papers),
        addressee=str(head["applicant_name"]),
        method=SERVICE_WAYS[service.way],
        place=service.place.strip(),
        served_at=work.now if service.served_on == today else None,
        recipient_name=service.recipient.strip(),
        capacity=service.capacity,
        refusal_reason=service.refusal.strip(),
        witness=service.witness.strip(),
        postal_number=service.postal_number.strip(),
        server_names=tuple(name for name in servers if name),
        remark=f"{day_text(service.sent_on)}公告，{day_text(service.served_on)}视为送达" if public else "",
    )
    return fields if fields["served_at"] or public else {**fields, "served_at": day_text(service.served_on)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
