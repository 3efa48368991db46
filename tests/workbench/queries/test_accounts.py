"""The accounts as their administrator sees them: those of the own part, no telephone in the clear, the units to choose from."""

from typing import Any

from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import SECURITY_ADMIN, hire

SIHUI = "zq.441284"
SIHUI_ADMIN = Actor(new_id(), frozenset({Role.SECURITY_ADMIN}), SIHUI)


async def accounts(rig: Rig, actor: Actor) -> Any:
    answer = await rig.get("/api/workbench/accounts", actor=actor)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_account_shows_what_it_may_do_and_its_telephone_masked(workbench: Rig) -> None:
    staff_id = await hire(workbench, "1207", Role.OPERATOR)
    wanted = {
        "name": "李婉仪",
        "phone": "13900136207",
        "roles": ["operator"],
        "org": SIHUI,
        "why": "补号码",
    }
    await workbench.put(f"/api/workbench/staff/{staff_id}", wanted, actor=SECURITY_ADMIN)
    shown = await accounts(workbench, SECURITY_ADMIN)
    (one,) = [one for one in shown["items"] if one["staff_id"] == staff_id]
    assert (one["phone_masked"], one["roles"], one["active"], one["has_authenticator"]) == (
        "139****6207",
        ["operator"],
        True,
        False,
    )
    assert one["org"] == {"path": SIHUI, "name": "四会市总工会"}
    assert "13900136207" not in str(shown)


async def test_a_county_sees_its_own_accounts_and_its_own_unit_only(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    shown = await accounts(workbench, SIHUI_ADMIN)
    assert (shown["items"], shown["orgs"]) == ([], [{"path": SIHUI, "name": "四会市总工会"}])
    assert "system" not in {one["code"] for one in shown["roles"]}
    city = await accounts(workbench, SECURITY_ADMIN)
    assert [one["staff_no"] for one in city["items"]] == ["1207"]
    assert len(city["orgs"]) == 10
