"""Cards, applications and messages as folds: any order across topics gives the same result."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import reduce
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workbench.domain.card import Card, fold
from services.workbench.domain.fact import Fact
from services.workbench.domain.scope import may_see
from services.workbench.domain.summary import dues_of, people_of, seen_by, state_of
from shared.contracts.base import Event
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.story import AT, Story

STORY = Story()
INTAKE = [STORY.registered(), STORY.joined(), STORY.note(), STORY.overdue(), STORY.handled()]
MEDIATION = [
    STORY.opened(),
    STORY.mediator(),
    STORY.offered(),
    STORY.assigned(),
    STORY.progressed(missing=("signature_missing_mediator",)),
    STORY.agreed(),
    STORY.dispute_closed(),
]
SECOND = [Story(case_id=STORY.case_id, dispute_id=new_id()).opened()]


def facts(events: list[Event], started: datetime = AT) -> list[Fact]:
    """The events of one aggregate, numbered; a minute between them."""
    return [
        Fact(
            event.name,
            event,
            event.aggregate_id,
            n,
            started + timedelta(minutes=n),
            STORY.operator_id,
        )
        for n, event in enumerate(events, start=1)
    ]


STREAMS = (facts(INTAKE), facts(MEDIATION), facts(SECOND))


def folded(*events: Event) -> Card:
    """The card after the events, each aggregate numbered by itself."""
    seen: dict[UUID, int] = {}
    card = Card(STORY.case_id)
    for event in events:
        seen[event.aggregate_id] = seen.get(event.aggregate_id, 0) + 1
        number = seen[event.aggregate_id]
        card = fold(
            card, Fact(event.name, event, event.aggregate_id, number, AT, STORY.operator_id)
        )
    return card


@given(st.permutations([0] * len(INTAKE) + [1] * len(MEDIATION) + [2] * len(SECOND)))
def test_any_interleaving_of_the_topics_gives_the_same_card(turns: list[int]) -> None:
    streams = [iter(stream) for stream in STREAMS]
    order = [next(streams[turn]) for turn in turns]
    straight = [fact for stream in STREAMS for fact in stream]
    assert reduce(fold, order, Card(STORY.case_id)) == reduce(fold, straight, Card(STORY.case_id))


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([STORY.registered()], "registered"),
        ([STORY.registered(track="aid")], "handling"),
        ([STORY.registered(), STORY.opened()], "handling"),
        ([STORY.opened()], "handling"),
        ([STORY.registered(), STORY.handled()], "call_back"),
        ([STORY.registered(), STORY.handled(), STORY.closed()], "closed"),
        ([STORY.registered(), STORY.handled(), STORY.closed(), STORY.reopened()], "registered"),
    ],
    ids=["new", "aid", "dispute", "dispute first", "handled", "closed", "reopened"],
)
def test_the_state_follows_from_both_sides(events: list[Event], state: str) -> None:
    assert state_of(folded(*events)) == state


def test_the_nearest_date_is_the_first_contact_until_it_is_made() -> None:
    before, after = folded(STORY.registered()), folded(STORY.registered(), STORY.note())
    assert dues_of(before)[0].kind == "first_contact"
    assert [due.kind for due in dues_of(after)] == ["close"]


def test_an_internal_note_is_no_contact() -> None:
    assert dues_of(folded(STORY.registered(), STORY.note("internal")))[0].kind == "first_contact"


def test_a_closed_case_has_no_dates() -> None:
    assert (
        dues_of(folded(STORY.registered(), STORY.opened(), STORY.handled(), STORY.closed())) == []
    )


def test_a_call_back_is_what_remains_of_a_handled_case() -> None:
    events = (STORY.registered(), STORY.opened(), STORY.dispute_closed(), STORY.handled())
    assert [due.kind for due in dues_of(folded(*events))] == ["call_back"]


def test_the_larger_head_count_holds() -> None:
    assert people_of(folded(STORY.opened(), STORY.registered(), STORY.joined(9))) == 23


LAWYER = Actor(STORY.lawyer_id, frozenset({Role.LAWYER}), "zq")


@pytest.mark.parametrize(
    ("events", "visible"),
    [
        ([STORY.registered(), STORY.opened()], False),
        ([STORY.registered(), STORY.opened(), STORY.offered()], True),
        ([STORY.registered(), STORY.opened(), STORY.offered(), STORY.declined()], False),
        ([STORY.registered(), STORY.opened(), STORY.offered(), STORY.assigned()], True),
    ],
    ids=["not asked", "offered", "declined", "assigned"],
)
def test_a_lawyer_sees_what_is_offered_or_assigned(events: list[Event], visible: bool) -> None:
    assert may_see(LAWYER, seen_by(folded(*events))) is visible


@pytest.mark.parametrize(
    ("make", "visible"),
    [
        (lambda: Actor(new_id(), frozenset({Role.OPERATOR}), "zq"), True),
        (lambda: Actor(new_id(), frozenset({Role.OPERATOR}), "zq.441284"), True),
        (lambda: Actor(new_id(), frozenset({Role.OPERATOR}), "zq.441204"), False),
        (lambda: Actor(STORY.operator_id, frozenset({Role.OPERATOR}), "zq.441204"), True),
        (lambda: Actor(STORY.mediator_id, frozenset({Role.MEDIATOR}), "zq.441204"), True),
        (lambda: Actor(new_id(), frozenset({Role.SYSTEM_ADMIN}), "zq"), False),
        (lambda: Actor(new_id(), frozenset({Role.CASHIER}), "zq"), False),
    ],
    ids=["city", "county", "other county", "own call", "own dispute", "administrator", "cashier"],
)
def test_staff_see_their_subtree_and_their_own_work(
    make: Callable[[], Actor], visible: bool
) -> None:
    seen = seen_by(folded(STORY.registered(), STORY.opened(), STORY.mediator()))
    assert may_see(make(), seen) is visible


def test_when_the_card_was_touched_is_the_latest_fact_in_any_order() -> None:
    late = Fact(
        INTAKE[0].name,
        INTAKE[0],
        STORY.case_id,
        1,
        datetime(2026, 12, 1, tzinfo=UTC),
        STORY.operator_id,
    )
    early = Fact(MEDIATION[0].name, MEDIATION[0], STORY.dispute_id, 1, AT, STORY.operator_id)
    assert fold(fold(Card(STORY.case_id), late), early).touched_at == late.at
