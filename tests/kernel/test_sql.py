"""Statements of one shape are compiled once; their values are always those of the statement at hand."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import bindparam, select, text
from sqlalchemy.sql.elements import ClauseElement

from shared.kernel.sql import DIALECT, Prepared, among, render
from shared.kernel.tables import event
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM
from tests.kernel.conftest import Bench

NAMES = st.lists(st.text(max_size=5), max_size=4)


def _facts(names: list[str], about: UUID | None, limit: int) -> ClauseElement:
    """Lists that may be empty, a null, a limit: what changes between two statements of one use case."""
    return (
        select(event.c.id)
        .where(event.c.name.in_(names), event.c.aggregate_id == about)
        .order_by(event.c.id)
        .limit(limit)
    )


def _compiled_anew(statement: ClauseElement) -> tuple[str, list[object]]:
    compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    return str(compiled), [compiled.params[name] for name in compiled.positiontup or ()]  # type: ignore[attr-defined]


@given(st.lists(st.tuples(NAMES, st.none() | st.uuids(), st.integers(1, 500)), max_size=6))
def test_a_kept_statement_carries_the_values_of_the_one_at_hand(
    rounds: list[tuple[list[str], UUID | None, int]],
) -> None:
    for names, about, limit in rounds:
        statement = _facts(names, about, limit)
        assert render(statement) == _compiled_anew(statement)


def test_written_out_statements_take_new_values_too() -> None:
    fence = text("UPDATE t SET n = CAST(:new AS int) WHERE n = CAST(:old AS int)")
    first = render(fence.bindparams(new=2, old=1))
    second = render(fence.bindparams(new=3, old=2))
    assert first[1] == [2, 1]
    assert second == (first[0], [3, 2])


OF_A_TOPIC = Prepared(
    select(event.c.id)
    .where(event.c.topic == bindparam("topic"), event.c.name != "kernel.none")
    .where(among(event.c.aggregate_id, "ids"))
    .limit(7)
)


def test_a_prepared_statement_has_its_constants_in_the_text_and_takes_the_rest_by_name() -> None:
    written, args = render(OF_A_TOPIC, {"ids": [], "topic": "a"})
    assert "'kernel.none'" in written
    assert "LIMIT 7" in written
    assert args == ["a", []]
    assert render(OF_A_TOPIC, {"topic": "b", "ids": [None]}) == (written, ["b", [None]])


def test_a_prepared_statement_does_not_run_without_one_of_its_values() -> None:
    with pytest.raises(KeyError, match="topic"):
        render(OF_A_TOPIC, {"ids": []})


async def test_a_prepared_statement_is_planned_once_for_lists_of_any_length(bench: Bench) -> None:
    async with bench.db.transaction(actor=SYSTEM) as tx:
        for length in range(12):
            await tx.all(OF_A_TOPIC, topic="a", ids=[new_id() for _ in range(length)])
        (plans,) = await tx.all(
            text(
                "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
                " WHERE statement LIKE '%kernel.none%' AND statement NOT LIKE '%pg_prepared%'"
            )
        )
    assert dict(plans) == {"generic_plans": 7, "custom_plans": 5}
