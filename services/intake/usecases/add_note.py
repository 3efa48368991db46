"""Somebody who handles the case writes down what was done or found."""

from typing import Literal
from uuid import UUID

from services.intake.domain.problems import Problems
from services.intake.store.cases import load_case, save_case
from services.intake.store.notes import Note
from services.intake.store.notes import add_note as store_note
from shared.kernel.command import Command, CommandRouter, Request, Response
from shared.kernel.transaction import Tx
from shared.vocabulary.errors import NotAllowed
from shared.vocabulary.people import Role

router = CommandRouter(tags=["cases"])
NOTE_CHARACTERS_MAX = 2_000
TEXT = ("办理意见", "the note")


class AddNote(Request):
    """`external` notes are read out to the worker; `internal` ones are not."""

    visibility: Literal["internal", "external"]
    text: str


class NoteAdded(Response):
    """Where the note lies."""

    note_id: UUID


@router.post("/cases/{case_id}/notes", status_code=201)
async def post_note(case_id: UUID, note: AddNote, cmd: Command) -> NoteAdded:
    """Add a note to a case in one's area."""
    async with cmd.transaction() as tx:
        return tx.answer(await add_note(case_id, note, tx))


async def add_note(case_id: UUID, note: AddNote, tx: Tx) -> NoteAdded:
    """Any time, also once the case is closed; auditors read and do not write."""
    problems = Problems()
    problems.required("text", note.text, TEXT)
    problems.length("text", note.text, NOTE_CHARACTERS_MAX, TEXT)
    problems.stop()
    stored = await load_case(tx, case_id)
    if tx.actor.roles <= {Role.AUDITOR}:
        raise NotAllowed
    fact = store_note(tx, case_id, Note(note.text, visibility=note.visibility))
    save_case(tx, stored.case, fact)
    tx.audit("case.note", "case", case_id, after={"note": fact.note_id, "for": note.visibility})
    return NoteAdded(note_id=fact.note_id)
