"""The clocks of a mediation: where each begins, how long it runs, and what may move it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from services.mediation.domain.consent import Consent, Purpose, Side, latest
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.deadlines import Deadline, Rule, Unit
from shared.vocabulary.errors import Refused

STATUTORY = Rule(
    "R16", "mediation_statutory", Unit.NATURAL, 15, "劳动争议调解仲裁法 14", "application_received"
)
"""After it a party may arbitrate at once, whatever the mediation does."""
ACCEPTANCE = Rule(
    "R17", "acceptance", Unit.WORKDAY, 3, "企业劳动争议协商调解规定 22", "application_received"
)
COMMITTEE = Rule(
    "R18", "mediation_committee", Unit.NATURAL, 15, "企业劳动争议协商调解规定 29", "accepted"
)
COURT_BEFORE_FILING = Rule(
    "R20a",
    "court_before_filing",
    Unit.NATURAL,
    30,
    "特邀调解规定 27",
    "signed_for",
    always_rolls=True,
)
COURT_ORDINARY = Rule(
    "R20b", "court_ordinary", Unit.NATURAL, 15, "特邀调解规定 27", "signed_for", always_rolls=True
)
COURT_SUMMARY = Rule(
    "R20c", "court_summary", Unit.NATURAL, 7, "特邀调解规定 27", "signed_for", always_rolls=True
)
COURT_CONFIRM = Rule(
    "R21", "court_confirm", Unit.WORKDAY, 3, "在线调解规则 12、15", "court_referral_received"
)
ARBITRATION_REFERRAL = Rule(
    "T5",
    "arbitration_referral",
    Unit.WORKDAY,
    10,
    "劳动人事争议仲裁办案规则 70、80",
    "parties_agreed",
)
ARBITRATION_DECISION = Rule(
    "T7", "arbitration_decision", Unit.WORKDAY, 5, "劳动争议调解仲裁法 29", "arbitration_applied"
)
ARBITRATION_REVIEW = Rule(
    "R28",
    "arbitration_review",
    Unit.NATURAL,
    15,
    "劳动人事争议仲裁办案规则 74",
    "agreement_effective",
    always_rolls=True,
)
JUDICIAL_CONFIRMATION = Rule(
    "R29",
    "judicial_confirmation",
    Unit.NATURAL,
    30,
    "民事诉讼法 205；人民调解法 33",
    "agreement_effective",
    always_rolls=True,
)
LIMITATION = Rule(
    "R33",
    "limitation",
    Unit.YEAR,
    1,
    "劳动争议调解仲裁法 27",
    "knew_of_violation",
    always_rolls=True,
)
ANSWERS = frozenset({ACCEPTANCE.kind, COURT_CONFIRM.kind})
"""Periods to answer in, not to mediate in: accepting the dispute is the answer."""
EXTENSION_RULE = "R19@1"
EXTENDABLE = frozenset(
    {"mediation_committee", "court_before_filing", "court_ordinary", "court_summary"}
)
LIMITATION_RED_DAYS = 30
LIMITATION_BLACK_DAYS = 7


class Track(StrEnum):
    """On whose initiative the union mediates; each track has its own clock."""

    ORGANISATION = "organisation"
    COMMITTEE = "committee"
    COURT_BEFORE_FILING = "court_before_filing"
    COURT_ORDINARY = "court_ordinary"
    COURT_SUMMARY = "court_summary"
    ARBITRATION = "arbitration"


class NotExtendable(Refused):
    """The statutory date and the acceptance date are not the parties' to move."""

    code = "deadline_not_extendable"
    zh = "这项期限由法律规定，双方同意也不能延长；当事人可以继续调解，也可以申请仲裁。"
    en = "This date is fixed by law and cannot be moved. The parties may go on, or arbitrate."


class ExtensionNeedsBoth(Refused):
    """Rule 19: both sides, on or before the current last day."""

    code = "extension_needs_both_consents"
    zh = (
        "延期需要双方在原期限届满前（含当日）书面同意，请补录同意记录；已过期的应按期满未达成办理。"
    )
    en = "Both sides must agree on or before the present last day. Record it, or close as expired."


class ExtensionNotLater(Refused):
    """The new last day must be later than the present one, and within the scheme's cap."""

    code = "extension_out_of_range"
    zh = "新的期限应晚于原期限，且不超过本地规定的最长延期，请重新选择日期。"
    en = "The new day must be later than the present one and within the local cap. Choose another."


def opening(track: Track, received: date, calendar: WorkCalendar) -> tuple[Deadline, ...]:
    """The clocks that start when the matter arrives (rules 16, 17, 20, 21).

    For court matters `received` is the day the material was signed for. The committee has its own clock
    from acceptance besides; both dates are shown.
    """
    match track:
        case Track.ORGANISATION:
            rules = [STATUTORY]
        case Track.COMMITTEE:
            rules = [STATUTORY, ACCEPTANCE]
        case Track.COURT_BEFORE_FILING:
            rules = [COURT_CONFIRM, COURT_BEFORE_FILING]
        case Track.COURT_ORDINARY:
            rules = [COURT_CONFIRM, COURT_ORDINARY]
        case Track.COURT_SUMMARY:
            rules = [COURT_CONFIRM, COURT_SUMMARY]
        case Track.ARBITRATION:
            rules = [ARBITRATION_REFERRAL]
    return tuple(rule.deadline(received, calendar) for rule in rules)


def on_acceptance(track: Track, accepted: date, calendar: WorkCalendar) -> tuple[Deadline, ...]:
    """The clock that starts with acceptance: only the enterprise committee's (rule 18)."""
    return (COMMITTEE.deadline(accepted, calendar),) if track is Track.COMMITTEE else ()


def on_agreement(effective: date, calendar: WorkCalendar) -> tuple[Deadline, ...]:
    """The last days for having the agreement reviewed or confirmed (rules 28, 29)."""
    return (
        ARBITRATION_REVIEW.deadline(effective, calendar),
        JUDICIAL_CONFIRMATION.deadline(effective, calendar),
    )


def extend(
    deadline: Deadline,
    to: date,
    consents: Iterable[Consent],
    calendar: WorkCalendar,
    *,
    cap_days: int,
) -> Deadline:
    """A mediation period moved by both sides' timely consent (rule 19; 规定 29; 特邀 27).

    Counts only consents given since the period began; `cap_days` is local practice, counted from the
    present raw day.
    """
    if deadline.kind not in EXTENDABLE:
        raise NotExtendable(kind=deadline.kind)
    timely = [one for one in consents if deadline.start <= one.on <= deadline.effective]
    answers = latest(timely, Purpose.EXTENSION)
    if any(side not in answers or not answers[side].given for side in Side):
        raise ExtensionNeedsBoth(last_day=deadline.effective.isoformat())
    if not deadline.effective < to <= deadline.raw + timedelta(days=cap_days):
        raise ExtensionNotLater(last_day=deadline.effective.isoformat(), days_max=cap_days)
    agreed = max(one.on for one in answers.values())
    reason = f"both_sides_agreed:{agreed.isoformat()}"
    return deadline.moved_to(to, rule=EXTENSION_RULE, reason=reason, calendar=calendar)


class LimitationColour(StrEnum):
    """How near the end of the limitation period is; never a reason to refuse a case."""

    NONE = "none"
    GREEN = "green"
    RED = "red"
    BLACK = "black"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class LimitationFacts:
    """What the limitation period depends on; `ended` is the end of the employment, None while it lasts."""

    knew: date
    interruptions: tuple[date, ...] = ()
    wages: bool = False
    ended: date | None = None


def limitation(facts: LimitationFacts, calendar: WorkCalendar) -> Deadline | None:
    """The last day to arbitrate (rule 33); None for wages while the employment lasts.

    An interruption starts the year anew. For wages the year begins with the end of the employment.
    """
    if facts.wages and facts.ended is None:
        return None
    base, event = facts.knew, LIMITATION.start_event
    if facts.wages and facts.ended is not None:
        base, event = facts.ended, "employment_ended"
    last = max((day for day in facts.interruptions if day > base), default=None)
    if last is not None:
        base, event = last, "interrupted"
    return replace(LIMITATION.deadline(base, calendar), start_event=event)


def limitation_colour(deadline: Deadline | None, today: date) -> LimitationColour:
    """Red up to 30 days, black up to 7 (urgent legal aid, 法律援助法 44), by the legal last day."""
    if deadline is None:
        return LimitationColour.NONE
    left = deadline.days_left(today)
    if left < 0:
        return LimitationColour.PASSED
    if left <= LIMITATION_BLACK_DAYS:
        return LimitationColour.BLACK
    return LimitationColour.RED if left <= LIMITATION_RED_DAYS else LimitationColour.GREEN


def replaced(deadlines: Iterable[Deadline], new: Deadline) -> tuple[Deadline, ...]:
    """The deadlines with the one of the same kind exchanged, or the new one added at the end."""
    known = tuple(deadlines)
    if all(one.kind != new.kind for one in known):
        return (*known, new)
    return tuple(new if one.kind == new.kind else one for one in known)
