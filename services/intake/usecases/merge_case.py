"""A repeated case is merged into the one that goes on (合并); its workers join there, later calls lead there (rule 11)."""

from uuid import UUID

from services.intake.domain.case_state import Act
from services.intake.domain.merging import Merged, Sharing, merge
from services.intake.domain.permissions import may_decide
from services.intake.domain.problems import Problems
from services.intake.store.answers import ActForm, CaseMoved, check_note, moved
from services.intake.store.cases import (
    Stored,
    add_claimant,
    load_case,
    load_claimants,
    save_case,
)
from services.intake.store.course import CALL_BACK, NOBODY_ASKS, rest
from services.intake.store.notes import Note, add_note
from shared.contracts.intake import CaseEvent, CaseMerged, ClaimantsJoined
from shared.kernel.command import Command, CommandRouter
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed

router = CommandRouter(tags=["cases"])


class MergeCase(ActForm):
    """The id of the case that goes on."""

    target: str | None = None
    note: str = ""


@router.post("/cases/{case_id}/merge")
async def post_merge(case_id: UUID, form: MergeCase, cmd: Command) -> CaseMoved:
    """End this case in favour of another one."""
    async with cmd.transaction() as tx:
        return tx.answer(await merge_case(case_id, form, tx, cmd.if_match))


async def merge_case(case_id: UUID, form: MergeCase, tx: Tx, if_match: int | None) -> CaseMoved:
    """Nobody calls back about a merged case: the caller is told, and asked when the other case is done."""
    target = _check(form, case_id)
    ends, goes_on = await _load_both(tx, case_id, target, if_match)
    for one in (ends, goes_on):
        if not may_decide(tx.actor, Act.MERGE, one.case.org, one.row["operator_org"]):
            raise NotAllowed
    merged = merge(ends.case, await _sharing(tx, ends), goes_on.case, await _sharing(tx, goes_on))
    rest(tx, ends.case)
    tx.cancel_timer(CALL_BACK, case_id)
    _save(tx, ends, goes_on, merged, form.note)
    before, after = {"state": ends.case.state.value}, {"into": goes_on.case.number}
    tx.audit("case.merge", "case", case_id, before=before, after=after)
    return moved(merged.ended)


def _check(form: MergeCase, case_id: UUID) -> UUID:
    problems = Problems()
    check_note(problems, form.note, required=False)
    target = None
    try:
        target = UUID(form.target or "")
    except ValueError:
        zh, en = "请选择要并入的工单。", "Choose the case that goes on."
        problems.add("target", "merge_target_missing", zh, en)
    if target == case_id:
        zh, en = "不能并入自身，请选择另一件工单。", "Choose another case: this is the same one."
        problems.add("target", "merge_target_same", zh, en)
    problems.stop()
    assert target is not None  # noqa: S101 - `stop` has raised otherwise
    return target


async def _load_both(
    tx: Tx, case_id: UUID, target: UUID, if_match: int | None
) -> tuple[Stored, Stored]:
    """Locked in one order everywhere, so that two merges never wait for each other."""
    found = {
        one: await load_case(tx, one, if_match if one == case_id else None)
        for one in sorted((case_id, target))
    }
    return found[case_id], found[target]


async def _sharing(tx: Tx, stored: Stored) -> Sharing:
    listed = await load_claimants(tx, stored.case.id)
    return Sharing(tuple(listed), stored.row["confidential"])


def _save(tx: Tx, ends: Stored, goes_on: Stored, merged: Merged, note: str) -> None:
    case, other = merged.ended, goes_on.case
    told: list[CaseEvent] = [add_note(tx, case.id, Note(note))] if note else []
    told.append(
        CaseMerged(case_id=case.id, into=other.id, into_number=other.number, merged_by=tx.actor.id)
    )
    over = {"returned_by": None, "call_back_due": None, **NOBODY_ASKS}
    save_case(tx, case, *told, merged_into=other.id, closed_at=tx.now, **over)
    for party_id in merged.added:
        add_claimant(tx, other.id, party_id)
    count, amount = merged.claimant_count, merged.amount_fen
    joined = ClaimantsJoined(
        case_id=other.id, claimant_ids=merged.added, claimant_count=count, amount_fen=amount
    )
    save_case(tx, other, joined, claimant_count=count, amount_fen=amount)
