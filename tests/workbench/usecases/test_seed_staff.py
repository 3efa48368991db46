"""Accounts from the command line: the first administrator once, demonstration staff never in production."""

import json
from pathlib import Path

import pytest

from services.workbench.usecases.seed_staff import (
    AlreadyGoverned,
    NotInProduction,
    first_admin,
    seed_staff,
)
from shared.testing.rig import Rig, ServiceRig
from shared.vocabulary.errors import Invalid
from tests.workbench.people import PASSWORD, browser

ACCOUNTS = [
    {"staff_no": "1207", "name": "李婉仪", "password": PASSWORD, "roles": ["operator"], "org": "zq"}
]


async def test_the_first_administrator_can_sign_in_and_is_the_only_first_one(
    workbench: Rig,
) -> None:
    await first_admin(workbench.context, ["9001", "何颂恩"], PASSWORD)
    assert (await browser(workbench).sign_in("9001")).status_code == 201
    with pytest.raises(AlreadyGoverned):
        await first_admin(workbench.context, ["9002", "甲"], PASSWORD)


async def test_a_weak_password_opens_no_account(workbench: Rig) -> None:
    with pytest.raises(Invalid):
        await first_admin(workbench.context, ["9001", "何颂恩"], "9001")


async def test_demonstration_staff_are_opened_once(workbench: Rig, tmp_path: Path) -> None:
    file = tmp_path / "staff.json"
    file.write_text(json.dumps(ACCOUNTS))
    assert await seed_staff(workbench.context, [str(file)]) == "1 accounts opened, 0 already there"
    assert await seed_staff(workbench.context, [str(file)]) == "0 accounts opened, 1 already there"
    assert (await browser(workbench).sign_in("1207")).status_code == 201


async def test_production_has_no_demonstration_staff(
    service_rig: ServiceRig, tmp_path: Path
) -> None:
    rig = await service_rig("workbench", profile="production")
    with pytest.raises(NotInProduction):
        await seed_staff(rig.context, [str(tmp_path / "staff.json")])


async def test_in_production_the_cookie_travels_over_tls_only(service_rig: ServiceRig) -> None:
    rig = await service_rig("workbench", profile="production")
    await first_admin(rig.context, ["9001", "何颂恩"], PASSWORD)
    cookie = (await browser(rig).sign_in("9001")).headers["set-cookie"]
    assert cookie.startswith("__Host-nuanliu=")
    assert "Secure" in cookie
