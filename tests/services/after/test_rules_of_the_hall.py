"""Parameter files for what comes after the decision: the shipped ones are read, spoilt ones name their fault."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hall.resources import resource
from hall.services.case_files import file_rules
from hall.services.certificate_rules import certificate_rules
from hall.services.closing_rules import closing_rules
from hall.services.dossier_rules import dossier_rules
from hall.services.parameters import BadParameters
from hall.services.service_rule import service_rules

DAY = date(2026, 11, 23)


def test_the_shipped_parameters_are_read(home: Path) -> None:
    assert file_rules(home).in_force(DAY).largest_mib == 10
    assert certificate_rules(home).in_force(DAY).reminders == (60, 45, 30)
    assert len(certificate_rules(home).in_force(DAY).limbs) == 14
    assert closing_rules(home).in_force(DAY).limb("lacking").needs == "lacking"
    assert dossier_rules(home).in_force(DAY).retention["refused"] == "10年"
    assert service_rules(home).in_force(DAY).served_when_told


SPOILT: tuple[tuple[str, Callable[[Path], object], str, str], ...] = (
    ("files.toml", file_rules, "largest_mib = 10", "largest_mib = 0"),
    ("certificates.toml", certificate_rules, "reminders = [60, 45, 30]", 'reminders = ["60"]'),
    ("certificates.toml", certificate_rules, "limbs = [", "grounds = ["),
    ("certificates.toml", certificate_rules, 'from = ["recalled", "revoked"]', 'from = "recalled"'),
    ("closing.toml", closing_rules, "limbs = [", "grounds = ["),
    ("closing.toml", closing_rules, 'needs = "lacking"', 'needs = "luck"'),
    ("dossier.toml", dossier_rules, 'kept_out = ["yellow_card"', 'kept_out = [1, "yellow_card"'),
    ("dossier.toml", dossier_rules, "[[versions.grades]]", "[[versions.marks]]"),
    ("dossier.toml", dossier_rules, "[versions.retention]", "[versions.keeping]"),
    ("service.toml", service_rules, 'capacities = ["本人"', 'capacities = [1, "本人"'),
)


@pytest.mark.parametrize(("name", "read", "right", "wrong"), SPOILT)
def test_a_spoilt_file_of_the_hall_is_refused(
    home: Path, name: str, read: Callable[[Path], object], right: str, wrong: str
) -> None:
    text = resource(name).read_text(encoding="utf-8")
    assert right in text
    (home / name).write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(BadParameters, match=name):
        read(home)
