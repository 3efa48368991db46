"""The repository checks itself: the rooms are identical, files stay short, nothing is left lying about."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = ("intake", "mediation", "welfare", "notify", "workbench")
TOP_LEVEL = {
    "README.md",
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
    "services",
    "shared",
    "deploy",
    "tests",
}
ROOMS = {
    "README.md",
    "pyproject.toml",
    "main.py",
    "settings.py",
    "api.py",
    "subscriptions.py",
    "schedule.py",
    "usecases",
    "domain",
    "migrations",
}
EITHER = ({"queries", "queries.py"}, {"store", "store.py"}, {"tables", "tables.py"})
OPTIONAL = {"gateways", "processes", "web", "templates"}
README_HEADINGS = ["## Owns", "## Publishes", "## Listens", "## Refuses"]
KERNEL_LINES_MAX = 300
FILE_LINES_MAX = 400
HOSTS = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|repo\.maven|repo1\.maven|deb\.debian")
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SECRETS = re.compile(r"-----BEGIN (?:RSA |EC )?PRIVATE KEY-----\n[A-Za-z0-9+/]")


def tracked() -> list[Path]:
    """Every file that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


FILES = tracked()
PYTHON = [path for path in FILES if path.suffix == ".py"]
TEXTS = [path for path in FILES if path.suffix not in {".png", ".ico", ".woff2", ".docx", ".lock"}]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_top_level_holds_just_what_it_should() -> None:
    found = {name(path).split("/")[0] for path in FILES}
    assert {one for one in found if not one.startswith(".")} == TOP_LEVEL


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_same_rooms(service: str) -> None:
    folder = ROOT / "services" / service
    found = {name(path).split("/")[2] for path in FILES if path.is_relative_to(folder)}
    assert found >= ROOMS
    for pair in EITHER:
        assert len(pair & found) == 1
    assert found <= ROOMS | OPTIONAL | set().union(*EITHER)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_says_what_it_owns_publishes_hears_and_refuses(service: str) -> None:
    lines = (ROOT / "services" / service / "README.md").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("## ")] == README_HEADINGS


@pytest.mark.parametrize("service", SERVICES)
def test_every_use_case_has_its_test_file(service: str) -> None:
    folder = ROOT / "services" / service / "usecases"
    missing = [
        path.stem
        for path in sorted(folder.glob("*.py"))
        if not (ROOT / "tests" / service / "usecases" / f"test_{path.stem}.py").exists()
    ]
    assert missing == []


def test_files_stay_short() -> None:
    too_long = {
        name(path): lines
        for path in PYTHON
        if (lines := len(path.read_text("utf-8").splitlines()))
        > (KERNEL_LINES_MAX if "shared/kernel" in name(path) else FILE_LINES_MAX)
    }
    assert too_long == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(path)
        for path in PYTHON
        if path.read_text("utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("pattern", "apart_from"),
    [
        (HOSTS, {"tests/architecture/test_house.py"}),
        (LEFTOVERS, {"tests/architecture/test_house.py", "pyproject.toml"}),
        (SECRETS, set()),
    ],
    ids=["addresses of package registries", "leftovers", "private keys"],
)
def test_nothing_is_left_lying_about(pattern: re.Pattern[str], apart_from: set[str]) -> None:
    found = [
        name(path)
        for path in TEXTS
        if name(path) not in apart_from
        and "package-lock" not in name(path)
        and pattern.search(path.read_text("utf-8", errors="ignore"))
    ]
    assert found == []


def test_no_file_is_empty_or_a_package_marker() -> None:
    assert [name(path) for path in PYTHON if path.name == "__init__.py"] == []
    assert [name(path) for path in PYTHON if not path.read_text("utf-8").strip()] == []


def test_blanket_excepts_stand_only_where_background_work_is_supervised() -> None:
    allowed = {
        "shared/kernel/consumer.py",
        "shared/kernel/parked_retry.py",
        "shared/kernel/timers.py",
        "shared/kernel/supervisor.py",
        "shared/kernel/health.py",
        "shared/kernel/tracing.py",
        "shared/kernel/connections.py",
        "shared/kernel/entrance.py",
        "shared/kernel/together.py",
    }
    found = {
        name(path)
        for path in PYTHON
        if not name(path).startswith(("tests/", "deploy/"))
        and re.search(r"except (Exception|BaseException)\b", path.read_text("utf-8"))
    }
    assert found <= allowed
