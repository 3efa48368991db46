"""The migrations give the tables of the code, and the reference data an installation starts with."""

from datetime import date

from sqlmodel import col, select

from services.intake.domain.category_table import CATEGORIES
from services.intake.store.reference import load_reference
from services.intake.tables import CalendarDayRow, PhraseRow, Row
from shared.kernel import schema
from shared.testing.rig import Rig


async def test_the_migrated_database_is_what_the_tables_say(intake: Rig) -> None:
    url = intake.context.settings.database_url.get_secret_value()
    await schema.check(url, "intake", Row.metadata)


async def test_the_working_calendar_knows_the_make_up_saturday_of_2026(intake: Rig) -> None:
    days = await intake.rows(
        select(CalendarDayRow).where(col(CalendarDayRow.day) == date(2026, 2, 14))
    )
    assert [row["kind"] for row in days] == ["work"]
    calendar = (await load_reference(intake.context.db.pool)).calendar
    friday = date(2026, 2, 13)
    assert calendar.workday(friday, 1).effective == date(2026, 2, 14)
    assert calendar.workday(friday, 2).effective == date(2026, 2, 24)
    assert calendar.workday(date(2026, 12, 20), 15).provisional


async def test_every_phrase_speaks_of_a_category_that_exists(intake: Rig) -> None:
    rows = await intake.rows(select(PhraseRow))
    assert rows
    assert [r["code"] for r in rows if r["category"] and not CATEGORIES.get(r["category"])] == []
