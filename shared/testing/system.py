"""The whole system for tests, started once per session by the launcher itself: real servers, five services, demo data."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UP_S = 300
DOWN_S = 90


@dataclass(frozen=True)
class RunningSystem:
    """Where everything is: the launcher's folder, and every address and key."""

    folder: Path
    env: dict[str, str]

    @property
    def url(self) -> str:
        """The address people open."""
        return self.env["WORKBENCH_URL"]

    def launcher(self, *words: str, timeout_s: float = UP_S) -> subprocess.CompletedProcess[str]:
        """One command of the launcher."""
        return launcher(self.folder, *words, timeout_s=timeout_s)

    def run(self, *words: str, timeout_s: float = UP_S) -> subprocess.CompletedProcess[str]:
        """A tool with every address and key: `run("deploy.verify")`."""
        return launcher(self.folder, "run", "--", sys.executable, "-m", *words, timeout_s=timeout_s)

    def pid(self, part: str) -> int:
        """The process of a part or service as it runs now."""
        parts = json.loads((self.folder / "stack.json").read_text())["parts"]
        return next(int(one["pid"]) for one in parts if one["name"] == part)

    def launcher_pid(self) -> int:
        """The launcher itself, which restarts what dies."""
        return int(json.loads((self.folder / "stack.json").read_text())["pid"])

    def verify(self, settle_s: float = 60) -> None:
        """Everything holds across all stores."""
        checked = self.run("deploy.verify", "--settle", str(settle_s))
        assert checked.returncode == 0, checked.stdout + checked.stderr


def launcher(
    folder: Path, *words: str, timeout_s: float = UP_S, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`python -m deploy.local --state FOLDER WORDS`."""
    return subprocess.run(
        [sys.executable, "-m", "deploy.local", "--state", str(folder), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
        env=os.environ | {"NUANLIU_PROFILE": "demo"} | dict(env or {}),
    )


def start(folder: Path, **env: str) -> RunningSystem:
    """Bring a system up in that folder, `env` for every process; its words are the failure's text."""
    up = launcher(folder, "up", env=env)
    assert up.returncode == 0, up.stdout[-4000:] + up.stderr[-4000:]
    told = launcher(folder, "run", "--", sys.executable, "-c", _TELL)
    return RunningSystem(folder, json.loads(told.stdout))


_TELL = "import json, os; print(json.dumps(dict(os.environ)))"


def first_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder for the one system of that name; refused to a second worker: its tests would belong to the first one's lane."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        (factory.getbasetemp().parent / f"{name}-is-here").touch(exist_ok=False)
    return factory.mktemp(name)


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSystem]:
    """The system with its demo data; tests that use it share a lane (`shared.testing.lanes`)."""
    folder = first_folder(tmp_path_factory, "system")
    try:
        yield start(folder)
    finally:
        launcher(folder, "down", timeout_s=DOWN_S)
