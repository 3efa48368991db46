"""Writes what the contracts look like from outside: JSON Schema snapshots, examples, CATALOGUE.md and asyncapi.yaml.

`python -m shared.contracts.catalogue` after a change; the tests fail while the files differ from the code. It refuses a
change that readers of the committed snapshot could not bear: such an event takes a new version and an upcaster.
"""

import inspect
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from shared.contracts.base import Event
from shared.contracts.registry import EVENTS, encode
from shared.contracts.topics import TOPICS

FOLDER = Path(__file__).parent
SNAPSHOTS = FOLDER / "snapshots"
EXAMPLES = FOLDER / "examples"


def schema_of(event: type[Event]) -> dict[str, Any]:
    """The JSON Schema of the event's body."""
    return msgspec.json.schema(event)


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What a reader of `old` could not bear in `new`: fields gone, types changed, new fields without a default."""
    found: list[str] = []
    before, after = _objects(old), _objects(new)
    for name, shape in before.items():
        if name not in after:
            found.append(f"{name} is gone")
            continue
        now = after[name]
        for field, kind in shape["properties"].items():
            if field not in now["properties"]:
                found.append(f"{name}.{field} is gone")
            elif _kind(now["properties"][field]) != _kind(kind):
                found.append(f"{name}.{field} changed its type")
        new_required = set(now.get("required", ())) - set(shape.get("required", ()))
        found += [f"{name}.{field} is new and required" for field in sorted(new_required)]
    return found


def _objects(schema: dict[str, Any]) -> dict[str, Any]:
    definitions: dict[str, Any] = schema.get("$defs", {})
    return {name: shape for name, shape in definitions.items() if "properties" in shape}


def _kind(field: dict[str, Any]) -> Any:
    return {key: value for key, value in field.items() if key not in {"default", "description"}}


def example_of(event: type[Event]) -> bytes:
    """A body with every field set to a plain value of its type."""
    return encode(msgspec.convert(_sample(event), event))


def _sample(kind: Any) -> Any:
    info = msgspec.inspect.type_info(kind) if not isinstance(kind, msgspec.inspect.Type) else kind
    match info:
        case msgspec.inspect.StructType(fields=fields):
            return {field.name: _sample(field.type) for field in fields}
        case msgspec.inspect.UnionType(types=types):
            return _sample(next(t for t in types if not isinstance(t, msgspec.inspect.NoneType)))
        case msgspec.inspect.VarTupleType(item_type=item):
            return [_sample(item)]
        case _:
            return _PLAIN[type(info)]


_PLAIN: dict[type[msgspec.inspect.Type], Any] = {
    msgspec.inspect.UUIDType: UUID("0198a000-0000-7000-8000-000000000001"),
    msgspec.inspect.StrType: "code",
    msgspec.inspect.IntType: 1,
    msgspec.inspect.BoolType: True,
    msgspec.inspect.DateTimeType: datetime(2026, 11, 24, 6, 32, tzinfo=UTC),
    msgspec.inspect.DateType: date(2026, 11, 24),
}


def catalogue() -> str:
    """CATALOGUE.md: every event by topic, with its fields."""
    lines = [
        "# Events",
        "",
        "Written by `make contracts` from `shared/contracts/`; do not edit.",
        "",
    ]
    for topic in TOPICS:
        mine = [event for event in EVENTS.values() if event.topic == topic.name]
        if not mine:
            continue
        kept = "newest fact of each key" if topic.compacted else "facts, in order for each key"
        lines += [f"## {topic.name}", "", f"Written by {topic.owner}; keeps the {kept}.", ""]
        lines += ["| event | version | says | fields |", "|---|---|---|---|"]
        for event in mine:
            says = (inspect.getdoc(event) or "").split("\n")[0]
            fields = ", ".join(event.__struct_fields__)
            lines.append(f"| `{event.name}` | {event.version} | {says} | {fields} |")
        lines.append("")
    return "\n".join(lines)


def asyncapi() -> str:
    """asyncapi.yaml (JSON is YAML): channels, messages and their schemas for standard tools."""
    channels = {
        topic.name: {
            "address": topic.name,
            "messages": {
                event.name: {
                    "name": event.name,
                    "contentType": "application/json",
                    "summary": (inspect.getdoc(event) or "").split("\n")[0],
                    "payload": schema_of(event),
                }
                for event in EVENTS.values()
                if event.topic == topic.name
            },
        }
        for topic in TOPICS
    }
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "暖流 Nuanliu", "version": "1"},
        "channels": channels,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def files() -> dict[Path, str]:
    """Every generated file and what it should contain."""
    found = {FOLDER / "CATALOGUE.md": catalogue(), FOLDER / "asyncapi.yaml": asyncapi()}
    for event in EVENTS.values():
        name = f"{event.name}.v{event.version}.json"
        schema = json.dumps(schema_of(event), ensure_ascii=False, indent=1, sort_keys=True)
        found[SNAPSHOTS / name] = schema + "\n"
        found[EXAMPLES / name] = example_of(event).decode() + "\n"
    return found


def main() -> int:
    """Write the files; refuse an incompatible change of a committed snapshot."""
    refused = False
    for path, text in files().items():
        if path.parent == SNAPSHOTS and path.exists():
            for problem in breaks(json.loads(path.read_text("utf-8")), json.loads(text)):
                sys.stderr.write(f"{path.stem}: {problem}. Raise the version, add an upcaster.\n")
                refused = True
    if refused:
        return 1
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        if path.parent != EXAMPLES or not path.exists():
            path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
