"""`python -m deploy.local demo|up|down|status|logs|reset|run`: the whole system on this machine."""

import argparse
import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from deploy.local import programs, state
from deploy.local.failures import PartFailed, not_running, tail_of
from deploy.local.paths import ROOT, STATE
from deploy.local.plan import Plan
from deploy.local.process import is_alive

DOWN_PATIENCE_S = 90.0
POLL_S = 0.1
LOG_LINES = 40
NOT_READY, NOT_RUNNING, INTERRUPTED = 1, 3, 130


def main(words: Sequence[str]) -> int:
    given = _arguments().parse_args(words)
    folder = given.state.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return int(given.command(given, folder))
    except PartFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument(
        "--state", type=Path, default=STATE, help="folder for data, logs and secrets"
    )
    parser.add_argument("--plan", default="deploy.local.plan", help="module whose PLAN is started")
    parser.add_argument(
        "--only", default="", help="names of programs, comma separated; no demo data then"
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, command, shown in (
        ("demo", demo, "start in the foreground; Ctrl-C stops"),
        ("up", up, "start in the background; returns when ready"),
        ("down", down, "stop in order"),
        ("status", status, "0 ready, 1 not ready, 3 not running"),
        ("reset", reset, "stop and delete data, logs and secrets"),
    ):
        commands.add_parser(name, help=shown).set_defaults(command=command)
    shown_logs = commands.add_parser("logs", help="the latest lines of each part's log")
    shown_logs.add_argument("names", nargs="*")
    shown_logs.add_argument("--follow", "-f", action="store_true")
    shown_logs.set_defaults(command=logs)
    runner = commands.add_parser(
        "run", help="run a command that knows the running system's addresses"
    )
    runner.add_argument("words", nargs=argparse.REMAINDER)
    runner.set_defaults(command=run)
    return parser


def demo(given: argparse.Namespace, folder: Path) -> int:
    from deploy.local.supervise import supervise  # noqa: PLC0415 - slow; `status` and `down` do without

    return supervise(_plan(given), folder)


def up(given: argparse.Namespace, folder: Path) -> int:
    """Idempotent: a system that is ready already is success."""
    found = state.load(folder)
    if found is not None and found.phase == state.READY:
        print(f"已在运行 already running: {found.address}\n{found.welcome}")
        return 0
    log = folder / "logs" / "launcher.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    options = ["--state", str(folder), "--plan", given.plan, "--only", given.only]
    with log.open("ab") as output:
        since = output.tell()
        launcher = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", *options, "demo"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        return _follow_start(launcher, folder, log, since)
    except KeyboardInterrupt:
        launcher.terminate()
        launcher.wait()
        return INTERRUPTED


def _follow_start(launcher: "subprocess.Popen[bytes]", folder: Path, log: Path, since: int) -> int:
    with log.open(encoding="utf-8", errors="replace") as told:
        told.seek(since)
        while True:
            ended = launcher.poll()
            found = state.load(folder)
            is_ready = (
                found is not None and found.pid == launcher.pid and found.phase == state.READY
            )
            sys.stdout.write(told.read())
            sys.stdout.flush()
            if ended is not None:
                return ended or 1
            if is_ready:
                launcher.returncode = 0  # it goes on alone: no warning about that
                return 0
            time.sleep(POLL_S)


def down(_given: argparse.Namespace, folder: Path) -> int:
    pid = state.launcher_pid(folder)
    if pid is None:
        print("没有在运行 not running")
        return 0
    print(f"正在停止 stopping (process {pid}) …", flush=True)
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + DOWN_PATIENCE_S
    while is_alive(pid):
        if time.monotonic() > deadline:
            raise PartFailed(
                "launcher",
                f"{DOWN_PATIENCE_S:.0f} 秒内没有停止。请执行 kill -9 {pid}；各部分会随之退出，数据不会丢失。",
                f"still there after {DOWN_PATIENCE_S:.0f} s. `kill -9 {pid}` ends it with all its parts; "
                "no data is lost.",
            )
        time.sleep(POLL_S)
    print("已停止 stopped")
    return 0


def status(_given: argparse.Namespace, folder: Path) -> int:
    found = state.load(folder)
    if found is None:
        print("没有在运行 not running")
        return NOT_RUNNING
    all_well = found.phase == state.READY
    print(f"{found.phase}  {found.address}")
    for part in found.parts:
        is_ready = _is_ready(part)
        all_well = all_well and is_ready
        shown = "就绪 ready" if is_ready else "未就绪 NOT READY"
        restarts = f"  重启 restarts: {part.restarts}" if part.restarts else ""
        print(
            f"  {part.name:12} {shown:16} pid {part.pid:<8} {part.url.rpartition('@')[2]}{restarts}"
        )
    return 0 if all_well else NOT_READY


def _is_ready(part: state.Part) -> bool:
    return is_alive(part.pid) and (
        not part.url.startswith("http://") or programs.is_ready(part.url)
    )


def logs(given: argparse.Namespace, folder: Path) -> int:
    files = list(_log_files(folder, given.names))
    if given.follow and files:
        os.execvp("tail", ["tail", "-n", str(LOG_LINES), "-F", *map(str, files)])  # noqa: S606
    for file in files:
        print(f"=== {file}")
        print("\n".join(tail_of(file, LOG_LINES)))
    return 0


def _log_files(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    known = {file.stem: file for file in sorted((folder / "logs").glob("*.log"))}
    for name in names or known:
        if name not in known:
            raise PartFailed(
                name,
                f"没有这个日志。现有：{', '.join(known) or '无'}。",
                f"there is no such log. There are: {', '.join(known) or 'none'}.",
            )
        yield known[name]


def reset(given: argparse.Namespace, folder: Path) -> int:
    down(given, folder)
    for name in ("data", "logs", "secrets"):
        shutil.rmtree(folder / name, ignore_errors=True)
    state.forget(folder)
    print("本机数据已清空 local data deleted")
    return 0


def run(given: argparse.Namespace, folder: Path) -> int:
    found = state.load(folder)
    if found is None or found.phase != state.READY:
        raise not_running()
    words = given.words[1:] if given.words[:1] == ["--"] else given.words
    sys.stdout.flush()
    os.execvpe(words[0], words, os.environ | found.environment)  # noqa: S606


def _plan(given: argparse.Namespace) -> Plan:
    plan: Plan = importlib.import_module(given.plan).PLAN
    return plan.only(frozenset(given.only.split(","))) if given.only else plan


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
