"""What is told about people is kept sealed, shown masked, and forgotten when its owner says so."""

import json

from shared.contracts.intake import PartyErased, PartyProfiled
from shared.contracts.workbench import StaffProfiled
from shared.testing.rig import Rig
from tests.welfare.story import OFFICER, ORG, Story


async def test_a_callers_name_is_shown_masked_until_it_is_erased(welfare: Rig) -> None:
    story = await Story(welfare).opened()
    profile = json.dumps({"name": "覃小妹", "phone": "15012341187", "sms_consent": True})
    sealed = welfare.context.cipher.seal(profile, str(story.party_id))
    await welfare.deliver(PartyProfiled(party_id=story.party_id, sealed=sealed))
    page = (await welfare.get(f"/applications/{story.id}", actor=OFFICER)).json()
    assert page["applicant"]["name_masked"] == "覃*妹"
    assert page["applicant"]["phone_masked"] == "150****1187"
    await welfare.deliver(PartyErased(party_id=story.party_id))
    page = (await welfare.get(f"/applications/{story.id}", actor=OFFICER)).json()
    assert page["applicant"]["name_masked"] == ""
    assert await welfare.context.db.pool.fetch("SELECT * FROM party") == []


async def test_signatures_carry_the_names_of_colleagues(welfare: Rig) -> None:
    sealed = welfare.context.cipher.seal(
        json.dumps({"name": "林晓彤", "phone": ""}), str(OFFICER.id)
    )
    await welfare.deliver(
        StaffProfiled(
            staff_id=OFFICER.id, roles=("welfare_officer",), org=ORG, active=True, sealed=sealed
        )
    )
    story = await (await (await Story(welfare).opened()).filled()).submitted()
    page = (await welfare.get(f"/applications/{story.id}", actor=OFFICER)).json()
    assert page["signatures"][0]["staff"]["name"] == "林晓彤"
