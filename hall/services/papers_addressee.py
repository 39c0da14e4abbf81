"""Whom a paper outside permits is about: the block of fields on a person or an organisation."""

from dataclasses import dataclass, field
from typing import Literal

from hall.rules.identity import mask_id_number, mask_name
from hall.services.papers_common import Fields, hall_block
from hall.store.schema.halls import Hall

TICKED, UNTICKED = "■", "□"


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person (ID number) or an organisation (credit code, with who represents it)."""

    kind: Literal["person", "organisation"]
    name: str = field(repr=False)
    number: str = field(repr=False)
    representative: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    agent_name: str = field(default="", repr=False)

    @property
    def public_name(self) -> str:
        """A person's name masked; an organisation's as it is."""
        return mask_name(self.name) if self.kind == "person" else self.name

    @property
    def identity(self) -> str:
        """Kind and number of the document: a person's is masked, a credit code is public."""
        if self.kind == "person":
            return f"居民身份证{mask_id_number(self.number)}"
        return f"统一社会信用代码{self.number}"


def addressee_block(hall: Hall, addressee: Addressee, *, clerk_name: str) -> Fields:
    """The fields that papers on penalties, complaints and relief share; a number is nowhere told in full."""
    return {
        **hall_block(hall, clerk_name=clerk_name),
        "addressee_name": addressee.name,
        "addressee_identity": addressee.identity,
        "addressee_representative": addressee.representative,
        "addressee_address": addressee.address,
        "addressee_phone": addressee.phone,
        "addressee_agent": addressee.agent_name or "无",
    }


def tick(*, ticked: bool) -> str:
    """The box of a choice on a form."""
    return TICKED if ticked else UNTICKED
