"""The parts a measurement needs, on durable storage of its own, with our programs started and stopped one by one."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from deploy.local import programs
from deploy.local.plan import PLAN, Program
from deploy.local.ports import any_free
from deploy.local.process import Running
from deploy.local.stack import Stack

PATIENCE_S = 60.0
PAGE_BYTES = resource.getpagesize()
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class System:
    """PostgreSQL, Valkey and Kafka with migrated databases; no program runs until it is asked for."""

    def __init__(self, folder: Path) -> None:
        plan = replace(
            PLAN,
            seed=None,
            services=tuple(map(_on_free_port, PLAN.services)),
            simulators=tuple(map(_on_free_port, PLAN.simulators)),
        )
        self.stack = Stack(plan, folder, lambda line: None)
        self.stack.prepare()

    @property
    def env(self) -> dict[str, str]:
        """Every address and key."""
        return self.stack.env.for_tools()

    def url(self, name: str) -> str:
        """Where a program answers."""
        return self.stack.env.url_of(name)

    @contextmanager
    def running(self, *names: str) -> Iterator[dict[str, Running]]:
        """These programs, ready; stopped at the end of the block."""
        plan = self.stack.plan
        chosen = [one for one in (*plan.services, *plan.simulators) if one.name in names]
        with _ready([self.stack.begin_program(one) for one in chosen]) as started:
            yield {one.name: one for one in started}

    @contextmanager
    def apis(self, name: str, copies: int) -> Iterator[list[Running]]:
        """So many processes that only answer a service's requests, each on a port of its own."""
        plan = self.stack.plan
        asked = next(one for one in plan.services if one.name == name)
        program = replace(asked, arguments=("api",))
        with _ready([self.stack.begin_program(program, any_free()) for _ in range(copies)]) as all_:
            yield all_

    def stop(self) -> None:
        """Everything."""
        self.stack.stop()


def _on_free_port(program: Program) -> Program:
    """A port that no other copy of the system wants: programs come and go here, and must find theirs free."""
    return replace(program, port=any_free())


@contextmanager
def _ready(started: list[Running]) -> Iterator[list[Running]]:
    try:
        for one in started:
            one.wait_until(lambda one=one: programs.is_ready(one.url), PATIENCE_S)  # type: ignore[misc]
        dead = [one.name for one in started if not one.is_alive()]
        if dead:
            raise RuntimeError(f"somebody else answers on the ports of {', '.join(dead)}")
        yield started
    finally:
        for one in started:
            one.ask_to_stop()
        for one in started:
            one.stop()


def rss_mb(pid: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * PAGE_BYTES / 1_000_000


def cpu_s(pid: int) -> float:
    """User and system CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def children_cpu_s(parent: int) -> float:
    """CPU seconds of a process and its living children (PostgreSQL's backends)."""
    total = cpu_s(parent)
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                total += (int(fields[11]) + int(fields[12])) / TICKS_PER_S
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total
