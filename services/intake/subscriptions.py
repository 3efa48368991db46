"""DOOR 2, events: what other services tell and what it does here."""

from shared.kernel.consumer import Subscriptions

SUBSCRIPTIONS: Subscriptions = {}
