"""Payment codes (缴款识别码): taken over as the treasury's platform gave them, never made or check-summed here."""

import re

from hall.errors import Refused

# Opaque: DA/T 95-2022 annex B knows it as a field; nobody has published a structure or a check digit.
_PAY_CODE = re.compile(r"[0-9A-Z]{20}")
_TYPED = str.maketrans("０１２３４５６７８９", "0123456789", " -\u3000")


class BadPayCode(Refused):
    """What was entered cannot be a code of the platform."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text[:24]}”不是缴款识别码：应是财政非税平台给出的20位数字和大写字母，请照平台生成的缴款单录入，不能自编。"
        )


def is_pay_code(text: str) -> bool:
    """Whether the platform can have given it, just as it is written."""
    return _PAY_CODE.fullmatch(text) is not None


def pay_code(text: str) -> str:
    """The code as people type it (blanks between groups, small letters, full-width digits); raises BadPayCode."""
    code = text.translate(_TYPED).upper()
    if not is_pay_code(code):
        raise BadPayCode(text)
    return code
