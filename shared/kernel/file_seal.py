"""Files at rest: each under a key of its own, and that key is a sealed field.

Rotation (`rotate_column`) re-seals the small key and leaves the megabytes alone; without the key the file is gone. The
national algorithms apply to files as to fields: the sealed key says which family sealed the file.
"""

import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag

from shared.kernel.crypto import (
    KEY_BYTES,
    NONCE_BYTES,
    Algorithm,
    BrokenSeal,
    FieldCipher,
    aead_of,
)


def seal_file(cipher: FieldCipher, content: bytes, where: str) -> tuple[str, bytes]:
    """The sealed key, and nonce with ciphertext; both open only with the same `where` (see `crypto.place`)."""
    key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    sealed = aead_of(cipher.algorithm, key).encrypt(nonce, content, where.encode())
    return cipher.seal(f"{cipher.algorithm}:{b64encode(key).decode()}", where), nonce + sealed


def open_file(cipher: FieldCipher, key_sealed: str, sealed: bytes, where: str) -> bytes:
    """The content; a CipherError that names the place if key or file were altered or moved."""
    algorithm, _, key = cipher.open(key_sealed, where).partition(":")
    aead = aead_of(Algorithm(algorithm), b64decode(key))
    try:
        return aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], where.encode())
    except (InvalidTag, ValueError):
        raise BrokenSeal(where) from None
