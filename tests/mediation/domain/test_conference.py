"""Meetings: what makes one complete, clashes, the next free slot, the agenda, and moving schemes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from services.mediation.domain.agenda import AssessedCase, Colour, agenda_of
from services.mediation.domain.conference import (
    Booking,
    Conference,
    Decision,
    DecisionUnknown,
    clashes,
    done,
    lacking,
    next_free,
)
from services.mediation.domain.guards import scheme_of
from services.mediation.domain.moving import CannotMove, Verdict, moved, preview, reverted
from shared.vocabulary.calendar import CHINA
from tests.mediation.domain.builders import (
    DECISION,
    DEFAULT,
    MEDIATORS,
    NOW,
    TODAY,
    at,
    meeting,
    plain_scheme,
    scheme,
)
from tests.vocabulary.holidays import CALENDAR

HELD = meeting()


def booked(hour: int, room: str = "301", member: int = 1, day: int = 5) -> Booking:
    start = datetime(2026, 3, day, hour, 0, tzinfo=CHINA)
    return Booking(
        UUID(int=900 + hour), room, frozenset({UUID(int=member)}), start, start + timedelta(hours=1)
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agenda": ()}, "meeting_agenda"),
        ({"attendance": HELD.attendance[:1]}, "meeting_attendance"),
        ({"minutes": " "}, "meeting_minutes"),
        ({"decisions": ()}, "meeting_decisions"),
        ({"decisions": (Decision(DECISION, "约谈", None, TODAY),)}, "meeting_decision_owner"),
        (
            {"decisions": (Decision(DECISION, "约谈", MEDIATORS[0], None),)},
            "meeting_decision_owner",
        ),
        (
            {"attendance": tuple(replace(one, present=False) for one in HELD.attendance)},
            "meeting_present",
        ),
    ],
)
def test_a_meeting_counts_when_it_is_complete(change: dict[str, object], code: str) -> None:
    spoilt: Conference = replace(HELD, **change)  # type: ignore[arg-type]
    assert [one.code for one in lacking(spoilt)] == [code]
    assert lacking(HELD) == []


def test_decisions_are_carried_out_once() -> None:
    finished = done(HELD, DECISION, TODAY)
    assert not finished.decisions[0].is_overdue(date(2027, 1, 1))
    assert HELD.decisions[0].is_overdue(date(2026, 3, 21))
    assert not HELD.decisions[0].is_overdue(date(2026, 3, 20))
    with pytest.raises(DecisionUnknown):
        done(finished, DECISION, TODAY)


def test_room_and_members_clash_but_touching_meetings_do_not() -> None:
    wanted = booked(10)
    assert clashes(wanted, [booked(11), booked(9), wanted]) == ()
    same_room = replace(booked(10, member=2), id=UUID(int=1))
    same_member = replace(booked(10, room="302"), id=UUID(int=2))
    neither = replace(booked(10, room="302", member=2), id=UUID(int=3))
    found = clashes(wanted, [same_room, same_member, neither])
    assert [(one.booking.int, one.room, len(one.members)) for one in found] == [
        (1, True, 0),
        (2, False, 1),
    ]


def test_the_next_free_slot_lies_in_office_hours_of_a_workday() -> None:
    taken = [replace(booked(10), id=UUID(int=1)), replace(booked(11), id=UUID(int=2))]
    slot = next_free(booked(10), taken, CALENDAR)
    assert slot is not None
    assert slot.starts_at == datetime(2026, 3, 5, 14, 30, tzinfo=CHINA)
    exact = next_free(booked(9), [], CALENDAR)
    assert exact is not None
    assert exact.starts_at == booked(9).starts_at
    evening = next_free(booked(19, day=6), [], CALENDAR)
    assert evening is not None
    assert evening.starts_at == datetime(2026, 3, 9, 8, 30, tzinfo=CHINA)
    endless = replace(booked(9), ends_at=NOW + timedelta(days=2))
    assert next_free(endless, [], CALENDAR) is None


def test_red_and_twice_yellow_cases_come_on_the_agenda() -> None:
    yellow, red, green = Colour.YELLOW, Colour.RED, Colour.GREEN
    stories = [
        (yellow,),
        (yellow, yellow),
        (red,),
        (red, green),
        (green, yellow),
        (Colour.ORANGE, yellow),
    ]
    cases = [AssessedCase(UUID(int=n), story) for n, story in enumerate(stories)]
    assert [one.int for one in agenda_of(cases)] == [2, 1, 5]


def test_a_dispute_moves_to_a_new_version_and_back() -> None:
    second = scheme_of(plain_scheme() | {"version": 2})
    dispute = at("meeting")
    move = preview(dispute, DEFAULT, second)
    assert move.verdict is Verdict.MOVES
    assert [one.code for one in move.missing] == ["meeting_held"]
    there = moved(dispute, move)
    assert there.scheme_version == 2
    assert reverted(there, move) == dispute
    with pytest.raises(CannotMove):
        reverted(replace(there, stage="mediation"), move)
    with pytest.raises(CannotMove):
        moved(replace(dispute, stage="mediation"), move)


def test_a_move_is_refused_with_its_reason() -> None:
    cadence = scheme("cadence.v1")
    unknown = preview(at("meeting"), DEFAULT, cadence)
    assert unknown.verdict is Verdict.STAGE_UNKNOWN
    with pytest.raises(CannotMove):
        moved(at("meeting"), unknown)
    assert preview(at("mediation"), DEFAULT, cadence).verdict is Verdict.MOVES
    assert preview(at("mediation"), DEFAULT, DEFAULT).verdict is Verdict.ALREADY_THERE
