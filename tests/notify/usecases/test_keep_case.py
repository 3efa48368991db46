"""Topics are not ordered among each other: what comes before its case waits for it."""

from services.notify.domain.errand import ERRAND_WAIT_H
from services.notify.store.errands import ERRAND_OVERDUE
from shared.contracts.base import DeadlineFact
from shared.contracts.intake import CaseReopened, ClaimantsJoined
from shared.contracts.mediation import MediationFailed
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.notify.conftest import Notify, deadline


async def test_a_fact_that_comes_before_its_case_is_told_when_the_case_comes(
    notify: Notify,
) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    lawyer = notify.staff(Role.LAWYER)
    await notify.rig.deliver(lawyer)
    (cause,) = await notify.rig.deliver(notify.offer(case.case_id, lawyer.staff_id))
    assert await notify.told() == []
    (waiting, _) = await notify.rows("errand")
    assert ERRAND_OVERDUE in await notify.rig.timers(waiting["id"])
    await notify.rig.deliver(case)
    assert await notify.rows("errand") == []
    assert await notify.rig.timers(waiting["id"]) == {}
    rows = {row["template"]: row["cause_id"] for row in await notify.rows("delivery")}
    assert rows["lawyer_offered.lawyer@1"] == cause
    assert rows["lawyer_offer_waits.lawyer@1"] == cause
    await notify.send()
    assert len(await notify.provider.to(notify.phones[lawyer.staff_id])) == 1


async def test_both_in_one_batch_are_told_too(notify: Notify) -> None:
    profile, lawyer = notify.party(), notify.staff(Role.LAWYER)
    case = notify.case(profile.party_id)
    await notify.rig.deliver(notify.offer(case.case_id, lawyer.staff_id), case, lawyer, profile)
    await notify.send()
    for one in (lawyer.staff_id, profile.party_id):
        assert len(await notify.provider.to(notify.phones[one])) == 1


async def test_claimants_who_joined_are_told_from_then_on(notify: Notify) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    joined = new_id()
    await notify.rig.deliver(
        case,
        ClaimantsJoined(
            case_id=case.case_id, claimant_ids=(joined,), claimant_count=2, amount_fen=None
        ),
        MediationFailed(dispute_id=new_id(), case_id=case.case_id, failure="refused"),
    )
    rows = [row for row in await notify.rows("delivery") if "failed" in row["template"]]
    assert {row["recipient_id"] for row in rows} == {caller, joined}


async def test_a_reopened_case_has_a_new_last_day(notify: Notify) -> None:
    caller = await notify.known_caller()
    case = notify.case(caller)
    later: DeadlineFact = deadline()
    again = DeadlineFact(
        **{name: getattr(later, name) for name in ("kind", "rule", "source", "start_event")},
        start=later.start,
        raw=later.raw.replace(day=20),
        effective=later.effective.replace(day=21),
    )
    await notify.rig.deliver(case, CaseReopened(case_id=case.case_id, deadlines=(again,)))
    (row,) = await notify.rows("case_file")
    assert row["deadline"] == again.effective


def test_nobody_waits_for_ever() -> None:
    assert 0 < ERRAND_WAIT_H <= 24
