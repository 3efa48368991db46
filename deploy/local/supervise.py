"""The launcher's life: one at a time, started, watched, stopped in order whatever ends it."""

import os
import signal
import time
from pathlib import Path
from types import FrameType

from deploy.local.failures import PartFailed, already_running
from deploy.local.plan import Plan
from deploy.local.process import POLL_S, FolderLock, is_alive
from deploy.local.stack import Stack

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
INTERRUPTED = 130
LOOKERS_PATIENCE_S = 2.0


class Ended(BaseException):
    """Somebody asked the launcher to end."""


def supervise(plan: Plan, folder: Path) -> int:
    """Run the system until a signal comes. 0: ended after it was ready, 130: before, 1: it failed."""
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"[{time.monotonic() - began:6.1f} s] {line}", flush=True)

    lock = FolderLock("launcher", folder)
    try:
        for name in ENDING:
            signal.signal(name, _end)
        _become_the_only_one(lock)
        return _run(Stack(plan, folder, say), began)
    except PartFailed as failure:
        print(failure, flush=True)
        return 1
    except Ended:  # before anything was started
        return INTERRUPTED
    finally:
        lock.release()


def _become_the_only_one(lock: FolderLock) -> None:
    """Take the launcher's lock; who only looks whether it is free (`status`) holds it for a moment too."""
    deadline = time.monotonic() + LOOKERS_PATIENCE_S
    while not lock.try_take():
        holder = lock.holders()[0]
        if is_alive(holder) or time.monotonic() > deadline:
            raise already_running(holder)
        time.sleep(POLL_S)
    lock.write_holder(os.getpid())


def _run(stack: Stack, began: float) -> int:
    status = INTERRUPTED
    try:
        stack.start()
        _welcome(stack, time.monotonic() - began)
        stack.ready()
        status = 0
        stack.watch()
    except Ended:
        stack.say("正在停止 stopping …")
    except PartFailed as failure:
        status = 1
        stack.say(f"启动失败 failed\n{failure}")
    finally:
        for name in ENDING:
            signal.signal(name, signal.SIG_IGN)
        stack.stop()
        stack.say("已停止 stopped")
    return status


def _welcome(stack: Stack, seconds: float) -> None:
    stack.say(f"暖流已就绪，用时 {seconds:.0f} 秒 — Nuanliu is ready after {seconds:.0f} s")
    print(f"\n  地址 address:  {stack.state.address}")
    if stack.state.welcome:
        print("\n" + stack.state.welcome.rstrip())
    print(
        "\n  停止 stop: Ctrl-C / make down    状态 status: make status    日志 logs: make logs\n",
        flush=True,
    )


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise Ended
