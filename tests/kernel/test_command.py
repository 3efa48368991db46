"""The HTTP door: each command once, answered after its commit, refused in words that say what to do."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import Field

from shared.kernel.auth import TokenIssuer, TokenVerifier
from shared.kernel.bus_memory import MemoryBus
from shared.kernel.command import BODY_BYTES_MAX, Command, CommandRouter, Request, Response
from shared.kernel.context import Context
from shared.kernel.health import Health
from shared.kernel.web import create_app
from shared.vocabulary.errors import Conflict, NotFound, Refused
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.kernel.conftest import Bench, ThingTold, thing
from tests.kernel.test_consumer import KEYS, BenchSettings

OPERATOR = Actor(new_id(), frozenset({Role.OPERATOR}), "zq")
router = CommandRouter()
runs: list[str] = []


class AddThing(Request):
    title: str = Field(min_length=1, max_length=20)
    count: int = Field(default=1, ge=1, le=9)


class Added(Response):
    id: UUID
    title: str


class TitleTaken(Refused):
    code = "title_taken"
    zh = "已有同名事项，请改用其他名称。"
    en = "That title is taken; choose another."


@router.post("/things", status_code=201)
async def post_thing(body: AddThing, cmd: Command) -> Added:
    runs.append(body.title)
    thing_id = new_id()
    async with cmd.transaction() as tx:
        tx.on_duplicate("thing_title_key", TitleTaken())
        tx.insert(thing, {"id": thing_id, "title": body.title})
        tx.emit(ThingTold(thing_id=thing_id, n=body.count))
        return tx.answer(Added(id=thing_id, title=body.title))


@router.post("/things/{thing_id}/rename")
async def post_rename(thing_id: UUID, body: AddThing, cmd: Command) -> Added:
    async with cmd.transaction() as tx:
        row = await tx.one(thing.select().where(thing.c.id == thing_id))
        if row is None:
            raise NotFound("thing", thing_id)
        if cmd.if_match is not None and cmd.if_match != row["version"]:
            raise Conflict(current={"version": row["version"], "title": row["title"]})
        tx.update(thing, thing_id, {"title": body.title}, row["version"])
        tx.emit(ThingTold(thing_id=thing_id))
        return tx.answer(Added(id=thing_id, title=body.title))


@router.post("/bugs")
async def post_bug(cmd: Command) -> Added:
    raise KeyError("13800138000")


class Door:
    """A client with a token."""

    def __init__(self, http: httpx.AsyncClient, bench: Bench) -> None:
        self.http, self.bench = http, bench
        self.token = TokenIssuer(KEYS.private_pem).issue(OPERATOR, "bench")

    async def post(
        self, path: str, body: Any, key: str | None = None, **headers: str
    ) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key or str(new_id()),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return await self.http.post(
            path, content=content, headers={k: v for k, v in sent.items() if v}
        )

    async def things(self) -> int:
        return len(await self.bench.rows("SELECT 1 FROM thing"))


@pytest.fixture
async def door(bench: Bench) -> AsyncIterator[Door]:
    settings = BenchSettings.load(
        profile="test",
        database_url=bench.url,
        kafka_bootstrap="127.0.0.1:9",
        token_public_key=KEYS.public_pem,
        field_keys="t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        blind_key="YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY=",
    )
    verifier = TokenVerifier(KEYS.public_pem, audience="bench")
    context = Context(
        settings, bench.db, MemoryBus(), httpx.AsyncClient(), settings.cipher, verifier
    )
    app = create_app("bench", context, [router], Health("bench"))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    runs.clear()
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Door(http, bench)


async def test_a_command_answers_with_its_result_and_a_consistency_token(door: Door) -> None:
    answer = await door.post("/things", {"title": "一"})
    assert answer.status_code == 201
    thing_id = answer.json()["id"]
    assert answer.headers["Consistency-Token"] == f"{thing_id}@1"


async def test_the_same_key_and_body_give_the_same_answer_and_one_effect(door: Door) -> None:
    first, again = [await door.post("/things", {"title": "一"}, key="k") for _ in range(2)]
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["Consistency-Token"] == first.headers["Consistency-Token"]
    assert again.headers["Idempotent-Replay"] == "true"
    assert await door.things() == 1


async def test_fifty_copies_at_once_have_one_effect_and_one_answer(door: Door) -> None:
    answers = await asyncio.gather(
        *(door.post("/things", {"title": "一"}, key="k") for _ in range(50))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert await door.things() == 1
    facts = await door.bench.rows("SELECT 1 FROM kernel.event")
    assert len(facts) == 1


async def test_a_repetition_is_answered_even_when_the_state_has_moved_on(door: Door) -> None:
    thing_id = (await door.post("/things", {"title": "一"})).json()["id"]
    body = {"title": "二"}
    first = await door.post(f"/things/{thing_id}/rename", body, key="r", If_Match='"1"')
    again = await door.post(f"/things/{thing_id}/rename", body, key="r", If_Match='"1"')
    assert first.status_code == again.status_code == 200
    assert first.content == again.content


async def test_the_same_key_with_another_body_is_refused(door: Door) -> None:
    await door.post("/things", {"title": "一"}, key="k")
    answer = await door.post("/things", {"title": "二"}, key="k")
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")
    assert await door.things() == 1


async def test_a_stale_version_is_refused_with_the_current_state(door: Door) -> None:
    thing_id = (await door.post("/things", {"title": "一"})).json()["id"]
    answer = await door.post(f"/things/{thing_id}/rename", {"title": "二"}, If_Match='"7"')
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    assert answer.json()["details"]["current"] == {"version": 1, "title": "一"}


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", {}, 400, "invalid_json"),
        ({"title": ""}, {}, 422, "invalid_input"),
        ({"title": "一", "count": "3"}, {}, 422, "invalid_input"),
        ({"title": "一", "surprise": 1}, {}, 422, "invalid_input"),
        ({"title": "一"}, {"Idempotency_Key": ""}, 400, None),
        ({"title": "一"}, {"Authorization": "Bearer forged"}, 401, None),
        ({"title": "一"}, {"Authorization": ""}, 401, None),
        (b'{"title":"' + b"x" * BODY_BYTES_MAX + b'"}', {}, 413, None),
    ],
    ids=[
        "no JSON",
        "empty",
        "wrong type",
        "unknown field",
        "no key",
        "forged",
        "no token",
        "too large",
    ],
)
async def test_bad_input_is_refused_in_words_and_stores_nothing(
    door: Door, body: Any, headers: dict[str, str], status: int, code: str | None
) -> None:
    answer = await door.post("/things", body, **headers)
    told = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert told["zh"]
    assert told["en"]
    assert code in {None, told["code"]}
    assert await door.things() == 0


async def test_a_business_refusal_keeps_its_code_and_text(door: Door) -> None:
    await door.post("/things", {"title": "一"})
    answer = await door.post("/things", {"title": "一"})
    assert (answer.status_code, answer.json()["code"]) == (409, "title_taken")
    assert answer.json()["zh"] == TitleTaken.zh


async def test_a_bug_shows_nothing_of_what_it_handled(door: Door) -> None:
    answer = await door.post("/bugs", {})
    assert answer.status_code == 500
    assert "13800138000" not in answer.text
    assert answer.json()["trace_id"]
