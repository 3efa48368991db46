"""DOOR 1, the reading half: what a GET endpoint gets to answer with."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.sql.elements import ClauseElement

from shared.kernel.command import actor_of
from shared.kernel.context import Context
from shared.kernel.transaction import Record
from shared.vocabulary.people import Actor


@dataclass(frozen=True, slots=True)
class ReadDoor:
    """Who reads, and the way to the rows."""

    context: Context
    actor: Actor

    async def all(self, statement: ClauseElement) -> list[Record]:
        """Every row of a Core statement."""
        return await self.context.db.all(statement)

    async def one(self, statement: ClauseElement) -> Record | None:
        """The first row, or None."""
        return await self.context.db.one(statement)

    async def scalar(self, statement: ClauseElement) -> Any:
        """The first column of the first row, or None."""
        return await self.context.db.scalar(statement)


async def _reader(request: Request) -> ReadDoor:
    context: Context = request.app.state.context
    return ReadDoor(context, actor_of(context, request.headers))


Reader = Annotated[ReadDoor, Depends(_reader)]
