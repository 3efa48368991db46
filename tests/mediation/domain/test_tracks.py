"""On whose initiative it is mediated: chosen while accepting, with clocks of its own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.consent import Consent, Purpose, Side
from services.mediation.domain.deadlines import EXTENDABLE, ExtensionNotLater, Track, opening
from services.mediation.domain.dispute import OutcomeIsFixed
from services.mediation.domain.handling import extend
from services.mediation.domain.outcome import Outcome
from services.mediation.domain.stages import advance
from services.mediation.domain.tracks import (
    START_DAYS_BACK_MAX,
    TrackIsFixed,
    choose_track,
    is_track_open,
    latest_extension,
    start_of,
)
from shared.vocabulary.errors import Invalid
from tests.mediation.domain.builders import DEFAULT, TODAY, at, opened, ready
from tests.vocabulary.holidays import CALENDAR

RECEIVED = date(2026, 3, 2)
COURTS = (Track.COURT_BEFORE_FILING, Track.COURT_ORDINARY, Track.COURT_SUMMARY)


@pytest.mark.parametrize("before", Track)
@pytest.mark.parametrize("after", Track)
def test_the_clocks_are_those_of_the_new_track_and_say_their_source(
    before: Track, after: Track
) -> None:
    dispute = opened(track=before)
    chosen = choose_track(dispute, DEFAULT, after, RECEIVED, CALENDAR)
    assert chosen.track is after
    assert chosen.deadlines == opening(after, RECEIVED, CALENDAR)
    assert all(one.source and one.start == RECEIVED for one in chosen.deadlines)
    assert replace(chosen, track=before, deadlines=dispute.deadlines) == dispute


def test_tc12_a_court_assignment_signed_for_on_the_tenth_runs_to_the_ninth_of_april() -> None:
    signed = date(2026, 3, 10)
    chosen = choose_track(
        opened(track=Track.ORGANISATION), DEFAULT, Track.COURT_BEFORE_FILING, signed, CALENDAR
    )
    period = chosen.deadline("court_before_filing")
    assert period is not None
    assert (period.effective, period.source) == (date(2026, 4, 9), "特邀调解规定 27")
    assert chosen.deadline("mediation_statutory") is None


@pytest.mark.parametrize("stage", ["assessment_1", "meeting", "mediation"])
def test_an_accepted_dispute_keeps_its_track(stage: str) -> None:
    dispute = at(stage)
    assert not is_track_open(dispute, DEFAULT)
    with pytest.raises(TrackIsFixed):
        choose_track(dispute, DEFAULT, Track.COURT_SUMMARY, TODAY, CALENDAR)


def test_nor_is_it_open_again_for_one_that_was_sent_back_or_has_ended() -> None:
    back = replace(at("assessment_1"), stage="acceptance")
    with pytest.raises(TrackIsFixed):
        choose_track(back, DEFAULT, Track.COURT_SUMMARY, TODAY, CALENDAR)
    ended = replace(opened(), outcome=Outcome.WITHDRAWN)
    assert not is_track_open(ended, DEFAULT)
    with pytest.raises(OutcomeIsFixed):
        choose_track(ended, DEFAULT, Track.COURT_SUMMARY, TODAY, CALENDAR)


@pytest.mark.parametrize("track", [Track.ORGANISATION, Track.COMMITTEE])
def test_the_unions_own_counts_from_receipt_and_nothing_else(track: Track) -> None:
    assert start_of(track, opened(), None, TODAY) == RECEIVED
    with pytest.raises(Invalid) as refusal:
        start_of(track, opened(), RECEIVED, TODAY)
    assert [one.code for one in refusal.value.errors] == ["started_by_receipt"]


@pytest.mark.parametrize(
    ("given_day", "code"),
    [
        (None, "started_missing"),
        (TODAY + timedelta(days=1), "in_the_future"),
        (TODAY - timedelta(days=START_DAYS_BACK_MAX + 1), "started_too_long_ago"),
        (TODAY, None),
        (TODAY - timedelta(days=START_DAYS_BACK_MAX), None),
    ],
)
@pytest.mark.parametrize("track", [*COURTS, Track.ARBITRATION])
def test_an_assignment_counts_from_a_day_that_the_papers_tell(
    track: Track, given_day: date | None, code: str | None
) -> None:
    if code is None:
        assert start_of(track, opened(), given_day, TODAY) == given_day
        return
    with pytest.raises(Invalid) as refusal:
        start_of(track, opened(), given_day, TODAY)
    assert [(one.field, one.code) for one in refusal.value.errors] == [("started_on", code)]


@pytest.mark.parametrize("track", Track)
def test_only_periods_of_the_parties_can_be_moved(track: Track) -> None:
    accepted = advance(ready(opened(track=track)), DEFAULT, TODAY, CALENDAR)
    movable = {one.kind for one in accepted.deadlines if latest_extension(one, DEFAULT)}
    assert movable == {one.kind for one in accepted.deadlines} & EXTENDABLE
    assert bool(movable) is (track not in {Track.ORGANISATION, Track.ARBITRATION})


@given(
    track=st.sampled_from([Track.COMMITTEE, *COURTS]),
    signed=st.dates(date(2026, 1, 5), date(2026, 9, 1)),
    beyond=st.integers(1, 60),
)
def test_both_sides_may_move_a_period_as_far_as_is_said_and_no_further(
    track: Track, signed: date, beyond: int
) -> None:
    dispute = choose_track(opened(track=track), DEFAULT, track, signed, CALENDAR)
    dispute = advance(ready(dispute), DEFAULT, signed, CALENDAR)
    (period,) = [one for one in dispute.deadlines if one.kind in EXTENDABLE]
    agreed = tuple(Consent(side, Purpose.EXTENSION, True, signed) for side in Side)
    dispute = replace(dispute, consents=(*dispute.consents, *agreed))
    latest = latest_extension(period, DEFAULT)
    assert latest is not None
    moved = extend(dispute, period.kind, latest, DEFAULT, CALENDAR).deadline(period.kind)
    assert moved is not None
    assert moved.raw == latest
    with pytest.raises(ExtensionNotLater):
        extend(dispute, period.kind, latest + timedelta(days=beyond), DEFAULT, CALENDAR)
