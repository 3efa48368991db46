"""What the system consists of: the launcher knows it from this page only."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Program:
    """One of our own processes. It reads `<NAME>_PORT` and answers GET /health/ready with 200 when it works."""

    name: str
    module: str
    port: int  # the wanted one; the next free one is taken instead, unless <NAME>_PORT demands it
    arguments: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()  # which keys it is given besides its own database's password


@dataclass(frozen=True, slots=True)
class Plan:
    """Services have a database and are migrated first; simulators stand for the outside world."""

    services: tuple[Program, ...]
    simulators: tuple[Program, ...]
    topics: str | None  # a module that creates the topics, given KAFKA_BOOTSTRAP
    seed: str | None  # a module that enters the demo data through the APIs, once
    front: str  # the program whose address people open
    postgres_port: int = 15432  # as with programs, the next free one if it is taken
    valkey_port: int = 16379
    kafka_port: int = 19092

    def only(self, names: frozenset[str]) -> "Plan":
        """A part of the system, for work on one service; without demo data, which needs them all."""
        return replace(
            self,
            services=tuple(one for one in self.services if one.name in names),
            simulators=tuple(one for one in self.simulators if one.name in names),
            seed=None,
        )


def _service(name: str, port: int, *secrets: str) -> Program:
    given = ("FIELD_KEYS", "BLIND_KEY", *secrets)
    return Program(name, f"services.{name}.main", port, ("serve",), given)


PLAN = Plan(
    services=(
        _service("intake", 8001),
        _service("mediation", 8002),
        _service("welfare", 8003, "BANK_KEY"),
        _service("notify", 8004, "SMS_KEY"),
        _service("workbench", 8000, "TOKEN_PRIVATE_KEY"),
    ),
    simulators=(
        Program("sms", "deploy.simulators.sms", 8011, secrets=("SMS_KEY",)),
        Program("bank", "deploy.simulators.bank", 8012, secrets=("BANK_KEY",)),
    ),
    topics="shared.kernel.topics",
    seed="deploy.demo.seed",
    front="workbench",
)
