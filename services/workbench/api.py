"""DOOR 1: what a browser can ask of the workbench. Everything else under /api/ goes to the owning service."""

from fastapi import APIRouter, Depends

from services.workbench.queries import (
    agenda,
    applications,
    audit,
    board,
    case_documents,
    case_materials,
    case_page,
    case_related,
    case_tabs,
    cases,
    desk,
    employer_file,
    lawyer,
    live,
    notices,
    numbers,
    operations,
    pages,
    party_file,
    presence,
    queue,
    search,
    session,
    side_panels,
    staff,
    timeline,
    track,
)
from services.workbench.queries.fresh import caught_up
from services.workbench.usecases import (
    change_staff,
    create_staff,
    forward,
    forward_file,
    keep_desk,
    set_authenticator,
    set_password,
    sign_in,
    sign_out,
)
from shared.kernel import operations as kernel

PREFIX = "/api/workbench"
READS = (
    session.router,
    desk.router,
    search.router,
    notices.router,
    cases.router,
    case_page.router,
    case_tabs.router,
    case_related.router,
    case_materials.router,
    case_documents.router,
    timeline.router,
    queue.router,
    side_panels.router,
    employer_file.router,
    party_file.router,
    board.router,
    agenda.router,
    lawyer.router,
    applications.router,
    numbers.router,
    operations.router,
    audit.router,
    staff.router,
)
"""They wait for what the reader just wrote (`?after=`)."""
OTHERS = (
    live.router,
    presence.router,
    track.router,
    sign_in.router,
    sign_out.router,
    keep_desk.router,
    create_staff.router,
    change_staff.router,
    set_password.router,
    set_authenticator.router,
)

_own = APIRouter(prefix=PREFIX)
for _router in READS:
    _own.include_router(_router, dependencies=[Depends(caught_up)])
for _router in OTHERS:
    _own.include_router(_router)
for _router in (kernel.router, kernel.commands):
    _own.include_router(_router, include_in_schema=False)

ROUTERS = [_own, forward_file.router, forward.router]
PAGES = pages.router
"""Answers every address that is left; included last."""
