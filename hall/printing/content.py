"""What one document says: the frozen values that fill a template's fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

FieldValue = str | int | bool | None | tuple[Mapping[str, "str | int | bool | None"], ...]
"""Text, number, yes or no, nothing, or the rows of a table."""


@dataclass(frozen=True, slots=True)
class PictureContent:
    """A picture for a template's field: PNG file content and the width it is printed at."""

    png: bytes = field(repr=False)
    width_mm: float


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """Everything a document is made from besides its template; the same content gives the same bytes.

    `made_at` is timezone-aware. `fields` may hold personal data and stays out of the representation.
    """

    title: str
    author: str
    made_at: datetime
    fields: Mapping[str, FieldValue] = field(repr=False)
    pictures: Mapping[str, PictureContent] = field(default_factory=dict, repr=False)
