"""Payment codes: taken over as they came, however they were typed, never made."""

import pytest

from hall.rules.pay_codes import BadPayCode, is_pay_code, pay_code

CODE = "61000026A0000000123X"


@pytest.mark.parametrize(
    "typed", [CODE, " 61000026 A000 0000 123x", "6100-0026-A000-0000-123X", "６１０００026A0000000123X"]
)
def test_a_code_is_kept_as_the_platform_writes_it(typed: str) -> None:
    assert pay_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "4", "61000026A000000012_X", "6.1E+19"])
def test_what_the_platform_cannot_have_given_is_refused_with_what_to_do(typed: str) -> None:
    with pytest.raises(BadPayCode, match="照平台生成的缴款单录入，不能自编"):
        pay_code(typed)


def test_a_code_has_no_check_digit_that_anybody_could_count() -> None:
    assert is_pay_code("0" * 20)
    assert is_pay_code("A" * 20)
    assert not is_pay_code(CODE.lower())
