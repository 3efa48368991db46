"""Another worker has the same claim: the caller joins the case, which becomes collective with ten (rules 8, 11)."""

from typing import Literal
from uuid import UUID

from pydantic import ConfigDict

from services.intake.domain.caller import Caller, CallerWords, read_caller
from services.intake.domain.case_state import Act, NotInThisState
from services.intake.domain.claimants import join
from services.intake.domain.permissions import may_register
from services.intake.domain.problems import Problems
from services.intake.domain.reading import PEOPLE_MAX
from services.intake.domain.registration import (
    AMOUNT,
    COUNT,
    NARRATIVE,
    NARRATIVE_CHARACTERS_MAX,
)
from services.intake.store.cases import (
    add_claimant,
    load_claimants,
    load_standing,
    save_case,
)
from services.intake.store.notes import CALL, Note, add_note
from services.intake.store.people import keep_person, look_up
from shared.contracts.intake import ClaimantsJoined
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.ids import new_id
from shared.vocabulary.money import AMOUNT_FEN_MAX

router = CommandRouter(tags=["calls"])


class JoinClaimant(Request):
    """The call form; what the case has decided already (category, handling, employer …) is not read."""

    model_config = ConfigDict(extra="ignore", strict=True, str_strip_whitespace=True, frozen=True)

    phone: str = ""
    party_id: UUID | None = None
    caller_name: str = ""
    salutation: Literal["mr", "ms"] | None = None
    gender: Literal["male", "female"] | None = None
    id_no: str = ""
    narrative: str
    claimant_count: int = 1
    amount_fen: int | None = None
    member: bool | None = None
    call_back: Literal["phone", "sms", "none"] = "phone"
    call_id: UUID | None = None


class ClaimantJoined(Response):
    """The case that grew, and how many share it now."""

    case_id: UUID
    case_no: str
    note_id: UUID
    claimant_count: int


@router.post("/cases/{case_id}/claimants", status_code=201)
async def post_claimant(case_id: UUID, call: JoinClaimant, cmd: Command) -> ClaimantJoined:
    """Join a worker, and those the worker speaks for, to an open case."""
    async with cmd.transaction() as tx:
        return tx.answer(await join_claimant(case_id, call, tx))


async def join_claimant(case_id: UUID, call: JoinClaimant, tx: Tx) -> ClaimantJoined:
    """Somebody who is in the case already is not counted twice. A merged case leads to the other one."""
    if not may_register(tx.actor):
        raise NotAllowed
    caller = _checked(call, tx)
    known = await look_up(tx, caller, call.party_id, None, "")
    case = (await load_standing(tx, case_id)).case
    case_id = case.id
    if not case.is_open:
        raise NotInThisState(case.state, Act.MERGE)
    party_id = known.person.id if known.person else new_id()
    joined = join(await load_claimants(tx, case_id), [party_id])
    count, amount = case.claimant_count, case.amount_fen
    if joined.added:
        add_claimant(tx, case_id, party_id)
        count = min(case.claimant_count + call.claimant_count, PEOPLE_MAX)
        amount = (amount or 0) + (call.amount_fen or 0) or None
    else:
        count = max(case.claimant_count, call.claimant_count)
    fact = ClaimantsJoined(
        case_id=case_id,
        claimant_ids=joined.added,
        claimant_count=count,
        amount_fen=amount,
    )
    note = Note(call.narrative, kind=CALL, party_id=party_id, call_id=call.call_id)
    told = add_note(tx, case_id, note)
    save_case(tx, case, fact, told, claimant_count=count, amount_fen=amount)
    sms = call.call_back != "none"
    keep_person(tx, known, caller, party_id, member=call.member, sms=sms)
    counts = {"claimant_count": case.claimant_count}
    tx.audit("case.join", "case", case_id, before=counts, after={"claimant_count": count})
    return ClaimantJoined(
        case_id=case_id, case_no=case.number, note_id=told.note_id, claimant_count=count
    )


def _checked(call: JoinClaimant, tx: Tx) -> Caller:
    problems = Problems()
    words = CallerWords(call.phone, call.caller_name, call.id_no, call.gender, call.salutation)
    known = call.party_id is not None
    caller = read_caller(words, problems, known=known, today=local_date(tx.now))
    problems.required("narrative", call.narrative, NARRATIVE)
    problems.length("narrative", call.narrative, NARRATIVE_CHARACTERS_MAX, NARRATIVE)
    problems.number("claimant_count", call.claimant_count, (1, PEOPLE_MAX), COUNT)
    if call.amount_fen is not None:
        problems.number("amount_fen", call.amount_fen, (1, AMOUNT_FEN_MAX), AMOUNT)
    problems.stop()
    return caller
