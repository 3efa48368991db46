"""What the workbench tells: who the staff are, sealed, for those who must reach them."""

from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


class StaffProfiled(Event, frozen=True, kw_only=True):
    """An account of a member of staff: roles and place in the clear, name and telephone sealed (aad: staff id).

    `sealed` opens to JSON: {"name", "phone", "job_number"}.
    """

    name: ClassVar[str] = "workbench.staff_profiled"
    topic: ClassVar[str] = "workbench.staff"
    about: ClassVar[str] = "staff_id"
    staff_id: UUID
    roles: tuple[str, ...]
    org: str
    active: bool
    sealed: str
