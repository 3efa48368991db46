"""The operator's desk without a telephone exchange."""

from shared.testing.rig import Rig
from tests.intake.forms import MEDIATOR, OPERATOR, QUESTION, registered


async def test_the_telephone_is_absent_and_the_day_counts_what_was_written_down(
    intake: Rig,
) -> None:
    told = await registered(intake)
    await registered(intake, base=QUESTION, handling="answer", answer="asked_and_told")
    call = {"phone": "13800136207", "narrative": "催问"}
    await intake.post(f"/cases/{told['case_id']}/calls", call, actor=OPERATOR)
    phone = (await intake.post("/phone", {"act": "idle"}, actor=OPERATOR)).json()
    assert (phone["state"], phone["calls_today"]) == ("absent", 3)
    today = (await intake.get("/today", actor=OPERATOR)).json()
    assert (today["answered"], today["calls_in"], len(today["calls"])) == (3, 3, 2)
    assert today["calls"][0]["outcome"]["zh"] == "已办结"
    assert (today["calls"][1]["who_masked"], today["calls"][1]["phone_tail"]) == ("陈*明", "6207")


async def test_a_mediator_has_no_such_desk(intake: Rig) -> None:
    assert (await intake.get("/today", actor=MEDIATOR)).status_code == 403
    assert (await intake.get("/phone", actor=MEDIATOR)).status_code == 403
