"""More workers join: the dispute counts them, and its grade rises and must be confirmed anew."""

from uuid import UUID

import pytest

from shared.contracts.intake import ClaimantsJoined
from shared.contracts.mediation import GradeChanged
from shared.vocabulary.ids import new_id
from tests.mediation.bench import Mediation


async def joined(mediation: Mediation, dispute_id: UUID, count: int, amount: int | None) -> UUID:
    """One more person is named, so many claim in all."""
    newcomer = new_id()
    case_id = (await mediation.dispute(dispute_id)).case_id
    await mediation.rig.deliver(
        ClaimantsJoined(
            case_id=case_id, claimant_ids=(newcomer,), claimant_count=count, amount_fen=amount
        )
    )
    return newcomer


@pytest.mark.parametrize(
    ("count", "grade", "changes"),
    [(9, "G0", []), (10, "G1", [("G0", "G1", True)]), (100, "G3", [("G0", "G3", True)])],
)
async def test_the_count_and_the_grade_follow(
    mediation: Mediation, count: int, grade: str, changes: list[tuple[str, str, bool]]
) -> None:
    dispute_id = await mediation.open()
    await mediation.do(f"/disputes/{dispute_id}/grade", {"grade": "G0"}, by=mediation.supervisor)
    newcomer = await joined(mediation, dispute_id, count, 9_000_000)
    dispute, row = await mediation.dispute(dispute_id), await mediation.row(dispute_id)
    assert (dispute.claimant_count, dispute.grade, row["grade"]) == (count, grade, grade)
    assert row["amount_fen"] == 9_000_000
    assert len(row["claimant_ids"]) == 4
    assert row["claimant_ids"][-1] == str(newcomer)
    told = await mediation.told(GradeChanged)
    assert [(one.from_grade, one.to_grade, one.automatic) for one in told] == changes
    assert (dispute.grade_confirmed_by is None) is bool(changes)
    assert (await mediation.audited(dispute_id))[-1] == "dispute.claimants"


async def test_an_unnamed_amount_leaves_the_known_one(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    await joined(mediation, dispute_id, 4, None)
    assert (await mediation.row(dispute_id))["amount_fen"] == 3_000_000


async def test_work_that_is_suspended_does_not_stop_the_facts(mediation: Mediation) -> None:
    dispute_id = await mediation.suspended(await mediation.open())
    await joined(mediation, dispute_id, 30, None)
    assert (await mediation.dispute(dispute_id)).grade == "G2"
    assert await mediation.rig.parked() == []


async def test_an_archived_dispute_and_a_case_without_one_are_left_alone(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.to_archive()
    await mediation.do(f"/disputes/{dispute_id}/archive")
    before = await mediation.row(dispute_id)
    await joined(mediation, dispute_id, 50, None)
    await mediation.rig.deliver(
        ClaimantsJoined(case_id=new_id(), claimant_ids=(), claimant_count=5, amount_fen=None)
    )
    assert await mediation.row(dispute_id) == before
    assert await mediation.rig.parked() == []
