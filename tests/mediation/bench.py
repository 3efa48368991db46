"""Mediation on a bench: a service with a roster, and the way to a dispute in any stage."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlmodel import select

from services.mediation.domain.dispute import Dispute
from services.mediation.tables import DisputeRow
from shared.contracts.base import Event
from shared.contracts.workbench import StaffProfiled
from shared.kernel.crypto import place
from shared.testing.rig import Rig
from shared.vocabulary.ids import derived_id, new_id
from shared.vocabulary.people import Actor, Role
from tests.mediation.forms import ITEMS_1, ITEMS_2, ITEMS_3, ORG, agreement, registered

Told = TypeVar("Told", bound=Event)
Refusals = dict[str, tuple[Actor, Any, tuple[int, str]]]
NOT_FOUND = (404, "not_found")
NOT_ALLOWED = (403, "not_allowed")
INVALID = (422, "invalid_input")
WRONG_STAGE = (409, "not_in_this_stage")
NOT_RUNNING = (409, "dispute_not_running")
NOT_READY = (409, "stage_not_ready")


def person(role: Role, org: str = ORG) -> Actor:
    """Somebody with one role."""
    return Actor(new_id(), frozenset({role}), org)


@dataclass
class Mediation:
    """The service, its people, and short words for what tests do with it."""

    rig: Rig
    lawyers: list[Actor]
    mediators: list[Actor]
    supervisor: Actor = field(default_factory=lambda: person(Role.SUPERVISOR))
    dispatcher: Actor = field(default_factory=lambda: person(Role.DISPATCHER))

    @property
    def mediator(self) -> Actor:
        """The first mediator."""
        return self.mediators[0]

    async def open(self, **changes: Any) -> UUID:
        """A case of track dispute arrives; the id of its dispute."""
        event = registered(**changes)
        await self.rig.deliver(event)
        return derived_id(event.case_id, "dispute")

    async def do(
        self, path: str, body: Any = None, *, by: Actor | None = None, **options: Any
    ) -> Any:
        """A command that must succeed; its answer."""
        method = options.pop("method", "POST")
        answer = await self.rig.send(
            method, path, {} if body is None else body, actor=by or self.mediator, **options
        )
        assert answer.status_code < 300, answer.text
        return answer.json()

    async def refuse(
        self, path: str, body: Any = None, *, by: Actor | None = None, **options: Any
    ) -> Any:
        """A command that must be refused; its problem."""
        method = options.pop("method", "POST")
        answer = await self.rig.send(
            method, path, {} if body is None else body, actor=by or self.mediator, **options
        )
        assert answer.status_code >= 400, answer.text
        return answer.json()

    async def dispute(self, dispute_id: UUID) -> Dispute:
        """The stored domain object."""
        (row,) = [r for r in await self.rig.rows(select(DisputeRow)) if r["id"] == dispute_id]
        cipher = self.rig.context.cipher
        plain = cipher.open(row["sealed"], place("dispute", "sealed", dispute_id))
        return msgspec.json.decode(plain, type=Dispute)

    async def as_if(self, dispute_id: UUID, **changes: Any) -> None:
        """Change a stored dispute behind the service's back: states that only time or another track bring."""
        dispute = replace(await self.dispute(dispute_id), **changes)
        plain = msgspec.json.encode(dispute).decode()
        sealed = self.rig.context.cipher.seal(plain, place("dispute", "sealed", dispute_id))
        await self.rig.context.db.pool.fetch(
            "UPDATE dispute SET sealed = $2 WHERE id = $1", dispute_id, sealed
        )

    async def row(self, dispute_id: UUID) -> Any:
        """The dispute's row."""
        (row,) = [r for r in await self.rig.rows(select(DisputeRow)) if r["id"] == dispute_id]
        return row

    async def told(self, kind: type[Told]) -> list[Told]:
        """The facts of a kind told so far."""
        return [one for one in await self.rig.facts() if isinstance(one, kind)]

    async def audited(self, dispute_id: UUID) -> list[str]:
        """What the audit knows of a dispute, in order."""
        found = await self.rig.context.db.pool.fetch(
            "SELECT action FROM kernel.audit WHERE chain = $1 ORDER BY seq", dispute_id
        )
        return [row["action"] for row in found]

    async def refuses(self, path: str, table: Refusals, method: str = "POST") -> None:
        """Each (who, body) of a table is refused with its status and code, and nothing is told."""
        before = len(await self.rig.facts())
        got = {}
        for case, (who, body, _) in table.items():
            answer = await self.rig.send(method, path, body, actor=who)
            got[case] = (answer.status_code, answer.json().get("code"))
        assert got == {case: expected for case, (_, _, expected) in table.items()}
        assert len(await self.rig.facts()) == before

    async def names(self, dispute_id: UUID | None = None) -> list[str]:
        """Names of the facts told, without the state that follows each."""
        told = await self.rig.facts()
        return [
            one.name.removeprefix("mediation.")
            for one in told
            if one.name != "mediation.dispute_progressed" and dispute_id in {None, one.aggregate_id}
        ]

    async def offer(self, dispute_id: UUID) -> Any:
        """The open offer of a dispute."""
        found = await self.rig.context.db.pool.fetch(
            "SELECT * FROM offer WHERE dispute_id = $1 AND state = 'open'", dispute_id
        )
        return found[0] if found else None

    def lawyer(self, lawyer_id: UUID) -> Actor:
        """The lawyer of that id."""
        return next(one for one in self.lawyers if one.id == lawyer_id)

    async def accept(self, dispute_id: UUID) -> Actor:
        """The lawyer who is asked accepts."""
        offer = await self.offer(dispute_id)
        lawyer = self.lawyer(offer["lawyer_id"])
        await self.do(f"/offers/{offer['id']}/accept", {"no_conflict": True}, by=lawyer)
        return lawyer

    # -- the way through the stages ----------------------------------------------------------------

    async def to_assessment_1(self, **changes: Any) -> UUID:
        """Accepted, with mediators and both consents."""
        dispute_id = await self.open(**changes)
        at = f"/disputes/{dispute_id}"
        ids = [str(one.id) for one in self.mediators]
        await self.do(f"{at}/mediators", {"mediator_ids": ids}, by=self.supervisor)
        for one in self.mediators:
            await self.do(f"{at}/declarations", {"relation": "none"}, by=one)
        await self.do(f"{at}/scope", {"in_scope": True})
        for side in ("workers", "employer"):
            consent = {"side": side, "purpose": "mediation", "given": True}
            await self.do(f"{at}/consents", consent)
        await self.do(f"{at}/advance", {"from_stage": "acceptance"})
        return dispute_id

    async def assess(self, dispute_id: UUID, stage: str, items: list[str], *signers: Actor) -> None:
        """An assessment written and signed."""
        at = f"/disputes/{dispute_id}/assessments/{stage}"
        answers = [{"item": item, "conclusion": "yes"} for item in items]
        await self.do(at, {"answers": answers, "judgement": "同意继续办理"}, method="PUT")
        dispute = await self.dispute(dispute_id)
        latest = [one for one in dispute.assessments if one.stage == stage][-1]
        for signer in signers or (self.mediator,):
            role = min(signer.roles)
            sign = {"content_hash": latest.content_hash, "role": role.value}
            await self.do(f"{at}/sign", sign, by=signer)

    async def to_meeting(self, **changes: Any) -> UUID:
        """The first assessment is signed and the grade confirmed."""
        dispute_id = await self.to_assessment_1(**changes)
        dispute = await self.dispute(dispute_id)
        await self.assess(dispute_id, "assessment_1", ITEMS_1)
        await self.do(f"/disputes/{dispute_id}/grade", {"grade": dispute.grade.value})
        await self.do(f"/disputes/{dispute_id}/advance", {"from_stage": "assessment_1"})
        return dispute_id

    async def to_assessment_2(self, **changes: Any) -> UUID:
        """The meeting was waived."""
        dispute_id = await self.to_meeting(**changes)
        await self.do(f"/disputes/{dispute_id}/conference/waive", {"reason": "事实清楚，金额小"})
        return dispute_id

    async def to_mediation(self, **changes: Any) -> UUID:
        """A lawyer accepted, the second assessment is signed by two."""
        dispute_id = await self.to_assessment_2(**changes)
        await self.accept(dispute_id)
        await self.assess(dispute_id, "assessment_2", ITEMS_2, self.mediator, self.supervisor)
        await self.do(f"/disputes/{dispute_id}/advance", {"from_stage": "assessment_2"})
        return dispute_id

    async def to_agreement(self, **changes: Any) -> UUID:
        """Signed by all, with two instalments; in the closing assessment."""
        dispute_id = await self.to_mediation(**changes)
        at = f"/disputes/{dispute_id}"
        today = datetime.now(UTC).date()
        held = {"planned_at": f"{today}T09:00:00+08:00", "held_on": str(today - timedelta(days=1))}
        await self.do(f"{at}/sessions", held)
        await self.do(f"{at}/agreement", agreement(today), method="PUT")
        hands = ["workers", "employer", "mediator", "seal"]
        await self.do(f"{at}/agreement/sign", {"hands": hands})
        await self.do(f"{at}/advance", {"from_stage": "mediation"})
        return dispute_id

    async def to_performance(self, **changes: Any) -> UUID:
        """The closing assessment is signed."""
        dispute_id = await self.to_agreement(**changes)
        await self.assess(dispute_id, "assessment_3", ITEMS_3, self.mediator, self.supervisor)
        await self.do(f"/disputes/{dispute_id}/advance", {"from_stage": "assessment_3"})
        return dispute_id

    async def to_archive(self, **changes: Any) -> UUID:
        """Paid, the review waived, the papers in the file; only the archive is left."""
        dispute_id = await self.to_performance(**changes)
        at = f"/disputes/{dispute_id}"
        for no in (1, 2):
            await self.do(f"{at}/instalments/{no}", {"state": "paid"})
        await self.do(f"{at}/agreement/review", {"choice": "waived"})
        await self.do(f"{at}/advance", {"from_stage": "performance"})
        for paper in ("application", "agreement"):
            await self.do(f"{at}/papers", {"paper": paper})
        return dispute_id

    async def suspended(self, dispute_id: UUID) -> UUID:
        """The work on a dispute is stopped."""
        stop = {"act": "suspend", "reason": "疑似虚假调解"}
        await self.do(f"/disputes/{dispute_id}/standstill", stop, by=self.supervisor)
        return dispute_id


async def staffed(rig: Rig) -> Mediation:
    """The service with three lawyers and two mediators on its rosters."""
    lawyers = [person(Role.LAWYER, "zq") for _ in range(3)]
    mediators = [person(Role.MEDIATOR) for _ in range(2)]
    await rig.deliver(
        *(
            StaffProfiled(
                staff_id=one.id, roles=(min(one.roles),), org=one.org, active=True, sealed="s"
            )
            for one in (*lawyers, *mediators)
        )
    )
    return Mediation(rig, lawyers, mediators)
