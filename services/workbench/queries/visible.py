"""`domain/scope.py` as SQL: what a reader may see, and what of it they ask for."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, true
from sqlmodel import col

from services.workbench.domain.scope import HOTLINE, sees_own_only, sees_subtree
from services.workbench.tables import CardPartyRow, CardRow, EmployerRow, PartyRow
from shared.kernel.crypto import FieldCipher
from shared.vocabulary.identifiers import (
    case_number,
    normalise_tracking_code,
    parse_case_number,
)
from shared.vocabulary.people import Actor, Role
from shared.vocabulary.phones import phone_or_none
from shared.vocabulary.regions import CITY_PATH, region_of_code

BELOW, BESIDE = ".", "/"
"""The characters that follow a node's path below it, and the next one in order: a range an index can serve."""
EMPLOYERS_MATCHED_MAX = 200
PARTIES_MATCHED_MAX = 500
TAIL_DIGITS, SERIAL_DIGITS = 4, 6
SEARCH_CHARACTERS_MIN = 2
TRACKING_PURPOSE = "case.tracking"
"""As intake names it: both services index the code under the same key."""


def within(column: Any, path: str) -> ColumnElement[bool]:
    """The node itself or below it."""
    return or_(column == path, and_(column > path + BELOW, column < path + BESIDE))


def visible(actor: Actor) -> ColumnElement[bool]:
    """The cases that exist for the actor."""
    ways: list[ColumnElement[bool]] = []
    if actor.has(Role.LAWYER):
        ways += [col(CardRow.lawyer_id) == actor.id, col(CardRow.offer_lawyer_id) == actor.id]
    if sees_subtree(actor):
        if actor.org == CITY_PATH:
            return true()
        ways += [
            within(col(CardRow.org), actor.org),
            within(col(CardRow.intake_org), actor.org),
            own(actor),
        ]
        if actor.has(*HOTLINE):
            ways.append(within(col(CardRow.desk_org), actor.org))
    return or_(*ways) if ways else false()


def own(actor: Actor) -> ColumnElement[bool]:
    """What the actor registered or mediates."""
    return or_(col(CardRow.operator_id) == actor.id, mediated_by(actor))


def mediated_by(actor: Actor) -> ColumnElement[bool]:
    """Disputes the actor mediates."""
    return col(CardRow.mediator_ids).contains([str(actor.id)])


def naming(actor: Actor) -> ColumnElement[bool]:
    """`may_know_people` for lists: an open offer names nobody to an outside lawyer, and who hides nobody to the unit."""
    seen = col(CardRow.lawyer_id) == actor.id if sees_own_only(actor) else visible(actor)
    return seen if actor.has(*HOTLINE) else and_(seen, ~_hidden())


def _hidden() -> ColumnElement[bool]:
    told: ColumnElement[bool] = col(CardRow.folded)["case"]["hidden"].as_boolean()
    return func.coalesce(told, false())


def about_party(actor: Actor, party_id: UUID) -> ColumnElement[bool]:
    """Cases with this worker whose people the actor may know."""
    cases = select(col(CardPartyRow.case_id)).where(col(CardPartyRow.party_id) == party_id)
    return and_(naming(actor), col(CardRow.case_id).in_(cases))


def in_region(region: str) -> ColumnElement[bool]:
    """A node's path, or a statistical code."""
    found = None if region.startswith(CITY_PATH) else region_of_code(region)
    return within(col(CardRow.org), found.path if found else region)


def matching(actor: Actor, text: str, cipher: FieldCipher) -> ColumnElement[bool]:
    """Case number or its last six digits, a piece of an employer's name; and by what only the worker tells (tracking
    code, telephone or its last four digits, full name) among the cases whose people the actor may know: what a search
    finds would confirm it.
    """
    of_case, of_person = _by_case(text), _by_person(text, cipher)
    if of_person is None:
        return of_case
    return or_(of_case, and_(of_person, naming(actor)))


def _by_case(text: str) -> ColumnElement[bool]:
    typed = "".join(text.split())
    number = parse_case_number(typed)
    if number:
        return col(CardRow.number) == case_number(*number)
    if typed.isdigit():
        right = func.right(col(CardRow.number), SERIAL_DIGITS)
        return right == typed if len(typed) == SERIAL_DIGITS else false()
    if len(typed) < SEARCH_CHARACTERS_MIN:
        return false()
    return col(CardRow.employer_id).in_(employers_like(typed))


def _by_person(text: str, cipher: FieldCipher) -> ColumnElement[bool] | None:
    code, parties = normalise_tracking_code("".join(text.split())), parties_like(text, cipher)
    ways: list[ColumnElement[bool]] = []
    if code:
        ways.append(col(CardRow.tracking_blind) == cipher.blind(code, TRACKING_PURPOSE))
    if parties is not None:
        of_them = select(col(CardPartyRow.case_id)).where(col(CardPartyRow.party_id).in_(parties))
        ways.append(col(CardRow.case_id).in_(of_them))
    return or_(*ways) if ways else None


def parties_like(text: str, cipher: FieldCipher) -> Any | None:
    """Ids of workers by whole number, last four digits or full name; None for a text that can be none of them."""
    typed = "".join(text.split())
    phone = phone_or_none(typed)
    if phone:
        by = col(PartyRow.phone_blind) == cipher.blind(phone.key, "party.phone")
    elif typed.isdigit() and len(typed) == TAIL_DIGITS:
        by = col(PartyRow.tail_blind) == cipher.blind(typed, "party.tail")
    elif not typed.isdigit() and len(typed) >= SEARCH_CHARACTERS_MIN:
        by = col(PartyRow.name_blind) == cipher.blind(typed, "party.name")
    else:
        return None
    return select(col(PartyRow.party_id)).where(by).limit(PARTIES_MATCHED_MAX)


def employers_like(text: str) -> Any:
    """Ids of employers whose name holds the text: by pairs of characters first, then exactly."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return (
        select(col(EmployerRow.employer_id))
        .where(
            func.bigrams(col(EmployerRow.name)).op("@>")(func.bigrams(literal(text))),
            col(EmployerRow.name).like(f"%{escaped}%"),
        )
        .limit(EMPLOYERS_MATCHED_MAX)
    )
