"""A bank that reports payments: files as it writes them, and the lines they become."""

from sqlalchemy import select

from hall.services import payments
from hall.services.payments import PaymentsImported
from hall.store.schema.payments import PaymentLine
from tests.services.penalties.office import Office

HEADING = "流水号,缴款识别码,决定书文号,金额,缴款日期\n"


def paid(reference: str, yuan: str, *, code: str = "", number: str = "", on: str = "2026-11-20") -> str:
    """One line of a file."""
    return f"{reference},{code},{number},{yuan},{on}\n"


def file_of(*rows: str, total: str) -> bytes:
    """A file of these lines whose closing line tells `total` yuan."""
    return f"{HEADING}{''.join(rows)}合计,,{len(rows)},{total},\n".encode()


def report(office: Office, *rows: str, total: str, login: str = "cashier") -> PaymentsImported:
    """Have a cashier import such a file."""
    content = file_of(*rows, total=total)
    return payments.import_payments(office.store, office.actor(login), content=content, home=office.home)


def lines_of(office: Office) -> list[PaymentLine]:
    """Every line as it is stored, in the order in which it was."""
    with office.store.read() as session:
        return list(session.scalars(select(PaymentLine).order_by(PaymentLine.id)))
