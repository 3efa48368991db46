"""The first review holds the money: of the last funds one application gets them, and blocking checks are named."""

import asyncio

import pytest

from services.welfare.store.invariants import broken_invariants
from shared.testing.rig import Rig, ServiceRig
from tests.welfare.story import OFFICER, REVIEWER, STRANGER, Story, budget, card


def person(n: int) -> dict[str, object]:
    account = {"number": f"62220212345{n:05d}", "bank": "工行", "holder": "覃小妹"}
    return {
        "id_no": card(n),
        "members": [],
        "phone": f"150123{n:05d}",
        "address": f"{n} 号",
        "account": account,
    }


async def test_two_reviews_of_the_last_funds_hold_once(service_rig: ServiceRig) -> None:
    rig = await service_rig("welfare")
    await budget(rig, 300_000)
    stories = [await (await Story(rig).opened()).filled(**person(n)) for n in range(1, 9)]
    answers = await asyncio.gather(*(one.post("first-review", actor=OFFICER) for one in stories))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    refused = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert refused <= {"checks_block", "funds_exhausted"}
    assert await broken_invariants(rig.context.db.pool) == []


async def test_without_a_budget_nothing_is_held(service_rig: ServiceRig) -> None:
    rig = await service_rig("welfare")
    story = await (await Story(rig).opened()).filled()
    assert (await story.post("first-review", actor=OFFICER)).json()["code"] == "no_budget"


async def test_the_form_comes_first_and_the_right_person_signs(welfare: Rig) -> None:
    story = await Story(welfare).opened()
    assert (await story.post("first-review", actor=OFFICER)).json()[
        "code"
    ] == "application_not_filled"
    assert (await story.post("first-review", actor=REVIEWER)).status_code == 403
    assert (await story.post("first-review", actor=STRANGER)).status_code == 404


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"amount_fen": 600_000}, "W7"),
        ({"account": {"number": "6222021234561234", "bank": "工行", "holder": "王某"}}, "W5"),
        ({"relatives": [str(OFFICER.id)]}, "W11"),
        ({"own_staff_id": str(OFFICER.id)}, "W11"),
    ],
)
async def test_what_blocks_is_named(welfare: Rig, change: dict[str, object], check: str) -> None:
    story = await (await Story(welfare).opened()).filled(**change)
    refused = (await story.post("first-review", actor=OFFICER)).json()
    if refused["code"] == "checks_block":
        assert check in refused["zh"]
        assert check in refused["en"]
    else:
        assert (refused["code"], check) == ("same_person_signs_twice", "W11")


async def test_the_same_person_twice_in_a_programme_is_blocked_until_one_is_withdrawn(
    welfare: Rig,
) -> None:
    one = await (await Story(welfare).opened()).filled()
    two = await (await Story(welfare).opened()).filled()
    refused = (await two.post("first-review", actor=OFFICER)).json()
    assert refused["code"] == "checks_block"
    assert "W1" in refused["zh"]
    await one.must("withdraw", actor=OFFICER)
    await two.reviewed_first()
    assert await two.state() == "first_review"
