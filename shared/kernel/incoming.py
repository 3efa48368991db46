"""A record as it came, read as far as it can be."""

from dataclasses import dataclass
from uuid import UUID

import msgspec

from shared.contracts.base import Event
from shared.contracts.registry import UnknownVersion, decode, erased
from shared.contracts.topics import BY_NAME
from shared.kernel.bus import InRecord
from shared.kernel.envelope import Envelope, Undecodable, from_record

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Incoming:
    """The record, its envelope (None: undecodable), its event (None: a name nobody here knows)."""

    record: InRecord
    envelope: Envelope | None
    event: Event | None
    fault: str | None = None
    """Why the event cannot be applied although its key is known: it parks under this code."""

    @property
    def subject(self) -> UUID:
        """The aggregate; the nil id for a record that tells nothing."""
        return self.envelope.subject if self.envelope else NOBODY

    @property
    def version(self) -> int:
        """Number of the fact among those about its aggregate."""
        return self.envelope.aggregate_version if self.envelope else 0


def read(record: InRecord) -> Incoming:
    """Read a record; whatever is wrong with it is in the result, nothing is raised."""
    if record.fault:
        return Incoming(record, None, None, record.fault)
    try:
        envelope = from_record(record.headers, record.value)
    except Undecodable as error:
        return Incoming(record, None, None, error.reason)
    topic = BY_NAME.get(record.topic)
    if topic is not None and topic.owner != envelope.source:
        return Incoming(record, envelope, None, "foreign_source")
    try:
        event = (
            erased(envelope.type, envelope.subject)
            if record.value is None
            else decode(envelope.type, envelope.version, record.value)
        )
    except UnknownVersion:
        return Incoming(record, envelope, None, "unknown_version")
    except msgspec.MsgspecError:
        return Incoming(record, envelope, None, "invalid_body")
    return Incoming(record, envelope, event)
