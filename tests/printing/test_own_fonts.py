"""Font files of a hall's own win over the shipped ones, character by character, or are refused out loud."""

import io
import lzma
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from hall.app.doctor import computer
from hall.commands.session import opened_store
from hall.errors import HallError
from hall.printing.fonts import FontRole, FontSet
from hall.printing.typeset.layout import compose
from hall.printing.typeset.pdf import draw
from hall.printing.typeset.reader import read_document
from hall.resources import resource
from hall.settings import FontSettings
from tests.printing.font_files import collection, rare_font


@pytest.fixture
def fonts() -> FontSet:
    return FontSet(resource("fonts"))


@pytest.fixture
def shipped() -> Iterator[FontSet]:
    """The set of the whole run, as it was afterwards."""
    yield FontSet.shipped()
    FontSet.shipped().prefer(FontSettings())


def _names(fonts: FontSet, text: str, role: FontRole) -> list[tuple[str, str]]:
    return [(run.text, run.face.path.name) for run in fonts.split(text, role).runs]


def _plain(path: Path) -> Path:
    return rare_font(path, permission=0)


def _collected(path: Path) -> Path:
    return collection(path.with_suffix(".ttc"), rare_font(path, permission=0))


@pytest.mark.parametrize("make", [_plain, _collected])
def test_a_file_of_the_hall_s_own_draws_what_it_has_and_the_shipped_one_the_rest(
    fonts: FontSet, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    own = make(tmp_path / "own.ttf")
    assert fonts.prefer(FontSettings(fang=str(own))) == []
    assert _names(fonts, "张三𬭚", FontRole.FANG) == [
        ("张", own.name),
        ("三", "HallFang-Regular.ttf"),
        ("𬭚", "HallSong-Regular.ttf"),
    ]
    assert _names(fonts, "张", FontRole.HEI) == [("张", "HallHei-Regular.ttf")]
    assert fonts.files()[FontRole.FANG] == own


@pytest.mark.parametrize("make", [_plain, _collected])
def test_a_document_carries_the_hall_s_own_font(fonts: FontSet, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    fonts.prefer(FontSettings(fang=str(make(tmp_path / "own.ttf"))))
    word = docx.Document()
    run = word.add_paragraph().add_run("张三")
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    written = io.BytesIO()
    word.save(written)
    layout = compose(read_document(written.getvalue(), fonts), fonts)
    page = PdfReader(io.BytesIO(draw(layout, title="试", author="试", made_at=datetime(2026, 1, 1, tzinfo=UTC)))).pages[
        0
    ]
    embedded = {str(font.get_object()["/BaseFont"])[8:] for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert embedded == {"Rare-Regular", "HallFang-Regular"}
    assert page.extract_text() == "张三"


def _cff(folder: Path) -> Path:
    path = folder / "cff.otf"
    path.write_bytes(lzma.decompress(resource("fonts/FandolFang-Regular.otf.xz").read_bytes()))
    return path


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: folder / "absent.ttf", "不存在"),
        (_cff, "不是 TrueType 字体"),
        (lambda folder: rare_font(folder / "closed.ttf", permission=2), "许可不允许嵌入"),
    ],
)
def test_a_file_that_cannot_serve_is_named_and_the_shipped_one_serves(
    fonts: FontSet, tmp_path: Path, make: Callable[[Path], Path], sentence: str
) -> None:
    own = make(tmp_path)
    (trouble,) = fonts.prefer(FontSettings(song_bold=str(own)))
    assert sentence in trouble
    assert str(own) in trouble
    assert "HallSong-Bold.ttf。请改正配置项 fonts.song_bold" in trouble
    assert _names(fonts, "张", FontRole.SONG_BOLD) == [("张", "HallSong-Bold.ttf")]


def test_the_last_choice_counts(fonts: FontSet, tmp_path: Path) -> None:
    fonts.prefer(FontSettings(kai=str(rare_font(tmp_path / "own.ttf", permission=0))))
    fonts.prefer(FontSettings())
    assert _names(fonts, "张", FontRole.KAI) == [("张", "HallKai-Regular.ttf")]


def test_the_doctor_names_the_fonts_in_use(shipped: FontSet, tmp_path: Path) -> None:
    own = rare_font(tmp_path / "own.ttf", permission=0)
    finding = computer.check_fonts(FontSettings(fang=str(own)))
    assert finding.verdict == "ok"
    assert "仿宋 own.ttf" in finding.words
    assert "黑体 HallHei-Regular.ttf" in finding.words
    absent = computer.check_fonts(FontSettings(fang=str(tmp_path / "absent.ttf")))
    assert absent.verdict == "fault"
    assert "absent.ttf 不存在" in absent.words


def test_a_command_says_that_a_font_file_is_not_there(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HALL_HOME", str(home))
    (home / "hall.toml").write_text('[fonts]\nfang = "/nowhere/simfang.ttf"\n', encoding="utf-8")
    with pytest.raises(HallError), opened_store():
        pass
    assert "/nowhere/simfang.ttf 不存在" in capsys.readouterr().err
