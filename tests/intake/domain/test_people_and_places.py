"""Claimants, duplicates, tracking codes, routing and permissions of the hotline."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case_state import Act, State
from services.intake.domain.categories import Track
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.claimants import CLAIMANTS_PER_CASE_MAX, join
from services.intake.domain.duplicates import (
    CallTraits,
    Earlier,
    Same,
    group_of,
    likely_duplicates,
    likeness,
)
from services.intake.domain.permissions import (
    MAY,
    may_do,
    may_register,
    may_see,
    sees_identity,
)
from services.intake.domain.routing import Desk, may_receive, route
from services.intake.domain.tracking import (
    RANDOM_BYTES,
    new_tracking_code,
    shown,
    typed,
    worker_words,
)
from shared.vocabulary.errors import Invalid
from shared.vocabulary.people import Actor, Role

TODAY = date(2026, 11, 23)
EMPLOYER = UUID(int=77)


def people(numbers: Iterable[int]) -> tuple[UUID, ...]:
    return tuple(UUID(int=n) for n in numbers)


@given(st.lists(st.integers(0, 30), max_size=60), st.lists(st.integers(0, 30), max_size=60))
def test_joining_counts_each_person_once_in_any_split(first: list[int], second: list[int]) -> None:
    once = join((), people([*first, *second])).added
    begun = join((), people(first)).added
    joined = join(begun, people(second))
    assert once == begun + joined.added
    assert len(once) == len(set(first + second))
    assert len(joined.added) + len(joined.repeated) == len(second)


def test_a_case_lists_no_more_than_the_limit() -> None:
    full = join((), people(range(CLAIMANTS_PER_CASE_MAX))).added
    assert join(full, people([0])).added == ()
    with pytest.raises(Invalid) as refusal:
        join(full, people([CLAIMANTS_PER_CASE_MAX]))
    assert refusal.value.errors[0].code == "too_many_claimants"


def earlier(
    days_ago: int = 3, *, is_open: bool = True, number: str = "A", **traits: object
) -> Earlier:
    call = CallTraits(TODAY - timedelta(days=days_ago), **traits)  # type: ignore[arg-type]
    return Earlier(UUID(int=days_ago), number, is_open, call)


CALL = CallTraits(
    TODAY, phone="p", id_number="i", employer_id=EMPLOYER, category="wage_arrears", claimant_count=4
)


@pytest.mark.parametrize(
    ("traits", "score", "same"),
    [
        ({"phone": "p"}, 50, {Same.PHONE}),
        ({"employer_id": EMPLOYER, "category": "wage_arrears"}, 50, {Same.EMPLOYER, Same.CATEGORY}),
        ({"employer_id": EMPLOYER}, 30, {Same.EMPLOYER}),
        ({"phone": "q", "id_number": "i"}, 60, {Same.ID_NUMBER}),
        (
            {"phone": "p", "id_number": "i", "employer_id": EMPLOYER},
            100,
            {Same.PHONE, Same.ID_NUMBER, Same.EMPLOYER},
        ),
        ({}, 0, set()),
    ],
)
def test_likeness_adds_up_what_is_the_same(
    traits: dict[str, object], score: int, same: set[Same]
) -> None:
    found = likeness(CALL, earlier(**traits))  # type: ignore[arg-type]
    assert (found.score, set(found.same)) == (score, same)


def test_unknown_numbers_are_never_equal() -> None:
    assert likeness(CallTraits(TODAY), earlier()).score == 0


@pytest.mark.parametrize(
    ("days_ago", "is_open", "warned"), [(30, True, True), (31, True, False), (3, False, False)]
)
def test_only_open_cases_of_thirty_days_are_shown(
    days_ago: int, is_open: bool, warned: bool
) -> None:
    found = likely_duplicates(CALL, [earlier(days_ago, is_open=is_open, phone="p")])
    assert bool(found) is warned


def test_the_likeliest_then_newest_case_comes_first() -> None:
    cases = [
        earlier(9, number="old", phone="p"),
        earlier(2, number="new", phone="p"),
        earlier(20, number="sure", phone="p", id_number="i"),
    ]
    assert [one.case.number for one in likely_duplicates(CALL, cases)] == ["sure", "new", "old"]


@pytest.mark.parametrize(("people_open", "reached"), [(0, None), (5, False), (6, True), (9, True)])
def test_ten_people_of_one_employer_are_a_group(people_open: int, reached: bool | None) -> None:
    group = group_of(people_open, CALL.claimant_count)
    assert (group.reached if group else None) is reached


@given(st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES))
def test_a_tracking_code_is_read_back_as_typed(random_bytes: bytes) -> None:
    code = new_tracking_code(random_bytes)
    assert typed(f" {shown(code).lower()} ") == code


def test_too_little_randomness_is_refused() -> None:
    with pytest.raises(ValueError, match="random bytes"):
        new_tracking_code(b"1234")


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_for_the_worker(state: State) -> None:
    words = worker_words(state)
    assert all((words.title_zh, words.text_zh, words.title_en, words.text_en))
    assert "工单" not in words.title_zh + words.text_zh


@pytest.mark.parametrize(
    ("code", "region", "facts", "org", "desk"),
    [
        ("wage_arrears", "zq.441284.003", {}, "zq.441284", Desk.MEDIATION),
        ("wage_arrears", "zq.441284.003", {"claimant_count": 29}, "zq.441284", Desk.MEDIATION),
        ("wage_arrears", "zq.441284.003", {"claimant_count": 30}, "zq", Desk.MEDIATION),
        ("tuition", "zq.441202", {}, "zq.441202", Desk.WELFARE),
        ("legal_aid", "zq.441202", {}, "zq.441202", Desk.LEGAL),
        ("complaint", "zq.441202", {}, "zq", Desk.SUPERVISION),
        (
            "wage_arrears",
            "zq.441202",
            {"complained_org": "zq.441202.001"},
            "zq.441202",
            Desk.SUPERVISION,
        ),
        ("complaint", "zq.441202", {"complained_org": "zq"}, "gd", Desk.SUPERVISION),
    ],
)
def test_a_case_goes_to_the_unit_of_the_catalogue(
    code: str, region: str, facts: dict[str, object], org: str, desk: Desk
) -> None:
    category = CATEGORIES.choose(code, TODAY)
    found = route(category, category.track, region, **facts)  # type: ignore[arg-type]
    assert (found.org, found.desk) == (org, desk)
    assert found.reason_zh
    assert found.reason_en
    assert found.refer_up is (org == "gd")


def test_the_reason_names_the_edition_and_the_place() -> None:
    found = route(CATEGORIES.choose("wage_arrears", TODAY), Track.DISPUTE, "zq.441284")
    assert found.reason_zh == "依据派单目录 2026-11 版：拖欠工资（争议调解）→ 四会市属地调解组"


@pytest.mark.parametrize(
    ("org", "allowed"),
    [("zq.441202", False), ("zq.441202.001", False), ("zq.441203", True), ("zq", True)],
)
def test_a_complaint_never_reaches_whom_it_is_about(org: str, allowed: bool) -> None:
    assert may_receive(org, "zq.441202") is allowed


def actor(org: str, *roles: Role) -> Actor:
    return Actor(UUID(int=1), frozenset(roles), org)


@pytest.mark.parametrize(
    ("who", "sees", "identity", "confidential_identity"),
    [
        (actor("zq", Role.OPERATOR), True, True, True),
        (actor("zq.441284", Role.MEDIATOR), True, True, False),
        (actor("zq.441202", Role.MEDIATOR), False, False, False),
        (actor("zq", Role.AUDITOR), True, False, False),
        (actor("zq", Role.LAWYER), False, False, False),
        (actor("zq", Role.CASHIER), False, False, False),
        (actor("zq", Role.SYSTEM_ADMIN), False, False, False),
    ],
)
def test_who_sees_a_case_and_who_its_caller(
    who: Actor, sees: bool, identity: bool, confidential_identity: bool
) -> None:
    org = "zq.441284"
    assert may_see(who, org) is sees
    assert sees_identity(who, org, "zq.441203", hidden=False) is identity
    assert sees_identity(who, org, "zq.441203", hidden=True) is confidential_identity


def test_roles_and_area_both_bound_an_act() -> None:
    assert set(MAY) == set(Act)
    assert may_register(actor("zq", Role.OPERATOR))
    assert not may_register(actor("zq", Role.MEDIATOR))
    assert may_do(actor("zq.441284", Role.MEDIATOR), Act.SIGN, "zq.441284.003")
    assert not may_do(actor("zq.441202", Role.MEDIATOR), Act.SIGN, "zq.441284.003")
    assert not may_do(actor("zq", Role.OPERATOR), Act.EXTEND, "zq.441284")
    assert may_do(actor("zq", Role.SYSTEM), Act.OPEN_PART, "zq.441284")
