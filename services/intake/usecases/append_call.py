"""A known matter is called about again: the call is added to its case instead of making a second one."""

from uuid import UUID

from services.intake.domain.caller import CallerWords, read_caller
from services.intake.domain.case_state import Act, NotInThisState
from services.intake.domain.permissions import may_register
from services.intake.domain.problems import Problems
from services.intake.domain.registration import NARRATIVE, NARRATIVE_CHARACTERS_MAX
from services.intake.store.cases import load_standing, save_case
from services.intake.store.notes import CALL, Note, add_note
from services.intake.store.people import PHONE, find_by_phone
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["calls"])


class AppendCall(Request):
    """Who called again, and what was new."""

    phone: str
    caller_name: str = ""
    narrative: str
    call_id: UUID | None = None


class Appended(Response):
    """The case that grew."""

    case_id: UUID
    case_no: str
    note_id: UUID


@router.post("/cases/{case_id}/calls", status_code=201)
async def post_further_call(case_id: UUID, call: AppendCall, cmd: Command) -> Appended:
    """Add a call to an open case."""
    async with cmd.transaction() as tx:
        return tx.answer(await append_call(case_id, call, tx))


async def append_call(case_id: UUID, call: AppendCall, tx: Tx) -> Appended:
    """The case keeps its state and its clock; whoever handles it sees the new call. A merged one leads to the other."""
    if not may_register(tx.actor):
        raise NotAllowed
    problems = Problems()
    problems.required("phone", call.phone, ("来电号码", "the caller's number"))
    problems.required("narrative", call.narrative, NARRATIVE)
    problems.length("narrative", call.narrative, NARRATIVE_CHARACTERS_MAX, NARRATIVE)
    words = CallerWords(call.phone, call.caller_name)
    caller = read_caller(words, problems, known=True, today=local_date(tx.now))
    problems.stop()
    stored = await load_standing(tx, case_id)
    case_id = stored.case.id
    if not stored.case.is_open:
        raise NotInThisState(stored.case.state, Act.HANDLE)
    blind = tx.cipher.blind(caller.phone.key, PHONE) if caller.phone else ""
    party_id = await find_by_phone(tx, blind, caller.name)
    note = Note(call.narrative, kind=CALL, party_id=party_id, call_id=call.call_id)
    fact = add_note(tx, case_id, note)
    save_case(tx, stored.case, fact)
    tx.audit("case.call", "case", case_id, after={"note": fact.note_id})
    return Appended(case_id=case_id, case_no=stored.case.number, note_id=fact.note_id)
