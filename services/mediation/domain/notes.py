"""Notes of a mediation: who may read them, and which may leave the house (rules 34, 35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.mediation.domain.dispute import Dispute
from services.mediation.domain.permissions import Deed, may
from shared.vocabulary.people import Actor, Role


class Audience(StrEnum):
    """For whom a note was written; a caucus is one side speaking to the mediators alone."""

    SHARED = "shared"
    CAUCUS_WORKERS = "caucus_workers"
    CAUCUS_EMPLOYER = "caucus_employer"
    MEDIATORS = "mediators"


@dataclass(frozen=True, slots=True)
class Note:
    """A note's marks; the text is stored sealed.

    `without_prejudice` (不得援引) marks concessions; `agreed_fact` what both sides stated undisputed.
    """

    id: UUID
    author: UUID
    audience: Audience
    without_prejudice: bool = True
    agreed_fact: bool = False


def may_read_note(actor: Actor, dispute: Dispute, note: Note) -> bool:
    """Content rights, and the caucus kept: the lawyer never reads the employer's, nor the mediators' own."""
    if not may(actor, Deed.READ_CONTENT, dispute):
        return False
    if actor.id in dispute.mediators or actor.has(Role.SUPERVISOR, Role.SYSTEM):
        return True
    return note.audience in (Audience.SHARED, Audience.CAUCUS_WORKERS)


def exportable(notes: Iterable[Note]) -> tuple[Note, ...]:
    """What may go to another body: undisputed facts, and shared notes not marked 不得援引 (特邀 22; 在线 18)."""
    return tuple(
        note
        for note in notes
        if note.agreed_fact or (note.audience is Audience.SHARED and not note.without_prejudice)
    )
