"""What an agreement must say, and the routes it opens."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.agreement import (
    Agreement,
    AlreadySigned,
    Content,
    Instalment,
    InstalmentState,
    InstalmentUnknown,
    ReviewChoice,
    lacking,
    settle_instalment,
    sign,
    unsigned,
)
from services.mediation.domain.enforcement import Closed, PaymentOrder, Route, routes
from services.mediation.domain.missing import NotReady
from tests.mediation.domain.builders import NOW, TODAY, text
from tests.vocabulary.holidays import CALENDAR

AMOUNTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=24)


def codes(agreement: Agreement) -> list[str]:
    return [one.code for one in lacking(agreement)]


def signed(agreement: Agreement) -> Agreement:
    return sign(agreement, workers_at=NOW, employer_at=NOW, mediator_at=NOW, seal_at=NOW)


def closed(
    agreement: Agreement, today: date, order: PaymentOrder = PaymentOrder.NONE
) -> dict[Route, Closed | None]:
    return {one.route: one.closed for one in routes(agreement, today, CALENDAR, order)}


def test_a_complete_text_lacks_nothing_and_is_spelt_out() -> None:
    assert codes(text()) == []
    assert text().amount_in_words == "玖万元整"


def test_tc20_an_agreement_without_due_date_cannot_be_signed() -> None:
    undated = replace(text(), instalments=())
    assert codes(undated) == ["agreement_lacks_instalments"]
    assert "内容不明确" in lacking(undated)[0].zh
    with pytest.raises(NotReady):
        sign(undated, workers_at=NOW)


@pytest.mark.parametrize("field", ["parties", "claims", "result", "manner"])
def test_every_required_part_is_asked_for(field: str) -> None:
    assert codes(replace(text(), **{field: " "})) == [f"agreement_lacks_{field}"]  # type: ignore[arg-type]


def test_every_instalment_is_positive() -> None:
    plan = (Instalment(1, 9_000_000, TODAY), Instalment(2, 0, TODAY))
    assert codes(replace(text(), instalments=plan)) == ["instalments_do_not_add_up"]


def test_an_act_is_late_from_the_day_after_its_date() -> None:
    act = signed(replace(text(), amount_fen=0, instalments=(), act="出具证明", act_due=TODAY))
    assert closed(act, TODAY)[Route.ARBITRATION] is Closed.NOT_IN_DEFAULT
    assert closed(act, TODAY + timedelta(days=1))[Route.ARBITRATION] is None


def test_an_act_instead_of_an_amount_needs_its_own_date() -> None:
    act = replace(text(), amount_fen=0, instalments=(), act="出具离职证明")
    assert codes(act) == ["agreement_lacks_act_due"]
    assert codes(replace(act, act_due=TODAY)) == []
    assert codes(replace(act, act="")) == ["agreement_lacks_amount_or_act"]


def test_every_represented_worker_must_agree() -> None:
    assert codes(replace(text(), represented_consents=29)) == ["represented_consents_missing"]


@given(AMOUNTS, st.integers(-5, 5))
def test_a_payment_plan_passes_exactly_when_it_adds_up(parts: list[int], error: int) -> None:
    plan = tuple(Instalment(n, fen, TODAY) for n, fen in enumerate(parts, 1))
    agreement = replace(text(), amount_fen=max(1, sum(parts) + error), instalments=plan)
    assert (codes(agreement) == []) == (agreement.amount_fen == sum(parts))


@given(
    st.permutations(["workers_at", "employer_at", "mediator_at", "seal_at"]),
    st.lists(st.integers(0, 10**6), min_size=4, max_size=4),
)
def test_it_takes_effect_with_the_last_hand_or_seal(order: list[str], seconds: list[int]) -> None:
    agreement = text()
    moments = [NOW + timedelta(seconds=one) for one in seconds]
    for hand, moment in zip(order, moments, strict=True):
        assert agreement.effective_at is None
        agreement = sign(agreement, **{hand: moment})
    assert agreement.effective_at == max(moments)
    assert unsigned(agreement) == []
    with pytest.raises(AlreadySigned):
        sign(agreement, seal_at=NOW)


def test_instalments_are_settled_once() -> None:
    paid = settle_instalment(text(), 1, InstalmentState.PAID, TODAY)
    assert paid.paid_fen == 5_000_000
    for number in (1, 3):
        with pytest.raises(InstalmentUnknown):
            settle_instalment(paid, number, InstalmentState.PAID, TODAY)


def test_tc18_an_employment_relation_is_not_reviewed_by_arbitration_but_may_be_confirmed() -> None:
    relation = replace(text(), contents=frozenset({Content.EMPLOYMENT_RELATION}))
    state = closed(signed(relation), TODAY)
    assert state[Route.ARBITRATION_REVIEW] is Closed.EMPLOYMENT_RELATION
    assert state[Route.JUDICIAL_CONFIRMATION] is None


def test_status_or_title_is_not_confirmed_by_a_court() -> None:
    title = replace(text(), contents=frozenset({Content.STATUS_OR_TITLE}))
    assert closed(signed(title), TODAY)[Route.JUDICIAL_CONFIRMATION] is Closed.STATUS_OR_TITLE


def test_the_two_reviews_close_with_their_periods() -> None:
    agreement = signed(text())
    by_route = {one.route: one for one in routes(agreement, TODAY, CALENDAR)}
    assert by_route[Route.ARBITRATION_REVIEW].last_day == date(2026, 3, 20)
    assert by_route[Route.JUDICIAL_CONFIRMATION].last_day == date(2026, 4, 7)
    later = closed(agreement, date(2026, 4, 7))
    assert later[Route.ARBITRATION_REVIEW] is Closed.TOO_LATE
    assert later[Route.JUDICIAL_CONFIRMATION] is None
    assert closed(agreement, date(2026, 4, 8))[Route.JUDICIAL_CONFIRMATION] is Closed.TOO_LATE


def test_one_review_excludes_the_other() -> None:
    reviewed = replace(signed(text()), review=ReviewChoice.ARBITRATION_REVIEW)
    assert closed(reviewed, TODAY)[Route.JUDICIAL_CONFIRMATION] is Closed.OTHER_ROUTE_CHOSEN
    confirmed = replace(signed(text()), review=ReviewChoice.JUDICIAL_CONFIRMATION)
    assert closed(confirmed, TODAY)[Route.ARBITRATION_REVIEW] is Closed.OTHER_ROUTE_CHOSEN


@pytest.mark.parametrize(
    ("contents", "order", "payment_order", "suit"),
    [
        ({Content.WAGES}, PaymentOrder.NONE, None, None),
        ({Content.DAMAGES}, PaymentOrder.NONE, None, Closed.PAYMENT_ORDER_FIRST),
        ({Content.DAMAGES}, PaymentOrder.A_ENDED, None, None),
        ({Content.WAGES}, PaymentOrder.B_ENDED, None, Closed.ARBITRATE_FIRST),
        (
            {Content.OTHER},
            PaymentOrder.NONE,
            Closed.CONTENT_NOT_COVERED,
            Closed.CONTENT_NOT_COVERED,
        ),
    ],
)
def test_after_default_the_content_decides_the_route(
    contents: set[Content], order: PaymentOrder, payment_order: Closed | None, suit: Closed | None
) -> None:
    agreement = signed(replace(text(), contents=frozenset(contents)))
    late = closed(agreement, date(2026, 4, 1), order)
    assert (late[Route.PAYMENT_ORDER], late[Route.SUIT]) == (payment_order, suit)
    assert late[Route.ARBITRATION] is None
    assert closed(agreement, TODAY, order)[Route.PAYMENT_ORDER] is Closed.NOT_IN_DEFAULT


def test_before_effectiveness_nothing_is_open() -> None:
    assert all(closed(text(), TODAY).values())
