"""A paper is put into the file; the archive asks for it."""

from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_RUNNING, Mediation


async def test_a_paper_is_in_the_file_once(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    for paper in ("application", "evidence", "application"):
        body = {"paper": paper}
        await mediation.do(f"/disputes/{dispute_id}/papers", body, by=mediation.supervisor)
    assert (await mediation.dispute(dispute_id)).file_items == {"application", "evidence"}
    assert (await mediation.audited(dispute_id))[-1] == "file.add"


async def test_what_is_not_filed(mediation: Mediation) -> None:
    dispute_id, stopped = await mediation.open(), await mediation.suspended(await mediation.open())
    paper = {"paper": "application"}
    await mediation.refuses(
        f"/disputes/{dispute_id}/papers",
        {
            "a mediator of another dispute": (mediation.mediator, paper, NOT_ALLOWED),
            "an unknown paper": (mediation.supervisor, {"paper": "poem"}, INVALID),
            "the opinion, which its lawyer gives": (
                mediation.supervisor,
                {"paper": "legal_opinion"},
                INVALID,
            ),
        },
    )
    await mediation.refuses(
        f"/disputes/{stopped}/papers", {"": (mediation.supervisor, paper, NOT_RUNNING)}
    )
