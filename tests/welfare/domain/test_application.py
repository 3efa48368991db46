"""An application takes its steps in order, by different people, and is paid as approved or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from services.welfare.domain.application import (
    Application,
    ApprovalVoid,
    Content,
    NotFilledIn,
    PublicityHinders,
    ReasonNeeded,
    SamePerson,
    Seat,
    approve,
    change,
    check_approval,
    fill,
    give_up,
    order_payment,
    publish,
    settle,
    sign,
    unsettle,
)
from services.welfare.domain.application_state import (
    STEP_NAMES,
    STEPS,
    Act,
    NotThisStep,
    State,
    may_happen,
    next_state,
)
from services.welfare.domain.hardship import Hardship
from services.welfare.domain.permissions import (
    MAY,
    may_decide_payment,
    may_do,
    may_override_household,
    may_resolve_objection,
    may_reveal,
    may_see,
)
from services.welfare.domain.programme import OutsideWindow, programmes_of
from services.welfare.domain.publicity import (
    Hindrance,
    ObjectionUnknown,
    PublicityOver,
    object_to,
    public_line,
    resolve,
    start,
)
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.people import Actor, Role

HANDLER, REVIEWER, APPROVER, CASHIER = (UUID(int=n) for n in range(1, 5))
NOW = datetime(2026, 12, 3, 2, tzinfo=UTC)
AFTER = date(2026, 12, 3)
CALENDAR = WorkCalendar(known_years=frozenset({2026, 2027}))
CONTENT = Content(
    "living", 2026, "2026", "p", "h", Hardship.DEEP, 83_333, 300_000, "payee", "account"
)
STOPS = {Act.REJECT, Act.WITHDRAW}
ALLOWED = {
    State.APPLIED: {Act.FILL, Act.REVIEW_FIRST, Act.SEND_BACK} | STOPS,
    State.SENT_BACK: {Act.FILL} | STOPS,
    State.FIRST_REVIEW: {Act.VISIT, Act.CHANGE, Act.SEND_BACK} | STOPS,
    State.HOME_VISIT: {Act.SUBMIT, Act.CHANGE, Act.SEND_BACK} | STOPS,
    State.SUBMITTED: {Act.CHECK, Act.CHANGE, Act.SEND_BACK} | STOPS,
    State.CHECKED: {Act.PUBLISH, Act.CHANGE, Act.SEND_BACK} | STOPS,
    State.PUBLIC: {Act.APPROVE, Act.CHANGE} | STOPS,
    State.APPROVED: {Act.PAY, Act.CHANGE},
    State.PAID: {Act.UNPAY, Act.RECORD},
    State.RECORDED: {Act.UNPAY},
    State.REJECTED: set(),
    State.WITHDRAWN: set(),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_no_step_is_skipped(state: State, act: Act) -> None:
    assert may_happen(state, act) is (act in ALLOWED[state])
    if act not in ALLOWED[state]:
        with pytest.raises(NotThisStep):
            next_state(state, act)


def test_every_state_has_a_name_and_the_steps_are_in_order() -> None:
    assert set(STEP_NAMES) == set(State)
    acts = [
        Act.REVIEW_FIRST,
        Act.VISIT,
        Act.SUBMIT,
        Act.CHECK,
        Act.PUBLISH,
        Act.APPROVE,
        Act.PAY,
        Act.RECORD,
    ]
    walked = [State.APPLIED]
    for act in acts:
        walked.append(next_state(walked[-1], act))
    assert tuple(one for one in walked if one is not State.SUBMITTED) == STEPS


def applied() -> Application:
    empty = Application(
        id=UUID(int=50),
        case_id=UUID(int=51),
        number="ZQ-20261123-000001",
        party_id=UUID(int=52),
        programme="living",
        year=2026,
        org="zq.441284",
    )
    return fill(empty, CONTENT)


def checked() -> Application:
    application = sign(applied(), Act.REVIEW_FIRST, HANDLER)
    application = sign(application, Act.VISIT, HANDLER)
    application = sign(application, Act.SUBMIT, HANDLER)
    return sign(application, Act.CHECK, REVIEWER)


def public() -> Application:
    return publish(checked(), start(date(2026, 11, 25), 5, CALENDAR))


def approved() -> Application:
    return approve(public(), APPROVER, NOW, AFTER)


def test_an_empty_application_is_not_reviewed() -> None:
    with pytest.raises(NotFilledIn):
        sign(replace(applied(), content=None), Act.REVIEW_FIRST, HANDLER)


@pytest.mark.parametrize("who", [HANDLER, REVIEWER])
def test_who_signed_before_does_not_approve(who: UUID) -> None:
    with pytest.raises(SamePerson):
        approve(public(), who, NOW, AFTER)


@pytest.mark.parametrize("who", [HANDLER, REVIEWER, APPROVER])
def test_who_signed_does_not_pay(who: UUID) -> None:
    with pytest.raises(SamePerson):
        order_payment(approved(), who)
    order_payment(approved(), CASHIER)


@pytest.mark.parametrize("facts", [{"own_staff_id": HANDLER}, {"relatives": frozenset({HANDLER})}])
def test_nobody_handles_their_own_or_a_relatives_application(facts: dict[str, object]) -> None:
    with pytest.raises(SamePerson):
        sign(replace(applied(), **facts), Act.REVIEW_FIRST, HANDLER)  # type: ignore[arg-type]


@pytest.mark.parametrize(("today", "waits"), [("2026-12-02", True), ("2026-12-03", False)])
def test_approval_waits_for_the_last_public_day_to_end(today: str, waits: bool) -> None:
    if waits:
        with pytest.raises(PublicityHinders):
            approve(public(), APPROVER, NOW, date.fromisoformat(today))
    else:
        assert approve(public(), APPROVER, NOW, date.fromisoformat(today)).state is State.APPROVED


@pytest.mark.parametrize(
    ("upheld", "hindrance"),
    [(None, Hindrance.OBJECTION_OPEN), (True, Hindrance.OBJECTION_UPHELD), (False, None)],
)
def test_an_objection_pauses_the_approval_until_it_is_dismissed(
    upheld: bool | None, hindrance: Hindrance | None
) -> None:
    objection = UUID(int=60)
    publicity = object_to(start(date(2026, 11, 25), 5, CALENDAR), objection, date(2026, 11, 30))
    assert object_to(publicity, objection, date(2026, 12, 30)) is publicity
    if upheld is not None:
        publicity = resolve(publicity, objection, upheld=upheld)
    assert publicity.hindrance(AFTER) is hindrance


def test_objections_come_in_time_and_are_resolved_once() -> None:
    publicity = start(date(2026, 11, 25), 5, CALENDAR)
    with pytest.raises(PublicityOver):
        object_to(publicity, UUID(int=60), AFTER)
    resolved = resolve(
        object_to(publicity, UUID(int=60), publicity.ends_on), UUID(int=60), upheld=False
    )
    with pytest.raises(ObjectionUnknown):
        resolve(resolved, UUID(int=60), upheld=True)


def test_the_public_line_shows_masked_name_unit_class_and_amount_only() -> None:
    line = public_line("覃小妹", "金利镇", Hardship.CALAMITY, 200_000)
    assert line == "覃*妹 · 金利镇 · 意外致困 · 2,000.00 元"


@pytest.mark.parametrize(
    "field", [f for f in Content.__dataclass_fields__ if f not in {"hardship"}]
)
def test_any_change_after_the_approval_voids_it(field: str) -> None:
    value = getattr(CONTENT, field)
    new: Any = value + 1 if isinstance(value, int) else f"{value}x"
    other = replace(CONTENT, **{field: new})
    assert other.hash() != CONTENT.hash()
    changed = change(approved(), other)
    assert changed.state is State.HOME_VISIT
    assert changed.approval is None
    assert changed.publicity is None
    assert [seat for seat, _ in changed.seats] == [Seat.HANDLER]
    with pytest.raises(ApprovalVoid):
        check_approval(replace(approved(), content=other))


def test_the_same_content_again_keeps_the_approval() -> None:
    application = approved()
    assert change(application, replace(CONTENT)) is application
    approval = check_approval(application)
    assert (approval.approver_id, approval.content_hash) == (APPROVER, CONTENT.hash())


def test_money_that_comes_back_makes_the_application_payable_again() -> None:
    paid = settle(approved())
    assert paid.state is State.PAID
    assert unsettle(paid).state is State.APPROVED
    assert unsettle(approved()).state is State.APPROVED


@pytest.mark.parametrize("act", [Act.REJECT, Act.SEND_BACK])
def test_sending_back_and_rejecting_need_a_reason(act: Act) -> None:
    with pytest.raises(ReasonNeeded):
        give_up(applied(), act, "  ")
    assert give_up(applied(), act, "材料不符").reason == "材料不符"


def actor(org: str, *roles: Role) -> Actor:
    return Actor(UUID(int=1), frozenset(roles), org)


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (
            Role.WELFARE_OFFICER,
            {
                Act.FILL,
                Act.REVIEW_FIRST,
                Act.VISIT,
                Act.SUBMIT,
                Act.CHANGE,
                Act.SEND_BACK,
                Act.WITHDRAW,
                Act.RECORD,
            },
        ),
        (Role.REVIEWER, {Act.CHECK, Act.PUBLISH, Act.SEND_BACK, Act.REJECT}),
        (Role.APPROVER, {Act.APPROVE, Act.SEND_BACK, Act.REJECT}),
        (Role.CASHIER, {Act.PAY, Act.RECORD}),
        (Role.OPERATOR, set()),
        (Role.SYSTEM_ADMIN, set()),
        (Role.SYSTEM, set(Act)),
    ],
)
def test_each_role_does_its_own_steps(role: Role, acts: set[Act]) -> None:
    assert set(MAY) == set(Act)
    assert {act for act in Act if may_do(actor("zq", role), act, "zq.441284")} == acts


def test_the_area_bounds_what_a_role_sees_and_does() -> None:
    officer = actor("zq.441284", Role.WELFARE_OFFICER)
    assert may_see(officer, "zq.441284.003")
    assert not may_see(officer, "zq.441202")
    assert not may_do(officer, Act.VISIT, "zq.441202")
    assert may_reveal(officer, "zq.441284")
    assert not may_reveal(actor("zq", Role.AUDITOR), "zq.441284")
    assert not may_resolve_objection(officer, "zq.441284")
    assert may_override_household(actor("zq", Role.SUPERVISOR), "zq.441284")
    assert not may_decide_payment(officer, "zq.441284")


@pytest.mark.parametrize(
    ("day", "open_"),
    [("2026-06-30", False), ("2026-07-01", True), ("2026-09-30", True), ("2026-10-01", False)],
)
def test_tuition_aid_has_its_window(day: str, open_: bool) -> None:
    tuition = programmes_of(2026)["tuition"]
    if open_:
        tuition.check_window(date.fromisoformat(day))
    else:
        with pytest.raises(OutsideWindow):
            tuition.check_window(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("hardship", "paid_fen", "usual"),
    [
        (Hardship.DEEP, 0, 300_000),
        (Hardship.DEEP, 400_000, 200_000),
        (Hardship.DEEP, 900_000, 0),
        (Hardship.NONE, 0, 0),
    ],
)
def test_the_usual_grant_stays_within_the_yearly_cap(
    hardship: Hardship, paid_fen: int, usual: int
) -> None:
    assert programmes_of(2026)["living"].usual_fen(hardship, paid_fen) == usual


def test_emergency_aid_is_public_but_nobody_waits_for_its_end() -> None:
    today = date(2026, 11, 25)
    publicity = start(today, 0, CALENDAR)
    assert publicity.ends_on > today
    assert publicity.hindrance(today) is None
    objected = object_to(publicity, UUID(int=9), today)
    assert objected.hindrance(today) is Hindrance.OBJECTION_OPEN
