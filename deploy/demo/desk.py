"""A day at the operator's desk: answered questions, a case its unit gave back, calls that are not finished."""

import uuid
from typing import Any

from deploy.demo.client import SEED, Services
from shared.vocabulary.ids import derived_id
from shared.vocabulary.people import Actor

Staff = dict[str, Actor]
QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("13826007101", "梁秀芳", "union_membership", "membership_how", "想了解新就业形态劳动者怎样加入工会，需要什么材料。"),
    ("13826007102", "冼志强", "leave", "annual_leave", "在两家单位先后工作满十二年，咨询年休假有几天。"),
)  # fmt: skip
"""Number, name, category, the answer given from the list, the question."""
UNFINISHED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("held", "material", {
        "phone": "13826007105", "caller_name": "伍丽强", "category": "wage_arrears",
        "narrative": "等来电人补发工资条照片，已说明可发到短信链接。",
    }),
    ("draft", "canteen", {
        "phone": "13826007106", "narrative": "来电人反映食堂卫生问题，还没有说单位名称。",
    }),
)  # fmt: skip


def tell_the_desk(services: Services, staff: Staff) -> None:
    """What operator 1207 finds in the morning besides the disputes and the aid."""
    for phone, name, category, answer, question in QUESTIONS:
        body = {
            "phone": phone,
            "caller_name": name,
            "narrative": question,
            "category": category,
            "handling": "answer",
            "answer": answer,
            "region": "441202",
        }
        services.post("intake", "/calls", body, staff["1207"])
    given_back(services, staff)
    for state, name, call in UNFINISHED:
        path = f"/drafts/{derived_id(SEED, f'draft {name}')}"
        services.send("PUT", "intake", path, {"state": state, "call": call}, staff["1207"])


def given_back(services: Services, staff: Staff) -> None:
    """A unit says that the place of work is elsewhere; the dispatcher has not decided yet."""
    body = {
        "phone": "13826007120",
        "caller_name": "黎小娣",
        "narrative": "厂里有两百多人，工友想成立工会，请上级工会指导。实际用工地在广宁县。",
        "category": "union_membership",
        "handling": "dispatch",
        "region": "441224",
    }
    case_id = services.post("intake", "/calls", body, staff["1207"])["case_id"]
    why = {"reason": "other_place", "note": "实际用工地在广宁县，建议改派广宁县总工会。"}
    services.post("intake", f"/cases/{uuid.UUID(case_id)}/return", why, staff["2107"])
