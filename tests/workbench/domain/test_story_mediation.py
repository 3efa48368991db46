"""The lines of mediation's periods: from which initiative they count, how far they moved, what it means that one ended."""

from datetime import date

import pytest

from services.mediation.domain.deadlines import ANSWERS, Track
from services.workbench.domain import story_mediation, summary
from services.workbench.domain.labels import DUES, MEDIATION_TRACKS
from services.workbench.domain.story_mediation import MEDIATION
from shared.contracts.base import DeadlineFact
from shared.contracts.mediation import MediationPeriodOver, PeriodExtended, TrackChosen
from shared.vocabulary.ids import new_id

IDS = {"dispute_id": new_id(), "case_id": new_id()}


def nobody(_who: object) -> str:
    """No line here names a person."""
    raise AssertionError


def period(kind: str, effective: date) -> DeadlineFact:
    """A date as it travels."""
    return DeadlineFact(
        kind=kind,
        rule="R19@1",
        source="规定 29",
        start_event="accepted",
        start=date(2026, 3, 5),
        raw=effective,
        effective=effective,
        provisional=False,
        reason="",
    )


@pytest.mark.parametrize("track", Track)
def test_every_track_has_its_words(track: Track) -> None:
    chosen = TrackChosen(**IDS, track=track.value, started_on=date(2026, 3, 2), deadlines=())
    said = MEDIATION[chosen.name](chosen, nobody)
    words = MEDIATION_TRACKS[track.value]
    assert (words.zh in said.zh, words.en in said.en) == (True, True)
    assert "2026-03-02" in said.zh


def test_an_extension_says_which_period_and_until_when() -> None:
    moved = PeriodExtended(**IDS, period=period("mediation_committee", date(2026, 4, 7)))
    said = MEDIATION[moved.name](moved, nobody)
    assert "调解期限延至 **2026-04-07**" in said.zh


def test_a_period_to_answer_in_opens_no_way_to_arbitration() -> None:
    for kind in ("mediation_statutory", "mediation_committee", *ANSWERS):
        over = MediationPeriodOver(**IDS, deadline=kind)
        said = MEDIATION[over.name](over, nobody)
        assert said.zh.startswith(DUES[kind].zh)
        assert ("仲裁" in said.zh.removeprefix(DUES[kind].zh)) is (kind not in ANSWERS)


def test_both_services_know_the_same_periods_to_answer_in() -> None:
    assert set(story_mediation.UNANSWERED) == ANSWERS == summary.ANSWERS
