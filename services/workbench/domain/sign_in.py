"""The rules of signing in: how often one may err, how long a session lives, which roles exclude each other."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.vocabulary.errors import FieldError, Invalid, Refusal, Refused
from shared.vocabulary.people import Role

TRIES_MAX = 5
LOCK_MINUTES = 15
IDLE_S = 15 * 60
LAWYER_IDLE_S = 12 * 3600
SESSION_LIFE_S = 12 * 3600
"""No session outlives a working day, however busy it is."""
PASSWORD_CHARACTERS = (10, 128)
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong attempts for one typed job number, known to us or not."""

    failures: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Whether signing in is refused without looking at the password."""
        return self.locked_until is not None and now < self.locked_until

    @property
    def left(self) -> int:
        """How many more wrong tries lead to the lock."""
        return max(TRIES_MAX - self.failures, 0)


def after_failure(tries: Tries, now: datetime) -> Tries:
    """One more failure; five within a quarter of an hour lock, an old one is forgotten."""
    fresh = tries.last_at is not None and now - tries.last_at < timedelta(minutes=LOCK_MINUTES)
    failures = tries.failures + 1 if fresh and not tries.locked_until else 1
    locked = now + timedelta(minutes=LOCK_MINUTES) if failures >= TRIES_MAX else None
    return replace(tries, failures=failures, last_at=now, locked_until=locked)


def idle_limit_s(roles: frozenset[Role]) -> int:
    """Lawyers work on their own phones in the field: twelve hours; everybody else a quarter of an hour."""
    return LAWYER_IDLE_S if roles == {Role.LAWYER} else IDLE_S


class LoginWrong(Refusal):
    """Unknown job number and wrong password get this same answer."""

    status = 401
    code = "login_wrong"

    def __init__(self, tries: Tries) -> None:
        super().__init__(
            zh=f"工号或密码不对，请核对后重填。再错 {tries.left} 次将锁定 {LOCK_MINUTES} 分钟，急用请联系管理员。",
            en=f"Job number or password is wrong. After {tries.left} more wrong tries the account is locked for"
            f" {LOCK_MINUTES} minutes; ask your administrator if it is urgent.",
            tries_left=tries.left,
            lock_minutes=LOCK_MINUTES,
        )


class TotpNeeded(Refusal):
    """The password is right and the account has an authenticator."""

    status = 401
    code = "totp_needed"
    zh = "请填写手机验证器上的 6 位动态口令。"
    en = "Enter the six digits of your authenticator."


class TotpWrong(Refusal):
    """The code does not fit or was used before; it counts as a wrong try."""

    status = 401
    code = "totp_wrong"

    def __init__(self, tries: Tries) -> None:
        super().__init__(
            zh=f"动态口令不对或已用过，请等下一个口令再填。再错 {tries.left} 次将锁定 {LOCK_MINUTES} 分钟。",
            en=f"The code is wrong or used. Wait for the next one. {tries.left} more wrong tries lock the account"
            f" for {LOCK_MINUTES} minutes.",
            tries_left=tries.left,
            lock_minutes=LOCK_MINUTES,
        )


class LoginLocked(Refusal):
    """Too many wrong tries; says when to come back."""

    status = 429
    code = "login_locked"

    def __init__(self, until: datetime, now: datetime) -> None:
        minutes = max(1, -(-int((until - now).total_seconds()) // 60))
        super().__init__(
            zh=f"连续输错已达 {TRIES_MAX} 次，已锁定，请 {minutes} 分钟后再试；急用请联系管理员。",
            en=f"Locked after {TRIES_MAX} wrong tries. Try again in {minutes} minutes, or ask your administrator.",
            until=until.isoformat(),
        )


class RolesExcludeEachOther(Refused):
    """The three administrators are three people, and none of them handles cases (等保 2.0)."""

    code = "roles_exclude_each_other"
    zh = "系统、安全、审计三类管理员须由三人分别担任，且不能兼任业务岗位。请只保留一个管理员岗位。"
    en = "System, security and audit administrators are three people without other duties. Keep one role."


def check_roles(roles: frozenset[Role]) -> None:
    """Refuse combinations that no single person may hold."""
    if not roles or Role.SYSTEM in roles:
        raise Invalid(
            FieldError(
                "roles",
                "roles_invalid",
                "请至少选择一个岗位；“系统”不能授予任何人。",
                "Choose at least one role; “system” cannot be given to a person.",
            )
        )
    if roles & ADMINISTRATORS and len(roles) > 1:
        raise RolesExcludeEachOther


def check_password(password: str, job_number: str) -> None:
    """Long enough, not the job number, more than one kind of character."""
    shortest, longest = PASSWORD_CHARACTERS
    kinds = sum(
        any(test(one) for one in password)
        for test in (str.isdigit, str.isalpha, lambda one: not one.isalnum())
    )
    if shortest <= len(password) <= longest and kinds > 1 and job_number not in password:
        return
    raise Invalid(
        FieldError(
            "password",
            "password_weak",
            f"密码须 {shortest} 至 {longest} 位，含字母、数字、符号中至少两类，且不含工号，请重新设定。",
            f"A password has {shortest} to {longest} characters of at least two kinds, without the job number.",
        )
    )
