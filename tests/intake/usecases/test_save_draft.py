"""A half-typed form is kept, sealed, for whoever typed it and nobody else."""

from typing import Any

from sqlalchemy import func
from sqlmodel import select

from services.intake.store.drafts import DRAFTS_PER_PERSON_MAX, drop_old_drafts
from services.intake.tables import DraftRow
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.intake.forms import LAWYER, OPERATOR

OTHER = Actor(new_id(), OPERATOR.roles, "zq")
HALF: dict[str, Any] = {"state": "draft", "call": {"phone": "13800136207", "narrative": "三个月"}}


async def test_a_draft_comes_back_as_it_was_left(intake: Rig) -> None:
    draft_id = new_id()
    saved = await intake.put(f"/drafts/{draft_id}", HALF, actor=OPERATOR)
    assert saved.status_code == 200, saved.text
    later = {"state": "held", "call": {**HALF["call"], "narrative": "三个月没发"}}
    await intake.put(f"/drafts/{draft_id}", later, actor=OPERATOR)
    page = (await intake.get(f"/drafts/{draft_id}", actor=OPERATOR)).json()
    assert (page["state"], page["call"]) == ("held", later["call"])
    listed = (await intake.get("/drafts", actor=OPERATOR)).json()["items"]
    assert [one["draft_id"] for one in listed] == [str(draft_id)]
    (row,) = await intake.rows(select(DraftRow))
    assert "13800136207" not in row["content_sealed"]


async def test_nobody_sees_or_overwrites_the_draft_of_another(intake: Rig) -> None:
    draft_id = new_id()
    await intake.put(f"/drafts/{draft_id}", HALF, actor=OPERATOR)
    assert (await intake.get(f"/drafts/{draft_id}", actor=OTHER)).status_code == 404
    theirs = {"state": "draft", "call": {"phone": "1"}}
    await intake.put(f"/drafts/{draft_id}", theirs, actor=OTHER)
    page = (await intake.get(f"/drafts/{draft_id}", actor=OPERATOR)).json()
    assert page["call"] == HALF["call"]


async def test_there_is_a_limit_to_what_is_left_lying(intake: Rig) -> None:
    for _ in range(DRAFTS_PER_PERSON_MAX):
        last = new_id()
        await intake.put(f"/drafts/{last}", HALF, actor=OPERATOR)
    more = await intake.put(f"/drafts/{new_id()}", HALF, actor=OPERATOR)
    assert (more.status_code, more.json()["code"]) == (409, "too_many_drafts")
    assert (await intake.put(f"/drafts/{last}", HALF, actor=OPERATOR)).status_code == 200


async def test_what_is_no_form_is_refused(intake: Rig) -> None:
    path = f"/drafts/{new_id()}"
    big = {"state": "draft", "call": {f"f{n}": 1 for n in range(61)}}
    answer = await intake.put(path, big, actor=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (422, "draft_malformed")
    assert (await intake.put(path, {**HALF, "state": "x"}, actor=OPERATOR)).status_code == 422
    assert (await intake.put(path, HALF, actor=LAWYER)).status_code == 403


async def test_drafts_of_last_month_are_thrown_away(intake: Rig) -> None:
    for _ in range(2):
        await intake.put(f"/drafts/{new_id()}", HALF, actor=OPERATOR)
    await intake.context.db.pool.fetch(
        "UPDATE draft SET saved_at = saved_at - interval '31 days'"
        " WHERE id = (SELECT id FROM draft LIMIT 1)"
    )
    await drop_old_drafts(intake.context)
    assert await intake.rows(select(func.count()).select_from(DraftRow)) == [(1,)]
