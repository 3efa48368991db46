"""`make verify`: one look across all stores of a running system; the first violation of each kind is named.

For the people who run the system, and the last step of every fault test. What is still on its way is waited for
(`--settle` seconds); what is parked counts as accounted for and is listed.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from services.intake.subscriptions import SUBSCRIPTIONS as INTAKE
from services.mediation.subscriptions import SUBSCRIPTIONS as MEDIATION
from services.notify.subscriptions import SUBSCRIPTIONS as NOTIFY
from services.welfare.queries.ledger import check_ledger
from services.welfare.subscriptions import SUBSCRIPTIONS as WELFARE
from services.workbench.subscriptions import SUBSCRIPTIONS as WORKBENCH
from services.workbench.usecases.rebuild import rebuild_and_diff
from shared.contracts.topics import BY_NAME
from shared.kernel import audit
from shared.kernel.consumer import Subscriptions
from shared.kernel.storage import Pool

SERVICES: dict[str, Subscriptions] = {
    "intake": INTAKE,
    "mediation": MEDIATION,
    "welfare": WELFARE,
    "notify": NOTIFY,
    "workbench": WORKBENCH,
}
SETTLE_S = 30.0
SHOWN_MAX = 5

_TOLD = (
    "SELECT aggregate_id, max(aggregate_version) AS v FROM kernel.event WHERE topic = $1 GROUP BY 1"
)
_SEEN = "SELECT aggregate_id, version, applied FROM kernel.watermark"
_PARKED = """
SELECT aggregate_id, count(*) FILTER (WHERE state IN ('head', 'behind', 'dead')) AS waiting,
       count(*) FILTER (WHERE state = 'skipped') AS skipped, min(code) AS code
FROM kernel.parked GROUP BY 1
"""
_UNSENT = (
    "SELECT count(*) AS n, count(*) FILTER (WHERE poison IS NOT NULL) AS bad FROM kernel.outbox"
)
_LATE = "SELECT count(*) FROM kernel.timer WHERE state = 'failed'"
_UNOWNED_CASES = """
SELECT c.id FROM hotline_case c WHERE c.state NOT IN ('closed', 'archived', 'answered', 'rejected', 'merged')
AND NOT EXISTS (SELECT 1 FROM kernel.timer t WHERE t.owner = c.id AND t.state = 'pending')
AND NOT EXISTS (SELECT 1 FROM case_part p WHERE p.case_id = c.id AND p.closed_at IS NULL)
"""
_OPEN_PARTS = """
SELECT p.id FROM case_part p JOIN hotline_case c ON c.id = p.case_id
WHERE c.state IN ('closed', 'archived') AND p.closed_at IS NULL
"""
_UNOWNED_DISPUTES = """
SELECT d.id FROM dispute d WHERE d.status <> 'archived' AND jsonb_array_length(d.mediator_ids) = 0
AND NOT EXISTS (SELECT 1 FROM kernel.timer t WHERE t.owner = d.id AND t.state = 'pending')
"""


@dataclass
class Verdict:
    """What was found: violations, and remarks that are none."""

    broken: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def rows(self, what: str, found: list[Any]) -> None:
        """A violation when there are rows; the first few ids are shown."""
        if found:
            ids = ", ".join(str(row[0]) for row in found[:SHOWN_MAX])
            self.broken.append(f"{what}: {len(found)} ({ids})")


class Databases:
    """One pool per service."""

    def __init__(self, pools: dict[str, Pool]) -> None:
        self.pools = pools

    async def rows(self, service: str, sql: str, *args: Any) -> list[Any]:
        """Rows of one statement in one service's database."""
        return await self.pools[service].fetch(sql, *args)


def main() -> int:
    """Exit code 1 at the first violation that stays."""
    parser = argparse.ArgumentParser(prog="deploy.verify")
    parser.add_argument(
        "--settle", type=float, default=SETTLE_S, help="seconds to wait for facts on their way"
    )
    verdict = asyncio.run(check(parser.parse_args().settle))
    for line in verdict.remarks:
        print(f"note  {line}")
    for line in verdict.broken:
        print(f"BROKEN {line}")
    print("verify: " + ("broken" if verdict.broken else "everything holds"))
    return 1 if verdict.broken else 0


async def check(settle_s: float) -> Verdict:
    """All checks, again and again until they hold or the time is over."""
    until = asyncio.get_running_loop().time() + settle_s
    pools = {name: await Pool.open(_url(name), name="verify", size=2) for name in SERVICES}
    try:
        while True:
            verdict = Verdict()
            for one in CHECKS:
                await one(Databases(pools), verdict)
            if not verdict.broken or asyncio.get_running_loop().time() > until:
                return verdict
            await asyncio.sleep(1.0)
    finally:
        for pool in pools.values():
            await pool.close()


async def deliveries(dbs: Databases, verdict: Verdict) -> None:
    """Every fact of every event table took effect once in each subscriber, or is parked with a reason."""
    for name, subscriptions in SERVICES.items():
        seen = {row["aggregate_id"]: row for row in await dbs.rows(name, _SEEN)}
        parked = {row["aggregate_id"]: row for row in await dbs.rows(name, _PARKED)}
        for topic in sorted({event.topic for event in subscriptions}):
            told = await dbs.rows(BY_NAME[topic].owner, _TOLD, topic)
            lost, twice = [], []
            for row in told:
                mark, wait = seen.get(row["aggregate_id"]), parked.get(row["aggregate_id"])
                version = mark["version"] if mark else 0
                waiting = wait["waiting"] if wait else 0
                if version != row["v"] and not waiting:
                    lost.append((row["aggregate_id"],))
                skipped = wait["skipped"] if wait else 0
                if mark and not BY_NAME[topic].compacted and mark["applied"] + skipped != version:
                    twice.append((row["aggregate_id"],))
            verdict.rows(f"{name} has not applied all of {topic}", lost)
            verdict.rows(f"{name} did not apply each fact of {topic} once", twice)
        waiting_now = sum(row["waiting"] for row in parked.values())
        if waiting_now:
            codes = sorted({row["code"] for row in parked.values() if row["waiting"]})
            verdict.remarks.append(f"{name}: {waiting_now} facts parked ({', '.join(codes)})")


async def outboxes(dbs: Databases, verdict: Verdict) -> None:
    """Nothing waits to be sent, no timer gave up."""
    for name in SERVICES:
        unsent = (await dbs.rows(name, _UNSENT))[0]
        if unsent["n"]:
            verdict.broken.append(
                f"{name} has {unsent['n']} unsent facts, {unsent['bad']} poisoned"
            )
        failed = (await dbs.rows(name, _LATE))[0][0]
        if failed:
            verdict.broken.append(f"{name} has {failed} timers that gave up")


async def audits(dbs: Databases, verdict: Verdict) -> None:
    """Every link of every chain holds."""
    for name in SERVICES:
        state = await audit.verify(dbs.pools[name])
        if not state.ok:
            verdict.broken.append(f"{name} audit: {state.why} at {state.bad_chain} {state.bad_seq}")


async def read_model(_dbs: Databases, verdict: Verdict) -> None:
    """The read model is what its facts add up to."""
    for one in await rebuild_and_diff(_url("workbench")):
        verdict.broken.append(f"read model {one.table} {one.key}: {', '.join(one.columns)}")


async def money(dbs: Databases, verdict: Verdict) -> None:
    """The ledger sums to zero and keeps its promises."""
    broken = await check_ledger(dbs.pools["welfare"])
    verdict.broken += [f"ledger: {name}" for name in broken]


async def owners(dbs: Databases, verdict: Verdict) -> None:
    """No case waits without an owner or a timer; a closed case has no open part."""
    verdict.rows("cases wait for nobody", await dbs.rows("intake", _UNOWNED_CASES))
    verdict.rows("closed cases have open parts", await dbs.rows("intake", _OPEN_PARTS))
    verdict.rows("disputes wait for nobody", await dbs.rows("mediation", _UNOWNED_DISPUTES))


CHECKS: tuple[Callable[[Databases, Verdict], Awaitable[None]], ...] = (
    deliveries,
    outboxes,
    audits,
    read_model,
    money,
    owners,
)


def _url(service: str) -> str:
    try:
        return os.environ[f"DATABASE_URL_{service.upper()}"]
    except KeyError:
        sys.exit(
            f"DATABASE_URL_{service.upper()} is not set: run it as `make verify` while the system runs"
        )


if __name__ == "__main__":
    sys.exit(main())
