"""What is compared before a lawyer takes a dispute: relations bar, acquaintance is only said."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.comparison import (
    LawyerNear,
    Nearness,
    OwnDispute,
    compare,
    declared_near,
    refuse_near,
)
from services.mediation.domain.consent import ConflictDeclaration, Relation
from tests.mediation.domain.builders import LAWYER, MEDIATORS, TODAY, opened

DISPUTE = opened()
EMPLOYER, ELSEWHERE = UUID(int=102), UUID(int=999)
OWN = st.lists(st.builds(OwnDispute, same_employer=st.booleans(), same_worker=st.booleans()))
TIES = st.sets(st.sampled_from([EMPLOYER, ELSEWHERE, UUID(int=998)]))
RELATIONS = st.lists(st.sampled_from(Relation), max_size=4)


def said(*relations: Relation, by: UUID = LAWYER) -> tuple[ConflictDeclaration, ...]:
    """Declarations of one person, one after the other."""
    return tuple(ConflictDeclaration(by, one, TODAY) for one in relations)


@pytest.mark.parametrize(
    ("changes", "ties", "found"),
    [
        ({}, [], ()),
        ({}, [ELSEWHERE], ()),
        ({}, [ELSEWHERE, EMPLOYER], (Nearness.TIED,)),
        ({"employer_id": None}, [EMPLOYER], ()),
        ({"declarations": said(Relation.NONE)}, [], ()),
        ({"declarations": said(Relation.INTEREST)}, [], (Nearness.DECLARED,)),
        ({"declarations": said(Relation.INTEREST, by=MEDIATORS[0])}, [], ()),
        ({"mediated_by": frozenset({LAWYER})}, [], (Nearness.MEDIATED,)),
        ({"mediated_by": frozenset(MEDIATORS)}, [], ()),
        (
            {"mediated_by": frozenset({LAWYER}), "declarations": said(Relation.OTHER)},
            [EMPLOYER],
            (Nearness.TIED, Nearness.DECLARED, Nearness.MEDIATED),
        ),
    ],
)
def test_what_bars_a_lawyer(
    changes: dict[str, object], ties: list[UUID], found: tuple[Nearness, ...]
) -> None:
    compared = compare(LAWYER, replace(DISPUTE, **changes), [], ties)  # type: ignore[arg-type]
    assert compared.found == found
    assert compared.conflict is bool(found)
    if found:
        with pytest.raises(LawyerNear) as refusal:
            refuse_near(compared)
        assert refusal.value.details == {"found": [one.value for one in found]}
    else:
        refuse_near(compared)


@given(OWN, TIES)
def test_everything_looked_at_is_counted_and_acquaintance_bars_nobody(
    own: list[OwnDispute], ties: set[UUID]
) -> None:
    compared = compare(LAWYER, DISPUTE, own, ties)
    assert (compared.disputes, compared.employers) == (len(own), len(ties))
    assert compared.same_employer == len([one for one in own if one.same_employer])
    assert compared.same_worker == len([one for one in own if one.same_worker])
    assert compared.conflict is (EMPLOYER in ties)


@given(RELATIONS)
def test_the_last_declaration_counts(relations: list[Relation]) -> None:
    near = declared_near(replace(DISPUTE, declarations=said(*relations)))
    last = relations[-1] if relations else Relation.NONE
    assert near == (frozenset() if last is Relation.NONE else {LAWYER})
