"""One log line and one measurement for each use case, written at the door."""

from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Self

import structlog

from shared.kernel import metrics
from shared.vocabulary.errors import Refusal
from shared.vocabulary.people import Actor

log = structlog.get_logger("usecase")


@dataclass(slots=True)
class Seen:
    """The block as one use case: what its line says, and when it began."""

    name: str
    started: float
    actor: Actor | None = None
    token: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        outcome = error.code if isinstance(error, Refusal) else "error" if error else "ok"
        seconds = perf_counter() - self.started
        metrics.command_done(self.name, outcome, seconds)
        log.info(
            "use_case",
            use_case=self.name,
            outcome=outcome,
            duration_ms=round(seconds * 1000, 1),
            actor_id=str(self.actor.id) if self.actor else None,
            role=min(self.actor.roles, default=None) if self.actor else None,
            aggregate_id=self.token,
        )
