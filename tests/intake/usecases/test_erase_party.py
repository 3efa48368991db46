"""To be forgotten: nothing that tells who it was stays, and the topic gets the tombstone."""

from sqlalchemy import text
from sqlmodel import col, select

from services.intake.tables import CaseRow, PartyRow
from shared.contracts.intake import PartyErased
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from tests.intake.forms import OPERATOR, QUESTION, SUPERVISOR, registered

WHY = {"reason": "本人书面申请删除"}


async def a_closed_case(intake: Rig) -> str:
    await registered(intake, base=QUESTION, handling="answer", answer="asked_and_told")
    (party,) = await intake.rows(select(PartyRow))
    return str(party["id"])


async def test_a_person_is_forgotten_and_the_tombstone_goes_out(intake: Rig) -> None:
    party_id = await a_closed_case(intake)
    answer = await intake.post(f"/parties/{party_id}/erasure", WHY, actor=SUPERVISOR)
    assert answer.status_code == 200, answer.text
    (row,) = await intake.rows(select(PartyRow))
    assert [row[name] for name in ("phone_blind", "name_blind", "id_blind", "profile_sealed")] == [
        None
    ] * 4
    fact = (await intake.facts())[-1]
    assert isinstance(fact, PartyErased)
    (body,) = await intake.rows(
        text("SELECT body FROM kernel.event WHERE name = 'intake.party_erased'")
    )
    assert body["body"] is None
    card = (await intake.get("/callers", actor=OPERATOR, phone="13800136207")).json()
    assert card["party"] is None


async def test_the_case_stays_and_shows_nobody(intake: Rig) -> None:
    party_id = await a_closed_case(intake)
    await intake.post(f"/parties/{party_id}/erasure", WHY, actor=SUPERVISOR)
    (case,) = await intake.rows(select(CaseRow))
    page = (await intake.get(f"/cases/{case['id']}", actor=OPERATOR)).json()
    assert page["caller"] == {"party_id": party_id, "name_masked": "***", "phone_masked": None}


async def test_the_same_number_is_a_new_person_afterwards(intake: Rig) -> None:
    party_id = await a_closed_case(intake)
    await intake.post(f"/parties/{party_id}/erasure", WHY, actor=SUPERVISOR)
    await registered(intake)
    known = await intake.rows(select(PartyRow).where(col(PartyRow.erased_at).is_(None)))
    assert [str(row["id"]) != party_id for row in known] == [True]


async def test_a_person_whose_case_is_open_is_still_needed(intake: Rig) -> None:
    await registered(intake)
    (party,) = await intake.rows(select(PartyRow))
    answer = await intake.post(f"/parties/{party['id']}/erasure", WHY, actor=SUPERVISOR)
    assert (answer.status_code, answer.json()["code"]) == (409, "party_in_open_case")


async def test_an_operator_does_not_decide_and_a_ground_is_needed(intake: Rig) -> None:
    path = f"/parties/{await a_closed_case(intake)}/erasure"
    assert (await intake.post(path, WHY, actor=OPERATOR)).status_code == 403
    assert (await intake.post(path, {"reason": " "}, actor=SUPERVISOR)).status_code == 422
    unknown = await intake.post(f"/parties/{new_id()}/erasure", WHY, actor=SUPERVISOR)
    assert unknown.status_code == 404
    assert (await intake.post(path, WHY, actor=SUPERVISOR)).status_code == 200
    assert (await intake.post(path, WHY, actor=SUPERVISOR)).status_code == 404
