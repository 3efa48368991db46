"""A unit signs for a case or gives it back in time; somebody else decides where it goes (rules 40, 46)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import Case, Part, PartKind, PartState, begin
from services.intake.domain.case_state import NotInThisState, State
from services.intake.domain.dispatching import (
    OwnRequest,
    PartInHand,
    TooManyReturns,
    give_back,
    keep,
    redispatch,
    sign,
    units_for,
)
from services.intake.domain.sla import RETURN_WORKDAYS_MAX, ReturnTooLate
from shared.vocabulary.calendar import CHINA
from shared.vocabulary.regions import REGIONS, is_within
from tests.intake.domain.calendar_2026 import CALENDAR_2026
from tests.intake.domain.test_case import DAY, a_case

UNIT, DESK, CHIEF = UUID(int=11), UUID(int=12), UUID(int=13)
ELSEWHERE = "zq.441202"


def dispatched(**changes: object) -> Case:
    return begin(a_case(**changes), DAY)


def returned(case: Case, today: date = DAY) -> Case:
    return give_back(case, UNIT, today, CALENDAR_2026)


def test_who_signs_owns_the_case() -> None:
    case = sign(dispatched(), UNIT)
    assert (case.state, case.signed_by) == (State.IN_PROGRESS, UNIT)
    with pytest.raises(NotInThisState):
        sign(case, DESK)


def test_a_returned_case_stays_with_its_unit_until_another_one_is_named() -> None:
    case = returned(sign(dispatched(), UNIT))
    assert (case.state, case.org, case.signed_by) == (State.RETURNED, "zq.441284", None)
    assert (case.returned_by, case.returns) == (UNIT, 1)
    sent = redispatch(case, ELSEWHERE, DESK, date(2026, 3, 5), supervisor=False)
    assert (sent.state, sent.org, sent.returned_by) == (State.DISPATCHED, ELSEWHERE, None)
    assert sent.dispatched_on == date(2026, 3, 5)
    assert sent.deadlines == case.deadlines


def test_with_the_return_the_request_for_more_time_lapses() -> None:
    case = returned(replace(dispatched(), extension_by=UNIT, extension_reason="talks"))
    assert (case.extension_by, case.extension_reason) == (None, None)


def test_a_refused_return_leaves_the_case_to_be_signed_for() -> None:
    case = keep(returned(dispatched()), DESK, supervisor=False)
    assert (case.state, case.org, case.returned_by) == (State.DISPATCHED, "zq.441284", None)
    assert case.dispatched_on == DAY
    assert returned(case).returns == 2


def test_nobody_decides_about_their_own_return() -> None:
    case = returned(dispatched())
    with pytest.raises(OwnRequest):
        keep(case, UNIT, supervisor=True)
    with pytest.raises(OwnRequest):
        redispatch(case, ELSEWHERE, UNIT, DAY, supervisor=True)


def test_the_third_return_is_decided_by_a_supervisor() -> None:
    case = dispatched()
    for _ in range(2):
        case = redispatch(returned(case), ELSEWHERE, DESK, DAY, supervisor=False)
    third = returned(case)
    for decide in (keep, lambda *a, **k: redispatch(a[0], "zq.441203", a[1], DAY, **k)):
        with pytest.raises(TooManyReturns):
            decide(third, DESK, supervisor=False)
        assert decide(third, CHIEF, supervisor=True).state is State.DISPATCHED


@pytest.mark.parametrize("state", [PartState.EXPECTED, PartState.OPEN])
def test_what_another_service_has_is_not_given_back(state: PartState) -> None:
    case = dispatched(parts=(Part(PartKind.DISPUTE, state),))
    with pytest.raises(PartInHand) as refusal:
        returned(case)
    assert refusal.value.details == {"parts": ["dispute"]}
    with pytest.raises(PartInHand):
        redispatch(replace(case, state=State.RETURNED), ELSEWHERE, DESK, DAY, supervisor=True)


@given(received=st.dates(date(2026, 1, 1), date(2026, 11, 1)), later=st.integers(0, 20))
def test_a_case_is_returned_up_to_the_fifth_working_day_and_not_after(
    received: date, later: int
) -> None:
    case = replace(begin(a_case(), received), dispatched_on=received)
    today = date.fromordinal(received.toordinal() + later)
    passed = CALENDAR_2026.workdays_between(received, today)
    if passed <= RETURN_WORKDAYS_MAX and CALENDAR_2026.is_workday(today):
        assert returned(case, today).state is State.RETURNED
    elif passed > RETURN_WORKDAYS_MAX:
        with pytest.raises(ReturnTooLate):
            returned(case, today)


def test_the_time_to_return_runs_from_the_local_day_of_registration() -> None:
    late = datetime(2026, 3, 2, 20, tzinfo=UTC)  # the 3rd in China
    assert late.astimezone(CHINA).date() == date(2026, 3, 3)
    case = replace(dispatched(received_at=late), dispatched_on=None)
    assert returned(case, date(2026, 3, 10)).state is State.RETURNED
    with pytest.raises(ReturnTooLate):
        returned(case, date(2026, 3, 11))


@given(
    region=st.sampled_from([one.code for one in REGIONS]),
    org=st.sampled_from([one.path for one in REGIONS]),
    scope=st.sampled_from(["zq", "zq.441284", "zq.441202"]),
    category=st.sampled_from(["complaint", "wage_arrears"]),
)
def test_a_case_goes_up_or_below_whoever_sends_it_and_never_to_whom_it_is_about(
    region: str, org: str, scope: str, category: str
) -> None:
    units = units_for(a_case(region=region, org=org, category=category), scope)
    assert org not in {one.path for one in units}
    assert all(one.path == "zq" or is_within(one.path, scope) for one in units)
    if category == "complaint":
        place = next(one for one in REGIONS if one.code == region)
        county = ".".join(place.path.split(".")[:2])
        assert not any(is_within(one.path, county) for one in units)
