"""How the letter on arbitration reached the workers is on record (rule 32)."""

from datetime import timedelta

import pytest

from shared.contracts.mediation import ArbitrationAdvised
from shared.kernel.clock import now
from shared.vocabulary.calendar import local_date
from tests.mediation.bench import INVALID, NOT_ALLOWED, WRONG_STAGE, Mediation

TODAY = local_date(now())


@pytest.mark.parametrize("receipt", ["signed", "refused", "served"])
async def test_a_receipt_is_recorded_a_refusal_like_a_signature(
    mediation: Mediation, receipt: str
) -> None:
    dispute_id = await mediation.open()
    at, by = f"/disputes/{dispute_id}", mediation.supervisor
    await mediation.do(f"{at}/end", {"outcome": "refused"}, by=by)
    yesterday = TODAY - timedelta(days=1)
    answer = await mediation.do(f"{at}/advice", {"receipt": receipt, "on": str(yesterday)}, by=by)
    assert "advice_not_received" not in {one["code"] for one in answer["missing"]}
    advice = (await mediation.dispute(dispute_id)).advice
    assert advice is not None
    assert (advice.receipt, advice.received_on) == (receipt, yesterday)
    (told,) = await mediation.told(ArbitrationAdvised)
    assert told.delivered == receipt
    assert (await mediation.audited(dispute_id))[-1] == "advice.receive"


async def test_without_a_letter_nothing_is_received(mediation: Mediation) -> None:
    dispute_id, settled = await mediation.open(), await mediation.to_agreement()
    by, body = mediation.supervisor, {"receipt": "signed"}
    for one in (dispute_id, settled):
        await mediation.refuses(f"/disputes/{one}/advice", {"": (by, body, WRONG_STAGE)})
    await mediation.do(f"/disputes/{dispute_id}/end", {"outcome": "refused"}, by=by)
    await mediation.refuses(
        f"/disputes/{dispute_id}/advice",
        {
            "tomorrow": (by, {**body, "on": str(TODAY + timedelta(days=1))}, INVALID),
            "lost": (by, {"receipt": "lost"}, INVALID),
            "dispatcher": (mediation.dispatcher, body, NOT_ALLOWED),
        },
    )
