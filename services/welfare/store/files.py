"""Hardship files and the public list."""

from services.welfare.domain.dossier import Dossier
from services.welfare.domain.hardship import Hardship
from services.welfare.store.blinds import blinds_of
from services.welfare.tables import HardshipFileRow, PublicityRow
from shared.kernel.transaction import Tx
from shared.vocabulary.identifiers import mask_name


def save_file(tx: Tx, dossier: Dossier) -> None:
    """The visit opens the household's file or re-checks it (先建档、后帮扶)."""
    form, found = dossier.form, dossier.assessment
    if form is None or found is None or dossier.visit is None:
        return
    person = blinds_of(form, tx.cipher).person
    values = {
        "person_blind": person,
        "application_id": dossier.application.id,
        "hardship": found.hardship.value,
        "is_active": found.hardship is not Hardship.NONE,
        "rechecked_on": dossier.visit.visited_on,
    }
    tx.upsert(HardshipFileRow, values, ("person_blind",))


def save_publicity(tx: Tx, dossier: Dossier) -> None:
    """The line of the public list: masked name, unit, class and amount (rule 65)."""
    application, form, found = dossier.application, dossier.form, dossier.assessment
    publicity = application.publicity
    if form is None or found is None or publicity is None:
        return
    line = {
        "application_id": application.id,
        "starts_on": publicity.starts_on,
        "ends_on": publicity.ends_on,
        "provisional": publicity.due.provisional,
        "name_masked": mask_name(form.name),
        "unit": form.employer_name,
        "programme": application.programme,
        "hardship": found.hardship.value,
        "amount_fen": form.amount_fen,
        "org": application.org,
    }
    tx.upsert(PublicityRow, line, ("application_id",))


def remove_publicity(tx: Tx, dossier: Dossier) -> None:
    """What is no longer to be granted leaves the public list."""
    tx.delete(PublicityRow, {"application_id": dossier.application.id})
