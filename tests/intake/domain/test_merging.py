"""One matter told twice becomes one case: nobody counted twice, nobody revealed, nothing of others merged away (rule 11)."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import Case, Part, PartKind, PartState, begin
from services.intake.domain.case_state import NotInThisState, State
from services.intake.domain.dispatching import PartInHand
from services.intake.domain.merging import (
    GOES_ON,
    SECRECY,
    MergeTargetDone,
    MergeWouldReveal,
    NotSameMatter,
    Sharing,
    merge,
)
from tests.intake.domain.test_case import DAY, a_case

FIRM = UUID(int=77)
OPEN = Sharing((UUID(int=8),), "none")
ELSE = Sharing((UUID(int=18),), "none")


def one(**changes: object) -> Case:
    return begin(a_case(**{"employer_id": FIRM, **changes}), DAY)


def other(**changes: object) -> Case:
    base = {"id": UUID(int=10), "number": "ZQ-20260302-000002", "caller_id": UUID(int=18)}
    return one(**{**base, **changes})


def test_the_workers_and_the_money_go_on_in_one_case() -> None:
    ends, goes_on = one(claimant_count=3, amount_fen=900), other(claimant_count=14, amount_fen=100)
    merged = merge(ends, OPEN, goes_on, ELSE)
    assert (merged.ended.state, merged.ended.merged_into) == (State.MERGED, goes_on.id)
    assert not merged.ended.is_open
    assert (merged.added, merged.claimant_count, merged.amount_fen) == (OPEN.claimant_ids, 17, 1000)


@pytest.mark.parametrize(
    ("its", "others", "sum_fen"), [(None, None, None), (None, 5, 5), (5, None, 5)]
)
def test_an_unknown_amount_adds_nothing(
    its: int | None, others: int | None, sum_fen: int | None
) -> None:
    merged = merge(one(amount_fen=its), OPEN, other(amount_fen=others), ELSE)
    assert merged.amount_fen == sum_fen


def test_the_same_caller_about_no_employer_is_one_matter_too() -> None:
    ends = one(employer_id=None)
    assert merge(ends, OPEN, other(employer_id=None, caller_id=ends.caller_id), OPEN).added == ()


@pytest.mark.parametrize(
    "changes",
    [{"category": "work_injury"}, {"employer_id": UUID(int=78)}, {"employer_id": None}],
)
def test_what_has_nothing_in_common_stays_apart(changes: dict[str, object]) -> None:
    with pytest.raises(NotSameMatter):
        merge(one(), OPEN, other(**changes), ELSE)


@pytest.mark.parametrize("state", [PartState.EXPECTED, PartState.OPEN])
def test_what_another_service_has_is_ended_there_first(state: PartState) -> None:
    ends = one(parts=(Part(PartKind.DISPUTE, state),))
    with pytest.raises(PartInHand):
        merge(ends, OPEN, other(), ELSE)
    done = replace(ends, parts=(Part(PartKind.DISPUTE, PartState.CLOSED, UUID(int=1)),))
    for state_then in (State.IN_PROGRESS, State.HANDLED):
        assert merge(replace(done, state=state_then), OPEN, other(), ELSE).ended.merged_into


@pytest.mark.parametrize("state", State)
def test_only_a_case_in_work_takes_workers_and_only_an_open_one_ends(state: State) -> None:
    if state in GOES_ON:
        assert merge(one(), OPEN, replace(other(), state=state), ELSE).ended.merged_into
    else:
        with pytest.raises(MergeTargetDone):
            merge(one(), OPEN, replace(other(), state=state), ELSE)
    if state in {State.DISPATCHED, State.IN_PROGRESS, State.RETURNED, State.HANDLED}:
        assert merge(replace(one(), state=state), OPEN, other(), ELSE).ended.state is State.MERGED
    else:
        with pytest.raises(NotInThisState):
            merge(replace(one(), state=state), OPEN, other(), ELSE)


@pytest.mark.parametrize("its", SECRECY)
@pytest.mark.parametrize("others", SECRECY)
def test_whoever_hides_is_not_listed_where_others_do_not(its: str, others: str) -> None:
    ends, goes_on = Sharing(OPEN.claimant_ids, its), Sharing(ELSE.claimant_ids, others)
    if SECRECY.index(its) > SECRECY.index(others):
        with pytest.raises(MergeWouldReveal):
            merge(one(), ends, other(), goes_on)
    else:
        assert merge(one(), ends, other(), goes_on).added == OPEN.claimant_ids


PEOPLE = st.lists(st.integers(1, 12).map(lambda n: UUID(int=n)), unique=True, min_size=1)


@given(its=PEOPLE, others=PEOPLE, more=st.integers(0, 5), still=st.integers(0, 5))
def test_nobody_is_counted_twice_and_nobody_is_lost(
    its: list[UUID], others: list[UUID], more: int, still: int
) -> None:
    ends = one(claimant_count=len(its) + more)
    goes_on = other(claimant_count=len(others) + still)
    merged = merge(ends, Sharing(tuple(its), "none"), goes_on, Sharing(tuple(others), "none"))
    assert {*others, *merged.added} == {*its, *others}
    assert not set(merged.added) & set(others)
    assert merged.claimant_count == len({*its, *others}) + more + still
