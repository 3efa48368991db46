"""The fence: where reading goes on is stored with the effects, so a deposed member cannot commit over its successor."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from shared.kernel.bus import Partition
from shared.kernel.sql import Prepared
from shared.kernel.storage import Pool
from shared.kernel.transaction import Tx


class FenceLost(Exception):
    """Somebody else has moved the offset: this member's batch is void."""


async def load(pool: Pool, partitions: Iterable[Partition]) -> dict[Partition, int]:
    """The next offset of each partition; 0 (the beginning) for one never read here."""
    wanted = sorted(partitions)
    rows = await pool.fetch(
        "INSERT INTO kernel.consumer_offset (topic, partition, next_offset)"
        " SELECT t, p, 0 FROM unnest($1::text[], $2::int[]) AS wanted(t, p)"
        " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = consumer_offset.next_offset"
        " RETURNING topic, partition, next_offset",
        [topic for topic, _ in wanted],
        [partition for _, partition in wanted],
    )
    return {(row["topic"], row["partition"]): row["next_offset"] for row in rows}


_FENCE = Prepared(
    text(
        "WITH given AS (SELECT CAST(:ids AS uuid[]) AS ids),"
        " moved AS (UPDATE kernel.consumer_offset c SET next_offset = m.new"
        " FROM unnest((SELECT CAST(:topics AS text[])), (SELECT CAST(:partitions AS int[])),"
        " (SELECT CAST(:old AS bigint[])), (SELECT CAST(:new AS bigint[]))) AS m(topic, partition, old, new)"
        " WHERE c.topic = m.topic AND c.partition = m.partition AND c.next_offset = m.old RETURNING 1),"
        " marks AS (SELECT aggregate_id, version, applied FROM kernel.watermark"
        " WHERE aggregate_id = ANY(CAST((SELECT ids FROM given) AS uuid[])) ORDER BY aggregate_id FOR UPDATE)"
        " SELECT f.moved, marks.*, EXISTS (SELECT FROM kernel.parked WHERE aggregate_id ="
        " ANY(CAST((SELECT ids FROM given) AS uuid[])) AND state IN ('head', 'behind', 'dead')) AS waits,"
        " CASE WHEN :retold THEN set_config('synchronous_commit', 'off', true) END AS commit"
        " FROM (SELECT count(*) AS moved FROM moved) f LEFT JOIN marks ON true"
    )
)
"""Lists are subqueries, whose length PostgreSQL does not look at: it would plan each batch anew (see `sql.among`)."""


class Fenced(NamedTuple):
    """What a batch finds when its offsets have moved."""

    marks: dict[UUID, tuple[int, int]]
    """(version, applied) of each known aggregate, its rows locked."""
    waits: bool
    """Whether something waits for one of them; if not, it stays so until the commit: only this member could park it."""


async def fence(
    tx: Tx,
    moves: Mapping[Partition, tuple[int, int]],
    about: Iterable[UUID],
    *,
    retold: bool,
) -> Fenced:
    """Move the offsets from what this member believes to what follows its batch; FenceLost if one differs.

    `retold`: the batch has no effect but on a read model, so its commit need not wait for the disk. What a crash of
    PostgreSQL takes away, it takes with the offsets that say so, and it is read from the broker again.
    """
    wanted = sorted(moves)
    rows = await tx.all(
        _FENCE,
        topics=[topic for topic, _ in wanted],
        partitions=[partition for _, partition in wanted],
        old=[moves[one][0] for one in wanted],
        new=[moves[one][1] for one in wanted],
        ids=sorted(about),
        retold=retold,
    )
    if rows[0]["moved"] != len(wanted):
        raise FenceLost
    known = (row for row in rows if row["aggregate_id"] is not None)
    marks = {row["aggregate_id"]: (row["version"], row["applied"]) for row in known}
    return Fenced(marks, rows[0]["waits"])
