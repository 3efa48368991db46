"""A file goes into a case: sealed, told without its name, once, by who works on the case."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlmodel import select

from services.intake.domain import material
from services.intake.store.materials import open_name
from services.intake.tables import MaterialContentRow, MaterialRow
from shared.contracts.intake import MaterialAdded
from shared.kernel.crypto import FieldCipher, parse_key, parse_keys, place
from shared.kernel.file_seal import open_file
from shared.kernel.rotation import Sealed, rotate_column
from shared.kernel.upload import UPLOAD_BYTES_MAX
from shared.testing.keys import BLIND_KEY, FIELD_KEYS
from shared.testing.rig import Rig
from shared.vocabulary.ids import new_id
from shared.vocabulary.people import Actor, Role
from tests.intake.files import NAME, PDF, PNG, material_in, put_in
from tests.intake.forms import (
    AID,
    AUDITOR,
    CALL,
    COUNTY_OPERATOR,
    LAWYER,
    MEDIATOR,
    OPERATOR,
    SUPERVISOR,
    registered,
)

WELFARE = Actor(new_id(), frozenset({Role.WELFARE_OFFICER}), "zq.441284")


async def test_a_file_is_sealed_and_its_fact_tells_neither_name_nor_content(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    answer = await put_in(intake, case_id, actor=MEDIATOR)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["format"], told["sha256"]) == ("pdf", hashlib.sha256(PDF).hexdigest())
    (row,) = await intake.rows(select(MaterialRow))
    (content,) = await intake.rows(select(MaterialContentRow))
    assert open_name(intake.context.cipher, row) == NAME
    assert NAME not in row["name_sealed"]
    assert b"endobj" not in content["sealed"]
    where = place("material", "key", row["id"])
    assert open_file(intake.context.cipher, row["key_sealed"], content["sealed"], where) == PDF
    assert (await intake.facts())[-1] == MaterialAdded(
        case_id=UUID(case_id),
        material_id=row["id"],
        kind="wages",
        format="pdf",
        size_bytes=len(PDF),
        added_by=MEDIATOR.id,
    )
    assert answer.headers["Consistency-Token"] == f"{case_id}@2"


async def test_the_key_rotates_and_the_megabytes_stay(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    await material_in(intake, case_id)
    (row,) = await intake.rows(select(MaterialRow))
    (before,) = await intake.rows(select(MaterialContentRow))
    fresh = FieldCipher({"fresh": bytes(32), **parse_keys(FIELD_KEYS)}, parse_key(BLIND_KEY))
    fetch = intake.context.db.pool.fetch
    moved = await rotate_column(fresh, Sealed("material", "key_sealed"), fetch)
    (turned,) = await intake.rows(select(MaterialRow))
    (after,) = await intake.rows(select(MaterialContentRow))
    assert (moved, after["sealed"]) == (1, before["sealed"])
    assert turned["key_sealed"].startswith("v1:fresh:")
    where = place("material", "key", row["id"])
    alone = FieldCipher({"fresh": bytes(32)}, parse_key(BLIND_KEY))
    assert open_file(alone, turned["key_sealed"], after["sealed"], where) == PDF


async def test_the_same_request_again_is_the_same_act(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    first = await put_in(intake, case_id, key="k1")
    again = await put_in(intake, case_id, key="k1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotent-Replay"] == "true"
    assert len(await intake.rows(select(MaterialRow))) == 1


@pytest.mark.parametrize(
    "change", [{"content": PNG}, {"kind": "contract"}, {"name": "别的名字.pdf"}], ids=list
)
async def test_a_key_used_for_another_file_kind_or_name_is_refused(
    intake: Rig, change: dict[str, str]
) -> None:
    case_id = (await registered(intake))["case_id"]
    await put_in(intake, case_id, key="k1")
    other = await put_in(intake, case_id, key="k1", **change)  # type: ignore[arg-type]
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_the_same_bytes_twice_are_told_as_already_there(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    first = await material_in(intake, case_id)
    again = await put_in(intake, case_id, kind="other", name="副本.pdf")
    assert (again.status_code, again.json()["code"]) == (409, "material_already_there")
    assert again.json()["details"] == {"material_id": first["material_id"]}
    assert again.json()["zh"] == "这份文件已经在本工单的材料里，无需重复上传。"


async def test_two_people_at_once_put_the_same_file_in_once(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    answers = await asyncio.gather(*(put_in(intake, case_id) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    assert len(await intake.rows(select(MaterialRow))) == 1


async def test_another_case_takes_the_same_file(intake: Rig) -> None:
    for phone in ("13800136207", "13800136208"):
        told = await registered(intake, phone=phone)
        await material_in(intake, told["case_id"])


async def test_a_full_case_takes_no_more(intake: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.intake.store.materials.MATERIALS_PER_CASE_MAX", 2)
    case_id = (await registered(intake))["case_id"]
    for number in range(2):
        await material_in(intake, case_id, content=PDF + bytes([48 + number]))
    answer = await put_in(intake, case_id)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_materials")
    assert f"最多 {material.MATERIALS_PER_CASE_MAX} 份" in answer.json()["zh"]


@pytest.mark.parametrize(
    ("content", "status", "code", "zh"),
    [
        (b"", 422, "file_empty", "这份文件是空的"),
        (b"MZ\x90\x00" + bytes(60), 415, "file_type_not_allowed", "不支持这种文件"),
        (bytes(UPLOAD_BYTES_MAX + 1), 413, "file_too_large", "文件超过 10 MB"),
    ],
    ids=["empty", "a program", "too large"],
)
async def test_what_is_no_material_is_refused_and_nothing_is_stored(
    intake: Rig, content: bytes, status: int, code: str, zh: str
) -> None:
    case_id = (await registered(intake))["case_id"]
    answer = await put_in(intake, case_id, content, name="工资.pdf")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert zh in answer.json()["zh"]
    assert await intake.rows(select(MaterialRow)) == []


async def test_a_file_of_exactly_the_limit_is_taken(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    content = PDF + bytes(UPLOAD_BYTES_MAX - len(PDF))
    assert (await material_in(intake, case_id, content=content))["size_bytes"] == UPLOAD_BYTES_MAX


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kind": ""}, "kind", "kind_unknown"),
        ({"kind": "gossip"}, "kind", "kind_unknown"),
        ({"name": "长" * 121}, "name", "name_too_long"),
    ],
)
async def test_a_kind_is_chosen_and_a_name_is_not_too_long(
    intake: Rig, change: dict[str, str], field: str, code: str
) -> None:
    case_id = (await registered(intake))["case_id"]
    answer = await put_in(intake, case_id, **change)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (OPERATOR, 201),
        (SUPERVISOR, 201),
        (MEDIATOR, 201),
        (WELFARE, 403),
        (AUDITOR, 403),
        (COUNTY_OPERATOR, 404),
        (LAWYER, 404),
    ],
    ids=["hotline", "supervisor", "mediator", "welfare", "auditor", "another county", "lawyer"],
)
async def test_who_works_on_a_dispute_puts_files_in(intake: Rig, actor: Actor, status: int) -> None:
    case_id = (await registered(intake))["case_id"]
    assert (await put_in(intake, case_id, actor=actor)).status_code == status


async def test_welfare_puts_files_into_what_it_works_on(intake: Rig) -> None:
    case_id = (await registered(intake, base=AID, employer_name="四会市琅石建材有限公司"))[
        "case_id"
    ]
    assert (await put_in(intake, case_id, actor=WELFARE)).status_code == 201
    assert (await put_in(intake, case_id, PNG, actor=MEDIATOR)).status_code == 403


async def test_a_caller_who_hides_is_not_betrayed_by_a_file(intake: Rig) -> None:
    case_id = (await registered(intake, base=CALL, confidential="full"))["case_id"]
    assert (await put_in(intake, case_id, actor=MEDIATOR)).status_code == 403
    assert (await put_in(intake, case_id)).status_code == 201


async def test_a_file_nobody_signed_for_is_not_read(intake: Rig) -> None:
    case_id = (await registered(intake))["case_id"]
    read = []

    async def body() -> AsyncIterator[bytes]:
        for _ in range(20):
            read.append(1)
            yield bytes(1024)

    answer = await intake.http.post(f"/cases/{case_id}/materials?kind=wages", content=body())
    assert (answer.status_code, answer.json()["code"]) == (401, "token_missing")
    assert read == []
