"""The documents tab: what the system has produced for the case, each with the address of its print view."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlmodel import col

from services.workbench.domain.application import Application
from services.workbench.domain.card import Card
from services.workbench.domain.documents import Document, documents_of
from services.workbench.domain.text import Text
from services.workbench.gateways.services import ask
from services.workbench.queries.case_access import load_visible
from services.workbench.queries.paging import PAGE_ROWS
from services.workbench.store.folded import to_application, to_card
from services.workbench.tables import ApplicationRow
from shared.kernel.command import Response
from shared.kernel.reader import ReadDoor, Reader

router = APIRouter(tags=["case"])


class CaseDocument(Response):
    """One paper; without a time while it is still to be signed."""

    document_id: str
    title: Text
    state: Text
    done: bool
    at: datetime | None
    href: str


class CaseDocuments(Response):
    """In the order of the work."""

    items: list[CaseDocument]
    next_cursor: str | None = None


@router.get("/cases/{case_id}/documents")
async def get_documents(case_id: UUID, reader: Reader) -> CaseDocuments:
    """What may be printed; what mediation wrote is listed for who may read its content, while mediation answers."""
    card = to_card(await load_visible(reader, case_id))
    dispute, applications = await dispute_of(reader, card), await applications_of(reader, case_id)
    found = documents_of(card, dispute, applications)
    return CaseDocuments(items=[_shown(case_id, one) for one in found])


async def dispute_of(reader: ReadDoor, card: Card) -> dict[str, Any] | None:
    """The dispute's own page, in the owner's words; None without a dispute, and while mediation is away."""
    if card.dispute_id is None:
        return None
    found = await ask(reader.context, reader.actor, "mediation", f"disputes/{card.dispute_id}")
    return found if isinstance(found, dict) else None


async def applications_of(reader: ReadDoor, case_id: UUID) -> list[Application]:
    """The applications for aid that came of the case, oldest first."""
    rows = await reader.all(
        select(ApplicationRow)
        .where(col(ApplicationRow.case_id) == case_id)
        .order_by(col(ApplicationRow.application_id))
        .limit(PAGE_ROWS)
    )
    return [to_application(row) for row in rows]


def _shown(case_id: UUID, one: Document) -> CaseDocument:
    which = f"{one.code}/{one.about}" if one.about else one.code
    return CaseDocument(
        document_id=which,
        title=one.title,
        state=one.state,
        done=one.done,
        at=one.at,
        href=f"/cases/{case_id}/print/{which}",
    )
