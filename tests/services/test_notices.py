"""Documents as cases of the shipped catalogue fill them: one sheet, every word as written, every font inside."""

import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest

from hall.clock import HALL_ZONE
from hall.printing.content import DocumentContent, FieldValue, PictureContent
from hall.printing.documents import ProducedDocument, produce
from hall.printing.fonts import FontSet
from hall.printing.qr import qr_png
from hall.resources import resource, template
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.citations import in_full
from hall.rules.clocks import start_clocks
from hall.rules.csv_table import decode
from hall.rules.materials import HandedIn
from hall.rules.permits import AcceptedHow
from hall.services import documents, spool
from hall.services.applications import Application
from hall.services.calendar import shipped_calendar
from hall.services.case_paper import case_content, chinese_date, how_fields
from hall.services.front import Front
from hall.settings import PagePrinterSettings, Settings
from hall.store import Store
from hall.store.schema.halls import Hall
from hall.workers.printers import page_ways

MATTERS = parse_catalogue(decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE))
ORDINARY, YEAR_S_END = date(2026, 11, 23), date(2026, 12, 21)
RARE_NAMES = ("李𬭚样", "王㐂", "赵䶮")
UNKNOWN = "\U0003134f"
RECEIPT, NOTICE = "示城管许收〔2026〕1234号", "示城管许受〔2026〕1234号"
PAYLOAD = f"H1.{'A' * 64}.20261123.k1.{'b' * 43}"

HALL = Hall(
    code="main",
    name="示例市示例区城市管理和综合执法局",
    short_name="示城管",
    authority="示例市示例区城市管理和综合执法局",
    address="示例区示例路100号政务服务中心一层",
    phone="0000-1234567",
    complaint_phone="0000-7654321",
)

CHECK_DUE = date(2026, 11, 30)

Fields = dict[str, FieldValue]
Row = Mapping[str, str | int | bool | None]


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return FontSet.shipped()


def fields_of(matter: Matter, day: date, *, number: str = NOTICE, applicant: str = "李𬭚样") -> Fields:
    """What the services freeze for a case."""
    content = case_content(
        HALL,
        matter,
        received_at=datetime.combine(day, time(9, 42), HALL_ZONE),
        applicant_name=applicant,
        applicant_id="999999199001010024",
        materials=tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in matter.materials),
        clocks=start_clocks(matter, day, calendar=shipped_calendar()),
        channel="counter",
        clerk_name="王示例",
        receipt_number=RECEIPT,
        check_due=CHECK_DUE,
        accepted_on=day,
    )
    told = {**content, **how_fields("complete")}
    frozen: Fields = {name: value if isinstance(value, str) else tuple(value) for name, value in told.items()}
    return {**frozen, "issued_on": chinese_date(day), "number": number, "receipt_number": RECEIPT}


def made(file: str, fields: Mapping[str, FieldValue], fonts: FontSet) -> ProducedDocument:
    content = DocumentContent(
        title=str(fields["number"]),
        author=HALL.name,
        made_at=datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE),
        fields=fields,
        pictures={"qr": PictureContent(qr_png(PAYLOAD), 25)},
    )
    return produce(template(file, Path()), content, fonts=fonts)


def shown(pdf: bytes, folder: Path) -> str:
    """The PDF's text as another program reads it, lines joined, spaces left out."""
    (folder / "made.pdf").write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", "-raw", str(folder / "made.pdf"), "-"], check=True, capture_output=True, timeout=60
    )
    return solid(read.stdout.decode())


def solid(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def fonts_inside(pdf: bytes, folder: Path) -> list[bool]:
    (folder / "made.pdf").write_bytes(pdf)
    listed = subprocess.run(["pdffonts", str(folder / "made.pdf")], check=True, capture_output=True, timeout=60)
    return [line.split()[-5] == "yes" for line in listed.stdout.decode().splitlines()[2:]]


def limits(fields: Fields) -> str:
    """The sentence on the limits, by what the matter lays down."""
    said = []
    if fields["statutory_due"]:
        said.append(f"法定办理期限为{fields['statutory_days']}个工作日，法定办结日期为{fields['statutory_due']}")
    if fields["promised_due"]:
        within = "当场" if fields["promised_days"] == "0" else f"{fields['promised_days']}个工作日内"
        said.append(f"本机关承诺{within}办结，承诺办结日期为{fields['promised_due']}")
    sentence = "；".join(said) or "本事项没有规定办理期限，办理进度可以随时查询"
    pending = fields["pending_reason"]
    return f"{sentence}。" + (f"待定原因：{pending}，确定后另行告知。" if pending else "")


def closing(fields: Fields) -> str:
    return f"凭此码到窗口查询办理进度：{RECEIPT}{HALL.name}（行政许可专用章）{fields['issued_on']}"


def notice_text(matter: Matter, fields: Fields, day: date) -> str:
    return solid(
        f"""行政许可申请受理通知书
        {NOTICE}
        {fields["applicant_name"]}：
        你（单位）于{chinese_date(day)}提交的“{matter.name}”申请，经审查，申请材料齐全、符合法定形式。
        根据《中华人民共和国行政许可法》第三十二条第一款第五项，本机关于{chinese_date(day)}予以受理。
        该事项的设定依据：{in_full(matter.basis)}。
        一、办理期限。{limits(fields)}
        二、不计入期限的时间。依照《中华人民共和国行政许可法》第四十五条，依法需要听证、招标、拍卖、检验、检测、
        检疫、鉴定和专家评审的，所需时间不计算在办理期限内。
        特此通知。
        {closing(fields)}
        {HALL.name}　地址：{HALL.address}
        咨询电话：{HALL.phone}　监督投诉电话：{HALL.complaint_phone}　一式两份，申请人、存档各一份。
        —1—"""
    )


@pytest.mark.parametrize("day", [ORDINARY, YEAR_S_END])
@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter.code)
def test_the_notice_of_every_sample_matter_is_one_sheet_and_reads_as_written(
    matter: Matter, day: date, fonts: FontSet, tmp_path: Path
) -> None:
    fields = fields_of(matter, day)
    notice = made("受理通知书.docx", fields, fonts)
    assert (notice.pages, notice.missing) == (1, ())
    assert shown(notice.pdf, tmp_path) == notice_text(matter, fields, day)
    assert set(fonts_inside(notice.pdf, tmp_path)) == {True}


def test_at_the_year_s_end_the_notice_gives_the_reason_for_a_date_it_cannot_tell() -> None:
    assert "2027年放假安排未录入" in limits(fields_of(MATTERS[0], YEAR_S_END))


def test_a_long_name_and_three_laws_still_make_one_sheet(fonts: FontSet) -> None:
    long = {
        "applicant_name": "示例区虚构样例文化传媒广告有限责任公司",
        "matter_name": "设置大型户外广告及在城市建筑物、设施上悬挂、张贴各类宣传品审批事项",
        "legal_basis": "国务院令第412号附件第101项；城市建筑垃圾管理规定第7条；城市市容和环境卫生管理条例第4条、第11条",
    }
    assert made("受理通知书.docx", {**fields_of(MATTERS[0], YEAR_S_END), **long}, fonts).pages == 1


def test_a_notice_that_runs_over_takes_text_along_with_the_seal(fonts: FontSet, tmp_path: Path) -> None:
    laws = "；".join(matter.basis for matter in MATTERS[:12])
    notice = made("受理通知书.docx", {**fields_of(MATTERS[0], ORDINARY), "legal_basis": laws}, fonts)
    assert notice.pages == 2
    first, second = shown(notice.pdf, tmp_path).split("—1—")
    assert "二、不计入期限的时间" not in first
    assert second.startswith("二、不计入期限的时间")
    assert "特此通知。" in second


@pytest.mark.parametrize("name", RARE_NAMES)
def test_the_receipt_of_a_rare_name_reads_as_written(name: str, fonts: FontSet, tmp_path: Path) -> None:
    matter = next(matter for matter in MATTERS if matter.code == "XK05")
    fields = fields_of(matter, ORDINARY, number=RECEIPT, applicant=name)
    receipt = made("收件凭证.docx", fields, fonts)
    rows = "".join(
        f"{place}{rule.name}{rule.originals}{rule.copies}收存" for place, rule in enumerate(matter.materials, start=1)
    )
    assert shown(receipt.pdf, tmp_path) == solid(
        f"""行政许可申请材料接收凭证{RECEIPT}
        申请人{name}证件号码999999********0024代理人无接收方式窗口申请事项{matter.name}
        接收时间2026年11月23日9时42分接收材料清单序号材料名称原件复印件页数处理{rows}
        以上材料已经收到。本凭证只证明接收材料，不表示申请已经受理。
        依照《中华人民共和国行政许可法》第三十二条，本机关于2026年11月30日前告知是否受理或者一次性告知需要补正的
        全部内容；逾期不告知的，自收到申请材料之日起即为受理。
        查询码：{RECEIPT}取号机查进度：编号和证件号后四位接收人：王示例申请人（代理人）签字：服务大厅：{HALL.name}地址：{HALL.address}
        咨询电话：{HALL.phone}投诉电话：{HALL.complaint_phone}
        {HALL.name}（行政许可专用章）2026年11月23日第1页，共1页"""
    )


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("complete", "经审查，申请材料齐全、符合法定形式。根据《中华人民共和国行政许可法》第三十二条第一款第五项"),
        ("lacking", "其余材料你（单位）已承诺限期补齐。"),
        ("informed", "你（单位）已对符合许可条件作出书面承诺。"),
        ("deemed", "第三十二条第一款第四项，该申请自收到申请材料之日（2026年11月23日）起即为受理。"),
    ],
)
def test_the_notice_says_how_the_application_was_accepted(
    how: AcceptedHow, said: str, fonts: FontSet, tmp_path: Path
) -> None:
    fields = {**fields_of(MATTERS[0], ORDINARY), **{name: str(text) for name, text in how_fields(how).items()}}
    text = shown(made("受理通知书.docx", fields, fonts).pdf, tmp_path)
    assert solid(said) in text
    assert ("申请材料齐全" in text) == (how == "complete")


@pytest.mark.parametrize("name", RARE_NAMES)
def test_the_correction_notice_of_a_rare_name_reads_as_written(name: str, fonts: FontSet, tmp_path: Path) -> None:
    number = "示城管许补〔2026〕7号"
    row: Row = {"position": 1, "name": "设计图", "defect": "缺少盖章。", "requirement": "盖章后重交。"}
    told = dict.fromkeys(("submit_by", "consequence", "in_review", "promised_pauses"), "")
    fields: Fields = {**fields_of(MATTERS[0], ORDINARY, number=number, applicant=name), **told, "materials": (row,)}
    notice = made("补正告知书.docx", fields, fonts)
    assert notice.pages == 1
    assert shown(notice.pdf, tmp_path) == solid(
        f"""行政许可申请材料补正告知书{number}{name}：
        你（单位）于2026年11月23日提交的“{MATTERS[0].name}”申请（收件凭证{RECEIPT}），经审查，申请材料不齐全或者
        不符合法定形式。根据《中华人民共和国行政许可法》第三十二条第一款第四项，现一次性告知需要补正的全部内容：
        序号材料名称存在的问题补正要求1设计图缺少盖章。盖章后重交。
        请将补正材料提交至{HALL.name}（{HALL.address}），或者通过原申请渠道提交。除上述内容外，不再要求补正其他材料。
        材料补正齐全、符合法定形式后依法受理；办理期限自受理之日起计算，目前尚未开始。特此告知。{closing(fields)}
        经办人：王示例咨询电话：{HALL.phone}监督投诉电话：{HALL.complaint_phone}
        申请人（代理人）签收：年月日（一式两份，申请人、存档各一份）—1—"""
    )


def test_a_long_receipt_takes_text_along_with_the_signatures(fonts: FontSet, tmp_path: Path) -> None:
    matter = next(matter for matter in MATTERS if matter.code == "XK05")
    fields = fields_of(matter, ORDINARY, number=RECEIPT)
    rows: tuple[Row, ...] = tuple(
        {"position": n, "name": f"示例材料{n}", "originals": 1, "copies": 0, "pages": "", "disposal": "收存"}
        for n in range(1, 14)
    )
    receipt = made("收件凭证.docx", {**fields, "materials": rows}, fonts)
    assert receipt.pages == 2
    assert shown(receipt.pdf, tmp_path).split("第1页,共2页")[1].startswith("依照《中华人民共和国行政许可法》")


def test_a_name_no_font_has_is_printed_with_a_mark_and_the_clerk_is_told_every_time(
    front: Front,
    store: Store,
    make_application: Callable[..., Application],
    make_card: Callable[..., Card],
    tmp_path: Path,
) -> None:
    accepted = front.intake.accept(make_application("XK05", card=make_card(name=f"王{UNKNOWN}")))
    job = spool.claim(store, printer="page")
    assert job is not None
    settings = Settings(home=front.home, page_printer=PagePrinterSettings(folder=str(tmp_path / "printed")))
    for _ in range(2):  # made at the first time, kept at the second
        result = page_ways(store, settings).print_job(job)
        assert result.outcome == "printed"
        assert "U+3134F" in result.error
    (sheet,) = (tmp_path / "printed").glob("*.pdf")
    assert "王〓" in shown(sheet.read_bytes(), tmp_path)
    kept = documents.produced(store, front.actor, document_id=accepted.acceptance_document)
    assert kept.missing == (UNKNOWN,)


def test_a_name_every_font_has_is_printed_without_a_word(
    front: Front, store: Store, make_application: Callable[..., Application]
) -> None:
    front.intake.accept(make_application("XK05"))
    job = spool.claim(store, printer="page")
    assert job is not None
    assert page_ways(store, Settings(home=front.home)).print_job(job).error == ""
