"""Mediators are assigned, the presider first; each must be fit for the dispute today."""

from shared.contracts.mediation import MediatorAssigned
from shared.contracts.workbench import StaffProfiled
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.mediation.bench import INVALID, NOT_ALLOWED, Mediation, person

UNFIT = (409, "mediator_unfit")


def ids(*people: Actor) -> dict[str, list[str]]:
    """The body that names them."""
    return {"mediator_ids": [str(one.id) for one in people]}


async def test_the_first_presides_and_only_newcomers_are_told(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    first, second = mediation.mediators
    at = f"/disputes/{dispute_id}/mediators"
    await mediation.do(at, ids(first), by=mediation.dispatcher)
    await mediation.do(at, ids(second, first), by=mediation.supervisor)
    told = await mediation.told(MediatorAssigned)
    assert [(one.mediator_id, one.presides) for one in told] == [
        (first.id, True),
        (second.id, True),
    ]
    dispute, row = await mediation.dispute(dispute_id), await mediation.row(dispute_id)
    assert dispute.mediators == (second.id, first.id)
    assert row["mediator_ids"] == [str(second.id), str(first.id)]
    assert (await mediation.audited(dispute_id))[1:] == ["mediators.assign"] * 2


async def test_who_was_replaced_is_remembered(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    first, second = mediation.mediators
    at = f"/disputes/{dispute_id}/mediators"
    await mediation.do(at, ids(first), by=mediation.supervisor)
    await mediation.do(at, ids(second), by=mediation.supervisor)
    assert (await mediation.dispute(dispute_id)).mediated_by == {first.id, second.id}


async def test_a_mediator_takes_an_unassigned_dispute_but_gives_none_away(
    mediation: Mediation,
) -> None:
    dispute_id = await mediation.open()
    first, second = mediation.mediators
    at = f"/disputes/{dispute_id}/mediators"
    await mediation.refuses(at, {"only for another": (first, ids(second), NOT_ALLOWED)})
    await mediation.do(at, ids(first, second), by=first)
    await mediation.refuses(at, {"taken already": (second, ids(second), NOT_ALLOWED)})


async def test_who_is_not_fit_is_not_assigned(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    lawyer = await mediation.accept(dispute_id)
    away, resting, full = (person(Role.MEDIATOR) for _ in range(3))
    elsewhere = person(Role.MEDIATOR, "zq.441202")
    people = (away, resting, full, elsewhere)
    await mediation.rig.deliver(
        *(
            StaffProfiled(
                staff_id=one.id,
                roles=("mediator",),
                org=one.org,
                active=one is not resting,
                sealed="s",
            )
            for one in people
            if one is not away
        ),
        StaffProfiled(
            staff_id=lawyer.id, roles=("lawyer", "mediator"), org="zq", active=True, sealed="s"
        ),
    )
    await mediation.rig.context.db.pool.fetch(
        "UPDATE mediator SET caseload_max = 0 WHERE id = $1", full.id
    )
    by, one = mediation.supervisor, mediation.mediator
    at = f"/disputes/{dispute_id}/mediators"
    await mediation.refuses(
        at,
        {
            "not of the roster": (by, ids(away), UNFIT),
            "resting": (by, ids(resting), UNFIT),
            "full": (by, ids(full), UNFIT),
            "of another county": (by, ids(elsewhere), UNFIT),
            "the lawyer of the case": (by, ids(lawyer), UNFIT),
            "twice": (by, ids(one, one), UNFIT),
            "nobody": (by, ids(), INVALID),
            "six": (by, {"mediator_ids": [str(new_id())] * 6}, INVALID),
        },
    )
    problem = await mediation.refuse(at, ids(elsewhere), by=by)
    assert problem["details"] == {"why": "out_of_area"}


async def test_a_mediator_who_fell_full_stays_with_the_dispute(mediation: Mediation) -> None:
    dispute_id = await mediation.to_assessment_1()
    await mediation.rig.context.db.pool.fetch("UPDATE mediator SET caseload_max = 0")
    swapped = ids(*reversed(mediation.mediators))
    await mediation.do(f"/disputes/{dispute_id}/mediators", swapped, by=mediation.supervisor)


async def test_an_ended_dispute_keeps_its_mediators(mediation: Mediation) -> None:
    dispute_id = await mediation.to_agreement()
    await mediation.refuses(
        f"/disputes/{dispute_id}/mediators",
        {"": (mediation.supervisor, ids(mediation.mediator), (409, "outcome_recorded"))},
    )
