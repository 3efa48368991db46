"""Anchors outside the database show what a chain alone cannot: a cut end, a chain written anew."""

from datetime import timedelta
from pathlib import Path

import pytest

from shared.kernel import audit
from shared.kernel.anchor import drop_anchor, first_broken
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import SYSTEM
from tests.kernel.conftest import Bench


async def entries(bench: Bench, count: int) -> None:
    """Links that are old enough to be anchored."""
    for _ in range(count):
        async with bench.db.transaction(actor=SYSTEM) as tx:
            tx.now -= timedelta(minutes=5)
            tx.audit("look", "thing", new_id())


async def test_nothing_new_drops_no_anchor(bench: Bench, tmp_path: Path) -> None:
    assert await drop_anchor(bench.db.pool, tmp_path, "bench") is None
    await entries(bench, 2)
    anchor = await drop_anchor(bench.db.pool, tmp_path, "bench")
    assert anchor is not None
    assert anchor.links == 2
    assert await drop_anchor(bench.db.pool, tmp_path, "bench") is None
    assert await first_broken(bench.db.pool, tmp_path, "bench") is None


@pytest.mark.parametrize("removed", ["newest", "a whole chain"])
async def test_a_cut_that_the_chain_itself_cannot_show_breaks_the_anchor(
    bench: Bench, tmp_path: Path, removed: str
) -> None:
    await entries(bench, 3)
    await drop_anchor(bench.db.pool, tmp_path, "bench")
    order = "DESC" if removed == "newest" else "ASC"
    await bench.rows(
        f"DELETE FROM kernel.audit WHERE chain = (SELECT chain FROM kernel.audit ORDER BY at {order} LIMIT 1)"
    )
    assert (await audit.verify(bench.db.pool)).ok
    broken = await first_broken(bench.db.pool, tmp_path, "bench")
    assert broken is not None
    assert broken.links == 3
