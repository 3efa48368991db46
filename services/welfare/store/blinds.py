"""Blind indexes of an application: equal people, accounts, telephones and addresses are found without reading them."""

from dataclasses import dataclass

from services.welfare.domain.application import Content
from services.welfare.domain.form import BankAccount, Form
from services.welfare.domain.hardship import Assessment
from shared.kernel.crypto import FieldCipher

PERSON, ACCOUNT, HOLDER = "welfare.person", "welfare.account", "welfare.holder"
PHONE, ADDRESS, INVOICE = "welfare.phone", "welfare.address", "welfare.invoice"


@dataclass(frozen=True, slots=True)
class Blinds:
    """The indexes of one form."""

    person: str
    members: tuple[str, ...]
    account: str
    holder: str
    phone: str
    address: str
    invoice: str | None


def blinds_of(form: Form, cipher: FieldCipher) -> Blinds:
    """The indexes of a checked form."""
    members = tuple(cipher.blind(number, PERSON) for number in form.id_numbers)
    return Blinds(
        person=members[0],
        members=members,
        account=cipher.blind(form.account.number, ACCOUNT),
        holder=cipher.blind(form.account.holder, HOLDER),
        phone=cipher.blind(form.phone, PHONE),
        address=cipher.blind(form.address, ADDRESS),
        invoice=cipher.blind(form.invoice_no, INVOICE) if form.invoice_no else None,
    )


def content_of(
    form: Form, programme: str, year: int, assessment: Assessment, cipher: FieldCipher
) -> Content:
    """What an approval will bind: the beneficiary, the class, the amount and the account."""
    blinds = blinds_of(form, cipher)
    return Content(
        programme=programme,
        year=year,
        period=str(year),
        person=blinds.person,
        household="+".join(sorted(blinds.members)),
        hardship=assessment.hardship,
        per_capita_fen=assessment.per_capita_fen,
        amount_fen=form.amount_fen,
        payee=blinds.holder,
        account=blinds.account,
    )


def with_account(content: Content, account: BankAccount, cipher: FieldCipher) -> Content:
    """The same content paid to another account."""
    return Content(
        programme=content.programme,
        year=content.year,
        period=content.period,
        person=content.person,
        household=content.household,
        hardship=content.hardship,
        per_capita_fen=content.per_capita_fen,
        amount_fen=content.amount_fen,
        payee=cipher.blind(account.holder, HOLDER),
        account=cipher.blind(account.number, ACCOUNT),
    )
