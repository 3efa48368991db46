"""Notes: sealed, told by id, only in one's own area."""

from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.store.notes import open_note
from services.intake.tables import NoteRow
from services.intake.usecases.add_note import NOTE_CHARACTERS_MAX
from shared.contracts.intake import CaseNoteAdded
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor
from tests.intake.forms import (
    AUDITOR,
    COUNTY_OPERATOR,
    LAWYER,
    MEDIATOR,
    QUESTION,
    registered,
)

NOTE = {"visibility": "internal", "text": "已电话联系厂方，约定周五面谈。"}


async def test_a_note_is_sealed_and_its_fact_names_only_the_author(intake: Rig) -> None:
    told = await registered(intake)
    answer = await intake.post(f"/cases/{told['case_id']}/notes", NOTE, actor=MEDIATOR)
    assert answer.status_code == 201, answer.text
    (row,) = await intake.rows(select(NoteRow))
    assert open_note(intake.context.cipher, row["id"], row["text_sealed"]) == NOTE["text"]
    fact = (await intake.facts())[-1]
    assert fact == CaseNoteAdded(
        case_id=UUID(told["case_id"]),
        note_id=row["id"],
        visibility="internal",
        author_id=MEDIATOR.id,
    )
    assert answer.headers["Consistency-Token"] == f"{told['case_id']}@2"


async def test_a_closed_case_still_takes_a_note(intake: Rig) -> None:
    told = await registered(intake, base=QUESTION, handling="answer", answer="membership_how")
    answer = await intake.post(f"/cases/{told['case_id']}/notes", NOTE, actor=MEDIATOR)
    assert (
        answer.status_code == 404
    )  # the hotline of the city kept it; Sihui has nothing to do with it
    county = await registered(intake, actor=COUNTY_OPERATOR, base=QUESTION, handling="forward")
    note = await intake.post(f"/cases/{county['case_id']}/notes", NOTE, actor=COUNTY_OPERATOR)
    assert note.status_code == 201


@pytest.mark.parametrize("actor", [COUNTY_OPERATOR, LAWYER])
async def test_who_may_not_know_of_the_case_is_told_it_does_not_exist(
    intake: Rig, actor: Actor
) -> None:
    told = await registered(intake)
    answer = await intake.post(f"/cases/{told['case_id']}/notes", NOTE, actor=actor)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_case_that_never_was_gives_the_same_answer(intake: Rig) -> None:
    answer = await intake.post(f"/cases/{new_id()}/notes", NOTE, actor=MEDIATOR)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_auditor_reads_and_does_not_write(intake: Rig) -> None:
    told = await registered(intake)
    answer = await intake.post(f"/cases/{told['case_id']}/notes", NOTE, actor=AUDITOR)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "text_missing"), ("字" * (NOTE_CHARACTERS_MAX + 1), "text_too_long")]
)
async def test_a_note_says_something_and_not_too_much(intake: Rig, text: str, code: str) -> None:
    told = await registered(intake)
    note = {"visibility": "external", "text": text}
    answer = await intake.post(f"/cases/{told['case_id']}/notes", note, actor=MEDIATOR)
    assert [(e["field"], e["code"]) for e in answer.json()["errors"]] == [("text", code)]
