"""What the people who run the system see and do in every service: backlog, lag, parked messages, timers, audit."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import desc, func, select, tuple_

from shared.kernel import audit as chains
from shared.kernel import parked
from shared.kernel.auth import require
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.outbox import backlog
from shared.kernel.reader import Reader
from shared.kernel.tables import audit, timer
from shared.kernel.tables import parked as parked_table
from shared.vocabulary.people import Role

PAGE_ROWS = 50
REASON_CHARACTERS = (5, 500)
RUNNERS = (Role.SYSTEM_ADMIN, Role.SYSTEM)
READERS = (Role.SYSTEM_ADMIN, Role.SUPERVISOR, Role.AUDITOR, Role.AUDIT_ADMIN, Role.SYSTEM)

router = APIRouter(prefix="/operations", tags=["operations"])
commands = CommandRouter(prefix="/operations", tags=["operations"])


class TimerKind(Response):
    """How many timers of a kind wait, when the first is due, how many fired today or failed for good."""

    kind: str
    pending: int
    failed: int
    fired_today: int
    earliest: datetime | None


class Overview(Response):
    """One service at a glance."""

    service: str
    outbox_rows: int
    outbox_poisoned: int
    outbox_age_s: float
    lag_records: int
    parked: int
    parked_dead: int
    timers: list[TimerKind]


class ParkedRow(Response):
    """A parked message: where it lies, why, and how often it was tried. Ids only."""

    event_id: UUID
    aggregate_id: UUID
    aggregate_version: int
    name: str
    topic: str
    partition: int
    offset: int
    state: str
    code: str
    attempts: int
    behind: int
    parked_at: datetime
    next_try_at: datetime
    skip_asked: bool
    trace: str | None


@router.get("/overview")
async def get_overview(reader: Reader) -> Overview:
    """Backlog, lag, parked messages and timers of this service."""
    require(reader.actor, *READERS)
    context = reader.context
    name = context.settings.service
    sent = await backlog(context.db.pool)
    states = await reader.all(
        select(parked_table.c.state, func.count().label("n"))
        .where(parked_table.c.state.in_(parked.OPEN))
        .group_by(parked_table.c.state)
    )
    counts = {row["state"]: row["n"] for row in states}
    return Overview(
        service=name,
        outbox_rows=int(sent["rows"]),
        outbox_poisoned=int(sent["poisoned"]),
        outbox_age_s=round(sent["age_s"], 2),
        lag_records=await _lag(reader),
        parked=sum(counts.values()),
        parked_dead=counts.get("dead", 0),
        timers=await _timers(reader),
    )


async def _lag(reader: Reader) -> int:
    topics = list(reader.context.listens)
    if not topics:
        return 0
    lag = await reader.context.bus.lag(reader.context.settings.service, topics)
    return sum(lag.values())


async def _timers(reader: Reader) -> list[TimerKind]:
    today = func.date_trunc("day", func.now())
    rows = await reader.all(
        select(
            timer.c.kind,
            func.count().filter(timer.c.state == "pending").label("pending"),
            func.count().filter(timer.c.state == "failed").label("failed"),
            func.count().filter(timer.c.fired_at >= today).label("fired_today"),
            func.min(timer.c.due_at).filter(timer.c.state == "pending").label("earliest"),
        )
        .group_by(timer.c.kind)
        .order_by(timer.c.kind)
    )
    return [TimerKind(**row) for row in rows]


@router.get("/parked")
async def get_parked(reader: Reader) -> list[ParkedRow]:
    """Heads of parked keys, oldest first, with how many wait behind each."""
    require(reader.actor, *READERS)
    head = parked_table.alias("head")
    behind = (
        select(func.count())
        .select_from(parked_table)
        .where(parked_table.c.state == "behind", parked_table.c.aggregate_id == head.c.aggregate_id)
        .scalar_subquery()
    )
    rows = await reader.all(
        select(head, behind.label("behind"))
        .where(head.c.state.in_(("head", "dead")))
        .order_by(head.c.parked_at, head.c.id)
        .limit(PAGE_ROWS)
    )
    return [_parked_row(row) for row in rows]


def _parked_row(row: Any) -> ParkedRow:
    headers = dict(row["headers"])
    shown = {name: row[name] for name in ParkedRow.model_fields if name in row}
    return ParkedRow(
        **shown,
        skip_asked=row["skip_asked_by"] is not None,
        trace=headers.get("ce_correlationid"),
    )


class Skip(Request):
    """Why it is right to go on without this fact."""

    reason: str = Field(min_length=REASON_CHARACTERS[0], max_length=REASON_CHARACTERS[1])


class Resolved(Response):
    """`replaying`, `skipped`, or `second_person_needed`."""

    result: str


@commands.post("/parked/{event_id}/replay")
async def post_replay(event_id: UUID, cmd: Command) -> Resolved:
    """Try a parked message again now."""
    require(cmd.actor, *RUNNERS)
    async with cmd.transaction() as tx:
        await parked.replay(tx, event_id)
        return tx.answer(Resolved(result="replaying"))


@commands.post("/parked/{event_id}/skip")
async def post_skip(event_id: UUID, body: Skip, cmd: Command) -> Resolved:
    """Go on without a parked message; two people when it is about money."""
    require(cmd.actor, *RUNNERS)
    async with cmd.transaction() as tx:
        skipped = await parked.skip(tx, event_id, body.reason)
        return tx.answer(Resolved(result="skipped" if skipped else "second_person_needed"))


class AuditRow(Response):
    """One link of a chain."""

    chain: UUID
    seq: int
    at: datetime
    actor_id: UUID
    action: str
    kind: str
    content: dict[str, Any]
    hash: str


class AuditPage(Response):
    """Links, newest first, and where the next page begins."""

    rows: list[AuditRow]
    next: str | None


@router.get("/audit")
async def get_audit(
    reader: Reader,
    object_id: UUID | None = None,
    actor_id: UUID | None = None,
    action: str | None = None,
    since: datetime | None = None,
    before: str | None = None,
) -> AuditPage:
    """Who did what: by object, person, action and time; keyset pages, newest first."""
    require(reader.actor, Role.AUDITOR, Role.AUDIT_ADMIN)
    query = select(audit).order_by(desc(audit.c.at), desc(audit.c.chain), desc(audit.c.seq))
    for column, value in (
        (audit.c.chain, object_id),
        (audit.c.actor_id, actor_id),
        (audit.c.action, action),
    ):
        query = query if value is None else query.where(column == value)
    if since is not None:
        query = query.where(audit.c.at >= since)
    if before is not None:
        at, chain, seq = before.split("|")
        last = tuple_(datetime.fromisoformat(at), UUID(chain), int(seq))
        query = query.where(tuple_(audit.c.at, audit.c.chain, audit.c.seq) < last)
    rows = await reader.all(query.limit(PAGE_ROWS + 1))
    shown = rows[:PAGE_ROWS]
    last_row = shown[-1] if len(rows) > PAGE_ROWS else None
    return AuditPage(
        rows=[_audit_row(row) for row in shown],
        next=f"{last_row['at'].isoformat()}|{last_row['chain']}|{last_row['seq']}"
        if last_row
        else None,
    )


def _audit_row(row: Any) -> AuditRow:
    fields = {**row, "content": msgspec.json.decode(row["content"]), "hash": row["hash"].hex()}
    return AuditRow(**fields)


class ChainReport(Response):
    """Whether every link holds, else the first that does not."""

    ok: bool
    links: int
    chains: int
    bad_chain: UUID | None
    bad_seq: int | None
    why: str


@router.get("/audit/check")
async def get_audit_check(reader: Reader) -> ChainReport:
    """Recompute every hash of every chain of this service."""
    require(reader.actor, Role.AUDITOR, Role.AUDIT_ADMIN)
    state = await chains.verify(reader.context.db.pool)
    return ChainReport(
        ok=state.ok,
        links=state.links,
        chains=state.chains,
        bad_chain=state.bad_chain,
        bad_seq=state.bad_seq,
        why=state.why,
    )
