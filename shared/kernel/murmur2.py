"""The hash by which Kafka's own clients spread keys over partitions: MurmurHash2, 32 bits, with their seed."""

import struct
from typing import Final

SEED: Final = 0x9747B28C
FACTOR: Final = 0x5BD1E995
MASK: Final = 0xFFFFFFFF


def murmur2(key: bytes) -> int:
    """The hash of a key, 0 to 2³²-1. aiokafka's own takes byte by byte, and twice as long."""
    words, rest = divmod(len(key), 4)
    digest = SEED ^ len(key)
    for word in struct.unpack_from(f"<{words}I", key):
        mixed = word * FACTOR & MASK
        digest = digest * FACTOR & MASK ^ (mixed ^ mixed >> 24) * FACTOR & MASK
    if rest:
        digest = (digest ^ int.from_bytes(key[-rest:], "little")) * FACTOR & MASK
    digest = (digest ^ digest >> 13) * FACTOR & MASK
    return digest ^ digest >> 15
