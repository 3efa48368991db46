"""An operator calls the worker back and writes down whether they were reached and how it went (rules 43, 44)."""

from typing import Literal
from uuid import UUID

from services.intake.domain.case import (
    SATISFIED_MIN,
    CallBackResult,
    Case,
    Cause,
    call_back,
    close,
    reached,
)
from services.intake.domain.case_state import Act, NotInThisState
from services.intake.domain.permissions import may_do
from services.intake.domain.problems import Problems
from services.intake.domain.registration import Rules
from services.intake.domain.sla import CALL_BACK_ATTEMPTS_MAX, call_back_due
from services.intake.store.call_backs import Attempt, add_attempt
from services.intake.store.cases import Stored, load_case, save_case
from services.intake.store.course import CALL_BACK, Reopening, ask_again, save_reopened
from services.intake.store.reference import load_reference
from shared.contracts.intake import CallBackRecorded, CaseClosed
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["call-backs"])
NOTE_CHARACTERS_MAX = 500
STARS = (1, 5)
NOTE = ("回访备注", "the note")
SATISFACTION = ("满意度", "the satisfaction")


class RecordCallBack(Request):
    """`satisfaction` 1 to 5 when reached; `handler_at_fault` sends a dissatisfied caller's case back to work.

    `refused`: reached, but did not want to be asked. A dissatisfied answer needs a note that says why.
    """

    result: Literal["reached", "no_answer", "refused"]
    satisfaction: int | None = None
    handler_at_fault: bool = False
    note: str = ""


class CallBackDone(Response):
    """How often it was tried, and where the case stands now."""

    attempt: int
    state: str


@router.post("/cases/{case_id}/call-backs", status_code=201)
async def post_call_back(case_id: UUID, told: RecordCallBack, cmd: Command) -> CallBackDone:
    """Write down one attempt."""
    async with cmd.transaction() as tx:
        return tx.answer(await record_call_back(case_id, told, tx, cmd.if_match))


async def record_call_back(
    case_id: UUID, told: RecordCallBack, tx: Tx, if_match: int | None
) -> CallBackDone:
    """Reached: closed, or reopened. Not reached: tried again the next workday, three times in all."""
    _check(told)
    rules = (await load_reference(tx.pool)).rules(tx.now)
    stored = await load_case(tx, case_id, if_match)
    if not may_do(tx.actor, Act.CALL_BACK, stored.case.org) and not may_do(
        tx.actor, Act.CALL_BACK, stored.row["operator_org"]
    ):
        raise NotAllowed
    if stored.case.open_parts:
        raise NotInThisState(stored.case.state, Act.CALL_BACK)
    case = call_back(stored.case, _result(told))
    attempt = Attempt(told.result, told.satisfaction, told.handler_at_fault, told.note)
    add_attempt(tx, case, attempt)
    after = _follow(tx, stored, case, told, rules)
    tx.audit(
        "case.call_back",
        "case",
        case_id,
        before={"state": stored.case.state.value},
        after={
            "result": told.result,
            "satisfaction": told.satisfaction,
            "state": after.state.value,
        },
    )
    return CallBackDone(attempt=case.call_back_attempts, state=after.state.value)


def _check(told: RecordCallBack) -> None:
    problems = Problems()
    problems.length("note", told.note, NOTE_CHARACTERS_MAX, NOTE)
    if told.result == "reached":
        problems.number("satisfaction", told.satisfaction or 0, STARS, SATISFACTION)
        if 0 < (told.satisfaction or 0) < SATISFIED_MIN:
            problems.required("note", told.note, NOTE)
    elif told.satisfaction is not None or told.handler_at_fault:
        zh = "没有答复时不能填写满意度或责任，请改选“已联系上”或清空。"
        en = "Nobody answered: clear satisfaction and fault, or choose “reached”."
        problems.add("satisfaction", "satisfaction_without_contact", zh, en)
    problems.stop()


def _result(told: RecordCallBack) -> CallBackResult:
    if told.satisfaction:
        return reached(told.satisfaction)
    return CallBackResult.REFUSED if told.result == "refused" else CallBackResult.NOT_REACHED


def _follow(tx: Tx, stored: Stored, case: Case, told: RecordCallBack, rules: Rules) -> Case:
    """What the attempt leads to."""
    fact = CallBackRecorded(
        case_id=case.id,
        result=told.result,
        satisfaction=told.satisfaction,
        attempt=case.call_back_attempts,
    )
    if case.call_back is CallBackResult.DISSATISFIED and told.handler_at_fault:
        why = Reopening(Cause.DISSATISFIED)
        return save_reopened(tx, stored, case, rules, why, fact, satisfaction=told.satisfaction)
    missed = case.call_back is CallBackResult.NOT_REACHED
    if missed and case.call_back_attempts < CALL_BACK_ATTEMPTS_MAX:
        due = call_back_due(tx.now, rules.sla, rules.calendar)
        tx.cancel_timer(CALL_BACK, case.id)
        ask_again(tx, case, due, f"{case.version}")
        save_case(tx, case, fact, call_back_due=due)
        return case
    done = close(case)
    tx.cancel_timer(CALL_BACK, case.id)
    ended = CaseClosed(case_id=case.id, outcome="not_reached" if missed else "called_back")
    save_case(tx, done, fact, ended, closed_at=tx.now, satisfaction=told.satisfaction)
    return done
