"""What a message says: versioned templates by event and audience, in Chinese and English.

A text message carries no details of the case: no name of an employer, no amount, no ID number, only a code
to look the rest up with (domain section 5.3). Every field of a template is named; a missing one is an error
that says which, and a field that is not on the list of harmless ones cannot be used in a template at all.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.vocabulary.errors import FieldError, Invalid
from shared.vocabulary.people import Language

SIGNATURE = "【肇庆市总工会】"
SMS_CHARS_MAX = 140
"""Two segments of a long Chinese SMS at most; a template that may grow beyond is refused when it is made."""
SMS_FIELDS = {
    "code": 9,
    "case_number": 18,
    "date": 10,
    "time": 5,
    "count": 5,
    "hours": 3,
    "link": 40,
}
"""What may stand in a text message, and how many characters of it at most."""
IN_APP_FIELDS = frozenset({*SMS_FIELDS, "stage", "unit", "days"})


class Channel(StrEnum):
    """How a person is reached. In-app messages are read behind the login."""

    SMS = "sms"
    IN_APP = "in_app"


class Audience(StrEnum):
    """To whom a message speaks."""

    CALLER = "caller"
    CLAIMANT = "claimant"
    BENEFICIARY = "beneficiary"
    LAWYER = "lawyer"
    MEDIATOR = "mediator"
    OFFICER = "officer"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"


class MissingField(Invalid):
    """A template needs a field that the event did not give."""

    code = "template_field_missing"
    zh = "消息缺少必填内容，未发送；请补全后重试。"
    en = "The message lacks a required field and was not sent. Supply it and try again."

    def __init__(self, template: str, name: str) -> None:
        super().__init__(
            FieldError(
                f"fields.{name}",
                self.code,
                f"模板 {template} 缺少“{name}”。",
                f"Template {template} lacks “{name}”.",
            )
        )


class FieldTooLong(Invalid):
    """A field is longer than a text message allows; it is not cut, for half a code is no code."""

    code = "template_field_too_long"
    zh = "消息内容过长，未发送；请缩短后重试。"
    en = "The message is too long and was not sent. Shorten it and try again."

    def __init__(self, template: str, name: str) -> None:
        super().__init__(
            FieldError(
                f"fields.{name}",
                self.code,
                f"模板 {template} 的“{name}”最多 {SMS_FIELDS[name]} 个字符。",
                f"“{name}” of template {template} has at most {SMS_FIELDS[name]} characters.",
            )
        )


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one message. `urgent` messages go at any hour (rule 66)."""

    code: str
    version: int
    audience: Audience
    channel: Channel
    zh: str
    en: str
    urgent: bool = False

    def __post_init__(self) -> None:
        if _fields(self.zh) != _fields(self.en):
            raise ValueError(f"{self.code}: both languages name the same fields")
        allowed = frozenset(SMS_FIELDS) if self.channel is Channel.SMS else IN_APP_FIELDS
        if not self.fields <= allowed:
            raise ValueError(f"{self.code}: {sorted(self.fields - allowed)} may not be told")
        if self.channel is Channel.SMS and self._longest() > SMS_CHARS_MAX:
            raise ValueError(f"{self.code}: the text may grow beyond {SMS_CHARS_MAX} characters")

    def _longest(self) -> int:
        filled = {name: "x" * SMS_FIELDS[name] for name in self.fields}
        bodies = (self.zh.format(**filled), self.en.format(**filled))
        return len(SIGNATURE) + max(len(body) for body in bodies)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields the text needs."""
        return _fields(self.zh)

    @property
    def id(self) -> str:
        """What a delivery remembers: `case_registered.caller@1`."""
        return f"{self.code}@{self.version}"


def render(template: Template, fields: Mapping[str, str], language: Language = Language.ZH) -> str:
    """The text with its fields filled in; a text message begins with the federation's signature."""
    for name in sorted(template.fields):
        value = fields.get(name, "")
        if not value:
            raise MissingField(template.id, name)
        if template.channel is Channel.SMS and len(value) > SMS_FIELDS[name]:
            raise FieldTooLong(template.id, name)
    body = (template.en if language is Language.EN else template.zh).format(**fields)
    return f"{SIGNATURE}{body}" if template.channel is Channel.SMS else body


def _fields(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
