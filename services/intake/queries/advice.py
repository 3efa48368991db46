"""What the form is told while it is being filled in: what the call is about, where it would go, by when."""

from uuid import UUID

from fastapi import APIRouter

from services.intake.domain.advice import Suggestion, suggest
from services.intake.domain.case import Handling
from services.intake.domain.category_table import CATEGORIES
from services.intake.domain.clocks import Clock, contact_clock
from services.intake.domain.registration import NARRATIVE_CHARACTERS_MAX, Question, place_of, plan
from services.intake.domain.routing import DESK_NAMES
from services.intake.domain.urgency import Urgency
from services.intake.domain.wording import Text, org_name
from services.intake.queries.shapes import Asked, employer_by_id, hotline_only, reference_of
from services.intake.store.employers import known_employer
from shared.kernel.clock import now
from shared.kernel.command import Response
from shared.kernel.reader import Reader
from shared.vocabulary.calendar import local_date
from shared.vocabulary.regions import region_of_code

router = APIRouter(tags=["calls"])
ENDS_HERE = {
    Handling.ANSWER: Text("当场答复并办结", "Answered and closed on the call"),
    Handling.REFER_UP: Text("转上级工会", "Referred to the federation above"),
    Handling.REFER_OUT: Text("告知并转 12345 · 110", "Forwarded to 12345 or 110"),
}


class SuggestionQuestion(Asked):
    """What the caller said so far."""

    narrative: str
    employer_id: UUID | None = None
    claimant_count: int = 1


class PlanQuestion(Asked):
    """What decides where a case goes."""

    category: str
    urgency: Urgency
    handling: Handling
    region: str | None = None
    employer_id: UUID | None = None
    claimant_count: int = 1


class PlanAnswer(Response):
    """Where the case would go, why, and its clocks: closing first."""

    target: Text
    basis: Text
    clocks: list[Clock]


@router.post("/suggestions")
async def post_suggestion(question: SuggestionQuestion, reader: Reader) -> Suggestion:
    """Read-only; the operator decides."""
    hotline_only(reader.actor)
    row = await employer_by_id(reader, question.employer_id)
    text = question.narrative[:NARRATIVE_CHARACTERS_MAX]
    return suggest(text, known_employer(row) if row else None, question.claimant_count)


@router.post("/plans")
async def post_plan(question: PlanQuestion, reader: Reader) -> PlanAnswer:
    """Read-only: what registering would do."""
    hotline_only(reader.actor)
    at = now()
    rules = (await reference_of(reader)).rules(at)
    row = await employer_by_id(reader, question.employer_id)
    said = region_of_code(question.region) if question.region else None
    what = Question(
        category=CATEGORIES.choose(question.category, local_date(at)),
        urgency=question.urgency,
        handling=question.handling,
        place=place_of(said, row["region"] if row else None, reader.actor.org),
        claimant_count=question.claimant_count,
    )
    found = plan(what, at, rules)
    clocks = [found.dated.clock]
    if found.first_contact:
        clocks.append(
            contact_clock(found.first_contact, what.urgency, rules.sla, rules.calendar, at)
        )
    unit, (desk_zh, desk_en) = org_name(found.route.org), DESK_NAMES[found.route.desk]
    there = Text(f"{unit.zh} · {desk_zh}", f"{unit.en} · {desk_en}")
    return PlanAnswer(
        target=ENDS_HERE.get(found.handling, there),
        basis=Text(found.route.reason_zh, found.route.reason_en),
        clocks=clocks,
    )
