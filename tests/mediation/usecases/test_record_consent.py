"""Each side's answer is written down; the last one counts."""

from datetime import timedelta

import pytest

from shared.kernel.clock import now
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import new_id
from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_RUNNING, Mediation

TODAY = local_date(now())
YES = {"side": "workers", "purpose": "mediation", "given": True}


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ([True], None),
        ([False], "consent_refused_workers"),
        ([False, True], None),
        ([True, False], "consent_refused_workers"),
    ],
)
async def test_the_last_answer_counts(
    mediation: Mediation, answers: list[bool], left: str | None
) -> None:
    dispute_id = await mediation.open()
    for given in answers:
        answer = await mediation.do(
            f"/disputes/{dispute_id}/consents", {**YES, "given": given}, by=mediation.supervisor
        )
    codes = {one["code"] for one in answer["missing"]}
    assert "consent_missing_employer" in codes
    assert {code for code in codes if "workers" in code} == ({left} if left else set())
    consents = (await mediation.dispute(dispute_id)).consents
    assert [one.given for one in consents] == answers
    assert {one.on for one in consents} == {TODAY}
    assert (await mediation.audited(dispute_id))[-1] == "dispute.consent"


async def test_what_is_not_an_answer(mediation: Mediation) -> None:
    dispute_id, stopped = await mediation.open(), await mediation.suspended(await mediation.open())
    by = mediation.supervisor
    await mediation.refuses(
        f"/disputes/{dispute_id}/consents",
        {
            "of tomorrow": (by, {**YES, "on": str(TODAY + timedelta(days=1))}, INVALID),
            "a waiver about nobody": (by, {**YES, "purpose": "conflict_waiver"}, INVALID),
            "mediation about somebody": (by, {**YES, "about": str(new_id())}, INVALID),
            "of a third side": (by, {**YES, "side": "union"}, INVALID),
            "maybe": (by, {**YES, "given": "maybe"}, INVALID),
            "a mediator of another dispute": (mediation.mediator, YES, NOT_ALLOWED),
        },
    )
    suspended = {"suspended": (by, YES, NOT_RUNNING)}
    await mediation.refuses(f"/disputes/{stopped}/consents", suspended)
