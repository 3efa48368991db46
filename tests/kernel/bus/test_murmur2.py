"""A key goes where Kafka's own clients would put it."""

from aiokafka.partitioner import murmur2 as aiokafkas
from hypothesis import example, given
from hypothesis import strategies as st

from shared.kernel.murmur2 import MASK, murmur2


@given(st.binary(max_size=80))
@example(b"")
@example(b"0198a000-0000-7000-8000-00000000b001")
def test_the_hash_is_that_of_other_clients(key: bytes) -> None:
    assert murmur2(key) == aiokafkas(key) & MASK
