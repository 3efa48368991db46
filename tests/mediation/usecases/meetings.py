"""Joint meetings for tests: a plan and a record that are complete."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.mediation.bench import Mediation

SOON = (datetime.now(UTC) + timedelta(days=30)).replace(hour=1, minute=0, second=0, microsecond=0)
"""Nine in the morning, a month from now."""


def plan(mediation: Mediation, **changes: Any) -> dict[str, Any]:
    """An hour in room 301 with both mediators, the supervisor in the chair."""
    return {
        "starts_at": SOON.isoformat(),
        "minutes": 60,
        "room": "301",
        "chair_id": str(mediation.supervisor.id),
        "member_ids": [str(one.id) for one in mediation.mediators],
        "agenda": ["欠薪处置"],
        **changes,
    }


def record(mediation: Mediation, **changes: Any) -> dict[str, Any]:
    """Everybody came, one decision was taken."""
    came = (*mediation.mediators, mediation.supervisor)
    return {
        "attendance": [{"person_id": str(one.id), "present": True} for one in came],
        "minutes": "各方意见及会商结论",
        "decisions": [
            {"text": "约谈用人单位", "owner_id": str(mediation.mediator.id), "due": "2027-01-15"}
        ],
        **changes,
    }


async def schedule(mediation: Mediation, dispute_id: UUID, **changes: Any) -> None:
    """The meeting of a dispute is scheduled."""
    await mediation.do(f"/disputes/{dispute_id}/conference", plan(mediation, **changes))


async def hold(mediation: Mediation, dispute_id: UUID, **changes: Any) -> None:
    """The meeting took place."""
    await mediation.do(f"/disputes/{dispute_id}/conference/minutes", record(mediation, **changes))
