"""Each part as a real process: it survives a kill -9, and every bad case names the part and the remedy."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local import broker as kafka
from deploy.local import failures, kafka_jars, ports, postgres, process, sql, valkey
from deploy.local.failures import PartFailed
from deploy.local.paths import ROOT

SESSION_MS = 1500


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_postgres_keeps_committed_rows_through_kill_9(tmp_path: Path) -> None:
    first = postgres.start(tmp_path)
    sql.execute(first.url, ["CREATE TABLE t AS SELECT 7 AS seven"])
    first.kill()
    second = postgres.start(tmp_path)
    try:
        assert sql.value(second.url, "SELECT seven FROM t") == 7
        with pytest.raises(PartFailed, match=rf"process {second.pid}.*make down"):
            postgres.start(tmp_path)
    finally:
        second.stop()


def test_a_stale_pid_file_whose_number_lives_on_elsewhere_does_not_stop_postgres(
    tmp_path: Path,
) -> None:
    postgres.start(tmp_path).stop()
    (tmp_path / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path / 'data'}\n")
    postgres.start(tmp_path).stop()


def test_an_interrupted_first_start_of_postgres_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "half").touch()
    postgres.start(tmp_path).stop()


def test_data_of_another_postgres_version_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("17\n")
    (tmp_path / "initialised").touch()
    with pytest.raises(PartFailed, match="holds data of version 17, this is version 18"):
        postgres.start(tmp_path)
    assert (tmp_path / "data" / "PG_VERSION").read_text() == "17\n"


def test_lost_secrets_are_recognised(tmp_path: Path) -> None:
    postgres.start(tmp_path, password="one").stop()
    with pytest.raises(PartFailed, match="made with other passwords"):
        postgres.start(tmp_path, password="two")
    assert process.FolderLock("test", tmp_path).try_take(), "it was left running"


def test_one_service_cannot_connect_to_the_database_of_another(tmp_path: Path) -> None:
    running = postgres.start(tmp_path, password="admin")
    try:
        url = postgres.ensure_service_database(running.url, "alpha", "a")
        postgres.ensure_service_database(running.url, "beta", "b")
        assert sql.value(url, "SELECT current_user") == "alpha"
        with pytest.raises(Exception, match="permission denied for database"):
            sql.value(sql.database_url(url, "beta"), "SELECT 1")
    finally:
        running.stop()


def test_kafka_keeps_its_topics_through_kill_9(tmp_path: Path) -> None:
    first = kafka.start(tmp_path, session_ms=SESSION_MS)
    with pytest.raises(PartFailed, match=rf"process {first.pid}.*make down"):
        kafka.start(tmp_path)
    cluster = (tmp_path / "cluster-id").read_text()
    first.kill()
    second = kafka.start(tmp_path, session_ms=SESSION_MS)
    try:
        assert kafka.is_answering(second.url, cluster.strip())
        assert not kafka.is_answering(second.url, "another-cluster")
    finally:
        second.stop()


def test_kafka_data_without_its_identity_is_not_formatted_over(tmp_path: Path) -> None:
    (tmp_path / "cluster-id").write_text("N123\n")
    with pytest.raises(PartFailed, match=r"Kafka: the data in .* is incomplete"):
        kafka.begin(tmp_path, port=ports.any_free())


def test_valkey_is_back_after_kill_9(tmp_path: Path) -> None:
    valkey.start(tmp_path).kill()
    valkey.start(tmp_path).stop()


@pytest.mark.parametrize("part", [postgres, kafka, valkey], ids=lambda part: part.NAME)
def test_a_taken_port_is_named_with_its_holder(part: object, tmp_path: Path) -> None:
    begin = part.begin  # type: ignore[attr-defined]
    with taken_port() as port, pytest.raises(PartFailed) as refusal:
        begin(tmp_path, port=port)
    assert f"port {port} is taken by process {os.getpid()}" in str(refusal.value)


def test_the_next_free_port_is_chosen_unless_one_is_demanded() -> None:
    with taken_port() as port:
        assert port < ports.choose("x", port) < port + ports.PORTS_TRIED
        with pytest.raises(PartFailed, match=f"port {port} is taken"):
            ports.choose("x", port, demanded=True)


CHOOSES = "from deploy.local import ports; import sys; print(ports.choose('x', int(sys.argv[1])), flush=True); input()"


def test_two_launchers_do_not_choose_the_same_port_before_either_has_bound_it() -> None:
    wanted = ports.any_free()
    words = [sys.executable, "-c", CHOOSES, str(wanted)]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = int(other.stdout.readline())
        assert ports.is_free(theirs)
        assert ports.choose("x", theirs) != theirs
        other.communicate("\n")
    assert ports.choose("x", theirs) == theirs == ports.choose("x", theirs)


def test_missing_java_and_missing_maven_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = shutil.which("java")
    assert java is not None
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(kafka_jars, "KAFKA_JARS", tmp_path / "jars")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PartFailed, match=r"Java 17\+.*openjdk-17"):
        kafka_jars.find_java()
    (tmp_path / "java").symlink_to(java)
    with pytest.raises(PartFailed, match=r"Maven.*apt-get install maven"):
        kafka_jars.jars()


def test_an_old_java_is_named_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "java"
    old.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n")
    old.chmod(0o755)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PartFailed, match=r"found: .* = 8"):
        kafka_jars.find_java()


def test_too_little_room_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(PartFailed, match=r"MB free under .* no data is lost"):
        process.require_disk("Kafka", tmp_path, needed_mb=10**9)


def test_a_part_that_dies_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("what an earlier start wrote\n")
    since = process.size_of(log)
    words = [sys.executable, "-c", "import sys; sys.exit('cannot read its settings')"]
    running = process.Running(
        "mediation", tmp_path, "", process.spawn(words, log), log, log_since=since
    )
    with pytest.raises(PartFailed) as failure:
        running.wait_until(lambda: False, 30)
    text = str(failure.value)
    assert "mediation: the process ended (status 1)" in text
    assert "cannot read its settings" in text
    assert "earlier start" not in text


def test_a_full_disk_is_told_from_other_deaths(tmp_path: Path) -> None:
    log = tmp_path / "kafka.log"
    log.write_text("java.io.IOException: No space left on device\nShutdown broker\n")
    assert "because the disk is full" in str(failures.died("Kafka", 1, log))
    assert "the process ended" in str(failures.died("Kafka", 1, log, since=log.stat().st_size))
