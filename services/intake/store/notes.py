"""Further calls and remarks: their text is sealed, the fact names only who wrote it and for whom."""

from dataclasses import dataclass
from uuid import UUID

from services.intake.tables import NoteRow
from shared.contracts.intake import CaseNoteAdded
from shared.kernel.crypto import FieldCipher, place
from shared.kernel.transaction import Tx
from shared.vocabulary.ids import new_id

INTERNAL, EXTERNAL = "internal", "external"
CALL, REMARK = "call", "remark"


@dataclass(frozen=True, slots=True)
class Note:
    """A text added to a case: a further call of somebody, or a remark of a member of staff."""

    text: str
    kind: str = REMARK
    visibility: str = INTERNAL
    party_id: UUID | None = None
    call_id: UUID | None = None


def add_note(tx: Tx, case_id: UUID, note: Note) -> CaseNoteAdded:
    """A new note; gives the fact about it, to be told with the case."""
    note_id = new_id()
    tx.insert(
        NoteRow,
        {
            "id": note_id,
            "case_id": case_id,
            "kind": note.kind,
            "visibility": note.visibility,
            "text_sealed": tx.cipher.seal(note.text, place("note", "text", note_id)),
            "author_id": tx.actor.id,
            "party_id": note.party_id,
            "call_id": note.call_id,
            "at": tx.now,
        },
    )
    return CaseNoteAdded(
        case_id=case_id, note_id=note_id, visibility=note.visibility, author_id=tx.actor.id
    )


def open_note(cipher: FieldCipher, note_id: UUID, sealed: str) -> str:
    """The text of a note."""
    return cipher.open(sealed, place("note", "text", note_id))
