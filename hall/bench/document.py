"""Documents from frozen content to finished PDF, beside docxtpl and LibreOffice with the same content.

Three of them: a notice of one page, a decision with its remedies over two pages, a list of a dossier over several.
Everything is warm on both sides: fonts read, LibreOffice's own profile made by a first conversion. LibreOffice is no
part of the program: it is here to compare with, as in the tests.
"""

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from docxtpl import DocxTemplate

from hall.bench.document_run import NOWHERE, measured_run
from hall.bench.measured import Measured, compared
from hall.errors import Unavailable
from hall.printing.declarations import declaration
from hall.resources import template
from hall.services import documents, papers_closing, papers_decision, papers_intake
from hall.services.documents import DocumentKind, FrozenDocument
from hall.services.papers_common import Fields, case_block
from hall.store.schema.halls import Hall

ROUNDS = 40
OFFICE_ROUNDS = 3
ASKED_RATIO = 1 / 20
ASKED_MS = 60.0
DEFECTS, ROWS = 3, 30
CONVERSION_SECONDS = 120.0
MADE_AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class NoOffice(Unavailable):
    """LibreOffice is not installed here, or does not convert."""

    def __init__(self, said: str = "") -> None:
        super().__init__(f"这里没有可用的 LibreOffice（soffice），不能比较。{said}请在开发环境里安装后再运行。")


def measure() -> Iterator[Measured]:
    """Each document alone, then a hundred in one go."""
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        office = Office(Path(folder))
        for case, document in samples().items():
            yield one(case, document, office, rounds=ROUNDS)
        yield from measured_run(samples()["notice"], office.pdfs)


def one(
    case: str, document: FrozenDocument, office: "Office", *, rounds: int, office_rounds: int = OFFICE_ROUNDS
) -> Measured:
    """A document again and again: the median in milliseconds, and the 95th percentile."""
    made = documents.typeset(document)
    took = sorted(_milliseconds(lambda: documents.typeset(document)) for _ in range(rounds))
    value, p95 = statistics.median(took), took[int(len(took) * 0.95)]
    office.pdfs([filled(document)])  # makes its profile, reads its fonts
    reference = statistics.median(_milliseconds(lambda: office.pdfs([filled(document)])) for _ in range(office_rounds))
    more = {"p95": round(p95, 1), "pages": made.pages, "asked": ASKED_MS, "asked_ratio": ASKED_RATIO}
    line = compared("document", case, value=value, reference=reference, unit="ms", **more).line
    return Measured(line, good=value < ASKED_MS and value <= ASKED_RATIO * reference)


def samples() -> dict[str, FrozenDocument]:
    """What is measured, by name."""
    common = case_block(
        _hall(),
        applicant_name="张测试",
        applicant_id="",
        matter_name="临时占用城市道路摆设摊点审批",
        receipt_number="测城管许收〔2026〕12号",
        received_on=date(2026, 11, 20),
        clerk_name="王测试",
        accepted_on=date(2026, 11, 23),
    )
    return {
        "notice": _frozen("correction", _notice(common)),
        "decision": _frozen("denial", _decision(common)),
        "long table": _frozen("dossier_list", _list(common)),
    }


def _notice(common: Fields) -> Fields:
    defects = tuple(
        papers_intake.Defect(f"测试材料{each}", "缺少签名", "补签后重新提交。") for each in range(1, DEFECTS + 1)
    )
    return papers_intake.correction(
        common, defects=defects, submit_by=date(2026, 12, 20), consequence="逾期不补正的，退还本次申请材料"
    )


def _decision(common: Fields) -> Fields:
    return papers_decision.denial(
        common,
        facts="经核对申请材料、现场情况和有关规划图件，拟占用的路段属于学校门口限制摆设的范围。" * 4,
        unmet="不符合摊点设置规划。拟设摊点与学校大门的距离不足，占用后剩余的通行宽度不够。" * 2,
        basis="《城市市容和环境卫生管理条例》第十四条",
        reasons="上下学时段人流集中，设置摊点影响学生通行安全，也影响消防和救护车辆进出。" * 4,
        heard="已听取申请人的陈述和申辩，并告知了可以到附近疏导点经营。",
    )


def _list(common: Fields) -> Fields:
    row = papers_closing.DossierRow(
        "测城管许受〔2026〕1号", "测试区城市管理和综合执法局", "行政许可申请受理通知书", date(2026, 11, 23), "1—2"
    )
    rows = tuple(
        replace(row, number=f"测城管许受〔2026〕{number}号", title=f"第{number}份材料的审查意见和附件")
        for number in range(1, ROWS + 1)
    )
    return papers_closing.dossier_list(
        common,
        title="临时占用城市道路审批",
        retention="长期",
        items=rows,
        pages=2 * ROWS,
        archived_on=date(2026, 12, 30),
    )


def _hall() -> Hall:
    return Hall(
        code="bench",
        name="测试区城市管理执法服务大厅",
        short_name="测城管",
        authority="测试市测试区城市管理和综合执法局",
        address="测试市测试区测试路100号一层",
        phone="029-00000000",
        complaint_phone="029-00000001",
    )


def _frozen(kind: DocumentKind, fields: Fields) -> FrozenDocument:
    """As it would lie in the database."""
    declared = declaration(template("fields.toml", NOWHERE), kind)
    path = template(declared.file, NOWHERE)
    number = f"测城管{declared.series}〔2026〕1号"
    issued: Fields = {
        "number": number,
        "issued_on": "2026年11月23日",
        "review_government": "测试市测试区人民政府",
        "court_name": "测试市测试区人民法院",
    }
    return FrozenDocument(
        document_id=1,
        case_id=None,
        kind=kind,
        number=number,
        issued_on=date(2026, 11, 23),
        issued_at=MADE_AT,
        content={**fields, **issued},
        code_payload="H1.bench." + "x" * 120,
        template_name=path.name,
        template=path.read_bytes(),
        template_digest="",
    )


def filled(document: FrozenDocument) -> bytes:
    """The .docx as docxtpl alone fills it."""
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(document.template)
        file.flush()
        word = DocxTemplate(file.name)
        word.render(document.content)
        word.save(file.name)
        return Path(file.name).read_bytes()


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice with a profile of its own in a folder."""

    folder: Path

    def pdfs(self, files: list[bytes]) -> None:
        """Convert .docx files in one call; raises NoOffice."""
        program = shutil.which("soffice")
        if program is None:
            raise NoOffice
        sources = [self.folder / f"{number}.docx" for number in range(len(files))]
        for source, content in zip(sources, files, strict=True):
            source.write_bytes(content)
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        told = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(self.folder)]
        done = subprocess.run(
            [*told, *map(str, sources)], capture_output=True, text=True, timeout=CONVERSION_SECONDS, check=False
        )
        lacking = [source for source in sources if not source.with_suffix(".pdf").exists()]
        if done.returncode or lacking:
            raise NoOffice(done.stderr.strip()[-200:])


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
