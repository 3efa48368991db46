"""The bus on Apache Kafka. The `bus_kafka*` files are the only ones that know aiokafka (0.14)."""

from collections.abc import Sequence

from shared.kernel.bus import (
    DRAIN_S,
    SEND_DEADLINE_S,
    SESSION_S,
    Membership,
    OnAssigned,
    OnRevoked,
    Partition,
    Readiness,
    TopicSpec,
)
from shared.kernel.bus_kafka_admin import KafkaAdmin
from shared.kernel.bus_kafka_client import KafkaAccess
from shared.kernel.bus_kafka_consumer import KafkaConsumer
from shared.kernel.bus_kafka_producer import KafkaProducer
from shared.kernel.quiet import limit_flood


class KafkaBus:
    """See `shared.kernel.bus.Bus`."""

    def __init__(self, access: KafkaAccess | str) -> None:
        self._access = KafkaAccess(access) if isinstance(access, str) else access
        self._admin = KafkaAdmin(self._access)
        limit_flood("aiokafka")

    def producer(self, *, deadline_s: float = SEND_DEADLINE_S) -> KafkaProducer:
        """A producer that connects when it first sends."""
        return KafkaProducer(self._access, self._admin.missing_topics, deadline_s=deadline_s)

    def consumer(
        self,
        group: str,
        topics: Sequence[str],
        *,
        on_assigned: OnAssigned | None = None,
        on_revoked: OnRevoked | None = None,
        session_s: float = SESSION_S,
        drain_s: float = DRAIN_S,
    ) -> KafkaConsumer:
        """A member of `group` that joins at its first poll."""
        member = Membership(group, topics, on_assigned, on_revoked, session_s, drain_s)
        return KafkaConsumer(self._access, member)

    async def ensure_topics(self, specs: Sequence[TopicSpec]) -> None:
        """Create what is missing, correct the settings of the rest, wait until every partition has a leader."""
        await self._admin.ensure_topics(specs)

    async def lag(self, group: str, topics: Sequence[str]) -> dict[Partition, int]:
        """Records between the group's committed offset and the end, per partition."""
        return await self._admin.lag(group, topics)

    async def ready(self, topics: Sequence[str] = ()) -> Readiness:
        """Whether the cluster is reachable, has a coordinator, and each partition a leader."""
        return await self._admin.ready(topics)

    async def aclose(self) -> None:
        """Nothing is held between calls."""
