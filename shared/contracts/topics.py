"""Every topic: who writes it, how many partitions, whether it keeps only the newest fact of each key."""

from dataclasses import dataclass

PARTITIONS = 6
"""Unless the installation chooses another number (KAFKA_PARTITIONS). Fixed at creation: changing it would move keys to
other partitions and break their order."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the federation's event stream."""

    name: str
    owner: str
    compacted: bool = False
    partitions: int = PARTITIONS


TOPICS: tuple[Topic, ...] = (
    Topic("intake.cases", "intake"),
    Topic("intake.employers", "intake"),
    Topic("intake.parties", "intake", compacted=True),
    Topic("mediation.disputes", "mediation"),
    Topic("welfare.applications", "welfare"),
    Topic("notify.deliveries", "notify"),
    Topic("workbench.staff", "workbench", compacted=True),
    Topic("kernel.undecodable", "kernel", partitions=1),
)
BY_NAME: dict[str, Topic] = {topic.name: topic for topic in TOPICS}
UNDECODABLE = "kernel.undecodable"
