"""The read model is what its facts add up to: rebuilt beside the live one, compared with it, swapped."""

from sqlalchemy import select, text

from services.workbench.tables import ApplicationRow, CardPartyRow, CardRow, DeliveryRow, Row
from services.workbench.usecases.rebuild import rebuild, rebuild_and_diff
from shared.kernel.schema import check
from shared.testing.rig import Rig
from tests.workbench.story import Story

TABLES = (CardRow, CardPartyRow, ApplicationRow, DeliveryRow)


def url_of(rig: Rig) -> str:
    return rig.context.settings.database_url.get_secret_value()


async def live(rig: Rig, stories: int = 5) -> None:
    for n in range(stories):
        story = Story(number=f"ZQ-20261124-{n:06d}")
        [first, *_] = await rig.deliver(
            story.registered(), story.opened(), story.mediator(), story.asked_for_aid()
        )
        await rig.deliver(story.queued(first), story.offered(), story.joined())
        await rig.deliver(
            story.failed(first), story.assigned(), story.agreed(), story.moved("public")
        )


async def everything(rig: Rig) -> list[list[object]]:
    return [
        sorted((dict(row) for row in await rig.rows(select(table))), key=str) for table in TABLES
    ]


async def test_the_live_model_equals_a_rebuild_of_it(workbench: Rig) -> None:
    await live(workbench)
    assert await rebuild_and_diff(url_of(workbench)) == []


async def test_a_wrong_row_a_missing_row_and_a_row_too_many_are_named(workbench: Rig) -> None:
    await live(workbench)
    pool = workbench.context.db.pool
    await pool.fetch("UPDATE card SET people = 99 WHERE number LIKE '%000001'")
    await pool.fetch(
        "DELETE FROM delivery WHERE delivery_id = (SELECT min(delivery_id::text)::uuid FROM delivery)"
    )
    await pool.fetch("INSERT INTO card_party SELECT uuidv7(), uuidv7()")
    found = {(one.table, one.columns) for one in await rebuild_and_diff(url_of(workbench))}
    assert {("card", ("people",)), ("delivery", ("missing",)), ("card_party", ())} <= found


async def test_a_rebuild_replaces_what_was_wrong_and_keeps_the_schema(workbench: Rig) -> None:
    await live(workbench)
    before = await everything(workbench)
    await workbench.context.db.pool.fetch("UPDATE card SET people = 99, folded = '{}'")
    await workbench.context.db.pool.fetch("DELETE FROM application")
    done = await rebuild(url_of(workbench))
    assert (done.cases, done.facts) == (5, 55)
    assert await everything(workbench) == before
    assert await rebuild_and_diff(url_of(workbench)) == []
    await check(url_of(workbench), "workbench", Row.metadata)


async def test_after_a_rebuild_the_projection_goes_on(workbench: Rig) -> None:
    story = Story()
    await workbench.deliver(story.registered(), story.opened())
    await rebuild(url_of(workbench))
    await rebuild(url_of(workbench))
    await workbench.deliver(story.joined(), story.mediator())
    [card] = await workbench.rows(select(CardRow))
    assert (card["people"], card["owner_id"]) == (23, story.mediator_id)
    assert await rebuild_and_diff(url_of(workbench)) == []
    assert await workbench.rows(text("SELECT 1 FROM pg_class WHERE relname LIKE '%_next'")) == []
