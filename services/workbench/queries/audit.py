"""Who did what, over all services: one list, newest first. Reading it is audited too."""

import asyncio
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query

from services.workbench.domain.labels import SERVICES, label
from services.workbench.domain.permissions import AUDIT_READERS, allow
from services.workbench.domain.text import Text
from services.workbench.gateways.services import FORWARDED, ask
from services.workbench.queries.paging import PAGE_ROWS
from services.workbench.store.directory import load_names
from shared.kernel import operations as kernel
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader

router = APIRouter(tags=["audit"])


class AuditFilter(Response):
    """What the address says."""

    object_id: UUID | None = None
    actor_id: UUID | None = None
    action: Annotated[str | None, Query(max_length=60)] = None
    since: datetime | None = None
    cursor: Annotated[str | None, Query(max_length=120)] = None


class AuditLine(Response):
    """One act."""

    id: str
    service: str
    at: datetime
    by: str
    actor_id: UUID
    roles: list[str]
    action: str
    kind: str
    object_id: UUID
    before: Any
    after: Any
    why: str | None
    hash: str


class AuditList(Response):
    """A page, and the services that did not answer: what they know is missing here."""

    items: list[AuditLine]
    next_cursor: str | None
    missing: list[str]


class ChainState(Response):
    """Whether every link of every chain of a service holds; None: it did not answer."""

    service: str
    name: Text
    report: dict[str, Any] | None


class Chains(Response):
    """All services."""

    items: list[ChainState]


@router.get("/audit")
async def get_audit_of_all(reader: Reader, asked: Annotated[AuditFilter, Query()]) -> AuditList:
    """By object, person, action and time."""
    allow(reader.actor, AUDIT_READERS)
    async with reader.context.db.transaction(actor=reader.actor) as tx:
        tx.audit("audit.read", "audit", reader.actor.id, after=asked.model_dump(mode="json"))
    own = await kernel.get_audit(
        reader, asked.object_id, asked.actor_id, asked.action, asked.since, asked.cursor
    )
    pages: dict[str, Any] = {"workbench": own.model_dump(mode="json")}
    answers = await asyncio.gather(*(_page(reader, one, asked) for one in FORWARDED))
    pages |= dict(zip(FORWARDED, answers, strict=True))
    rows = [(service, row) for service, page in pages.items() if page for row in page["rows"]]
    rows.sort(key=lambda one: _place(one[1]), reverse=True)
    shown = rows[:PAGE_ROWS]
    names = await load_names(
        reader.context.db, reader.context.cipher, (UUID(row["actor_id"]) for _, row in shown)
    )
    more = len(rows) > PAGE_ROWS or any(page["next"] for page in pages.values() if page)
    last = shown[-1][1] if shown and more else None
    return AuditList(
        items=[_line(service, row, names) for service, row in shown],
        next_cursor=f"{last['at']}|{last['chain']}|{last['seq']}" if last else None,
        missing=[service for service, page in pages.items() if page is None],
    )


async def _page(reader: ReadDoor, service: str, asked: AuditFilter) -> Any:
    wanted = asked.model_dump(mode="json", exclude_none=True)
    if "cursor" in wanted:
        wanted["before"] = wanted.pop("cursor")
    return await ask(reader.context, reader.actor, service, f"operations/audit?{urlencode(wanted)}")


def _place(row: dict[str, Any]) -> tuple[datetime, str, int]:
    return datetime.fromisoformat(row["at"]), str(row["chain"]), int(row["seq"])


def _line(service: str, row: dict[str, Any], names: dict[UUID, str]) -> AuditLine:
    content = row["content"]
    actor_id = UUID(row["actor_id"])
    return AuditLine(
        id=f"{service}:{row['chain']}:{row['seq']}",
        service=service,
        at=datetime.fromisoformat(row["at"]),
        by=names.get(actor_id, "—"),
        actor_id=actor_id,
        roles=content.get("roles", []),
        action=row["action"],
        kind=row["kind"],
        object_id=UUID(row["chain"]),
        before=content.get("before"),
        after=content.get("after"),
        why=content.get("why"),
        hash=row["hash"],
    )


@router.get("/audit/check")
async def get_chains_of_all(reader: Reader) -> Chains:
    """Every chain of every service is recomputed."""
    allow(reader.actor, AUDIT_READERS)
    own, *others = await asyncio.gather(
        kernel.get_audit_check(reader),
        *(ask(reader.context, reader.actor, one, "operations/audit/check") for one in FORWARDED),
    )
    reports = dict(zip(FORWARDED, others, strict=True))
    reports["workbench"] = own.model_dump(mode="json")
    return Chains(
        items=[
            ChainState(service=one, name=label(SERVICES, one), report=report)
            for one, report in reports.items()
        ]
    )
