"""The archived file of a case (一案一卷): the order of its pieces, what it lacks, how it is kept and reviewed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hall.errors import Refused
from hall.rules.permits import CaseState, Outcome
from hall.rules.versions import Versions
from hall.words import DOCUMENT_KINDS, FILE_PURPOSES, REVIEW_SUBJECTS

ENDINGS = ("granted", "denied", "default", "refused", "withdrawn", "terminated")
FACTS = ("accepted", "visit", "hearing", "extension", "procedure", "supplement", "certificate")
_FILE = "file:"
FULL = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that may go into a dossier: `kind` is that of a document, or `file:` and a purpose; `key` its own."""

    kind: str
    key: int
    title: str
    day: date
    number: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a review finds, and what it costs. A fault of legality costs everything.

    `subject`: only in dossiers of permit_case or penalty_case; empty: in both.
    """

    code: str
    words: str
    points: int
    legality: bool
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade begins at so many points."""

    least: int
    name: str


@dataclass(frozen=True, slots=True)
class ReviewTerms:
    """How long the list of a round is shown before the draw, how many days a correction is given unless who asks for
    it names another day, and whether reviewers come from another department than all who handled the case."""

    announce_days: int
    correct_days: int
    other_department: bool

    def __post_init__(self) -> None:
        if self.announce_days < 0 or self.correct_days < 1:
            raise ValueError("announce_days 不能小于 0，correct_days 不能小于 1")


@dataclass(frozen=True, slots=True)
class DossierRule:
    """What is in force from a day on."""

    effective_from: date
    source: str
    order: tuple[str, ...]
    kept_out: frozenset[str]
    required: Mapping[str, tuple[str, ...]]
    when: tuple[tuple[str, str], ...]
    retention: Mapping[str, str]
    faults: tuple[Fault, ...]
    grades: tuple[Grade, ...]
    review: ReviewTerms

    def __post_init__(self) -> None:
        wanted = [piece for pieces in self.required.values() for each in pieces for piece in each.split("|")]
        named = [*self.order, *self.kept_out, *wanted, *(piece for _, piece in self.when)]
        if unknown := sorted({kind for kind in named if not _known(kind)}):
            raise ValueError(f"没有这种文书或文件：{'、'.join(unknown)}")
        if set(self.required) != set(ENDINGS) or set(self.retention) != set(ENDINGS):
            raise ValueError(f"required 和 retention 都要写明 {'、'.join(ENDINGS)}")
        if unknown := sorted({fact for fact, _ in self.when} - set(FACTS)):
            raise ValueError(f"when 里没有这种事实：{'、'.join(unknown)}")
        if unknown := sorted({fault.subject for fault in self.faults} - {"", *REVIEW_SUBJECTS}):
            raise ValueError(f"faults 里没有这种案卷：{'、'.join(unknown)}")
        if len({fault.code for fault in self.faults}) != len(self.faults):
            raise ValueError("faults 的 code 不能重复")
        least = [grade.least for grade in self.grades]
        if not least or least != sorted(set(least), reverse=True) or least[-1] != 0:
            raise ValueError("grades 应由高到低，最后从 0 分起")


DossierRules = Versions[DossierRule]


class NoSuchFault(Refused):
    """A review may only find what the table of faults names."""

    def __init__(self, code: str) -> None:
        super().__init__(f"评查标准里没有“{code[:20]}”这一项，请重新选择。")


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a review."""

    points: int
    grade: str
    faults: tuple[Fault, ...]


def ending_of(state: CaseState, outcome: Outcome) -> str:
    """How a case ended: by its outcome, or without one by its state."""
    return outcome or state


def in_order(pieces: Iterable[Piece], rule: DossierRule) -> tuple[Piece, ...]:
    """The pieces as they lie in the file; internal ones stay out."""
    places = {kind: place for place, kind in enumerate(rule.order)}
    kept = [piece for piece in pieces if piece.kind not in rule.kept_out]
    return tuple(sorted(kept, key=lambda piece: (places.get(piece.kind, len(places)), piece.day, piece.key)))


def missing_pieces(
    pieces: Iterable[Piece], *, ending: str, facts: frozenset[str], rule: DossierRule
) -> tuple[str, ...]:
    """Names of what must be there and is not."""
    present = {piece.kind for piece in pieces}
    wanted = [*rule.required[ending], *(piece for fact, piece in rule.when if fact in facts)]
    return tuple(_named(each) for each in dict.fromkeys(wanted) if present.isdisjoint(each.split("|")))


def faults_for(subject: str, rule: DossierRule) -> tuple[Fault, ...]:
    """What a review can find in a dossier of permit_case or penalty_case."""
    return tuple(fault for fault in rule.faults if fault.subject in {"", subject})


def review_score(codes: Iterable[str], rule: DossierRule, *, subject: str) -> Score:
    """100 less the points of each fault, never below 0; with a fault of legality 0. Raises NoSuchFault."""
    known = {fault.code: fault for fault in faults_for(subject, rule)}
    found = []
    for code in dict.fromkeys(codes):
        if code not in known:
            raise NoSuchFault(code)
        found.append(known[code])
    points = 0 if any(fault.legality for fault in found) else max(0, FULL - sum(fault.points for fault in found))
    grade = next(grade.name for grade in rule.grades if points >= grade.least)
    return Score(points, grade, tuple(found))


def piece_title(kind: str) -> str:
    """What a kind of piece is called."""
    return FILE_PURPOSES[kind.removeprefix(_FILE)] if kind.startswith(_FILE) else DOCUMENT_KINDS[kind]


def _known(kind: str) -> bool:
    return kind.removeprefix(_FILE) in FILE_PURPOSES if kind.startswith(_FILE) else kind in DOCUMENT_KINDS


def _named(kinds: str) -> str:
    return "或".join(piece_title(kind) for kind in kinds.split("|"))
