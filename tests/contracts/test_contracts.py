"""Contracts only grow: committed snapshots and examples hold the code to what was promised."""

import json
from pathlib import Path
from typing import Any

import pytest

from shared.contracts import catalogue
from shared.contracts.registry import EVENTS, UnknownVersion, decode, encode, erased
from shared.contracts.topics import BY_NAME
from shared.vocabulary.ids import new_id

FORBIDDEN = ("name", "phone", "id_card", "address", "text", "note", "title", "narrative")
ALLOWED = {"employer_name", "short_name"}
"""A firm's name is not personal data."""


@pytest.mark.parametrize("path", sorted(catalogue.files()), ids=lambda path: path.name)
def test_generated_files_are_what_the_code_says(path: Path) -> None:
    kept_as_first_written = path.parent == catalogue.EXAMPLES
    text = path.read_text("utf-8")
    assert kept_as_first_written or text == catalogue.files()[path], "run: make contracts"


@pytest.mark.parametrize("path", sorted(catalogue.EXAMPLES.glob("*.json")), ids=lambda p: p.stem)
def test_every_body_ever_written_is_still_understood(path: Path) -> None:
    name, _, version = path.stem.rpartition(".v")
    event = decode(name, int(version), path.read_bytes())
    assert event is not None
    assert json.loads(path.read_text("utf-8")).items() <= json.loads(encode(event)).items()


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_an_event_is_named_after_its_owner_and_keyed_by_its_aggregate(event: Any) -> None:
    assert event.name.split(".")[0] == BY_NAME[event.topic].owner
    assert event.about in event.__struct_fields__


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_events_carry_no_personal_data_and_no_free_text(event: Any) -> None:
    for field in set(event.__struct_fields__) - ALLOWED:
        words = field.split("_")
        assert not set(FORBIDDEN) & {field, words[-1]} or field.endswith("_id"), field


def test_a_version_of_the_future_is_told_apart_from_an_unknown_name() -> None:
    with pytest.raises(UnknownVersion):
        decode("intake.case_answered", 99, b"{}")
    assert decode("intake.case_dreamt_of", 1, b"{}") is None


def test_a_tombstone_says_what_was_erased() -> None:
    party = new_id()
    event = erased("intake.party_erased", party)
    assert event is not None
    assert event.aggregate_id == party
    assert erased("intake.case_answered", party) is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda s: s["properties"].pop("answer"), "X.answer is gone"),
        (lambda s: s["properties"].update(answer={"type": "integer"}), "X.answer changed its type"),
        (lambda s: s["required"].append("more"), "X.more is new and required"),
    ],
    ids=["removed", "retyped", "required"],
)
def test_a_change_that_readers_could_not_bear_is_named(change: Any, problem: str) -> None:
    def shape() -> dict[str, Any]:
        return {"properties": {"answer": {"type": "string"}}, "required": ["answer"]}

    new = shape()
    change(new)
    assert catalogue.breaks({"$defs": {"X": shape()}}, {"$defs": {"X": new}}) == [problem]
    grown = shape()
    grown["properties"]["more"] = {"type": "string", "default": ""}
    assert catalogue.breaks({"$defs": {"X": shape()}}, {"$defs": {"X": grown}}) == []
