"""The form of an application: the household, its year's money, the account, the consents. Checked field by field."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.welfare.domain.checks import PersonStatus
from services.welfare.domain.hardship import FAMILY_MAX, Household, Item
from services.welfare.domain.programme import Programme
from shared.vocabulary.errors import FieldError, Invalid
from shared.vocabulary.identifiers import id_number, uscc
from shared.vocabulary.phones import PhoneKind, phone

AMOUNT_FEN_MAX = 10_000_000_00
"""The largest single amount of a form; the bank takes no more in one order."""
ITEMS_MAX = 20
NAME_CHARACTERS_MAX = 40
TEXT_CHARACTERS_MAX = 200
CHILD_YEARS = 14
"""Below this age a guardian consents (PIPL 31, rule 61)."""
ACCOUNT = re.compile(r"\d{12,30}")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household besides the applicant, with the income of the year."""

    relation: str
    name: str
    id_no: str = ""
    situation: str = ""
    income_fen: int = 0
    guardian_consent: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An unavoidable expense of the year: rent, school, medicine."""

    label: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where the money is to go; a guardian's account needs the recorded relation."""

    number: str
    bank: str
    holder: str
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class Assets:
    """What the cross-check with other offices found, and what the applicant says to it."""

    found: bool
    what: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the officer writes down with the applicant. Personal throughout: it is stored sealed."""

    name: str
    id_no: str
    phone: str
    address: str
    employer_name: str
    situation: str
    income_fen: int
    amount_fen: int
    account: BankAccount
    reason: str = ""
    employer_uscc: str = ""
    status: PersonStatus | None = None
    member_since: int | None = None
    migrant: bool | None = None
    members: tuple[Member, ...] = ()
    expenses: tuple[Amount, ...] = ()
    calamity_fen: int = 0
    calamity: str = ""
    disaster: bool = False
    assets: Assets | None = None
    aided_elsewhere: bool | None = None
    invoice_no: str = ""
    consent_version: str = ""
    """The text of the consent to the use of sensitive data that was signed (rule 60)."""
    consented_on: date | None = None
    publicity_consent: bool = False
    own_staff_id: UUID | None = None
    relatives: tuple[UUID, ...] = ()

    @property
    def household(self) -> Household:
        """The family's year as the rule of hardship sees it."""
        incomes = (
            Item(self.name, self.income_fen),
            *(Item(m.name, m.income_fen) for m in self.members),
        )
        rigid = tuple(Item(one.label, one.amount_fen) for one in self.expenses)
        return Household(
            1 + len(self.members), incomes, rigid, self.calamity_fen, disaster=self.disaster
        )

    @property
    def id_numbers(self) -> tuple[str, ...]:
        """The numbers of everybody of the household who has one, the applicant's first."""
        found = (self.id_no, *(member.id_no for member in self.members if member.id_no))
        return tuple(dict.fromkeys(found))

    @property
    def holder_is_applicant(self) -> bool:
        """Whether the account is the applicant's own, spelling aside."""
        return _plain(self.account.holder) == _plain(self.name)


def checked(form: Form, programme: Programme, today: date) -> Form:
    """The form with its numbers in their one spelling; Invalid names every field that is wrong."""
    errors: list[FieldError] = []
    tidy = replace(
        form,
        id_no=_number(form.id_no, "id_no", today, errors),
        phone=_phone(form.phone, errors),
        employer_uscc=_uscc(form.employer_uscc, errors),
        members=tuple(_member(one, n, today, errors) for n, one in enumerate(form.members)),
        account=replace(form.account, number="".join(form.account.number.split())),
    )
    errors += [
        *_missing(tidy),
        *_amounts(tidy),
        *_account(tidy.account),
        *_consents(tidy, programme),
    ]
    if errors:
        raise Invalid(*errors)
    return tidy


def checked_account(account: BankAccount) -> BankAccount:
    """An account in its one spelling; Invalid says what is wrong with it."""
    tidy = replace(account, number="".join(account.number.split()))
    errors = [*_account(tidy)]
    if errors:
        raise Invalid(*errors)
    return tidy


def _number(text: str, field: str, today: date, errors: list[FieldError]) -> str:
    try:
        return id_number(text, today=today, field=field).value
    except Invalid as invalid:
        errors += invalid.errors
        return text


def _phone(text: str, errors: list[FieldError]) -> str:
    """A number at which the applicant can be reached: a mobile or a landline."""
    try:
        found = phone(text)
    except Invalid as invalid:
        errors += invalid.errors
        return text
    if found.kind not in {PhoneKind.MOBILE, PhoneKind.LANDLINE}:
        errors.append(
            FieldError(
                "phone",
                "phone_not_personal",
                "请填写能联系到本人的手机或固定电话，不要填服务热线。",
                "Give a mobile or landline number of the applicant, not a service number.",
            )
        )
    return found.key


def _uscc(text: str, errors: list[FieldError]) -> str:
    if not text:
        return ""
    try:
        return uscc(text, field="employer_uscc")
    except Invalid as invalid:
        errors += invalid.errors
        return text


def _member(member: Member, n: int, today: date, errors: list[FieldError]) -> Member:
    where = f"members.{n}"
    named = {"relation": member.relation, "name": member.name}
    errors += [_needed(f"{where}.{field}") for field, text in named.items() if not text.strip()]
    if not member.id_no:
        return member
    value = _number(member.id_no, f"{where}.id_no", today, errors)
    if not errors and id_number(value, today=today).age_on(today) < CHILD_YEARS:
        errors += [] if member.guardian_consent else [_guardian(f"{where}.guardian_consent")]
    return replace(member, id_no=value)


def _missing(form: Form) -> Iterator[FieldError]:
    for field in ("name", "address", "employer_name", "situation"):
        text = getattr(form, field)
        if not text.strip():
            yield _needed(field)
        elif len(text) > TEXT_CHARACTERS_MAX:
            yield _too_long(field)
    numbers = [form.id_no, *(member.id_no for member in form.members if member.id_no)]
    if len(numbers) != len(set(numbers)):
        yield FieldError(
            "members",
            "member_twice",
            "同一身份证号在家庭成员中出现两次，请核对户口簿。",
            "An ID number stands in the household twice. Check the household register.",
        )
    if len(form.members) >= FAMILY_MAX or len(form.expenses) > ITEMS_MAX:
        yield FieldError(
            "members" if len(form.members) >= FAMILY_MAX else "expenses",
            "too_many",
            f"家庭成员不超过 {FAMILY_MAX} 人、支出不超过 {ITEMS_MAX} 项，请合并后填写。",
            f"At most {FAMILY_MAX} people and {ITEMS_MAX} expenses. Put some together.",
        )


def _amounts(form: Form) -> Iterator[FieldError]:
    amounts = {
        "income_fen": form.income_fen,
        "calamity_fen": form.calamity_fen,
        **{f"members.{n}.income_fen": one.income_fen for n, one in enumerate(form.members)},
        **{f"expenses.{n}.amount_fen": one.amount_fen for n, one in enumerate(form.expenses)},
    }
    for field, fen in amounts.items():
        if not 0 <= fen <= AMOUNT_FEN_MAX:
            yield FieldError(
                field,
                "amount_out_of_range",
                "金额应为零或正数且不超过一千万元，请核对小数点和单位。",
                "Between nothing and ten million yuan. Check the decimal point and the unit.",
            )
    if not 0 < form.amount_fen <= AMOUNT_FEN_MAX:
        yield FieldError(
            "amount_fen",
            "amount_not_positive",
            "请填写申请金额，须大于零。",
            "Fill in the amount applied for; it is more than nothing.",
        )


def _account(account: BankAccount) -> Iterator[FieldError]:
    if not ACCOUNT.fullmatch(account.number):
        yield FieldError(
            "account.number",
            "account_format",
            "银行账号应为 12 至 30 位数字，请对照银行卡核对。",
            "A bank account has 12 to 30 digits. Compare with the card.",
        )
    for field in ("bank", "holder"):
        if not getattr(account, field).strip():
            yield _needed(f"account.{field}")
    if len(account.holder) > NAME_CHARACTERS_MAX:
        yield _too_long("account.holder")


def _consents(form: Form, programme: Programme) -> Iterator[FieldError]:
    if not form.consent_version or form.consented_on is None:
        yield FieldError(
            "consent_version",
            "consent_missing",
            "缺少敏感个人信息单独同意书，请让申请人签署后登记版本和日期。",
            "The separate consent to sensitive data is missing. Have it signed, record version and day.",
        )
    if not form.publicity_consent:
        yield FieldError(
            "publicity_consent",
            "publicity_consent_missing",
            "申请人尚未同意公示（姓名打码）。不同意公示的不能办理，请说明后登记。",
            "The applicant has not agreed to the masked public list, without which no aid is given.",
        )
    if programme.code == "medical" and not form.invoice_no.strip():
        yield _needed("invoice_no")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("·", "").casefold()


def _needed(field: str) -> FieldError:
    return FieldError(field, "required", "这一栏必须填写。", "This field has to be filled in.")


def _too_long(field: str) -> FieldError:
    return FieldError(field, "too_long", "内容过长，请精简。", "Too long. Shorten it.")


def _guardian(field: str) -> FieldError:
    return FieldError(
        field,
        "guardian_consent_missing",
        "未满 14 周岁的家庭成员须有监护人同意，请登记后再提交。",
        "A member under 14 needs a guardian's consent on record.",
    )
