"""Argon2id in a thread: hashing takes tens of milliseconds and must not hold up everybody else."""

import asyncio
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB = 19 * 1024
ROUNDS = 2
AT_ONCE_MAX = 4
"""Hashes computed at the same time: a storm of logins must not take all memory and both cores."""

_hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=1)
_gate = asyncio.Semaphore(AT_ONCE_MAX)


async def hash_password(password: str) -> str:
    """The hash to store (OWASP's parameters for Argon2id)."""
    async with _gate:
        return await asyncio.to_thread(_hasher.hash, password)


async def is_password(hashed: str | None, password: str) -> bool:
    """Whether the password fits; without a hash (unknown account) it takes just as long and says no."""
    async with _gate:
        fits = await asyncio.to_thread(_verify, hashed or _nobody(), password)
    return fits and hashed is not None


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
