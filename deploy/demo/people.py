"""The staff of the demonstration: one list, every role. All names are invented."""

from dataclasses import dataclass

from shared.vocabulary.people import Role

PASSWORD = "Nuanliu-2026"  # noqa: S105 - the demo profile only; production starts without any account


@dataclass(frozen=True, slots=True)
class Person:
    """One account: number, name, roles, place in the union's tree, seat."""

    number: str
    name: str
    role: Role
    org: str
    phone: str
    seat: str | None = None


def _of(role: Role, org: str, *people: tuple[str, str]) -> list[Person]:
    return [Person(number, name, role, org, f"1370758{number}") for number, name in people]


STAFF: list[Person] = [
    Person("1207", "李婉仪", Role.OPERATOR, "zq", "13707581207", "端州坐席 07"),
    Person("1208", "梁嘉欣", Role.OPERATOR, "zq", "13707581208", "端州坐席 08"),
    *_of(Role.DISPATCHER, "zq", ("1301", "罗永健")),
    *_of(Role.MEDIATOR, "zq", ("2101", "黄志聪"), ("2102", "莫家明")),
    *_of(Role.MEDIATOR, "zq.441204", ("2103", "王磊"), ("2104", "欧阳珊")),
    *_of(Role.MEDIATOR, "zq.441284", ("2105", "梁慕贤"), ("2106", "植文海")),
    *_of(Role.MEDIATOR, "zq.441224", ("2107", "邱丽华")),
    *_of(Role.MEDIATOR, "zq.441223", ("2108", "谭伟强")),
    *_of(
        Role.LAWYER,
        "zq",
        ("3101", "冼卓然"),
        ("3102", "陈以诺"),
        ("3103", "伍思远"),
        ("3104", "区静怡"),
        ("3105", "苏文浩"),
        ("3106", "龙敏君"),
        ("3107", "邓俊熙"),
        ("3108", "彭雅琪"),
        ("3109", "温子健"),
        ("3110", "钟慧敏"),
        ("3111", "孔令轩"),
        ("3112", "范晓晴"),
    ),
    *_of(Role.WELFARE_OFFICER, "zq", ("4101", "林晓彤")),
    *_of(Role.REVIEWER, "zq", ("4102", "陆嘉敏")),
    *_of(Role.APPROVER, "zq", ("4103", "邓国昌")),
    *_of(Role.CASHIER, "zq", ("4104", "温佩珊")),
    *_of(Role.SUPERVISOR, "zq", ("5101", "何颂恩")),
    *_of(Role.SUPERVISOR, "zq.441284", ("5102", "陈柏年")),
    *_of(Role.AUDITOR, "zq", ("6101", "罗素贞")),
    *_of(Role.SYSTEM_ADMIN, "zq", ("9101", "苏文彬")),
    *_of(Role.SECURITY_ADMIN, "zq", ("9102", "谢建安")),
    *_of(Role.AUDIT_ADMIN, "zq", ("9103", "马海涛")),
]
ROLE_NAMES = {
    Role.OPERATOR: "话务员 operator",
    Role.DISPATCHER: "派单员 dispatcher",
    Role.MEDIATOR: "调解员 mediator",
    Role.LAWYER: "律师 lawyer",
    Role.WELFARE_OFFICER: "帮扶经办 welfare officer",
    Role.REVIEWER: "帮扶复核 reviewer",
    Role.APPROVER: "帮扶审批 approver",
    Role.CASHIER: "出纳 cashier",
    Role.SUPERVISOR: "督办 supervisor",
    Role.AUDITOR: "审计 auditor",
    Role.SYSTEM_ADMIN: "系统管理 system administrator",
    Role.SECURITY_ADMIN: "安全管理 security administrator",
    Role.AUDIT_ADMIN: "审计管理 audit administrator",
}
