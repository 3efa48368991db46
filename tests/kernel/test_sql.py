"""Statements of one shape are compiled once; their values are always those of the statement at hand."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.sql.elements import ClauseElement

from shared.kernel.sql import DIALECT, render
from shared.kernel.tables import event

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
