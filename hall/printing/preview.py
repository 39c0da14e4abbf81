"""Pages of a PDF as pictures for the screen."""

import io

_POINTS_PER_INCH = 72


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2  # with the first preview: no start waits for it

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_png(pdf: bytes, page: int, *, dots_per_inch: float = 96) -> bytes:
    """One page (counted from 0) as a PNG file."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page].render(scale=dots_per_inch / _POINTS_PER_INCH)
        target = io.BytesIO()
        bitmap.to_pil().save(target, format="PNG")
        return target.getvalue()
    finally:
        document.close()
