"""A person decides whether the matter is a labour dispute, and whether one mediator is enough."""

from typing import Any

import pytest

from tests.mediation.bench import INVALID, NOT_ALLOWED, Mediation


@pytest.mark.parametrize(
    ("body", "left"),
    [({"in_scope": True}, None), ({"in_scope": False}, "out_of_scope")],
)
async def test_the_conclusion_is_recorded(
    mediation: Mediation, body: dict[str, Any], left: str | None
) -> None:
    dispute_id = await mediation.open()
    answer = await mediation.do(f"/disputes/{dispute_id}/scope", body, by=mediation.supervisor)
    codes = {one["code"] for one in answer["missing"]}
    assert codes & {"scope_unchecked", "out_of_scope"} == ({left} if left else set())
    assert (await mediation.dispute(dispute_id)).in_scope is body["in_scope"]
    assert (await mediation.audited(dispute_id))[-1] == "dispute.scope"


@pytest.mark.parametrize("reason", ["complex_case", "party_asked_two"])
async def test_a_hard_case_or_a_partys_wish_asks_for_two_mediators(
    mediation: Mediation, reason: str
) -> None:
    dispute_id = await mediation.to_assessment_2()
    at, by = f"/disputes/{dispute_id}", mediation.supervisor
    one = {"mediator_ids": [str(mediation.mediator.id)]}
    await mediation.do(f"{at}/mediators", one, by=by)
    for body, asked in (({}, False), ({reason: True}, True)):
        answer = await mediation.do(f"{at}/scope", {"in_scope": True, **body})
        codes = {one["code"] for one in answer["missing"]}
        assert ("mediators_too_few" in codes) is asked


async def test_what_is_not_decided(mediation: Mediation) -> None:
    dispute_id, settled = await mediation.open(), await mediation.to_agreement()
    by, body = mediation.supervisor, {"in_scope": True}
    await mediation.refuses(
        f"/disputes/{dispute_id}/scope",
        {
            "left open": (by, {}, INVALID),
            "dispatcher": (mediation.dispatcher, body, NOT_ALLOWED),
        },
    )
    ended = {"ended": (by, body, (409, "outcome_recorded"))}
    await mediation.refuses(f"/disputes/{settled}/scope", ended)
