"""The ways in which the system says no. Each has a stable code and says, in two languages, what to do.

A subclass is named as a sentence (`AlreadySettled`); its `code` is documented, tested and translated.
Texts never carry personal data: they name fields, numbers of cases and rules.
"""

from dataclasses import dataclass
from typing import ClassVar


class Refusal(Exception):
    """Base of every answer that is not a bug. `status` is the HTTP status it becomes."""

    status: ClassVar[int] = 409
    code: ClassVar[str] = "refused"
    zh: ClassVar[str] = "当前不能这样办理，请刷新后按页面提示操作。"
    en: ClassVar[str] = "This cannot be done now. Refresh and follow what the page offers."

    def __init__(self, *, zh: str | None = None, en: str | None = None, **details: object) -> None:
        super().__init__(self.code)
        self.text_zh = zh or self.zh
        self.text_en = en or self.en
        self.details = details


class Refused(Refusal):
    """The rules do not allow the act in the present state (409)."""


class NotFound(Refusal):
    """There is no such thing, or the actor may not know of it: the same answer for both (404)."""

    status = 404
    code = "not_found"
    zh = "没有找到，可能已被合并或不在您的管辖范围。请核对编号，或向主办单位申请协办。"
    en = "Not found, merged, or outside your area. Check the number or ask the owning office."

    def __init__(self, what: str, which: object | None = None) -> None:
        super().__init__(what=what, id=str(which) if which is not None else "")


class NotAllowed(Refusal):
    """The actor's role or scope does not cover the act (403)."""

    status = 403
    code = "not_allowed"
    zh = "您的岗位没有这项权限。需要办理请联系本单位管理员调整岗位，或转给有权限的同事。"
    en = "Your role does not cover this. Ask your administrator, or pass it to a colleague who may."


class NotSignedIn(Refusal):
    """No valid token or session came with the request (401)."""

    status = 401
    code = "not_signed_in"
    zh = "登录已失效，请重新登录；已填内容保存在本机，登录后可继续。"
    en = "You are signed out. Sign in again; what you typed is kept on this device."


class Conflict(Refusal):
    """Somebody changed the thing since the actor read it (409)."""

    code = "stale_version"
    zh = "他人刚刚修改了这件事，请对照最新内容后再保存；您填的内容没有丢失。"
    en = "Somebody changed this meanwhile. Compare with the latest and save again; nothing is lost."


class Unavailable(Refusal):
    """A part the answer needs does not answer just now; nothing was lost, the same request may be sent again (503)."""

    status = 503
    code = "temporarily_unavailable"
    zh = "系统暂时连不上数据库，内容没有丢失。请稍候再点一次提交，系统不会重复登记。"
    en = "A part of the system is away for the moment. Nothing is lost: submit again, it will not be doubled."


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one input: where (`call.phone`), which rule, and what to do about it."""

    field: str
    code: str
    zh: str
    en: str


class Invalid(Refusal):
    """The input breaks a rule; nothing was stored (422)."""

    status = 422
    code = "invalid_input"
    zh = "有内容需要修改，请按各栏提示更正后再提交。"
    en = "Some input needs correcting. Follow the note at each field and submit again."

    def __init__(self, *errors: FieldError) -> None:
        super().__init__()
        self.errors = errors
