"""The suggestion as the form shows it: codes with their names, how sure, and the words of the text behind it."""

from dataclasses import dataclass

from services.intake.domain.case import Handling
from services.intake.domain.categories import TRACK_NAMES, Track
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.classifier import Guess, classify
from services.intake.domain.classifier import Suggestion as Reading
from services.intake.domain.employer import Employer
from services.intake.domain.reading import head_count
from services.intake.domain.registration import proposed_title
from services.intake.domain.urgency import GROUP_MIN, URGENCY_NAMES, Urgency
from services.intake.domain.wording import Text

WAYS = {
    Track.DISPUTE: Handling.DISPATCH,
    Track.AID: Handling.DISPATCH,
    Track.CONSULTATION: Handling.ANSWER,
    Track.REFERRAL: Handling.REFER_OUT,
}
COLLECTIVE = Text(f"≥{GROUP_MIN} 人，集体争议", f"{GROUP_MIN} or more: collective")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the narrative, counted in UTF-16 code units as browsers do."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """One reading: `percent` is its score, 0 to 100."""

    code: str
    label: Text
    percent: int
    evidence: tuple[Evidence, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the form may take over; an uncertain reading is only among the others."""

    category: Suggested | None
    track: Suggested | None
    urgency: Suggested | None
    handling: str | None
    title: str | None
    claimant_count: int | None
    amount_fen: int | None
    others: tuple[Suggested, ...]


def suggest(text: str, employer: Employer | None, claimant_count: int) -> Suggestion:
    """Read the narrative."""
    people = head_count(text)
    count = max(claimant_count, people.value if people else 1)
    found = classify(text, CATEGORIES, claimant_count=count)
    category = _certain(found.category)
    track = _certain(found.track)
    row = CATEGORIES.get(category.label) if category else None
    note = COLLECTIVE if count >= GROUP_MIN else None
    others = found.category.runners_up
    if category is None and found.category.best is not None:
        others = (found.category.best, *others)
    return Suggestion(
        category=_category(text, category) if category else None,
        track=_named(text, track, TRACK_NAMES[Track(track.label)], note) if track else None,
        urgency=_urgency(text, found.urgency),
        handling=WAYS[Track(track.label)].value if track else None,
        title=proposed_title(row, employer, count) if row else None,
        claimant_count=people.value if people else None,
        amount_fen=None,
        others=tuple(_category(text, one) for one in others),
    )


def _certain(reading: Reading) -> Guess | None:
    return None if reading.uncertain else reading.best


def _category(text: str, guess: Guess) -> Suggested:
    row = CATEGORIES.get(guess.label)
    return _named(text, guess, (row.path_zh, row.en) if row else (guess.label, guess.label))


def _urgency(text: str, reading: Reading) -> Suggested | None:
    guess = reading.best
    return _named(text, guess, URGENCY_NAMES[Urgency(guess.label)]) if guess else None


def _named(text: str, guess: Guess, names: tuple[str, str], note: Text | None = None) -> Suggested:
    evidence = tuple(
        Evidence(_units(text, span.start), _units(text, span.end), text[span.start : span.end])
        for span in guess.spans
    )
    return Suggested(guess.label, Text(*names), guess.score, evidence, note)


def _units(text: str, index: int) -> int:
    """A position in UTF-16 code units: characters beyond the basic plane count twice."""
    return index + sum(ord(character) > 0xFFFF for character in text[:index])
