"""A mediator writes one of the three assessments: the checklist answered, the judgement, the handling."""

from uuid import UUID

from pydantic import Field

from services.mediation.domain.assessment import (
    NOTE_CHARACTERS_MAX,
    Answer,
    Assessment,
    Conclusion,
    current,
    refuse_strange_answers,
    unanswered,
)
from services.mediation.domain.handling import write_assessment as written
from services.mediation.domain.permissions import Deed
from services.mediation.domain.scheme_file import CHECKLIST_ITEMS_MAX
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.schemes import assessment_stage
from shared.contracts.mediation import AssessmentSaved
from shared.kernel.command import Command, CommandRouter, Request

router = CommandRouter(tags=["assessments"])


class ItemAnswer(Request):
    """One item of the checklist."""

    item: str = Field(max_length=60)
    conclusion: Conclusion
    note: str = Field(default="", max_length=NOTE_CHARACTERS_MAX)


class WriteAssessment(Request):
    """The whole form as it stands; `reason` when a signed assessment is amended."""

    answers: list[ItemAnswer] = Field(max_length=CHECKLIST_ITEMS_MAX)
    judgement: str = Field(default="", max_length=NOTE_CHARACTERS_MAX)
    reason: str = Field(default="", max_length=NOTE_CHARACTERS_MAX)


@router.put("/disputes/{dispute_id}/assessments/{stage}")
async def put_assessment(
    dispute_id: UUID, stage: str, body: WriteAssessment, cmd: Command
) -> DisputeChanged:
    """Save the form; signed content is kept and a new version begins."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        of_scheme = assessment_stage(loaded.scheme, stage)
        draft = Assessment(
            stage=stage,
            version=0,
            author=tx.actor.id,
            grade=loaded.dispute.grade,
            judgement=body.judgement,
            answers=tuple(Answer(one.item, one.conclusion, one.note) for one in body.answers),
            reason=body.reason,
        )
        refuse_strange_answers(draft.answers, of_scheme)
        after = written(loaded.dispute, draft)
        latest = current(after.assessments, stage)
        saved = AssessmentSaved(
            dispute_id=after.id,
            case_id=after.case_id,
            assessment=loaded.scheme.assessment_number(stage),
            edition=latest.version if latest else 1,
            items_done=len(of_scheme.checklist) + 1 - len(unanswered(latest, of_scheme)),
            items_total=len(of_scheme.checklist) + 1,
        )
        save_dispute(tx, loaded, after, Deeds("assessment.write", [saved], why=body.reason or None))
        return tx.answer(changed(after, loaded.scheme))
