"""Secrets of this installation: made once, kept under `.local/secrets`, readable by the owner only."""

import base64
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32
PASSWORD_BYTES = 24


def load_or_make(folder: Path, services: Iterable[str]) -> dict[str, str]:
    """Every secret by the name of its environment variable, plus a database password per service."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = _kept(folder, "TOKEN_PRIVATE_KEY", _private_key)
    keys = {
        "TOKEN_PRIVATE_KEY": private,
        "TOKEN_PUBLIC_KEY": _public_key(private),
        "FIELD_KEYS": _kept(folder, "FIELD_KEYS", lambda: "k1:" + _random_key()),
        "BLIND_KEY": _kept(folder, "BLIND_KEY", _random_key),
    }
    passwords = ["SMS_KEY", "BANK_KEY", password_name("postgres"), *map(password_name, services)]
    for name in passwords:
        keys[name] = _kept(folder, name, lambda: secrets.token_urlsafe(PASSWORD_BYTES))
    return keys


def password_name(role: str) -> str:
    return f"DATABASE_PASSWORD_{role.upper()}"


def _kept(folder: Path, name: str, make: Callable[[], str]) -> str:
    file = folder / name
    if not file.exists():
        draft = (
            folder / f".{name}"
        )  # renamed when complete: an interrupted start leaves no half secret
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(make())
        draft.replace(file)
    return file.read_text()


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _private_key() -> str:
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def _public_key(private: str) -> str:
    key = serialization.load_pem_private_key(private.encode(), password=None)
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
