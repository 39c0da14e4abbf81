"""The rules for certificates in force: `certificates.toml`, and the periods of law behind them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.rules.certificates import CertificateRule, CertificateRules, Limb
from hall.services.parameters import Parameters, dated_versions, parameters, whole
from hall.store import Work

VALIDITY = "permit.validity"


def certificate_rules(home: Path) -> CertificateRules:
    """All versions; raises BadParameters."""
    return parameters(home, "certificates.toml", lambda table: dated_versions(table, _rule))


def rule_today(work: Work, home: Path) -> CertificateRule:
    """The version of the work's day."""
    return certificate_rules(home).in_force(business_date(work.now))


def _rule(day: date, source: str, row: Parameters) -> CertificateRule:
    reminders, limbs = row.get("reminders"), row.get("limbs")
    if not isinstance(reminders, list) or not all(type(each) is int and each > 0 for each in reminders):
        raise ValueError("reminders 应是一列正整数")
    if not isinstance(limbs, list):
        raise ValueError("缺少 limbs")
    return CertificateRule(day, source, whole(row, "renewal_days"), tuple(reminders), tuple(map(_limb, limbs)))


def _limb(row: Mapping[str, object]) -> Limb:
    sources = row.get("from")
    return Limb(
        how=str(row.get("how", "")),  # type: ignore[arg-type]  # Limb refuses any other word
        code=str(row.get("code", "")),
        words=str(row.get("words", "")),
        article=str(row.get("article", "")),
        sources=tuple(map(str, sources)) if isinstance(sources, list) else (),
        compensates=row.get("compensates") is True,
        bars=str(row.get("bars", "")),
    )
