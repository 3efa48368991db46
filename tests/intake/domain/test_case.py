"""A case goes its way by one table, and is done only when all its parts are."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from uuid import UUID

import pytest

from services.intake.domain.case import (
    CallBackResult,
    Case,
    Handling,
    Part,
    PartKind,
    PartsStillOpen,
    PartState,
    StillToBeReached,
    begin,
    call_back,
    close,
    expected_parts,
    handle,
    outcome_of,
    part_closed,
    part_opened,
    reached,
)
from services.intake.domain.case_state import Act, NotInThisState, State, may_happen, next_state
from services.intake.domain.categories import Level, TopClass, Track
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.urgency import Urgency

DAY = date(2026, 3, 2)
DISPUTE, AID = UUID(int=1), UUID(int=2)

ALLOWED = {
    State.RECEIVED: {Act.SUPERVISE, Act.ANSWER, Act.REFER, Act.DISPATCH, Act.OPEN_PART},
    State.ANSWERED: {Act.SUPERVISE, Act.CLOSE, Act.OPEN_PART},
    State.REFERRED: {Act.SUPERVISE, Act.CLOSE, Act.OPEN_PART},
    State.MERGED: set(),
    State.DISPATCHED: {
        Act.SUPERVISE,
        Act.SIGN,
        Act.RETURN,
        Act.MERGE,
        Act.EXTEND,
        Act.OPEN_PART,
        Act.HANDLE,
    },
    State.RETURNED: {Act.SUPERVISE, Act.DISPATCH, Act.KEEP, Act.MERGE, Act.OPEN_PART},
    State.IN_PROGRESS: {
        Act.SUPERVISE,
        Act.RETURN,
        Act.MERGE,
        Act.EXTEND,
        Act.OPEN_PART,
        Act.HANDLE,
    },
    State.HANDLED: {Act.SUPERVISE, Act.FAIL_CHECK, Act.CALL_BACK, Act.MERGE, Act.OPEN_PART},
    State.CALLED_BACK: {
        Act.SUPERVISE,
        Act.FAIL_CHECK,
        Act.CALL_BACK,
        Act.REOPEN,
        Act.CLOSE,
        Act.OPEN_PART,
    },
    State.REOPENED: {Act.SUPERVISE, Act.DISPATCH, Act.SIGN, Act.HANDLE, Act.OPEN_PART},
    State.CLOSED: {Act.FAIL_CHECK, Act.REOPEN, Act.OPEN_PART},
}


def a_case(**changes: object) -> Case:
    case = Case(
        id=UUID(int=9),
        number="ZQ-20260302-000001",
        category="wage_arrears",
        top=TopClass.DISPUTE,
        track=Track.DISPUTE,
        level=Level.ORDINARY,
        urgency=Urgency.NORMAL,
        handling=Handling.DISPATCH,
        org="zq.441284",
        region="zq.441284",
        caller_id=UUID(int=8),
        received_at=datetime(2026, 3, 2, 2, tzinfo=UTC),
    )
    return replace(case, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_an_act_happens_exactly_where_the_table_allows_it(state: State, act: Act) -> None:
    assert may_happen(state, act) is (act in ALLOWED[state])
    if act not in ALLOWED[state]:
        with pytest.raises(NotInThisState) as refusal:
            next_state(state, act)
        assert refusal.value.details == {"state": state.value, "act": act.value}


@pytest.mark.parametrize(
    ("handling", "state"),
    [
        (Handling.ANSWER, State.CLOSED),
        (Handling.DISPATCH, State.DISPATCHED),
        (Handling.REFER_UP, State.CLOSED),
        (Handling.REFER_OUT, State.CLOSED),
    ],
)
def test_a_call_begins_as_the_operator_chose(handling: Handling, state: State) -> None:
    assert begin(a_case(handling=handling), DAY).state is state


@pytest.mark.parametrize(
    ("code", "track", "handling", "kinds"),
    [
        ("wage_arrears", Track.DISPUTE, Handling.DISPATCH, [PartKind.DISPUTE]),
        ("tuition", Track.AID, Handling.DISPATCH, [PartKind.AID]),
        ("wage_arrears", Track.CONSULTATION, Handling.DISPATCH, []),
        ("wage_arrears", Track.DISPUTE, Handling.ANSWER, []),
    ],
)
def test_a_dispatched_case_awaits_its_parts(
    code: str, track: Track, handling: Handling, kinds: list[PartKind]
) -> None:
    category = CATEGORIES.choose(code, date(2026, 11, 23))
    parts = expected_parts(category, track, handling)
    assert [part.kind for part in parts] == kinds
    assert all(part.state is PartState.EXPECTED for part in parts)


def in_work() -> Case:
    awaited = (Part(PartKind.DISPUTE, PartState.EXPECTED), Part(PartKind.AID, PartState.EXPECTED))
    case = begin(a_case(parts=awaited), DAY)
    return part_opened(case, PartKind.DISPUTE, DISPUTE)


def test_a_case_waits_for_the_aid_that_nobody_took_up_yet() -> None:
    case = part_closed(in_work(), PartKind.DISPUTE, DISPUTE, "agreement")
    assert case.state is State.IN_PROGRESS
    with pytest.raises(PartsStillOpen):
        handle(case)


@pytest.mark.parametrize(
    "order", list(permutations(["aid_opened", "aid_closed", "dispute_closed", "dispute_closed"]))
)
def test_the_parts_end_in_any_order_and_twice_with_one_result(order: tuple[str, ...]) -> None:
    case = in_work()
    for fact in order:
        match fact:
            case "aid_opened":
                case = part_opened(case, PartKind.AID, AID)
            case "aid_closed":
                case = part_closed(case, PartKind.AID, AID, "paid")
            case _:
                case = part_closed(case, PartKind.DISPUTE, DISPUTE, "agreement")
    assert case.state is State.HANDLED
    assert set(outcome_of(case).split()) == {"dispute:agreement", "aid:paid"}
    assert len(case.parts) == 2


def test_a_part_opened_late_takes_a_handled_case_back_to_work() -> None:
    case = handle(begin(a_case(), DAY))
    assert part_opened(case, PartKind.AID, AID).state is State.IN_PROGRESS


def test_a_repeated_end_of_a_part_does_not_finish_a_reopened_case() -> None:
    case = begin(a_case(), DAY)
    case = part_opened(case, PartKind.DISPUTE, DISPUTE)
    case = part_closed(case, PartKind.DISPUTE, DISPUTE, "agreement")
    case = call_back(case, CallBackResult.DISSATISFIED).do(Act.REOPEN)
    assert part_closed(case, PartKind.DISPUTE, DISPUTE, "agreement") == case


def test_a_case_without_parts_is_handled_by_its_unit() -> None:
    case = handle(begin(a_case(), DAY).do(Act.SIGN))
    assert outcome_of(case) == "handled"


@pytest.mark.parametrize(("attempts", "closes"), [(1, False), (2, False), (3, True)])
def test_an_unreached_caller_is_tried_three_times(attempts: int, closes: bool) -> None:
    case = handle(begin(a_case(), DAY))
    for _ in range(attempts):
        case = call_back(case, CallBackResult.NOT_REACHED)
    if closes:
        assert close(case).state is State.CLOSED
    else:
        with pytest.raises(StillToBeReached):
            close(case)


@pytest.mark.parametrize(
    ("stars", "result"),
    [(1, "dissatisfied"), (2, "dissatisfied"), (3, "satisfied"), (5, "satisfied")],
)
def test_three_stars_count_as_satisfied(stars: int, result: str) -> None:
    assert reached(stars) == result
