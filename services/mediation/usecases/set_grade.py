"""The grade is confirmed by a person, or lowered by a supervisor with a reason (rule 49)."""

from uuid import UUID

from pydantic import Field

from services.mediation.domain.grade import Grade
from services.mediation.domain.handling import confirm_grade, lower_grade
from services.mediation.domain.permissions import Deed, require
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from shared.contracts.mediation import GradeChanged
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["disputes"])


class SetGrade(Request):
    """The present grade to confirm it; a lower one, with a reason, to lower it."""

    grade: Grade
    reason: str = Field(default="", max_length=500)


@router.post("/disputes/{dispute_id}/grade")
async def post_grade(dispute_id: UUID, body: SetGrade, cmd: Command) -> DisputeChanged:
    """Confirm or lower the grade."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        before = loaded.dispute
        if body.grade == before.grade:
            after, deeds = confirm_grade(before, tx.actor.id), Deeds("grade.confirm")
        else:
            require(tx.actor, Deed.LOWER_GRADE, before)
            after = lower_grade(before, body.grade, tx.actor, body.reason)
            fact = GradeChanged(
                dispute_id=after.id,
                case_id=after.case_id,
                from_grade=before.grade.value,
                to_grade=after.grade.value,
                automatic=False,
            )
            deeds = Deeds("grade.lower", [fact], why=body.reason)
        save_dispute(tx, loaded, after, deeds)
        return tx.answer(changed(after, loaded.scheme))
