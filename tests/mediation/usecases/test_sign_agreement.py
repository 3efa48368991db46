"""Hands and seals are set one by one or together; the last one makes the agreement effective (rule 27)."""

from datetime import UTC, datetime

from shared.contracts.mediation import AgreementSigned
from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_READY, WRONG_STAGE, Mediation
from tests.mediation.forms import agreement

TODAY = datetime.now(UTC).date()
ALL = ["workers", "employer", "mediator", "seal"]


async def test_it_takes_effect_with_the_last_hand(mediation: Mediation) -> None:
    dispute_id = await mediation.to_mediation()
    at = f"/disputes/{dispute_id}/agreement"
    await mediation.do(at, agreement(TODAY), method="PUT")
    for hand in ALL:
        assert await mediation.told(AgreementSigned) == []
        answer = await mediation.do(f"{at}/sign", {"hands": [hand]})
    assert [one["code"] for one in answer["missing"]] == ["session_missing"]
    (signed,) = await mediation.told(AgreementSigned)
    text = (await mediation.dispute(dispute_id)).agreement
    assert text is not None
    assert signed.effective_at == text.effective_at == text.signatures.seal_at
    assert [(one.no, one.amount_fen) for one in signed.instalments] == [
        (1, 1_000_000),
        (2, 2_000_000),
    ]
    assert signed.total_fen == 3_000_000
    assert (await mediation.audited(dispute_id))[-4:] == ["agreement.sign"] * 4


async def test_what_is_not_signed(mediation: Mediation) -> None:
    dispute_id = await mediation.to_mediation()
    at, by = f"/disputes/{dispute_id}/agreement", mediation.mediator
    await mediation.refuses(f"{at}/sign", {"no text": (by, {"hands": ALL}, WRONG_STAGE)})
    await mediation.do(at, agreement(TODAY, result=""), method="PUT")
    await mediation.refuses(
        f"{at}/sign",
        {
            "incomplete": (by, {"hands": ALL}, NOT_READY),
            "nobody": (by, {"hands": []}, INVALID),
            "a stranger": (by, {"hands": ["witness"]}, INVALID),
            "dispatcher": (mediation.dispatcher, {"hands": ALL}, NOT_ALLOWED),
        },
    )
    await mediation.do(at, agreement(TODAY), method="PUT")
    await mediation.do(f"{at}/sign", {"hands": ALL})
    again = (by, {"hands": ["workers"]}, (409, "agreement_already_signed"))
    await mediation.refuses(f"{at}/sign", {"signed by all": again})
