"""Choosing lawyers and mediators, offers, permissions and notes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.grade import Grade
from services.mediation.domain.lawyers import (
    DeclineNeedsNote,
    DeclineReason,
    Lawyer,
    OfferClosed,
    OfferState,
    OfferStillOpen,
    Passed,
    accepted,
    choose_lawyer,
    declined,
    expired,
    offer,
    withdrawn,
)
from services.mediation.domain.mediators import (
    CaseRole,
    MediatedThisCase,
    Mediator,
    Unfit,
    choose_mediators,
    mediators_required,
    refuse_role_conflict,
    unfit,
)
from services.mediation.domain.notes import Audience, Note, exportable, may_read_note
from services.mediation.domain.permissions import Deed, allowed_deeds, may, require
from services.mediation.domain.scheme import Settings
from shared.vocabulary.errors import NotAllowed, NotFound
from shared.vocabulary.people import SYSTEM, Actor, Role
from tests.mediation.domain.builders import LAWYER, MEDIATORS, NOW, TODAY, at

IDS = [UUID(int=n) for n in range(1, 9)]
ROSTERS = st.lists(
    st.builds(
        Lawyer,
        id=st.sampled_from(IDS),
        open_disputes=st.integers(0, 14),
        is_available=st.booleans(),
        licence_until=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    ),
    unique_by=lambda one: one.id,
    max_size=8,
)
SOME = st.frozensets(st.sampled_from(IDS), max_size=4)


@pytest.mark.parametrize(
    ("loads", "chosen"),
    [([3, 1], 1), ([1, 1], 0), ([12, 12], None), ([], None)],
    ids=["least loaded", "tie goes to the lower id", "all full", "no roster"],
)
def test_choose_lawyer(loads: list[int], chosen: int | None) -> None:
    roster = [Lawyer(IDS[n], load) for n, load in enumerate(loads)]
    assert choose_lawyer(roster, (), ()).lawyer_id == (None if chosen is None else IDS[chosen])


@given(ROSTERS, SOME, SOME)
def test_the_choice_is_fit_least_loaded_explained_and_independent_of_order(
    roster: list[Lawyer], conflicts: frozenset[UUID], refused: frozenset[UUID]
) -> None:
    choice = choose_lawyer(roster, conflicts, refused, TODAY)
    shuffled = sorted(roster, key=lambda one: one.id.int % 5)
    assert choose_lawyer(shuffled, conflicts, refused, TODAY) == choice
    fit = [
        one
        for one in roster
        if one.is_available
        and (one.licence_until is None or one.licence_until >= TODAY)
        and one.id not in conflicts | refused
        and one.open_disputes < one.caseload_max
    ]
    best = min(fit, key=lambda one: (one.open_disputes, one.id), default=None)
    assert choice.lawyer_id == (best.id if best else None)
    assert choice.needs_coordinator == (not fit)
    assert {one.lawyer_id for one in choice.considered} == {one.id for one in roster}
    assert [one.lawyer_id for one in choice.considered if one.passed is None] == (
        [best.id] if best else []
    )
    assert choice.zh
    assert choice.en


def test_the_explanation_counts_reasons_and_names_nobody() -> None:
    roster = [Lawyer(IDS[0], 1), Lawyer(IDS[1], 0), Lawyer(IDS[2], 0, is_available=False)]
    choice = choose_lawyer(roster, {IDS[1]}, ())
    assert choice.zh == "在 3 位律师中在办最少（1 件）且无利害冲突；其余：暂停接件 1、利害冲突 1。"
    assert choice.considered[1].passed in (Passed.CONFLICT, Passed.UNAVAILABLE)


def test_an_offer_is_answered_once_and_in_time() -> None:
    opened = offer(UUID(int=50), UUID(int=51), LAWYER, NOW, urgent=False)
    assert opened.expires_at - NOW == timedelta(hours=24)
    assert accepted(opened, NOW).state is OfferState.ACCEPTED
    with pytest.raises(OfferClosed):
        accepted(opened, opened.expires_at)
    with pytest.raises(OfferClosed):
        accepted(declined(opened, DeclineReason.WORKLOAD), NOW)
    with pytest.raises(OfferStillOpen):
        expired(opened, NOW)
    assert expired(opened, opened.expires_at).state is OfferState.EXPIRED
    with pytest.raises(OfferClosed):
        expired(withdrawn(opened), opened.expires_at)


def test_declining_for_another_reason_needs_a_note() -> None:
    opened = offer(UUID(int=50), UUID(int=51), LAWYER, NOW, urgent=True)
    with pytest.raises(DeclineNeedsNote):
        declined(opened, DeclineReason.OTHER)
    assert declined(opened, DeclineReason.OTHER, "出差").decline_reason is DeclineReason.OTHER


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"is_available": False}, Unfit.UNAVAILABLE),
        ({"certified_until": date(2026, 3, 4)}, Unfit.CERTIFICATE_EXPIRED),
        ({"org": "zq.441202"}, Unfit.OUT_OF_AREA),
        ({"id": IDS[1]}, Unfit.CONFLICT),
        ({"open_disputes": 25}, Unfit.FULL),
    ],
)
def test_why_a_mediator_cannot_be_assigned(change: dict[str, object], why: Unfit | None) -> None:
    mediator = replace(Mediator(IDS[0], "zq.441284"), **change)  # type: ignore[arg-type]
    assert unfit(mediator, "zq.441284.003", {IDS[1]}, TODAY) is why


def test_the_nearest_office_comes_first_then_expertise_then_load() -> None:
    roster = [
        Mediator(IDS[0], "zq", 0),
        Mediator(IDS[1], "zq.441284", 5),
        Mediator(IDS[2], "zq.441284", 9, expertise=frozenset({"wages"})),
        Mediator(IDS[3], "zq.441202", 0),
    ]
    chosen = choose_mediators(roster, "zq.441284.003", (), TODAY, count=2, expertise="wages")
    assert chosen == (IDS[2], IDS[1])
    assert len(choose_mediators(roster, "zq.441284", (), TODAY, count=9)) == 3


def test_grave_complex_or_requested_cases_take_two_mediators() -> None:
    settings = Settings()
    assert mediators_required(Grade.G1, settings) == 1
    assert mediators_required(Grade.G2, settings) == 2
    assert mediators_required(Grade.G0, settings, complex_case=True) == 2
    assert mediators_required(Grade.G0, settings, party_asked=True) == 2


@pytest.mark.parametrize("role", CaseRole)
def test_a_mediator_never_acts_in_the_same_case_otherwise(role: CaseRole) -> None:
    with pytest.raises(MediatedThisCase):
        refuse_role_conflict(MEDIATORS[0], role, frozenset(MEDIATORS))
    refuse_role_conflict(LAWYER, role, frozenset(MEDIATORS))


def actor(who: UUID, *roles: Role, org: str = "zq.441284") -> Actor:
    return Actor(who, frozenset(roles), org)


STRANGER = UUID(int=77)
DISPUTE = at("mediation")


@pytest.mark.parametrize(
    ("who", "may_see", "may_read", "may_handle"),
    [
        (actor(MEDIATORS[0], Role.MEDIATOR), True, True, True),
        (actor(STRANGER, Role.MEDIATOR), True, False, False),
        (actor(STRANGER, Role.SUPERVISOR), True, True, True),
        (actor(STRANGER, Role.SUPERVISOR, org="zq"), True, True, True),
        (actor(STRANGER, Role.SUPERVISOR, org="zq.441202"), False, False, False),
        (actor(STRANGER, Role.OPERATOR), True, False, False),
        (actor(STRANGER, Role.AUDITOR, org="zq"), True, False, False),
        (actor(STRANGER, Role.CASHIER, org="zq"), False, False, False),
        (actor(STRANGER, Role.SYSTEM_ADMIN, org="zq"), False, False, False),
        (actor(LAWYER, Role.LAWYER), True, True, False),
        (actor(STRANGER, Role.LAWYER, org="zq"), False, False, False),
        (SYSTEM, True, True, True),
    ],
)
def test_who_may_see_read_and_handle(
    who: Actor, may_see: bool, may_read: bool, may_handle: bool
) -> None:
    assert may(who, Deed.SEE, DISPUTE) == may_see
    assert may(who, Deed.READ_CONTENT, DISPUTE) == may_read
    assert may(who, Deed.HANDLE, DISPUTE) == may_handle


def test_a_lawyer_with_an_offer_sees_it_and_answers_and_nothing_more() -> None:
    asked = actor(STRANGER, Role.LAWYER)
    assert allowed_deeds(asked, DISPUTE, {STRANGER}) == (Deed.SEE, Deed.ANSWER_OFFER)
    assert allowed_deeds(asked, DISPUTE) == ()


def test_existence_is_private_and_what_is_known_is_merely_not_allowed() -> None:
    with pytest.raises(NotFound):
        require(actor(STRANGER, Role.LAWYER), Deed.READ_CONTENT, DISPUTE)
    with pytest.raises(NotAllowed):
        require(actor(STRANGER, Role.OPERATOR), Deed.READ_CONTENT, DISPUTE)
    require(actor(MEDIATORS[0], Role.MEDIATOR), Deed.ADVANCE, DISPUTE)


def test_a_mediator_may_take_a_dispute_nobody_has() -> None:
    nobody = replace(DISPUTE, mediators=())
    assert may(actor(STRANGER, Role.MEDIATOR), Deed.ASSIGN_MEDIATORS, nobody)
    assert not may(actor(STRANGER, Role.MEDIATOR), Deed.ASSIGN_MEDIATORS, DISPUTE)


@pytest.mark.parametrize(
    ("audience", "lawyer_reads"),
    [
        (Audience.SHARED, True),
        (Audience.CAUCUS_WORKERS, True),
        (Audience.CAUCUS_EMPLOYER, False),
        (Audience.MEDIATORS, False),
    ],
)
def test_a_caucus_is_kept(audience: Audience, lawyer_reads: bool) -> None:
    note = Note(UUID(int=60), MEDIATORS[0], audience)
    assert may_read_note(actor(LAWYER, Role.LAWYER), DISPUTE, note) == lawyer_reads
    assert may_read_note(actor(MEDIATORS[1], Role.MEDIATOR), DISPUTE, note)
    assert not may_read_note(actor(STRANGER, Role.OPERATOR), DISPUTE, note)


def test_concessions_never_leave_the_house() -> None:
    shared = Note(UUID(int=60), MEDIATORS[0], Audience.SHARED)
    free = replace(shared, without_prejudice=False)
    fact = replace(shared, agreed_fact=True)
    caucus = replace(free, audience=Audience.CAUCUS_WORKERS)
    assert exportable([shared, free, fact, caucus]) == (free, fact)
