"""Files at rest keep the promises of sealed fields, and their keys rotate without them."""

import pytest

from shared.kernel.crypto import Algorithm, BrokenSeal, FieldCipher, place
from shared.kernel.file_seal import open_file, seal_file
from shared.vocabulary.ids import new_id

OLD, NEW, BLIND = (bytes([n]) * 32 for n in (1, 2, 3))
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 8
HERE = place("material", "key", new_id())


def cipher(algorithm: Algorithm = Algorithm.AES, **keys: bytes) -> FieldCipher:
    return FieldCipher(keys or {"k1": OLD}, BLIND, algorithm)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_what_is_sealed_opens_in_its_place_and_shows_nothing(algorithm: Algorithm) -> None:
    one = cipher(algorithm)
    key, sealed = seal_file(one, CONTENT, HERE)
    assert open_file(one, key, sealed, HERE) == CONTENT
    assert CONTENT[:9] not in sealed
    assert seal_file(one, CONTENT, HERE)[1] != sealed


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("at", [0, 11, 12, 500, -1], ids=lambda at: f"byte {at}")
def test_a_changed_byte_does_not_go_unnoticed(algorithm: Algorithm, at: int) -> None:
    one = cipher(algorithm)
    key, sealed = seal_file(one, CONTENT, HERE)
    changed = bytearray(sealed)
    changed[at] ^= 1
    with pytest.raises(BrokenSeal):
        open_file(one, key, bytes(changed), HERE)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_file_of_another_row_does_not_open(algorithm: Algorithm) -> None:
    one = cipher(algorithm)
    key, sealed = seal_file(one, CONTENT, HERE)
    with pytest.raises(BrokenSeal):
        open_file(one, key, sealed, place("material", "key", new_id()))
    with pytest.raises(BrokenSeal):
        open_file(one, key, seal_file(one, CONTENT, HERE)[1], HERE)


@pytest.mark.parametrize("cut", [0, 5, 12, 20])
def test_a_file_cut_short_does_not_open(cut: int) -> None:
    key, sealed = seal_file(cipher(), CONTENT, HERE)
    with pytest.raises(BrokenSeal):
        open_file(cipher(), key, sealed[:cut], HERE)


def test_a_rotated_key_opens_the_untouched_file() -> None:
    key, sealed = seal_file(cipher(), CONTENT, HERE)
    turned = cipher(k2=NEW, k1=OLD).rotate(key, HERE)
    assert open_file(cipher(k2=NEW), turned, sealed, HERE) == CONTENT


def test_an_installation_that_chose_the_national_algorithms_seals_files_with_them() -> None:
    key, sealed = seal_file(cipher(Algorithm.SM), CONTENT, HERE)
    assert key.startswith("v1s:")
    assert cipher(Algorithm.SM).open(key, HERE).startswith("sm:")
    assert open_file(cipher(Algorithm.AES), key, sealed, HERE) == CONTENT
