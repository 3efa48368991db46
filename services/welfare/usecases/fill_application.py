"""The officer writes down household, income and account; the class of hardship follows. Later changes void signatures."""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.welfare.domain.application_state import Act, State
from services.welfare.domain.checks import PersonStatus
from services.welfare.domain.dossier import Doing, Dossier, filled
from services.welfare.domain.form import Amount, Assets, BankAccount, Form, Member, checked
from services.welfare.domain.hardship import assess
from services.welfare.store import facts, holds
from services.welfare.store.answers import ApplicationChanged, changed
from services.welfare.store.blinds import content_of
from services.welfare.store.counting import check
from services.welfare.store.dossiers import Deed, load_dossier, save_dossier
from services.welfare.store.files import remove_publicity
from services.welfare.store.payments import void_obligation
from services.welfare.store.reference import load_programme, load_standard
from shared.contracts.base import Event
from shared.kernel.command import Command, CommandRouter, Request
from shared.kernel.transaction import Tx
from shared.vocabulary.calendar import local_date

router = CommandRouter(tags=["applications"])
TEXT_MAX = 200
LIST_MAX = 20


class MemberForm(Request):
    """Somebody else of the household."""

    relation: str = Field(max_length=TEXT_MAX)
    name: str = Field(max_length=TEXT_MAX)
    id_no: str = Field(default="", max_length=TEXT_MAX)
    situation: str = Field(default="", max_length=TEXT_MAX)
    income_fen: int = 0
    guardian_consent: bool = False


class ExpenseForm(Request):
    """An unavoidable expense of the year."""

    label: str = Field(min_length=1, max_length=TEXT_MAX)
    amount_fen: int


class AccountForm(Request):
    """The account to be paid to; `guardian` names the recorded relation when it is not the applicant's."""

    number: str = Field(max_length=TEXT_MAX)
    bank: str = Field(max_length=TEXT_MAX)
    holder: str = Field(max_length=TEXT_MAX)
    guardian: str = Field(default="", max_length=TEXT_MAX)


class AssetsForm(Request):
    """What the cross-check found."""

    found: bool
    what: str = Field(default="", max_length=TEXT_MAX)
    explanation: str = Field(default="", max_length=TEXT_MAX)


class FillApplication(Request):
    """The whole form; money in fen, incomes and expenses of a year."""

    programme: str | None = None
    name: str
    id_no: str
    phone: str
    address: str
    employer_name: str
    employer_uscc: str = ""
    situation: str
    status: PersonStatus | None = None
    member_since: int | None = Field(default=None, ge=1925, le=2200)
    migrant: bool | None = None
    income_fen: int
    amount_fen: int
    reason: str = Field(default="", max_length=TEXT_MAX)
    members: list[MemberForm] = Field(default=[], max_length=LIST_MAX)
    expenses: list[ExpenseForm] = Field(default=[], max_length=LIST_MAX)
    calamity_fen: int = 0
    calamity: str = Field(default="", max_length=TEXT_MAX)
    disaster: bool = False
    account: AccountForm
    assets: AssetsForm | None = None
    aided_elsewhere: bool | None = None
    invoice_no: str = Field(default="", max_length=TEXT_MAX)
    consent_version: str = Field(default="", max_length=TEXT_MAX)
    consented_on: date | None = None
    publicity_consent: bool = False
    own_staff_id: UUID | None = None
    relatives: list[UUID] = Field(default=[], max_length=LIST_MAX)

    def form(self) -> Form:
        """The same in the domain's words."""
        plain = dict(self)
        del plain["programme"]
        return Form(
            **plain
            | {
                "members": tuple(Member(**dict(one)) for one in self.members),
                "expenses": tuple(Amount(**dict(one)) for one in self.expenses),
                "account": BankAccount(**dict(self.account)),
                "assets": Assets(**dict(self.assets)) if self.assets else None,
                "relatives": tuple(self.relatives),
            }
        )


@router.put("/applications/{application_id}/form")
async def put_form(application_id: UUID, body: FillApplication, cmd: Command) -> ApplicationChanged:
    """Write the form down, or change it."""
    async with cmd.transaction() as tx:
        dossier = await load_dossier(tx, application_id, Act.FILL, cmd.if_match)
        return tx.answer(await fill_application(dossier, body, tx))


async def fill_application(dossier: Dossier, body: FillApplication, tx: Tx) -> ApplicationChanged:
    """Check the form, assess the hardship, move what is held along with the amount."""
    today, was = local_date(tx.now), dossier.application
    programme = await load_programme(tx, body.programme or was.programme, was.year)
    programme.check_window(today)
    form = checked(body.form(), programme, today)
    standard = await load_standard(tx, was.year)
    found = assess(form.household, standard)
    content = content_of(form, programme.code, was.year, found, tx.cipher)
    doing = Doing(tx.actor.id, tx.now, body.reason)
    after = filled(dossier, form, content, standard, doing)
    money = await _follow(tx, dossier, after)
    report = await check(tx, after)
    deed = Deed(
        "application.fill",
        [facts.filled(after), *money, facts.ran(after.application, report)],
    )
    await save_dossier(tx, dossier, after, deed)
    return changed(after, report)


async def _follow(tx: Tx, before: Dossier, after: Dossier) -> list[Event]:
    """A changed application leaves the public list; its money is held anew while it is under review."""
    if before.state is State.APPROVED and after.state is not State.APPROVED:
        await void_obligation(tx, before.application.id)
    if before.application.publicity and not after.application.publicity:
        remove_publicity(tx, after)
    under_review = after.state in {State.FIRST_REVIEW, State.HOME_VISIT}
    return list(await holds.reserve(tx, after)) if under_review else []
