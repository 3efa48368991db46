"""Who is calling, as far as the form says: a number and a name, or a caller we know already."""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.problems import Problems
from shared.vocabulary.identifiers import IdNumber, Sex, id_number
from shared.vocabulary.phones import Phone, PhoneKind, phone

NAME_CHARACTERS_MAX = 50
NAME = ("姓名", "the name")
SALUTATIONS = {"mr": Sex.MALE, "ms": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class Caller:
    """What was said about a person. Everything is optional for a caller chosen from the card."""

    phone: Phone | None
    name: str
    id_number: IdNumber | None
    sex: Sex | None

    @property
    def takes_sms(self) -> bool:
        """Only a mobile number receives text messages."""
        return self.phone is not None and self.phone.kind is PhoneKind.MOBILE


@dataclass(frozen=True, slots=True)
class CallerWords:
    """The fields of the form that speak of the person."""

    phone: str
    name: str
    id_no: str = ""
    gender: str | None = None
    salutation: str | None = None


def read_caller(said: CallerWords, problems: Problems, *, known: bool, today: date) -> Caller:
    """Check what the form says of the caller; a known caller needs no number and no name."""
    if not known:
        problems.required("phone", said.phone, ("来电号码", "the caller's number"))
        problems.required("caller_name", said.name, NAME)
    problems.length("caller_name", said.name, NAME_CHARACTERS_MAX, NAME)
    number = problems.take("phone", lambda: phone(said.phone)) if said.phone else None
    card = (
        problems.take("id_no", lambda: id_number(said.id_no, today=today)) if said.id_no else None
    )
    return Caller(number, said.name, card, _sex(card, said))


def _sex(card: IdNumber | None, said: CallerWords) -> Sex | None:
    """The ID number knows best, then what the operator chose, then how the caller was addressed."""
    if card is not None:
        return card.sex
    if said.gender is not None:
        return Sex(said.gender)
    return SALUTATIONS.get(said.salutation or "")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is stored of a person, sealed; `merged` keeps what is known and adds what is new."""

    name: str = ""
    phone: str = ""
    id_number: str = ""
    sex: str = ""
    language: str = ""
    sms_consent: bool = True
    member: bool | None = None

    def merged(self, caller: Caller) -> "Profile":
        """The profile with the gaps filled from this call: what is on record is not overwritten by hearsay."""
        return Profile(
            name=self.name or caller.name,
            phone=self.phone or (caller.phone.shown if caller.phone else ""),
            id_number=self.id_number or (caller.id_number.value if caller.id_number else ""),
            sex=self.sex or (caller.sex.value if caller.sex else ""),
            language=self.language,
            sms_consent=self.sms_consent,
            member=self.member,
        )
