"""`hall bench document`: the same document by both ways, many in one go, and a window that answers meanwhile."""

from pathlib import Path

import pytest

from hall.bench.document import Office, one, samples
from hall.bench.document_run import measured_run


def test_a_document_is_measured_beside_libreoffice(tmp_path: Path) -> None:
    line = one("notice", samples()["notice"], Office(tmp_path), rounds=3, office_rounds=1).line
    assert (line["case"], line["unit"], line["pages"]) == ("notice", "ms", 1)
    assert (tmp_path / "0.pdf").read_bytes().startswith(b"%PDF")
    assert all(isinstance(line[name], float) and line[name] for name in ("value", "reference", "ratio"))


@pytest.mark.usefixtures("qapp")
def test_many_in_one_go_are_measured_beside_the_same_files_and_with_a_window_meanwhile() -> None:
    given: list[list[bytes]] = []
    together, window = (each.line for each in measured_run(samples()["notice"], given.append, many=3))
    assert (together["case"], window["case"]) == ("3 in one go", "window meanwhile")
    assert [len(files) for files in given] == [3]
    assert isinstance(window["value"], float)
    assert window["value"] > 0


def test_the_samples_are_a_page_a_decision_with_its_remedies_and_a_list() -> None:
    found = samples()
    assert list(found) == ["notice", "decision", "long table"]
    assert found["decision"].content["court_name"]
    rows = found["long table"].content["items"]
    assert len(rows) == 30
