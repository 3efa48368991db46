"""What a call is probably about: category, track and urgency, each with its score and its reasons.

A suggestion only: the operator decides, and sees which words of the text led to it. When the evidence is
thin or two readings are close, the verdict is “uncertain” and nothing is pre-selected.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.intake.domain.categories import Category, CategoryTable, Track
from services.intake.domain.classifier_terms import CATEGORY_TERMS, TRACK_TERMS, VERSION, Term
from services.intake.domain.urgency import Urgency, UrgencyReading, read_urgency

SCORE_MAX = 100
SCORE_MIN = 50
"""Below this score a suggestion is uncertain."""
MARGIN_MIN = 4
"""A winner must lead the runner-up by this many points."""
HALF_WEIGHT = 4
"""The weight of evidence that makes half the score; twice of it makes two thirds."""
TRACK_PRIOR = 6
"""What the category's own track weighs before any word is read."""
RUNNERS_UP_MAX = 2
TEXT_CHARS_MAX = 4_000
FOCUS_CHARS = 32
"""What is asked stands at the end of what is told."""
FOCUS_BONUS = 3
"""How much more a strong word weighs there."""
FOLLOWS_CATEGORY = frozenset({Track.AID, Track.REFERRAL})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that spoke for a suggestion: `text[start:end]`."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Guess:
    """One reading of the text: its label (a code), its score and the words behind it."""

    label: str
    score: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The best reading, whether it is certain enough to be offered, and what else it may be."""

    best: Guess | None
    uncertain: bool
    runners_up: tuple[Guess, ...]

    @property
    def label(self) -> str | None:
        """The label to pre-select; None leaves the choice to the operator."""
        return None if self.best is None or self.uncertain else self.best.label


@dataclass(frozen=True, slots=True)
class Classification:
    """The three suggestions for one call, and the version of the rules that made them."""

    category: Suggestion
    track: Suggestion
    urgency: Suggestion
    version: int = VERSION


def classify(text: str, table: CategoryTable, *, claimant_count: int = 1) -> Classification:
    """Read the text of a call. `claimant_count` is what the form already says about head-count."""
    text = text[:TEXT_CHARS_MAX]
    category = _suggest(_evidence(text, CATEGORY_TERMS))
    row = table.get(category.best.label) if category.best else None
    return Classification(
        category=category,
        track=_track(text, row, thin=category.best is None or category.best.score < SCORE_MIN),
        urgency=_urgency(read_urgency(text, claimant_count=claimant_count)),
    )


def strength(weight: int) -> int:
    """The score of so much evidence, 0 to 100: each further word adds less."""
    return SCORE_MAX * weight // (weight + HALF_WEIGHT)


def _track(text: str, row: Category | None, *, thin: bool) -> Suggestion:
    """The track follows the category, but a mere question is answered and a grievance is mediated.

    Aid and referral come from the category alone: asking politely does not turn aid into advice.
    A track is never certain while it is unclear what the call is about at all (`thin`).
    """
    evidence = _evidence(text, TRACK_TERMS)
    weights = {label: sum(hit.weight for hit in hits) for label, hits in evidence.items()}
    if row is not None:
        bonus = max(weights.values(), default=0) if row.track in FOLLOWS_CATEGORY else 0
        weights[row.track] = weights.get(row.track, 0) + TRACK_PRIOR + bonus
    suggestion = _rank(weights, {label: _spans(hits) for label, hits in evidence.items()})
    return replace(suggestion, uncertain=suggestion.uncertain or thin)


def _urgency(reading: UrgencyReading) -> Suggestion:
    spans = tuple(Span(start, end, word) for start, end, word in reading.spans)
    best = Guess(reading.urgency.value, reading.score, spans)
    if reading.urgency is Urgency.NORMAL:
        return Suggestion(best, uncertain=False, runners_up=())
    lower = Guess(Urgency.NORMAL.value, SCORE_MAX - reading.score, ())
    return Suggestion(best, uncertain=False, runners_up=(lower,))


@dataclass(frozen=True, slots=True)
class _Hit:
    word: str
    weight: int
    start: int
    end: int

    def overlaps(self, other: "_Hit") -> bool:
        return self.start < other.end and other.start < self.end


def _evidence(text: str, terms: Sequence[Term]) -> dict[str, list[_Hit]]:
    """Where each label's words occur; of overlapping words of one label only the heaviest counts."""
    focus = max(0, len(text) - FOCUS_CHARS)
    found: dict[str, list[_Hit]] = defaultdict(list)
    for term in terms:
        occurrences = list(term.pattern.finditer(text))
        if occurrences:
            last = occurrences[-1]
            asked = FOCUS_BONUS if last.start() >= focus and term.weight > FOCUS_BONUS else 0
            found[term.label].append(_Hit(term.word, term.weight + asked, last.start(), last.end()))
    return {label: _without_overlaps(hits) for label, hits in found.items()}


def _without_overlaps(hits: Iterable[_Hit]) -> list[_Hit]:
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.weight, hit.start - hit.end, hit.start)):
        if not any(hit.overlaps(other) for other in kept):
            kept.append(hit)
    return kept


def _spans(hits: Iterable[_Hit]) -> tuple[Span, ...]:
    return tuple(Span(hit.start, hit.end, hit.word) for hit in sorted(hits, key=lambda h: h.start))


def _suggest(evidence: Mapping[str, list[_Hit]]) -> Suggestion:
    weights = {label: sum(hit.weight for hit in hits) for label, hits in evidence.items()}
    return _rank(weights, {label: _spans(hits) for label, hits in evidence.items()})


def _rank(weights: Mapping[str, int], spans: Mapping[str, tuple[Span, ...]]) -> Suggestion:
    order = sorted(weights, key=lambda label: (-weights[label], label))
    guesses = [Guess(str(label), strength(weights[label]), spans.get(label, ())) for label in order]
    if not guesses:
        return Suggestion(None, uncertain=True, runners_up=())
    best, others = guesses[0], tuple(guesses[1 : 1 + RUNNERS_UP_MAX])
    close = bool(others) and best.score - others[0].score < MARGIN_MIN
    return Suggestion(best, best.score < SCORE_MIN or close, others)
