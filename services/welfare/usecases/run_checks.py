"""Somebody lets the checks run again: a colleague withdrew a double application, money came into the budget."""

from uuid import UUID

from services.welfare.store import facts
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["applications"])


class RunChecks(Request):
    """Nothing is needed."""


@router.post("/applications/{application_id}/checks")
async def post_checks(application_id: UUID, body: RunChecks, cmd: Command) -> ApplicationChanged:
    """Run all twenty and tell what they found."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id)
        report = await check(tx, dossier)
        told = [facts.ran(dossier.application, report)]
        await save_dossier(tx, dossier, dossier, Deed("application.checks", told))
        return tx.answer(changed(dossier, report))
