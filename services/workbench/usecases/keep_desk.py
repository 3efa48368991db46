"""A person arranges their desk: settings of the screen, notices read, cases put away."""

from typing import Any, Literal
from uuid import UUID

from services.workbench.store.desks import (
    load_notice_time,
    load_read_to,
    put_away,
    save_read_to,
    save_settings,
)
from shared.kernel.command import Command, CommandRouter, Request, Response

router = CommandRouter(tags=["desk"])


class Settings(Request):
    """How the screen behaves for this person."""

    language: Literal["zh-CN", "en"] = "zh-CN"
    font_size: Literal[14, 16, 18] = 14
    letter_keys: bool = True
    sound: bool = True
    after_action: Literal["stay", "list", "next"] = "next"


class SettingsKept(Response):
    """The settings as they are now."""

    language: str
    font_size: int
    letter_keys: bool
    sound: bool
    after_action: str


@router.put("/settings")
async def put_settings(wanted: Settings, cmd: Command) -> SettingsKept:
    """Remember the settings."""
    async with cmd.transaction() as tx:
        values: dict[str, Any] = wanted.model_dump()
        save_settings(tx, values)
        return tx.answer(SettingsKept(**values))


class ReadTo(Request):
    """The newest notice that was seen."""

    up_to: UUID


class Done(Response):
    """Nothing to tell."""


@router.post("/notices/read", status_code=204, response_model=None)
async def post_read(read: ReadTo, cmd: Command) -> Done:
    """That notice and all older ones are read; what was read once stays read."""
    async with cmd.transaction() as tx:
        at, before = await load_notice_time(tx, read.up_to), await load_read_to(tx)
        if at is not None and (before is None or before < at):
            save_read_to(tx, at)
        return tx.answer(Done())


@router.delete("/open-work/{case_id}", status_code=204, response_model=None)
async def delete_open_work(case_id: UUID, cmd: Command) -> Done:
    """The case leaves one's open work."""
    async with cmd.transaction() as tx:
        put_away(tx, case_id)
        return tx.answer(Done())
