"""For whom hardship was flagged, so that nobody is handed to welfare twice."""

from uuid import UUID

from services.mediation.tables import HardshipRow
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import Refused


class FlaggedAlready(Refused):
    """Welfare has the application."""

    code = "hardship_flagged_already"
    zh = "该职工的帮扶申请已经转出，请在帮扶申请中查看进度。"
    en = "The application for this worker exists already. See its progress in welfare."


def add_hardship(tx: Tx, dispute_id: UUID, party_id: UUID, programme: str) -> None:
    """A claimant in hardship, once per dispute."""
    tx.on_duplicate("hardship_pkey", FlaggedAlready())
    values = {
        "dispute_id": dispute_id,
        "party_id": party_id,
        "programme": programme,
        "flagged_at": tx.now,
    }
    tx.insert(HardshipRow, values)
