"""The simulated cluster behind `bus_memory`: logs, groups, generations, and faults drawn from one seed.

The same seed and the same calls give the same history, so a failing run can be looked at again.
"""

import asyncio
import random
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from shared.kernel.bus import InRecord, OutRecord, Partition, TopicSpec


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, and how often (0 … 1)."""

    refused: float = 0.0
    """A record is not stored; its partition takes nothing more of this send."""
    lost_ack: float = 0.0
    """A record is stored, the sender is not told; as above."""
    twice: float = 0.0
    """A record is stored twice."""
    commit_lost: float = 0.0
    """A commit of offsets does not arrive."""
    late_s: float = 0.0
    """Records become visible up to so much later, each partition at its own pace."""
    jumble: bool = False
    """Polls hand out small batches from the partitions in any order."""


class OffsetGone(Exception):
    """The log does not reach to that offset, in either direction."""


class Member(Protocol):
    """What the cluster asks of a consumer."""

    topics: Sequence[str]

    async def let_go(self) -> None:
        """Drain and give up all partitions."""
        ...

    def take(self, partitions: frozenset[Partition]) -> None:
        """These are yours now."""
        ...

    def lose(self) -> None:
        """You have been put out of the group; you will notice at your next poll."""
        ...


@dataclass(slots=True)
class _Log:
    start: int = 0
    records: list[InRecord] = field(default_factory=list)
    visible_at: list[float] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.start + len(self.records)


@dataclass(slots=True)
class _Group:
    members: list[Member] = field(default_factory=list)
    owner: dict[Partition, Member] = field(default_factory=dict)
    committed: dict[Partition, int] = field(default_factory=dict)
    generation: int = 0
    rebalancing: asyncio.Lock = field(default_factory=asyncio.Lock)


class Cluster:
    """State shared by the producers and consumers of one `MemoryBus`."""

    def __init__(self, seed: int, faults: Faults) -> None:
        self.up = True
        self.faults = faults
        self.chance = random.Random(seed)  # noqa: S311 - a simulation has to be repeatable
        self.topics: dict[str, TopicSpec] = {}
        self._logs: dict[Partition, _Log] = {}
        self._groups: dict[str, _Group] = {}
        self._news = asyncio.Event()

    def happens(self, probability: float) -> bool:
        """Draw, but only where a fault is wished for: else unused faults would change the history."""
        return probability > 0 and self.chance.random() < probability

    def create(self, spec: TopicSpec) -> None:
        """Add a topic; an existing one keeps its partitions and records."""
        known = self.topics.get(spec.name, spec)
        self.topics[spec.name] = replace(spec, partitions=known.partitions)
        for number in range(known.partitions):
            self._logs.setdefault((spec.name, number), _Log())

    def partition_of(self, record: OutRecord) -> Partition:
        """Where a record belongs."""
        return record.topic, zlib.crc32(record.key) % self.topics[record.topic].partitions

    def append(self, partition: Partition, record: OutRecord, fault: str | None = None) -> None:
        """Store a record."""
        log = self._logs[partition]
        loop_s = asyncio.get_running_loop().time()
        late = self.chance.uniform(0, self.faults.late_s) if self.faults.late_s else 0.0
        log.visible_at.append(max([loop_s + late, *log.visible_at[-1:]]))
        stored = InRecord(
            *partition,
            log.end,
            record.key,
            tuple(record.headers),
            record.value,
            int(loop_s * 1000),
            fault,
        )
        log.records.append(stored)
        self.tell()

    def read(self, partition: Partition, offset: int, count: int) -> list[InRecord]:
        """Up to `count` visible records from `offset`; raises `OffsetGone`."""
        log = self._logs[partition]
        if not log.start <= offset <= log.end:
            raise OffsetGone
        now = asyncio.get_running_loop().time()
        found = []
        for place in range(offset - log.start, min(offset - log.start + count, len(log.records))):
            if log.visible_at[place] > now:
                break
            found.append(log.records[place])
        return found

    def ends(self, partition: Partition) -> tuple[int, int]:
        """First offset of the log, and the one the next record will get."""
        log = self._logs[partition]
        return log.start, log.end

    def truncate(self, partition: Partition, before: int) -> None:
        """Delete the records before an offset, as retention does."""
        log = self._logs[partition]
        gone = max(min(before, log.end) - log.start, 0)
        del log.records[:gone], log.visible_at[:gone]
        log.start += gone

    def wipe(self) -> None:
        """Lose every record and every committed offset: the topics are as new."""
        self._logs = {partition: _Log() for partition in self._logs}
        for group in self._groups.values():
            group.committed.clear()

    def tell(self) -> None:
        """Wake up whoever waits for records."""
        self._news.set()
        self._news = asyncio.Event()

    async def wait_for_news(self, at_most_s: float) -> None:
        """Until something was stored; late records are looked for in small steps."""
        step = min(at_most_s, self.faults.late_s / 4) if self.faults.late_s else at_most_s
        try:
            async with asyncio.timeout(max(step, 0)):
                await self._news.wait()
        except TimeoutError:
            return

    async def join(self, name: str, member: Member) -> None:
        """Enter a group; everybody's partitions are dealt out anew."""
        group = self._groups.setdefault(name, _Group())
        async with group.rebalancing:
            group.members.append(member)
            await self._deal(group)

    async def leave(self, name: str, member: Member) -> None:
        """Go; the others take over."""
        group = self._groups.setdefault(name, _Group())
        async with group.rebalancing:
            if member in group.members:
                group.members.remove(member)
                await self._deal(group)

    async def rebalance(self, name: str) -> None:
        """Deal out anew for no reason."""
        group = self._groups[name]
        async with group.rebalancing:
            await self._deal(group)

    async def expel(self, name: str, member: Member) -> None:
        """The session of a member ran out while it was busy: others own its partitions, and it does not know."""
        group = self._groups[name]
        async with group.rebalancing:
            group.members.remove(member)
            member.lose()
            await self._deal(group)

    async def _deal(self, group: _Group) -> None:
        await asyncio.gather(*(member.let_go() for member in group.members))
        group.generation += 1
        group.owner.clear()
        shares: dict[int, set[Partition]] = {place: set() for place in range(len(group.members))}
        for turn, partition in enumerate(sorted(self._logs)):
            able = [
                place for place, member in enumerate(group.members) if partition[0] in member.topics
            ]
            if able:
                chosen = able[turn % len(able)]
                shares[chosen].add(partition)
                group.owner[partition] = group.members[chosen]
        for place, share in shares.items():
            group.members[place].take(frozenset(share))
        self.tell()

    def commit(self, name: str, member: Member, offsets: Mapping[Partition, int]) -> None:
        """Store offsets of partitions the member owns."""
        group = self._groups[name]
        if not self.up or self.happens(self.faults.commit_lost):
            return
        group.committed |= {
            one: offset for one, offset in offsets.items() if group.owner.get(one) is member
        }

    def committed(self, name: str, partition: Partition) -> int | None:
        """The committed offset of a group."""
        group = self._groups.get(name)
        return group.committed.get(partition) if group else None
