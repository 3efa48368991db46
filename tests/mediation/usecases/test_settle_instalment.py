"""An instalment arrived, or was handed over for enforcement; each is settled once."""

from datetime import timedelta

from shared.contracts.mediation import InstalmentPaid
from shared.kernel.clock import now
from shared.vocabulary.calendar import local_date
from tests.mediation.bench import INVALID, NOT_ALLOWED, WRONG_STAGE, Mediation

TODAY = local_date(now())
NOT_OPEN = (409, "instalment_not_open")


async def test_payments_add_up_and_their_clocks_stop(mediation: Mediation) -> None:
    dispute_id = await mediation.to_performance()
    at = f"/disputes/{dispute_id}/instalments"
    for no in (1, 2):
        answer = await mediation.do(f"{at}/{no}", {"state": "paid"})
    assert "instalments_due" not in {one["code"] for one in answer["missing"]}
    told = await mediation.told(InstalmentPaid)
    assert [(one.no, one.amount_fen, one.paid_fen, one.total_fen) for one in told] == [
        (1, 1_000_000, 1_000_000, 3_000_000),
        (2, 2_000_000, 3_000_000, 3_000_000),
    ]
    assert await mediation.rig.timers(dispute_id) == {}
    assert (await mediation.audited(dispute_id))[-2:] == ["instalment.paid"] * 2


async def test_default_is_handed_over_without_a_payment(mediation: Mediation) -> None:
    dispute_id = await mediation.to_performance()
    at = f"/disputes/{dispute_id}/instalments"
    await mediation.do(f"{at}/1", {"state": "enforced"})
    assert await mediation.told(InstalmentPaid) == []
    agreement = (await mediation.dispute(dispute_id)).agreement
    assert agreement is not None
    first = agreement.instalments[0]
    assert (first.state, first.settled_on, agreement.paid_fen) == ("enforced", TODAY, 0)
    assert (await mediation.audited(dispute_id))[-1] == "instalment.enforced"


async def test_what_is_not_settled(mediation: Mediation) -> None:
    unsigned, dispute_id = await mediation.to_mediation(), await mediation.to_performance()
    by, paid = mediation.mediator, {"state": "paid"}
    at = f"/disputes/{dispute_id}/instalments"
    await mediation.refuses(
        f"/disputes/{unsigned}/instalments/1", {"no agreement": (by, paid, WRONG_STAGE)}
    )
    await mediation.refuses(
        f"{at}/1",
        {
            "tomorrow": (by, {**paid, "on": str(TODAY + timedelta(days=1))}, INVALID),
            "back to due": (by, {"state": "due"}, INVALID),
            "dispatcher": (mediation.dispatcher, paid, NOT_ALLOWED),
        },
    )
    await mediation.do(f"{at}/1", paid)
    await mediation.refuses(f"{at}/1", {"twice": (by, paid, NOT_OPEN)})
    await mediation.refuses(f"{at}/3", {"unknown": (by, paid, NOT_OPEN)})
    await mediation.refuses(f"{at}/one", {"no number": (by, paid, INVALID)})
