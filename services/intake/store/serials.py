"""Case numbers without a queue: a process takes a block of the day's serials and gives them out from memory.

A block is one short statement of its own, so no command waits for another one's commit. Numbers are unique;
what a stopped process had left of its block stays unused.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

from shared.kernel.storage import Pool, translated
from shared.vocabulary.identifiers import case_number

BLOCK = 50
_TAKE = """
INSERT INTO case_serial AS s (day, last) VALUES ($1, $2)
ON CONFLICT (day) DO UPDATE SET last = s.last + excluded.last RETURNING last
"""


@dataclass(slots=True)
class _Block:
    day: date = date.min
    next: int = 1
    last: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


_blocks: WeakKeyDictionary[Pool, _Block] = WeakKeyDictionary()


async def take_number(pool: Pool, day: date) -> str:
    """The next case number of that day."""
    block = _blocks.setdefault(pool, _Block())
    if block.day == day and block.next <= block.last:
        return _give(block)
    async with block.lock:
        if block.day != day or block.next > block.last:
            with translated({}):
                rows = await pool.fetch(_TAKE, day, BLOCK)
            block.day, block.last = day, rows[0]["last"]
            block.next = block.last - BLOCK + 1
        return _give(block)


def _give(block: _Block) -> str:
    serial = block.next
    block.next += 1
    return case_number(block.day, serial)
