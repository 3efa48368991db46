"""A case became known, or changed: its messages need number, code and claimants; those that waited for it are told."""

from services.notify.store.errands import carry_out_waiting
from services.notify.store.files import add_case_file, save_claimants, save_deadline, save_org
from services.notify.store.locks import lock_until_known
from shared.contracts.intake import (
    CaseExtended,
    CaseRedispatched,
    CaseRegistered,
    CaseReopened,
    ClaimantsJoined,
)
from shared.kernel.transaction import Tx


async def keep_case(event: CaseRegistered, tx: Tx) -> None:
    """Facts of other topics may have been here first."""
    await lock_until_known(tx, event.case_id)
    add_case_file(tx, event)
    await tx.flush()
    await carry_out_waiting(tx, case_id=event.case_id)


async def keep_claimants(event: ClaimantsJoined, tx: Tx) -> None:
    """More people are told from now on."""
    await save_claimants(tx, event.case_id, event.claimant_ids)


async def keep_deadline(event: CaseReopened | CaseExtended, tx: Tx) -> None:
    """The case has a new last day."""
    save_deadline(tx, event.case_id, event.deadlines)


async def keep_unit(event: CaseRedispatched, tx: Tx) -> None:
    """Another unit has the case: its people are told from now on."""
    save_org(tx, event.case_id, event.org)
