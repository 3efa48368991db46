"""The page's left side: applicant, household, and the class of hardship with its arithmetic."""

from datetime import date

from services.welfare.domain.dossier import Dossier
from services.welfare.domain.hardship import HARDSHIP_NAMES, Assessment, Household
from services.welfare.domain.programme import Programme
from services.welfare.queries.shapes import Coded, Text, coded
from services.welfare.store.people import Profile
from shared.kernel.command import Response
from shared.vocabulary.errors import Invalid
from shared.vocabulary.identifiers import id_number, mask_bank, mask_id, mask_name
from shared.vocabulary.phones import mask_phone


class Applicant(Response):
    """The applicant, masked."""

    name_masked: str
    id_no_masked: str | None
    phone_masked: str | None
    gender: str | None
    age: int | None
    employer_name: str | None
    member_since: int | None
    migrant: bool | None
    situation: str | None
    account_masked: str | None
    bank: str | None


class MemberLine(Response):
    """Somebody of the household; `index` names the member for a reveal, null for the applicant."""

    index: int | None
    relation: str
    name_masked: str
    id_no_masked: str | None
    situation: str
    income_fen: int
    guardian_consent: bool


class HouseholdPart(Response):
    """The family's table with its sum."""

    size: int
    members: list[MemberLine]
    income_fen: int


class ExpenseLine(Response):
    """An unavoidable expense."""

    label: str
    amount_fen: int


class HardshipLine(Response):
    """One class tested: the comparison in figures, and whether it holds."""

    hardship: Coded
    text: Text
    met: bool


class HardshipPart(Response):
    """How the class came about, and what the programme usually grants."""

    standard: str
    formula: str
    per_capita_fen: int
    expenses: list[ExpenseLine]
    calamity: str
    calamity_fen: int
    lines: list[HardshipLine]
    proposed: Coded
    usual_fen: int
    yearly_cap_fen: int
    paid_this_year_fen: int


def applicant_part(dossier: Dossier, profile: Profile, today: date) -> Applicant:
    """From the form; before that, what intake knows of the caller."""
    form = dossier.form
    number = form.id_no if form else profile.id_number
    phone = form.phone if form else profile.phone
    gender, age = _of_number(number, today)
    return Applicant(
        name_masked=mask_name(form.name if form else profile.name),
        id_no_masked=mask_id(number) if number else None,
        phone_masked=mask_phone(phone) if phone else None,
        gender=gender,
        age=age,
        employer_name=form.employer_name if form else None,
        member_since=form.member_since if form else None,
        migrant=form.migrant if form else None,
        situation=form.situation if form else None,
        account_masked=mask_bank(form.account.number) if form else None,
        bank=form.account.bank if form else None,
    )


def _of_number(text: str, today: date) -> tuple[str | None, int | None]:
    try:
        known = id_number(text, today=today)
    except Invalid:
        return None, None
    return known.sex.value, known.age_on(today)


def household_part(dossier: Dossier) -> HouseholdPart | None:
    """The family, the applicant first."""
    form = dossier.form
    if form is None:
        return None
    own = MemberLine(
        index=None,
        relation="本人",
        name_masked=mask_name(form.name),
        id_no_masked=mask_id(form.id_no),
        situation=form.situation,
        income_fen=form.income_fen,
        guardian_consent=False,
    )
    others = [
        MemberLine(
            index=n,
            relation=one.relation,
            name_masked=mask_name(one.name),
            id_no_masked=mask_id(one.id_no) if one.id_no else None,
            situation=one.situation,
            income_fen=one.income_fen,
            guardian_consent=one.guardian_consent,
        )
        for n, one in enumerate(form.members)
    ]
    family = form.household
    return HouseholdPart(size=family.size, members=[own, *others], income_fen=family.income_fen)


def hardship_part(dossier: Dossier, programme: Programme, paid_fen: int) -> HardshipPart | None:
    """The arithmetic line by line, and the grant the programme would give."""
    form, found = dossier.form, dossier.assessment
    if form is None or found is None:
        return None
    part = hardship_lines(form.household, found, programme, paid_fen)
    return part.model_copy(update={"calamity": form.calamity})


def hardship_lines(
    family: Household, found: Assessment, programme: Programme, paid_fen: int = 0
) -> HardshipPart:
    """A family's assessment as the screen shows it."""
    return HardshipPart(
        standard=found.standard,
        formula=found.formula,
        per_capita_fen=found.per_capita_fen,
        expenses=[ExpenseLine(label=e.label, amount_fen=e.fen) for e in family.rigid],
        calamity="",
        calamity_fen=family.calamity_fen,
        lines=[
            HardshipLine(
                hardship=coded(line.hardship.value, HARDSHIP_NAMES[line.hardship]),
                text=Text(zh=line.text_zh, en=line.text_en),
                met=line.met,
            )
            for line in found.lines
        ],
        proposed=coded(found.hardship.value, HARDSHIP_NAMES[found.hardship]),
        usual_fen=programme.usual_fen(found.hardship, paid_fen),
        yearly_cap_fen=programme.yearly_cap_fen,
        paid_this_year_fen=paid_fen,
    )
