"""What is wrong with a number as it was typed, for the line under its field; empty if nothing is."""

from datetime import date

from hall.rules.identity import BadNumber, BadPhone, parse_credit_code, parse_id_number, parse_phone


def id_number_fault(text: str, *, today: date | None = None) -> str:
    """Of the number of a card; with `today`, a birth after it is wrong too."""
    try:
        parse_id_number(text, today=today)
    except BadNumber as error:
        return error.sentence
    return ""


def credit_code_fault(text: str) -> str:
    """Of the code of an organisation (统一社会信用代码)."""
    try:
        parse_credit_code(text)
    except BadNumber as error:
        return error.sentence
    return ""


def phone_fault(text: str) -> str:
    """Of a telephone number."""
    try:
        parse_phone(text)
    except BadPhone as error:
        return error.sentence
    return ""
