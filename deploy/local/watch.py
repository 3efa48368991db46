"""Looking after one running part: when it dies, say so with the end of its log and start it again."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from deploy.local import failures
from deploy.local.process import Running

RESTART_DELAYS_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # the last one for ever
STEADY_AFTER_S = 60.0  # who has lived that long begins with the shortest delay again


@dataclass
class Unit:
    """A part, and how to start it again."""

    begin: Callable[[], Running]
    running: Running
    began: float = field(default_factory=time.monotonic)
    restarts: int = 0
    tries: int = 0  # since it was last steady
    next_try: float | None = None

    def look_after(self, say: Callable[[str], None]) -> bool:
        """Restart it when it is due. True when another process serves now."""
        now = time.monotonic()
        if self.next_try is not None:
            return now >= self.next_try and self._restart(say)
        if not self.running.is_alive():
            status = self.running.process.returncode
            self._plan(
                say,
                failures.died(self.running.name, status, self.running.log, self.running.log_since),
            )
        elif now - self.began > STEADY_AFTER_S:
            self.tries = 0
        return False

    def _restart(self, say: Callable[[str], None]) -> bool:
        try:
            self.running = self.begin()
        except failures.PartFailed as failure:
            self._plan(say, failure)
            return False
        self.began, self.next_try = time.monotonic(), None
        self.restarts += 1
        say(f"{self.running.name} 已重新启动 restarted ({self.restarts})")
        return True

    def _plan(self, say: Callable[[str], None], failure: failures.PartFailed) -> None:
        delay = RESTART_DELAYS_S[min(self.tries, len(RESTART_DELAYS_S) - 1)]
        self.tries += 1
        self.next_try = time.monotonic() + delay
        say(f"{failure}\n{self.running.name}: {delay:.0f} 秒后重新启动 restarting in {delay:.0f} s")
