"""Every "no" is a problem document with a stable code, both languages and what to do, and no insides."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from shared.kernel import problem
from shared.kernel.problem import BodyTooLarge, InternalError, MissingHeader, problem_of
from shared.kernel.problem_texts import TEXTS
from shared.kernel.tracing import TraceMiddleware
from shared.vocabulary.errors import (
    Conflict,
    FieldError,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Refused,
    Unavailable,
)

TRACE = "0af7651916cd43dd8448eb211c80319c"
PHONE = "13812345678"
HEADERS = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "content-type": "application/json"}


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Claimant(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    phone: str = Field(min_length=3, max_length=5)


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    claimants: list[Claimant] = Field(min_length=1, max_length=2)
    owed_fen: int = Field(gt=0, le=100)
    colour: Colour = Colour.RED
    kind: Literal["a", "b"] = "a"
    at: AwareDatetime | None = None
    on: date | None = None
    case: UUID | None = None
    agreed: bool = True
    id_number: str = ""

    @field_validator("id_number")
    @classmethod
    def _checks(cls, value: str) -> str:
        if value:
            raise PydanticCustomError(
                "bad_check_digit",
                "wrong",
                {"zh": "身份证号校验位不对，请核对。", "en": "Check the ID number."},
            )
        return value


GOOD: dict[str, Any] = {"claimants": [{"phone": "123"}], "owed_fen": 5}


def notes(**changes: Any) -> dict[str, dict[str, str]]:
    """Field → note, for a form with these changes."""
    with pytest.raises(ValidationError) as caught:
        Form.model_validate_json(json.dumps(GOOD | changes))
    document = problem_of(caught.value, TRACE)
    assert document.status == 422
    assert document.body["code"] == "invalid_input"
    return {note["field"]: note for note in document.body["errors"]}


@pytest.mark.parametrize(
    ("changes", "field", "code", "zh"),
    [
        ({"claimants": []}, "claimants", "too_short", "至少需要 1 条。"),
        (
            {"claimants": [{"phone": "12"}]},
            "claimants.0.phone",
            "string_too_short",
            "至少填写 3 个字。",
        ),
        (
            {"claimants": [{"phone": PHONE}]},
            "claimants.0.phone",
            "string_too_long",
            "最多 5 个字，请精简。",
        ),
        ({"claimants": [{}]}, "claimants.0.phone", "missing", "此项必填，请补充。"),
        ({"claimants": "x"}, "claimants", "list_type", "此项应为列表，请逐条填写。"),
        ({"owed_fen": 0}, "owed_fen", "greater_than", "须大于 0。"),
        ({"owed_fen": 101}, "owed_fen", "less_than_equal", "不能大于 100。"),
        ({"owed_fen": "5"}, "owed_fen", "int_type", "请填写整数（金额以分为单位）。"),
        ({"owed_fen": 5.5}, "owed_fen", "int_type", "请填写整数（金额以分为单位）。"),
        ({"colour": "green"}, "colour", "enum", "请从以下选项中选择：red、blue。"),
        ({"kind": "c"}, "kind", "literal_error", "请从以下选项中选择：a、b。"),
        ({"agreed": "yes"}, "agreed", "bool_type", "请选择是或否。"),
        (
            {"at": "2026-11-22T09:30:00"},
            "at",
            "timezone_aware",
            "请填写带时区的日期和时间，例如 2026-11-22T09:30:00+08:00。",
        ),
        (
            {"on": "22.11.2026"},
            "on",
            "date_parsing",
            "请按 年-月-日 填写日期，例如 2026-11-22。",
        ),
        ({"case": "7"}, "case", "uuid_parsing", "编号不完整或有误，请从列表中重新选择。"),
        (
            {"admin": True},
            "admin",
            "extra_forbidden",
            "系统没有这一栏，请删除后再提交；如页面较旧，请先刷新。",
        ),
        (
            {"id_number": "44120219900101123X"},
            "id_number",
            "bad_check_digit",
            "身份证号校验位不对，请核对。",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_field_says_what_to_do(
    changes: dict[str, Any], field: str, code: str, zh: str
) -> None:
    note = notes(**changes)[field]
    assert (note["code"], note["zh"]) == (code, zh)
    assert note["en"]
    assert note["en"] != note["zh"]


def test_the_input_is_never_repeated() -> None:
    found = notes(claimants=[{"phone": PHONE}], owed_fen=PHONE, case=PHONE, colour=PHONE, on=PHONE)
    assert len(found) == 5
    assert PHONE not in json.dumps(found)


def test_every_sentence_can_be_filled_in() -> None:
    """Names in braces are those that pydantic gives with the error."""
    known = {
        "min_length", "max_length", "max_digits", "decimal_places", "whole_digits", "gt", "ge", "lt", "le",
        "multiple_of", "expected", "expected_tags",
    }  # fmt: skip
    for zh, en in TEXTS.values():
        assert zh.format_map(dict.fromkeys(known, 1))
        assert en.format_map(dict.fromkeys(known, 1))


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Refused(), 409, "refused"),
        (NotFound("case"), 404, "not_found"),
        (NotAllowed(), 403, "not_allowed"),
        (NotSignedIn(), 401, "not_signed_in"),
        (Conflict(), 409, "stale_version"),
        (Invalid(FieldError("a.b", "too_late", "晚", "late")), 422, "invalid_input"),
        (Unavailable(), 503, "temporarily_unavailable"),
        (BodyTooLarge(262_144), 413, "body_too_large"),
        (MissingHeader("Idempotency-Key"), 400, "missing_header"),
        (InternalError(), 500, "internal_error"),
        (ZeroDivisionError(PHONE), 500, "internal_error"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_every_exception_becomes_a_whole_document(error: Exception, status: int, code: str) -> None:
    document = problem_of(error, TRACE)
    assert document.status == document.body["status"] == status
    assert document.body["code"] == code
    assert document.body["type"] == f"urn:nuanliu:problem:{code}"
    assert document.body["trace_id"] == TRACE
    assert document.body["title"]
    assert any("一" <= c <= "鿿" for c in document.body["zh"])
    assert document.body["en"].isascii()
    assert PHONE not in json.dumps(document.body)


def test_details_travel_with_the_refusal() -> None:
    document = problem_of(Conflict(current={"version": 8, "stage": "settled"}), TRACE)
    assert document.body["details"] == {"current": {"version": 8, "stage": "settled"}}
    assert problem_of(Refused(), TRACE).body["details"] == {}
    assert problem_of(ZeroDivisionError(PHONE), TRACE).body["details"] == {}


def test_field_errors_of_our_own_keep_their_words() -> None:
    document = problem_of(
        Invalid(FieldError("call.phone", "bad_phone", "请核对手机号。", "Check it.")), TRACE
    )
    assert document.body["errors"] == [
        {"field": "call.phone", "code": "bad_phone", "zh": "请核对手机号。", "en": "Check it."}
    ]


def test_the_number_of_notes_is_bounded() -> None:
    many = Invalid(*(FieldError(str(n), "x", "错", "wrong") for n in range(1_000)))
    assert len(problem_of(many, TRACE).body["errors"]) == problem.FIELD_ERRORS_MAX


def test_who_must_wait_or_sign_in_is_told_by_header_too() -> None:
    assert problem_of(Unavailable(), TRACE).headers["Retry-After"] == "2"
    assert problem_of(NotSignedIn(), TRACE).headers["WWW-Authenticate"] == "Bearer"


def app() -> FastAPI:
    made = FastAPI()

    @made.post("/forms")
    async def post_form(form: Form) -> None:
        raise Conflict(
            current={"at": datetime.fromisoformat("2026-11-22T09:30:00+08:00"), "id": UUID(int=7)}
        )

    @made.get("/pages")
    async def get_page(size: Annotated[int, Field(le=50)]) -> None:
        raise ZeroDivisionError(PHONE)

    problem.install(made)
    made.add_middleware(TraceMiddleware)
    return made


async def ask(method: str, path: str, **request: Any) -> httpx.Response:
    transport = httpx.ASGITransport(app=app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as http:
        answer = await http.request(method, path, headers=HEADERS, **request)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["trace_id"] == TRACE
    assert answer.json()["status"] == answer.status_code
    return answer


@pytest.mark.parametrize(
    ("method", "path", "request_", "status", "code"),
    [
        ("POST", "/forms", {"json": GOOD}, 409, "stale_version"),
        ("POST", "/forms", {"content": "{not json"}, 400, "invalid_json"),
        ("POST", "/forms", {"json": {}}, 422, "invalid_input"),
        ("GET", "/pages?size=51", {}, 422, "invalid_input"),
        ("GET", "/nowhere", {}, 404, "no_such_address"),
        ("DELETE", "/forms", {}, 405, "method_not_allowed"),
        ("GET", "/pages?size=5", {}, 500, "internal_error"),
    ],
)
async def test_the_application_answers_with_problems_only(
    method: str, path: str, request_: dict[str, Any], status: int, code: str
) -> None:
    answer = await ask(method, path, **request_)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert PHONE not in answer.text
    assert "Traceback" not in answer.text


async def test_a_query_parameter_is_named_without_where_it_came_from() -> None:
    assert (await ask("GET", "/pages?size=51")).json()["errors"][0]["field"] == "size"


async def test_the_present_state_may_hold_times_and_ids() -> None:
    current = (await ask("POST", "/forms", json=GOOD)).json()["details"]["current"]
    assert current == {"at": "2026-11-22T09:30:00+08:00", "id": str(UUID(int=7))}
