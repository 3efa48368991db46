"""Who signs, returns, asks for time and decides hears of it; the caller hears of a new date (rules 40 to 42)."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from shared.contracts.intake import (
    CaseExtended,
    CaseRedispatched,
    CaseReminded,
    CaseReopened,
    CaseReturned,
    CaseSupervised,
    ExtensionRefused,
    ExtensionRequested,
    ReturnRefused,
    SupervisionLifted,
)
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.notify.conftest import Notify, deadline
from tests.notify.usecases.test_tell_people import known_case, messages


async def test_a_return_is_told_to_who_decides_and_the_decision_to_the_unit(notify: Notify) -> None:
    dispatcher, chief = notify.staff(Role.DISPATCHER), notify.staff(Role.SUPERVISOR)
    unit, other = notify.staff(Role.MEDIATOR), notify.staff(Role.MEDIATOR, "zq.441204")
    await notify.rig.deliver(dispatcher, chief, unit, other)
    case_id, _ = await known_case(notify)
    before = len(await messages(notify))
    asked = CaseReturned(case_id=case_id, reason="other_place", returned_by=new_id(), times=1)
    due = datetime(2026, 11, 25, 9, tzinfo=UTC)
    refused = ReturnRefused(case_id=case_id, refused_by=new_id(), sign_due=due)
    lapsed = ReturnRefused(case_id=case_id, refused_by=None, sign_due=None)
    sent = CaseRedispatched(case_id=case_id, org="zq.441204", dispatched_by=new_id(), sign_due=due)
    await notify.rig.deliver(asked, refused, lapsed, sent)
    assert await messages(notify, before) == [
        ("case_returned.dispatcher", dispatcher.staff_id),
        ("return_refused.mediator", unit.staff_id),
        ("case_dispatched.mediator", other.staff_id),
    ]


@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        ("sign", {"case_unsigned": Role.SUPERVISOR}),
        ("part_opening", {"part_unopened": Role.DISPATCHER}),
        ("return_decision", {"return_waits": Role.DISPATCHER}),
        ("extension_decision", {"extension_waits": Role.SUPERVISOR}),
        ("call_back", {"call_back_missed": Role.DISPATCHER}),
        ("handling", {"case_reminded": Role.MEDIATOR}),
        ("supervised", {"case_half_used": Role.MEDIATOR}),
        ("urge", {"case_urged": (Role.MEDIATOR, Role.SUPERVISOR)}),
        ("circulate", {"case_circulated": (Role.MEDIATOR, Role.SUPERVISOR)}),
        ("of a kind not known yet", {"case_late": Role.SUPERVISOR}),
    ],
)
async def test_a_reminder_says_what_is_late_to_who_can_help(
    notify: Notify, deadline: str, told: dict[str, Role | tuple[Role, ...]]
) -> None:
    staff = {one: notify.staff(one) for one in (Role.SUPERVISOR, Role.DISPATCHER, Role.MEDIATOR)}
    await notify.rig.deliver(*staff.values())
    case_id, _ = await known_case(notify)
    before = len(await messages(notify))
    await notify.rig.deliver(CaseReminded(case_id=case_id, deadline=deadline))
    ((code, roles),) = told.items()
    expected = roles if isinstance(roles, tuple) else (roles,)
    assert await messages(notify, before) == [
        (f"{code}.{role.value}", staff[role].staff_id) for role in expected
    ]


async def test_the_caller_and_the_unit_are_told_of_the_new_date(notify: Notify) -> None:
    chief, unit = notify.staff(Role.SUPERVISOR), notify.staff(Role.MEDIATOR)
    await notify.rig.deliver(chief, unit)
    case_id, caller = await known_case(notify)
    before = len(await messages(notify))
    new = replace(deadline(), effective=date(2026, 12, 29))
    asked = ExtensionRequested(case_id=case_id, reason="talks", requested_by=unit.staff_id)
    extended = CaseExtended(
        case_id=case_id, deadlines=(new,), reason="talks", approved_by=chief.staff_id
    )
    refused = ExtensionRefused(case_id=case_id, refused_by=chief.staff_id)
    lapsed = ExtensionRefused(case_id=case_id, refused_by=None)
    await notify.rig.deliver(asked, extended, refused, lapsed)
    assert await messages(notify, before) == [
        ("extension_asked.supervisor", chief.staff_id),
        ("case_extended.caller", caller),
        ("case_extended.mediator", unit.staff_id),
        ("extension_refused.mediator", unit.staff_id),
    ]
    await notify.send()
    [said] = [one for one in await notify.provider.to(notify.phones[caller]) if "更多时间" in one]
    assert "2026-12-29" in said
    (row,) = await notify.rows("case_file")
    assert row["deadline"] == date(2026, 12, 29)


async def test_the_unit_is_told_of_supervision_and_of_what_it_has_to_do_again(
    notify: Notify,
) -> None:
    chief, unit = notify.staff(Role.SUPERVISOR), notify.staff(Role.MEDIATOR)
    await notify.rig.deliver(chief, unit)
    case_id, _ = await known_case(notify)
    before = len(await messages(notify))
    again = replace(deadline(), effective=date(2026, 12, 29))
    reopened = CaseReopened(
        case_id=case_id,
        deadlines=(again,),
        cause="check_failed",
        reason="wrong",
        reopened_by=chief.staff_id,
    )
    watched = CaseSupervised(case_id=case_id, supervised_by=chief.staff_id)
    lifted = SupervisionLifted(case_id=case_id, lifted_by=chief.staff_id)
    await notify.rig.deliver(watched, lifted, reopened)
    assert await messages(notify, before) == [
        ("case_supervised.mediator", unit.staff_id),
        ("case_reopened.mediator", unit.staff_id),
    ]
    (row,) = await notify.rows("case_file")
    assert row["deadline"] == date(2026, 12, 29)
