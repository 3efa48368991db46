"""The clocks of rules 39 to 44, counted by the calendar of 2026."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.categories import Level, TopClass, Track
from services.intake.domain.sla import (
    AlreadyExtended,
    ExtensionTooLate,
    ReturnTooLate,
    SlaRow,
    SlaTable,
    Step,
    call_back_due,
    check_return,
    due_at,
    extend,
    first_contact_due,
    handling_deadline,
    ladder,
    reopened,
    table_on,
)
from services.intake.domain.urgency import Urgency
from shared.vocabulary.calendar import CHINA, office_close
from shared.vocabulary.deadlines import Unit
from tests.intake.domain.calendar_2026 import CALENDAR_2026

TABLE = table_on(date(2026, 3, 2))
DISPUTE = (TopClass.DISPUTE, Track.DISPUTE, Level.ORDINARY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("kind", "due", "rule"),
    [
        (
            (TopClass.CONSULTATION, Track.CONSULTATION, Level.ORDINARY),
            "2026-03-04",
            "R39.consultation",
        ),
        ((TopClass.CONSULTATION, Track.REFERRAL, Level.ORDINARY), "2026-03-09", "R39.ordinary"),
        ((TopClass.AID, Track.AID, Level.ORDINARY), "2026-03-16", "R39.aid"),
        ((TopClass.SUGGESTION, Track.CONSULTATION, Level.ORDINARY), "2026-03-16", "R39.suggestion"),
        (DISPUTE, "2026-03-23", "R39.dispute"),
        ((TopClass.LEGAL_AID, Track.CONSULTATION, Level.DIFFICULT), "2026-03-23", "R39.difficult"),
        ((TopClass.DISPUTE, Track.DISPUTE, Level.COMPLEX), "2026-05-06", "R39.complex"),
    ],
)
def test_a_monday_call_is_due_by_the_table(
    kind: tuple[TopClass, Track, Level], due: str, rule: str
) -> None:
    deadline = handling_deadline(kind, at("2026-03-02 10:00"), TABLE, CALENDAR_2026)
    assert deadline.effective == date.fromisoformat(due)
    assert deadline.rule == f"{rule}@{TABLE.version}"


def test_a_make_up_saturday_counts_as_a_working_day() -> None:
    kind = (TopClass.CONSULTATION, Track.CONSULTATION, Level.ORDINARY)
    deadline = handling_deadline(kind, at("2026-02-13 16:00"), TABLE, CALENDAR_2026)
    assert deadline.effective == date(2026, 2, 24)


def test_the_local_date_of_a_late_utc_evening_starts_the_clock() -> None:
    evening = datetime.fromisoformat("2026-03-02T23:30:00+00:00")
    deadline = handling_deadline(DISPUTE, evening, TABLE, CALENDAR_2026)
    assert deadline.start == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("urgency", "received", "due"),
    [
        (Urgency.URGENT, "2026-10-01 23:30", "2026-10-02 01:30"),
        (Urgency.CRITICAL, "2026-10-01 23:30", "2026-10-02 00:30"),
        (Urgency.NORMAL, "2026-09-30 09:00", "2026-10-08 17:00"),
        (Urgency.NORMAL, "2026-03-02 23:59", "2026-03-03 17:00"),
    ],
)
def test_the_first_contact_is_in_hours_only_when_urgent(
    urgency: Urgency, received: str, due: str
) -> None:
    assert first_contact_due(urgency, at(received), TABLE, CALENDAR_2026) == at(due)


def test_the_caller_is_called_back_on_the_next_working_day() -> None:
    assert call_back_due(at("2026-02-14 15:00"), TABLE, CALENDAR_2026) == at("2026-02-24 17:00")


def test_the_ladder_reminds_at_four_fifths_and_rises_after_the_end() -> None:
    deadline = handling_deadline(
        (TopClass.CONSULTATION, Track.REFERRAL, Level.ORDINARY),
        at("2026-03-02 10:00"),
        TABLE,
        CALENDAR_2026,
    )
    assert [(step.step, step.at) for step in ladder(deadline, TABLE, CALENDAR_2026)] == [
        (Step.REMIND, at("2026-03-06 08:30")),
        (Step.OVERDUE, at("2026-03-09 17:00")),
        (Step.URGE, at("2026-03-10 08:30")),
        (Step.CIRCULATE, at("2026-03-17 08:30")),
    ]


def test_a_complex_case_is_extended_once_by_thirty_days() -> None:
    kind = (TopClass.DISPUTE, Track.DISPUTE, Level.COMPLEX)
    first = handling_deadline(kind, at("2026-03-02 10:00"), TABLE, CALENDAR_2026)
    assert (first.raw, first.effective) == (date(2026, 5, 1), date(2026, 5, 6))
    longer = extend(
        first,
        today=date(2026, 5, 6),
        extensions=0,
        reason="需外调",
        table=TABLE,
        calendar=CALENDAR_2026,
    )
    assert (longer.raw, longer.effective) == (date(2026, 5, 31), date(2026, 6, 1))
    assert longer.rule == f"R42@{TABLE.version}"
    with pytest.raises(AlreadyExtended):
        extend(
            longer,
            today=date(2026, 5, 7),
            extensions=1,
            reason="x",
            table=TABLE,
            calendar=CALENDAR_2026,
        )


def test_an_extension_after_the_end_is_refused() -> None:
    first = handling_deadline(DISPUTE, at("2026-03-02 10:00"), TABLE, CALENDAR_2026)
    with pytest.raises(ExtensionTooLate):
        extend(
            first,
            today=date(2026, 3, 24),
            extensions=0,
            reason="x",
            table=TABLE,
            calendar=CALENDAR_2026,
        )


def test_a_reopened_case_has_half_the_time_rounded_up() -> None:
    first = handling_deadline(DISPUTE, at("2026-03-02 10:00"), TABLE, CALENDAR_2026)
    again = reopened(first, date(2026, 3, 25), TABLE, CALENDAR_2026)
    assert again.workdays == 8
    assert again.effective == date(2026, 4, 7)


@pytest.mark.parametrize(("today", "refused"), [("2026-03-09", False), ("2026-03-10", True)])
def test_a_unit_returns_a_case_within_five_working_days(today: str, refused: bool) -> None:
    if refused:
        with pytest.raises(ReturnTooLate):
            check_return(date(2026, 3, 2), date.fromisoformat(today), CALENDAR_2026)
    else:
        check_return(date(2026, 3, 2), date.fromisoformat(today), CALENDAR_2026)


def test_an_order_starts_with_the_table_of_its_day() -> None:
    later = SlaTable(2, date(2026, 7, 1), (SlaRow("R39.ordinary", 3, Unit.WORKDAY),))
    tables = (TABLE, later)
    assert table_on(date(2026, 6, 30), tables) is TABLE
    assert table_on(date(2026, 7, 1), tables) is later


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    hour=st.integers(0, 23),
    track=st.sampled_from(Track),
    level=st.sampled_from(Level),
    top=st.sampled_from(TopClass),
)
def test_every_ladder_rises_and_every_deadline_is_a_working_day(
    start: date, hour: int, track: Track, level: Level, top: TopClass
) -> None:
    received = datetime(start.year, start.month, start.day, hour, tzinfo=CHINA)
    deadline = handling_deadline((top, track, level), received, TABLE, CALENDAR_2026)
    steps = ladder(deadline, TABLE, CALENDAR_2026)
    assert CALENDAR_2026.is_workday(deadline.effective)
    assert deadline.effective > start
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert received < steps[0].at < due_at(deadline) == office_close(deadline.effective)
    contact = first_contact_due(Urgency.NORMAL, received, TABLE, CALENDAR_2026)
    assert contact <= due_at(deadline)
    half = reopened(deadline, deadline.effective, TABLE, CALENDAR_2026)
    assert half.effective > deadline.effective
    assert half.raw - half.start <= deadline.raw - deadline.start + timedelta(days=9)
