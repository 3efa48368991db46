"""Where the local stack keeps its things: everything under `.local/` of the checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".local"
KAFKA_JARS = STATE / "kafka-jars"
