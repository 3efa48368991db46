"""From wire name and version to the class, and back; old versions are lifted by upcasters."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import msgspec

from shared.contracts import intake, mediation, notify, welfare, workbench
from shared.contracts.base import Event

PUBLISHERS: tuple[ModuleType, ...] = (intake, mediation, welfare, notify, workbench)

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(name, old version) → the fields of version + 1. Empty while every event is at version 1."""


class UnknownVersion(Exception):
    """The event's name is known but its version is newer than this code: the key waits for an upgrade."""


def _concrete() -> Iterator[type[Event]]:
    for module in PUBLISHERS:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Event) and hasattr(value, "name"):
                yield value


EVENTS: dict[str, type[Event]] = {event.name: event for event in _concrete()}
_decoders: dict[str, msgspec.json.Decoder[Event]] = {
    name: msgspec.json.Decoder(event) for name, event in EVENTS.items()
}
_encoder = msgspec.json.Encoder()


def encode(event: Event) -> bytes:
    """The JSON body of the event."""
    return _encoder.encode(event)


def decode(name: str, version: int, body: bytes) -> Event | None:
    """The event, lifted to the newest version; None when nobody here knows the name.

    Raises `UnknownVersion` for a version from the future and `msgspec.MsgspecError` for a body that does not fit.
    """
    event = EVENTS.get(name)
    if event is None:
        return None
    if version == event.version:
        return _decoders[name].decode(body)
    if version > event.version:
        raise UnknownVersion(name)
    fields: dict[str, Any] = msgspec.json.decode(body)
    for old in range(version, event.version):
        fields = UPCASTERS[(name, old)](fields)
    return msgspec.convert(fields, event, strict=False)


def erased(name: str, aggregate_id: object) -> Event | None:
    """The tombstone fact of that name: it travels without a body."""
    event = EVENTS.get(name)
    if event is None or not event.tombstone:
        return None
    return event(**{event.about: aggregate_id})
