"""The servers that tests get: shared by the session, isolated by database."""

import asyncpg
import pytest

from deploy.local import broker as kafka
from deploy.local import sql, valkey
from shared.testing import containers
from shared.testing.postgres import create_database, drop_database, unique_name


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_every_test_of_a_session_gets_the_same_server(postgres_server: str, turn: int) -> None:
    assert sql.value(postgres_server, "SHOW server_encoding") == "UTF8"


def test_a_database_made_from_a_template_has_its_rows(postgres_server: str) -> None:
    template, copy = unique_name("template"), unique_name("copy")
    sql.execute(create_database(postgres_server, template), ["CREATE TABLE t AS SELECT 7 AS seven"])

    url = create_database(postgres_server, copy, template)

    assert sql.value(url, "SELECT seven FROM t") == 7
    drop_database(postgres_server, copy)
    drop_database(postgres_server, template)
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        sql.value(url, "SELECT 1")


async def test_databases_can_be_made_while_an_event_loop_runs(postgres_server: str) -> None:
    name = unique_name("inside")
    connection = await asyncpg.connect(create_database(postgres_server, name))
    assert await connection.fetchval("SELECT current_database()") == name
    await connection.close()


def test_the_broker_serves_groups_from_the_first_moment(kafka_bootstrap: str) -> None:
    assert kafka.is_answering(kafka_bootstrap)


def test_valkey_answers(valkey_url: str) -> None:
    assert valkey.is_answering(int(valkey_url.rpartition(":")[2].partition("/")[0]))


def test_a_name_that_would_need_quoting_is_refused(postgres_server: str) -> None:
    with pytest.raises(ValueError, match="not a database or role name"):
        create_database(postgres_server, 'x"; DROP DATABASE postgres; --')


def test_an_engine_that_does_not_answer_means_no_container(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    assert not containers.has_image(containers.POSTGRES_IMAGE)
