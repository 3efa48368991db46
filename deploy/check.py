"""`make check`: format, lint, types, imports, web. All run side by side; every failure is shown."""

import os
import subprocess
import sys
import time
from pathlib import Path

from deploy.local.paths import ROOT

BIN = Path(sys.executable).parent
WEB = ROOT / "services" / "workbench" / "web"
CHECKS: dict[str, list[str | Path]] = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types": [BIN / "mypy"],
    "imports": [BIN / "lint-imports"],
    "web lint": ["npm", "--prefix", WEB, "run", "--silent", "lint"],
    "web types": [WEB / "node_modules" / ".bin" / "tsc", "--noEmit", "--incremental", "--tsBuildInfoFile",
                  ROOT / ".local" / "web.tsbuildinfo", "-p", WEB],
}  # fmt: skip


def main() -> int:
    began = time.monotonic()
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    running = {
        name: subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, command in CHECKS.items()
    }
    failed = []
    for name, process in running.items():
        output, _ = process.communicate()
        if process.returncode != 0:
            failed.append(name)
            print(f"--- {name}\n{output.rstrip()}")
    seconds = time.monotonic() - began
    print(f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed in {seconds:.1f} s"
          + (f"; failed: {', '.join(failed)}" if failed else ""))  # fmt: skip
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
