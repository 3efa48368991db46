"""Topics, lag and readiness through aiokafka's admin client, whose answers hide their errors: every code is read."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, for_code

from shared.kernel.bus import Partition, Readiness, TopicSpec
from shared.kernel.bus_kafka_client import CLIENT_FAULTS, Backoff, KafkaAccess, stop_consumer

ANSWER_S: Final = 10.0
READY_S: Final = 5.0
LEADERS_S: Final = 30.0
LEADER_POLL_S: Final = 0.05
REPLICAS_MAX: Final = 3
UNKNOWN_TOPIC_CODE: Final = 3
TOPIC_EXISTS_CODE: Final = 36
NO_BROKER_YET_CODE: Final = 38
"""Too few brokers for the replicas: said as well while a broker that has just started is still registering."""
GROUP_FOR_PROBE: Final = "nuanliu-ready"


class TopicsNotReady(Exception):
    """Topics could not be brought to what they have to be; the text says which and why."""


class KafkaAdmin:
    """Short-lived admin clients: a long-lived one does not survive that every broker changes its address."""

    def __init__(self, access: KafkaAccess) -> None:
        self._access = access

    async def missing_topics(self, topics: Collection[str]) -> set[str]:
        """Those the cluster says do not exist; raises what aiokafka raises when it does not answer."""
        async with self._client() as client:
            described = await client.describe_topics(sorted(topics))
        return {one["topic"] for one in described if one["error_code"] == UNKNOWN_TOPIC_CODE}

    async def ensure_topics(self, specs: Sequence[TopicSpec]) -> None:
        """Create, correct the settings, wait for leaders; again from the start if the connection breaks."""
        deadline = time.monotonic() + LEADERS_S
        backoff = Backoff()
        while True:
            try:
                return await self._ensure_topics(specs)
            except CLIENT_FAULTS:
                if time.monotonic() > deadline:
                    raise
            backoff.failed()
            await backoff.wait(deadline - time.monotonic())

    async def _ensure_topics(self, specs: Sequence[TopicSpec]) -> None:
        async with self._client() as client:
            replicas = min(REPLICAS_MAX, len((await client.describe_cluster())["brokers"]))
            existing = await self._create(client, specs, replicas)
            await self._correct(client, [one for one in specs if one.name in existing], replicas)
            await self._wait_for_leaders(client, specs)

    async def _create(
        self, client: AIOKafkaAdminClient, specs: Sequence[TopicSpec], replicas: int
    ) -> set[str]:
        """Create what is missing; the names of those that were there."""
        wanted = [
            NewTopic(one.name, one.partitions, replicas, topic_configs=_settings(one, replicas))
            for one in specs
        ]
        deadline = time.monotonic() + LEADERS_S
        existing: set[str] = set()
        while wanted:
            answer = await client.create_topics(wanted)
            codes = {name: code for name, code, *_ in answer.topic_errors}
            existing |= {name for name, code in codes.items() if code == TOPIC_EXISTS_CODE}
            failed = {name: code for name, code in codes.items() if code and name not in existing}
            if not all(_passes_by_itself(code) for code in failed.values()) or (
                time.monotonic() > deadline
            ):
                _check(failed)
            wanted = [one for one in wanted if one.name in failed]
            await asyncio.sleep(LEADER_POLL_S if wanted else 0)
        return existing

    async def _correct(
        self, client: AIOKafkaAdminClient, specs: Sequence[TopicSpec], replicas: int
    ) -> None:
        """`alter_configs` resets every setting it is not given, so it always gets the full set of a topic."""
        for spec in specs:
            wanted = _settings(spec, replicas)
            resource = ConfigResource(ConfigResourceType.TOPIC, spec.name)
            (found,) = await client.describe_configs([resource])
            ((code, _, _, _, entries),) = found.resources
            _check({spec.name: code})
            own = {entry[0]: entry[1] for entry in entries}
            if any(own.get(name) != value for name, value in wanted.items()):
                resource.configs = wanted
                (altered, *_) = await client.alter_configs([resource])
                _check({name: code for code, _, _, name in altered.resources})

    async def _wait_for_leaders(
        self, client: AIOKafkaAdminClient, specs: Sequence[TopicSpec]
    ) -> None:
        """Producing before a partition has a leader only fills the log with retries."""
        deadline = time.monotonic() + LEADERS_S
        while True:
            described = await client.describe_topics([spec.name for spec in specs])
            missing = _leaderless(described)
            if not missing:
                return
            if time.monotonic() > deadline:
                raise TopicsNotReady(", ".join(missing))
            await asyncio.sleep(LEADER_POLL_S)

    async def lag(self, group: str, topics: Sequence[str]) -> dict[Partition, int]:
        """End of the log less the committed offset (or less the start of the log where none was committed)."""
        async with self._client() as client:
            described = await client.describe_topics(list(topics))
            partitions = [
                TopicPartition(one["topic"], part["partition"])
                for one in described
                for part in one["partitions"]
            ]
            committed = await client.list_consumer_group_offsets(group, partitions=partitions)
        reader = AIOKafkaConsumer(**self._access.options())
        try:
            async with asyncio.timeout(ANSWER_S):
                await reader.start()
                ends = await reader.end_offsets(partitions)
                starts = await reader.beginning_offsets(partitions)
        finally:
            await stop_consumer(reader)
        return {
            (one.topic, one.partition): ends[one] - max(committed[one].offset, starts[one])
            for one in partitions
        }

    async def ready(self, topics: Sequence[str]) -> Readiness:
        """Cluster, coordinator, leaders; asking for a coordinator also makes a new cluster create its own topic."""
        try:
            async with self._client(READY_S) as client:
                try:
                    await client.find_coordinator(GROUP_FOR_PROBE)
                except KafkaError:
                    return Readiness(("coordinator",))
                return Readiness(_leaderless(await client.describe_topics(list(topics) or None)))
        except CLIENT_FAULTS:
            return Readiness(("cluster",))

    @contextlib.asynccontextmanager
    async def _client(
        self, within_s: float = ANSWER_S + LEADERS_S
    ) -> AsyncIterator[AIOKafkaAdminClient]:
        client = AIOKafkaAdminClient(
            **self._access.options(), request_timeout_ms=int(ANSWER_S * 1000)
        )
        try:
            async with asyncio.timeout(within_s):
                await client.start()
                yield client
        finally:
            await client.close()


async def wait_until_ready(admin: KafkaAdmin, topics: Sequence[str], timeout_s: float) -> Readiness:
    """Ask until everything is there or `timeout_s` have passed; the last answer."""
    deadline = time.monotonic() + timeout_s
    backoff = Backoff()
    while not (answer := await admin.ready(topics)).ok and time.monotonic() < deadline:
        backoff.failed()
        await backoff.wait(deadline - time.monotonic())
    return answer


def _settings(spec: TopicSpec, replicas: int) -> dict[str, str]:
    settings = {
        "cleanup.policy": "compact" if spec.compacted else "delete",
        "retention.ms": str(spec.retention_ms),
        "min.insync.replicas": str(max(1, replicas - 1)),
        "unclean.leader.election.enable": "false",
    }
    if spec.compacted:
        settings["delete.retention.ms"] = str(spec.retention_ms)
    return settings


def _leaderless(described: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    missing = [f"topic:{one['topic']}" for one in described if not one["partitions"]]
    missing += [
        f"leader:{one['topic']}-{part['partition']}"
        for one in described
        for part in one["partitions"]
        if part["leader"] < 0
    ]
    return tuple(missing)


def _passes_by_itself(code: int) -> bool:
    return code == NO_BROKER_YET_CODE or bool(for_code(code).retriable)


def _check(codes: Mapping[str, int]) -> None:
    failed = {name: for_code(code).__name__ for name, code in codes.items() if code}
    if failed:
        raise TopicsNotReady(", ".join(f"{name}: {why}" for name, why in failed.items()))
