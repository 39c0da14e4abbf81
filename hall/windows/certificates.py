"""证件: every certificate with its validity, what is due for renewal, and the end of a licence by decision."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from hall.rules.authority import may
from hall.rules.certificates import Renewal
from hall.services.case_reading import DocumentView
from hall.services.certificate_reading import MOST, CertificateView, Shown
from hall.windows.certificates_panels import EndingPanel, RenewalPanel, validity_words
from hall.windows.deed_list import Asked, DeedListPage, ListOf, RowDeed
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools, WindowPage
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.phrases import person_words
from hall.words import CERTIFICATE_STATES, LICENCE_ENDINGS

# Where an approver may end a licence, by its state (the limbs of `certificates.toml` decide which).
_ENDS = {
    "valid": ("recall", "revoke", "cancel"),
    "expired": ("revoke", "cancel"),
    "recalled": ("cancel",),
    "revoked": ("cancel",),
}
_SOON, _NEAR = 60, 30


class CertificatesPage(DeedListPage[CertificateView]):
    """Those of one filter, the first to expire on top; approvers end licences here, everybody else looks them up."""

    def __init__(self, tools: PageTools, title: str, shown: Shown) -> None:
        self._shown: Shown = shown
        super().__init__(tools, title, LISTED)
        self.renewal = RenewalPanel()
        self.renewal.submitted.connect(self._copy_number)

    def read(self, asked: Asked) -> tuple[CertificateView, ...]:
        """Those with the words or of the person looked for."""
        return self._tools.front.certificates.listed(self._shown, asked.text)

    def acts(self, row: CertificateView) -> Sequence[str]:
        """To look at it, to renew what ends, to end it."""
        looks = ("look",) if row.document_id is not None else ()
        renews = ("renew",) if row.state == "valid" and row.valid_to else ()
        return (*looks, *renews, *_ENDS.get(row.state, ()))

    def document_of(self, row: CertificateView) -> DocumentView | None:
        """The certificate itself."""
        if row.document_id is None:
            return None
        return DocumentView(row.document_id, "certificate", row.number, row.valid_from)

    def counts(self, row: CertificateView) -> bool:
        """The number on the tab is that of its rows."""
        return True

    @property
    def keys(self) -> str:
        """Also of whoever may print certificates again, of several at once."""
        may_reprint = may(self._tools.front.actor, "document.reprint_certificate")
        return f"{super().keys}　Ctrl+R 补打" if may_reprint else super().keys

    def come_from(self, left: WindowPage) -> None:
        """What is looked for stays when the filter is another."""
        if isinstance(left, CertificatesPage):
            self.look_for(left.asked.text)

    def open_row(self, name: str, row: CertificateView) -> None:
        """The paper, or what asking for renewal means today."""
        if name == "look":
            self.paper.emit(self.document_of(row))
        else:
            read = partial(self._tools.front.certificates.renewal, row.certificate_id)
            self._tools.work.read(read, partial(self._show_renewal, row), words="正在核对有效期…")

    def _show_renewal(self, row: CertificateView, renewal: Renewal) -> None:
        self.renewal.tell(row, renewal)
        self.side.open(self.renewal)

    @Slot()
    def _copy_number(self) -> None:
        number = self.renewal.number
        QGuiApplication.clipboard().setText(number)
        self.side.close_panel(self.renewal)
        self.done.emit(f"证件编号 {number} 已复制，请到窗口受理延续申请。")


def left_words(row: CertificateView) -> str:
    """还有 45 天, 今天到期, 长期, or how it ended."""
    if row.state != "valid":
        return CERTIFICATE_STATES[row.state]
    if row.days_left is None:
        return "长期"
    return "今天到期" if row.days_left == 0 else f"还有 {row.days_left} 天" if row.days_left > 0 else "已过期"


def facts_of(row: CertificateView) -> tuple[str, Facts]:
    """What there is to know."""
    reminder = f"已提醒（到期前 {row.reminder} 天）" if row.reminder is not None else ""
    ended = (
        f"{CERTIFICATE_STATES[row.state]}（自 {row.state_on}）" if row.state != "valid" else CERTIFICATE_STATES["valid"]
    )
    asks = str(row.ask_by) if row.ask_by and row.state == "valid" else ""
    return f"{row.name} {row.number}", (
        ("状态", ended),
        ("原因", row.state_reason),
        ("持证人", person_words(row.holder)),
        ("事项", row.matter_name),
        ("范围", row.scope),
        ("条件", row.conditions),
        ("有效期", validity_words(row)),
        ("最迟申请延续", asks),
        ("提醒", reminder),
        ("延续办件", row.renewal_case),
        ("发证办件", row.case_number),
    )


def _light(row: CertificateView) -> str:
    if row.state != "valid":
        return "paused"
    if row.days_left is None or row.days_left > _SOON:
        return "normal"
    return "warning" if row.days_left > _NEAR else "today"


def _last_words(row: CertificateView) -> str:
    return str(row.valid_to) if row.valid_to else "长期"


def _last_day(row: CertificateView) -> date:
    return row.valid_to or date.max


LISTED = ListOf[CertificateView](
    columns=(
        Column("到期", left_words, width=124, order=_last_day, light=_light),
        Column("证件编号", lambda row: row.number, width=208),
        Column("持证人", lambda row: row.holder.name_masked, width=84),
        Column("证件", lambda row: row.name),
        Column("有效期至", _last_words, width=104, order=_last_day),
    ),
    key=lambda row: row.certificate_id,
    facts=facts_of,
    empty="没有证件。准予许可并制证以后，这里列出证件和有效期；可以换页或改查找条件。",
    nothing="没有选中的证件",
    shares=(5, 4),
    deeds=(  # Enter does the first of them: to look is never wrong
        RowDeed("look", "看证件", "certificate.read"),
        RowDeed("renew", "延续", "certificate.read"),
        RowDeed("recall", LICENCE_ENDINGS["recall"], "certificate.end", partial(EndingPanel, how="recall")),
        RowDeed("revoke", LICENCE_ENDINGS["revoke"], "certificate.end", partial(EndingPanel, how="revoke")),
        RowDeed("cancel", LICENCE_ENDINGS["cancel"], "certificate.end", partial(EndingPanel, how="cancel")),
    ),
    search="证件编号、持证人、身份证号或信用代码",
    many=True,
    most=MOST,
)

PAGES = PagesOf(
    "证件",
    (
        PageOf("有效", "certificate.read", partial(CertificatesPage, title="有效的证件", shown="valid")),
        PageOf("将到期", "certificate.read", partial(CertificatesPage, title="将到期的证件", shown="due")),
        PageOf("已失效", "certificate.read", partial(CertificatesPage, title="已失效的证件", shown="ended")),
        PageOf("全部", "certificate.read", partial(CertificatesPage, title="全部证件", shown="all")),
    ),
    frozenset({"certificate"}),
)
