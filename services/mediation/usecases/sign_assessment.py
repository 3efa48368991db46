"""A mediator or supervisor signs an assessment: the signature binds exactly what was read."""

from uuid import UUID

from services.mediation.domain.assessment import current
from services.mediation.domain.handling import sign_assessment as signed
from services.mediation.domain.permissions import Deed
from services.mediation.store.answers import DisputeChanged, changed
from services.mediation.store.disputes import Deeds, load_dispute, save_dispute
from services.mediation.store.schemes import assessment_stage
from shared.contracts.mediation import AssessmentSigned
from shared.kernel.command import Command, CommandRouter, Request
from shared.vocabulary.errors import Conflict, NotAllowed, NotFound
from shared.vocabulary.people import Role

router = CommandRouter(tags=["assessments"])


class SignAssessment(Request):
    """The hash of what the signer read, and the role in which they sign."""

    content_hash: str
    role: Role


@router.post("/disputes/{dispute_id}/assessments/{stage}/sign")
async def post_sign(
    dispute_id: UUID, stage: str, body: SignAssessment, cmd: Command
) -> DisputeChanged:
    """Sign the present content."""
    async with cmd.transaction() as tx:
        loaded = await load_dispute(tx, dispute_id, Deed.HANDLE, cmd.if_match)
        of_scheme = assessment_stage(loaded.scheme, stage)
        latest = current(loaded.dispute.assessments, stage)
        if latest is None:
            raise NotFound("assessment", stage)
        if not tx.actor.has(body.role):
            raise NotAllowed
        if latest.content_hash != body.content_hash:
            raise Conflict(current={"content_hash": latest.content_hash})
        after = signed(loaded.dispute, of_scheme, tx.actor.id, body.role, tx.now)
        now_signed = current(after.assessments, stage)
        fact = AssessmentSigned(
            dispute_id=after.id,
            case_id=after.case_id,
            assessment=loaded.scheme.assessment_number(stage),
            edition=latest.version,
            signer_id=tx.actor.id,
            signatures=len(now_signed.valid_signatures) if now_signed else 0,
            required=len(of_scheme.sign_off),
            content_hash=latest.content_hash,
        )
        save_dispute(tx, loaded, after, Deeds("assessment.sign", [fact]))
        return tx.answer(changed(after, loaded.scheme))
