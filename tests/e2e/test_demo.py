"""`hall demo --out` without a screen: what it leaves is whole, readable and says the same everywhere."""

import json
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import pytest
import zxingcpp
from PIL import Image

from hall.devices.simulated.cards import LI_RARE
from hall.printing.fonts import FontSet
from hall.printing.raster import LineRasteriser
from hall.printing.slip_image import SlipPaper, slip_paper

Completed = subprocess.CompletedProcess[str]

SIZES = {"取号": (1080, 1920), "综合屏": (1920, 1080), "窗口": (1366, 768), "时限看板": (1366, 768)}
FEW_COLOURS, MANY_COLOURS = 100, 5_000_000
SLIP_DOTS = 576
PERSONAL = (LI_RARE.id_number, str(LI_RARE.address))

pytestmark = pytest.mark.e2e


class Summary(TypedDict):
    """summary.json, as far as it is looked at here."""

    receipt_number: str
    acceptance_number: str
    receipt_verified: str
    forged_receipt_refused: bool
    rating: str
    board_after_acceptance_s: float
    lines: list[str]


@pytest.fixture(scope="module")
def played(run_hall: Callable[..., Completed], tmp_path_factory: pytest.TempPathFactory) -> tuple[Completed, Path]:
    """The visit, played once, and the folder with what it left."""
    home, out = (tmp_path_factory.mktemp("demo") / name for name in ("home", "out"))
    return run_hall(home, "demo", "--out", str(out)), out


@pytest.fixture(scope="module")
def out(played: tuple[Completed, Path]) -> Path:
    return played[1]


@pytest.fixture(scope="module")
def summary(out: Path) -> Summary:
    read: Summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return read


def text_of(pdf: Path) -> str:
    """What a reader can select and search, without the breaks of lines."""
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, encoding="utf-8", timeout=60, check=True)
    return "".join(unicodedata.normalize("NFKC", done.stdout).split())


def paper_of(slip: Path) -> SlipPaper:
    return slip_paper(slip.read_bytes(), dots=SLIP_DOTS, raster=LineRasteriser(FontSet.shipped()))


def codes_on(picture: Path) -> list[str]:
    with Image.open(picture) as paper:
        return [code.text for code in zxingcpp.read_barcodes(paper.convert("L"))]


def test_the_visit_comes_to_its_end_and_says_what_happened(played: tuple[Completed, Path], summary: Summary) -> None:
    done, out = played
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [*summary["lines"], f"截图、文书和小票在 {out}"]
    assert summary["receipt_verified"] == summary["receipt_number"] == "莲城管许收〔2026〕10号"
    assert summary["acceptance_number"] == "莲城管许受〔2026〕10号"
    assert summary["forged_receipt_refused"] is True
    assert summary["rating"] == "非常满意"
    assert summary["board_after_acceptance_s"] < 2
    assert not (out.parent / "home").exists()


def test_the_documents_carry_number_name_and_dates_in_fonts_of_their_own(out: Path, summary: Summary) -> None:
    named = {path.stem: path for path in (out / "documents").glob("*.pdf")}
    assert set(named) == {summary["receipt_number"], summary["acceptance_number"]}
    for number, pdf in named.items():
        text = text_of(pdf)
        assert unicodedata.normalize("NFKC", number) in text
        assert LI_RARE.name in text
        assert "2026年11月23日" in text
        fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, encoding="utf-8", timeout=60, check=True)
        embedded = [line.split()[-5] for line in fonts.stdout.splitlines()[2:]]
        assert embedded
        assert set(embedded) == {"yes"}
        assert pdf.with_suffix(".docx").read_bytes().startswith(b"PK")
    notice = text_of(named[summary["acceptance_number"]])
    assert "法定办结日期为2026年12月21日" in notice
    assert "承诺办结日期为2026年11月26日" in notice


def test_the_receipts_code_on_the_picture_is_the_one_in_the_bytes(out: Path, summary: Summary) -> None:
    (slip,) = (out / "slips").glob("收件凭证*.bin")
    paper = paper_of(slip)
    assert summary["receipt_number"] in paper.text
    assert paper.cut
    (payload,) = paper.codes
    assert codes_on(slip.with_suffix(".png")) == [payload]
    assert payload.isascii()
    assert len(payload) <= 180
    assert not any(word in payload for word in PERSONAL)


def test_every_ticket_is_a_slip_with_a_picture(out: Path) -> None:
    tickets = sorted((out / "slips").glob("号票*.bin"))
    assert "B001" in paper_of(tickets[0]).text
    for slip in tickets:
        paper = paper_of(slip)
        with Image.open(slip.with_suffix(".png")) as picture:
            assert picture.size == paper.picture.size
            assert picture.convert("1").tobytes() == paper.picture.tobytes()


def test_every_picture_shows_a_whole_screen(out: Path) -> None:
    pictures = sorted((out / "screens").glob("*.png"))
    assert [path.stem[:2] for path in pictures] == [f"{number:02}" for number in range(1, len(pictures) + 1)]
    assert {path.stem.split("-")[1] for path in pictures} == set(SIZES)
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.size == SIZES[path.stem.split("-")[1]], path.name
            colours = picture.convert("RGB").getcolors(MANY_COLOURS)
            assert colours is not None
            assert len(colours) > FEW_COLOURS, path.name


def test_nothing_that_can_be_read_holds_the_applicants_number_or_address(out: Path) -> None:
    readable = [path for path in out.rglob("*") if path.suffix in (".json", ".bin")]
    assert readable
    for path in readable:
        content = path.read_bytes()
        assert not any(word.encode(coding) in content for word in PERSONAL for coding in ("utf-8", "gbk")), path.name
    assert not any(word in path.name for path in out.rglob("*") for word in (*PERSONAL, LI_RARE.name))


def test_a_folder_that_cannot_be_made_is_a_sentence(run_hall: Callable[..., Completed], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run_hall(tmp_path / "home", "demo", "--out", str(tmp_path / "file" / "out"))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr
