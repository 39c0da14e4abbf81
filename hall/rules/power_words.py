"""What a line of the list of powers says, section by section: on screen, at the kiosk, on paper."""

from hall.rules.guides import GuideSection
from hall.rules.powers import PowerLine
from hall.words import POWER_KINDS


def power_sections(line: PowerLine) -> tuple[GuideSection, ...]:
    """The sections that have something to say."""
    sections = (
        GuideSection("权力编码", (line.code,)),
        GuideSection("权力类别", (POWER_KINDS[line.kind],)),
        GuideSection("实施依据", _split(line.basis)),
        GuideSection("责任事项", _split(line.duty)),
        GuideSection("追责情形", _split(line.liability)),
        GuideSection("承办机构", _split(line.unit)),
        GuideSection("版本", (f"自 {line.valid_from} 起施行，{line.source}",)),
    )
    return tuple(section for section in sections if section.lines)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("；") if part.strip())
