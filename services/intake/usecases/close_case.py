"""A unit has done what the caller asked for and says so; the caller is called back the next workday."""

from uuid import UUID

from services.intake.domain.case import handle
from services.intake.domain.case_state import Act
from services.intake.domain.permissions import may_work
from services.intake.domain.problems import Problems
from services.intake.store.answers import ActForm, CaseMoved, moved
from services.intake.store.cases import load_case
from services.intake.store.course import save_handled
from services.intake.store.notes import EXTERNAL, Note, add_note
from services.intake.store.reference import load_reference
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["cases"])
REPLY_CHARACTERS_MAX = 2_000
REPLY = ("答复内容", "the reply")


class CloseCase(ActForm):
    """What the caller was told: the code of an answer (`reason`), own words (`note`), or both."""

    reason: str | None = None
    note: str = ""


@router.post("/cases/{case_id}/close")
async def post_close(case_id: UUID, reply: CloseCase, cmd: Command) -> CaseMoved:
    """Close a case that no other service handles."""
    async with cmd.transaction() as tx:
        return tx.answer(await close_case(case_id, reply, tx, cmd.if_match))


async def close_case(case_id: UUID, reply: CloseCase, tx: Tx, if_match: int | None) -> CaseMoved:
    """Refused while the dispute or the application is open."""
    book = await load_reference(tx.pool)
    problems = Problems()
    if reply.reason is None:
        problems.required("note", reply.note, REPLY)
    elif reply.reason not in book.answers:
        zh, en = (
            "没有这条答复口径，请从列表中选择。",
            "There is no such answer. Choose one from the list.",
        )
        problems.add("reason", "answer_unknown", zh, en)
    problems.length("note", reply.note, REPLY_CHARACTERS_MAX, REPLY)
    problems.stop()
    stored = await load_case(tx, case_id, if_match)
    if not may_work(tx.actor, Act.HANDLE, stored.case.org, at_hotline=stored.at_hotline):
        raise NotAllowed
    case = handle(stored.case)
    facts = [add_note(tx, case_id, Note(reply.note, visibility=EXTERNAL))] if reply.note else []
    done = save_handled(tx, stored, case, book.rules(tx.now), *facts, answer=reply.reason)
    before = {"state": stored.case.state.value}
    tx.audit("case.close", "case", case_id, before=before, after={"answer": reply.reason})
    return moved(done)
