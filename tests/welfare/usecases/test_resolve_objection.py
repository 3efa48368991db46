"""A rejected objection lets the approval go on; an upheld one stops it for good; the handler does not judge it."""

import pytest

from shared.testing.rig import Rig
from shared.vocabulary.people import Actor, Role
from tests.welfare.story import APPROVER, OFFICER, REVIEWER, Story, end_the_list

SAID = {"channel": "letter", "text": "来信反映收入不实"}


async def objected(rig: Rig) -> tuple[Story, str]:
    story = await (await (await Story(rig).opened()).filled()).public()
    await story.must("objections", SAID, actor=OFFICER)
    rows = await rig.context.db.pool.fetch("SELECT id FROM objection")
    return story, f"objections/{rows[0]['id']}/resolve"


@pytest.mark.parametrize(("upheld", "status"), [(False, 200), (True, 409)])
async def test_the_finding_decides_whether_the_approval_goes_on(
    welfare: Rig, upheld: bool, status: int
) -> None:
    story, path = await objected(welfare)
    await story.must(path, {"upheld": upheld, "finding": "已核实"}, actor=REVIEWER)
    await end_the_list(welfare, story.id)
    assert (await story.post("approve", actor=APPROVER)).status_code == status
    again = await story.post(path, {"upheld": upheld, "finding": "再核"}, actor=REVIEWER)
    assert again.status_code == 409


async def test_the_handler_does_not_judge_the_objection(welfare: Rig) -> None:
    story, path = await objected(welfare)
    both = Actor(OFFICER.id, frozenset({Role.REVIEWER}), OFFICER.org)
    for person in (OFFICER, both):
        answer = await story.post(path, {"upheld": False, "finding": "无事"}, actor=person)
        assert answer.status_code == 403
