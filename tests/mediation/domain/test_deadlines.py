"""The clocks of a mediation, by the worked examples of the statutes on the calendar of 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.consent import Consent, Purpose, Side
from services.mediation.domain.deadlines import (
    ARBITRATION_DECISION,
    COMMITTEE,
    STATUTORY,
    ExtensionNeedsBoth,
    ExtensionNotLater,
    LimitationColour,
    LimitationFacts,
    NotExtendable,
    Track,
    extend,
    limitation,
    limitation_colour,
    on_acceptance,
    on_agreement,
    opening,
    replaced,
)
from tests.vocabulary.holidays import CALENDAR

CAP = 30


def consents(*answers: tuple[Side, date, bool]) -> list[Consent]:
    return [Consent(side, Purpose.EXTENSION, given, on) for side, on, given in answers]


def last_days(track: Track, received: date) -> dict[str, date]:
    return {one.kind: one.effective for one in opening(track, received, CALENDAR)}


@pytest.mark.parametrize(
    ("received", "raw", "effective"),
    [
        (date(2026, 3, 2), date(2026, 3, 17), date(2026, 3, 17)),
        (date(2026, 4, 20), date(2026, 5, 5), date(2026, 5, 6)),
        (date(2026, 4, 24), date(2026, 5, 9), date(2026, 5, 9)),
    ],
    ids=["TC01", "TC02", "TC04"],
)
def test_fifteen_days_from_receipt_free_the_way_to_arbitration(
    received: date, raw: date, effective: date
) -> None:
    (statutory,) = opening(Track.ORGANISATION, received, CALENDAR)
    assert (statutory.raw, statutory.effective) == (raw, effective)
    assert statutory.source == "劳动争议调解仲裁法 14"


@pytest.mark.parametrize(
    ("received", "last"),
    [(date(2026, 4, 30), date(2026, 5, 8)), (date(2026, 2, 13), date(2026, 2, 25))],
    ids=["TC06", "TC07"],
)
def test_a_committee_answers_within_three_working_days(received: date, last: date) -> None:
    assert last_days(Track.COMMITTEE, received)["acceptance"] == last


def test_tc09_a_committee_shows_both_dates() -> None:
    assert last_days(Track.COMMITTEE, date(2026, 3, 2))["mediation_statutory"] == date(2026, 3, 17)
    (committee,) = on_acceptance(Track.COMMITTEE, date(2026, 3, 5), CALENDAR)
    assert committee.effective == date(2026, 3, 20)
    assert on_acceptance(Track.ORGANISATION, date(2026, 3, 5), CALENDAR) == ()


@pytest.mark.parametrize(
    ("track", "signed", "kind", "last"),
    [
        (Track.COURT_BEFORE_FILING, date(2026, 3, 10), "court_before_filing", date(2026, 4, 9)),
        (Track.COURT_SUMMARY, date(2026, 6, 15), "court_summary", date(2026, 6, 22)),
        (Track.COURT_ORDINARY, date(2026, 6, 15), "court_ordinary", date(2026, 6, 30)),
    ],
    ids=["TC12", "TC13 summary", "TC13 ordinary"],
)
def test_court_matters_run_from_signing_for_the_papers(
    track: Track, signed: date, kind: str, last: date
) -> None:
    assert last_days(track, signed)[kind] == last


def test_a_referral_by_arbitration_runs_ten_working_days() -> None:
    assert last_days(Track.ARBITRATION, date(2026, 2, 13)) == {
        "arbitration_referral": date(2026, 3, 5)
    }


def test_tc10_a_consent_after_the_last_day_does_not_extend() -> None:
    committee = COMMITTEE.deadline(date(2026, 3, 5), CALENDAR)
    late = consents(
        (Side.WORKERS, date(2026, 3, 18), True), (Side.EMPLOYER, date(2026, 3, 23), True)
    )
    with pytest.raises(ExtensionNeedsBoth):
        extend(committee, date(2026, 4, 3), late, CALENDAR, cap_days=CAP)


def test_timely_consents_of_both_extend_and_are_remembered() -> None:
    committee = COMMITTEE.deadline(date(2026, 3, 5), CALENDAR)
    timely = consents(
        (Side.WORKERS, date(2026, 3, 18), True), (Side.EMPLOYER, date(2026, 3, 20), True)
    )
    moved = extend(committee, date(2026, 4, 4), timely, CALENDAR, cap_days=CAP)
    assert (moved.raw, moved.effective) == (date(2026, 4, 4), date(2026, 4, 7))
    assert (moved.rule, moved.reason) == ("R19@1", "both_sides_agreed:2026-03-20")
    assert moved.start == committee.start


@pytest.mark.parametrize(
    ("second", "given"),
    [(Side.WORKERS, True), (Side.EMPLOYER, False)],
    ids=["one side twice", "the other refuses"],
)
def test_one_side_alone_never_extends(second: Side, given: bool) -> None:
    committee = COMMITTEE.deadline(date(2026, 3, 5), CALENDAR)
    answers = consents((Side.WORKERS, date(2026, 3, 18), True), (second, date(2026, 3, 19), given))
    with pytest.raises(ExtensionNeedsBoth):
        extend(committee, date(2026, 4, 3), answers, CALENDAR, cap_days=CAP)


@pytest.mark.parametrize("to", [date(2026, 3, 20), date(2026, 3, 19), date(2026, 4, 20)])
def test_an_extension_is_later_and_within_the_cap(to: date) -> None:
    committee = COMMITTEE.deadline(date(2026, 3, 5), CALENDAR)
    both = consents(
        (Side.WORKERS, date(2026, 3, 18), True), (Side.EMPLOYER, date(2026, 3, 18), True)
    )
    with pytest.raises(ExtensionNotLater):
        extend(committee, to, both, CALENDAR, cap_days=CAP)


def test_the_statutory_date_is_not_the_parties_to_move() -> None:
    statutory = STATUTORY.deadline(date(2026, 3, 2), CALENDAR)
    both = consents((Side.WORKERS, date(2026, 3, 3), True), (Side.EMPLOYER, date(2026, 3, 3), True))
    with pytest.raises(NotExtendable):
        extend(statutory, date(2026, 3, 30), both, CALENDAR, cap_days=CAP)


def test_tc15_review_and_confirmation_run_from_effectiveness() -> None:
    review, confirmation = on_agreement(date(2026, 3, 2), CALENDAR)
    assert review.effective == date(2026, 3, 17)
    assert confirmation.effective == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        (LimitationFacts(date(2025, 5, 20)), date(2026, 5, 20)),
        (
            LimitationFacts(date(2025, 5, 20), (date(2026, 3, 2), date(2026, 3, 17))),
            date(2027, 3, 17),
        ),
        (LimitationFacts(date(2024, 2, 29)), date(2025, 2, 28)),
        (LimitationFacts(date(2022, 1, 1), wages=True), None),
        (
            LimitationFacts(date(2022, 1, 1), wages=True, ended=date(2025, 11, 30)),
            date(2026, 11, 30),
        ),
        (
            LimitationFacts(
                date(2022, 1, 1), (date(2024, 5, 1),), wages=True, ended=date(2025, 11, 30)
            ),
            date(2026, 11, 30),
        ),
    ],
    ids=["TC21", "TC22", "TC23", "TC25 employed", "TC25 left", "interrupted while employed"],
)
def test_the_limitation_period(facts: LimitationFacts, last: date | None) -> None:
    deadline = limitation(facts, CALENDAR)
    assert (deadline.effective if deadline else None) == last


@pytest.mark.parametrize(
    ("today", "colour"),
    [
        (date(2026, 4, 19), LimitationColour.GREEN),
        (date(2026, 4, 20), LimitationColour.RED),
        (date(2026, 5, 13), LimitationColour.BLACK),
        (date(2026, 5, 20), LimitationColour.BLACK),
        (date(2026, 5, 21), LimitationColour.PASSED),
    ],
)
def test_the_limitation_warns_in_time(today: date, colour: LimitationColour) -> None:
    deadline = limitation(LimitationFacts(date(2025, 5, 20)), CALENDAR)
    assert limitation_colour(deadline, today) is colour
    assert limitation_colour(None, today) is LimitationColour.NONE


def test_tc26_arbitration_decides_within_five_working_days() -> None:
    assert ARBITRATION_DECISION.deadline(date(2026, 2, 27), CALENDAR).effective == date(2026, 3, 5)


@given(
    accepted=st.dates(date(2025, 1, 1), date(2026, 6, 1)),
    worker=st.integers(-5, 40),
    employer=st.integers(-5, 40),
    to=st.integers(0, 80),
)
def test_whatever_is_extended_had_two_timely_consents_and_moves_later(
    accepted: date, worker: int, employer: int, to: int
) -> None:
    deadline = COMMITTEE.deadline(accepted, CALENDAR)
    days = [accepted + timedelta(days=n) for n in (worker, employer)]
    both = consents((Side.WORKERS, days[0], True), (Side.EMPLOYER, days[1], True))
    target = accepted + timedelta(days=to)
    timely = all(deadline.start <= day <= deadline.effective for day in days)
    within = deadline.effective < target <= deadline.raw + timedelta(days=CAP)
    try:
        moved = extend(deadline, target, both, CALENDAR, cap_days=CAP)
    except (ExtensionNeedsBoth, ExtensionNotLater):
        assert not (timely and within)
    else:
        assert timely
        assert within
        assert moved.raw == target
        assert moved.effective > deadline.effective


def test_a_deadline_is_exchanged_by_kind() -> None:
    first = opening(Track.COMMITTEE, date(2026, 3, 2), CALENDAR)
    anew = STATUTORY.deadline(date(2026, 3, 3), CALENDAR)
    assert replaced(first, anew) == (anew, first[1])
    assert replaced((), anew) == (anew,)
