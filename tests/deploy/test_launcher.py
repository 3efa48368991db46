"""The launcher with real parts and a small fake system: start, trouble, stop, nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from deploy.local import sql, state
from deploy.local.process import is_alive

pytestmark = pytest.mark.timeout(180)  # whole systems are started; a busy machine takes its time

MARK = "LAUNCHER_TEST_FOLDER"  # inherited by every process of the system under test
PATIENCE_S = 60.0


class Launcher:
    """The command line, on a folder of its own."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder = folder
        self.env = os.environ | env | {MARK: str(folder)}

    def words(self, *words: str) -> list[str]:
        options = ["--state", str(self.folder), "--plan", "tests.deploy.fake_plan"]
        return [sys.executable, "-m", "deploy.local", *options, *words]

    def __call__(self, *words: str, **env: str) -> tuple[int, str]:
        """(exit status, everything it said)"""
        done = subprocess.run(
            self.words(*words),
            env=self.env | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def now(self) -> state.State:
        found = state.load(self.folder)
        assert found is not None
        return found

    def part(self, name: str) -> state.Part:
        return next(part for part in self.now().parts if part.name == name)

    def processes(self) -> list[str]:
        """Whatever still runs and belongs to this system."""
        return [shown for process in Path("/proc").glob("[0-9]*") if (shown := self._ours(process))]

    def _ours(self, process: Path) -> str:
        try:
            command = (process / "cmdline").read_bytes()
            places = (
                command + (process / "environ").read_bytes() + bytes((process / "cwd").resolve())
            )
        except OSError:
            return ""
        ours = bytes(self.folder) in places and is_alive(int(process.name))
        return command.replace(b"\0", b" ").decode() if ours else ""


def wait_for(what: str, is_so: object) -> None:
    assert callable(is_so)
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.05)


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[Launcher]:
    one = Launcher(tmp_path, {})
    yield one
    one("down")
    assert one.processes() == []


@pytest.fixture
def light(tmp_path: Path, kafka_bootstrap: str, valkey_url: str) -> Iterator[Launcher]:
    """With Kafka and Valkey replaced by URL: quicker, and shows that they can be."""
    one = Launcher(tmp_path, {"KAFKA_BOOTSTRAP": kafka_bootstrap, "REDIS_URL": valkey_url})
    yield one
    one("down")
    assert one.processes() == []


def test_a_system_is_started_used_stopped_and_started_again(launcher: Launcher) -> None:
    status, said = launcher("up")
    assert status == 0, said
    for name in ("PostgreSQL", "Kafka", "Valkey", "alpha", "beta", "gamma"):
        assert f"{name} 就绪 ready" in said
    assert "secret-of-the-demo" in said
    assert launcher("status")[0] == 0

    status, said = launcher("demo")
    assert (status, f"process {launcher.now().pid}" in said) == (1, True), said
    assert launcher("up")[0] == 0, "up is idempotent"
    status, said = launcher(
        "run", "--", "sh", "-c", "echo $BETA_URL $KAFKA_BOOTSTRAP $DATABASE_URL_ALPHA"
    )
    assert said.startswith(f"{launcher.now().address} 127.0.0.1:"), said

    assert launcher("down")[0] == 0
    assert launcher.processes() == []
    assert launcher("status")[0] == 3
    assert launcher("run", "true")[0] == 1

    assert launcher("up")[0] == 0
    alpha = launcher.now().environment["DATABASE_URL_ALPHA"]
    assert sql.value(alpha, "SELECT count(*) FROM started") == 2, "the data was kept"
    assert (launcher.folder / "secrets" / "seed-runs").read_text() == "x", (
        "demo data is entered once"
    )


def test_a_killed_launcher_takes_everything_along_and_leaves_no_stale_lock(
    launcher: Launcher,
) -> None:
    assert launcher("up")[0] == 0
    os.kill(launcher.now().pid, signal.SIGKILL)
    assert launcher("status")[0] == 3
    status, said = launcher("up")  # at once: it waits for the parts that are still ending
    assert status == 0, said
    assert launcher("status")[0] == 0


@pytest.mark.parametrize("after_s", [0.2, 0.9, 1.8, 2.8])
def test_ctrl_c_at_any_moment_leaves_nothing_behind(launcher: Launcher, after_s: float) -> None:
    with subprocess.Popen(launcher.words("demo"), env=launcher.env, stdout=subprocess.PIPE) as demo:
        time.sleep(after_s)
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=PATIENCE_S)
    assert demo.returncode in (0, 130, -signal.SIGINT)
    wait_for("all processes to end", lambda: launcher.processes() == [])


def test_ctrl_c_during_up_stops_what_it_had_begun(light: Launcher) -> None:
    with subprocess.Popen(light.words("up"), env=light.env, stdout=subprocess.PIPE) as up:
        wait_for("the launcher", lambda: state.launcher_pid(light.folder))
        up.send_signal(signal.SIGINT)
        up.communicate(timeout=PATIENCE_S)
    assert up.returncode == 130
    assert light.processes() == []


def test_every_process_sees_its_own_secrets_only(light: Launcher) -> None:
    assert light("up")[0] == 0
    seen = {
        name: Path(f"/proc/{light.part(name).pid}/environ").read_text()
        for name in ("alpha", "beta", "gamma")
    }
    secrets = (
        "DATABASE_URL_ALPHA=",
        "DATABASE_URL_BETA=",
        "FIELD_KEYS=",
        "TOKEN_PRIVATE_KEY=",
        "SMS_KEY=",
    )
    assert {name: [one for one in secrets if one in text] for name, text in seen.items()} == {
        "alpha": ["DATABASE_URL_ALPHA=", "FIELD_KEYS="],
        "beta": ["DATABASE_URL_BETA=", "TOKEN_PRIVATE_KEY="],
        "gamma": ["SMS_KEY="],
    }
    kept = [*(light.folder / "secrets").glob("*_KEY*"), light.folder / "stack.json"]
    assert {oct(file.stat().st_mode & 0o777) for file in kept} == {"0o600"}


def test_a_service_that_dies_is_named_and_started_again(light: Launcher) -> None:
    assert light("up")[0] == 0
    before = light.part("alpha").pid
    os.kill(before, signal.SIGKILL)
    wait_for("a new alpha", lambda: light.part("alpha").pid != before)
    wait_for("its readiness", lambda: light("status")[0] == 0)
    log = (light.folder / "logs" / "launcher.log").read_text()
    assert "alpha: the process ended (status -9)" in log
    assert light.part("alpha").restarts == 1


def test_a_service_that_cannot_start_is_named_with_its_log_and_all_is_stopped(
    light: Launcher,
) -> None:
    status, said = light("up", FAKE_FAILS="beta")
    assert status == 1
    assert "beta: the process ended (status 1)" in said
    assert "beta cannot read its settings" in said
    assert light.processes() == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KAFKA_BOOTSTRAP", "127.0.0.1:1"),
        ("DATABASE_URL_ALPHA", "postgresql://nobody@127.0.0.1:1/x"),
        ("REDIS_URL", "redis://127.0.0.1:1/0"),
    ],
)
def test_a_replaced_part_that_does_not_answer_is_named(
    light: Launcher, variable: str, value: str
) -> None:
    status, said = light("up", **{variable: value})
    assert status == 1
    assert "cannot reach" in said
    assert "environment" in said


def test_logs_and_reset_ask_nothing(light: Launcher) -> None:
    assert light("up")[0] == 0
    assert "database system is ready" in light("logs", "postgres")[1]
    status, said = light("logs", "nothing")
    assert (status, "There are: alpha, beta" in said) == (1, True)
    assert light("reset")[0] == 0
    assert not (light.folder / "data").exists()
    assert not (light.folder / "secrets").exists()
