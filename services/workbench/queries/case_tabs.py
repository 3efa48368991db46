"""The other tabs of a case: opinions (their texts stay with intake), changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.workbench.domain.permissions import AUDIT_READERS, allow
from services.workbench.domain.text import Text
from services.workbench.gateways.services import FORWARDED, ServiceAway, ask
from services.workbench.queries.case_access import load_visible
from services.workbench.queries.paging import PAGE_ROWS
from services.workbench.store.directory import load_names
from shared.kernel.command import Response
from shared.kernel.reader import Reader

router = APIRouter(tags=["case"])


class Note(Response):
    """An opinion, internal or to the outside."""

    note_id: UUID
    at: datetime
    by: str
    visibility: str
    text: str


class Notes(Response):
    """Newest first."""

    items: list[Note]
    next_cursor: str | None = None


class CaseChange(Response):
    """Who changed what."""

    id: str
    at: datetime
    by: str
    action: Text
    before: str | None
    after: str | None
    why: str | None


class CaseChanges(Response):
    """Newest first."""

    items: list[CaseChange]
    next_cursor: str | None = None


@router.get("/cases/{case_id}/notes")
async def get_notes(case_id: UUID, reader: Reader) -> Notes:
    """Asked of intake in the person's name; 503 with a text while it is away, the other tabs go on working."""
    await load_visible(reader, case_id)
    found = await ask(reader.context, reader.actor, "intake", f"cases/{case_id}")
    if found is None:
        raise ServiceAway("intake")
    notes = found.get("notes", [])
    names = await load_names(
        reader.context.db, reader.context.cipher, (UUID(one["by"]) for one in notes)
    )
    return Notes(
        items=[
            Note(
                note_id=UUID(one["note_id"]),
                at=datetime.fromisoformat(one["at"]),
                by=names.get(UUID(one["by"]), "—"),
                visibility=one["visibility"],
                text=one["text"],
            )
            for one in sorted(notes, key=lambda one: str(one["at"]), reverse=True)
        ]
    )


@router.get("/cases/{case_id}/changes")
async def get_changes(case_id: UUID, reader: Reader) -> CaseChanges:
    """The audit of the case and its dispute, for auditors; each service checks again."""
    row = await load_visible(reader, case_id)
    allow(reader.actor, AUDIT_READERS)
    found: list[dict[str, Any]] = []
    for service in FORWARDED:
        about = row["dispute_id"] if service == "mediation" else case_id
        page = await ask(
            reader.context, reader.actor, service, f"operations/audit?object_id={about}"
        )
        found += page["rows"] if page else []
    found.sort(key=lambda one: str(one["at"]), reverse=True)
    names = await load_names(
        reader.context.db, reader.context.cipher, (UUID(one["actor_id"]) for one in found)
    )
    return CaseChanges(items=[_change(one, names) for one in found[:PAGE_ROWS]])


def _change(one: dict[str, Any], names: dict[UUID, str]) -> CaseChange:
    content = one["content"]
    return CaseChange(
        id=f"{one['chain']}:{one['seq']}",
        at=datetime.fromisoformat(one["at"]),
        by=names.get(UUID(one["actor_id"]), "—"),
        action=Text(one["action"], one["action"]),
        before=_plain(content.get("before")),
        after=_plain(content.get("after")),
        why=content.get("why"),
    )


def _plain(value: object) -> str | None:
    if isinstance(value, dict):
        return "；".join(f"{key}: {one}" for key, one in value.items())
    return None if value is None else str(value)
