"""Brings the topics of the cluster to what the contracts say: `KAFKA_BOOTSTRAP=… python -m shared.kernel.topics`.

Runs before any service (aiokafka waits 40 seconds for a topic that is not there) and as often as one likes: it creates
what is missing, corrects settings, and ends only when every partition has a leader.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pydantic import ValidationError

from shared.contracts.topics import TOPICS
from shared.kernel.bus import TopicSpec
from shared.kernel.bus_kafka_admin import KafkaAdmin, TopicsNotReady, wait_until_ready
from shared.kernel.bus_kafka_client import CLIENT_FAULTS, KafkaAccess
from shared.kernel.kafka_settings import KafkaSettings
from shared.kernel.quiet import limit_flood

__all__ = ["ALL_TOPICS", "TopicSpec", "create_topics"]

PATIENCE_S: Final = 60.0
"""How long a cluster that is just starting is waited for."""

ALL_TOPICS: Final = tuple(TopicSpec(one.name, one.partitions, one.compacted) for one in TOPICS)


def with_partitions(number: int | None) -> tuple[TopicSpec, ...]:
    """The topics of the contracts, with another number of partitions where there is more than one."""
    return tuple(
        replace(one, partitions=number) if number and one.partitions > 1 else one
        for one in ALL_TOPICS
    )


async def create_topics(
    access: KafkaAccess, specs: Sequence[TopicSpec] = ALL_TOPICS, *, patience_s: float = PATIENCE_S
) -> None:
    """Wait for the cluster, bring the topics about; raises `TopicsNotReady` with what is in the way."""
    limit_flood("aiokafka")
    admin = KafkaAdmin(access)
    answer = await wait_until_ready(admin, (), patience_s)
    if "cluster" in answer.missing or "coordinator" in answer.missing:
        raise TopicsNotReady(
            f"{access.bootstrap}: no {answer.missing[0]} within {patience_s:.0f} s"
        )
    try:
        await admin.ensure_topics(specs)
    except CLIENT_FAULTS as error:
        raise TopicsNotReady(f"{access.bootstrap}: {type(error).__name__}") from error


def main() -> None:
    """Create all topics of the contracts; a failure says what to do."""
    try:
        settings = KafkaSettings()  # type: ignore[call-arg]  # from the environment
    except ValidationError:
        sys.exit(
            "KAFKA_BOOTSTRAP 未设置，KAFKA_USERNAME 与 KAFKA_PASSWORD 只设置了一个，"
            "或 KAFKA_PARTITIONS 不是 1 至 100 的整数。请补齐后重试。\n"
            "KAFKA_BOOTSTRAP (<host>:<port>) is not set, only one of KAFKA_USERNAME and KAFKA_PASSWORD is,"
            " or KAFKA_PARTITIONS is no number from 1 to 100. Set them and run this again."
        )
    try:
        asyncio.run(create_topics(settings.kafka, with_partitions(settings.kafka_partitions)))
    except TopicsNotReady as reason:
        sys.exit(
            f"主题未能就绪，请检查 Kafka 后重试：{reason}\n"
            f"The topics could not be made ready. Check Kafka and run this again: {reason}"
        )
    sys.stdout.write(f"{len(ALL_TOPICS)} topics ready\n")


if __name__ == "__main__":
    main()
