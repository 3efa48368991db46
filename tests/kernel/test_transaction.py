"""A unit of work: everything or nothing, in one statement, with numbered facts."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest
from sqlalchemy import select

from shared.kernel import audit
from shared.kernel.writeset import WRITES_PER_TRANSACTION_MAX
from shared.vocabulary.errors import Conflict, NotFound, Refused
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM
from tests.kernel.conftest import Bench, ThingTold, part, thing


class TitleTaken(Refused):
    code = "title_taken"


async def add_thing(bench: Bench, title: str = "一") -> object:
    thing_id = new_id()
    async with bench.db.transaction(actor=SYSTEM) as tx:
        tx.insert(thing, {"id": thing_id, "title": title})
        tx.emit(ThingTold(thing_id=thing_id))
    return thing_id


async def test_a_root_its_parts_facts_audit_and_timer_commit_together(bench: Bench) -> None:
    thing_id = new_id()
    async with bench.db.transaction(actor=SYSTEM) as tx:
        tx.insert(thing, {"id": thing_id, "title": "一"})
        tx.insert_many(
            part, [{"id": new_id(), "thing_id": thing_id, "data": {"n": n}} for n in range(3)]
        )
        tx.emit(ThingTold(thing_id=thing_id, n=1))
        tx.emit(ThingTold(thing_id=thing_id, n=2))
        tx.audit("thing.add", "thing", thing_id, after={"title": "一"})
        tx.timer("look", thing_id, tx.now + timedelta(days=1))

    assert (await bench.db.one(select(thing)))["version"] == 2  # type: ignore[index]
    assert tx.token == f"{thing_id}@2"
    events = await bench.rows("SELECT id, aggregate_version FROM kernel.event ORDER BY id")
    assert [row["aggregate_version"] for row in events] == [1, 2]
    unsent = await bench.rows("SELECT id FROM kernel.outbox ORDER BY id")
    assert [row["id"] for row in unsent] == [row["id"] for row in events]
    assert len(await bench.db.all(select(part))) == 3
    assert len(await bench.rows("SELECT 1 FROM kernel.timer WHERE state = 'pending'")) == 1
    assert (await audit.verify(bench.db.pool)).links == 1


async def test_many_rows_keep_lists_objects_and_nothing_in_json(bench: Bench) -> None:
    thing_id = await add_thing(bench)
    values = [[], ["a", "b"], [["x"], []], {"k": [1, None]}, None, "text"]
    rows = [{"id": new_id(), "thing_id": thing_id, "data": value} for value in values]
    async with bench.db.transaction(actor=SYSTEM) as tx:
        tx.insert_many(part, rows)
    async with bench.db.transaction(actor=SYSTEM) as tx:
        tx.upsert_many(part, rows, ("id",))
    stored = await bench.db.all(select(part).order_by(part.c.id))
    assert [row["data"] for row in stored] == values


async def test_an_exception_in_the_block_leaves_nothing(bench: Bench) -> None:
    with pytest.raises(ZeroDivisionError):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            await tx.scalar(select(thing.c.id))
            tx.insert(thing, {"id": new_id(), "title": "一"})
            raise ZeroDivisionError
    assert await bench.db.all(select(thing)) == []
    assert bench.db.pool.in_use == 0


async def test_a_stale_version_aborts_the_whole_statement(bench: Bench) -> None:
    thing_id = await add_thing(bench)
    for version, outcome in ((1, None), (1, Conflict)):
        try:
            async with bench.db.transaction(actor=SYSTEM) as tx:
                tx.update(thing, thing_id, {"title": f"{new_id()}"}, version)  # type: ignore[arg-type]
                tx.insert(part, {"id": new_id(), "thing_id": thing_id, "data": None})
                tx.emit(ThingTold(thing_id=thing_id))  # type: ignore[arg-type]
        except Conflict:
            assert outcome is Conflict
        else:
            assert outcome is None
    assert len(await bench.db.all(select(part))) == 1
    assert len(await bench.rows("SELECT 1 FROM kernel.event")) == 2


async def test_changing_a_row_that_is_not_there_says_so(bench: Bench) -> None:
    with pytest.raises(NotFound):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.change(part, new_id(), {"data": {}})


async def test_a_unique_constraint_becomes_the_refusal_the_use_case_named(bench: Bench) -> None:
    await add_thing(bench, "同名")
    with pytest.raises(TitleTaken):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.on_duplicate("thing_title_key", TitleTaken())
            thing_id = new_id()
            tx.insert(thing, {"id": thing_id, "title": "同名"})
            tx.emit(ThingTold(thing_id=thing_id))


@pytest.mark.parametrize("mistake", ["silent change", "foreign fact", "twice", "too many"])
async def test_programming_mistakes_fail_before_anything_is_sent(
    bench: Bench, mistake: str
) -> None:
    thing_id = await add_thing(bench)
    with pytest.raises(RuntimeError):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.update(thing, thing_id, {"title": "二"}, 1)  # type: ignore[arg-type]
            if mistake == "foreign fact":
                tx.emit(ThingTold(thing_id=new_id()))
            if mistake == "twice":
                tx.update(thing, thing_id, {"title": "三"}, 1)  # type: ignore[arg-type]
            if mistake == "too many":
                for _ in range(WRITES_PER_TRANSACTION_MAX + 1):
                    tx.insert(part, {"id": new_id(), "thing_id": thing_id, "data": None})
    assert (await bench.db.one(select(thing)))["title"] == "一"  # type: ignore[index]


async def test_audit_links_of_one_object_chain_across_transactions(bench: Bench) -> None:
    thing_id = await add_thing(bench)
    for _ in range(3):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.audit("look", "thing", thing_id, why="核对")  # type: ignore[arg-type]
            tx.audit("look", "thing", thing_id, why="再核对")  # type: ignore[arg-type]
    state = await audit.verify(bench.db.pool)
    assert (state.ok, state.links, state.chains) == (True, 6, 1)


@pytest.mark.parametrize(
    ("tamper", "why"),
    [
        ("UPDATE kernel.audit SET content = replace(content, '再', '不') WHERE seq = 2", "changed"),
        ("DELETE FROM kernel.audit WHERE seq = 2", "missing"),
        ("UPDATE kernel.audit SET action = 'nothing' WHERE seq = 2", "columns_differ"),
        ("UPDATE kernel.audit SET hash = sha256('x') WHERE seq = 2", "changed"),
    ],
    ids=["content", "row removed", "column", "hash"],
)
async def test_verify_names_the_first_bad_link(bench: Bench, tamper: str, why: str) -> None:
    thing_id = new_id()
    for _ in range(3):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.audit("look", "thing", thing_id, why="再核对")
    await bench.rows(tamper)
    state = await audit.verify(bench.db.pool)
    assert (state.bad_chain, state.bad_seq, state.why) == (thing_id, 2, why)


async def test_who_listens_hears_with_the_commit_or_never(bench: Bench) -> None:
    heard: list[str] = []
    thing_id = await add_thing(bench)
    listener = await asyncpg.connect(bench.url)
    await listener.add_listener("things", lambda *said: heard.append(said[-1]))
    with pytest.raises(TitleTaken):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.notify("things", "taken back")
            raise TitleTaken
    async with bench.db.transaction(actor=SYSTEM) as tx:
        tx.notify("things", "nothing else was written")
    async with bench.db.transaction(actor=SYSTEM) as tx:
        tx.insert(part, {"id": new_id(), "thing_id": thing_id, "data": 1})
        tx.notify("things", "beside a row")
    async with asyncio.timeout(30):
        while len(heard) < 2:
            await asyncio.sleep(0.01)
    await listener.close()
    assert heard == ["nothing else was written", "beside a row"]
