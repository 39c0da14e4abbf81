"""Paragraphs that stand in one frame: neighbours with the same rules have them around all of them."""

from collections.abc import Iterable
from dataclasses import replace

from hall.printing.typeset.model import Block, Paragraph


def joined_paragraphs(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The same where there are no tables."""
    return tuple(block for block in joined(paragraphs) if isinstance(block, Paragraph))


def joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with the rules between such neighbours taken away, as Word does it."""
    done: list[Block] = []
    above: Paragraph | None = None
    for block in blocks:
        here = block if isinstance(block, Paragraph) else None
        if above is not None and here is not None and _in_one_frame(above, here):
            last = done[-1]
            if isinstance(last, Paragraph):
                done[-1] = replace(last, style=replace(last.style, bottom_border=None))
            done.append(replace(here, style=replace(here.style, top_border=None)))
        else:
            done.append(block)
        above = here
    return done


def _in_one_frame(above: Paragraph, below: Paragraph) -> bool:
    one, other = above.style, below.style
    if one.top_border is None and one.bottom_border is None:
        return False
    return (one.top_border, one.bottom_border, one.left, one.right) == (
        other.top_border,
        other.bottom_border,
        other.left,
        other.right,
    )
