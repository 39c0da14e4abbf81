"""The proof that a penalty decision was served (送达回证): the permit's one, about a violation and a penalty case."""

from datetime import date, datetime

from hall.services import papers_closing
from hall.services.papers_closing import ServedPaper
from hall.services.papers_common import Fields, day_text


def penalty_served(
    common: Fields,
    *,
    case_number: str,
    violation_name: str,
    paper: ServedPaper,
    method: str,
    served_at: datetime | date,
    place: str = "",
    recipient_name: str = "",
    capacity: str = "",
    refusal_reason: str = "",
    witness: str = "",
    postal_number: str = "",
    server_names: tuple[str, ...] = (),
    remark: str = "",
) -> Fields:
    """`penalty_served` (行政处罚法 61): to the minute where it was handed over now, else to the day."""
    exact = isinstance(served_at, datetime)
    fields = papers_closing.service_record(
        common,
        papers=(paper,),
        addressee=str(common["addressee_name"]),
        method=method,
        place=place,
        served_at=served_at if isinstance(served_at, datetime) else None,
        recipient_name=recipient_name,
        capacity=capacity,
        refusal_reason=refusal_reason,
        witness=witness,
        postal_number=postal_number,
        server_names=server_names,
        remark=remark,
    )
    told = fields if exact else {**fields, "served_at": day_text(served_at)}
    return {**told, "case_number": case_number, "violation_name": violation_name}
