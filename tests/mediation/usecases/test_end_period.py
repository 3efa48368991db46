"""When a period is over it is told once, and the mediation may go on."""

from shared.contracts.mediation import MediationPeriodOver
from shared.vocabulary.calendar import end_of_day
from tests.mediation.bench import Mediation


async def test_the_end_of_the_statutory_period_is_told_once(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    (statutory,) = (await mediation.dispute(dispute_id)).deadlines
    timers = await mediation.rig.timers(dispute_id)
    assert timers == {"period_over": end_of_day(statutory.effective)}
    assert await mediation.rig.fire("period_over", dispute_id) == 1
    (over,) = await mediation.told(MediationPeriodOver)
    assert (over.dispute_id, over.deadline) == (dispute_id, "mediation_statutory")
    assert (await mediation.row(dispute_id))["status"] == "running"
    assert await mediation.rig.fire("period_over", dispute_id) == 0
    assert (await mediation.audited(dispute_id))[-1] == "dispute.period_over"


async def test_the_clock_runs_on_while_the_work_is_suspended(mediation: Mediation) -> None:
    dispute_id = await mediation.suspended(await mediation.open())
    await mediation.rig.fire("period_over", dispute_id)
    assert len(await mediation.told(MediationPeriodOver)) == 1


async def test_a_dispute_with_an_outcome_has_no_period_left(mediation: Mediation) -> None:
    settled, failed = await mediation.to_agreement(), await mediation.open()
    await mediation.do(f"/disputes/{failed}/end", {"outcome": "refused"}, by=mediation.supervisor)
    assert await mediation.rig.fire("period_over", settled) == 0
    assert await mediation.rig.fire("period_over", failed) == 0
    for dispute_id in (settled, failed):
        await mediation.rig.context.db.pool.fetch(
            "INSERT INTO kernel.timer (id, owner, kind, occurrence, due_at, state, attempts)"
            " VALUES (gen_random_uuid(), $1, 'period_over', 'late', now(), 'pending', 0)",
            dispute_id,
        )
        assert await mediation.rig.fire("period_over", dispute_id) == 1
    assert await mediation.told(MediationPeriodOver) == []
