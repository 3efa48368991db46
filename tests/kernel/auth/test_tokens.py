"""A token lets in its actor, at its service, in its time; everything else is refused with its own code."""

import base64
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from shared.kernel import auth
from shared.kernel.auth import (
    ISSUER,
    TOKEN_TYPE,
    TokenExpired,
    TokenForAnotherService,
    TokenForged,
    TokenIssuer,
    TokenMissing,
    TokenVerifier,
    bearer,
    make_keys,
    private_key,
    require,
)
from shared.testing.calls import calls_in
from shared.vocabulary.errors import NotAllowed, NotSignedIn
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role

KEYS = make_keys()
LI = Actor(id=new_id(), roles=frozenset({Role.OPERATOR, Role.DISPATCHER}), org="zq.441284")


class Clock:
    """Seconds that the test moves by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer(clock: Clock) -> TokenIssuer:
    return TokenIssuer(KEYS.private_pem, clock)


@pytest.fixture
def verifier(clock: Clock) -> TokenVerifier:
    return TokenVerifier(KEYS.public_pem, "intake", clock)


def signed(clock: Clock, typ: str = TOKEN_TYPE, drop: str = "", **changes: Any) -> str:
    """A token signed with the right key, with other claims than an issuer would write."""
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": "intake",
        "sub": str(LI.id),
        "org": LI.org,
        "roles": ["operator"],
        "iat": int(clock()),
        "exp": int(clock()) + 60,
    } | changes
    claims.pop(drop, None)
    key = private_key(KEYS.private_pem)
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"typ": typ})


def test_the_actor_arrives_as_sent(issuer: TokenIssuer, verifier: TokenVerifier) -> None:
    assert verifier.actor(issuer.issue(LI, "intake")) == LI


def test_a_token_is_for_one_service(issuer: TokenIssuer, verifier: TokenVerifier) -> None:
    with pytest.raises(TokenForAnotherService):
        verifier.actor(issuer.issue(LI, "welfare"))


def test_a_token_ends_at_its_end_also_when_remembered(
    issuer: TokenIssuer, verifier: TokenVerifier, clock: Clock
) -> None:
    token = issuer.issue(LI, "intake", ttl_s=60)
    clock.now += 59
    assert verifier.actor(token) == LI
    clock.now += 1
    with pytest.raises(TokenExpired):
        verifier.actor(token)


def test_another_key_opens_no_door(clock: Clock, verifier: TokenVerifier) -> None:
    with pytest.raises(TokenForged):
        verifier.actor(TokenIssuer(make_keys().private_pem, clock).issue(LI, "intake"))


def test_no_changed_role_goes_unnoticed(issuer: TokenIssuer, verifier: TokenVerifier) -> None:
    header, payload, signature = issuer.issue(LI, "intake").split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["roles"] = ["system_admin"]
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    with pytest.raises(TokenForged):
        verifier.actor(f"{header}.{changed}.{signature}")


def test_the_algorithm_is_ours_to_choose(clock: Clock, verifier: TokenVerifier) -> None:
    claims = jwt.decode(signed(clock), options={"verify_signature": False})
    rsa = generate_private_key(public_exponent=65537, key_size=2048)
    header = {"typ": TOKEN_TYPE}
    for token in (
        jwt.encode(claims, "", algorithm="none", headers=header),
        jwt.encode(claims, KEYS.public_pem.encode()[27:-26], algorithm="HS256", headers=header),
        jwt.encode(
            claims, rsa, algorithm="RS256", headers=header | {"jku": "https://evil.example/keys"}
        ),
    ):
        with pytest.raises(TokenForged):
            verifier.actor(token)


def test_a_key_that_the_token_brings_along_is_ignored(
    clock: Clock, verifier: TokenVerifier
) -> None:
    stranger = private_key(make_keys().private_pem)
    claims = jwt.decode(signed(clock), options={"verify_signature": False})
    jwk = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(stranger.public_key()))
    token = jwt.encode(
        claims,
        stranger,
        algorithm="EdDSA",
        headers={"typ": TOKEN_TYPE, "jwk": jwk},
    )
    with pytest.raises(TokenForged):
        verifier.actor(token)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"typ": "JWT"}, TokenForged),
        ({"iss": "somebody"}, TokenForged),
        ({"aud": ["intake", "welfare"]}, TokenForAnotherService),
        ({"exp": 1_800_000_000 + 86_400}, TokenForged),
        ({"exp": 1_800_000_060.5}, TokenForged),
        ({"iat": 1_800_000_030}, TokenForged),
        ({"iat": 1_799_999_000, "exp": 1_799_999_060}, TokenExpired),
        ({"sub": "not an id"}, TokenForged),
        ({"roles": [["operator"]]}, TokenForged),
        *(({"drop": claim}, TokenForged) for claim in ("exp", "iat", "iss", "sub", "org", "roles")),
        ({"drop": "aud"}, TokenForged),
    ],
    ids=str,
)
def test_a_token_of_another_form_is_refused(
    clock: Clock, verifier: TokenVerifier, changes: dict[str, Any], refusal: type[NotSignedIn]
) -> None:
    assert verifier.actor(signed(clock)).id == LI.id
    with pytest.raises(refusal):
        verifier.actor(signed(clock, **changes))


@pytest.mark.parametrize("text", ["nonsense", "a.b.c", "é.é.é", "x" * 5_000])
def test_what_is_no_token_is_refused(verifier: TokenVerifier, text: str) -> None:
    with pytest.raises(TokenForged):
        verifier.actor(text)


def test_a_role_of_a_later_version_grants_nothing(clock: Clock, verifier: TokenVerifier) -> None:
    token = signed(clock, roles=["operator", "emperor"])
    assert verifier.actor(token).roles == {Role.OPERATOR}


def test_a_token_is_reused_until_shortly_before_its_end(issuer: TokenIssuer, clock: Clock) -> None:
    first = issuer.issue(LI, "intake", ttl_s=300)
    clock.now += 269
    assert issuer.issue(LI, "intake", ttl_s=300) == first
    clock.now += 1
    assert issuer.issue(LI, "intake", ttl_s=300) != first


def test_another_role_or_service_is_another_token(issuer: TokenIssuer) -> None:
    promoted = Actor(id=LI.id, roles=frozenset({Role.SUPERVISOR}), org=LI.org)
    assert (
        len(
            {
                issuer.issue(LI, "intake"),
                issuer.issue(promoted, "intake"),
                issuer.issue(LI, "welfare"),
            }
        )
        == 3
    )


def test_the_memory_is_bounded(
    issuer: TokenIssuer, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "CACHED_TOKENS_MAX", 3)
    for _ in range(10):
        someone = Actor(id=new_id(), roles=frozenset(), org="zq")
        assert verifier.actor(issuer.issue(someone, "intake")) == someone
    assert len(verifier._verified._entries) == 3
    assert len(issuer._issued._entries) == 3


def test_a_remembered_token_costs_no_signature(
    issuer: TokenIssuer, verifier: TokenVerifier
) -> None:
    token = issuer.issue(LI, "intake")
    first = calls_in(lambda: verifier.actor(token))
    again = calls_in(lambda: verifier.actor(token))
    assert "verify" in first
    assert "verify" not in again
    assert len(again) <= 10


@pytest.mark.parametrize("header", [None, "", "Basic abc", "Bearer", "Bearer "])
def test_a_request_without_a_bearer_token_is_told_so(header: str | None) -> None:
    with pytest.raises(TokenMissing):
        bearer(header)


def test_the_bearer_token_is_read_from_its_header() -> None:
    assert bearer("bearer abc.def.ghi") == "abc.def.ghi"


def test_each_refusal_has_its_own_code() -> None:
    codes = {
        kind.code
        for kind in (NotSignedIn, TokenMissing, TokenForged, TokenExpired, TokenForAnotherService)
    }
    assert len(codes) == 5


def test_one_of_the_roles_suffices_and_none_does_not() -> None:
    require(LI, Role.SUPERVISOR, Role.OPERATOR)
    with pytest.raises(NotAllowed):
        require(LI, Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        require(LI)
