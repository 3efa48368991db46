"""The coordinator assigns a lawyer by name, or has the next one asked."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from services.mediation.domain.consent import ConflictDeclaration, Relation
from services.mediation.tables import LawyerTieRow, OfferRow
from shared.contracts.mediation import LawyerAssigned, LawyerOffered, LawyerPoolEmpty
from shared.vocabulary.ids import new_id
from tests.mediation.bench import NOT_ALLOWED, NOT_FOUND, NOT_RUNNING, Mediation


def named(lawyer: Any) -> dict[str, str]:
    """The body that names a lawyer."""
    return {"lawyer_id": str(lawyer.id)}


async def test_a_lawyer_who_agreed_by_telephone_is_assigned_and_the_open_offer_withdrawn(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    chosen = next(one for one in mediation.lawyers if one.id != offer["lawyer_id"])
    await mediation.do(f"/disputes/{dispute_id}/lawyer", named(chosen), by=mediation.dispatcher)
    assert (await mediation.row(dispute_id))["lawyer_id"] == chosen.id
    assert [one["state"] for one in await mediation.rig.rows(select(OfferRow))] == ["withdrawn"]
    assert await mediation.rig.timers(offer["id"]) == {}
    (assigned,) = await mediation.told(LawyerAssigned)
    assert (assigned.lawyer_id, assigned.offer_id) == (chosen.id, None)
    assert (await mediation.audited(dispute_id))[-1] == "lawyer.assign"


async def test_a_lawyer_is_replaced_by_naming_another(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    first = await mediation.accept(dispute_id)
    other = next(one for one in mediation.lawyers if one != first)
    at = f"/disputes/{dispute_id}/lawyer"
    assigned = (mediation.dispatcher, {"lawyer_id": None}, (409, "lawyer_assigned_already"))
    await mediation.refuses(at, {"next": assigned})
    await mediation.do(at, named(other), by=mediation.dispatcher)
    assert (await mediation.dispute(dispute_id)).lawyer == other.id


async def test_the_next_is_asked_until_nobody_is_left(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    for _ in range(3):
        await mediation.do(f"/disputes/{dispute_id}/lawyer", {}, by=mediation.dispatcher)
    offered = [one.lawyer_id for one in await mediation.told(LawyerOffered)]
    assert offered == sorted(one.id for one in mediation.lawyers)
    (empty,) = await mediation.told(LawyerPoolEmpty)
    assert empty.attempts == 3
    assert await mediation.offer(dispute_id) is None
    assert (await mediation.audited(dispute_id))[1:] == ["lawyer.offer"] * 3


async def test_who_may_not_be_assigned(mediation: Mediation) -> None:
    employer = new_id()
    dispute_id = await mediation.open(employer_id=employer)
    tied = mediation.lawyers[1]
    await mediation.rig.context.db.pool.fetch(
        "INSERT INTO lawyer_tie (lawyer_id, employer_id) VALUES ($1, $2)", tied.id, employer
    )
    at, by = f"/disputes/{dispute_id}/lawyer", mediation.dispatcher
    await mediation.refuses(
        at,
        {
            "nobody of the roster": (by, {"lawyer_id": str(new_id())}, NOT_FOUND),
            "tied to the employer": (by, named(tied), (409, "lawyer_tied_to_employer")),
            "by a mediator of another dispute": (mediation.mediator, named(tied), NOT_ALLOWED),
            "by a lawyer": (mediation.lawyers[2], named(mediation.lawyers[2]), NOT_FOUND),
        },
    )
    assert len(await mediation.rig.rows(select(LawyerTieRow))) == 1
    assert (await mediation.offer(dispute_id))["state"] == "open"


async def test_who_disclosed_a_relation_in_the_dispute_is_neither_named_nor_asked(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.open()
    near = max(mediation.lawyers, key=lambda one: one.id)
    disclosed = ConflictDeclaration(near.id, Relation.INTEREST, date(2026, 11, 2))
    await mediation.as_if(dispute_id, declarations=(disclosed,))
    at, by = f"/disputes/{dispute_id}/lawyer", mediation.dispatcher
    await mediation.refuses(at, {"near": (by, named(near), (409, "lawyer_declared_near"))})
    for _ in range(2):
        await mediation.do(at, {}, by=by)
    asked = {one.lawyer_id for one in await mediation.told(LawyerOffered)}
    assert asked == {one.id for one in mediation.lawyers} - {near.id}
    (empty,) = await mediation.told(LawyerPoolEmpty)
    assert empty.attempts == 2


@pytest.mark.parametrize("body", [{}, "named"], ids=["the next one", "by name"])
async def test_nobody_is_found_for_a_dispute_that_ended_or_is_suspended(
    mediation: Mediation, body: Any
) -> None:
    wanted = named(mediation.lawyers[0]) if body else {}
    ended, stopped = await mediation.open(), await mediation.suspended(await mediation.open())
    await mediation.do(f"/disputes/{ended}/end", {"outcome": "withdrawn"}, by=mediation.supervisor)
    for dispute_id, expected in ((ended, (409, "outcome_recorded")), (stopped, NOT_RUNNING)):
        await mediation.refuses(
            f"/disputes/{dispute_id}/lawyer", {"": (mediation.supervisor, wanted, expected)}
        )
