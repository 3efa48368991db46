"""An installation chooses how many partitions its topics begin with."""

import pytest
from pydantic import ValidationError

from shared.kernel.kafka_settings import PARTITIONS_MAX, KafkaSettings
from shared.kernel.topics import ALL_TOPICS, with_partitions


def test_only_topics_that_are_split_at_all_are_split_differently() -> None:
    chosen = with_partitions(3)
    assert [one.name for one in chosen] == [one.name for one in ALL_TOPICS]
    assert {one.partitions for one in chosen} == {1, 3}
    assert [one.name for one in chosen if one.partitions == 1] == ["kernel.undecodable"]
    assert [one.compacted for one in chosen] == [one.compacted for one in ALL_TOPICS]


def test_without_a_choice_the_contracts_decide() -> None:
    assert with_partitions(None) == ALL_TOPICS


@pytest.mark.parametrize("number", ["0", str(PARTITIONS_MAX + 1), "many"])
def test_a_number_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", "kafka:9092")
    monkeypatch.setenv("KAFKA_PARTITIONS", number)
    with pytest.raises(ValidationError, match="kafka_partitions"):
        KafkaSettings()  # type: ignore[call-arg]  # from the environment
