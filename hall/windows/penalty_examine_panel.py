"""审查减免: officers go from limb to limb, find its elements one by one, and write their opinion."""

from functools import partial

from PySide6.QtCore import Slot

from hall.rules.leniency import Eligibility, Finding, LimbState
from hall.rules.leniency_limbs import LIMBS
from hall.services.leniency import Examination
from hall.services.leniency_looking import LeniencyLook
from hall.services.penalty_file import PenaltyFile
from hall.windows.kit import tokens
from hall.windows.kit.forms import Form
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_element_blocks import ElementBlocks
from hall.windows.penalty_tools import PenaltyForm
from hall.words import FINDINGS, PENALTY_RESULTS

_OPINION_LINES = 5


class ExaminePanel(PenaltyForm):
    """The limbs that were ticked come first; what was found of one stays while another is looked at."""

    first = "limb"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "examine", main="登记审查")
        self.told = self.say("")
        self.choosing = Form()
        self._limb = self.choosing.add_choice("limb", "情形", {})
        self._limb.currentIndexChanged.connect(self._limb_changed)
        self.choosing.submitted.connect(self._into_elements)
        self.add(self.choosing)
        self.listed = self.say("")
        self.elements = ElementBlocks()
        self.elements.done.connect(self._to_opinion)
        self.add(self.elements)
        opinion = self.form.add_note(
            "opinion", "审查意见", required=True, hint="事实、证据、是否符合；两名执法人员一致意见"
        )
        opinion.setFixedHeight(_OPINION_LINES * opinion.fontMetrics().lineSpacing() + tokens.BASE)
        self.add(self.form)
        self._look: LeniencyLook | None = None
        self._findings: dict[str, Finding] = {}

    def show_case(self, file: PenaltyFile) -> None:
        """What the records and a former examination say."""
        self._case_id, self._look = file.case_id, None
        self.form.clear()
        self.told.setText("正在查记录…")
        self.listed.hide()
        self.choosing.set_choices("limb", {})
        self.elements.show_elements((), {})
        read = partial(self._tools.front.leniency.look, file.case_id)
        self._tools.work.read(read, partial(self._show_look, file.case_id), words="正在查减免的记录…")

    def begin(self) -> None:
        """At the limb."""
        self.choosing.focus("limb")

    def ready(self) -> bool:
        """What was found has its evidence."""
        return self._look is not None and self.elements.ready()

    def deed(self) -> Deed:
        """Everything that was found, on every limb that was looked at."""
        examination = Examination(
            findings={**self._findings, **self.elements.found()}, opinion=self.form.text("opinion")
        )
        return partial(_examine, self._tools, self._case_id, examination)

    def _show_look(self, case_id: int, look: LeniencyLook) -> None:
        if case_id != self._case_id:
            return
        self._look = look
        settled = {each.element.code for limb in look.eligibility.limbs for each in limb.elements if each.settled}
        self._findings = {code: each for code, each in look.findings.items() if code not in settled}
        self.told.setText(told_words(look))
        claimed = look.request.limbs if look.request else ()
        order = sorted(look.eligibility.limbs, key=lambda limb: limb.rule.code not in claimed)
        self.choosing.set_choices(
            "limb", {limb.rule.code: _limb_words(limb, claimed=limb.rule.code in claimed) for limb in order}
        )
        self.form.set_text("opinion", look.request.opinion if look.request else "")
        self._limb.setCurrentIndex(0)
        self._limb_changed()

    @Slot()
    def _limb_changed(self) -> None:
        """Keep what was found, and show the elements of another limb."""
        self._findings.update(self.elements.found())
        code = self.choosing.text("limb")
        if self._look is None or not code:
            return
        limb = next(each for each in self._look.eligibility.limbs if each.rule.code == code)
        must = "应当" if limb.rule.binding == "shall" else "可以"
        leads = "、".join(PENALTY_RESULTS[each] for each in limb.rule.results) or "适用较轻的规定"
        lists = "".join(f"\n清单：{each}" for each in limb.listed)
        self.listed.setText(
            f"{limb.rule.words}（行政处罚法{limb.rule.article}）：以下全部具备的，{must}{leads}。{lists}"
        )
        self.listed.show()
        self.elements.show_elements(limb.elements, self._findings)

    @Slot()
    def _into_elements(self) -> None:
        if not self.elements.focus():
            self._to_opinion()

    @Slot()
    def _to_opinion(self) -> None:
        self.form.focus("opinion")


def told_words(look: LeniencyLook) -> str:
    """Whether somebody asked, and what the search found."""
    request = look.request
    if request is not None and request.asked:
        limbs = "、".join(LIMBS[each].words for each in request.limbs)
        asked = f"{request.number} 申请{PENALTY_RESULTS[request.wanted]}：{limbs}。\n当事人称：{request.facts}"
    else:
        asked = "当事人没有申请；法定应当从宽的，由执法人员依职权审查（行政处罚法第三十条至第三十三条）。"
    return f"{asked}\n{search_words(look)}"


def search_words(look: LeniencyLook) -> str:
    """The search for earlier breaches, case by case."""
    search = look.search
    scope = "同一种违法" if search.scope == "same" else "各种违法"
    if search.earlier is None:
        head = "初次违法：没有证件号码可查，请凭证件核对。"
    elif search.earlier:
        head = f"初次违法：{search.since} 以来查到{scope} {search.earlier} 次。"
    else:
        head = f"初次违法：{search.since} 以来没有查到{scope}。"
    rows = (
        f"{'计' if each.counts else '不计'}　{each.other.decision or each.other.number}　{each.why}"
        for each in search.found
    )
    return "\n".join((head, *rows))


def _limb_words(limb: LimbState, *, claimed: bool) -> str:
    return f"{'●' if claimed else ''}{limb.rule.words}（{FINDINGS[limb.status]}）"


def _examine(tools: PageTools, case_id: int, examination: Examination) -> str:
    return found_words(tools.front.leniency.examine(case_id, examination))


def found_words(found: Eligibility) -> str:
    """What an examination came to, and what follows."""
    satisfied = [f"“{each.rule.words}”" for each in found.limbs if each.status == "satisfied" and each.rule.results]
    if not satisfied:
        return "审查已登记：没有具备全部条件的情形。当事人申请的，由批准人书面答复。"
    return f"审查已登记：符合{'、'.join(satisfied)}。接着拟定处罚意见。"
