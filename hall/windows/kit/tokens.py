"""The look in figures: spacing, colours, type sizes and lights. Every screen takes them from here."""

from dataclasses import dataclass

from hall import words

# Spacing in pixels.
HAIR, TIGHT, SNUG, BASE, WIDE, BROAD = 4, 8, 12, 16, 24, 32
CORNER = 6

# Smallest targets in pixels: a clerk's mouse; a walk-in's finger (20 mm at 96 dpi).
CLERK_TARGET = 34
TOUCH_TARGET = 76
# The round letter on a tile, and half of it.
BADGE, BADGE_CORNER = 64, 32

# Type sizes in points.
SMALL, BODY, LEAD, HEADING, TITLE = 9.5, 10.5, 12.0, 15.0, 20.0
PUBLIC_BODY, PUBLIC_LARGE, PUBLIC_TITLE = 20.0, 28.0, 36.0

# Colours.
PRIMARY = "#1F4E8C"
PRIMARY_DARK = "#173B6B"
PRIMARY_SOFT = "#E6EDF6"
ON_PRIMARY = "#FFFFFF"
TEXT = "#1B1F24"
SURFACE = "#FFFFFF"
GROUND = "#F4F6F9"
LINE = "#D5DAE1"
EDGE = "#8A94A0"
MUTED = "#5B6570"
DISABLED = "#6F7882"
DISABLED_GROUND = "#E9ECF0"
DANGER = "#C62828"
DANGER_SOFT = "#FDECEC"
WARNING_SOFT = "#FFF4D6"
WARNING_EDGE = "#F9A825"
PUBLIC_DANGER = "#9B1C1C"
PUBLIC_SUCCESS = "#1B5E20"
PRIMARY_DEEP = "#0F2848"
FLASH = "#FFD54F"
SUCCESS = "#2E7D32"
SUCCESS_SOFT = "#E9F4EA"

# A kind of priority on chips and badges; white on each is readable from afar, and its word stands with it.
KIND_APPOINTMENT, KIND_ELDER, KIND_SOLDIER = "#00565E", "#7A3E00", "#2F5A1E"
KIND_DISABLED, KIND_PREGNANT, KIND_HONOURED = "#4B2E83", "#97165A", "#8E1B1B"
KINDS = {
    "appointment": KIND_APPOINTMENT,
    "elder": KIND_ELDER,
    "soldier": KIND_SOLDIER,
    "disabled": KIND_DISABLED,
    "pregnant": KIND_PREGNANT,
    "honoured": KIND_HONOURED,
}


@dataclass(frozen=True, slots=True)
class LightLook:
    """A light never speaks by colour alone: it also has a word and a shape."""

    colour: str
    word: str
    shape: str


# The clock lights of a case; shapes are drawn, see lights.py.
_CASE_SHAPES = {
    "normal": ("#2E7D32", "disc"),
    "warning": ("#F9A825", "triangle"),
    "today": ("#EF6C00", "diamond"),
    "over_promised": ("#C62828", "square"),
    "over_statutory": ("#212121", "block"),
    "pending": ("#5B6570", "ring"),
    "paused": ("#546E7A", "bars"),
}
LIGHTS = {code: LightLook(colour, words.LIGHTS[code], shape) for code, (colour, shape) in _CASE_SHAPES.items()}

# The states of a device or connection.
_DEVICE_SHAPES = {
    "ok": ("#2E7D32", "disc"),
    "trouble": ("#EF6C00", "triangle"),
    "away": ("#C62828", "square"),
    "absent": ("#607D8B", "ring"),
}
DEVICE_LIGHTS = {
    state: LightLook(colour, words.DEVICE_STATES[state], shape) for state, (colour, shape) in _DEVICE_SHAPES.items()
}
