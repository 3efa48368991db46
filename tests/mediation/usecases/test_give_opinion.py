"""The dispute's lawyer gives the written opinion; earlier ones stay in the file, sealed."""

from sqlmodel import col, select

from services.mediation.tables import PaperRow
from tests.mediation.bench import INVALID, NOT_ALLOWED, NOT_FOUND, Mediation

OPINION = {"facts": "欠薪三个月", "analysis": "劳动合同法三十条", "advice": "分期支付"}


async def test_the_opinion_is_a_paper_of_the_file(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    lawyer = await mediation.accept(dispute_id)
    at = f"/disputes/{dispute_id}/opinion"
    for advice in ("分期支付", "一次付清"):
        await mediation.do(at, {**OPINION, "advice": advice}, by=lawyer, method="PUT")
    dispute = await mediation.dispute(dispute_id)
    papers = await mediation.rig.rows(select(PaperRow).order_by(col(PaperRow.written_at)))
    assert dispute.legal_opinion is not None
    assert dispute.legal_opinion.document_id == papers[-1]["id"]
    assert "legal_opinion" in dispute.file_items
    assert [one["author_id"] for one in papers] == [lawyer.id] * 2
    assert all("欠薪" not in one["sealed"] for one in papers)
    page = (await mediation.rig.get(f"/disputes/{dispute_id}", actor=lawyer)).json()
    assert page["opinion"]["advice"] == "一次付清"
    assert (await mediation.audited(dispute_id))[-1] == "opinion.give"


async def test_from_g2_on_the_opinion_is_asked_for(mediation: Mediation) -> None:
    small, grave = await mediation.open(), await mediation.open(claimant_count=30)
    for dispute_id, asked in ((small, False), (grave, True)):
        await mediation.as_if(dispute_id, stage="assessment_2")
        by = mediation.supervisor
        problem = await mediation.refuse(
            f"/disputes/{dispute_id}/advance", {"from_stage": "assessment_2"}, by=by
        )
        codes = {one["code"] for one in problem["details"]["missing"]}
        assert ("legal_opinion_missing" in codes) is asked


async def test_nobody_but_the_lawyer_who_accepted(mediation: Mediation) -> None:
    dispute_id = await mediation.open()
    offer = await mediation.offer(dispute_id)
    asked = mediation.lawyer(offer["lawyer_id"])
    other = next(one for one in mediation.lawyers if one != asked)
    at = f"/disputes/{dispute_id}/opinion"
    await mediation.refuses(at, {"only asked": (asked, OPINION, NOT_ALLOWED)}, method="PUT")
    await mediation.accept(dispute_id)
    await mediation.refuses(
        at,
        {
            "another lawyer": (other, OPINION, NOT_FOUND),
            "a supervisor": (mediation.supervisor, OPINION, NOT_ALLOWED),
            "empty": (asked, {**OPINION, "advice": " "}, INVALID),
        },
        method="PUT",
    )
    await mediation.do(
        f"/disputes/{dispute_id}/end", {"outcome": "refused"}, by=mediation.supervisor
    )
    ended = (asked, OPINION, (409, "outcome_recorded"))
    await mediation.refuses(at, {"ended": ended}, method="PUT")
