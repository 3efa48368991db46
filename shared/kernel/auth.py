"""Who is asking: short-lived signed tokens between the workbench and the services, and the check of roles.

The workbench signs (Ed25519); the services know the public key only. A token names the actor, the roles, the
organisation and the one service it is for. Both sides keep what they made or checked until shortly before it
ends, because a signature costs as much as the rest of a request.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from shared.vocabulary.errors import NotAllowed, NotSignedIn
from shared.vocabulary.people import Actor, Role

ALGORITHM = "EdDSA"
ISSUER = "nuanliu-workbench"
TOKEN_TYPE = "nuanliu-actor+jwt"  # noqa: S105 - a media type
REQUIRED_CLAIMS = ["iss", "aud", "sub", "iat", "exp", "org", "roles"]

TOKEN_TTL_S = 300
TOKEN_TTL_MAX_S = 900
"""A token that claims to live longer is not ours: no permission outlives a change of role by more."""
CLOCK_SKEW_MAX_S = 5
RENEW_BEFORE_S = 30
TOKEN_LENGTH_MAX = 4096
CACHED_TOKENS_MAX = 10_000

Clock = Callable[[], float]
"""Seconds since 1970; tests pass their own."""


class TokenMissing(NotSignedIn):
    """The request carries no bearer token."""

    code = "token_missing"


class TokenForged(NotSignedIn):
    """The token was not signed by the workbench, was changed, or is not of the agreed form."""

    code = "token_forged"
    zh = "登录凭证无效，请重新登录。"
    en = "The credential is not valid. Sign in again."


class TokenExpired(NotSignedIn):
    """The token was good once."""

    code = "token_expired"


class TokenForAnotherService(NotSignedIn):
    """A good token, presented at a door it was not made for."""

    code = "token_wrong_audience"
    zh = "登录凭证不适用于这项服务，请从工作台重新进入。"
    en = "The credential is for another service. Come in through the workbench again."


class KeyPair(NamedTuple):
    """The PEMs of TOKEN_PRIVATE_KEY and TOKEN_PUBLIC_KEY."""

    private_pem: str
    public_pem: str


def make_keys() -> KeyPair:
    """A new pair, for the launcher and the tests."""
    private = Ed25519PrivateKey.generate()
    return KeyPair(
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    )


def private_key(pem: str) -> Ed25519PrivateKey:
    """The signing key of a PEM."""
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("TOKEN_PRIVATE_KEY must be an Ed25519 key")
    return key


def public_key(pem: str) -> Ed25519PublicKey:
    """The checking key of a PEM."""
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("TOKEN_PUBLIC_KEY must be an Ed25519 key")
    return key


class TokenIssuer:
    """Signs tokens for actors; the same actor and audience get the same token while it is fresh."""

    def __init__(self, private_pem: str, clock: Clock = time.time) -> None:
        self._key = private_key(private_pem)
        self._clock = clock
        self._issued: _Recent[tuple[Actor, str, int], str] = _Recent()

    def issue(self, actor: Actor, audience: str, ttl_s: int = TOKEN_TTL_S) -> str:
        """A token with which the actor may ask the service named `audience`; it lives `ttl_s` at most."""
        if not 0 < ttl_s <= TOKEN_TTL_MAX_S:
            raise ValueError(f"a token lives 1 to {TOKEN_TTL_MAX_S} seconds, not {ttl_s}")
        now = self._clock()
        token = self._issued.get((actor, audience, ttl_s), now)
        if token is None:
            token = self._sign(actor, audience, int(now), ttl_s)
            fresh_until = now + ttl_s - min(RENEW_BEFORE_S, ttl_s / 4)
            self._issued.put((actor, audience, ttl_s), token, fresh_until)
        return token

    def _sign(self, actor: Actor, audience: str, now: int, ttl_s: int) -> str:
        claims = {
            "iss": ISSUER,
            "aud": audience,
            "sub": str(actor.id),
            "org": actor.org,
            "roles": sorted(actor.roles),
            "iat": now,
            "exp": now + ttl_s,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"typ": TOKEN_TYPE})


class TokenVerifier:
    """Tells who an incoming token stands for, at one service."""

    def __init__(self, public_pem: str, audience: str, clock: Clock = time.time) -> None:
        self._key = public_key(public_pem)
        self._audience = audience
        self._clock = clock
        self._verified: _Recent[str, Actor] = _Recent()

    def actor(self, token: str) -> Actor:
        """The actor of a token; verified once, then remembered until it ends. Raises NotSignedIn."""
        now = self._clock()
        actor = self._verified.get(token, now)
        if actor is None:
            claims = self._claims(token, now)
            actor = _actor_of(claims)
            self._verified.put(token, actor, claims["exp"])
        return actor

    def _claims(self, token: str, now: float) -> dict[str, Any]:
        """The claims of a token that is genuine, timely and meant for us.

        The key is ours and so is the algorithm: `jku`, `jwk`, `x5u` and `alg` of the token decide nothing.
        Times are compared here, by the same clock as the cache's.
        """
        if not token:
            raise TokenMissing
        if len(token) > TOKEN_LENGTH_MAX:
            raise TokenForged
        try:
            decoded = jwt.decode_complete(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=ISSUER,
                options={
                    "require": REQUIRED_CLAIMS,
                    "strict_aud": True,
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
        except jwt.InvalidAudienceError:
            raise TokenForAnotherService from None
        except jwt.PyJWTError:
            raise TokenForged from None
        if decoded["header"].get("typ") != TOKEN_TYPE:
            raise TokenForged
        return _timely(decoded["payload"], now)


def bearer(authorization: str | None) -> str:
    """The token of an Authorization header."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenMissing
    return token.strip()


def require(actor: Actor, *roles: Role) -> None:
    """Refuses an actor who holds none of the roles."""
    if not actor.has(*roles):
        raise NotAllowed(needs=sorted(roles))


def _timely(claims: dict[str, Any], now: float) -> dict[str, Any]:
    """The claims, if the token has begun, has not ended and lives no longer than ours do."""
    issued, ends = claims["iat"], claims["exp"]
    if type(issued) is not int or type(ends) is not int or ends - issued > TOKEN_TTL_MAX_S:
        raise TokenForged
    if issued > now + CLOCK_SKEW_MAX_S:
        raise TokenForged
    if ends <= now:
        raise TokenExpired
    return claims


def _actor_of(claims: dict[str, Any]) -> Actor:
    """The actor of verified claims. A role that this version does not know grants nothing."""
    try:
        known = frozenset(Role(role) for role in claims["roles"] if role in _ROLES)
        return Actor(id=UUID(claims["sub"]), roles=known, org=str(claims["org"]))
    except (ValueError, TypeError):
        raise TokenForged from None


_ROLES = frozenset(Role)

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class _Recent(Generic[_Key, _Value]):
    """The values used last, each until its own end, `CACHED_TOKENS_MAX` at most."""

    def __init__(self) -> None:
        self._entries: OrderedDict[_Key, tuple[_Value, float]] = OrderedDict()

    def get(self, key: _Key, now: float) -> _Value | None:
        """The value, unless it has ended or was crowded out."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        value, until = entry
        if until <= now:
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        return value

    def put(self, key: _Key, value: _Value, until: float) -> None:
        """Remembers a value until a time; the one unused longest makes room."""
        self._entries[key] = (value, until)
        if len(self._entries) > CACHED_TOKENS_MAX:
            self._entries.popitem(last=False)
