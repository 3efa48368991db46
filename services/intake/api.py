"""DOOR 1, HTTP: every address of intake."""

from services.intake.queries import (
    advice,
    call_backs,
    callers,
    cases,
    catalogue,
    desk,
    drafts,
    duplicates,
    employers,
)
from services.intake.usecases import (
    add_note,
    append_call,
    close_case,
    drop_draft,
    erase_party,
    join_claimant,
    record_call_back,
    record_employer,
    register_call,
    reveal_party,
    save_draft,
)

ROUTERS = (
    register_call.router,
    append_call.router,
    join_claimant.router,
    add_note.router,
    close_case.router,
    record_call_back.router,
    reveal_party.router,
    erase_party.router,
    save_draft.router,
    drop_draft.router,
    record_employer.router,
    advice.router,
    call_backs.router,
    callers.router,
    cases.router,
    catalogue.router,
    desk.router,
    drafts.router,
    duplicates.router,
    employers.router,
)
