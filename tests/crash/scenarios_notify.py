"""Notify: telling the caller, telling the lawyer, sending to the provider and reading its receipts, killed anywhere."""

import asyncio
import importlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import uvicorn

from services.notify.usecases.fetch_receipts import fetch_receipts
from services.notify.usecases.send_due import send_due
from shared.contracts.base import Event
from shared.contracts.mediation import LawyerOffered
from shared.contracts.workbench import StaffProfiled
from shared.kernel.clock import now
from shared.kernel.context import Context
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Role
from tests.crash import notify_facts
from tests.crash.harness import FileBus, Scenario, State
from tests.crash.records import arrive, kept

PHONE = "13800000002"
LAWYERS_PHONE = "13800000012"
ORG = "zq.441284"
ATTEMPTS = frozenset({"kernel.event.body.attempt"})
"""A call to the provider that the process did not survive counts as an attempt."""


# -- what the other services told ------------------------------------------------------------------


async def _caller_waits(rig: Rig) -> State:
    """The case comes first, then the profile that its message waits for."""
    caller = new_id()
    case = notify_facts.case(rig, caller, now())
    return {"records": kept(rig, case, notify_facts.profile(rig, caller, PHONE))}


async def _lawyer_waits(rig: Rig) -> State:
    """The offer comes before its case."""
    caller, lawyer = new_id(), new_id()
    case = notify_facts.case(rig, caller, now())
    told: list[Event] = [
        StaffProfiled(
            staff_id=lawyer,
            roles=(Role.LAWYER.value,),
            org=ORG,
            active=True,
            sealed=notify_facts.sealed(rig, lawyer, LAWYERS_PHONE),
        ),
        LawyerOffered(
            dispute_id=new_id(),
            case_id=case.case_id,
            offer_id=new_id(),
            lawyer_id=lawyer,
            attempt=1,
            open_disputes=0,
            considered=1,
            excluded_conflict=0,
            excluded_full=0,
            expires_at=now() + timedelta(hours=24),
        ),
        case,
    ]
    return {"records": kept(rig, *told)}


# -- the provider ----------------------------------------------------------------------------------


@asynccontextmanager
async def _provider(rig: Rig) -> AsyncIterator[Context]:
    """The simulator behind a real connection; what it took is in a file beside the broker's and outlives the life."""
    assert isinstance(rig.context.bus, FileBus)
    os.environ["SIMULATOR_DATA"] = str(rig.context.bus.path.parent / "provider")
    os.environ["SMS_DELIVERY_S"] = "0"
    for name in ("deploy.simulators.store", "deploy.simulators.sms"):
        module = importlib.reload(importlib.import_module(name))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(module.app, log_config=None, lifespan="off"))
        serving = asyncio.ensure_future(server.serve(sockets=[listening]))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = rig.context.settings.model_copy(update={"sms_url": url})
        try:
            yield replace(rig.context, settings=settings)
        finally:
            module.store.close()
            server.should_exit = True
            await serving


async def _queued(rig: Rig) -> State:
    """Two messages in the queue; the caller's phone and the lawyer's."""
    state = await _lawyer_waits(rig)
    await arrive(rig, state)
    caller = await rig.context.db.pool.fetch("SELECT caller_id FROM case_file")
    await rig.deliver(notify_facts.profile(rig, caller[0]["caller_id"], PHONE))
    await rig.context.db.pool.fetch(
        "UPDATE outgoing SET send_after = now() - interval '1 second', urgent = true"
    )
    return {}


async def _leases_lapse(rig: Rig) -> None:
    """The time of a lease goes by."""
    await rig.context.db.pool.fetch(
        "UPDATE outgoing SET claimed_until = now() - interval '1 second'"
        " WHERE claimed_until IS NOT NULL"
    )


async def _sends(rig: Rig, _state: State) -> None:
    await _leases_lapse(rig)
    async with _provider(rig) as context:
        await send_due(context)
        await _each_phone_shows_one(context)


async def _sends_and_reads_receipts(rig: Rig, _state: State) -> None:
    await _leases_lapse(rig)
    async with _provider(rig) as context:
        await send_due(context)
        await fetch_receipts(context)
        await _each_phone_shows_one(context)


async def _each_phone_shows_one(context: Context) -> None:
    """However often the process died: nobody reads the same twice."""
    url = context.settings.model_dump()["sms_url"]
    shown = (await context.http.get(f"{url}/v1/outbox")).json()
    assert sorted(one["phone"] for one in shown) == [PHONE, LAWYERS_PHONE]


SCENARIOS = [
    Scenario(
        "notify",
        "tell_caller",
        _caller_waits,
        arrive,
        ("keep_case.keep_case", "tell_people.tell_people", "keep_contact.keep_party"),
    ),
    Scenario(
        "notify",
        "tell_lawyer",
        _lawyer_waits,
        arrive,
        ("keep_contact.keep_staff", "tell_people.tell_people", "keep_case.keep_case"),
    ),
    Scenario("notify", "send_due", _queued, _sends, ("send_due.send_due",), may_differ=ATTEMPTS),
    Scenario(
        "notify",
        "fetch_receipts",
        _queued,
        _sends_and_reads_receipts,
        ("send_due.send_due", "fetch_receipts.fetch_receipts"),
        may_differ=ATTEMPTS,
    ),
    *notify_facts.SCENARIOS,
]
