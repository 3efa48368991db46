"""The queue of those who wait to be called back."""

from services.intake.queries.paging import PAGE_ROWS
from shared.testing.rig import Rig
from tests.intake.forms import COUNTY_OPERATOR, MEDIATOR, OPERATOR, QUESTION, registered


async def handled(intake: Rig, number: int = 0) -> str:
    told = await registered(intake, base=QUESTION, phone=f"139000000{number:02}")
    reply = {"reason": "membership_how"}
    await intake.post(f"/cases/{told['case_id']}/close", reply, actor=OPERATOR)
    case_id: str = told["case_id"]
    return case_id


async def test_a_handled_case_waits_in_the_queue_until_its_caller_was_asked(intake: Rig) -> None:
    await registered(intake, base=QUESTION)
    case_id = await handled(intake)
    (item,) = (await intake.get("/call-backs", actor=OPERATOR)).json()["items"]
    assert (item["case_id"], item["attempts"], item["version"]) == (case_id, 0, 2)
    assert item["caller"]["phone_masked"] == "139****0000"
    assert item["clock"]["kind"] == "call_back"
    await intake.post(f"/cases/{case_id}/call-backs", {"result": "no_answer"}, actor=OPERATOR)
    (item,) = (await intake.get("/call-backs", actor=OPERATOR)).json()["items"]
    assert (item["attempts"], item["state"]["zh"]) == (1, "待再次回访")
    happy = {"result": "reached", "satisfaction": 5}
    await intake.post(f"/cases/{case_id}/call-backs", happy, actor=OPERATOR)
    assert (await intake.get("/call-backs", actor=OPERATOR)).json()["items"] == []


async def test_the_pages_of_the_queue_hold_everybody_once(intake: Rig) -> None:
    expected = {await handled(intake, n) for n in range(PAGE_ROWS + 2)}
    first = (await intake.get("/call-backs", actor=OPERATOR)).json()
    assert len(first["items"]) == PAGE_ROWS
    cursor = first["next_cursor"]
    second = (await intake.get("/call-backs", actor=OPERATOR, cursor=cursor)).json()
    assert second["next_cursor"] is None
    listed = [one["case_id"] for one in first["items"] + second["items"]]
    assert len(listed) == len(expected)
    assert set(listed) == expected


async def test_the_queue_is_that_of_ones_own_desk(intake: Rig) -> None:
    await handled(intake)
    assert (await intake.get("/call-backs", actor=COUNTY_OPERATOR)).json()["items"] == []
    assert (await intake.get("/call-backs", actor=MEDIATOR)).status_code == 403


async def test_a_made_up_cursor_is_refused(intake: Rig) -> None:
    answer = await intake.get("/call-backs", actor=OPERATOR, cursor="x")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "cursor_malformed")
