"""What notify remembers of cases, disputes and applications: whom their messages are for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from services.notify.domain.errand import CaseFile, Errand, Parts
from services.notify.domain.templates import Audience
from services.notify.tables import ApplicationRow, CaseFileRow, DisputePeopleRow
from shared.contracts.base import DeadlineFact
from shared.contracts.intake import CaseRegistered
from shared.contracts.mediation import DisputeProgressed
from shared.contracts.welfare import ApplicationOpened
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.identifiers import format_tracking_code

DISPUTES_OF_CASE_MAX = 10


def add_case_file(tx: Tx, event: CaseRegistered) -> None:
    """A case exists."""
    values = {
        "id": event.case_id,
        "number": event.case_number,
        "org": event.org,
        "caller_id": event.caller_id,
        "claimant_ids": [str(one) for one in event.claimant_ids],
        "tracking_sealed": event.tracking_sealed,
        "deadline": _last(event.deadlines),
        "confidential": event.kept_from_unit,
    }
    tx.insert(CaseFileRow, values)


async def save_claimants(tx: Tx, case_id: UUID, joined: Iterable[UUID]) -> None:
    """More workers have the same claim."""
    row = await _case_row(tx, case_id)
    known = list(row["claimant_ids"]) if row else []
    ids = list(dict.fromkeys((*known, *(str(one) for one in joined))))
    tx.change(CaseFileRow, case_id, {"claimant_ids": ids})


def save_deadline(tx: Tx, case_id: UUID, deadlines: tuple[DeadlineFact, ...]) -> None:
    """The case has a new last day."""
    tx.change(CaseFileRow, case_id, {"deadline": _last(deadlines)})


def save_org(tx: Tx, case_id: UUID, org: str) -> None:
    """Another unit has the case."""
    tx.change(CaseFileRow, case_id, {"org": org})


def _last(deadlines: tuple[DeadlineFact, ...]) -> Any:
    return deadlines[-1].effective if deadlines else None


async def load_case_file(tx: Tx, case_id: UUID) -> CaseFile | None:
    """The case, if its registration has been heard of."""
    row = await _case_row(tx, case_id)
    if row is None:
        return None
    sealed = row["tracking_sealed"]
    code = format_tracking_code(tx.cipher.open(sealed, str(case_id))) if sealed else ""
    claimants = tuple(UUID(one) for one in row["claimant_ids"])
    return CaseFile(
        case_id, row["number"], row["org"], row["caller_id"], claimants, code, row["deadline"]
    )


async def _case_row(tx: Tx, case_id: UUID) -> Record | None:
    return await tx.one(select(CaseFileRow).where(col(CaseFileRow.id) == case_id))


def save_dispute_people(tx: Tx, event: DisputeProgressed) -> None:
    """Who works on the dispute now."""
    values = {
        "id": event.dispute_id,
        "case_id": event.case_id,
        "mediator_ids": [str(one) for one in event.mediator_ids],
        "lawyer_id": event.lawyer_id,
    }
    tx.upsert(DisputePeopleRow, values, ("id",))


def add_application(tx: Tx, event: ApplicationOpened) -> None:
    """A worker asks for aid."""
    values = {
        "id": event.application_id,
        "number": event.application_number,
        "party_id": event.party_id,
        "handler_id": None,
    }
    tx.insert(ApplicationRow, values)


def save_handler(tx: Tx, application_id: UUID, handler_id: UUID) -> None:
    """An officer took up the application."""
    tx.change(ApplicationRow, application_id, {"handler_id": handler_id})


async def load_parts(tx: Tx, errand: Errand, audience: Audience) -> tuple[Parts, dict[str, str]]:
    """Who works on what the fact is about, and the fields that come from there (an application has a number of its own)."""
    if audience in {Audience.BENEFICIARY, Audience.OFFICER}:
        return await _application_parts(tx, errand.subject_id)
    if audience in {Audience.MEDIATOR, Audience.LAWYER} and not errand.named:
        return await _dispute_parts(tx, errand.case_id), {}
    return Parts(), {}


async def _application_parts(tx: Tx, application_id: UUID) -> tuple[Parts, dict[str, str]]:
    row = await tx.one(select(ApplicationRow).where(col(ApplicationRow.id) == application_id))
    if row is None:
        return Parts(), {}
    parts = Parts(beneficiary_id=row["party_id"], officer_id=row["handler_id"])
    return parts, {"case_number": row["number"]}


async def _dispute_parts(tx: Tx, case_id: UUID) -> Parts:
    disputes = await tx.all(
        select(DisputePeopleRow)
        .where(col(DisputePeopleRow.case_id) == case_id)
        .order_by(col(DisputePeopleRow.id))
        .limit(DISPUTES_OF_CASE_MAX)
    )
    mediators = (UUID(one) for row in disputes for one in row["mediator_ids"])
    return Parts(
        mediator_ids=tuple(dict.fromkeys(mediators)),
        lawyer_id=next((row["lawyer_id"] for row in disputes if row["lawyer_id"]), None),
    )
