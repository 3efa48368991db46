"""Stands for the demo data: counts its runs, and writes what the launcher shows as the accounts."""

import os
from pathlib import Path

accounts = Path(os.environ["DEMO_ACCOUNTS_FILE"])
runs = accounts.with_name("seed-runs")
runs.write_text((runs.read_text() if runs.exists() else "") + "x")
accounts.write_text("operator / secret-of-the-demo\n")
