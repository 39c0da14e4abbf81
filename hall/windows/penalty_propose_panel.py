"""拟定处罚意见: result, limb, tier and amount; the reasons come written from the facts, and a person finishes them."""

from functools import partial
from typing import cast

from PySide6.QtCore import Slot

from hall.errors import HallError
from hall.rules.leniency_limbs import LIMBS, Limb, Result
from hall.services.case_paper import chinese_date
from hall.services.penalty_choices import ProposalChoices
from hall.services.penalty_file import PenaltyFile
from hall.services.penalty_proposals import NewProposal
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_gaps import add_drafted, choose_gap
from hall.windows.penalty_tier_fields import TierFields
from hall.windows.penalty_tools import PenaltyForm
from hall.words import PENALTY_RESULTS

_REASON_LINES = 9
_LEFT_OPEN = "—"


class ProposePanel(PenaltyForm):
    """The draft of the reasons follows what is chosen for as long as nobody has written into it."""

    first = "result"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "propose", main="拟定")
        self.told = self.say("")
        result = self.form.add_choice("result", "结果", PENALTY_RESULTS)
        self._limb = self.form.add_choice("limb", "法定情形", {})
        self.tiers = TierFields(tools, self.form, result=self._result)
        self.form.add_note("below_how", "计算方法", required=True, hint="怎样低于法定最低数额，为什么")
        self.form.add_note("facts", "查明的事实", required=True)
        self.form.add_note("evidence", "证据", required=True, hint="名称和份数")
        self.form.add_tick("grave", "另有吊销、停业等处罚")
        self._reasons = add_drafted(self.form, "reasons", "理由", lines=_REASON_LINES)
        self.add(self.tiers.span)
        self.add(self.form)
        result.currentIndexChanged.connect(self._result_changed)
        self._limb.currentIndexChanged.connect(self._redraft)
        self.tiers.on_changed(self._redraft)
        self._draft, self._asked = "", 0
        self._leniency_id: int | None = None

    def show_case(self, file: PenaltyFile) -> None:
        """The tiers that govern; what an examined request leads to comes filled in."""
        self._case_id, self._draft = 0, ""
        self.form.clear()
        where = f"在{file.place}" if file.place else ""
        self.form.set_text("facts", f"{chinese_date(file.acted_on)}，当事人{where}{file.act}")
        self._show_request(file)
        self._case_id = file.case_id
        self.told.setText("正在查裁量基准…")
        read = partial(self._tools.front.penalty_decisions.choices, file.case_id)
        show = partial(self._show_choices, file.case_id)
        self._tools.work.read(read, show, words="正在查裁量基准…", on_failed=self._refuse)

    def ready(self) -> bool:
        """A fine or a warning, unless nothing is imposed."""
        if self._result() == "none" or self.tiers.fine_fen or self.tiers.other:
            return True
        self.form.refuse("fine", "请填写罚款，或者勾选警告。")
        return False

    def deed(self) -> Deed:
        """The proposal as it stands."""
        return partial(_propose, self._tools, self._case_id, self._new())

    def _new(self) -> NewProposal:
        text, result = self.form.text, self._result()
        spared = result == "none"
        limb = text("limb") if result != "ordinary" else ""
        return NewProposal(
            result=result,
            fine_fen=0 if spared else self.tiers.fine_fen,
            facts=text("facts"),
            evidence=text("evidence"),
            reasons=text("reasons"),
            limb=cast(Limb, limb) if limb else None,
            tier_id=None if spared else self.tiers.chosen.tier_id,
            quantity="" if spared else self.tiers.chosen.quantity,
            other="" if spared else self.tiers.other,
            below_how=text("below_how") if result == "reduced" else "",
            grave_besides=self.form.ticked("grave") and not spared,
            leniency_id=self._leniency_id,
        )

    def _result(self) -> Result:
        return cast(Result, self.form.text("result"))

    def _show_request(self, file: PenaltyFile) -> None:
        """An examination that found a limb proposes the result that the party asked for, else the first it leads to."""
        request = file.request
        self._leniency_id = request.request_id if request is not None else None
        if request is not None and request.limb:
            results = LIMBS[cast(Limb, request.limb)].results
            self.form.set_text("result", request.wanted if request.wanted in results else results[0])
        self._result_changed()
        if request is not None and request.limb:
            self.form.set_text("limb", request.limb)

    def _show_choices(self, case_id: int, choices: ProposalChoices) -> None:
        if case_id != self._case_id:
            return
        lock = "当事人已经陈述申辩，数额不得高于告知的数额。" if choices.locked_fen is not None else ""
        lines = (f"案由：{choices.violation}" if choices.violation else "", choices.why, choices.unusable, lock)
        self.told.setText("\n".join(filter(None, (*lines, *choices.alerts))))
        self.tiers.show(case_id, choices)

    def _refuse(self, failure: HallError) -> None:
        self.told.setText(failure.sentence)

    @Slot()
    def _result_changed(self) -> None:
        result = self._result()
        limbs: dict[str, str] = {code: rule.words for code, rule in LIMBS.items() if result in rule.results}
        self.form.set_choices("limb", limbs or {"": _LEFT_OPEN})
        self.form.show_field("limb", result != "ordinary")
        self.tiers.show_fields(result != "none")
        self.form.show_field("below_how", result == "reduced")
        self.form.show_field("grave", result != "none")
        self._redraft()

    @Slot()
    def _redraft(self) -> None:
        """Ask for the reasons anew unless somebody has written into them."""
        measured = self._result() == "none" or (self.tiers.ready and (self.tiers.fine_fen or self.tiers.other))
        if not self._case_id or not measured or self.form.text("reasons") != self._draft:
            return
        self._asked += 1
        read = partial(self._tools.front.penalty_decisions.draft_reasons, self._case_id, self._new())
        show = partial(self._show_draft, self._asked)
        self._tools.work.read(read, show, words="正在拟写理由…", on_failed=self._refuse)

    def _show_draft(self, asked: int, draft: str) -> None:
        if asked == self._asked and self.form.text("reasons") == self._draft:
            self._draft = draft
            self.form.set_text("reasons", draft)
            choose_gap(self._reasons)


def _propose(tools: PageTools, case_id: int, new: NewProposal) -> str:
    tools.front.penalty_decisions.propose(case_id, new)
    follows = "报批决定" if new.result == "none" else "告知当事人"
    return f"处罚意见已拟定：{PENALTY_RESULTS[new.result]}。接着{follows}。"
