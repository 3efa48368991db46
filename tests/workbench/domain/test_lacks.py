"""No card shows a raw code: everything that a step of the default process can lack has its words."""

import re
from pathlib import Path

import pytest

from services.mediation.domain.agreement import Agreement, lacking, unsigned
from services.workbench.domain.lacks import lack, to_sign
from services.workbench.domain.text import Text

DOMAIN = Path("services/mediation/domain")
CODE = re.compile(r'(?:Missing|_one)\(\s*f?"([a-z_]+)')
CODES = sorted({code for file in DOMAIN.glob("*.py") for code in CODE.findall(file.read_text())})


def test_the_codes_are_found_in_the_rules_of_mediation() -> None:
    assert {"scope_unchecked", "lawyer_missing", "signature_missing_"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_mediation_has_words(code: str) -> None:
    known = lack(code + "x" if code.endswith("_") else code)
    if code not in {"consent_missing_", "consent_refused_"}:
        assert known.zh != "1 项"
    assert "_" not in known.zh + known.en


@pytest.mark.parametrize("side", ["workers", "employer"])
def test_a_consent_names_its_side(side: str) -> None:
    assert lack(f"consent_missing_{side}") != lack(f"consent_refused_{side}")


def test_the_longest_beginning_wins() -> None:
    assert lack("signature_missing_supervisor").zh == "分管负责人签字"
    assert lack("signature_missing_director").zh == "研判签字"


def test_the_hands_under_an_agreement_are_those_mediation_asks_for() -> None:
    asked = [one.code for one in unsigned(Agreement())]
    assert len(asked) == 4
    for code in asked:
        assert to_sign([code]) is not None
    texts = [one.code for one in lacking(Agreement())]
    assert to_sign(texts) is None


def test_a_code_nobody_described_is_counted() -> None:
    assert lack("moon_not_full") == Text("1 项", "1 item")
