"""Mediators declare for themselves; who stands near serves only with both sides' consent (rule 23)."""

import pytest

from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_FOUND, NOT_RUNNING, Mediation


async def test_a_declaration_is_the_actors_own(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    ids = {"mediator_ids": [str(mediation.mediator.id)]}
    await mediation.do(f"/disputes/{dispute_id}/mediators", ids, by=mediation.supervisor)
    answer = await mediation.do(f"/disputes/{dispute_id}/declarations", {"relation": "none"})
    (declared,) = (await mediation.dispute(dispute_id)).declarations
    assert (declared.person, declared.relation) == (mediation.mediator.id, "none")
    assert "conflict_undeclared" not in {one["code"] for one in answer["missing"]}
    assert (await mediation.audited(dispute_id))[-1] == "dispute.declare"


@pytest.mark.parametrize("relation", ["near_relative", "interest", "other"])
async def test_who_stands_near_holds_no_session_until_both_sides_agree(
    mediation: Mediation, relation: str
) -> None:
    dispute_id = await mediation.to_mediation()
    at = f"/disputes/{dispute_id}"
    await mediation.do(f"{at}/declarations", {"relation": relation})
    session = {"planned_at": "2026-12-01T09:00:00+08:00"}
    problem = await mediation.refuse(f"{at}/sessions", session)
    assert (problem["code"], problem["details"]) == ("mediator_unfit", {"why": "conflict"})
    for side in ("workers", "employer"):
        waiver = {
            "side": side,
            "purpose": "conflict_waiver",
            "given": True,
            "about": str(mediation.mediator.id),
        }
        await mediation.do(f"{at}/consents", waiver)
    await mediation.do(f"{at}/sessions", session)


async def test_who_has_nothing_to_declare_here(mediation: Mediation) -> None:
    dispute_id, stopped = await mediation.open(), await mediation.open()
    none = {"relation": "none"}
    await mediation.refuses(
        f"/disputes/{dispute_id}/declarations",
        {
            "a mediator of another dispute": (mediation.mediator, none, NOT_ALLOWED),
            "a lawyer": (mediation.lawyers[2], none, NOT_FOUND),
            "an unknown relation": (mediation.supervisor, {"relation": "friend"}, INVALID),
        },
    )
    await mediation.suspended(stopped)
    await mediation.refuses(
        f"/disputes/{stopped}/declarations", {"": (mediation.supervisor, none, NOT_RUNNING)}
    )
