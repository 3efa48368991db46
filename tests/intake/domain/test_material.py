"""Names and kinds of materials."""

import pytest

from services.intake.domain.file_format import JPEG
from services.intake.domain.material import KINDS, WITHDRAWALS, Kind, Withdrawal, clean_name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("工资条.pdf", "工资条.pdf"),
        ("C:\\Users\\陈\\工资条.pdf", "工资条.pdf"),
        ("../../etc/passwd", "passwd"),
        ("工资\r\nSet-Cookie: a=b.pdf", "工资Set-Cookie: a=b.pdf"),
        ("工资\u202efdp.exe", "工资fdp.exe"),
        (" . ", "material.jpg"),
        ("", "material.jpg"),
    ],
)
def test_a_name_has_no_path_and_no_tricks(given: str, name: str) -> None:
    assert clean_name(given, JPEG) == name


def test_every_code_has_its_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(WITHDRAWALS) == set(Withdrawal)
