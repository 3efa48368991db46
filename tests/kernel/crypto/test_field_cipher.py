"""Sealed fields and blind indexes keep their promises."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.crypto import (
    Algorithm,
    BadKey,
    BrokenSeal,
    CipherError,
    FieldCipher,
    MalformedSeal,
    Sm4Gcm,
    UnknownKey,
    parse_keys,
    place,
)
from shared.vocabulary.ids import new_id

OLD, NEW, BLIND = (bytes([n]) * 32 for n in (1, 2, 3))
PHONE = "13812345678"
HERE = place("party", "phone", new_id())


def cipher(algorithm: Algorithm = Algorithm.AES, **keys: bytes) -> FieldCipher:
    return FieldCipher(keys or {"k1": OLD}, BLIND, algorithm)


@pytest.mark.parametrize("algorithm", Algorithm)
@given(text=st.text(), aad=st.text())
def test_what_is_sealed_opens_in_its_place(algorithm: Algorithm, text: str, aad: str) -> None:
    one = cipher(algorithm)
    assert one.open(one.seal(text, aad), aad) == text


@pytest.mark.parametrize(("algorithm", "version"), [(Algorithm.AES, "v1"), (Algorithm.SM, "v1s")])
def test_the_envelope_names_version_and_key(algorithm: Algorithm, version: str) -> None:
    sealed = cipher(algorithm).seal(PHONE, HERE)
    assert sealed.split(":")[:2] == [version, "k1"]
    assert len(sealed.split(":")) == 4
    assert PHONE not in sealed


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_seal_moved_to_another_row_does_not_open(algorithm: Algorithm) -> None:
    one = cipher(algorithm)
    sealed = one.seal(PHONE, HERE)
    with pytest.raises(BrokenSeal) as caught:
        one.open(sealed, place("party", "phone", new_id()))
    assert PHONE not in str(caught.value)
    assert sealed.rsplit(":", 1)[1] not in str(caught.value)


@pytest.mark.parametrize("algorithm", Algorithm)
@given(data=st.data())
def test_no_changed_character_goes_unnoticed(algorithm: Algorithm, data: st.DataObject) -> None:
    one = cipher(algorithm)
    sealed = one.seal(data.draw(st.text(max_size=12)), HERE)
    at = data.draw(st.integers(0, len(sealed) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda c: c != sealed[at]))
    with pytest.raises(CipherError):
        one.open(sealed[:at] + other + sealed[at + 1 :], HERE)


def test_another_spelling_of_the_same_bytes_is_no_envelope_of_ours() -> None:
    """Readers of base64 overlook blanks and unused bits; we do not."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    sealed = cipher().seal("1", HERE)
    last, padding = sealed[-2], sealed[-1]
    assert padding == "="
    unused_bit_set = sealed[:-2] + alphabet[alphabet.index(last) + 1] + padding
    for other in (unused_bit_set, sealed[:-3] + " " + sealed[-3:], sealed + "="):
        with pytest.raises(CipherError):
            cipher().open(other, HERE)


@pytest.mark.parametrize(
    "text",
    ["", "plain text", "v1:k1:onlythree", "v2:k1:AAAA:AAAA", "v1:k1:AAAA:AAAA", "v1:k1:é:AAAA"],
)
def test_what_is_no_envelope_is_told_apart(text: str) -> None:
    with pytest.raises(MalformedSeal):
        cipher().open(text, HERE)


def test_an_unknown_key_is_named_and_the_content_is_not() -> None:
    sealed = cipher(k0=OLD).seal(PHONE, HERE)
    with pytest.raises(UnknownKey, match=r"key k0") as caught:
        cipher(k1=NEW).open(sealed, HERE)
    assert sealed.rsplit(":", 1)[1] not in str(caught.value)


def test_every_key_of_the_ring_opens_and_the_first_seals() -> None:
    before = cipher(k1=OLD).seal(PHONE, HERE)
    ring = cipher(k2=NEW, k1=OLD)
    assert ring.open(before, HERE) == PHONE
    assert ring.needs_rotation(before)
    after = ring.rotate(before, HERE)
    assert after.startswith("v1:k2:")
    assert not ring.needs_rotation(after)
    assert ring.rotate(after, HERE) is after
    assert cipher(k2=NEW).open(after, HERE) == PHONE


def test_a_change_of_algorithm_is_a_rotation_too() -> None:
    before = cipher(Algorithm.AES).seal(PHONE, HERE)
    national = cipher(Algorithm.SM)
    assert national.needs_rotation(before)
    assert national.open(national.rotate(before, HERE), HERE) == PHONE


def test_two_seals_of_one_text_differ() -> None:
    one = cipher()
    assert one.seal(PHONE, HERE) != one.seal(PHONE, HERE)


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize(
    "spelling",
    [
        "441202199001011234X",
        "441202199001011234x",
        " 4412 0219 9001 0112 34X",
        "４４１２０２１９９００１０１１２３４Ｘ",
    ],
)
def test_the_blind_index_ignores_spelling(algorithm: Algorithm, spelling: str) -> None:
    one = cipher(algorithm)
    assert one.blind(spelling, "party.id") == one.blind("441202199001011234X", "party.id")


@pytest.mark.parametrize("algorithm", Algorithm)
def test_the_blind_index_depends_on_value_purpose_and_key(algorithm: Algorithm) -> None:
    one, other = cipher(algorithm), FieldCipher({"k1": OLD}, NEW, algorithm)
    indexes = {
        one.blind(PHONE, "party.phone"),
        one.blind("13812345679", "party.phone"),
        one.blind(PHONE, "employer.phone"),
        other.blind(PHONE, "party.phone"),
    }
    assert len(indexes) == 4
    assert {len(index) for index in indexes} == {16}
    assert not any(PHONE in index for index in indexes)


def test_sm4_gcm_agrees_with_rfc_8998() -> None:
    """RFC 8998, appendix A.1."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = bytes.fromhex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    )
    sealed = Sm4Gcm(key).encrypt(nonce, plain, aad)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert Sm4Gcm(key).decrypt(nonce, sealed, aad) == plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k1",
        "k1:",
        ":AAAA",
        "k1:not base64",
        "k1:QUJD",
        "bad kid:QUJD",
        "k1:{key},k1:{key}",
        "{key}",
    ],
)
def test_a_useless_keyring_is_refused_without_showing_it(text: str) -> None:
    key = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="
    with pytest.raises(BadKey) as caught:
        parse_keys(text.format(key=key))
    assert key not in str(caught.value)


def test_the_keyring_keeps_its_order() -> None:
    key = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="
    assert list(parse_keys(f"zz:{key}, aa:{key}")) == ["zz", "aa"]


def test_keys_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(BadKey):
        FieldCipher({"k1": os.urandom(16)}, BLIND)
    with pytest.raises(BadKey):
        FieldCipher({"k1": OLD}, b"short")
    with pytest.raises(BadKey):
        FieldCipher({}, BLIND)
