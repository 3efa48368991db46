"""`make bench`: every figure beside a floor of the same run. Writes .local/reports/bench.json."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.bench import create_case, memory, propagation, rebuild, relay
from deploy.bench.load import run
from deploy.bench.system import System
from deploy.local.paths import ROOT

REPORT = ROOT / ".local" / "reports" / "bench.json"
FOLDER = ROOT / ".local" / "bench"
REPETITIONS = 5

Measure = Callable[[System, int], Any]
PARTS: dict[str, Measure] = {
    "memory": lambda system, _n: memory.measure(system),
    "propagation": propagation.measure,  # before create_case, which leaves facts behind that nobody sent
    "create_case": create_case.measure,
    "rebuild": rebuild.measure,
    "relay": relay.measure,
}
TARGETS = {
    "create_case.ratio": (0.40, "at least"),
    "create_case.half_rate_p99_ms": (60.0, "at most"),
    "propagation.p50_ms": (15.0, "at most"),
    "propagation.p99_ms": (60.0, "at most"),
    "propagation.two_hops_p50_ms": (40.0, "at most"),
    "rebuild.events_per_s": (30_000, "at least"),
    "relay.events_per_s": (15_000, "at least"),
    "memory.max_idle_mb": (120.0, "at most"),
}


def main() -> int:
    """Measure what was asked for; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="deploy.bench")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these")
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    asked = parser.parse_args()
    report: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
    }
    system = System(FOLDER)
    try:
        for name in asked.parts or PARTS:
            print(f"{name} …", flush=True)
            report[name] = run(PARTS[name](system, asked.repetitions))
            print(json.dumps(report[name], indent=1), flush=True)
    finally:
        system.stop()
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(REPORT.read_text()) if REPORT.exists() and asked.parts else {}
    REPORT.write_text(json.dumps(known | report, indent=1) + "\n")
    return judge(report)


def judge(report: dict[str, Any]) -> int:
    """Each target beside what was measured."""
    missed = 0
    for place, (target, sense) in TARGETS.items():
        part, figure = place.split(".")
        if part not in report:
            continue
        seen = report[part][figure]
        met = seen >= target if sense == "at least" else seen <= target
        missed += not met
        print(f"{'ok  ' if met else 'MISS'} {place} = {seen}  ({sense} {target})")
    print(f"report: {Path(REPORT).relative_to(ROOT)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
