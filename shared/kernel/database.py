"""One service's database: where units of work are opened and reads are answered."""

from types import TracebackType
from typing import Any, Self

from sqlalchemy.sql.elements import ClauseElement

from shared.kernel.crypto import FieldCipher
from shared.kernel.envelope import Envelope
from shared.kernel.idempotency import Request
from shared.kernel.sql import render
from shared.kernel.storage import Pool, translated
from shared.kernel.transaction import Record, Tx
from shared.vocabulary.people import Actor


class Transaction:
    """`async with` around a Tx: commits at the end of the block, rolls back on any exception."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    async def __aenter__(self) -> Tx:
        return self.tx

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                await self.tx.commit()
        finally:
            await self.tx.close()


class Database:
    """One service's database: opens transactions, answers reads."""

    def __init__(self, pool: Pool, cipher: FieldCipher, settings: Any = None) -> None:
        self.pool = pool
        self.cipher = cipher
        self.settings = settings

    @classmethod
    async def connect(
        cls, url: str, cipher: FieldCipher, *, name: str, settings: Any = None
    ) -> Self:
        """Open the pool; `name` is what PostgreSQL shows as application_name, `settings` what every Tx carries."""
        return cls(await Pool.open(url, name=name), cipher, settings)

    def transaction(
        self,
        *,
        actor: Actor,
        cause: Envelope | None = None,
        request: Request | None = None,
    ) -> Transaction:
        """A unit of work for that actor, because of a request, an event or a timer."""
        tx = Tx(self.pool, self.cipher, actor=actor, cause=cause, request=request)
        tx.settings = self.settings
        return Transaction(tx)

    async def all(self, statement: ClauseElement) -> list[Record]:
        """Every row of a read outside any transaction."""
        text, args = render(statement)
        with translated({}):
            rows: list[Record] = await self.pool.fetch(text, *args)
        return rows

    async def one(self, statement: ClauseElement) -> Record | None:
        """The first row of a read, or None."""
        rows = await self.all(statement)
        return rows[0] if rows else None

    async def scalar(self, statement: ClauseElement) -> Any:
        """The first column of the first row of a read, or None."""
        row = await self.one(statement)
        return None if row is None else next(iter(row.values()))

    async def close(self) -> None:
        """Close every connection."""
        await self.pool.close()
