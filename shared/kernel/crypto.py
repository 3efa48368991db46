"""Personal data at rest: sealed fields (authenticated encryption) and blind indexes (look-up without reading).

A sealed field is the text `v1:kid:nonce:ct` (AES-256-GCM) or `v1s:kid:nonce:ct` (SM4-GCM); nonce and
ciphertext are base64url. The associated data names the place of the field (`place()`), so a value copied
into another row or column does not open. A blind index is a truncated keyed hash of the normalised value:
equal values have equal indexes, nothing else can be told without the key. Errors never carry content.
"""

import hmac
import os
import re
import unicodedata
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SM4_KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
BLIND_BYTES = 12
"""96 bits: sixteen characters, no accidental equality among the people of a province."""

KID = re.compile(r"[A-Za-z0-9_-]{1,16}")


class Algorithm(StrEnum):
    """Which family of algorithms seals and indexes: the international or the national (国密) one.

    Chosen once, at installation: envelopes of both families open at any time, but the blind indexes of the
    other family do not match.
    """

    AES = "aes"
    SM = "sm"


class CipherError(Exception):
    """A sealed field cannot be opened. The text says why and where, never what."""

    reason = "a sealed field cannot be opened"

    def __init__(self, where: str = "") -> None:
        super().__init__(f"{self.reason}: {where}" if where else self.reason)


class MalformedSeal(CipherError):
    """The stored text is no envelope at all."""

    reason = "not an envelope of a known version"


class UnknownKey(CipherError):
    """The envelope names a key this process does not have; add it to FIELD_KEYS after the current one."""

    reason = "the field was sealed under a key that is not in FIELD_KEYS"


class BrokenSeal(CipherError):
    """The field was changed, or belongs to another row or column."""

    reason = "the field was altered or moved from another place"


class BadKey(ValueError):
    """A key of the configuration cannot be used; the text never shows the key."""


class Aead(Protocol):
    """Authenticated encryption with associated data; `decrypt` raises InvalidTag."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class Sm4Gcm:
    """SM4-GCM (RFC 8998) in the shape of AESGCM; `cryptography` has no AEAD class for it."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Ciphertext with the tag appended."""
        sealing = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(associated_data or b"")
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The plain text; InvalidTag unless tag, nonce and associated data all fit."""
        if len(data) < TAG_BYTES:
            raise InvalidTag
        tag = data[-TAG_BYTES:]
        opening = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        opening.authenticate_additional_data(associated_data or b"")
        return opening.update(data[:-TAG_BYTES]) + opening.finalize()


VERSION_OF = {Algorithm.AES: "v1", Algorithm.SM: "v1s"}


class FieldCipher:
    """Seals, opens and indexes the personal data of one service."""

    def __init__(
        self, keys: Mapping[str, bytes], blind_key: bytes, algorithm: Algorithm = Algorithm.AES
    ) -> None:
        """`keys` maps key id to 32 bytes; the first one is current and seals, all of them open."""
        if not keys:
            raise BadKey("FIELD_KEYS holds no key")
        for kid, key in keys.items():
            check_key(kid, key)
        if len(blind_key) != KEY_BYTES:
            raise BadKey(f"BLIND_KEY must be {KEY_BYTES} bytes")
        self._aeads: dict[tuple[str, str], Aead] = {}
        for kid, key in keys.items():
            for one in Algorithm:
                self._aeads[VERSION_OF[one], kid] = aead_of(one, key)
        self.algorithm = algorithm
        kid = next(iter(keys))
        version = VERSION_OF[algorithm]
        self.current_prefix = f"{version}:{kid}:"
        self._current = self._aeads[version, kid]
        self._blind_key = blind_key
        self._sm3 = HMAC(blind_key, SM3()) if algorithm is Algorithm.SM else None

    def seal(self, text: str, aad: str) -> str:
        """An envelope of the text that opens only with the same `aad` (see `place`)."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._current.encrypt(nonce, text.encode(), aad.encode())
        return f"{self.current_prefix}{_packed(nonce)}:{_packed(sealed)}"

    def open(self, sealed: str, aad: str) -> str:
        """The text of an envelope; a CipherError that names the place if it was altered or moved."""
        match sealed.split(":"):
            case ["v1" | "v1s" as version, kid, nonce, data]:
                raw_nonce, raw_data = _unpacked(nonce, aad), _unpacked(data, aad)
            case _:
                raise MalformedSeal(aad)
        if len(raw_nonce) != NONCE_BYTES:
            raise MalformedSeal(aad)
        aead = self._aeads.get((version, kid))
        if aead is None:
            raise UnknownKey(f"{aad} (key {kid})" if KID.fullmatch(kid) else aad)
        try:
            return aead.decrypt(raw_nonce, raw_data, aad.encode()).decode()
        except InvalidTag:
            raise BrokenSeal(aad) from None

    def blind(self, value: str, purpose: str) -> str:
        """The look-up key of a value; `purpose` (`party.id_number`) keeps equal values of two columns apart.

        Spelling is levelled (width, case, blanks, punctuation); what else is the same value - a country
        code before a phone number, an old 15-digit ID - is for shared.vocabulary.identifiers to settle first.
        """
        message = f"{purpose}\0{normalised(value)}".encode()
        if self._sm3 is None:
            digest = hmac.digest(self._blind_key, message, "sha256")
        else:
            running = self._sm3.copy()
            running.update(message)
            digest = running.finalize()
        return _packed(digest[:BLIND_BYTES])

    def needs_rotation(self, sealed: str) -> bool:
        """Whether the envelope was made under another key or algorithm than the current one."""
        return not sealed.startswith(self.current_prefix)

    def rotate(self, sealed: str, aad: str) -> str:
        """The same text under the current key; an envelope that is current already comes back as it is."""
        return self.seal(self.open(sealed, aad), aad) if self.needs_rotation(sealed) else sealed


def aead_of(algorithm: Algorithm, key: bytes) -> Aead:
    """The cipher of a family under a key of 32 bytes."""
    return AESGCM(key) if algorithm is Algorithm.AES else Sm4Gcm(_sm4_key(key))


def place(table: str, column: str, row: UUID | str) -> str:
    """The associated data of a field: where it lives. Sealing and opening must name the same place."""
    return f"{table}.{column}:{row}"


def normalised(value: str) -> str:
    """The value without differences of spelling: full width, case, blanks and punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKC", value).upper() if c.isalnum())


def parse_keys(text: str) -> dict[str, bytes]:
    """The keyring of `kid:base64,kid:base64`; order is kept, the first is current."""
    keys: dict[str, bytes] = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        kid, _, encoded = entry.partition(":")
        if kid in keys:
            raise BadKey(f"key id {kid!r} is there twice")
        if not KID.fullmatch(kid) or not encoded:
            # Not shown: an entry without an id would be the key itself.
            raise BadKey(
                "each entry must read kid:base64, the kid being 1 to 16 letters, digits, - or _"
            )
        keys[kid] = parse_key(encoded)
    if not keys:
        raise BadKey("it holds no key")
    return keys


def parse_key(encoded: str) -> bytes:
    """The 32 bytes of a base64 key, ordinary or URL-safe alphabet."""
    try:
        key = b64decode(encoded.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (NotBase64, ValueError):
        raise BadKey("a key is not base64") from None
    if len(key) != KEY_BYTES:
        raise BadKey(f"a key is {len(key)} bytes long, it must be {KEY_BYTES}")
    return key


def check_key(kid: str, key: bytes) -> None:
    """Refuses a key id that would break the envelope, and a key of the wrong length."""
    if not KID.fullmatch(kid):
        raise BadKey("a key id must be 1 to 16 letters, digits, - or _")
    if len(key) != KEY_BYTES:
        raise BadKey(f"key {kid} must be {KEY_BYTES} bytes")


def _packed(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode("ascii")


def _unpacked(text: str, where: str) -> bytes:
    """Strict: an encoding that `_packed` would not have produced is not ours."""
    try:
        raw = urlsafe_b64decode(text)
    except (ValueError, NotBase64):
        raise MalformedSeal(where) from None
    if _packed(raw) != text:
        raise MalformedSeal(where)
    return raw


def _sm4_key(key: bytes) -> bytes:
    """SM4 takes 128 bits; deriving them keeps the AES key and the SM4 key independent."""
    return HKDF(SM3(), SM4_KEY_BYTES, salt=None, info=b"nuanliu field sm4-gcm").derive(key)
