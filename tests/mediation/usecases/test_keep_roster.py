"""The rosters follow the staff list: who comes is asked, who leaves or loses the role is not."""

import pytest
from sqlmodel import select

from services.mediation.tables import LawyerRow, MediatorRow
from shared.contracts.mediation import LawyerPoolEmpty
from shared.contracts.workbench import StaffProfiled
from shared.vocabulary.ids import new_id
from tests.mediation.bench import Mediation


def profile(staff_id: object, *roles: str, active: bool = True, org: str = "zq") -> StaffProfiled:
    """What the workbench tells of an account."""
    return StaffProfiled(staff_id=staff_id, roles=roles, org=org, active=active, sealed="s")  # type: ignore[arg-type]


async def rosters(mediation: Mediation, staff_id: object) -> dict[str, tuple[str, bool]]:
    """On which rosters a person is: place and availability."""
    found = {}
    for name, table in (("lawyer", LawyerRow), ("mediator", MediatorRow)):
        for row in await mediation.rig.rows(select(table)):
            if row["id"] == staff_id:
                found[name] = (row["org"], row["is_available"])
    return found


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (("lawyer",), {"lawyer": ("zq.441202", True)}),
        (("lawyer", "mediator"), {"lawyer": ("zq.441202", True), "mediator": ("zq.441202", True)}),
        (("operator",), {"lawyer": ("zq.441202", False)}),
        ((), {"lawyer": ("zq.441202", False)}),
    ],
    ids=["moved", "also a mediator", "another role", "no role"],
)
async def test_roles_and_places_are_followed(
    mediation: Mediation, later: tuple[str, ...], expected: dict[str, tuple[str, bool]]
) -> None:
    staff_id = new_id()
    await mediation.rig.deliver(profile(staff_id, "lawyer"))
    assert await rosters(mediation, staff_id) == {"lawyer": ("zq", True)}
    await mediation.rig.deliver(profile(staff_id, *later, org="zq.441202"))
    assert await rosters(mediation, staff_id) == expected


async def test_other_staff_come_to_no_roster(mediation: Mediation) -> None:
    staff_id = new_id()
    await mediation.rig.deliver(profile(staff_id, "operator", "supervisor"))
    assert await rosters(mediation, staff_id) == {}


async def test_who_left_is_not_asked(mediation: Mediation) -> None:
    leaving = [profile(one.id, "lawyer", active=False) for one in mediation.lawyers]
    await mediation.rig.deliver(*leaving)
    await mediation.open()
    assert len(await mediation.told(LawyerPoolEmpty)) == 1
