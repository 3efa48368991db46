"""CloudEvents in headers: what goes out comes back, and nothing else is taken for an event."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.envelope import Envelope, Undecodable, from_record
from shared.testing.bus import an_envelope

words = st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable())
moments = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3.5))]),
)


@given(
    ids=st.tuples(st.uuids(), st.uuids(), st.uuids(), st.uuids()),
    cause=st.none() | st.uuids(),
    names=st.tuples(words, words),
    numbers=st.tuples(st.integers(1, 2**31), st.integers(1, 2**62)),
    at=moments,
    trace=st.none() | words,
    replay=st.booleans(),
    body=st.binary(max_size=50),
)
def test_what_goes_out_comes_back(
    ids: tuple[UUID, UUID, UUID, UUID],
    cause: UUID | None,
    names: tuple[str, str],
    numbers: tuple[int, int],
    at: datetime,
    trace: str | None,
    replay: bool,
    body: bytes,
) -> None:
    sent = Envelope(
        id=ids[0],
        subject=ids[1],
        correlation_id=ids[2],
        actor_id=ids[3],
        causation_id=cause,
        type=names[0],
        source=names[1],
        version=numbers[0],
        aggregate_version=numbers[1],
        time=at,
        traceparent=trace,
        replay=replay,
        body=body,
    )
    assert from_record(sent.to_headers(), body) == sent


def test_headers_are_cloudevents_in_binary_mode() -> None:
    sent = an_envelope()
    headers = dict(sent.to_headers())
    assert headers["ce_specversion"] == b"1.0"
    assert headers["ce_id"] == str(sent.id).encode()
    assert headers["ce_dataschema"] == b"urn:nuanliu:intake.case_registered:2"
    assert headers["ce_time"] == b"2026-11-22T08:30:00.123456+00:00"
    assert headers["content-type"] == b"application/json"
    extensions = [name.removeprefix("ce_") for name in headers if name.startswith("ce_")]
    assert all(name.isalnum() and name.islower() for name in extensions)


def test_a_tombstone_keeps_its_envelope() -> None:
    sent = an_envelope(body=b"")
    assert from_record(sent.to_headers(), None) == sent


def test_headers_of_others_are_ignored() -> None:
    sent = an_envelope()
    assert from_record([*sent.to_headers(), ("x-other", b"1"), ("ce_new", b"2")], sent.body) == sent


def broken(name: str, value: bytes | None) -> list[tuple[str, bytes]]:
    rest = [one for one in an_envelope().to_headers() if one[0] != name]
    return rest if value is None else [*rest, (name, value)]


@pytest.mark.parametrize(
    ("name", "value", "reason", "detail"),
    [
        ("ce_specversion", None, "not_cloudevents", ""),
        ("ce_specversion", b"0.3", "not_cloudevents", ""),
        ("ce_id", None, "bad_attribute", "id"),
        ("ce_id", b"13800138000", "bad_attribute", "id"),
        ("ce_id", b"\xff\xfe", "not_utf8", ""),
        ("ce_source", b"", "bad_attribute", "source"),
        ("ce_type", None, "bad_dataschema", ""),
        ("ce_type", b"intake.other", "bad_dataschema", ""),
        ("ce_dataschema", None, "bad_dataschema", ""),
        ("ce_dataschema", b"urn:nuanliu:intake.case_registered:two", "bad_attribute", "version"),
        ("ce_dataschema", b"urn:nuanliu:intake.case_registered:0", "bad_attribute", "version"),
        ("ce_time", b"yesterday", "bad_attribute", "time"),
        ("ce_time", b"2026-11-22T08:30:00", "bad_attribute", "time"),
        ("ce_subject", b"case-1", "bad_attribute", "subject"),
        ("ce_aggregateversion", b"0", "bad_attribute", "aggregate_version"),
        ("ce_aggregateversion", b"-1", "bad_attribute", "aggregate_version"),
        ("ce_correlationid", None, "bad_attribute", "correlation_id"),
        ("ce_causationid", b"", "bad_attribute", "causation_id"),
        ("ce_actorid", None, "bad_attribute", "actor_id"),
        ("ce_replay", b"maybe", "bad_attribute", "replay"),
    ],
)
def test_what_is_not_an_event_is_named_without_quoting_it(
    name: str, value: bytes | None, reason: str, detail: str
) -> None:
    with pytest.raises(Undecodable) as refused:
        from_record(broken(name, value), b"{}")
    assert (refused.value.reason, refused.value.detail) == (reason, detail)
    assert refused.value.__context__ is None or refused.value.__suppress_context__
    assert "13800138000" not in str(refused.value)


def test_a_null_header_is_undecodable_and_not_a_crash() -> None:
    headers: list[tuple[str, bytes]] = [("ce_id", None)]  # type: ignore[list-item]
    with pytest.raises(Undecodable):
        from_record(headers, b"")
