"""What a printer prints to show what it can: a slip with every kind of character, a page with every typeface."""

from datetime import datetime

from hall.clock import hall_time
from hall.printing.fonts import FontRole, FontSet
from hall.printing.slip import Slip, SlipFeed, SlipPair, SlipProfile, SlipQr, SlipRule, SlipText

CHARACTERS = (
    ("英文数字", "ABCXYZ abcxyz 0123456789 !#%&*+-=?@"),
    ("常用汉字", "业务大厅受理凭证，请妥善保管"),
    ("扩展汉字", "镕堃喆玥瑢旸"),
    ("生僻汉字", "㐂𬭚䶮"),
    ("标点符号", "，。、；：？！“”‘’（）《》〔〕—…·￥"),
)
MILLIMETRE = 72 / 25.4
A4 = 210 * MILLIMETRE, 297 * MILLIMETRE
EDGE = 10 * MILLIMETRE
"""From the paper's edge to the frame: what a printer cannot print is narrower."""
FACES = (
    (FontRole.SONG_BOLD, "小标宋"),
    (FontRole.FANG, "仿宋"),
    (FontRole.HEI, "黑体"),
    (FontRole.KAI, "楷体"),
    (FontRole.SONG, "宋体"),
)
QR = "HALL TEST 0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def trial_slip(profile: SlipProfile, *, address: str, now: datetime) -> Slip:
    """A slip on which a person sees width, characters, sizes, code and cut; `address` is the printer's."""
    ruler = "".join(str(column % 10) for column in range(1, profile.columns + 1))
    return Slip(
        "打印测试",
        (
            SlipText("打印测试", size=(2, 2), bold=True, align="centre"),
            SlipText(f"{hall_time(now):%Y-%m-%d %H:%M}", align="centre"),
            SlipRule(),
            SlipText(f"端口 {address}"),
            SlipPair(f"纸宽 {profile.width_mm} 毫米", f"字库 {profile.rom}"),
            SlipText(ruler),
            SlipRule(),
            *(SlipText(f"{name} {text}") for name, text in CHARACTERS),
            SlipRule(),
            SlipText("加粗", bold=True),
            SlipText("横向二倍", size=(2, 1)),
            SlipText("纵向二倍", size=(1, 2)),
            SlipText("靠右", align="right"),
            SlipQr(QR),
            SlipText("上面一行数字两端顶到纸边、字没有乱码、二维码能扫、纸已切断，就是正常。"),
            SlipFeed(1),
        ),
    )


def trial_page(*, printer: str, now: datetime) -> bytes:
    """A page (PDF, A4) with a frame 10 mm from its edges, every typeface and a scale of 100 mm."""
    from hall.printing.typeset.pdf import draw
    from hall.printing.typeset.placed import Layout, Page, PlacedLine, PlacedRule, PlacedRun

    fonts = FontSet.shipped()

    def line(text: str, height_mm: float, role: FontRole = FontRole.SONG, size: float = 12) -> PlacedLine:
        runs = fonts.split(text, role).runs
        placed = tuple(PlacedRun(run.text, run.face.path, size, "000000", heavy=False, spread=0) for run in runs)
        return PlacedLine(25 * MILLIMETRE, height_mm * MILLIMETRE, placed)

    lines = [
        line("打印测试", 35, FontRole.SONG_BOLD, 22),
        line(f"打印机 {printer}　{hall_time(now):%Y-%m-%d %H:%M}", 45),
        line("四周的框离纸边各 10 毫米，应完整、不斜；下面的横线应正好 100 毫米长。", 53),
    ]
    for number, (role, name) in enumerate(FACES):
        lines.append(line(f"{name}　城市管理行政执法 ABC 0123 （）〔2026〕", 72 + 10 * number, role, 16))
    lines += [line(f"{name}　{text}", 130 + 8 * number) for number, (name, text) in enumerate(CHARACTERS)]
    rules = [PlacedRule(*ends, 0.8) for ends in _frame()]
    scale = PlacedRule(25 * MILLIMETRE, 60 * MILLIMETRE, 125 * MILLIMETRE, 60 * MILLIMETRE, 1.2)
    layout = Layout((Page(*A4, (*lines, *rules, scale)),), ())
    return draw(layout, title="打印测试", author=printer, made_at=now)


def _frame() -> tuple[tuple[float, float, float, float], ...]:
    width, height = A4
    left, top, right, bottom = EDGE, EDGE, width - EDGE, height - EDGE
    return (
        (left, top, right, top),
        (right, top, right, bottom),
        (right, bottom, left, bottom),
        (left, bottom, left, top),
    )
