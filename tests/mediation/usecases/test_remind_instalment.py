"""The morning after an instalment was due it is asked after, unless it arrived."""

from datetime import datetime, time, timedelta

from shared.contracts.mediation import InstalmentOverdue
from shared.vocabulary.calendar import CHINA
from tests.mediation.bench import Mediation


async def test_an_overdue_instalment_is_told_a_paid_one_is_not(mediation: Mediation) -> None:
    dispute_id = await mediation.to_performance()
    agreement = (await mediation.dispute(dispute_id)).agreement
    assert agreement is not None
    timers = await mediation.rig.context.db.pool.fetch(
        "SELECT occurrence, due_at FROM kernel.timer WHERE kind = 'instalment_due' AND owner = $1",
        dispute_id,
    )
    morning = {
        str(one.no): datetime.combine(one.due + timedelta(days=1), time(9), CHINA)
        for one in agreement.instalments
    }
    assert {one["occurrence"]: one["due_at"] for one in timers} == morning
    paid = f"/disputes/{dispute_id}/instalments/1"
    await mediation.do(paid, {"state": "paid"})
    assert await mediation.rig.fire("instalment_due", dispute_id, "1") == 0
    assert await mediation.rig.fire("instalment_due", dispute_id, "2") == 1
    (overdue,) = await mediation.told(InstalmentOverdue)
    assert (overdue.dispute_id, overdue.no) == (dispute_id, 2)
    assert (await mediation.audited(dispute_id))[-1] == "instalment.overdue"


async def test_one_that_was_settled_in_the_same_moment_is_left_alone(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.to_performance()
    await mediation.do(f"/disputes/{dispute_id}/instalments/1", {"state": "paid"})
    await mediation.rig.context.db.pool.fetch(
        "INSERT INTO kernel.timer (id, owner, kind, occurrence, due_at, state, attempts)"
        " VALUES (gen_random_uuid(), $1, 'instalment_due', '1', now(), 'pending', 0)",
        dispute_id,
    )
    assert await mediation.rig.fire("instalment_due", dispute_id, "1") == 1
    assert await mediation.told(InstalmentOverdue) == []
