"""Papers of a case: every builder fills its template, which typesets, says what the law asks, and can be read."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import docx
import pytest
from pypdf import PdfReader

from hall.printing.content import DocumentContent, FieldValue, PictureContent
from hall.printing.declarations import Declaration, Remedy, read_declarations
from hall.printing.documents import ProducedDocument, produce
from hall.printing.fonts import FontSet
from hall.printing.qr import qr_png
from hall.printing.template_check import check
from hall.resources import template
from hall.rules.numbering import SERIES, document_number
from hall.services import papers_decision, papers_intake, papers_review
from hall.services.documents import DocumentKind
from hall.services.papers_common import Fields, sentence
from hall.words import DOCUMENT_KINDS, LICENCE_ENDINGS

LONGER = {"penalty_notice", "penalty", "mitigated_penalty"}
"""What law wants told of a penalty, in official type, takes a third page."""

HOME = Path("nowhere")
DECLARED = read_declarations(template("fields.toml", HOME))
BUILT = sorted(set(DECLARED) - {"receipt", "acceptance"})
REMEDIES = {"review_government": "示例市示例区人民政府", "court_name": "示例市示例区人民法院"}

Make = Callable[[str, Fields], ProducedDocument]


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return FontSet.shipped()


@pytest.fixture
def make(fonts: FontSet) -> Make:
    """The document of a kind from a builder's fields and what issuing adds."""

    def produced(kind: str, built: Fields) -> ProducedDocument:
        fields: dict[str, FieldValue] = {
            name: value if isinstance(value, str) else tuple(value) for name, value in built.items()
        }
        content = DocumentContent(
            title=DECLARED[kind].title,
            author="示例市示例区城市管理和综合执法局",
            made_at=datetime(2026, 12, 3, tzinfo=UTC),
            fields={**fields, **_issued(DECLARED[kind])},
            pictures={"qr": PictureContent(qr_png("示例"), 25.0)},
        )
        return produce(template(DECLARED[kind].file, HOME), content, fonts=fonts)

    return produced


def _issued(declared: Declaration) -> dict[str, str]:
    """What issuing fills in."""
    told = {name: text for name, text in REMEDIES.items() if name in declared.required}
    return {"number": _number(declared), "issued_on": "2026年12月3日", **told}


def _number(declared: Declaration) -> str:
    return document_number("示城管", declared.series, year=2026, serial=1, style=declared.style)


def _text(made: ProducedDocument) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made.pdf)).pages)


def _lines(kind: str, built: Fields) -> list[str]:
    """What has to stand on paper, line by line, without spaces; 是 is an answer to the template, not a text."""
    told = [str(built[name]) for name in DECLARED[kind].required if name in built and built[name] != "是"]
    for table, columns in DECLARED[kind].tables.items():
        rows = built[table]
        assert isinstance(rows, list)
        told += [str(row[column]) for row in rows for column in columns]
    return ["".join(line.split()) for text in told for line in text.splitlines()]


def test_kinds_are_the_same_in_program_words_and_declarations() -> None:
    assert set(get_args(DocumentKind)) == set(DOCUMENT_KINDS) == set(DECLARED)


def test_every_series_has_a_document_and_no_template_lies_about_unused() -> None:
    assert {each.series for each in DECLARED.values()} == set(SERIES)
    folder = template("fields.toml", HOME).parent
    assert {path.name for path in folder.glob("*.docx")} == {each.file for each in DECLARED.values()}


@pytest.mark.parametrize("kind", BUILT)
def test_a_builder_gives_just_what_is_declared(kind: str, short_papers: dict[str, Fields]) -> None:
    declared = DECLARED[kind]
    built = short_papers[kind]
    assert set(built) | set(_issued(declared)) == declared.names - set(declared.pictures)
    for table, columns in declared.tables.items():
        rows = built[table]
        assert isinstance(rows, list)
        assert all(set(columns) <= set(row) for row in rows)


@pytest.mark.parametrize("kind", BUILT)
def test_a_paper_typesets_and_its_text_extracts(kind: str, short_papers: dict[str, Fields], make: Make) -> None:
    made = make(kind, short_papers[kind])
    text = _text(made)
    assert made.missing == ()
    assert _number(DECLARED[kind]) in text
    assert "{{" not in text
    assert "{%" not in text
    assert made.pages <= (3 if kind in LONGER else 2)
    pages = re.sub(r"—\d+—", "", text)  # a sentence may go over a page's end
    assert [line for line in _lines(kind, short_papers[kind]) if line not in pages] == []


@pytest.mark.parametrize("kind", BUILT)
def test_a_long_paper_loses_nothing_at_the_edges(kind: str, long_papers: dict[str, Fields], make: Make) -> None:
    text = _text(make(kind, long_papers[kind]))
    for table, columns in DECLARED[kind].tables.items():
        rows = long_papers[kind][table]
        assert isinstance(rows, list)
        assert all(str(rows[-1][column]) in text for column in columns)


@pytest.mark.parametrize("kind", [kind for kind, each in DECLARED.items() if each.remedy == "required"])
def test_a_decision_against_somebody_tells_the_remedies(kind: str, short_papers: dict[str, Fields], make: Make) -> None:
    assert (
        "如对本决定不服，可自收到本决定之日起六十日内向示例市示例区人民政府申请行政复议；"
        "也可自收到之日起六个月内依法向示例市示例区人民法院提起行政诉讼。"
    ) in _text(make(kind, short_papers[kind]))


def test_decisions_that_must_tell_remedies_are_declared_so() -> None:
    kinds = {remedy: {kind for kind, each in DECLARED.items() if each.remedy == remedy} for remedy in get_args(Remedy)}
    del kinds["none"]
    assert kinds == {
        "required": {
            "refusal",
            "denial",
            "ending",
            "penalty",
            "no_penalty",
            "mitigated_penalty",
            "deferral_refusal",
            "penalty_revocation",
            "seizure_extension",
            "credit_reply",
            "stall_refusal",
            "stall_decision",
        },
        "review_first": {"on_spot_penalty"},
        "recheck": {"complaint_reply"},
        "objection": {"credit_record", "credit_notice"},
    }


def test_a_decision_template_without_its_remedies_is_refused(fonts: FontSet, tmp_path: Path) -> None:
    word = docx.Document(str(template(DECLARED["denial"].file, HOME)))
    paragraph = next(each for each in word.paragraphs if "六十日" in each.text)
    paragraph.runs[0].text = "如对本决定不服，可向{{ review_government }}申请行政复议，或者向{{ court_name }}起诉。"
    word.save(str(tmp_path / "改.docx"))
    problems = check(tmp_path / "改.docx", DECLARED["denial"], fonts=fonts)
    assert [problem.partition("：")[0] for problem in problems] == [
        "救济一段缺少“六十日”",
        "救济一段缺少“行政诉讼”",
        "救济一段缺少“六个月”",
    ]


def test_decisions_and_certificates_carry_the_bureaus_own_seal() -> None:
    seals = {kind: each.seal for kind, each in DECLARED.items()}
    own = {kind for kind, seal in seals.items() if seal == "机关印章"}
    permits = {"grant", "denial", "change_decision", "ending", "certificate"}
    told = {"penalty_notice", "penalty_hearing", "penalty", "no_penalty", "mitigated_penalty", "on_spot_penalty"}
    told |= {"leniency_answer"}
    stalls = {"stall_refusal", "stall_certificate", "stall_notice", "stall_hearing", "stall_decision"}
    credit = {"credit_notice", "credit_reply"}
    assert own == permits | told | stalls | credit | {"seizure_extension", "seizure_release"} | {
        "district_report",
        "deferral",
        "deferral_refusal",
        "penalty_correction",
        "penalty_revocation",
    }
    assert seals["refusal"] == seals["extension"] == seals["procedure"] == "行政许可专用章"


def test_a_correction_in_review_says_that_the_statutory_period_goes_on(
    short_papers: dict[str, Fields], make: Make
) -> None:
    before = _text(make("correction", short_papers["correction"]))
    during = _text(make("correction", {**short_papers["correction"], "in_review": "是", "promised_pauses": "是"}))
    assert "办理期限自受理之日起计算，目前尚未开始" in before
    assert "法定办理期限照常计算，承诺办理期限暂停计算" in during
    assert "目前尚未开始" not in during


def test_sentences_whose_field_is_empty_are_left_out(short_papers: dict[str, Fields], make: Make) -> None:
    bare = {**short_papers["grant"], "validity": "", "conditions": "", "certificate_name": ""}
    text = _text(make("grant", bare))
    assert "有效期限" not in text
    assert "应当遵守的条件" not in text
    assert "许可证件" not in text
    unnumbered = _text(make("grant", {**short_papers["grant"], "certificate_number": ""}))
    assert "临时占道经营许可证，自作出本决定之日起十个工作日内" in unnumbered
    plain = {**short_papers["certificate"], "goods": "", "time_band": ""}
    assert "经营内容" not in _text(make("certificate", plain))


def test_a_text_of_several_paragraphs_keeps_them(short_papers: dict[str, Fields], make: Make) -> None:
    made = make("denial", {**short_papers["denial"], "facts": "第一段。\n第二段。"})
    word = docx.Document(io.BytesIO(made.docx))
    second = next(each for each in word.paragraphs if each.text == "第二段。")
    assert second.style is not None
    assert second.style.name == "公文正文"


def test_a_refusal_for_want_of_competence_names_who_is_competent(short_papers: dict[str, Fields]) -> None:
    with pytest.raises(ValueError, match="competent"):
        papers_intake.refusal({}, limb="not_competent", reason="不归本机关管")
    other = papers_intake.refusal({}, limb="not_needed", reason="无需许可")
    assert other["limb_article"] == "第三十二条第一款第一项"


def test_a_certificate_is_printed_as_original_and_copy(short_papers: dict[str, Fields], make: Make) -> None:
    made = make("certificate", short_papers["certificate"])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages]
    assert ["正本" in page for page in pages] == [True, False]
    assert ["副本" in page for page in pages] == [False, True]


def test_an_extension_says_who_approved_it_and_when(short_papers: dict[str, Fields], make: Make) -> None:
    text = _text(make("extension", short_papers["extension"]))
    assert "经本机关负责人赵示例于2026年12月16日批准" in text


def test_every_way_a_licence_ends_has_its_article() -> None:
    for kind in get_args(papers_decision.LicenceEnding):
        built = papers_decision.ending(
            {},
            kind=kind,
            certificate_name="许可证",
            certificate_number="1号",
            limb="情形",
            facts="事实",
            effective_on=date(2026, 12, 5),
        )
        assert LICENCE_ENDINGS[kind] == f"{built['ending_word']}许可"


def test_a_denial_without_reasons_is_none() -> None:
    with pytest.raises(ValueError, match="reasons"):
        papers_decision.denial({}, facts="事实", unmet="条件", basis="依据", reasons="")


def test_a_site_visit_by_one_officer_is_none() -> None:
    with pytest.raises(ValueError, match="two officers"):
        papers_review.site_record(
            {},
            began_at=datetime(2026, 12, 3, tzinfo=UTC),
            ended_at=None,
            place="示例路",
            officers=(papers_review.Officer("示例", "SL-1"),),
            present="",
            purpose="",
            findings="",
            conclusion="",
        )


@pytest.mark.parametrize(
    ("statutory", "promised", "said"),
    [
        (True, True, "不计算在法定办理期限和承诺办理期限内"),
        (True, False, "不计算在法定办理期限内"),
        (False, True, "不计算在承诺办理期限内，法定办理期限照常计算"),
        (False, False, "计算在办理期限内"),
    ],
)
def test_a_procedure_says_which_period_it_is_left_out_of(*, statutory: bool, promised: bool, said: str) -> None:
    assert papers_review.counting_text(stops_statutory=statutory, stops_promised=promised) == said


def test_free_text_is_closed_once() -> None:
    assert [sentence(text) for text in ("缺少签名", "缺少签名。", "缺少签名，", " ", "为何？")] == [
        "缺少签名。",
        "缺少签名。",
        "缺少签名。",
        "",
        "为何？",
    ]


def test_a_validity_without_an_end_is_lasting() -> None:
    assert papers_decision.validity_text(date(2026, 12, 5), None) == "自2026年12月5日起长期有效"
    assert papers_decision.validity_text(None, None) == ""
