"""Only a complete file is archived, and an archived one stays as it is."""

from shared.contracts.mediation import DisputeClosed
from tests.mediation.bench import NOT_ALLOWED, NOT_READY, NOT_RUNNING, WRONG_STAGE, Mediation


async def test_a_complete_file_is_closed_for_good(mediation: Mediation) -> None:
    dispute_id = await mediation.to_archive()
    answer = await mediation.do(f"/disputes/{dispute_id}/archive")
    assert (answer["status"], answer["missing"]) == ("archived", [])
    assert (await mediation.row(dispute_id))["status"] == "archived"
    (closed,) = await mediation.told(DisputeClosed)
    assert closed.outcome == "agreement"
    assert await mediation.rig.timers(dispute_id) == {}
    assert (await mediation.audited(dispute_id))[-1] == "dispute.archive"
    await mediation.refuses(
        f"/disputes/{dispute_id}/archive", {"twice": (mediation.supervisor, {}, NOT_RUNNING)}
    )
    await mediation.refuses(
        f"/disputes/{dispute_id}/papers",
        {"a paper": (mediation.supervisor, {"paper": "evidence"}, NOT_RUNNING)},
    )


async def test_a_failed_mediation_needs_the_letter_on_arbitration(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    at, by = f"/disputes/{dispute_id}", mediation.supervisor
    await mediation.do(f"{at}/end", {"outcome": "refused"}, by=by)
    problem = await mediation.refuse(f"{at}/archive", by=by)
    assert [one["code"] for one in problem["details"]["missing"]] == [
        "file_lacks_application",
        "file_lacks_arbitration_advice",
        "advice_not_received",
    ]
    for paper in ("application", "arbitration_advice"):
        await mediation.do(f"{at}/papers", {"paper": paper}, by=by)
    await mediation.do(f"{at}/advice", {"receipt": "refused"}, by=by)
    await mediation.do(f"{at}/archive", by=by)
    (closed,) = await mediation.told(DisputeClosed)
    assert closed.outcome == "refused"


async def test_an_incomplete_or_unfinished_dispute_is_not_archived(mediation: Mediation) -> None:
    running, incomplete = await mediation.open(), await mediation.open()
    await mediation.do(
        f"/disputes/{incomplete}/end", {"outcome": "withdrawn"}, by=mediation.supervisor
    )
    for dispute_id, expected in ((running, WRONG_STAGE), (incomplete, NOT_READY)):
        await mediation.refuses(
            f"/disputes/{dispute_id}/archive",
            {
                "supervisor": (mediation.supervisor, {}, expected),
                "dispatcher": (mediation.dispatcher, {}, NOT_ALLOWED),
            },
        )
