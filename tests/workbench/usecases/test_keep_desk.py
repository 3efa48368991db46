"""A desk belongs to one person: settings, notices read, cases put away."""

from typing import Any

import pytest
from sqlalchemy import select

from services.workbench.tables import DeskRow, OpenWorkRow
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.workbench.people import hire, signed_in, someone
from tests.workbench.story import Story

SETTINGS = "/api/workbench/settings"
READ = "/api/workbench/notices/read"
WANTED: dict[str, Any] = {
    "language": "en",
    "font_size": 18,
    "letter_keys": False,
    "sound": False,
    "after_action": "stay",
}


async def unread(rig: Rig, actor: Actor) -> int:
    count: int = (await rig.get("/api/workbench/desk", actor=actor)).json()["unread"]
    return count


async def post_notice(rig: Rig, actor: Actor) -> str:
    """A notice for that person; returns its id."""
    posted = Story().posted(actor.id, new_id())
    await rig.deliver(posted)
    return str(posted.aggregate_id)


async def test_settings_are_there_at_the_next_sign_in_and_nobody_elses(workbench: Rig) -> None:
    for number in ("1207", "1208"):
        await hire(workbench, number, Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    assert (await one.put(SETTINGS, WANTED)).json() == WANTED
    again, other = browser_settings(workbench, "1207"), browser_settings(workbench, "1208")
    assert await again == WANTED
    assert (await other)["language"] == "zh-CN"


async def browser_settings(rig: Rig, number: str) -> dict[str, Any]:
    session = await (await signed_in(rig, number)).get("/api/workbench/session")
    settings: dict[str, Any] = session.json()["settings"]
    return settings


@pytest.mark.parametrize(
    "wrong",
    [
        {"font_size": 15},
        {"language": "fr"},
        {"sound": "yes"},
        {"after_action": "leave"},
        {"theme": 1},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_settings_that_do_not_exist_are_refused(
    workbench: Rig, wrong: dict[str, object]
) -> None:
    me = someone(Role.OPERATOR)
    refused = await workbench.put(SETTINGS, WANTED | wrong, actor=me)
    assert refused.status_code == 422
    assert [at["field"] for at in refused.json()["errors"]] == list(wrong)
    assert await workbench.rows(select(DeskRow)) == []


async def test_settings_and_notices_read_leave_each_other_alone(workbench: Rig) -> None:
    me = someone(Role.MEDIATOR)
    await workbench.put(SETTINGS, WANTED, actor=me)
    notice = await post_notice(workbench, me)
    await workbench.post(READ, {"up_to": notice}, actor=me)
    [row] = await workbench.rows(select(DeskRow))
    assert row["settings"] == WANTED
    await workbench.put(SETTINGS, WANTED | {"sound": True}, actor=me)
    assert await unread(workbench, me) == 0


async def test_reading_a_notice_reads_the_older_ones_and_not_the_newer(workbench: Rig) -> None:
    me = someone(Role.MEDIATOR)
    notices = [await post_notice(workbench, me) for _ in range(3)]
    done = await workbench.post(READ, {"up_to": notices[1]}, actor=me)
    assert done.status_code == 204, done.text
    assert await unread(workbench, me) == 1


async def test_what_was_read_once_stays_read(workbench: Rig) -> None:
    me = someone(Role.MEDIATOR)
    older, newer = [await post_notice(workbench, me) for _ in range(2)]
    for notice in (newer, older):
        await workbench.post(READ, {"up_to": notice}, actor=me)
    assert await unread(workbench, me) == 0


async def test_a_notice_of_somebody_else_reads_nothing(workbench: Rig) -> None:
    me, other = someone(Role.MEDIATOR), someone(Role.MEDIATOR)
    await post_notice(workbench, me)
    theirs = await post_notice(workbench, other)
    for notice in (theirs, str(new_id())):
        await workbench.post(READ, {"up_to": notice}, actor=me)
    assert (await unread(workbench, me), await unread(workbench, other)) == (1, 1)


async def test_a_case_is_put_away_from_ones_own_desk_only(workbench: Rig) -> None:
    story, me, other = Story(), someone(Role.SUPERVISOR), someone(Role.SUPERVISOR)
    await workbench.deliver(story.registered())
    for each in (me, other):
        await workbench.get(f"/api/workbench/cases/{story.case_id}", actor=each)
    path = f"/api/workbench/open-work/{story.case_id}"
    done = await workbench.send("DELETE", path, actor=me)
    assert done.status_code == 204, done.text
    rows = await workbench.rows(select(OpenWorkRow))
    assert [row["staff_id"] for row in rows] == [other.id]
    assert (await workbench.get("/api/workbench/desk", actor=me)).json()["open_work"] == []


async def test_putting_away_what_is_not_open_is_no_mistake(workbench: Rig) -> None:
    path = f"/api/workbench/open-work/{new_id()}"
    done = await workbench.send("DELETE", path, actor=someone(Role.OPERATOR))
    assert done.status_code == 204


async def test_a_desk_tells_nobody_anything(workbench: Rig) -> None:
    me = someone(Role.MEDIATOR)
    await workbench.put(SETTINGS, WANTED, actor=me)
    assert await workbench.facts() == []


async def test_a_desk_is_arranged_from_its_own_page_only(workbench: Rig) -> None:
    await hire(workbench, "1207", Role.OPERATOR)
    one = await signed_in(workbench, "1207")
    refused = await one.put(SETTINGS, WANTED, csrf="guessed")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert await workbench.rows(select(DeskRow)) == []
