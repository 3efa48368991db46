"""Starting one of our own programs, and asking it whether it works."""

import http.client
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local import failures, process
from deploy.local.paths import ROOT
from deploy.local.plan import Plan, Program
from deploy.local.ports import HOST
from deploy.local.process import Running

READY_PATH = "/health/ready"
PROBE_TIMEOUT_S = 2.0
STOP_PATIENCE_S = 25.0  # a service drains its batches first


def require(plan: Plan) -> None:
    """Every program is there before anything is started."""
    modules = {one.name: one.module for one in (*plan.services, *plan.simulators)}
    modules |= {
        name: module for name, module in (("topics", plan.topics), ("seed", plan.seed)) if module
    }
    for name, module in modules.items():
        if not exists(module):
            raise failures.module_missing(name, module)


def exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def begin(program: Program, port: int, env: Mapping[str, str], log: Path) -> Running:
    """Start it without waiting."""
    since = process.size_of(log)
    started = launch(program.module, *program.arguments, env=env, log=log)
    return Running(
        name=program.name,
        folder=ROOT,
        url=f"http://{HOST}:{port}",
        process=started,
        log=log,
        log_since=since,
        patience_s=STOP_PATIENCE_S,
    )


def command(shown: str, words: Sequence[str], env: Mapping[str, str], log: Path) -> Running:
    """Start something that ends by itself (a migration, the seed): a module and its arguments."""
    since = process.size_of(log)
    started = launch(*words, env=env, log=log)
    return Running(name=shown, folder=ROOT, url="", process=started, log=log, log_since=since)


def launch(module: str, *arguments: str, env: Mapping[str, str], log: Path) -> process.Process:
    words = process.tied_to_launcher([sys.executable, "-m", module, *arguments])
    return process.spawn(words, log, env=env, cwd=ROOT)


def is_ready(url: str) -> bool:
    address = url.removeprefix("http://").partition("/")[0]
    line = http.client.HTTPConnection(address, timeout=PROBE_TIMEOUT_S)
    try:
        line.request("GET", READY_PATH)
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
