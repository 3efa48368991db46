"""A message is sent under one key, retried with limits, and ends in a call if it will not arrive."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.delivery import (
    BACK_OFF_MAX_S,
    FINAL,
    LEASE_S,
    TRIES_MAX,
    Answer,
    Delivery,
    DeliveryAct,
    DeliveryNotInThisState,
    DeliveryState,
    Receipt,
    SentAgainAlready,
    back_off,
    claim,
    next_delivery_state,
    receive,
    record,
    sent_again,
)

S, A = DeliveryState, DeliveryAct
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TABLE = {
    S.QUEUED: {A.CLAIM: S.CLAIMED, A.CONFIRM: S.DELIVERED, A.FAIL: S.FAILED, A.CANCEL: S.CANCELLED},
    S.CLAIMED: {
        A.CLAIM: S.CLAIMED,
        A.SEND: S.SENT,
        A.RETRY: S.QUEUED,
        A.LOSE_ANSWER: S.UNKNOWN,
        A.CONFIRM: S.DELIVERED,
        A.FAIL: S.FAILED,
    },
    S.SENT: {A.CONFIRM: S.DELIVERED, A.FAIL: S.FAILED},
    S.UNKNOWN: {A.CLAIM: S.CLAIMED, A.CONFIRM: S.DELIVERED, A.FAIL: S.FAILED},
    S.DELIVERED: {A.CONFIRM: S.DELIVERED, A.FAIL: S.DELIVERED},
    S.FAILED: {A.CONFIRM: S.DELIVERED, A.FAIL: S.FAILED, A.RESEND: S.FAILED},
    S.CANCELLED: {},
}


def message(audience: str = "claimant") -> Delivery:
    return Delivery(UUID(int=1), "t@1", audience, "sms", UUID(int=2), send_after=NOW)


@pytest.mark.parametrize("state", DeliveryState)
@pytest.mark.parametrize("act", DeliveryAct)
def test_a_message_moves_by_the_table(state: DeliveryState, act: DeliveryAct) -> None:
    expected = TABLE[state].get(act)
    if expected is None:
        with pytest.raises(DeliveryNotInThisState):
            next_delivery_state(state, act)
    else:
        assert next_delivery_state(state, act) is expected


def test_a_taken_message_is_sent_and_then_delivered() -> None:
    sent = record(claim(message(), NOW), Answer.TAKEN, NOW)
    assert (sent.state, sent.tries) == (S.SENT, 1)
    assert receive(sent, Receipt.DELIVERED).state is S.DELIVERED


@pytest.mark.parametrize(
    ("audience", "call"),
    [("claimant", True), ("caller", True), ("beneficiary", True), ("lawyer", False)],
)
def test_a_refused_message_becomes_a_call_for_those_outside(audience: str, call: bool) -> None:
    failed = record(claim(message(audience), NOW), Answer.REFUSED, NOW, reason="blacklisted")
    assert (failed.state, failed.call_task, failed.reason) == (S.FAILED, call, "blacklisted")


@pytest.mark.parametrize("answer", [Answer.TRY_LATER, Answer.LOST])
def test_tries_are_limited_and_pauses_grow(answer: Answer) -> None:
    delivery, now, pauses = message(), NOW, []
    while delivery.state not in FINAL:
        assert delivery.is_due(now)
        delivery = record(claim(delivery, now), answer, now)
        if delivery.state not in FINAL:
            pauses.append(delivery.send_after - now)
            assert not delivery.is_due(now)
            now = delivery.send_after
    assert delivery.tries == TRIES_MAX
    assert pauses == sorted(pauses)
    assert pauses == [back_off(n) for n in range(1, TRIES_MAX)]
    assert (delivery.state, delivery.reason) == (S.FAILED, "tries_exhausted")


def test_the_pause_never_exceeds_an_hour() -> None:
    assert [back_off(n).total_seconds() for n in (1, 2, 3)] == [30, 60, 120]
    assert back_off(50) == timedelta(seconds=BACK_OFF_MAX_S)


def test_a_message_left_by_a_dead_worker_is_claimed_again_under_the_same_key() -> None:
    left = claim(message(), NOW)
    assert not left.is_due(NOW + timedelta(seconds=LEASE_S - 1))
    later = NOW + timedelta(seconds=LEASE_S)
    assert left.is_due(later)
    assert claim(left, later).provider_key == left.provider_key


def test_a_receipt_may_be_faster_than_our_own_record() -> None:
    early = receive(claim(message(), NOW), Receipt.DELIVERED)
    assert record(early, Answer.LOST, NOW) == early
    failed = receive(claim(message(), NOW), Receipt.UNDELIVERABLE, reason="off")
    assert record(failed, Answer.TAKEN, NOW) == failed


def test_a_delivered_message_stays_delivered_and_its_call_task_falls_away() -> None:
    failed = receive(
        record(claim(message(), NOW), Answer.TAKEN, NOW), Receipt.UNDELIVERABLE, reason="off"
    )
    assert failed.call_task
    arrived = receive(failed, Receipt.DELIVERED)
    assert (arrived.state, arrived.call_task) == (S.DELIVERED, False)
    assert receive(arrived, Receipt.UNDELIVERABLE) == arrived


def test_a_failed_message_that_is_sent_again_asks_for_no_call_and_for_no_third() -> None:
    failed = record(claim(message(), NOW), Answer.REFUSED, NOW, reason="full")
    assert failed.call_task
    done = sent_again(failed)
    assert (done.state, done.call_task, done.reason) == (S.FAILED, False, "sent_again")
    with pytest.raises(SentAgainAlready):
        sent_again(done)
    assert receive(done, Receipt.DELIVERED).state is S.DELIVERED


@pytest.mark.parametrize("state", [one for one in S if one is not S.FAILED])
def test_only_a_failed_message_is_sent_again(state: DeliveryState) -> None:
    with pytest.raises(DeliveryNotInThisState):
        sent_again(replace(message(), state=state))


@given(
    st.lists(
        st.sampled_from([Answer.TRY_LATER, Answer.LOST, Answer.TAKEN, Answer.REFUSED]), max_size=20
    )
)
def test_every_message_comes_to_an_end_within_its_tries(answers: list[Answer]) -> None:
    delivery, now = message(), NOW
    for answer in answers:
        if not delivery.is_due(now):
            break
        delivery = record(claim(delivery, now), answer, now)
        now = max(now, delivery.send_after)
    assert delivery.tries <= TRIES_MAX
    assert delivery.call_task is (delivery.state is S.FAILED)
