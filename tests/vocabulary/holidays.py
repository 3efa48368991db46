"""The State Council's calendars for 2024 to 2026, from the library the services seed their tables with."""

import chinese_calendar.constants as notice

from shared.vocabulary.calendar import CalendarDay, WorkCalendar

DAYS = [CalendarDay(day, False) for day in notice.holidays] + [
    CalendarDay(day, True) for day in notice.workdays
]
CALENDAR = WorkCalendar.of(DAYS)
CALENDAR_2026 = WorkCalendar.of([row for row in DAYS if row.day.year == 2026])
