"""The list of certificates: what expires first on top, what is due in words and lights, the facts of each."""

from collections.abc import Sequence
from datetime import date

from hall.services.certificate_reading import CertificateView
from hall.windows.certificates_panels import validity_words
from hall.windows.kit import hotkeys
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.tables import Column, Table
from hall.windows.phrases import person_words
from hall.words import CERTIFICATE_STATES

# Enter does the first of them: to look is never wrong.
DEEDS = (
    (hotkeys.PREVIEW, "preview"),
    (hotkeys.RENEW, "renew"),
    (hotkeys.RECALL_LICENCE, "recall"),
    (hotkeys.REVOKE_LICENCE, "revoke"),
    (hotkeys.CANCEL_LICENCE, "cancel"),
    (hotkeys.REPRINT, "reprint"),
)
# Where an approver may end a licence, by its state (the limbs of `certificates.toml` decide which).
_ENDS = {
    "valid": ("recall", "revoke", "cancel"),
    "expired": ("revoke", "cancel"),
    "recalled": ("cancel",),
    "revoked": ("cancel",),
}
_SOON, _NEAR = 60, 30


def certificates_page(*, may_end: bool, may_reprint: bool) -> ListPage[CertificateView]:
    """证件, the first to expire on top."""

    def allowed(row: CertificateView) -> Sequence[str]:
        renews = ("renew",) if row.state == "valid" and row.valid_to else ()
        ends = _ENDS.get(row.state, ()) if may_end else ()
        papers = ("preview", *(("reprint",) if may_reprint else ())) if row.document_id else ()
        return (*renews, *ends, *papers)

    page = ListPage[CertificateView](
        Table[CertificateView](
            [
                Column("到期", left_words, width=124, order=_last_day, light=_light),
                Column("证件编号", lambda row: row.number, width=208),
                Column("持证人", lambda row: row.holder.name_masked, width=84),
                Column("证件", lambda row: row.name),
                Column("有效期至", _last_words, width=104, order=_last_day),
            ],
            lambda row: row.certificate_id,
            many=True,
            empty="没有证件。准予许可并制证以后，这里列出证件和有效期；可以换页或改查找条件。",
        ),
        deeds=DEEDS,
        facts=facts_of,
        allowed=allowed,
        nothing="没有选中的证件",
    )
    page.setAccessibleName("证件")
    return page


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
