"""Every fact that any service can tell is folded, also when it comes after others about the same case."""

import pytest

from shared.contracts import registry
from shared.contracts.catalogue import EXAMPLES
from shared.testing.rig import ServiceRig

STORY = (
    "mediation.assessment_saved",
    "mediation.assessment_signed",
    "mediation.agreement_signed",
    "mediation.instalment_paid",
    "intake.case_registered",
    "intake.case_handled",
    "intake.case_closed",
)


async def test_a_card_that_was_stored_takes_the_next_fact(service_rig: ServiceRig) -> None:
    rig = await service_rig("workbench")
    for name in STORY:
        event = registry.decode(name, 1, (EXAMPLES / f"{name}.v1.json").read_bytes())
        assert event is not None
        await rig.deliver(event)
        assert await rig.parked() == [], name


@pytest.mark.timeout(120)
async def test_no_fact_parks(service_rig: ServiceRig) -> None:
    rig = await service_rig("workbench")
    for name, kind in sorted(registry.EVENTS.items()):
        if kind.tombstone or name.endswith("_profiled"):
            continue
        event = registry.decode(name, 1, (EXAMPLES / f"{name}.v1.json").read_bytes())
        assert event is not None
        await rig.deliver(event)
    assert await rig.parked() == []
