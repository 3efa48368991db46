"""Another reading of 一会三研判 is another value in the settings: the same code takes a dispute through it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.mediation.settings import MediationSettings
from shared.contracts.mediation import DisputeClosed, DisputeOpened, StageAdvanced
from shared.kernel.settings import SettingsRefused
from shared.testing.keys import BLIND_KEY, FIELD_KEYS
from tests.mediation.bench import Mediation, staffed
from tests.mediation.forms import agreement
from tests.mediation.usecases.meetings import hold, schedule
from tests.mediation.usecases.test_give_opinion import OPINION

TODAY = datetime.now(UTC).date()
QUESTIONS = [
    "facts_clear",
    "evidence_sufficient",
    "legal_basis",
    "ability_to_perform",
    "handling",
]
TAIL = ["performance", "archive"]


@dataclass
class Walk:
    """One dispute taken through whatever stages its scheme has."""

    mediation: Mediation
    dispute_id: UUID
    passed: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        """The address of the dispute."""
        return f"/disputes/{self.dispute_id}"

    async def go(self) -> None:
        """Do what each stage lacks, and go on, to the archive."""
        while (stage := (await self.mediation.dispute(self.dispute_id)).stage) != "archive":
            self.passed.append(stage)
            await self.prepare(stage)
            if (await self.mediation.dispute(self.dispute_id)).stage == stage:
                await self.mediation.do(f"{self.at}/advance", {"from_stage": stage})
        for paper in ("application", "agreement"):
            await self.mediation.do(f"{self.at}/papers", {"paper": paper})
        dispute = await self.mediation.dispute(self.dispute_id)
        if dispute.conference is not None:
            decision = dispute.conference.decisions[0]
            await self.mediation.do(f"{self.at}/decisions/{decision.id}/done")
        await self.mediation.do(f"{self.at}/archive")

    async def prepare(self, stage: str) -> None:
        """What the guards of a stage of that name ask for."""
        if stage == "acceptance":
            await self._accepted()
        elif stage.startswith("assessment"):
            await self._assessed(stage)
        elif stage == "meeting":
            await self._met()
        elif stage == "mediation":
            await self._settled()
        else:
            for no in (1, 2):
                await self.mediation.do(f"{self.at}/instalments/{no}", {"state": "paid"})
            await self.mediation.do(f"{self.at}/agreement/review", {"choice": "waived"})

    async def _accepted(self) -> None:
        mediation, at = self.mediation, self.at
        ids = [str(one.id) for one in mediation.mediators]
        await mediation.do(f"{at}/mediators", {"mediator_ids": ids}, by=mediation.supervisor)
        for one in mediation.mediators:
            await mediation.do(f"{at}/declarations", {"relation": "none"}, by=one)
        await mediation.do(f"{at}/scope", {"in_scope": True})
        for side in ("workers", "employer"):
            consent = {"side": side, "purpose": "mediation", "given": True}
            await mediation.do(f"{at}/consents", consent)

    async def _assessed(self, stage: str) -> None:
        mediation = self.mediation
        signers = {
            "assessment_town": (mediation.mediator,),
            "assessment_county": (mediation.mediator, mediation.supervisor),
            "assessment_city": (mediation.supervisor,),
        }[stage]
        await mediation.assess(self.dispute_id, stage, QUESTIONS, *signers)
        grade = (await mediation.dispute(self.dispute_id)).grade
        await mediation.do(f"{self.at}/grade", {"grade": grade})

    async def _met(self) -> None:
        if (await self.mediation.dispute(self.dispute_id)).grade < "G2":
            await self.mediation.do(f"{self.at}/conference/waive", {"reason": "事实清楚"})
            return
        await schedule(self.mediation, self.dispute_id)
        await hold(self.mediation, self.dispute_id)

    async def _settled(self) -> None:
        mediation, at = self.mediation, self.at
        page = await mediation.rig.get(at, actor=mediation.supervisor)
        if "lawyer_missing" in {one["code"] for one in page.json()["missing"]}:
            lawyer = await mediation.accept(self.dispute_id)
            await mediation.do(f"{at}/opinion", OPINION, by=lawyer, method="PUT")
        yesterday = str(TODAY - timedelta(days=1))
        session = {"planned_at": f"{TODAY}T09:00:00+08:00", "held_on": yesterday}
        await mediation.do(f"{at}/sessions", session)
        people = (await mediation.dispute(self.dispute_id)).claimant_count
        text = agreement(TODAY, represented=people, represented_consents=people)
        await mediation.do(f"{at}/agreement", text, method="PUT")
        hands = ["workers", "employer", "mediator", "seal"]
        await mediation.do(f"{at}/agreement/sign", {"hands": hands})


@pytest.mark.parametrize(
    ("scheme", "people", "stages"),
    [
        ("cadence", 3, ["acceptance", "mediation"]),
        ("cadence", 30, ["acceptance", "mediation"]),
        ("levels", 3, ["acceptance", "assessment_town", "meeting", "mediation"]),
        (
            "levels",
            10,
            ["acceptance", "assessment_town", "assessment_county", "meeting", "mediation"],
        ),
        (
            "levels",
            30,
            [
                "acceptance",
                "assessment_town",
                "assessment_county",
                "assessment_city",
                "meeting",
                "mediation",
            ],
        ),
    ],
)
async def test_a_dispute_goes_the_way_of_the_scheme_that_the_settings_name(
    service_rig: Any, scheme: str, people: int, stages: list[str]
) -> None:
    mediation = await staffed(await service_rig("mediation", default_scheme=scheme))
    walk = Walk(mediation, await mediation.open(claimant_count=people))
    await walk.go()
    assert walk.passed == [*stages, "performance"]
    (opened,) = await mediation.told(DisputeOpened)
    assert (opened.scheme, opened.scheme_version) == (scheme, 1)
    moved = [one.to_stage for one in await mediation.told(StageAdvanced)]
    assert moved == [*stages[1:], *TAIL]
    (closed,) = await mediation.told(DisputeClosed)
    assert closed.outcome == "agreement"


async def test_an_offer_that_nobody_answered_is_withdrawn_when_the_parties_agree(
    service_rig: Any,
) -> None:
    mediation = await staffed(await service_rig("mediation", default_scheme="levels"))
    walk = Walk(mediation, await mediation.open())
    offer = await mediation.offer(walk.dispute_id)
    await walk.go()
    assert await mediation.offer(walk.dispute_id) is None
    assert await mediation.rig.timers(offer["id"]) == {}
    by = mediation.lawyer(offer["lawyer_id"])
    late = await mediation.refuse(f"/offers/{offer['id']}/accept", {"no_conflict": True}, by=by)
    assert (late["code"], late["details"]) == ("offer_closed", {"state": "withdrawn"})


async def test_a_running_dispute_keeps_the_scheme_it_began_with(service_rig: Any) -> None:
    mediation = await staffed(await service_rig("mediation", default_scheme="levels"))
    dispute_id = await mediation.open()
    context = mediation.rig.context
    context.db.settings = context.settings.model_copy(update={"default_scheme": "cadence"})
    later = await mediation.open()
    shown = {}
    for one in (dispute_id, later):
        answer = await mediation.rig.get(f"/disputes/{one}", actor=mediation.supervisor)
        shown[one] = [stage["id"] for stage in answer.json()["stages"]]
    assert shown[dispute_id][1] == "assessment_town"
    assert shown[later] == ["acceptance", "mediation", "performance", "archive"]


def test_a_scheme_that_is_not_shipped_stops_the_start() -> None:
    with pytest.raises(SettingsRefused, match="DEFAULT_SCHEME"):
        MediationSettings.load(
            profile="test",
            database_url="postgresql://x@localhost/x",
            kafka_bootstrap="127.0.0.1:9",
            token_public_key="-----BEGIN PUBLIC KEY-----\nx",
            field_keys=FIELD_KEYS,
            blind_key=BLIND_KEY,
            default_scheme="zq-defualt",
        )
