"""Hardship of a claimant is handed to welfare once."""

from sqlmodel import select

from services.mediation.tables import HardshipRow
from shared.contracts.mediation import HardshipFlagged
from shared.vocabulary.ids import new_id
from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_FOUND, NOT_RUNNING, Mediation
from tests.mediation.forms import ORG


async def test_welfare_is_told_who_where_and_for_what(mediation: Mediation) -> None:
    one, other = new_id(), new_id()
    dispute_id = await mediation.open(claimant_ids=(one, other))
    at, by = f"/disputes/{dispute_id}/hardship", mediation.supervisor
    await mediation.do(at, {"party_id": str(one)}, by=by)
    await mediation.do(at, {"party_id": str(other), "programme": "medical"}, by=by)
    told = await mediation.told(HardshipFlagged)
    assert [(flag.party_id, flag.programme) for flag in told] == [
        (one, "accident"),
        (other, "medical"),
    ]
    assert {(flag.org, flag.region) for flag in told} == {(ORG, "441284")}
    rows = await mediation.rig.rows(select(HardshipRow))
    assert {(row["dispute_id"], row["party_id"]) for row in rows} == {
        (dispute_id, one),
        (dispute_id, other),
    }
    assert (await mediation.audited(dispute_id))[1:] == ["hardship.flag"] * 2
    again = (by, {"party_id": str(one), "programme": "medical"}, (409, "hardship_flagged_already"))
    await mediation.refuses(at, {"twice": again})


async def test_the_same_click_sent_twice_is_one_flag(mediation: Mediation) -> None:
    one = new_id()
    dispute_id = await mediation.open(claimant_ids=(one,))
    at = f"/disputes/{dispute_id}/hardship"
    for _ in range(2):
        await mediation.do(at, {"party_id": str(one)}, by=mediation.supervisor, key="same")
    assert len(await mediation.told(HardshipFlagged)) == 1


async def test_for_whom_nothing_is_flagged(mediation: Mediation) -> None:
    one = new_id()
    dispute_id = await mediation.open(claimant_ids=(one,))
    at, by, body = f"/disputes/{dispute_id}/hardship", mediation.supervisor, {"party_id": str(one)}
    await mediation.refuses(
        at,
        {
            "no claimant": (by, {"party_id": str(new_id())}, NOT_FOUND),
            "no programme": (by, {**body, "programme": "Lottery 1"}, INVALID),
            "dispatcher": (mediation.dispatcher, body, NOT_ALLOWED),
        },
    )
    await mediation.suspended(dispute_id)
    await mediation.refuses(at, {"suspended": (by, body, NOT_RUNNING)})
