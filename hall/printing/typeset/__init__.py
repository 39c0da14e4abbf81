"""Typesets a filled Word document as PDF: read it, break its lines, lay out its pages, draw them."""
