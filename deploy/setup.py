"""Everything a fresh clone needs, fetched once: `python3 -m deploy.setup [--tools|--tests]`.

Runs on the machine's own Python with the standard library only. Each step has a stamp made of what
goes into it, so that a second run costs nothing.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from deploy.local import kafka_jars
from deploy.local.failures import PartFailed, missing_program
from deploy.local.paths import KAFKA_JARS, ROOT, STATE
from deploy.local.process import run

PYTHON_MIN = (3, 11)
NODE_MIN = (20, 19)
UV = "uv==0.13.9"
STAMPS = STATE / "setup"
VENV = ROOT / ".venv"
WEB = ROOT / "services" / "workbench" / "web"
WEB_MADE = ("node_modules", "dist")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_began = time.monotonic()


def main(arguments: Sequence[str]) -> int:
    os.chdir(ROOT)
    STAMPS.mkdir(parents=True, exist_ok=True)
    try:
        _require_python()
        with (STAMPS / "lock").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            step(
                "python",
                "Python 软件包 packages",
                [ROOT / "requirements.lock"],
                python_packages,
                VENV,
            )
            _npm_step()
            if "--tools" in arguments:  # what `make check` needs: nothing is built or started
                return 0
            step("web", "界面 web UI", _web_sources(), lambda: _npm("run", "build"), WEB / "dist")
            if "KAFKA_BOOTSTRAP" not in os.environ:
                kafka_jars.find_java()
                step("kafka", "Kafka", [kafka_jars.RECIPE], kafka_jars.jars, KAFKA_JARS)
            if "--tests" in arguments:
                browser()
    except PartFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def step(
    name: str, shown: str, inputs: Iterable[Path], work: Callable[[], object], result: Path
) -> None:
    """Do the work unless it was done with the same inputs and its result is still there."""
    stamp, wanted = STAMPS / name, _fingerprint(inputs)
    if result.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    print(f"[{time.monotonic() - _began:5.1f} s] {shown} …", flush=True)
    work()
    stamp.write_text(wanted)
    print(f"[{time.monotonic() - _began:5.1f} s] {shown} ✓", flush=True)


def python_packages() -> None:
    """The virtual environment with exactly the locked packages, each checked against its hash."""
    python, log = VENV / "bin" / "python", STAMPS / "python.log"
    uv = shutil.which("uv")
    if not python.exists():
        if uv:
            run("Python", [uv, "venv", "--quiet", "--python", sys.executable, VENV], log)
        elif subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode != 0:
            shutil.rmtree(VENV, ignore_errors=True)
            raise missing_program("Python", "the module venv", "apt-get install python3-venv")
    if not uv:
        uv = str(VENV / "bin" / "uv")
        run("Python", [python, "-m", "pip", "install", "--quiet", UV], log)
    run(
        "Python",
        [uv, "pip", "sync", "--python", python, "--require-hashes", "requirements.lock"],
        log,
    )


def _npm_step() -> None:
    _require_node()
    packages = [WEB / "package.json", WEB / "package-lock.json"]
    step("npm", "界面软件包 web packages", packages, _npm_packages, WEB / "node_modules")


def _web_sources() -> list[Path]:
    return [path for path in sorted(WEB.rglob("*")) if _is_source(path)]


def _npm_packages() -> None:
    _npm("ci", "--no-audit", "--no-fund")


def _npm(*words: str) -> None:
    run("web UI", ["npm", "--prefix", str(WEB), *words], STAMPS / "npm.log")


def _is_source(path: Path) -> bool:
    return path.is_file() and path.relative_to(WEB).parts[0] not in WEB_MADE


def browser() -> None:
    """A Chromium for the UI tests: the machine's own, else Playwright's."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    install = [str(VENV / "bin" / "playwright"), "install", "chromium"]
    try:
        step("browser", "Chromium", [ROOT / "requirements.lock"],
             lambda: run("Chromium", install, STAMPS / "browser.log"), VENV)  # fmt: skip
    except PartFailed as failure:
        print(failure, file=sys.stderr)
        raise missing_program(
            "UI tests", "Chromium", "apt-get install chromium fonts-noto-cjk"
        ) from None


def _require_python() -> None:
    if sys.version_info < PYTHON_MIN:
        found = ".".join(str(number) for number in sys.version_info[:2])
        what = f"Python 3.11+ (found: {found})"
        raise missing_program("Python", what, "apt-get install python3 python3-venv")


def _require_node() -> None:
    install = "apt-get install nodejs npm"
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise missing_program("web UI", "Node.js 20.19+ with npm", install)
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    numbers = tuple(int(number) for number in re.findall(r"\d+", told)[:2])
    if numbers < NODE_MIN:
        raise missing_program("web UI", f"Node.js 20.19+ (found: {told.strip()})", install)


def _fingerprint(inputs: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
