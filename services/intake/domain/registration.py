"""A call becomes a case: what the form must say, where the case goes, by when it is due, what wakes it.

Triage advises and routing proposes; the operator's choice counts, except that words of danger make a case at
least urgent (rule 48) and a complaint never reaches whom it is about (rule 46).
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.intake.domain.caller import Caller, CallerWords, read_caller
from services.intake.domain.case import Case, Handling, begin, expected_parts
from services.intake.domain.categories import Category, CategoryTable, Level, TopClass, Track
from services.intake.domain.clocks import Clock, closing_clock
from services.intake.domain.employer import EMPLOYER_NAME_CHARACTERS_MAX, Employer
from services.intake.domain.problems import Problems
from services.intake.domain.reading import PEOPLE_MAX, arrears_months
from services.intake.domain.routing import Catalogue, Desk, Route, route
from services.intake.domain.sla import (
    SIGN,
    Escalation,
    SlaTable,
    first_contact_due,
    handling_deadline,
    ladder,
)
from services.intake.domain.triage import CallFacts, Triage, triage
from services.intake.domain.urgency import Urgency
from services.intake.domain.wording import CHANNELS, NUMBERED_CHANNELS
from shared.vocabulary.calendar import WorkCalendar, local_date
from shared.vocabulary.deadlines import Deadline
from shared.vocabulary.money import AMOUNT_FEN_MAX
from shared.vocabulary.regions import (
    CITY_PATH,
    REGIONS,
    Region,
    county_of,
    region_at,
    region_of_code,
)

NARRATIVE_CHARACTERS_MAX = 2_000
TITLE_CHARACTERS_MAX = 60
REASON_CHARACTERS_MAX = 200
UPSTREAM_NO_CHARACTERS_MAX = 40
PART_OPENS_WITHIN = timedelta(minutes=30)
"""A dispute or application that nobody took up by then is seen as overdue: no case waits unseen."""
PART_EXPECTED = "part_expected"
ORDER = (Urgency.NORMAL, Urgency.URGENT, Urgency.CRITICAL)

NARRATIVE = ("诉求内容", "what the caller asks for")
TITLE = ("标题", "the title")
REASON = ("特急理由", "the reason for critical")
EMPLOYER = ("用人单位名称", "the employer's name")
UPSTREAM = ("上级或转办单号", "the number of the order")
COUNT = ("涉及人数", "the number of workers")
AMOUNT = ("涉及金额（分）", "the amount in fen")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallForm:
    """The form as it was typed; empty text and None both mean: not said."""

    phone: str
    party_id: UUID | None
    caller_name: str
    salutation: str | None
    employer_id: UUID | None
    employer_name: str
    narrative: str
    category: str | None
    title: str
    urgency: Urgency
    urgency_reason: str
    handling: Handling
    answer: str | None
    gender: str | None
    id_no: str
    claimant_count: int
    amount_fen: int | None
    region: str | None
    migrant: bool | None
    member: bool | None
    channel: str
    upstream_no: str
    confidential: str
    call_back: str
    call_id: UUID | None


@dataclass(frozen=True, slots=True)
class CheckedCall:
    """A form that can become a case."""

    form: CallForm
    caller: Caller
    category: Category
    region: Region | None


def check(
    form: CallForm, table: CategoryTable, answers: Collection[str], today: date
) -> CheckedCall:
    """Every rule of the form; all mistakes are told together."""
    problems = Problems()
    words = CallerWords(form.phone, form.caller_name, form.id_no, form.gender, form.salutation)
    caller = read_caller(words, problems, known=form.party_id is not None, today=today)
    _check_texts(form, problems)
    _check_choices(form, answers, problems)
    _check_numbers(form, problems)
    category = problems.take("category", lambda: table.choose(form.category or "", today))
    region = _region(form.region, problems)
    problems.stop()
    assert category is not None  # noqa: S101 - `stop` has raised otherwise
    return CheckedCall(form, caller, category, region)


def _check_texts(form: CallForm, problems: Problems) -> None:
    problems.required("narrative", form.narrative, NARRATIVE)
    problems.length("narrative", form.narrative, NARRATIVE_CHARACTERS_MAX, NARRATIVE)
    problems.length("title", form.title, TITLE_CHARACTERS_MAX, TITLE)
    problems.length("urgency_reason", form.urgency_reason, REASON_CHARACTERS_MAX, REASON)
    problems.length("employer_name", form.employer_name, EMPLOYER_NAME_CHARACTERS_MAX, EMPLOYER)
    problems.length("upstream_no", form.upstream_no, UPSTREAM_NO_CHARACTERS_MAX, UPSTREAM)


def _check_choices(form: CallForm, answers: Collection[str], problems: Problems) -> None:
    if form.urgency is Urgency.CRITICAL:
        problems.required("urgency_reason", form.urgency_reason, REASON)
    if form.handling is Handling.ANSWER and form.answer not in answers:
        problems.add(
            "answer",
            "answer_unknown",
            "直接答复须选择所用的答复口径，请从列表中选择。",
            "Choose from the list the answer that was given on the call.",
        )
    if form.channel not in CHANNELS:
        problems.add(
            "channel",
            "channel_unknown",
            "没有这个诉求渠道，请从列表中重新选择。",
            "There is no such channel. Choose one from the list.",
        )
    if form.channel in NUMBERED_CHANNELS:
        problems.required("upstream_no", form.upstream_no, UPSTREAM)


def _check_numbers(form: CallForm, problems: Problems) -> None:
    problems.number("claimant_count", form.claimant_count, (1, PEOPLE_MAX), COUNT)
    if form.amount_fen is not None:
        problems.number("amount_fen", form.amount_fen, (1, AMOUNT_FEN_MAX), AMOUNT)


def _region(code: str | None, problems: Problems) -> Region | None:
    found = region_of_code(code) if code else None
    if code and found is None:
        problems.add(
            "region",
            "region_unknown",
            "没有这个县区或镇街，请从列表中重新选择发生地。",
            "There is no such county or town. Choose the place from the list.",
        )
    return found


# -- where it goes, and by when --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rules:
    """The versions of everything that decides: limits, working days, desks."""

    sla: SlaTable
    calendar: WorkCalendar
    catalogue: Catalogue
    days: dict[tuple[TopClass, Track, Level, date], "Dated"] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Counting days is the same for every case of a kind and a day: remembered."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What follows from the kind of a case and the day it was received: deadline, reminder, and the clock that day."""

    deadline: Deadline
    reminder: Escalation
    clock: Clock


def dated(category: Category, now: datetime, rules: Rules) -> Dated:
    """By when a case of that category is due that is received now."""
    kind = (category.top, category.track, category.level)
    key = (*kind, local_date(now))
    found = rules.days.get(key)
    if found is None:
        deadline = handling_deadline(kind, now, rules.sla, rules.calendar)
        reminder = ladder(deadline, rules.sla, rules.calendar)[0]
        clock = closing_clock(deadline, rules.sla, rules.calendar, now)
        found = rules.days[key] = Dated(deadline, reminder, clock)
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """What will happen with a case of this kind: unit and desk with the reason, and its clocks."""

    route: Route
    handling: Handling
    dated: Dated
    first_contact: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """What decides where a case goes and by when."""

    category: Category
    urgency: Urgency
    handling: Handling
    place: Region
    claimant_count: int


def plan(what: Question, now: datetime, rules: Rules) -> Plan:
    """Where such a case goes and by when; above our tree it is referred to the province."""
    category, handling = what.category, what.handling
    to = route(
        category,
        category.track,
        what.place.path,
        claimant_count=what.claimant_count,
        catalogue=rules.catalogue,
    )
    if to.refer_up:
        to, handling = replace(to, org=CITY_PATH), Handling.REFER_UP
    contact = (
        first_contact_due(what.urgency, now, rules.sla, rules.calendar)
        if handling is Handling.DISPATCH
        else None
    )
    return Plan(to, handling, dated(category, now, rules), contact)


@dataclass(frozen=True, slots=True)
class Registration:
    """A new case with what only intake keeps beside it."""

    case: Case
    desk: Desk
    title: str
    dated: Dated
    first_contact: datetime | None
    arrears_months: int | None
    triage: Triage
    aid_programme: str | None
    sla_version: int
    employer: Employer | None

    @property
    def sign_due(self) -> datetime | None:
        """By when the unit signs: as for the first contact; a part is signed for by the service that takes it up."""
        return None if self.case.open_parts else self.first_contact


@dataclass(frozen=True, slots=True)
class Identity:
    """What a new case is called, and whose it is: `org` is the desk that wrote it down."""

    case_id: UUID
    number: str
    caller_id: UUID
    employer: Employer | None
    place: Region
    org: str


def register(call: CheckedCall, who: Identity, now: datetime, rules: Rules) -> Registration:
    """The case that a checked call becomes."""
    form, category = call.form, call.category
    months = arrears_months(form.narrative)
    facts = CallFacts(
        text=form.narrative,
        category=category.code,
        claimant_count=form.claimant_count,
        owed_fen=form.amount_fen,
        arrears_consecutive=months.value if months else None,
    )
    found = triage(facts)
    urgency = raised(form.urgency, found)
    question = Question(category, urgency, form.handling, who.place, form.claimant_count)
    way = plan(question, now, rules)
    dispatched = way.handling is Handling.DISPATCH
    parts = expected_parts(category, category.track, way.handling)
    case = Case(
        id=who.case_id,
        number=who.number,
        category=category.code,
        top=category.top,
        track=category.track,
        level=category.level,
        urgency=urgency,
        handling=way.handling,
        org=way.route.org if dispatched else who.org,
        region=who.place.code,
        caller_id=who.caller_id,
        received_at=now,
        employer_id=who.employer.id if who.employer else None,
        claimant_count=form.claimant_count,
        amount_fen=form.amount_fen,
        confidential=form.confidential != "none",
        parts=parts,
        deadlines=(way.dated.deadline,),
    )
    return Registration(
        case=begin(case, local_date(now)),
        desk=way.route.desk if dispatched else Desk.HOTLINE,
        title=form.title or proposed_title(category, who.employer, form.claimant_count),
        dated=way.dated,
        first_contact=way.first_contact,
        arrears_months=months.value if months else None,
        triage=found,
        aid_programme=category.programme if parts else None,
        sla_version=rules.sla.version,
        employer=who.employer,
    )


def place_of(said: Region | None, employer_region: str | None, org: str) -> Region:
    """Where the matter lies: as said, else where the employer is, else where the desk is."""
    employers = region_of_code(employer_region) if employer_region else None
    found = said or employers or region_at(org) or region_at(county_of(org))
    return found or REGIONS[0]


def raised(chosen: Urgency, found: Triage) -> Urgency:
    """The operator's urgency, but at least urgent where life, violence or a road is at stake (rule 48)."""
    floor = Urgency.URGENT if found.phone_task else Urgency.NORMAL
    return max(chosen, floor, key=ORDER.index)


def proposed_title(category: Category, employer: Employer | None, claimant_count: int) -> str:
    """`琅石建材拖欠工资（14 人）`: what a list shows when nobody wrote anything better."""
    people = f"（{claimant_count} 人）" if claimant_count > 1 else ""
    name = employer.short_name if employer else ""
    return f"{name}{category.zh}{people}"[:TITLE_CHARACTERS_MAX]


def first_wakes(new: Registration, now: datetime) -> list[tuple[str, datetime]]:
    """What looks at an open case first, and when; each firing sets the next, so no case sleeps for ever."""
    if not new.case.is_open:
        return []
    if new.case.open_parts:
        return [(PART_EXPECTED, now + PART_OPENS_WITHIN)]
    reminder = (new.dated.reminder.step.value, new.dated.reminder.at)
    return [reminder, (SIGN, new.sign_due)] if new.sign_due else [reminder]
