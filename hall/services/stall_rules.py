"""What the hall laid down for stall sites: `stalls.toml`."""

from datetime import date
from pathlib import Path

from hall.rules.stalls import Ground, StallRule
from hall.rules.versions import Versions
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def stall_rules(home: Path) -> Versions[StallRule]:
    """All versions; raises BadParameters."""
    return parameters(home, "stalls.toml", lambda table: dated_versions(table, _rule))


def _rule(day: date, source: str, row: Parameters) -> StallRule:
    return StallRule(
        effective_from=day,
        source=source,
        announce_days=whole(row, "announce_days"),
        answer_days=whole(row, "answer_days"),
        renewal_days=whole(row, "renewal_days"),
        renew_while_others_wait=row.get("renew_while_others_wait") is True,
        hearing_workdays=whole(row, "hearing_workdays"),
        hearing_notice_workdays=whole(row, "hearing_notice_workdays"),
        vacate_days=whole(row, "vacate_days"),
        quorum_percent=whole(row, "quorum_percent"),
        grounds=_grounds(row.get("grounds")),
    )


def _grounds(value: object) -> tuple[Ground, ...]:
    if not isinstance(value, list):
        raise ValueError("缺少 [[versions.grounds]]")
    found = []
    for row in value:
        match row:
            case {"code": str(code), "words": str(words), "basis": str(basis)}:
                found.append(Ground(code, words, basis))
            case _:
                raise ValueError(f"读不懂这个收回情形：{row}")
    return tuple(found)
