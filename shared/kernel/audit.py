"""Reading the audit chains, and proving that nobody edited them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from shared.kernel.storage import Pool
from shared.kernel.writeset import chain_hash

CHECK_ROWS = 5_000
"""Links read at a time while a check walks the chains."""

_LINKS = """
SELECT chain, seq, at, actor_id, action, kind, content, hash FROM kernel.audit
WHERE (chain, seq) > ($1, $2) ORDER BY chain, seq LIMIT $3
"""
_NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class ChainState:
    """Result of a check: how many links are good, and the first bad one."""

    links: int
    chains: int
    bad_chain: UUID | None = None
    bad_seq: int | None = None
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether every link holds."""
        return self.bad_chain is None


async def verify(pool: Pool) -> ChainState:
    """Recompute every hash; names the first link that was changed, removed from the middle or inserted."""
    at: tuple[UUID, int] = (_NIL, 0)
    head, links, chains = b"", 0, 0
    while rows := await pool.fetch(_LINKS, *at, CHECK_ROWS):
        for row in rows:
            chain, seq = row["chain"], row["seq"]
            if chain != at[0]:
                at, head, chains = (chain, 0), b"", chains + 1
            if seq != at[1] + 1:
                return ChainState(links, chains, chain, at[1] + 1, "missing")
            if row["hash"] != chain_hash(head, seq, row["content"]):
                return ChainState(links, chains, chain, seq, "changed")
            if not _agrees(row["content"], row["at"], row["actor_id"], row["action"]):
                return ChainState(links, chains, chain, seq, "columns_differ")
            at, head, links = (chain, seq), row["hash"], links + 1
    return ChainState(links, chains)


def _agrees(content: str, at: datetime, actor_id: UUID, action: str) -> bool:
    """Whether the columns that lists are filtered by say what the hashed content says."""
    told = msgspec.json.decode(content)
    return (
        datetime.fromisoformat(told["at"]) == at
        and told["actor"] == str(actor_id)
        and told["action"] == action
    )
