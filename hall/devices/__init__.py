"""Serial readers, display, voice: pure frame parsers and a thin loop."""
