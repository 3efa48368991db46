"""One log line and one measurement for each use case, written at the door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

import structlog

from shared.kernel import metrics
from shared.vocabulary.errors import Refusal
from shared.vocabulary.people import Actor

log = structlog.get_logger("usecase")


@dataclass(slots=True)
class Seen:
    """What the line says besides name, outcome and duration."""

    actor: Actor | None = None
    token: str | None = None


@contextmanager
def observe_command(name: str, started: float) -> Iterator[Seen]:
    """Log and measure the block as one use case."""
    seen = Seen()
    outcome = "error"
    try:
        yield seen
        outcome = "ok"
    except Refusal as refusal:
        outcome = refusal.code
        raise
    finally:
        seconds = perf_counter() - started
        metrics.command_done(name, outcome, seconds)
        log.info(
            "use_case",
            use_case=name,
            outcome=outcome,
            duration_ms=round(seconds * 1000, 1),
            actor_id=str(seen.actor.id) if seen.actor else None,
            role=min(seen.actor.roles, default=None) if seen.actor else None,
            aggregate_id=seen.token,
        )
