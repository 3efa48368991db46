"""One scenario at all its points: databases cloned from the prepared one, lives ended there, what is left compared."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from shared.testing.postgres import create_database, drop_database, unique_name
from tests.crash.harness import Life, Scenario
from tests.crash.nursery import SIGKILLED, Nursery, why
from tests.crash.outcome import Outcome, differences

AT_ONCE = 3
"""Points of one scenario that are killed at the same time, each in a database of its own."""


@dataclass(frozen=True)
class Bed:
    """Where lives are lived: the server, the prepared database, a folder."""

    admin: str
    prepared: str
    folder: Path

    @contextmanager
    def copies(self, base: Life, names: Sequence[str]) -> Iterator[list[Life]]:
        """The same life on databases and in folders of its own, gone afterwards."""
        databases = [unique_name("crash") for _ in names]
        try:
            yield [
                replace(
                    base,
                    url=create_database(self.admin, database, self.prepared),
                    folder=self.folder / name.replace(":", "-"),
                )
                for name, database in zip(names, databases, strict=True)
            ]
        finally:
            for name, database in zip(names, databases, strict=True):
                drop_database(self.admin, database)
                shutil.rmtree(self.folder / name.replace(":", "-"), ignore_errors=True)


def prepare(nursery: Nursery, bed: Bed, scenario: Scenario, url: str) -> Life:
    """The life that acts on what a first one prepared."""
    first = Life("prepare", scenario.place, url, bed.folder / "prepared", {})
    lived(nursery, [first])
    return replace(first, task="act", state=first.told)


def undisturbed(
    nursery: Nursery, bed: Bed, act: Life
) -> tuple[dict[str, list[str]], list[Outcome]]:
    """What was passed (`points`, `doors`), and what two runs leave that nothing happened to but a repetition."""
    with bed.copies(act, ["undisturbed", "again"]) as both:
        # Not at once: they would agree in a time that fell on the same microsecond.
        for one in both:
            lived(nursery, [replace(one, task="record")])
        passed = both[0].told
        lived(nursery, both)
        return passed, [one.told["outcome"] for one in both]


def killed(
    nursery: Nursery, bed: Bed, act: Life, points: Sequence[str]
) -> Iterator[tuple[str, Life]]:
    """Each point, and the life that repeated the act after one had ended there."""
    for begin in range(0, len(points), AT_ONCE):
        some = points[begin : begin + AT_ONCE]
        with bed.copies(act, some) as lives:
            codes = nursery.live(*[replace(one, point=point) for one, point in zip(lives, some, strict=True)])  # fmt: skip
            assert codes == [SIGKILLED] * len(lives), [*zip(some, codes, strict=True)]
            lived(nursery, lives)
            yield from zip(some, lives, strict=True)


def lived(nursery: Nursery, lives: Sequence[Life]) -> None:
    """They must come to their end."""
    for life, code in zip(lives, nursery.live(*lives), strict=True):
        assert code == 0, f"{life.place} in {life.folder.name}: {why(life)}"


def run(nursery: Nursery, scenario: Scenario, admin: str, template: str, folder: Path) -> int:
    """The whole scenario; the number of points. Raises AssertionError at the first that leaves something else."""
    bed = Bed(admin, unique_name("crash"), folder)
    url = create_database(admin, bed.prepared, template)
    try:
        act = prepare(nursery, bed, scenario, url)
        passed, models = undisturbed(nursery, bed, act)
        assert set(scenario.doors) <= set(passed["doors"]), f"went through {passed['doors']} only"
        wrong = differences(models[0], models, frozenset())
        assert wrong == [], f"not killed at all: {wrong}"
        for point, life in killed(nursery, bed, act, passed["points"]):
            wrong = differences(life.told["outcome"], models, scenario.may_differ)
            assert wrong == [], f"killed at {point}: {wrong}"
        return len(passed["points"])
    finally:
        drop_database(admin, bed.prepared)
        shutil.rmtree(folder, ignore_errors=True)
