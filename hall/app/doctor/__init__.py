"""Looks at every prerequisite and device of a station and says what to do; changes nothing."""
