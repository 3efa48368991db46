"""DOOR 2: everything the others tell about cases, employers and people goes into the read model."""

from shared.contracts import intake, mediation, notify, welfare
from shared.contracts.base import Event
from shared.contracts.registry import EVENTS
from shared.kernel.consumer import Subscriptions

PUBLISHERS = tuple(module.__name__ for module in (intake, mediation, welfare, notify))

SUBSCRIPTIONS: Subscriptions = {
    event: [] for event in EVENTS.values() if event.__module__ in PUBLISHERS and event is not Event
}
"""No handlers of single events: the projection (`usecases/project.py`) takes them in batches."""
